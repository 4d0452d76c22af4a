"""The due day of a clock, worked out afresh from where its triggers, pauses and extensions now stand."""

from datetime import date, timedelta

from duly.rulebook.phrases import At, Direction, Part
from duly.timetable.calendar import DayOutsideCalendarError
from duly.timetable.clock import Anchor, Clock, OnClock, OnDay, OnFixedDay
from duly.timetable.counting import CannotCountError, last_day, moved_by_pauses
from duly.timetable.marking import Marking
from duly.vocabulary import Length, Period, Unit

UNCOUNTABLE = (CannotCountError, DayOutsideCalendarError)
NO_LENGTH = Length(0, Unit.DAYS)


def due_day(marking: Marking, clock: Clock, *, worst: bool = False, extended: bool = True) -> date | None:
    """The last day of this clock; None while a part of it is not known.

    Raises one of UNCOUNTABLE where the calendar does not reach or the unit is none that is counted in days. A
    pause without an end is read as if it ended today; with `worst`, as if it lasted as long as it may.
    `extended` False leaves extensions out.
    """
    paused = () if clock.protects or not marking.pauses else marking.paused_days(worst=worst)
    due: date | None = None
    for part, anchor in zip(clock.parts, clock.anchors, strict=True):
        day = _of_part(marking, clock, part, anchor, paused, worst)
        if day is None:
            return None
        due = day if due is None else max(due, day)
    if due is None:
        return None
    for granted_on, until in clock.extensions if extended else ():
        due = max(due, _extended(marking, clock, granted_on, until, paused))
    return max(due, clock.floor) if clock.floor is not None else due


def _of_part(
    marking: Marking, clock: Clock, part: Part, anchor: Anchor, paused: tuple[Period, ...], worst: bool
) -> date | None:
    start = _start(marking, anchor, worst)
    if start is None or isinstance(part, At):
        return start
    if clock.is_party and part.direction is not Direction.BEFORE:
        start = max(start, _may_act_from(marking, clock) or start)
    due = _last_day(marking, part.length, part.direction, start, paused)
    if not clock.shift or isinstance(anchor, OnFixedDay):
        return due
    shifted = due + timedelta(days=clock.shift)
    return _last_day(marking, NO_LENGTH, Direction.AFTER, shifted, paused)


def _start(marking: Marking, anchor: Anchor, worst: bool) -> date | None:
    match anchor:
        case OnDay(day=day):
            return day
        case OnFixedDay(name=name):
            return marking.days.get(name)
        case OnClock(clock=other):
            # Also of a clock that has been met: what counts is the end of the window, not its use.
            return due_day(marking, other, worst=worst)


def _may_act_from(marking: Marking, clock: Clock) -> date | None:
    """A party's time never runs while the party is barred: not before any of its `not_before`."""
    step = marking.book.steps[clock.step]
    allowed = [marking.earliest(timing, key=clock.key, per=step.per) for timing in step.not_before]
    return max(filter(None, allowed), default=None)


def _extended(
    marking: Marking, clock: Clock, granted_on: date, until: date, paused: tuple[Period, ...]
) -> date:
    """The day an extension names, moved by paused days that come after the grant."""
    unit = next((part.length.unit for part in clock.counts), Unit.DAYS)
    return moved_by_pauses(
        until,
        after=granted_on,
        unit=unit,
        calendar=marking.calendar,
        rules=marking.book.counting,
        paused=paused,
    )


def _last_day(
    marking: Marking, length: Length, direction: Direction, start: date, paused: tuple[Period, ...] = ()
) -> date:
    return last_day(
        length, direction, start, calendar=marking.calendar, rules=marking.book.counting, paused=paused
    )
