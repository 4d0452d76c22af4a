"""Whoever has an explanation needs nothing else: a reader without rulebook and calendar finds the date."""

import ast
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.rulebooks_shipped.test_every_rulebook import NAMES, book_of, calendar_of, scenarios_of
from tests.timetable.recount import recounted
from tests.timetable.reference.compare import CALENDAR, LAST, case_of
from tests.timetable.reference.generate import FIRST
from tests.timetable.test_counting_worked import ROWS, calendar, rules_of

from duly.procedure.rehearsal import played
from duly.rulebook.phrases import Direction
from duly.timetable.clock import Clock
from duly.timetable.explanation import Count, Explanation, count, explanation, plain
from duly.timetable.marking import Marking
from duly.timetable.state import state
from duly.vocabulary import Length, Period, Unit

NUMBERS = 3_000 if os.environ.get("DULY_TEST_LONG") == "1" else 600
SHARE = 100
READER = Path(__file__).parent / "recount.py"


def through_json(told: Explanation) -> date:
    return recounted(json.loads(json.dumps(plain(told))))


def one(found: Count) -> Explanation:
    return Explanation((found,), (), None, found.due)


def assert_suffices(clock: Clock) -> bool:
    told = explanation(clock)
    assert (told is None) is (clock.due is None)
    if told is not None:
        assert through_json(told) == clock.due, (clock.limit.name, told)
    return told is not None


def test_the_reader_is_short_and_knows_nothing_of_duly() -> None:
    tree = ast.parse(READER.read_text())
    lines = {node.lineno for node in ast.walk(tree) if isinstance(node, ast.stmt)}
    assert len(lines) <= 60
    for node in ast.walk(tree):
        named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        named += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert set(named) <= {"calendar", "datetime", "typing"}


@pytest.mark.parametrize("name", NAMES)
def test_of_every_clock_in_the_scenarios_of_a_shipped_rulebook(name: str) -> None:
    book, days = book_of(name), calendar_of(name)
    dated = 0
    for scenario in scenarios_of(name):
        case = played(scenario, book=book, calendar=days)
        for on in {each.on for each in (*scenario.does, *scenario.expects)}:
            dated += sum(map(assert_suffices, state(case, book, days, on=on).clocks))
    assert dated > 0


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_of_every_worked_deadline(row: dict[str, str]) -> None:
    found = count(
        Length(int(row["amount"]), Unit(row["unit"])),
        Direction(row["direction"]),
        date.fromisoformat(row["start"]),
        calendar=calendar(row["calendar"]),
        rules=rules_of(row),
    )
    assert through_json(one(found)) == date.fromisoformat(row["expected"])


@pytest.mark.parametrize("first", range(0, NUMBERS, SHARE))
def test_of_every_clock_of_rulebooks_at_random(first: int) -> None:
    dated = sum(map(assert_suffices, clocks_at_random(range(first, first + SHARE))))
    assert dated > SHARE / 2


def clocks_at_random(numbers: range) -> Iterator[Clock]:
    for number in numbers:
        case = case_of(number)
        if case is not None:
            folded = case.casebook().case
            for day in (FIRST + timedelta(days=20), FIRST + timedelta(days=45), LAST):
                marking: Marking = state(folded, case.book, CALENDAR, on=day)
                yield from marking.clocks


def test_the_days_left_out_are_named() -> None:
    """10 working days from 31 March 2026: Easter and the week-ends are not counted, nor is a pause."""
    paused = (Period(date(2026, 4, 8), date(2026, 4, 10)),)
    found = count(
        Length(10, Unit.WORKING_DAYS),
        Direction.AFTER,
        date(2026, 3, 31),
        calendar=CALENDAR,
        rules=rules_of(ROWS[0]),
        paused=paused,
        grounds=[("police", paused[0])],
    )
    assert found.due == date(2026, 4, 20)
    assert [(str(day.on), day.name) for day in found.closed] == [
        ("2026-04-03", "Good Friday"),
        ("2026-04-04", "Saturday"),
        ("2026-04-05", "Sunday"),
        ("2026-04-06", "Easter Monday"),
        ("2026-04-11", "Saturday"),
        ("2026-04-12", "Sunday"),
        ("2026-04-18", "Saturday"),
        ("2026-04-19", "Sunday"),
    ]
    assert [tuple(map(str, span)) for span in found.paused] == [("2026-04-08", "2026-04-09", "police")]


def test_a_reason_that_is_left_out_is_missed() -> None:
    """The reader would not find the date without them: they are what the date rests on."""
    row = next(each for each in ROWS if each["id"] == "D123")
    found = count(
        Length(20, Unit.WORKING_DAYS),
        Direction.AFTER,
        date(2008, 10, 1),
        calendar=calendar(row["calendar"]),
        rules=replace(rules_of(row)),
    )
    assert through_json(one(found._replace(closed=found.closed[1:]))) != found.due
