"""Ireland, the Union, France, Germany and the Netherlands: every day of every year by the law."""

from datetime import date

import pytest
from tests.timetable.feasts import (
    FRIDAY,
    MONDAY,
    ONE_DAY,
    SUNDAY,
    closed_weekdays,
    from_easter,
    nth,
    of_year,
)
from tests.timetable.test_calendars_shipped import shipped

YEARS = range(2012, 2029)


@pytest.mark.parametrize("year", YEARS)
def test_ireland_keeps_the_days_of_the_second_schedule(year: int) -> None:
    law = {
        date(year, 1, 1): "New Year’s Day",
        date(year, 3, 17): "Saint Patrick’s Day",
        from_easter(year, 1): "Easter Monday",
        nth(1, MONDAY, year, 5): "First Monday in May",
        nth(1, MONDAY, year, 6): "First Monday in June",
        nth(1, MONDAY, year, 8): "First Monday in August",
        nth(-1, MONDAY, year, 10): "Last Monday in October",
        date(year, 12, 25): "Christmas Day",
        date(year, 12, 26): "Saint Stephen’s Day",
    }
    if year >= 2023:
        first = date(year, 2, 1)
        law[first if first.weekday() == FRIDAY else nth(1, MONDAY, year, 2)] = "Saint Brigid’s Day"
    if year == 2022:
        law[date(2022, 3, 18)] = "Day of Remembrance and Recognition (once)"
    assert of_year(shipped("IE"), year) == law
    assert len(law) == (10 if year >= 2022 else 9)


def test_ireland_gives_no_monday_for_a_holiday_on_a_weekend() -> None:
    """The Act gives another day off or pay, and no other holiday; the workalendar package shifts the day."""
    ireland = shipped("IE")
    assert ireland.name_of(date(2024, 3, 17)) == "Saint Patrick’s Day"  # a Sunday
    assert ireland.is_working(date(2024, 3, 18))
    assert ireland.is_working(date(2027, 12, 27))
    assert ireland.is_working(from_easter(2026, -2))  # Good Friday is no public holiday


def test_the_union_keeps_what_the_commission_decided_for_2023_and_no_other_year() -> None:
    year = 2023
    decided = {
        date(year, 1, 2): "Day after New Year’s Day",
        from_easter(year, -3): "Maundy Thursday",
        from_easter(year, -2): "Good Friday",
        from_easter(year, 1): "Easter Monday",
        date(year, 5, 1): "Labour Day",
        date(year, 5, 9): "Anniversary of the Schuman declaration",
        from_easter(year, 39): "Ascension Day",
        from_easter(year, 40): "Day after Ascension Day",
        from_easter(year, 50): "Whit Monday",
        date(year, 7, 21): "Belgian National Day",
        date(year, 8, 15): "Assumption",
        date(year, 11, 1): "All Saints’ Day",
        date(year, 11, 2): "All Souls’ Day",
        **{date(year, 12, day): "End of the year" for day in range(25, 30)},
    }
    union = shipped("EU")
    assert union.days == decided
    assert closed_weekdays(union, year) == 18  # the total that the decision itself gives
    assert union.is_working(date(year, 6, 23))  # the holiday of Luxembourg


@pytest.mark.parametrize("year", YEARS)
def test_france_keeps_its_eleven_days_wherever_they_fall(year: int) -> None:
    assert of_year(shipped("FR"), year) == {
        date(year, 1, 1): "New Year’s Day",
        from_easter(year, 1): "Easter Monday",
        date(year, 5, 1): "Labour Day",
        date(year, 5, 8): "Victory Day",
        from_easter(year, 39): "Ascension Day",
        from_easter(year, 50): "Whit Monday",
        date(year, 7, 14): "National Day",
        date(year, 8, 15): "Assumption",
        date(year, 11, 1): "All Saints’ Day",
        date(year, 11, 11): "Armistice Day",
        date(year, 12, 25): "Christmas Day",
    }


def test_france_leaves_good_friday_to_alsace_and_moselle() -> None:
    assert shipped("FR").is_working(from_easter(2026, -2))
    assert shipped("FR").is_working(date(2025, 12, 26))


@pytest.mark.parametrize("year", YEARS)
def test_germany_keeps_the_nine_days_that_all_its_laender_keep(year: int) -> None:
    law = {
        date(year, 1, 1): "New Year’s Day",
        from_easter(year, -2): "Good Friday",
        from_easter(year, 1): "Easter Monday",
        date(year, 5, 1): "Labour Day",
        from_easter(year, 39): "Ascension Day",
        from_easter(year, 50): "Whit Monday",
        date(year, 10, 3): "Day of German Unity",
        date(year, 12, 25): "Christmas Day",
        date(year, 12, 26): "Second Day of Christmas",
    }
    if year == 2017:
        law[date(2017, 10, 31)] = "Reformation Day (everywhere once, for its 500th year)"
    assert of_year(shipped("DE"), year) == law


@pytest.mark.parametrize("day", [date(2026, 1, 6), date(2026, 6, 4), date(2024, 10, 31), date(2024, 11, 1)])
def test_a_holiday_of_some_laender_is_worked_in_the_calendar_of_all(day: date) -> None:
    assert shipped("DE").is_working(day)


# Art. 3(3) of the Algemene termijnenwet; the holidays and workalendar packages lack all of them.
EQUATED = {
    2017: [(4, 28), (5, 26)],
    2018: [(5, 11), (12, 24), (12, 31)],
    2019: [(5, 31), (12, 27)],
    2020: [(5, 22)],
    2021: [(5, 14)],
    2022: [(5, 27)],
    2023: [(4, 28), (5, 19)],
    2024: [(5, 10), (12, 27)],
    2025: [(5, 30)],
    2026: [(1, 2), (5, 15)],
    2027: [(5, 7)],
    2028: [(4, 28), (5, 26)],
}


@pytest.mark.parametrize("year", EQUATED)
def test_the_netherlands_keep_the_days_of_the_law_on_time_limits(year: int) -> None:
    birthday = date(year, 4, 27)
    law = {
        date(year, 1, 1): "New Year’s Day",
        from_easter(year, -2): "Good Friday",
        from_easter(year, 1): "Easter Monday",
        birthday if birthday.weekday() != SUNDAY else birthday - ONE_DAY: "King’s Day",
        date(year, 5, 5): "Liberation Day",
        from_easter(year, 39): "Ascension Day",
        from_easter(year, 50): "Whit Monday",
        date(year, 12, 25): "Christmas Day",
        date(year, 12, 26): "Second Day of Christmas",
    }
    equated = dict.fromkeys(
        (date(year, month, day) for month, day in EQUATED[year]), "Equated with a holiday by royal decree"
    )
    assert not law.keys() & equated.keys()
    assert of_year(shipped("NL"), year) == law | equated


def test_an_equated_day_lies_between_a_holiday_and_a_weekend() -> None:
    netherlands = shipped("NL")
    for year, days in EQUATED.items():
        for month, number in days:
            day = date(year, month, number)
            assert day.weekday() in {MONDAY, FRIDAY}
            assert netherlands.holiday_on(day - ONE_DAY if day.weekday() == FRIDAY else day + ONE_DAY)


def test_kings_day_is_never_on_a_sunday() -> None:
    assert shipped("NL").name_of(date(2025, 4, 26)) == "King’s Day"
    assert shipped("NL").name_of(date(2025, 4, 27)) == "Sunday"


@pytest.mark.parametrize(
    ("name", "closed"),
    [
        ("IE", {2015: 8, 2022: 8, 2026: 9, 2027: 8}),
        ("FR", {2015: 9, 2021: 7, 2022: 7, 2026: 9}),
        ("DE", {2015: 7, 2017: 9, 2021: 5, 2026: 7}),
        ("NL", {2018: 11, 2020: 9, 2022: 8, 2023: 10, 2024: 9, 2025: 9, 2026: 10, 2027: 8, 2028: 10}),
    ],
)
def test_so_many_days_that_would_be_worked_are_closed(name: str, closed: dict[int, int]) -> None:
    assert {year: closed_weekdays(shipped(name), year) for year in closed} == closed
