"""A clock: one running of one limit, from a trigger to what ended it."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, cast

from duly.rulebook.book import Counting
from duly.rulebook.phrases import Counted, Part
from duly.rulebook.steps import Limit
from duly.timetable.calendar import Calendar
from duly.timetable.paused import Pauses
from duly.vocabulary import Period


class ClockState(StrEnum):
    RUNNING = "running"  # owed; late if `ran_out_on` is set
    DONE = "done"
    WAIVED = "waived"
    FELL_AWAY = "fell away"  # its stage ended, or the party no longer may act
    RESTARTED = "restarted"  # a later occurrence of its trigger took its place


@dataclass(frozen=True, slots=True)
class OnDay:
    """Counted from a day that does not move; hours from the instant `at`, where that is known."""

    day: date
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OnFixedDay:
    """Counted from a day that a step sets, wherever it now lies."""

    name: str


@dataclass(slots=True, eq=False)
class OnClock:
    """Counted from the day another clock is due."""

    clock: "Clock"


Anchor = OnDay | OnFixedDay | OnClock


def with_clocks(anchors: tuple[Anchor, ...], copies: "Mapping[Clock, Clock]") -> tuple[Anchor, ...]:
    """The same anchors, with a clock's copy in the place of the clock."""
    return tuple(
        OnClock(copies[each.clock]) if isinstance(each, OnClock) and each.clock in copies else each
        for each in anchors
    )


class ToBeDecided(NamedTuple):
    """The case is to be decided by a day, by the order given on `on` that the fact at `place` carries out.

    `appeals` are the stages of an appeal that were open then: what was to be decided.
    """

    place: int
    on: date
    decide_by: date
    appeals: frozenset[str]


class OrderedDay(NamedTuple):
    """By the order given on `on` (the fact at `place`) a case is to be decided by a day.

    Before `not_before` it cannot be, for the sake of a party's time or of a first day; None: nothing says so.
    """

    place: int
    on: date
    decide_by: date
    not_before: date | None


class Reckoned(NamedTuple):
    """What a due day was reckoned from, on which day: what came later changes nothing of it.

    `since` is the day each part was counted from (None while it was not known), of a party no earlier than it
    might act; `paused` the days left out, each pause with an end, and `pauses` the same with their grounds;
    `ordered` the days by which orders bind this clock, in their order.
    """

    since: tuple[date | None, ...]
    paused: Sequence[Period]
    pauses: Pauses | None
    on: date
    calendar: Calendar
    rules: Counting
    ordered: tuple[OrderedDay, ...] = ()


@dataclass(slots=True, eq=False, kw_only=True)
class Clock:
    """`parts` and `anchors` go together: one pair for a plain limit, several for `later_of`.

    `original_due` is the first due day it had but for orders, never changed; `due` the present one (None
    while a part of it is not known: no invented date). `ran_out_on` is the due day that passed; `breaches`
    all such days, kept though more time came. `started_by` and `ended_by` are places of facts, None for what
    time did. `started_on` is the day time is counted from; of a limit that runs up to a day, the day on which
    that day was fixed. `reckoned` is what `due` was counted from, of a clock that has ended as well. All of
    it is settled once the marking is handed out.
    """

    limit: Limit
    key: str | None
    offices: tuple[str, ...]
    is_party: bool
    parts: tuple[Part, ...]
    anchors: tuple[Anchor, ...]
    started_on: date | None
    trigger_seq: int
    order: int
    protects: bool = False  # a review, a progress update, or `runs_on`: no pause stops it
    state: ClockState = ClockState.RUNNING
    due: date | None = None
    original_due: date | None = None
    reckoned: Reckoned | None = None
    due_at: datetime | None = None  # of hours: the instant at which they are over
    ended_on: date | None = None
    ended_at: datetime | None = None  # of hours that were met on the day they were noted: when
    ran_out_on: date | None = None
    breaches: list[date] = field(default_factory=list[date])
    extensions: list[tuple[date, date]] = field(default_factory=list[tuple[date, date]])  # granted on, until
    gained: int = 0  # calendar days that its extensions have given
    floor: date | None = None  # a party's day is never earlier than it was told
    shift: int = 0  # days gained or lost with a fixed day that took this clock along
    started_by: int | None = None
    ended_by: int | None = None
    settled: bool = False  # `due` is up to date
    uncounted: str | None = None  # why there is no due day: the calendar does not reach, in words
    for_day: str | None = None  # the day that a pause voided, and that is to be fixed afresh

    def copied(self) -> "Clock":
        """The same, to be moved on without this one; its anchors still name the clocks that these name."""
        found = copy(self)
        found.breaches, found.extensions = list(self.breaches), list(self.extensions)
        return found

    @property
    def is_on_a_clock(self) -> bool:
        """Counted from the last day of another."""
        return any(isinstance(each, OnClock) for each in self.anchors)

    @property
    def step(self) -> str:
        return self.limit.step

    @property
    def is_running(self) -> bool:
        return self.state is ClockState.RUNNING

    @property
    def is_late(self) -> bool:
        """Owed, and its day has passed."""
        return self.is_running and self.ran_out_on is not None

    @property
    def was_late(self) -> bool:
        """Done after its last day; of hours, after the last of them where it is known when."""
        if self.due_at is not None and self.ended_at is not None:
            return self.state is ClockState.DONE and self.ended_at.timestamp() > self.due_at.timestamp()
        return (
            self.state is ClockState.DONE
            and self.due is not None
            and self.ended_on is not None
            and self.ended_on > self.due
        )

    @property
    def counts(self) -> tuple[Counted, ...]:
        """The parts that are counted (a bare day is not)."""
        return tuple(part for part in self.parts if isinstance(part, Counted))


def copied(each: object, copies: Mapping[Clock, Clock]) -> object:
    """What stands under a name: a list of clocks or of anything else, or one thing that does not change."""
    if not isinstance(each, list):
        return each
    members = cast("list[object]", each)
    if members and isinstance(members[0], Clock):
        return [copies.get(clock, clock) for clock in cast("list[Clock]", members)]
    return list(members)
