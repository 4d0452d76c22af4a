"""What stands in the way, written for the person it stops."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that stands in the way.

    `code` is stable (documented in docs/reference/problems.md); `says` is what is wrong; `remedy` what to do
    next; `clause` the rule it rests on; `opens_on` the first day on which it no longer stands, where known.
    """

    code: str
    says: str
    remedy: str = ""
    clause: str | None = None
    opens_on: date | None = None

    def __str__(self) -> str:
        clause = f" ({self.clause})" if self.clause else ""
        return f"{self.says}{clause} {self.remedy}".strip()


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was done, and this is every reason why not."""

    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))
