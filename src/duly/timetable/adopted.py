"""What the organisation adopted while a case was open, and what became of the case by it.

`state` takes these in the order in which they come into force; which edition and which calendar govern the
case on a day is in its marking. Nothing here is written into the record of a case: it follows from its facts
and from the adoptions in the record of the organisation.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duly.rulebook.book import Rulebook
from duly.timetable.calendar import Calendar
from duly.timetable.clock import Clock
from duly.vocabulary import Problem


@dataclass(frozen=True, slots=True)
class NewCalendar:
    """From the day `since` on whatever counts by a calendar of this name counts by this edition.

    What was recorded on that very day was told by the one before: it takes its place after the facts of the
    day and before anything runs out at its end, so that what it moves is seen.
    """

    since: date
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class NewEdition:
    """In force from the start of the day `since`; `calendar` is the newest then of the name it counts by."""

    since: date
    book: Rulebook
    calendar: Calendar


Change = NewCalendar | NewEdition


class Fate(StrEnum):
    """What became of a case by one adoption."""

    RECOUNTED = "recounted"  # its days are counted by the new calendar
    MOVED = "moved"  # it is under the new edition from this day on
    WAITS = "waits"  # it will be once no stage of it is open any more
    STAYS = "stays"  # the new edition leaves running cases where they are
    NOT_MOVED = "not moved"  # the new edition would take it, and cannot: `why` says so


@dataclass(frozen=True, slots=True)
class Moving:
    """One clock that ran at that moment. `before` and `after` are its last days, None for none.

    A clock that only the new edition has came with it: `is_new`. `after` None and the clock at rest: the new
    edition gives no such time, or not yet.
    """

    clock: Clock
    before: date | None
    after: date | None
    is_new: bool = False
    uncounted: str | None = None  # why the new calendar gives it no day

    @property
    def moves(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Ending:
    """A measure in force, or a pause that lasts, since a day, with the last day on which it ends by itself.

    `before` and `after` the adoption; None for none: nothing bounds it, or it is in force no more.
    """

    name: str
    is_pause: bool
    since: date
    before: date | None
    after: date | None

    @property
    def moves(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one adoption did to a case, on which day; `edition` and `calendar` are those it had until then.

    `stages` are those it was in, `why` every reason why it was not moved; `place` is that of the fact that
    led out of its last stage, None where the day itself brought it.
    """

    on: date
    change: Change
    fate: Fate
    edition: str
    calendar: Calendar
    clocks: tuple[Moving, ...] = ()
    ends: tuple[Ending, ...] = ()
    stages: tuple[str, ...] = ()
    why: tuple[Problem, ...] = ()
    place: int | None = None

    @property
    def leads_on(self) -> bool:
        """Whether the case is under the edition of `change` from here on."""
        return self.fate is Fate.MOVED

    @property
    def moving(self) -> tuple[Moving, ...]:
        return tuple(each for each in self.clocks if each.moves)

    @property
    def ending(self) -> tuple[Ending, ...]:
        """The measures and pauses whose last day moves."""
        return tuple(each for each in self.ends if each.moves)
