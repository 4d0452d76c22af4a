"""What moved a clock of a case: the pauses and extensions it met, the day it had before and after each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from duly.record.facts import Fact, Paused, Resumed, TimeExtended
from duly.timetable.clock import Anchor, Clock, OnClock, OrderedDay
from duly.timetable.due_day import last_day_of, last_day_of_part, pairs
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


def moves(marking: Marking, clock: Clock, causes: Causes | None = None) -> tuple[Move, ...]:
    """Each extension, pause and order that moved this clock, in the order of the facts that did it."""
    causes = causes or Causes(marking)
    events = sorted(_events(marking, clock, causes), key=lambda event: event[0])
    if not events or clock.due is None:
        return ()
    paused, orders, alone = list[Period](), list[OrderedDay](), replace(clock, extensions=[], floor=None)
    before = _day_with(marking, alone, paused, orders)
    found: list[Move] = []
    for place, what in events:
        if isinstance(what, Period):
            paused.append(what)
        elif isinstance(what, OrderedDay):
            orders.append(what)
        else:
            alone.extensions.append(what)
        after = _day_with(marking, alone, paused, orders)
        if before is not None and after is not None and after != before:
            found.append(Move(place, before, after))
        before = after
    return tuple(found)


def _day_with(
    marking: Marking, clock: Clock, paused: Sequence[Period], orders: Sequence[OrderedDay] | None = None
) -> date | None:
    """The day it would have with these pauses alone; that of another clock, which it counts from, as well.

    And with these orders alone, where any are given.
    """
    kept = clock.reckoned
    if kept is None:
        return None
    since = tuple(
        _since_with(marking, anchor, day, paused)
        for anchor, day in zip(clock.anchors, kept.since, strict=True)
    )
    ordered = kept.ordered if orders is None else tuple(orders)
    paused = () if clock.protects else tuple(paused)
    return last_day_of(clock, kept._replace(since=since, paused=paused, ordered=ordered))


def _since_with(marking: Marking, anchor: Anchor, kept: date | None, paused: Sequence[Period]) -> date | None:
    """Where it was counted from another clock's day, that day with these pauses; else what was kept."""
    if not isinstance(anchor, OnClock) or anchor.clock.due is None:
        return kept
    other = anchor.clock
    stands = _day_with(marking, other, pauses_of(marking, other)) == kept
    return _day_with(marking, other, paused) if stands else kept


def pauses_of(marking: Marking, clock: Clock) -> list[Period]:
    """The pauses that touched this clock while it ran, each with an end."""
    return [period.ended_by(as_of(marking, clock)) for _, period in met(marking, clock)]


def as_of(marking: Marking, clock: Clock) -> date:
    """The day on which its date was reckoned last."""
    return clock.reckoned.on if clock.reckoned and not clock.is_running else marking.on


def met(marking: Marking, clock: Clock) -> list[tuple[str, Period]]:
    """By ground; of a clock that ended, as far as they had gone by then."""
    if clock.protects:
        return []
    if clock.is_running:
        return list(marking.pauses)
    kept = clock.reckoned
    return [(n, period.ended_by(kept.on)) for n, period in kept.pauses.every] if kept and kept.pauses else []


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
) -> Iterator[tuple[int, Period | OrderedDay | tuple[date, date]]]:
    for order in clock.reckoned.ordered if clock.reckoned else ():
        yield order.place, order
    for fact in extensions(marking, clock, causes):
        if isinstance(fact.body, TimeExtended):
            yield fact.place, (fact.on, fact.body.until)
    if clock.protects:
        return
    for (began, ended), (_, period) in zip(causes.pauses, met(marking, clock), strict=False):
        yield (ended or began).place, period.ended_by(as_of(marking, clock))


def part_dues(clock: Clock) -> list[date | None]:
    """The day each part of a clock gives by itself, a day that took it along included."""
    kept = clock.reckoned
    if kept is None or clock.due is None:
        return [None for _ in clock.parts]
    return [
        last_day_of_part(clock, part, anchor, since, kept) if since else None
        for (part, anchor), since in zip(pairs(clock), kept.since, strict=True)
    ]
