"""What time alone brings next: a limit that runs out, a measure or a pause that is over, a day that comes."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import IntEnum
from typing import NamedTuple

from duly.rulebook.phrases import Direction
from duly.timetable.clock import Clock
from duly.timetable.clockwork import Clockwork
from duly.timetable.counting import first_day
from duly.timetable.marking import Marking

ONE_DAY = timedelta(days=1)


class Kind(IntEnum):
    """What is over, in the order in which things of one day are."""

    VOID = 1  # a day that was fixed, and passed under a pause
    PAUSE = 2
    MEASURE = 3
    LIMIT = 4
    EVE = 5  # the day before one, fixed or the last of a time, with which somebody may begin to act


class End(NamedTuple):
    """At the end of `day` something is over; `name` is the pause, the measure or the fixed day."""

    day: date
    kind: Kind
    order: int = 0
    name: str = ""
    clock: Clock | None = None


def next_end(clockwork: Clockwork) -> End | None:
    """By day, then in the order of the file (rulebook-format 4, "Two run out on one day")."""
    return min(_ends(clockwork), key=lambda end: end[:3], default=None)


def _ends(clockwork: Clockwork) -> Iterator[End]:
    marking = clockwork.marking
    paused = marking.paused
    paused_since = paused.open_since
    for clock in clockwork.running:
        if clock.ran_out_on is None and (clock.protects or paused_since is None):
            due = clockwork.due(clock)
            if due is not None:
                yield End(due, Kind.LIMIT, clock.order, clock=clock)
    for name, begun in marking.open.items():
        last = measure_ends(marking, name, begun)
        if last is not None:
            yield End(last, Kind.MEASURE, name=name)
    for name, period in paused.open:
        yield End(paused.cap(name, period.since) - ONE_DAY, Kind.PAUSE, name=name)
    for name, day in marking.days.items():
        if day > marking.on:
            yield End(day - ONE_DAY, Kind.EVE, name=name)
        if paused_since is not None and day >= paused_since:
            yield End(day, Kind.VOID, name=name)
    for name in marking.book.last_days_awaited:
        for clock in marking.clocks_of(name):
            if clock.due is not None and clock.due > marking.on:
                yield End(clock.due - ONE_DAY, Kind.EVE, name=name)


def measure_ends(marking: Marking, name: str, begun: date) -> date | None:
    """The last day of a measure begun on this day, if it has one.

    Counted with the day it begins and moved by nothing, neither a pause nor a closed day: `at_most` protects
    a person.
    """
    measure = marking.book.measures.get(name)
    if measure is None or measure.at_most is None:
        return None
    return first_day(
        measure.at_most,
        Direction.BEGINNING_WITH,
        begun,
        calendar=marking.calendar,
        rules=marking.book.bounds,
    )
