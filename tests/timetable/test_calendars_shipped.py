"""The calendars in the wheel: whole, honest about what they cover, and right where it can be worked out."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from tests.timetable.feasts import easter

from duly.timetable.calendar import Calendar, DayOutsideCalendarError, read_calendar

SHIPPED = sorted((Path(__file__).parents[2] / "calendars").glob("*.toml"))
UNITED_KINGDOM = {"GB-ENG", "GB-SCT", "GB-NIR"}
COUNTRIES = {
    "IE": (2012, 2028),
    "EU": (2023, 2023),
    "FR": (2012, 2028),
    "DE": (2012, 2028),
    "NL": (2017, 2028),
    "US": (2012, 2028),
    "CA": (2012, 2028),
    "IL": (2012, 2026),
}
YEARS = range(2012, 2029)


@cache
def shipped(name: str) -> Calendar:
    (path,) = (path for path in SHIPPED if path.stem == name)
    calendar = read_calendar(path.read_text(encoding="utf-8"))
    assert isinstance(calendar, Calendar), str(calendar)
    return calendar


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_each_file_reads_and_is_named_after_its_calendar(path: Path) -> None:
    calendar = read_calendar(path.read_text(encoding="utf-8"))
    assert isinstance(calendar, Calendar), str(calendar)
    assert calendar.name == path.stem
    assert len(calendar.digest) == 64


def test_these_are_shipped() -> None:
    assert {path.stem for path in SHIPPED} == UNITED_KINGDOM | COUNTRIES.keys() | {"WEEKDAYS"}


@pytest.mark.parametrize(("name", "years"), COUNTRIES.items())
def test_a_day_outside_the_years_of_the_source_names_the_calendar(name: str, years: tuple[int, int]) -> None:
    calendar = shipped(name)
    first, last = years
    assert (calendar.first, calendar.last) == (date(first, 1, 1), date(last, 12, 31))
    for day in (calendar.first - timedelta(days=1), calendar.last + timedelta(days=1)):
        with pytest.raises(DayOutsideCalendarError, match=f"^The calendar {name} \\(edition 1\\) knows"):
            calendar.is_working(day)


@pytest.mark.parametrize("name", sorted(COUNTRIES))
def test_the_file_says_where_its_days_are_published(name: str) -> None:
    published = ("published", "OJ C")
    assert any(words in shipped(name).source for words in published)


@pytest.mark.parametrize("name", sorted(UNITED_KINGDOM))
def test_the_range_is_the_years_the_source_covers_in_full(name: str) -> None:
    calendar = shipped(name)
    assert (calendar.first, calendar.last) == (date(2012, 1, 1), date(2028, 12, 31))
    with pytest.raises(DayOutsideCalendarError):
        calendar.is_working(date(2029, 1, 2))


@pytest.mark.parametrize(("name", "usual"), [("GB-ENG", 8), ("GB-SCT", 9), ("GB-NIR", 10)])
def test_every_year_has_its_holidays_all_on_days_that_would_be_worked(name: str, usual: int) -> None:
    """Extra ones: the jubilees of 2012 and 2022, the funeral of 2022, the coronation of 2023."""
    calendar = shipped(name)
    extra = {2012: 1, 2022: 2, 2023: 1}
    each_year = {year: sum(day.year == year for day in calendar.days) for year in YEARS}
    assert each_year == {year: usual + extra.get(year, 0) for year in YEARS}
    assert all(day.weekday() < 5 for day in calendar.days)


@pytest.mark.parametrize("name", sorted(UNITED_KINGDOM))
@pytest.mark.parametrize("year", YEARS)
def test_good_friday_and_easter_monday_fall_where_the_moon_puts_them(name: str, year: int) -> None:
    calendar = shipped(name)
    assert calendar.name_of(easter(year) - timedelta(days=2)) == "Good Friday"
    monday = "Easter Monday" if name != "GB-SCT" else None
    assert calendar.name_of(easter(year) + timedelta(days=1)) == monday


def test_the_three_jurisdictions_differ_where_they_do() -> None:
    """The coronation of 8 May 2023 is in the proclamation; the workalendar package (17.0) lacks it."""
    england, scotland, ireland = shipped("GB-ENG"), shipped("GB-SCT"), shipped("GB-NIR")
    assert not scotland.is_working(date(2026, 11, 30))
    assert england.is_working(date(2026, 11, 30))
    assert ireland.name_of(date(2026, 7, 13)) == "Battle of the Boyne (Orangemen’s Day) (substitute day)"
    assert england.name_of(date(2023, 5, 8)) == "Bank holiday for the coronation of King Charles III"


def test_a_body_without_holidays_works_every_weekday() -> None:
    weekdays = shipped("WEEKDAYS")
    assert weekdays.is_working(date(2026, 12, 25))
    assert not weekdays.is_working(date(2026, 12, 26))
    assert (weekdays.first, weekdays.last) == (date(2000, 1, 1), date(2060, 12, 31))
