"""What the fast track, or a day to decide by, did to a clock: and the day it would have without."""

from dataclasses import dataclass, replace
from datetime import date

from duly.record.facts import DecisionDaySet, Fact, FastTracked, TrackedByOrder
from duly.rulebook.phrases import Part, Timing
from duly.timetable.clock import Clock, OrderedDay
from duly.timetable.due_day import UNCOUNTABLE, last_day_of, last_day_ordered
from duly.timetable.marking import Marking, parts_of
from duly.vocabulary import Length


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """`fact` put the case on the fast track; the clock is counted by `gives`, and would be by `otherwise`.

    `without` is the day it would have by that; None where that counts from something else, or is not known.
    `came_later`: the clock had a day before.
    """

    fact: Fact
    gives: Timing
    otherwise: Timing
    without: date | None
    came_later: bool


def fast_track_of(marking: Marking, clock: Clock) -> Track | None:
    """None where the fast track leaves this clock as it was: it names another time, or came too late."""
    rule, limit = marking.book.fast_track, clock.limit
    fact = _fact(marking)
    if rule is None or fact is None or limit.name not in rule.shorter:
        return None
    gives, otherwise = marking.timing_of(limit), replace(marking, fast_tracked_on=None).timing_of(limit)
    if clock.parts != parts_of(gives) or gives == otherwise:
        return None
    return Track(
        fact=fact,
        gives=gives,
        otherwise=otherwise,
        without=_without(clock, parts_of(otherwise)),
        came_later=(clock.started_by or 0) < fact.place and _started(clock, fact),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """By the order that `fact` carries out the clock is over at the end of `due`; without, of `without`.

    `due` is the day that was ordered, or later: moved by pauses, or for the sake of a party's time (`waits`).
    """

    fact: Fact
    order: OrderedDay
    due: date
    without: date
    waits: bool


def decided_by(marking: Marking, clock: Clock) -> tuple[Decided, ...]:
    """The orders that moved this clock's day when they came, in their order."""
    kept = clock.reckoned
    if kept is None or clock.due is None:
        return ()
    found: list[Decided] = []
    for at, order in enumerate(kept.ordered):
        given = [each for each in clock.extensions if each[0] < order.on]
        alone = replace(clock, extensions=given)
        without = last_day_of(alone, kept._replace(ordered=kept.ordered[:at]))
        due = last_day_ordered(clock, order, kept)
        if without is not None and due < without:
            waits = due == order.not_before
            fact = marking.case.facts[order.place - 1]
            found.append(Decided(fact=fact, order=order, due=due, without=without, waits=waits))
    return tuple(found)


def length_in(fact: Fact) -> Length | None:
    """For how long a case had to be open, in an order; None of a case that was put on by itself."""
    body = fact.body
    if isinstance(body, TrackedByOrder | DecisionDaySet):
        return Length(body.longer_than, body.unit)
    return None


def _fact(marking: Marking) -> Fact | None:
    found = [each for each in marking.case.moves if isinstance(each.body, FastTracked | TrackedByOrder)]
    return next((each for each in reversed(found) if each.on <= marking.on), None)


def _started(clock: Clock, fact: Fact) -> bool:
    """By a fact, its place says it; by time alone, its day does."""
    return clock.started_by is not None or (clock.started_on is not None and clock.started_on < fact.on)


def _without(clock: Clock, parts: tuple[Part, ...]) -> date | None:
    same = len(parts) == len(clock.parts) and all(
        one.reference == other.reference for one, other in zip(parts, clock.parts, strict=True)
    )
    if not same or clock.reckoned is None:
        return None
    try:
        return last_day_of(replace(clock, parts=parts), clock.reckoned)
    except UNCOUNTABLE:
        return None
