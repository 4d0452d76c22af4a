"""Published worked examples: each must come out to the day."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from duly.rulebook.book import Counting, LastDayClosed
from duly.rulebook.phrases import Direction
from duly.timetable.calendar import Calendar, read_calendar
from duly.timetable.counting import first_day, last_day
from duly.vocabulary import Length, Period, Unit

DEADLINES = Path(__file__).parent / "deadlines"
SHIPPED = Path(__file__).parents[2] / "calendars"
with (DEADLINES / "worked.csv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))


@cache
def calendar(name: str) -> Calendar:
    folder = DEADLINES if (DEADLINES / f"{name}.toml").exists() else SHIPPED
    found = read_calendar((folder / f"{name}.toml").read_text(encoding="utf-8"))
    assert isinstance(found, Calendar), str(found)
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_a_worked_example_comes_out_to_the_day(row: dict[str, str]) -> None:
    count = {"within": last_day, "not_before": first_day}[row["key"]]
    found = count(
        Length(int(row["amount"]), Unit(row["unit"])),
        Direction(row["direction"]),
        date.fromisoformat(row["start"]),
        calendar=calendar(row["calendar"]),
        rules=rules_of(row),
    )
    assert found.isoformat() == row["expected"]


def rules_of(row: dict[str, str]) -> Counting:
    return Counting(
        last_day_closed=LastDayClosed(row["last_day_closed"]),
        short_period=int(row["short_period"]) if row["short_period"] else None,
    )


def test_no_example_was_lost_from_the_file() -> None:
    assert len(ROWS) == len({row["id"] for row in ROWS}) == 37


# A case under a rulebook whose last day, if closed, moves to the next working day; calendar GB-ENG.
# Complaint received Mon 2 March 2026, acknowledged on the 4th, opened on the 20th, notice served on the 26th.
ROLLS = Counting(last_day_closed=LastDayClosed.NEXT_WORKING_DAY)
PORTAL_DOWN = (Period(date(2026, 4, 8), date(2026, 4, 10)),)
TIMETABLE = [
    ("acknowledge", 5, Unit.WORKING_DAYS, date(2026, 3, 2), (), date(2026, 3, 9)),
    ("sift", 10, Unit.WORKING_DAYS, date(2026, 3, 4), (), date(2026, 3, 18)),
    ("serve the notice", 5, Unit.WORKING_DAYS, date(2026, 3, 20), (), date(2026, 3, 27)),
    ("answer", 15, Unit.WORKING_DAYS, date(2026, 3, 26), (), date(2026, 4, 20)),
    (
        "answer, paused on 8 and 9 April",
        15,
        Unit.WORKING_DAYS,
        date(2026, 3, 26),
        PORTAL_DOWN,
        date(2026, 4, 22),
    ),
    ("answer, extended", 5, Unit.WORKING_DAYS, date(2026, 4, 22), (), date(2026, 4, 29)),
    ("report", 20, Unit.WORKING_DAYS, date(2026, 4, 29), (), date(2026, 5, 29)),
    ("disclose the exhibit", 3, Unit.WORKING_DAYS, date(2026, 4, 16), (), date(2026, 4, 21)),
    ("review the suspension", 28, Unit.DAYS, date(2026, 4, 20), (), date(2026, 5, 18)),
    ("appeal the suspension", 14, Unit.DAYS, date(2026, 3, 24), (), date(2026, 4, 7)),
    ("serve the decision", 12, Unit.WEEKS, date(2026, 3, 20), (), date(2026, 6, 12)),
    ("serve the decision, paused", 12, Unit.WEEKS, date(2026, 3, 20), PORTAL_DOWN, date(2026, 6, 15)),
]


@pytest.mark.parametrize(
    ("what", "amount", "unit", "start", "paused", "due"), TIMETABLE, ids=lambda v: str(v)
)
def test_the_timetable_of_a_case_is_counted_right(
    what: str, amount: int, unit: Unit, start: date, paused: tuple[Period, ...], due: date
) -> None:
    found = last_day(
        Length(amount, unit), Direction.AFTER, start, calendar=calendar("GB-ENG"), rules=ROLLS, paused=paused
    )
    assert found == due, what
