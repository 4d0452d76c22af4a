"""An answer is a value and its reasons: no bare date or yes leaves the rules when rights hang on it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: a sentence, and the clause of the rulebook it rests on (as printed, "F 4.1")."""

    says: str
    clause: str | None = None

    def __str__(self) -> str:
        return f"{self.says} ({self.clause})" if self.clause else self.says


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A value with its reasons, in the order a reader needs them."""

    value: T
    because: tuple[Because, ...] = ()
