"""What people ask of a calendar itself: published questions, each answered as its source answers it."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from tests.timetable.feasts import ONE_DAY
from tests.timetable.test_calendars_shipped import UNITED_KINGDOM, shipped

from duly.timetable.calendar import Calendar, DayOutsideCalendarError, read_calendar

DEADLINES = Path(__file__).parent / "deadlines"
with (DEADLINES / "asked.csv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))
CHRISTMAS, NEW_YEAR = date(2026, 12, 25), date(2026, 1, 1)
ENDS = date(2026, 12, 31)


@cache
def calendar(name: str) -> Calendar:
    """Of the tests' folder, or shipped; "uk-common" closes what all three parts of the kingdom close."""
    if name == "uk-common":
        parts = [shipped(part) for part in UNITED_KINGDOM]
        days = {day: word for day, word in parts[0].days.items() if all(day in part.days for part in parts)}
        first, last = parts[0].first, parts[0].last
        return Calendar(name=name, edition="1", source="all three", first=first, last=last, days=days)
    path = DEADLINES / f"{name}.toml"
    found = read_calendar(path.read_text(encoding="utf-8")) if path.exists() else shipped(name)
    assert isinstance(found, Calendar), str(found)
    return found


ANSWERS: dict[str, Callable[[Calendar, date, str], object]] = {
    "is-working-day": lambda asked, day, _: asked.is_working(day),
    "is-holiday": lambda asked, day, _: asked.holiday_on(day) is not None,
    "count": lambda asked, day, until: asked.working_days(day, date.fromisoformat(until)),
    "next-working-day": lambda asked, day, _: asked.next_working(day),
    "previous-working-day": lambda asked, day, _: asked.previous_working(day),
    "next-holiday": lambda asked, day, _: asked.next_holiday(day),
    "previous-holiday": lambda asked, day, _: asked.previous_holiday(day),
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_a_published_question_is_answered_by_the_calendar(row: dict[str, str]) -> None:
    asked = ANSWERS[row["question"]]
    found = asked(calendar(row["calendar"]), date.fromisoformat(row["day"]), row["until"])
    assert str(found).lower() == row["expected"]


def test_no_question_was_lost_from_the_file() -> None:
    assert {row["id"] for row in ROWS} == {f"D{number:03}" for number in range(91, 123)}
    assert {row["question"] for row in ROWS} == ANSWERS.keys()


def small(days: dict[date, str]) -> Calendar:
    return Calendar(name="TEST", edition="1", source="made up", first=NEW_YEAR, last=ENDS, days=days)


def test_the_next_and_the_last_holiday_are_never_the_day_itself() -> None:
    two = small({NEW_YEAR: "New Year’s Day", CHRISTMAS: "Christmas Day"})
    assert two.next_holiday(NEW_YEAR) == CHRISTMAS
    assert two.next_holiday(CHRISTMAS - ONE_DAY) == CHRISTMAS
    assert two.previous_holiday(CHRISTMAS) == NEW_YEAR
    assert two.previous_holiday(NEW_YEAR + ONE_DAY) == NEW_YEAR


def test_a_holiday_on_a_weekend_is_a_holiday_and_a_saturday_alone_is_none() -> None:
    easter = small({date(2026, 4, 5): "Easter Sunday"})
    assert easter.holiday_on(date(2026, 4, 5)) == "Easter Sunday"
    assert easter.next_holiday(date(2026, 4, 3)) == date(2026, 4, 5)
    assert easter.holiday_on(date(2026, 4, 4)) is None


def test_where_it_knows_no_further_holiday_it_says_so_and_takes_no_other() -> None:
    one = small({CHRISTMAS: "Christmas Day", ENDS + ONE_DAY: "no day of this calendar"})
    with pytest.raises(DayOutsideCalendarError, match="; the first holiday after Friday 25 December 2026 is"):
        one.next_holiday(CHRISTMAS)
    with pytest.raises(DayOutsideCalendarError, match="; the last holiday before Friday 25 December 2026 is"):
        one.previous_holiday(CHRISTMAS)


@pytest.mark.parametrize(
    "asked",
    [
        lambda c: c.holiday_on(ENDS + ONE_DAY),
        lambda c: c.next_holiday(NEW_YEAR - ONE_DAY),
        lambda c: c.previous_holiday(ENDS + ONE_DAY),
        lambda c: c.working_days(NEW_YEAR - ONE_DAY, ENDS),
        lambda c: c.working_days(NEW_YEAR, ENDS + ONE_DAY),
    ],
)
def test_a_question_about_a_day_outside_is_refused(asked: Callable[[Calendar], object]) -> None:
    with pytest.raises(DayOutsideCalendarError):
        asked(small({CHRISTMAS: "Christmas Day"}))


def test_working_days_with_both_ends_are_those_of_a_walk_from_day_to_day() -> None:
    england = shipped("GB-ENG")
    first = date(2026, 3, 30)
    for length in range(60):
        days = [first + timedelta(days=number) for number in range(length + 1)]
        assert england.working_days(first, days[-1]) == sum(map(england.is_working, days))
    assert england.working_days(first, first - ONE_DAY) == 0
    assert england.working_days(first, first - 30 * ONE_DAY) == 0
