"""Which of the office's time limits were kept, by the month in which each came to its end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from duly.timetable.clock import Clock, ClockState
from duly.timetable.marking import Marking


@dataclass(frozen=True, slots=True)
class Kept:
    """Of `ended` limits, `kept` were kept."""

    ended: int
    kept: int


def kept_by_month(marking: Marking) -> Mapping[date, Kept]:
    """By the first day of each month in which a limit of the office came to its end, in order.

    A limit ends on the day its step was done, or on the day after its last one where it ran out. Kept is what
    was done in time with no time added: an extension counts as not kept. What a party owes is not counted,
    nor is what fell away or began afresh before its day.
    """
    found: dict[date, Kept] = {}
    for clock in marking.clocks:
        day = None if clock.is_party else _end(clock)
        if day is not None and day <= marking.on:
            month = day.replace(day=1)
            before = found.get(month, Kept(0, 0))
            found[month] = Kept(before.ended + 1, before.kept + _is_kept(clock))
    return dict(sorted(found.items()))


def _end(clock: Clock) -> date | None:
    """The last day it had when it first ran out, whatever came later; else the day it was done."""
    if clock.breaches:
        return min(clock.breaches)
    return clock.ended_on if clock.state is ClockState.DONE else None


def _is_kept(clock: Clock) -> bool:
    return not clock.breaches and not clock.extensions and not clock.was_late
