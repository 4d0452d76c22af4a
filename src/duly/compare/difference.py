"""One difference between two editions, and the list in which they are gathered."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from duly.rulebook.book import Rulebook
from duly.rulebook.prose import words

T = TypeVar("T")

UNSAID = ("", ())  # as good as None: the key is not there


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`path` is the dotted place in the file; the lines are those of the newer and of the older edition.

    `worse` and `better` are parties ("respondent"); both empty where it is not for a program to say.
    """

    path: str
    says: str
    line: int | None
    old_line: int | None
    worse: tuple[str, ...] = ()
    better: tuple[str, ...] = ()


@dataclass(slots=True)
class Differences:
    """What was found so far between the `old` and the `new` edition."""

    old: Rulebook
    new: Rulebook
    found: list[Difference] = field(default_factory=list[Difference])

    def add(self, path: str, says: str, *, worse: Iterable[str] = (), better: Iterable[str] = ()) -> None:
        """Note it once, with its lines: of the key, else of the heading over it."""
        self.found.append(
            Difference(
                path=path,
                says=says,
                line=_line(self.new, path),
                old_line=_line(self.old, path),
                worse=tuple(dict.fromkeys(worse)),
                better=tuple(dict.fromkeys(better)),
            )
        )

    def plain(
        self,
        path: str,
        head: str,
        what: str,
        old: T | None,
        new: T | None,
        say: Callable[[T], str] = str,
        *,
        worse: Iterable[str] = (),
        better: Iterable[str] = (),
    ) -> None:
        """A value that was something else, was not said before, or is said no more."""
        if old == new:
            return
        was = say(old) if old is not None and old not in UNSAID else None
        now = say(new) if new is not None and new not in UNSAID else None
        if was is None:
            says = f"{head}: {what} is now {now}; before, nothing was said of it."
        elif now is None:
            says = f"{head}: nothing is said any more of {what}; it was {was}."
        else:
            says = f"{head}: {what} is now {now}; it was {was}."
        self.add(path, says, worse=worse, better=better)

    def names(
        self,
        path: str,
        head: str,
        what: str,
        old: Sequence[str],
        new: Sequence[str],
        *,
        say: Callable[[str], str] = words,
        worse: Iterable[str] = (),
        better: Iterable[str] = (),
    ) -> None:
        """A list: what came into it, what left it, or that only its order changed."""
        if tuple(old) == tuple(new):
            return
        came = [say(each) for each in new if each not in old]
        left = [say(each) for each in old if each not in new]
        if not came and not left:
            order = ", ".join(map(say, new))
            self.add(path, f"{head}: {what} stand otherwise: {order}.", worse=worse, better=better)
            return
        parts = [f"now with {listed(came)}"] if came else []
        parts += [f"no longer with {listed(left)}"] if left else []
        self.add(path, f"{head}: {what}, {' and '.join(parts)}.", worse=worse, better=better)


def listed(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _line(book: Rulebook, path: str) -> int | None:
    while path:
        if (line := book.line(path)) is not None:
            return line
        path = path.rpartition(".")[0]
    return None
