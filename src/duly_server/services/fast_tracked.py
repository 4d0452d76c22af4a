"""What the fast track did to a clock: which time it has instead, and the day it would have without."""

from dataclasses import dataclass, replace
from datetime import date

from duly.record.facts import Fact, FastTracked, TrackedByOrder
from duly.rulebook.phrases import Part, Timing
from duly.timetable.clock import Clock
from duly.timetable.due_day import UNCOUNTABLE, last_day_of
from duly.timetable.marking import Marking, parts_of


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
