"""The working of a date as data, day by day: which closed and paused days it names, at either end."""

from datetime import date

import pytest
from tests.timetable.casebook import calendar

from duly.rulebook.book import Counting, LastDayClosed
from duly.rulebook.phrases import Direction
from duly.timetable.calendar.days import ClosedDay
from duly.timetable.explanation import PAUSED, Count, count, plain
from duly.vocabulary import Length, Period, Unit

ENGLAND = calendar()
ROLLS, STAYS = Counting(last_day_closed=LastDayClosed.NEXT_WORKING_DAY), Counting()
AFTER, WITH, BEFORE = Direction.AFTER, Direction.BEGINNING_WITH, Direction.BEFORE
WORKING = Unit.WORKING_DAYS


def counted(
    amount: int, unit: Unit, direction: Direction, start: str, *paused: Period, rules: Counting = ROLLS
) -> Count:
    day = date.fromisoformat(start)
    return count(Length(amount, unit), direction, day, calendar=ENGLAND, rules=rules, paused=paused)


def march(days: tuple[ClosedDay, ...]) -> list[str]:
    return [f"{each.on:%d %b}" for each in days]


@pytest.mark.parametrize(
    ("amount", "direction", "start", "due", "closed"),
    [
        (5, AFTER, "2026-03-02", "2026-03-09", ["07 Mar", "08 Mar"]),
        (4, AFTER, "2026-03-02", "2026-03-06", []),
        (1, AFTER, "2026-03-07", "2026-03-09", ["08 Mar"]),
        (5, WITH, "2026-03-02", "2026-03-06", []),
        (1, WITH, "2026-03-07", "2026-03-09", ["07 Mar", "08 Mar"]),
        (5, BEFORE, "2026-03-09", "2026-03-02", ["07 Mar", "08 Mar"]),
        (1, BEFORE, "2026-03-08", "2026-03-06", ["07 Mar"]),
        (1, BEFORE, "2026-03-03", "2026-03-02", []),
    ],
)
def test_the_closed_days_that_working_days_leave_out(
    amount: int, direction: Direction, start: str, due: str, closed: list[str]
) -> None:
    found = counted(amount, WORKING, direction, start)
    assert (str(found.due), march(found.closed)) == (due, closed)
    assert (str(found.start), found.length, found.passed) == (start, Length(amount, WORKING), ())


@pytest.mark.parametrize(
    ("start", "rules", "due", "passed"),
    [
        ("2026-03-02", ROLLS, "2026-03-09", ["07 Mar", "08 Mar"]),
        ("2026-03-03", ROLLS, "2026-03-09", ["08 Mar"]),
        ("2026-03-04", ROLLS, "2026-03-09", []),
        ("2026-03-02", STAYS, "2026-03-07", []),
        ("2026-03-29", ROLLS, "2026-04-07", ["03 Apr", "04 Apr", "05 Apr", "06 Apr"]),
    ],
)
def test_the_closed_days_that_a_last_day_passes(
    start: str, rules: Counting, due: str, passed: list[str]
) -> None:
    found = counted(5, Unit.DAYS, AFTER, start, rules=rules)
    assert (str(found.due), march(found.passed), found.closed) == (due, passed, ())
    assert (found.counted_to - found.start).days == 5


def days(since: str, before: str | None) -> Period:
    return Period(date.fromisoformat(since), date.fromisoformat(before) if before else None)


@pytest.mark.parametrize(
    ("paused", "due", "spans"),
    [
        (days("2026-03-04", "2026-03-06"), "2026-03-14", [("04 Mar", "05 Mar")]),
        (days("2026-03-01", "2026-03-02"), "2026-03-12", []),
        (days("2026-03-01", "2026-03-03"), "2026-03-12", [("02 Mar", "02 Mar")]),
        (days("2026-03-12", "2026-03-13"), "2026-03-13", [("12 Mar", "12 Mar")]),
        (days("2026-03-13", "2026-03-14"), "2026-03-12", []),
        (days("2026-03-11", "2026-03-13"), "2026-03-14", [("11 Mar", "12 Mar")]),
    ],
)
def test_the_paused_days_between_the_beginning_and_the_last_day(
    paused: Period, due: str, spans: list[tuple[str, str]]
) -> None:
    found = counted(10, Unit.DAYS, AFTER, "2026-03-02", paused, rules=STAYS)
    assert str(found.due) == due
    assert [(f"{each.first:%d %b}", f"{each.last:%d %b}") for each in found.paused] == spans
    assert {each.ground for each in found.paused} <= {PAUSED}


def test_a_time_counted_backwards_has_no_paused_days() -> None:
    found = counted(10, Unit.DAYS, BEFORE, "2026-03-20", days("2026-03-12", "2026-03-14"), rules=STAYS)
    assert (str(found.due), found.paused) == ("2026-03-10", ())


def test_pauses_are_named_by_their_grounds_where_these_are_known() -> None:
    illness = days("2026-03-04", "2026-03-06")
    found = count(
        Length(10, Unit.DAYS), AFTER, date(2026, 3, 2), calendar=ENGLAND, rules=STAYS,
        paused=[illness], grounds=[("illness", illness)],
    )  # fmt: skip
    assert [each.ground for each in found.paused] == ["illness"]


def test_what_is_told_is_plain_enough_for_json() -> None:
    found = plain(counted(5, WORKING, AFTER, "2026-03-02"))
    assert isinstance(found, dict)
    assert (found["start"], found["due"], found["direction"]) == ("2026-03-02", "2026-03-09", "after")
    assert found["length"] == {"amount": 5, "unit": "working days"}
    assert [each["on"] for each in found["closed"]] == ["2026-03-07", "2026-03-08"]
    assert (found["along"], found["paused"], found["over_at"]) == (0, [], None)
