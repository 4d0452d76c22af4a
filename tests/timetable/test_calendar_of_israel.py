"""Israel: feasts by the arithmetic of the Hebrew calendar, Independence Day’s shifts, election days."""

from datetime import date, timedelta

import pytest
from tests.timetable.feasts import (
    FRIDAY,
    MONDAY,
    SATURDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    closed_weekdays,
    hebrew_new_year,
    of_year,
)
from tests.timetable.test_calendars_shipped import shipped

YEARS = range(2012, 2027)
ELECTIONS = {
    date(2013, 1, 22): "Election of the 19th Knesset",
    date(2015, 3, 17): "Election of the 20th Knesset",
    date(2018, 10, 30): "Elections of local authorities",
    date(2019, 4, 9): "Election of the 21st Knesset",
    date(2019, 9, 17): "Election of the 22nd Knesset",
    date(2020, 3, 2): "Election of the 23rd Knesset",
    date(2021, 3, 23): "Election of the 24th Knesset",
    date(2022, 11, 1): "Election of the 25th Knesset",
    date(2024, 2, 27): "Elections of local authorities",
    date(2026, 10, 27): "Election of the 26th Knesset",
}


def before_new_year(year: int, days: int) -> date:
    """From Passover to the next New Year every Hebrew year is alike: 15 Nisan lies 163 days before it."""
    return hebrew_new_year(year + 3761) - timedelta(days=days)


def independence_day(year: int) -> tuple[date, str]:
    """5 Iyar; put off from a Monday, brought forward from a Friday or a Saturday."""
    day = before_new_year(year, 143)
    match day.weekday():
        case 0:
            return day + timedelta(days=1), "Independence Day (put off)"
        case 4:
            return day - timedelta(days=1), "Independence Day (brought forward)"
        case 5:
            return day - timedelta(days=2), "Independence Day (brought forward)"
        case _:
            return day, "Independence Day"


@pytest.mark.parametrize(
    ("hebrew", "day"),
    [
        (5765, date(2004, 9, 16)),
        (5774, date(2013, 9, 5)),
        (5781, date(2020, 9, 19)),
        (5784, date(2023, 9, 16)),
        (5785, date(2024, 10, 3)),
        (5786, date(2025, 9, 23)),
    ],
)
def test_the_arithmetic_finds_new_years_days_that_everybody_knows(hebrew: int, day: date) -> None:
    assert hebrew_new_year(hebrew) == day


@pytest.mark.parametrize("year", YEARS)
def test_the_days_of_rest_fall_where_the_hebrew_calendar_puts_them(year: int) -> None:
    tishri = hebrew_new_year(year + 3761)
    independence, its_name = independence_day(year)
    law = {
        before_new_year(year, 163): "First day of Passover",
        before_new_year(year, 157): "Seventh day of Passover",
        independence: its_name,
        before_new_year(year, 113): "Shavuot",
        tishri: "Rosh Hashanah",
        tishri + timedelta(days=1): "Second day of Rosh Hashanah",
        tishri + timedelta(days=9): "Yom Kippur",
        tishri + timedelta(days=14): "First day of Sukkot",
        tishri + timedelta(days=21): "Shemini Atzeret",
    }
    assert len(law) == 9
    elections = {day: name for day, name in ELECTIONS.items() if day.year == year}
    assert of_year(shipped("IL"), year) == law | elections


def test_each_shift_of_independence_day_happens_in_these_years() -> None:
    shifts = {year: before_new_year(year, 143).weekday() for year in YEARS}
    assert set(shifts.values()) == {MONDAY, WEDNESDAY, FRIDAY, SATURDAY}
    found = {
        year: day.weekday()
        for year in YEARS
        for day, name in of_year(shipped("IL"), year).items()
        if name.startswith("Independence Day")
    }
    moved = {MONDAY: TUESDAY, WEDNESDAY: WEDNESDAY, FRIDAY: THURSDAY, SATURDAY: THURSDAY}
    assert found == {year: moved[shifts[year]] for year in YEARS}


def test_the_week_is_worked_from_sunday_to_thursday() -> None:
    israel = shipped("IL")
    assert israel.is_working(date(2025, 1, 5))
    assert israel.name_of(date(2025, 1, 3)) == "Friday"
    assert israel.next_working(date(2025, 1, 2)) == date(2025, 1, 5)
    assert israel.closed == {FRIDAY, SATURDAY}


def test_an_election_day_is_closed_a_second_round_and_an_eve_are_worked() -> None:
    israel = shipped("IL")
    assert not israel.is_working(date(2022, 11, 1))
    assert israel.is_working(date(2018, 11, 13))  # the second round
    assert israel.is_working(date(2013, 10, 22))  # local elections before the amendment
    assert israel.is_working(date(2024, 11, 19))  # those put off, in some places alone
    assert israel.is_working(date(2025, 10, 1))  # the eve of Yom Kippur


def test_so_many_days_that_would_be_worked_are_closed() -> None:
    israel = shipped("IL")
    found = {year: closed_weekdays(israel, year) for year in (2013, 2019, 2020, 2022, 2024, 2025, 2026)}
    assert found == {2013: 8, 2019: 9, 2020: 6, 2022: 8, 2024: 8, 2025: 8, 2026: 6}
