"""The federal governments of the United States and of Canada: every day of every year by the law."""

from datetime import date

import pytest
from tests.timetable.feasts import (
    MONDAY,
    ONE_DAY,
    SATURDAY,
    SUNDAY,
    THURSDAY,
    closed_weekdays,
    from_easter,
    nth,
    of_year,
)
from tests.timetable.test_calendars_shipped import shipped

YEARS = range(2012, 2029)

BY_ORDER = {
    date(2012, 12, 24): "Christmas Eve (by executive order 13633)",
    date(2014, 12, 26): "Day after Christmas (by executive order 13682)",
    date(2018, 12, 5): "Day of mourning for George H. W. Bush (by executive order 13852)",
    date(2018, 12, 24): "Christmas Eve (by executive order 13854)",
    date(2019, 12, 24): "Christmas Eve (by executive order 13900)",
    date(2020, 12, 24): "Christmas Eve (by executive order 13965)",
    date(2024, 12, 24): "Christmas Eve (by executive order 14129)",
    date(2025, 1, 9): "Day of mourning for Jimmy Carter (by executive order 14133)",
    date(2025, 12, 24): "Christmas Eve (by executive order 14371)",
    date(2025, 12, 26): "Day after Christmas (by executive order 14371)",
}


def by_statute(year: int) -> dict[date, str]:
    """5 U.S.C. 6103(a)."""
    law = {
        date(year, 1, 1): "New Year’s Day",
        nth(3, MONDAY, year, 1): "Birthday of Martin Luther King, Jr.",
        nth(3, MONDAY, year, 2): "Washington’s Birthday",
        nth(-1, MONDAY, year, 5): "Memorial Day",
        date(year, 7, 4): "Independence Day",
        nth(1, MONDAY, year, 9): "Labor Day",
        nth(2, MONDAY, year, 10): "Columbus Day",
        date(year, 11, 11): "Veterans Day",
        nth(4, THURSDAY, year, 11): "Thanksgiving Day",
        date(year, 12, 25): "Christmas Day",
    }
    return law | ({date(year, 6, 19): "Juneteenth National Independence Day"} if year >= 2021 else {})


def in_lieu(holidays: dict[date, str]) -> dict[date, str]:
    """6103(b) for a Saturday, section 3 of Executive Order 11582 for a Sunday."""
    before = {
        day - ONE_DAY: f"{name} (in lieu of Saturday)"
        for day, name in holidays.items()
        if day.weekday() == SATURDAY
    }
    after = {
        day + ONE_DAY: f"{name} (in lieu of Sunday)"
        for day, name in holidays.items()
        if day.weekday() == SUNDAY
    }
    return before | after


@pytest.mark.parametrize("year", YEARS)
def test_the_united_states_keep_the_days_of_the_code_those_in_lieu_and_those_by_order(year: int) -> None:
    expected = by_statute(year) | in_lieu(by_statute(year) | by_statute(year + 1)) | BY_ORDER
    found = of_year(shipped("US"), year)
    assert found == {day: name for day, name in expected.items() if day.year == year}


def test_a_new_years_day_on_a_saturday_closes_the_last_friday_of_the_old_year() -> None:
    states = shipped("US")
    assert states.name_of(date(2021, 12, 31)) == "New Year’s Day (in lieu of Saturday)"
    assert states.name_of(date(2027, 12, 31)) == "New Year’s Day (in lieu of Saturday)"
    assert states.next_working(date(2021, 12, 30)) == date(2022, 1, 3)


def test_juneteenth_begins_in_the_year_of_its_law_and_the_half_day_of_2015_is_worked() -> None:
    states = shipped("US")
    assert states.is_working(date(2020, 6, 19))
    assert states.name_of(date(2021, 6, 18)) == "Juneteenth National Independence Day (in lieu of Saturday)"
    assert states.is_working(date(2015, 12, 24))


@pytest.mark.parametrize("year", [2013, 2017, 2021, 2025])
def test_inauguration_day_is_left_to_the_area_of_washington(year: int) -> None:
    """In 2025 it fell on the day of Martin Luther King, in 2013 its public ceremony did."""
    day = date(year, 1, 20)
    assert shipped("US").name_of(day) in {None, "Sunday", "Birthday of Martin Luther King, Jr."}


def test_no_holiday_of_the_united_states_is_lost_to_a_weekend() -> None:
    usual = {year: 10 + (year >= 2021) for year in YEARS}
    ordered = {year: sum(day.year == year for day in BY_ORDER) for year in YEARS}
    early = {date(2021, 12, 31), date(2027, 12, 31)}  # of the year after: in it, one less
    shift = {
        year: sum(day.year == year for day in early) - sum(day.year + 1 == year for day in early)
        for year in YEARS
    }
    expected = {year: usual[year] + ordered[year] + shift[year] for year in YEARS}
    assert {year: closed_weekdays(shipped("US"), year) for year in YEARS} == expected


@pytest.mark.parametrize("year", YEARS)
def test_canada_keeps_the_days_of_section_35_and_none_of_a_province(year: int) -> None:
    dominion = date(year, 7, 1)
    victoria = next(day for day in (date(year, 5, n) for n in range(18, 25)) if day.weekday() == MONDAY)
    law = {
        date(year, 1, 1): "New Year’s Day",
        from_easter(year, -2): "Good Friday",
        from_easter(year, 1): "Easter Monday",
        victoria: "Victoria Day and the Sovereign’s birthday",
        dominion if dominion.weekday() != SUNDAY else dominion + ONE_DAY: "Canada Day",
        nth(1, MONDAY, year, 9): "Labour Day",
        nth(2, MONDAY, year, 10): "Thanksgiving Day",
        date(year, 11, 11): "Remembrance Day",
        date(year, 12, 25): "Christmas Day",
    }
    if year >= 2021:
        law[date(year, 9, 30)] = "National Day for Truth and Reconciliation"
    if year == 2022:
        law[date(2022, 9, 19)] = "National Day of Mourning for Queen Elizabeth II (once)"
    assert of_year(shipped("CA"), year) == law


def test_canada_moves_canada_day_off_a_sunday_and_nothing_else_off_a_weekend() -> None:
    """The Acts that are its source; lists of an employer's days off shift more."""
    canada = shipped("CA")
    assert canada.name_of(date(2018, 7, 2)) == "Canada Day"
    assert canada.name_of(date(2018, 7, 1)) == "Sunday"
    assert canada.is_working(date(2023, 7, 3))  # 1 July 2023 was a Saturday
    assert canada.is_working(date(2018, 11, 12))  # Remembrance Day was a Sunday
    assert canada.is_working(date(2024, 12, 26))
    assert canada.is_working(nth(1, MONDAY, 2026, 8))
    assert {year: closed_weekdays(canada, year) for year in (2012, 2021, 2022, 2026)} == {
        2012: 7,
        2021: 9,
        2022: 9,
        2026: 10,
    }
