"""The rules of counting, one by one."""

from datetime import date, timedelta

import pytest

from duly.rulebook.book import Counting, LastDayClosed
from duly.rulebook.phrases import Direction
from duly.timetable.calendar import Calendar, DayOutsideCalendarError
from duly.timetable.counting import CannotCountError, last_day, moved_by_pauses
from duly.vocabulary import Length, Period, Unit

ONE_DAY = timedelta(days=1)
STAYS = Counting(last_day_closed=LastDayClosed.STAYS)
ROLLS = Counting(last_day_closed=LastDayClosed.NEXT_WORKING_DAY)
GB_ENG = Calendar(
    name="GB-ENG",
    edition="1",
    source="a part of it",
    first=date(2020, 1, 1),
    last=date(2032, 12, 31),
    days={
        date(2026, 4, 3): "Good Friday",
        date(2026, 4, 6): "Easter Monday",
        date(2026, 5, 4): "Early May bank holiday",
        date(2026, 5, 25): "Spring bank holiday",
    },
)


def due(
    amount: int,
    unit: Unit,
    direction: Direction,
    start: date,
    *paused: Period,
    rules: Counting = STAYS,
) -> date:
    return last_day(Length(amount, unit), direction, start, calendar=GB_ENG, rules=rules, paused=paused)


# --- the rules, one by one ---------------------------------------------------------------------------------


def test_the_day_of_the_trigger_is_not_counted_after_it_and_is_day_one_beginning_with_it() -> None:
    start = date(2026, 7, 1)
    assert due(30, Unit.DAYS, Direction.AFTER, start) == date(2026, 7, 31)
    assert due(30, Unit.DAYS, Direction.BEGINNING_WITH, start) == date(2026, 7, 30)
    assert due(1, Unit.WORKING_DAYS, Direction.BEGINNING_WITH, start) == start
    assert due(1, Unit.WEEKS, Direction.BEGINNING_WITH, start) == date(2026, 7, 7)


def test_working_days_beginning_with_a_closed_day_begin_on_the_next_working_day() -> None:
    good_friday = date(2026, 4, 3)
    assert due(1, Unit.WORKING_DAYS, Direction.BEGINNING_WITH, good_friday) == date(2026, 4, 7)
    assert due(2, Unit.WORKING_DAYS, Direction.BEGINNING_WITH, good_friday) == date(2026, 4, 8)


def test_clear_days_leave_out_both_ends() -> None:
    assert due(14, Unit.CLEAR_DAYS, Direction.BEFORE, date(2026, 1, 16)) == date(2026, 1, 1)
    assert due(14, Unit.CLEAR_DAYS, Direction.AFTER, date(2026, 1, 1)) == date(2026, 1, 16)
    assert due(14, Unit.CLEAR_DAYS, Direction.BEGINNING_WITH, date(2026, 1, 1)) == date(2026, 1, 15)
    assert due(0, Unit.CLEAR_DAYS, Direction.AFTER, date(2026, 1, 1)) == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("amount", "unit", "direction", "start", "end"),
    [
        (1, Unit.MONTHS, Direction.AFTER, date(2026, 1, 31), date(2026, 2, 28)),
        (1, Unit.MONTHS, Direction.AFTER, date(2028, 1, 31), date(2028, 2, 29)),
        (1, Unit.MONTHS, Direction.AFTER, date(2026, 2, 28), date(2026, 3, 28)),
        (13, Unit.MONTHS, Direction.AFTER, date(2025, 12, 31), date(2027, 1, 31)),
        (1, Unit.YEARS, Direction.AFTER, date(2028, 2, 29), date(2029, 2, 28)),
        (4, Unit.YEARS, Direction.AFTER, date(2024, 2, 29), date(2028, 2, 29)),
        (1, Unit.MONTHS, Direction.BEFORE, date(2026, 3, 31), date(2026, 2, 28)),
        (3, Unit.MONTHS, Direction.BEFORE, date(2026, 2, 15), date(2025, 11, 15)),
        (1, Unit.YEARS, Direction.BEFORE, date(2028, 2, 29), date(2027, 2, 28)),
        (1, Unit.MONTHS, Direction.BEGINNING_WITH, date(2026, 7, 1), date(2026, 7, 31)),
        (1, Unit.MONTHS, Direction.BEGINNING_WITH, date(2026, 3, 15), date(2026, 4, 14)),
        (1, Unit.MONTHS, Direction.BEGINNING_WITH, date(2026, 1, 31), date(2026, 2, 28)),
        (1, Unit.MONTHS, Direction.BEGINNING_WITH, date(2026, 1, 29), date(2026, 2, 28)),
        (1, Unit.MONTHS, Direction.BEGINNING_WITH, date(2026, 1, 28), date(2026, 2, 27)),
        (1, Unit.YEARS, Direction.BEGINNING_WITH, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_months_and_years_end_on_the_day_of_the_same_number_or_the_last_of_the_month(
    amount: int, unit: Unit, direction: Direction, start: date, end: date
) -> None:
    assert due(amount, unit, direction, start) == end


def test_months_move_later_by_the_paused_days_they_meet() -> None:
    paused = Period(date(2026, 2, 1), date(2026, 2, 11))
    assert due(1, Unit.MONTHS, Direction.AFTER, date(2026, 1, 31), paused) == date(2026, 3, 10)
    after_it = Period(date(2026, 3, 5), date(2026, 3, 7))  # met only because of the first pause
    assert due(1, Unit.MONTHS, Direction.AFTER, date(2026, 1, 31), paused, after_it) == date(2026, 3, 12)


def test_a_closed_last_day_moves_forward_only_if_the_rulebook_says_so() -> None:
    start, saturday = date(2026, 4, 18), date(2026, 5, 2)
    assert due(14, Unit.DAYS, Direction.AFTER, start) == saturday
    assert due(14, Unit.DAYS, Direction.AFTER, start, rules=ROLLS) == date(2026, 5, 5)  # 4 May is a holiday
    hearing = date(2026, 5, 17)
    assert due(14, Unit.CLEAR_DAYS, Direction.BEFORE, hearing, rules=ROLLS) == saturday


def test_nothing_runs_out_on_a_paused_day() -> None:
    start = date(2026, 4, 18)  # day 14 is Saturday 2 May, Monday the 4th a holiday, and then a pause
    paused = Period(date(2026, 5, 5), date(2026, 5, 9))
    assert due(14, Unit.DAYS, Direction.AFTER, start, paused, rules=ROLLS) == date(2026, 5, 11)
    assert due(0, Unit.DAYS, Direction.AFTER, date(2026, 5, 5), paused) == date(2026, 5, 9)


def test_a_pause_of_weekend_days_takes_no_working_day() -> None:
    weekend = Period(date(2026, 4, 11), date(2026, 4, 13))
    assert due(15, Unit.WORKING_DAYS, Direction.AFTER, date(2026, 3, 26), weekend) == date(2026, 4, 20)


def test_a_pause_that_began_before_the_count_takes_only_the_days_it_meets() -> None:
    paused = Period(date(2019, 1, 1), date(2026, 4, 8))  # begun before the calendar knows any day
    assert due(3, Unit.WORKING_DAYS, Direction.AFTER, date(2026, 4, 1), paused) == date(2026, 4, 10)


def test_pauses_have_no_effect_on_a_count_backwards() -> None:
    paused = Period(date(2026, 1, 2), date(2026, 1, 9))
    assert due(14, Unit.CLEAR_DAYS, Direction.BEFORE, date(2026, 1, 16), paused) == date(2026, 1, 1)
    still_running = Period(date(2026, 1, 2), None)
    assert due(14, Unit.CLEAR_DAYS, Direction.BEFORE, date(2026, 1, 16), still_running) == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("amount", "unit", "resumed"),
    [
        (15, Unit.WORKING_DAYS, date(2026, 4, 22)),
        (25, Unit.DAYS, date(2026, 4, 22)),
        (24, Unit.CLEAR_DAYS, date(2026, 4, 22)),
    ],
)
def test_a_pause_that_begins_on_the_last_day_takes_that_day(amount: int, unit: Unit, resumed: date) -> None:
    last = date(2026, 4, 20)
    assert due(amount, unit, Direction.AFTER, date(2026, 3, 26)) == last
    paused = Period(last, date(2026, 4, 22))
    assert due(amount, unit, Direction.AFTER, date(2026, 3, 26), paused) == resumed


def test_a_pause_that_begins_the_day_after_takes_nothing() -> None:
    paused = Period(date(2026, 4, 21), date(2026, 4, 30))
    assert due(15, Unit.WORKING_DAYS, Direction.AFTER, date(2026, 3, 26), paused) == date(2026, 4, 20)
    assert due(25, Unit.DAYS, Direction.AFTER, date(2026, 3, 26), paused) == date(2026, 4, 20)


def test_the_first_and_the_last_day_there_are_can_be_reached_and_no_further() -> None:
    end, begin = date(9998, 12, 31), date(2, 1, 1)
    assert due(1, Unit.YEARS, Direction.AFTER, end) == date.max
    assert due(365, Unit.DAYS, Direction.AFTER, end) == date.max
    assert due(1, Unit.YEARS, Direction.BEFORE, begin) == date.min
    assert due(365, Unit.DAYS, Direction.BEFORE, begin) == date.min
    for length, direction, start in [
        (Length(12 + 1, Unit.MONTHS), Direction.AFTER, end),
        (Length(366, Unit.DAYS), Direction.AFTER, end),
        (Length(12 + 1, Unit.MONTHS), Direction.BEFORE, begin),
        (Length(366, Unit.DAYS), Direction.BEFORE, begin),
    ]:
        with pytest.raises(CannotCountError):
            last_day(length, direction, start, calendar=GB_ENG, rules=STAYS)


def test_plain_days_that_do_not_roll_need_no_calendar() -> None:
    assert due(10, Unit.DAYS, Direction.AFTER, date(2040, 1, 1)) == date(2040, 1, 11)
    with pytest.raises(DayOutsideCalendarError):
        due(10, Unit.DAYS, Direction.AFTER, date(2040, 1, 1), rules=ROLLS)


def test_the_first_day_a_calendar_knows_can_be_day_one() -> None:
    assert due(1, Unit.WORKING_DAYS, Direction.BEGINNING_WITH, date(2020, 1, 1)) == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("length", "direction", "says"),
    [
        (
            Length(48, Unit.HOURS),
            Direction.AFTER,
            "Hours are counted in a time zone, and “UTC” is not known here",
        ),
        (
            Length(10, Unit.DAYS, "season"),
            Direction.AFTER,
            "“10 days in season” counts the days of a calendar",
        ),
        (Length(-1, Unit.DAYS), Direction.AFTER, "“-1 days” is less than nothing."),
        (Length(9000, Unit.YEARS), Direction.AFTER, "outside the years 1 to 9999"),
        (Length(3000, Unit.YEARS), Direction.BEFORE, "outside the years 1 to 9999"),
        (Length(9_999_999, Unit.DAYS), Direction.AFTER, "outside the years 1 to 9999"),
        (Length(9_999_999, Unit.DAYS), Direction.BEFORE, "outside the years 1 to 9999"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(length: Length, direction: Direction, says: str) -> None:
    with pytest.raises(CannotCountError, match=says) as caught:
        last_day(length, direction, date(2026, 1, 1), calendar=GB_ENG, rules=STAYS)
    assert caught.value.remedy


def test_a_pause_without_an_end_must_be_given_one_by_the_caller() -> None:
    with pytest.raises(CannotCountError, match="has no end yet"):
        due(10, Unit.DAYS, Direction.AFTER, date(2026, 1, 1), Period(date(2026, 1, 5), None))


# --- a day that was named --------------------------------------------------------------------------------

GRANTED = date(2026, 4, 17)


def named(day: date, unit: Unit, *paused: Period, rules: Counting = ROLLS) -> date:
    return moved_by_pauses(day, after=GRANTED, unit=unit, calendar=GB_ENG, rules=rules, paused=paused)


def test_a_named_day_stays_as_named_though_it_be_closed() -> None:
    sunday = date(2026, 4, 26)
    assert named(sunday, Unit.WORKING_DAYS) == sunday
    assert named(sunday, Unit.DAYS, Period(date(2026, 4, 8), date(2026, 4, 10))) == sunday


def test_a_named_day_moves_by_the_paused_days_after_it_was_granted() -> None:
    paused = Period(date(2026, 4, 24), date(2026, 4, 27))  # Friday to Sunday
    assert named(date(2026, 4, 29), Unit.WORKING_DAYS, paused) == date(2026, 4, 30)
    assert named(date(2026, 4, 29), Unit.DAYS, paused) == date(2026, 5, 5)  # Sat 2 May, and the 4th a holiday
    assert named(date(2026, 4, 29), Unit.DAYS, paused, rules=STAYS) == date(2026, 5, 2)


def test_a_pause_that_begins_on_the_named_day_moves_it() -> None:
    paused = Period(date(2026, 4, 29), date(2026, 5, 1))
    assert named(date(2026, 4, 29), Unit.WORKING_DAYS, paused) == date(2026, 5, 1)
    assert named(date(2026, 4, 28), Unit.WORKING_DAYS, paused) == date(2026, 4, 28)


def test_of_a_pause_that_runs_when_it_is_granted_only_the_days_still_to_come_count() -> None:
    running = Period(date(2026, 4, 15), date(2026, 4, 21))
    assert named(date(2026, 4, 29), Unit.WORKING_DAYS, running) == date(2026, 4, 30)
    assert named(date(2026, 4, 29), Unit.DAYS, running) == date(2026, 5, 5)


def test_a_day_named_in_the_past_or_on_a_paused_weekend() -> None:
    over = Period(date(2026, 4, 8), date(2026, 4, 10))
    assert named(date(2026, 4, 9), Unit.DAYS, over) == date(2026, 4, 9)
    assert named(GRANTED, Unit.DAYS, Period(GRANTED, date(2026, 4, 20))) == GRANTED
    weekend = Period(date(2026, 4, 25), date(2026, 4, 27))
    assert named(date(2026, 4, 26), Unit.WORKING_DAYS, weekend) == date(2026, 4, 27)
