"""Counting, against a reference that walks from day to day and knows no shortcut."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from duly.rulebook.book import Counting, LastDayClosed
from duly.rulebook.phrases import Direction
from duly.timetable.calendar import Calendar
from duly.timetable.counting import first_day, last_day, moved_by_pauses
from duly.vocabulary import Length, Period, Unit

ONE_DAY = timedelta(days=1)
STAYS = Counting(last_day_closed=LastDayClosed.STAYS)
ROLLS = Counting(last_day_closed=LastDayClosed.NEXT_WORKING_DAY)
COUNTED = [unit for unit in Unit if unit is not Unit.HOURS]

# --- the reference ----------------------------------------------------------------------------------------


def days_from(start: date, way: int = 1) -> Iterator[date]:
    while True:
        yield start
        start += way * ONE_DAY


def exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_of(year: int, month: int) -> date:
    return next(found for day in (31, 30, 29, 28) if (found := exists(year, month, day)))


def month_end(start: date, months: int, direction: Direction) -> date:
    """The day the months are over, none of it paused, a month at a time."""
    year, month = start.year, start.month
    for _ in range(months):
        month += -1 if direction is Direction.BEFORE else 1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    same = exists(year, month, start.day)
    if same is None:
        return last_of(year, month)
    return same - ONE_DAY if direction is Direction.BEGINNING_WITH else same


def naive(
    length: Length, direction: Direction, start: date, *, rolls: bool, paused: set[date], calendar: Calendar
) -> date:
    def closed(day: date) -> bool:
        return day.weekday() in calendar.closed or day in calendar.days

    n = length.amount
    if direction is Direction.BEFORE:
        return naive_before(length, start, calendar)
    begin = start if direction is Direction.BEGINNING_WITH else start + ONE_DAY
    if length.unit in (Unit.MONTHS, Unit.YEARS):
        months = n * (12 if length.unit is Unit.YEARS else 1)
        end = month_end(start, months, direction)
        n = sum(1 for _ in range((end - begin).days + 1))
    elif length.unit is Unit.WEEKS:
        n *= 7
    elif length.unit is Unit.CLEAR_DAYS:
        n += 1
    found = start
    days = days_from(begin)
    for _ in range(n):
        found = next(
            day
            for day in days
            if day not in paused and not (length.unit is Unit.WORKING_DAYS and closed(day))
        )
    while found in paused or (rolls and closed(found)):
        found += ONE_DAY
    return found


def naive_before(length: Length, start: date, calendar: Calendar) -> date:
    n = length.amount
    if length.unit in (Unit.MONTHS, Unit.YEARS):
        return month_end(start, n * (12 if length.unit is Unit.YEARS else 1), Direction.BEFORE)
    if length.unit is Unit.WEEKS:
        n *= 7
    if length.unit is Unit.CLEAR_DAYS:
        n += 1
    found = start
    for _ in range(n):
        found -= ONE_DAY
        while length.unit is Unit.WORKING_DAYS and not calendar.is_working(found):
            found -= ONE_DAY
    return found


# --- what may come ----------------------------------------------------------------------------------------

around = st.dates(date(2025, 12, 1), date(2027, 3, 31))
calendars = st.builds(
    lambda closed, days: Calendar(
        name="ANY",
        edition="1",
        source="made up",
        first=date(2000, 1, 1),
        last=date(2040, 12, 31),
        closed=closed,
        days=dict.fromkeys(days, "holiday"),
    ),
    closed=st.frozensets(st.integers(0, 6), max_size=4),
    days=st.sets(around, max_size=30),
)
pauses = st.lists(
    st.builds(lambda since, n: Period(since, since + n * ONE_DAY), around, st.integers(0, 40)), max_size=4
)
lengths = st.one_of(
    st.builds(Length, st.integers(0, 90), st.sampled_from([Unit.DAYS, Unit.CLEAR_DAYS, Unit.WORKING_DAYS])),
    st.builds(Length, st.integers(0, 12), st.sampled_from([Unit.WEEKS, Unit.MONTHS])),
    st.builds(Length, st.integers(0, 3), st.just(Unit.YEARS)),
)
directions = st.sampled_from(Direction)


def days_of(paused: list[Period]) -> set[date]:
    return {each.since + n * ONE_DAY for each in paused for n in range(each.days())}


@settings(deadline=None)
@given(
    calendar=calendars, length=lengths, direction=directions, start=around, paused=pauses, rolls=st.booleans()
)
def test_a_due_day_is_the_one_a_walk_from_day_to_day_finds(
    calendar: Calendar, length: Length, direction: Direction, start: date, paused: list[Period], rolls: bool
) -> None:
    if length.amount == 0 and length.unit is not Unit.CLEAR_DAYS:
        direction = Direction.AFTER  # "0 days beginning with" says nothing that a walk could find
    rules = ROLLS if rolls else STAYS
    found = last_day(length, direction, start, calendar=calendar, rules=rules, paused=paused)
    assert found == naive(length, direction, start, rolls=rolls, paused=days_of(paused), calendar=calendar)


@settings(deadline=None)
@given(
    calendar=calendars, length=lengths, direction=directions, start=around, paused=pauses, rolls=st.booleans()
)
def test_an_earliest_day_is_counted_the_same_way_and_never_rolled(
    calendar: Calendar, length: Length, direction: Direction, start: date, paused: list[Period], rolls: bool
) -> None:
    rules = ROLLS if rolls else STAYS
    found = first_day(length, direction, start, calendar=calendar, rules=rules, paused=paused)
    assert found == last_day(length, direction, start, calendar=calendar, rules=STAYS, paused=paused)


@settings(deadline=None)
@given(calendar=calendars, length=lengths, direction=directions, start=around, paused=pauses, day=around)
def test_pausing_and_resuming_at_once_changes_nothing(
    calendar: Calendar, length: Length, direction: Direction, start: date, paused: list[Period], day: date
) -> None:
    without = last_day(length, direction, start, calendar=calendar, rules=ROLLS, paused=paused)
    one_more = [*paused, Period(day, day)]
    assert last_day(length, direction, start, calendar=calendar, rules=ROLLS, paused=one_more) == without


@settings(deadline=None)
@given(calendar=calendars, length=lengths, direction=directions, start=around, paused=pauses, another=pauses)
def test_another_pause_never_makes_a_day_earlier(
    calendar: Calendar,
    length: Length,
    direction: Direction,
    start: date,
    paused: list[Period],
    another: list[Period],
) -> None:
    fewer = last_day(length, direction, start, calendar=calendar, rules=ROLLS, paused=paused)
    more = last_day(length, direction, start, calendar=calendar, rules=ROLLS, paused=[*paused, *another])
    assert more >= fewer


@settings(deadline=None)
@given(calendar=calendars, length=lengths, direction=directions, start=around, paused=pauses)
def test_a_longer_length_never_ends_nearer_to_its_start(
    calendar: Calendar, length: Length, direction: Direction, start: date, paused: list[Period]
) -> None:
    longer = replace(length, amount=length.amount + 1)
    near = last_day(length, direction, start, calendar=calendar, rules=ROLLS, paused=paused)
    far = last_day(longer, direction, start, calendar=calendar, rules=ROLLS, paused=paused)
    assert far <= near if direction is Direction.BEFORE else far >= near


@settings(deadline=None)
@given(calendar=calendars, day=around, after=around, unit=st.sampled_from(COUNTED), paused=pauses)
def test_a_named_day_is_never_made_earlier_and_never_paused(
    calendar: Calendar, day: date, after: date, unit: Unit, paused: list[Period]
) -> None:
    found = moved_by_pauses(day, after=after, unit=unit, calendar=calendar, rules=ROLLS, paused=paused)
    assert found >= day
    assert day <= after or found not in days_of(paused)
