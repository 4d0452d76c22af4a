"""What moved a clock of a case: the pauses and extensions it met, the day it had before and after each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from duly.record.facts import Fact, Paused, Resumed, StepTaken, TimeExtended
from duly.rulebook.phrases import Part
from duly.timetable.clock import Anchor, Clock, OnClock, OnDay, OnFixedDay
from duly.timetable.due_day import due_day
from duly.timetable.marking import Marking
from duly.vocabulary import Period


@dataclass(frozen=True, slots=True)
class Move:
    """What the fact at `place` did to a clock's due day."""

    place: int
    before: date
    after: date


class Causes:
    """The facts of a case that moved clocks, read once for however many clocks are asked about."""

    def __init__(self, marking: Marking) -> None:
        moves = marking.case.moves
        self.pauses = pause_facts(marking)
        self.extensions = [fact for fact in moves if isinstance(fact.body, TimeExtended)]
        self.days = [fact for fact in moves if isinstance(fact.body, StepTaken) and fact.body.days]


def moves(marking: Marking, clock: Clock, causes: Causes | None = None) -> tuple[Move, ...]:
    """Each extension and pause that moved this clock, in the order of the facts that did it."""
    causes = causes or Causes(marking)
    events = sorted(_events(marking, clock, causes), key=lambda event: event[0])
    if not events:
        return ()
    then, alone = (
        replace(as_it_was(marking, clock, causes), pauses=[]),
        replace(clock, extensions=[], floor=None),
    )
    before = due_day(then, alone)
    found: list[Move] = []
    for place, what in events:
        if isinstance(what, Period):
            then.pauses.append(("", what))
        else:
            alone.extensions.append(what)
        after = due_day(then, alone)
        if before is not None and after is not None and after != before:
            found.append(Move(place, before, after))
        before = after
    return tuple(found)


def start_of(marking: Marking, clock: Clock, anchor: Anchor) -> date | None:
    """The day counted from: where its trigger lay while the clock ran; of a party, not before it may act."""
    match anchor:
        case OnDay(day=day):
            start: date | None = day
        case OnFixedDay(name=name):
            start = as_it_was(marking, clock).days.get(name)
        case OnClock(clock=other):
            start = due_day(as_it_was(marking, clock), other)
    if start is None or not clock.is_party:
        return start
    step = marking.book.steps[clock.step]
    allowed = [marking.earliest(timing, key=clock.key, per=step.per) for timing in step.not_before]
    return max([start, *filter(None, allowed)])


def as_it_was(marking: Marking, clock: Clock, causes: Causes | None = None) -> Marking:
    """The marking with the fixed days and the pauses of when the clock ended; of one that runs, as it is."""
    if clock.ended_on is None:
        return marking
    last = max(clock.ended_by or 0, clock.started_by or 0)
    days: dict[str, date] = {}
    for fact in (causes or Causes(marking)).days:
        was_there = fact.place <= last if clock.ended_by is not None else fact.on <= clock.ended_on
        if was_there and isinstance(fact.body, StepTaken):
            days |= fact.body.days
    return replace(marking, days=days, pauses=met(marking, clock))


def pauses_of(marking: Marking, clock: Clock) -> list[Period]:
    """The pauses that touched this clock while it ran, each with an end."""
    return [period.ended_by(as_of(marking, clock)) for _, period in met(marking, clock)]


def as_of(marking: Marking, clock: Clock) -> date:
    return clock.ended_on or marking.on


def met(marking: Marking, clock: Clock) -> list[tuple[str, Period]]:
    """By ground; of a clock that ended, as far as they had gone by then."""
    if clock.protects:
        return []
    end = clock.ended_on
    if end is None:
        return list(marking.pauses)
    return [
        (name, period if period.before and period.before <= end else Period(period.since, end))
        for name, period in marking.pauses
        if period.since <= end
    ]


def extensions(marking: Marking, clock: Clock, causes: Causes | None = None) -> list[Fact]:
    """The facts that gave this clock more time, in their order."""
    if not clock.extensions:
        return []
    name, given, found = clock.limit.name, list(clock.extensions), list[Fact]()
    for fact in (causes or Causes(marking)).extensions:
        body = fact.body
        if not isinstance(body, TimeExtended) or (body.limit or body.step) != name:
            continue
        if body.key in (None, clock.key) and (fact.on, body.until) in given:
            given.remove((fact.on, body.until))
            found.append(fact)
    return found


def pause_facts(marking: Marking) -> list[tuple[Fact, Fact | None]]:
    """The fact that began each of the marking's pauses, in their order, and the one that ended it."""
    found: list[tuple[Fact, Fact | None]] = []
    for fact in marking.case.moves:
        body = fact.body
        if fact.on > marking.on:
            break
        if isinstance(body, Paused):
            found.append((fact, None))
        elif isinstance(body, Resumed):
            for at, (began, ended) in reversed(list(enumerate(found))):
                if ended is None and isinstance(began.body, Paused) and began.body.pause == body.pause:
                    found[at] = (began, fact)
                    break
    return found


def _events(
    marking: Marking, clock: Clock, causes: Causes
) -> Iterator[tuple[int, Period | tuple[date, date]]]:
    for fact in extensions(marking, clock, causes):
        if isinstance(fact.body, TimeExtended):
            yield fact.place, (fact.on, fact.body.until)
    if clock.protects:
        return
    for (began, ended), (_, period) in zip(causes.pauses, met(marking, clock), strict=False):
        yield (ended or began).place, period.ended_by(as_of(marking, clock))


def _count(
    marking: Marking, clock: Clock, paused: Sequence[Period], given: Sequence[tuple[date, date]]
) -> date | None:
    """The day it would have with these pauses and extensions alone."""
    then = replace(as_it_was(marking, clock), pauses=[("", period) for period in paused])
    return due_day(then, replace(clock, extensions=list(given), floor=None))


def part_due(marking: Marking, clock: Clock, part: Part, anchor: Anchor) -> date | None:
    """The day one part of a clock gives by itself, a day that took it along included."""
    alone = replace(clock, parts=(part,), anchors=(anchor,))
    return _count(marking, alone, pauses_of(marking, clock), ())
