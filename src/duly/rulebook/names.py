"""The names of one file: one name for one thing, and the places where faults are noted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from duly.rulebook.fault import Fault, shown
from duly.rulebook.nearness import nearest

NAME = re.compile(r"[a-z][a-z0-9_-]{0,59}\Z")
MOST_SUGGESTIONS = 100
MOST_FAULTS = 500
MOST_MEMBERS = 100  # of any list
FEW = 8


class Kind(StrEnum):
    """What a name may stand for."""

    STAGE = "stage"
    STEP = "step"
    OFFICE = "office"
    QUESTION = "question"
    DAY = "day"
    MEASURE = "measure"
    PAUSE = "pause"
    LIMIT = "limit"
    SANCTION = "sanction"
    CONDUCT = "conduct"
    BLANK = "blank"

    def __str__(self) -> str:
        return self.value

    @property
    def with_article(self) -> str:
        return f"an {self}" if self is Kind.OFFICE else f"a {self}"


@dataclass(slots=True)
class Names:
    """What each name stands for, and where. Outcomes and answers are None where they could not be read.

    `clashes` has the further things that wrongly bear a name, so that one clash is one fault.
    `order` has the steps in the order of the file, each with its stage, measure or "anytime".
    """

    kinds: dict[str, Kind] = field(default_factory=dict[str, Kind])
    clashes: set[tuple[str, Kind]] = field(default_factory=set[tuple[str, Kind]])
    lines: dict[str, int] = field(default_factory=dict[str, int])
    outcomes: dict[str, tuple[str, ...] | None] = field(default_factory=dict[str, tuple[str, ...] | None])
    answers: dict[str, tuple[str, ...] | None] = field(default_factory=dict[str, tuple[str, ...] | None])
    order: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def of(self, *kinds: Kind) -> list[str]:
        return [name for name, kind in self.kinds.items() if kind in kinds]

    def example(self, step: str, home: str) -> str:
        """A reference that would do for a time of this step: what comes before it at home."""
        before = ""
        for name, stage in self.order[:MOST_SUGGESTIONS]:
            if name == step:
                break
            before = name if stage == home else before
        if before:
            return before
        return f"{home} begins" if self.kinds.get(home) in (Kind.STAGE, Kind.MEASURE) else "the case opens"


@dataclass(slots=True)
class Reading:
    """What the reading of one file shares: lines, headings and names, and the faults found so far."""

    lines: dict[str, int] = field(repr=False)
    headings: dict[str, int] = field(repr=False)
    calendar: str = ""
    names: Names = field(default_factory=Names, repr=False)
    faults: list[Fault] = field(default_factory=list[Fault])
    suggested: int = 0
    more: int = 0

    @property
    def is_full(self) -> bool:
        """Whether there are more faults than anybody would read: the rest is counted, not described."""
        return len(self.faults) >= MOST_FAULTS

    def line(self, path: str) -> int:
        """The line of `path`, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        return self.lines.get(path, 1)

    def read_as(self, heading: str, meant: str) -> None:
        """Let what stands under a misspelt heading be found under the one that was meant."""
        for places in (self.lines, self.headings):
            under = {path: line for path, line in places.items() if f"{path}.".startswith(f"{heading}.")}
            places.update({meant + path.removeprefix(heading): line for path, line in under.items()})

    def note(self, path: str, says: str, remedy: str, *, also: int | None = None) -> None:
        if self.is_full:
            self.more += 1
        else:
            self.faults.append(Fault(self.line(path), says, remedy, path, also))

    def meant(self, word: str, known: Iterable[str]) -> str | None:
        """The nearest of the known words; after a hundred faults no longer looked for, to bound the work."""
        self.suggested += 1
        return nearest(word, known) if self.suggested <= MOST_SUGGESTIONS else None

    def instead_of(self, word: str, known: Iterable[str], *, otherwise: str, are_names: bool = False) -> str:
        """A remedy: the word probably meant, with its line; or the known words, if few; or `otherwise`."""
        words = list(known)
        near = self.meant(word, words)
        if near is not None:
            line = self.names.lines.get(near) if are_names else None
            return (
                f'Did you mean "{shown(near)}" (line {line})?' if line else f'Did you mean "{shown(near)}"?'
            )
        if 0 < len(words) <= FEW:
            return f"Say one of: {', '.join(map(shown, words))}."
        return otherwise


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of the file. `key` is what stands left of the = under the heading, as faults show it."""

    reading: Reading
    path: str
    heading: str
    key: str = ""

    def under(self, key: str) -> "Spot":
        """The spot of a key inside this one."""
        path = f"{self.path}.{key}" if self.path else key
        if path in self.reading.headings:
            return Spot(self.reading, path, path)
        return Spot(self.reading, path, self.heading, f"{self.key}.{key}" if self.key else key)

    def member(self, number: int) -> "Spot":
        """The spot of a member of this list; faults show the key of the list."""
        path = f"{self.path}.{number}"
        if path in self.reading.headings:
            return Spot(self.reading, path, path)
        return Spot(self.reading, path, self.heading, self.key)

    def shown_as(self, key: str) -> "Spot":
        return Spot(self.reading, self.path, self.heading, key)

    @property
    def step(self) -> tuple[str, str]:
        """The step and its home, if this is a place in a step."""
        home, _, rest = self.path.partition(".")
        return rest.partition(".")[0], home

    def note(self, says: str, remedy: str) -> None:
        """[inquiry.report], after: ..."""
        places = [_as_written(self.heading)] if self.heading else []
        places += [self.key] if self.key else []
        self.reading.note(self.path, f"{', '.join(places)}: {says}" if places else says, remedy)

    def note_said(self, text: str, says: str, remedy: str) -> None:
        """within = "14 days": ..."""
        self.reading.note(self.path, f'{self.key} = "{shown(text)}": {says}', remedy)

    def note_phrase(self, text: str, says: str, remedy: str) -> None:
        """outcomes: "goto hearing": ..."""
        self.reading.note(self.path, f'{self.key}: "{shown(text)}": {says}', remedy)

    def is_name(self, word: str, *kinds: Kind, hint: str = "") -> bool:
        """Whether `word` names something of one of these kinds; notes a fault if not."""
        names = self.reading.names
        kind = names.kinds.get(word)
        if kind in kinds or any((word, each) in names.clashes for each in kinds):
            return True
        if self.reading.is_full:
            self.note("and so on.", "")
            return False
        wanted = " or ".join(str(each) for each in kinds)
        one = " or ".join(each.with_article for each in kinds)
        known = names.of(*kinds)
        if kind is None:
            otherwise = f"Name {one} of this file." if known else f"This file has no {wanted} yet: add it."
            says = f'there is no {wanted} "{shown(word)}".'
        else:
            otherwise = f"Name {one} here." if known else f"This file has no {wanted} yet: add it."
            says = f'"{word}" is {kind.with_article} (line {names.lines[word]}), not {one}.'
            if hint:
                self.note(says, hint)
                return False
        self.note(says, self.reading.instead_of(word, known, otherwise=otherwise, are_names=True))
        return False

    def is_step_or_day(self, word: str) -> bool:
        """As `is_name`, for a bare reference: speaks of a day only where one was probably meant."""
        names = self.reading.names
        days = [] if word in names.kinds or self.reading.is_full else names.of(Kind.DAY)
        meant = nearest(word, [*names.of(Kind.STEP), *days]) if days else None
        is_bound = names.kinds.get(word) in (Kind.STAGE, Kind.MEASURE)
        hint = f'Say "{word} begins" or "{word} ends".' if is_bound else ""
        return self.is_name(word, Kind.DAY if meant in days else Kind.STEP, hint=hint)

    def is_outcome(self, word: str, step: str) -> bool:
        """Whether `step` has this outcome; notes a fault if not."""
        outcomes = self.reading.names.outcomes.get(step)
        if outcomes is None or word in outcomes:
            return True
        if outcomes:
            remedy = self.reading.instead_of(word, outcomes, otherwise="Name one of its outcomes.")
            self.note(f'"{step}" has no outcome "{shown(word)}".', remedy)
        else:
            self.note(
                f'"{step}" has no outcomes, so none is "{shown(word)}".',
                f'Say "{step}", or give it outcomes.',
            )
        return False


def _as_written(heading: str) -> str:
    name, _, number = heading.rpartition(".")
    return f"[[{name}]]" if number.isdecimal() else f"[{shown(heading)}]"
