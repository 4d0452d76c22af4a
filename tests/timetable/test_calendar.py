"""Working days by number: each look-up against a walk from day to day."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duly.timetable.calendar import Calendar, DayOutsideCalendarError

FIRST, LAST = date(2025, 12, 1), date(2026, 7, 31)
EASTER = {
    date(2025, 12, 25): "Christmas Day",
    date(2025, 12, 26): "Boxing Day",
    date(2026, 1, 1): "New Year’s Day",
    date(2026, 4, 3): "Good Friday",
    date(2026, 4, 6): "Easter Monday",
    date(2026, 5, 4): "Early May bank holiday",
    date(2026, 5, 25): "Spring bank holiday",
}
ONE_DAY = timedelta(days=1)


def calendar(closed: frozenset[int] = frozenset({5, 6}), days: dict[date, str] = EASTER) -> Calendar:
    return Calendar(
        name="TEST", edition="1", source="made up", first=FIRST, last=LAST, closed=closed, days=days
    )


known_days = st.dates(FIRST, LAST)
calendars = st.builds(
    calendar,
    closed=st.frozensets(st.integers(0, 6), max_size=6),
    days=st.dictionaries(known_days, st.just("holiday"), max_size=40),
)


def test_a_closed_day_says_why_and_a_working_day_says_nothing() -> None:
    easter = calendar()
    assert easter.name_of(date(2026, 4, 3)) == "Good Friday"
    assert easter.name_of(date(2026, 4, 4)) == "Saturday"
    assert easter.name_of(date(2026, 4, 7)) is None
    assert not easter.is_working(date(2026, 4, 3))
    assert not easter.is_working(date(2026, 4, 4))
    assert easter.is_working(date(2026, 4, 7))


def test_a_holiday_on_a_weekend_keeps_its_name() -> None:
    easter_sunday = calendar(days={date(2026, 4, 5): "Easter Sunday"})
    assert easter_sunday.name_of(date(2026, 4, 5)) == "Easter Sunday"


def test_the_next_and_the_previous_working_day_are_never_the_day_itself() -> None:
    easter = calendar()
    assert easter.next_working(date(2026, 4, 2)) == date(2026, 4, 7)
    assert easter.next_working(date(2026, 4, 7)) == date(2026, 4, 8)
    assert easter.previous_working(date(2026, 4, 7)) == date(2026, 4, 2)
    assert easter.previous_working(date(2026, 4, 5)) == date(2026, 4, 2)


def test_a_working_day_is_itself_the_first_on_or_after_it() -> None:
    assert calendar().working_on_or_after(date(2026, 4, 2)) == date(2026, 4, 2)
    assert calendar().working_on_or_after(date(2026, 4, 3)) == date(2026, 4, 7)


def test_no_working_days_after_a_day_is_the_day_itself_even_closed() -> None:
    assert calendar().add_working(date(2026, 4, 3), 0) == date(2026, 4, 3)


def test_working_days_left_and_late_are_counted_from_the_day_after() -> None:
    today = date(2026, 4, 23)
    assert calendar().working_between(today, date(2026, 4, 29)) == 4
    assert calendar().working_between(today, date(2026, 4, 21)) == -2
    assert calendar().working_between(today, today) == 0


BEFORE_IT, AFTER_IT = FIRST - ONE_DAY, LAST + ONE_DAY
OUTSIDE: list[Callable[[Calendar], object]] = [
    lambda c: c.is_working(BEFORE_IT),
    lambda c: c.is_working(AFTER_IT),
    lambda c: c.name_of(AFTER_IT),
    lambda c: c.next_working(AFTER_IT),
    lambda c: c.next_working(LAST),
    lambda c: c.previous_working(BEFORE_IT),
    lambda c: c.previous_working(FIRST),
    lambda c: c.working_on_or_after(AFTER_IT),
    lambda c: c.working_on_or_after(BEFORE_IT),
    lambda c: c.add_working(BEFORE_IT, 0),
    lambda c: c.add_working(LAST, 1),
    lambda c: c.add_working(FIRST, -1),
    lambda c: c.add_working(date(2026, 7, 20), 11),
    lambda c: c.working_between(BEFORE_IT, FIRST),
    lambda c: c.working_between(FIRST, AFTER_IT),
    lambda c: c.working_before(BEFORE_IT),
    lambda c: c.working_before(AFTER_IT + ONE_DAY),
]


@pytest.mark.parametrize("asked", OUTSIDE)
def test_a_day_outside_the_calendar_is_an_error_and_never_the_nearest(
    asked: Callable[[Calendar], object],
) -> None:
    with pytest.raises(DayOutsideCalendarError):
        asked(calendar())


def test_the_error_names_the_calendar_its_range_the_day_and_what_to_do() -> None:
    with pytest.raises(DayOutsideCalendarError) as caught:
        calendar().add_working(date(2026, 7, 20), 11)
    assert caught.value.says == (
        "The calendar TEST (edition 1) knows the days from Monday 1 December 2025 to Friday 31 July 2026; "
        "11 working days after Monday 20 July 2026 is outside it."
    )
    assert caught.value.remedy.startswith("Adopt an edition of TEST that covers it")
    assert str(caught.value) == f"{caught.value.says} {caught.value.remedy}"


def test_the_last_working_day_it_knows_can_still_be_reached() -> None:
    assert calendar().add_working(date(2026, 7, 20), 9) == LAST
    assert calendar().add_working(date(2025, 12, 5), -4) == FIRST


def test_one_working_day_too_far_is_said_in_the_singular() -> None:
    with pytest.raises(DayOutsideCalendarError, match="; 1 working day after Friday 31 July 2026 is outside"):
        calendar().add_working(LAST, 1)
    with pytest.raises(DayOutsideCalendarError, match="; 2 working days before Monday 1 December 2025 is"):
        calendar().add_working(FIRST, -2)


def test_its_first_and_last_days_count_like_any_other() -> None:
    assert calendar().working_on_or_after(LAST) == LAST
    assert calendar().working_before(FIRST) == 0
    assert calendar().working_before(AFTER_IT) == calendar().working_before(LAST) + 1
    closed = calendar(days={FIRST: "first", LAST: "last", AFTER_IT: "no day of this calendar"})
    assert not closed.is_working(FIRST)
    assert closed.working_between(FIRST, LAST) == closed.working_before(AFTER_IT)
    assert closed.add_working(date(2026, 7, 29), 1) == date(2026, 7, 30)
    with pytest.raises(DayOutsideCalendarError):
        closed.working_on_or_after(LAST)


def walk(asked: Calendar, day: date, way: int) -> date | None:
    """The next working day in that direction, one day at a time."""
    day += way * ONE_DAY
    while FIRST <= day <= LAST:
        if day.weekday() not in asked.closed and day not in asked.days:
            return day
        day += way * ONE_DAY
    return None


@settings(deadline=None)
@given(asked=calendars, start=known_days, n=st.integers(-60, 60))
def test_adding_working_days_is_walking_from_one_to_the_next(asked: Calendar, start: date, n: int) -> None:
    expected: date | None = start
    for _ in range(abs(n)):
        expected = walk(asked, expected, 1 if n > 0 else -1) if expected else None
    if expected is None:
        with pytest.raises(DayOutsideCalendarError):
            asked.add_working(start, n)
    else:
        assert asked.add_working(start, n) == expected


@settings(deadline=None)
@given(asked=calendars, a=known_days, b=known_days)
def test_working_days_between_are_those_a_walk_meets(asked: Calendar, a: date, b: date) -> None:
    low, high = sorted((a, b))
    met = sum(asked.is_working(low + n * ONE_DAY) for n in range(1, (high - low).days + 1))
    assert asked.working_between(low, high) == met
    assert asked.working_between(high, low) == -met


@settings(deadline=None)
@given(asked=calendars, day=known_days)
def test_open_or_closed_agrees_with_the_name(asked: Calendar, day: date) -> None:
    assert asked.is_working(day) == (asked.name_of(day) is None)
    assert asked.is_working(day) == (asked.working_before(day + ONE_DAY) > asked.working_before(day))


def test_a_calendar_may_be_kept_as_a_key() -> None:
    assert {calendar(): "kept"}[calendar()] == "kept"
    assert calendar() != calendar(days={})
