"""How one date came about, as data that suffice: whoever has it needs no rulebook and no calendar to recount.

A reader of some forty lines (tests/timetable/recount.py) does so for every clock of the tests. Sentences are
made of the same count when somebody reads it (`working.py`).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, cast

from duly.rulebook.book import Counting, LastDayClosed
from duly.rulebook.phrases import At, Direction, Part
from duly.timetable.calendar import Calendar, ClosedDay
from duly.timetable.clock import Anchor, Clock, OnFixedDay, Reckoned
from duly.timetable.counting import edge, ends, hours_end, last_day, moved_by_pauses
from duly.timetable.due_day import NO_LENGTH, last_day_ordered, pairs, part_starts_at
from duly.vocabulary import Length, Period, Unit

ONE_DAY = timedelta(days=1)
PAUSED = "paused"


class PausedSpan(NamedTuple):
    """Paused days from `first` to `last`, both included, and on what ground."""

    first: date
    last: date
    ground: str


class Count(NamedTuple):
    """One count from `start`. `length` None: that very day.

    `closed` and `paused` days are not counted (a day may be both); `counted_to` is where the count ends, and
    `passed` the closed days by which `due` lies later. A fixed day that moved by
    `along` days took the date along, off the closed days in `passed_then`. Of clear days the far end is none.
    Hours run from `start_at` to `over_at`, pauses aside, each with its distance from UTC.
    """

    start: date
    length: Length | None
    direction: Direction
    closed: tuple[ClosedDay, ...]
    paused: tuple[PausedSpan, ...]
    counted_to: date
    passed: tuple[ClosedDay, ...]
    due: date
    along: int = 0
    passed_then: tuple[ClosedDay, ...] = ()
    start_at: datetime | None = None
    over_at: datetime | None = None


class Given(NamedTuple):
    """More time, given on `granted_on` until a day, which each of the `paused` days not closed moves by one.

    `closed` days are not counted where the limit leaves them out, and the day does not stay on one of them.
    """

    granted_on: date
    until: date
    paused: tuple[PausedSpan, ...]
    closed: tuple[ClosedDay, ...]
    due: date


class Ordered(NamedTuple):
    """By an order the case is to be decided by a day (`by`, as days are given), or by `not_before` if later.

    It holds where it is earlier than the counts and what was given before that day.
    """

    by: Given
    not_before: date | None
    due: date


class Explanation(NamedTuple):
    """The latest of the counts, of the days given, and of the day a party was told, holds.

    What was `ordered` comes before what was given on the same day, and what was given later holds over it.
    """

    counts: tuple[Count, ...]
    given: tuple[Given, ...]
    told: date | None
    due: date
    ordered: tuple[Ordered, ...] = ()


def explanation(clock: Clock) -> Explanation | None:
    """Of what the clock kept when its day was reckoned last; None while it has no day."""
    kept = clock.reckoned
    if kept is None or clock.due is None:
        return None
    paused = _by_ground(kept)
    counts = tuple(
        _of_part(clock, part, anchor, since, kept, paused)
        for (part, anchor), since in zip(pairs(clock), kept.since, strict=True)
        if since is not None
    )
    unit = next((part.length.unit for part in clock.counts), Unit.DAYS)
    given = tuple(_given(granted_on, until, unit, kept, paused) for granted_on, until in clock.extensions)
    ordered = tuple(
        Ordered(
            _given(each.on, each.decide_by, unit, kept, paused),
            each.not_before,
            last_day_ordered(clock, each, kept),
        )
        for each in kept.ordered
    )
    return Explanation(counts, given, clock.floor, clock.due, ordered)


def count(
    length: Length,
    direction: Direction,
    start: date,
    *,
    calendar: Calendar,
    rules: Counting,
    paused: Sequence[Period] = (),
    grounds: Sequence[tuple[str, Period]] | None = None,
    at: datetime | None = None,
) -> Count:
    """The working of `last_day` as data; raises the same. `grounds` names the pauses; `at`: of hours."""
    over_at = None
    if length.unit is Unit.HOURS:
        at = at or edge(start, direction, calendar, rules)
        over_at = hours_end(length, direction, at)
        counted_to = due = hours_end(length, direction, at, paused=paused).date()
    else:
        counted_to, due = ends(length, direction, start, calendar=calendar, rules=rules, paused=paused)
    closed: tuple[ClosedDay, ...] = ()
    if rules.leaves_closed_days_out(length):
        closed = _closed_in(start, direction, counted_to, calendar)
    spans: tuple[PausedSpan, ...] = ()
    if paused and direction is not Direction.BEFORE:
        named = ((PAUSED, period) for period in paused) if grounds is None else grounds
        spans = tuple(_spans(named, start, due))
    passed = _passed(counted_to, due, calendar, rules)
    return Count(
        start, length, direction, closed, spans, counted_to, passed, due, start_at=at, over_at=over_at
    )


def that_day(day: date) -> Count:
    """A bare reference as a time: that very day."""
    return Count(day, None, Direction.AFTER, (), (), day, (), day)


def _closed_in(start: date, direction: Direction, end: date, calendar: Calendar) -> tuple[ClosedDay, ...]:
    match direction:
        case Direction.AFTER:
            return calendar.closed_days(start + ONE_DAY, end) if end > start else ()
        case Direction.BEGINNING_WITH:
            return calendar.closed_days(start, end)
        case Direction.BEFORE:
            return calendar.closed_days(end, start - ONE_DAY)


def _passed(counted_to: date, due: date, calendar: Calendar, rules: Counting) -> tuple[ClosedDay, ...]:
    """Closed days are passed where the rules say that a last day moves off them."""
    if due == counted_to or rules.last_day_closed is LastDayClosed.STAYS:
        return ()
    return calendar.closed_days(counted_to, due - ONE_DAY)


def _spans(named: Iterable[tuple[str, Period]], first: date, last: date) -> Iterator[PausedSpan]:
    """The paused days from `first` to `last`."""
    for ground, period in named:
        end = last if period.before is None else min(period.before - ONE_DAY, last)
        if period.since <= end and end >= first:
            yield PausedSpan(max(period.since, first), end, ground)


def _by_ground(kept: Reckoned) -> list[tuple[str, Period]]:
    if kept.pauses is None:
        return []
    return [(name, period.ended_by(kept.on)) for name, period in kept.pauses.every]


def _of_part(
    clock: Clock,
    part: Part,
    anchor: Anchor,
    since: date,
    kept: Reckoned,
    paused: Sequence[tuple[str, Period]],
) -> Count:
    if isinstance(part, At):
        return that_day(since)
    found = count(
        part.length,
        part.direction,
        since,
        calendar=kept.calendar,
        rules=kept.rules,
        paused=kept.paused,
        grounds=paused,
        at=part_starts_at(part, anchor, since, kept) if part.length.unit is Unit.HOURS else None,
    )
    if not clock.shift or isinstance(anchor, OnFixedDay):
        return found
    moved = found.due + timedelta(days=clock.shift)
    due = last_day(
        NO_LENGTH, Direction.AFTER, moved, calendar=kept.calendar, rules=kept.rules, paused=kept.paused
    )
    return found._replace(
        paused=tuple(_spans(paused, min(since, moved), max(due, found.due))),
        due=due,
        along=clock.shift,
        passed_then=_passed(moved, due, kept.calendar, kept.rules),
    )


def _given(
    granted_on: date, until: date, unit: Unit, kept: Reckoned, paused: Sequence[tuple[str, Period]]
) -> Given:
    calendar, rules = kept.calendar, kept.rules
    due = moved_by_pauses(
        until, after=granted_on, unit=unit, calendar=calendar, rules=rules, paused=kept.paused
    )
    if due == until:
        return Given(granted_on, until, (), (), due)
    spans = tuple(_spans(paused, granted_on + ONE_DAY, due))
    if unit is Unit.WORKING_DAYS:
        return Given(granted_on, until, spans, calendar.closed_days(granted_on, due - ONE_DAY), due)
    counted_to = moved_by_pauses(
        until, after=granted_on, unit=unit, calendar=calendar, rules=Counting(), paused=kept.paused
    )
    return Given(granted_on, until, spans, _passed(counted_to, due, calendar, rules), due)


def plain(found: object) -> object:
    """The same as JSON has it: tables, lists, text, numbers; a day as 2026-03-26, a length as "10 days"."""
    if isinstance(found, tuple):
        members = [plain(each) for each in cast("tuple[object, ...]", found)]
        names: tuple[str, ...] | None = getattr(cast("object", found), "_fields", None)
        return dict(zip(names, members, strict=True)) if names is not None else members
    match found:
        case date():
            return found.isoformat()
        case Length():
            return {"amount": found.amount, "unit": found.unit.value}
        case StrEnum():
            return found.value
        case _:
            return found
