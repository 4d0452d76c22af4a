"""The due day of a clock, worked out afresh from where its triggers, pauses and extensions now stand."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from duly.rulebook.phrases import At, Counted, Direction, Part
from duly.timetable.calendar import DayOutsideCalendarError
from duly.timetable.clock import Anchor, Clock, OnClock, OnDay, OnFixedDay, OrderedDay, Reckoned
from duly.timetable.counting import CannotCountError, edge, hours_end, last_day, moved_by_pauses
from duly.timetable.deciding import binds
from duly.timetable.marking import Marking
from duly.vocabulary import Length, Unit

UNCOUNTABLE = (CannotCountError, DayOutsideCalendarError)
NO_LENGTH = Length(0, Unit.DAYS)
ONE_DAY = timedelta(days=1)


def due_day(
    marking: Marking, clock: Clock, *, worst: bool = False, extended: bool = True, ordered: bool = True
) -> date | None:
    """The last day of this clock as things now stand; None while a part of it is not known.

    Raises one of UNCOUNTABLE where the calendar does not reach or the unit is none that is counted in days. A
    pause without an end is read as if it ended today; with `worst`, as if it lasted as long as it may.
    `extended` False leaves extensions out, `ordered` False the days by which orders say it is to be decided.
    """
    found = reckon(marking, clock, worst=worst, ordered=ordered)
    return last_day_of(clock, found, extended=extended)


def reckon(marking: Marking, clock: Clock, *, worst: bool = False, ordered: bool = True) -> Reckoned:
    """What its day is to be counted from, as things now stand.

    An order touches nothing that a party's time is counted from, not even an office's last day.
    """
    orders = ordered and not clock.is_party
    since: tuple[date | None, ...] = ()
    for part, anchor in zip(clock.parts, clock.anchors, strict=True):  # nearly always one
        since += (_since(marking, clock, part, anchor, worst, orders),)
    pauses = None if clock.protects or not marking.pauses else marking.paused
    paused = marking.paused_days(worst=worst) if pauses else ()
    found = Reckoned(since, paused, pauses, marking.on, marking.calendar, marking.book.counting)
    if orders and marking.ordered:
        return found._replace(ordered=tuple(_ordered(marking, clock, found, worst)))
    return found


def last_day_of(clock: Clock, found: Reckoned, *, extended: bool = True) -> date | None:
    """The last day counted from what was found; raises as `due_day`."""
    due: date | None = None
    for part, anchor, start in zip(clock.parts, clock.anchors, found.since, strict=True):
        if start is None:
            return None
        day = last_day_of_part(clock, part, anchor, start, found)
        due = day if due is None else max(due, day)
    if due is None:
        return None
    if found.ordered:
        due = _in_turn(clock, found, due, extended=extended)
    else:
        for granted_on, until in clock.extensions if extended else ():
            due = max(due, _extended(clock, granted_on, until, found))
    return max(due, clock.floor) if clock.floor is not None else due


def by_rule(clock: Clock) -> date | None:
    """Its day but for the orders to decide by a day; raises as `due_day`."""
    kept = clock.reckoned
    if clock.due is None or kept is None or not kept.ordered:
        return clock.due
    return last_day_of(clock, kept._replace(ordered=()))


def _in_turn(clock: Clock, found: Reckoned, due: date, *, extended: bool) -> date:
    """Orders and extensions in their order: what was given on the day of an order or later holds over it."""
    turns: list[tuple[date, OrderedDay | date]] = [(order.on, order) for order in found.ordered]
    turns += clock.extensions if extended else ()
    for on, turn in sorted(turns, key=lambda each: (each[0], not isinstance(each[1], OrderedDay))):
        if isinstance(turn, OrderedDay):
            due = min(due, last_day_ordered(clock, turn, found))
        else:
            due = max(due, _extended(clock, on, turn, found))
    return due


def last_day_ordered(clock: Clock, order: OrderedDay, found: Reckoned) -> date:
    """The last day an order allows: the day it names, moved by paused days since, or where it gives way."""
    return max(_extended(clock, order.on, order.decide_by, found), order.not_before or date.min)


def pairs(clock: Clock) -> Iterator[tuple[Part, Anchor]]:
    return zip(clock.parts, clock.anchors, strict=True)


def last_day_of_part(clock: Clock, part: Part, anchor: Anchor, start: date, found: Reckoned) -> date:
    """What one part gives by itself; a fixed day that took the clock along counts, extensions do not."""
    if isinstance(part, At):
        return start
    ends_at = part_ends_at(part, anchor, start, found) if part.length.unit is Unit.HOURS else None
    due = ends_at.date() if ends_at else _last_day(part.length, part.direction, start, found)
    if not clock.shift or isinstance(anchor, OnFixedDay):
        return due
    return _last_day(NO_LENGTH, Direction.AFTER, due + timedelta(days=clock.shift), found)


def part_ends_at(part: Part, anchor: Anchor, start: date, found: Reckoned) -> datetime | None:
    """Of hours the instant at which they are over; None of any other unit."""
    if isinstance(part, At) or part.length.unit is not Unit.HOURS:
        return None
    return hours_end(
        part.length, part.direction, part_starts_at(part, anchor, start, found), paused=found.paused
    )


def part_starts_at(part: Counted, anchor: Anchor, start: date, found: Reckoned) -> datetime:
    """When hours begin: at the instant that was noted, or at the edge of the day if only that is known."""
    if isinstance(anchor, OnDay) and anchor.at is not None and anchor.day == start:
        return anchor.at
    return edge(start, part.direction, found.calendar, found.rules)


def due_instant(clock: Clock, found: Reckoned, due: date | None) -> datetime | None:
    """The instant at which hours are over, if it is they that the last day rests on."""
    for part in clock.parts:
        if isinstance(part, Counted) and part.length.unit is Unit.HOURS:
            break
    else:
        return None
    ends = (
        part_ends_at(part, anchor, start, found)
        for part, anchor, start in zip(clock.parts, clock.anchors, found.since, strict=True)
        if start is not None
    )
    return max((each for each in ends if each is not None and each.date() == due), default=None)


def _ordered(marking: Marking, clock: Clock, found: Reckoned, worst: bool) -> Iterator[OrderedDay]:
    """Where no calendar says how long a party has or how far a pause moves it, nothing is brought forward."""
    for each in marking.ordered:
        if binds(marking, each, clock):
            try:
                first = _first_day(marking, clock, worst)
                order = OrderedDay(each.place, each.on, each.decide_by, first)
                last_day_ordered(clock, order, found)
            except UNCOUNTABLE:
                continue
            yield order


def _first_day(marking: Marking, clock: Clock, worst: bool) -> date | None:
    """The day after the time of every party, be it used or not; and no sooner than the step itself may be.

    A party's time that follows on this clock's own last day lies after it.
    """
    step = marking.book.steps[clock.step]
    days = [marking.earliest(timing, key=clock.key, per=step.per) for timing in step.not_before]
    for other in marking.clocks:
        if other.is_party and not _follows(other, clock):
            running = other.is_running
            last = due_day(marking, other, worst=worst, ordered=False) if running else other.due
            days.append(last + ONE_DAY if last is not None else None)
    return max(filter(None, days), default=None)


def _follows(other: Clock, clock: Clock) -> bool:
    """Counted from its last day, by however many steps."""
    before = [each.clock for each in other.anchors if isinstance(each, OnClock)]
    return any(each is clock or _follows(each, clock) for each in before)


def _since(
    marking: Marking, clock: Clock, part: Part, anchor: Anchor, worst: bool, ordered: bool
) -> date | None:
    start = anchor.day if isinstance(anchor, OnDay) else _start(marking, anchor, worst, ordered)
    if start is None or not clock.is_party or isinstance(part, At) or part.direction is Direction.BEFORE:
        return start
    return max(start, _may_act_from(marking, clock) or start)


def _start(marking: Marking, anchor: OnFixedDay | OnClock, worst: bool, ordered: bool) -> date | None:
    match anchor:
        case OnFixedDay(name=name):
            return marking.days.get(name)
        case OnClock(clock=other):
            # Also of a clock that has been met: what counts is the end of the window, not its use.
            return due_day(marking, other, worst=worst, ordered=ordered)


def _may_act_from(marking: Marking, clock: Clock) -> date | None:
    """A party's time never runs while the party is barred: not before any of its `not_before`."""
    step = marking.book.steps[clock.step]
    allowed = [marking.earliest(timing, key=clock.key, per=step.per) for timing in step.not_before]
    return max(filter(None, allowed), default=None)


def _extended(clock: Clock, granted_on: date, until: date, found: Reckoned) -> date:
    """The day an extension names, moved by paused days that come after the grant."""
    return moved_by_pauses(
        until,
        after=granted_on,
        unit=next((part.length.unit for part in clock.counts), Unit.DAYS),
        calendar=found.calendar,
        rules=found.rules,
        paused=found.paused,
    )


def _last_day(length: Length, direction: Direction, start: date, found: Reckoned) -> date:
    return last_day(length, direction, start, calendar=found.calendar, rules=found.rules, paused=found.paused)
