"""The examples of docs/explanation/counting.md, run."""

import re
from datetime import date
from pathlib import Path

import pytest

from duly.rulebook.book import Counting, LastDayClosed
from duly.rulebook.phrases import Direction
from duly.timetable.calendar import Calendar, read_calendar
from duly.timetable.counting import last_day
from duly.timetable.working import explain_count, explain_extension
from duly.vocabulary import Because, Length, Period, Unit
from duly.vocabulary.day import desk_day

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/explanation/counting.md").read_text(encoding="utf-8")
PAUSED = Period(date(2026, 4, 8), date(2026, 4, 10))
UNITS = {word: unit for unit in Unit for word in (unit.value, unit.singular)}
MONTHS = {desk_day(date(2026, month, 1)).split()[2]: month for month in range(1, 13)}
RULE = re.compile(r"(\d+) (.+) (after|before|beginning with)")


def tables() -> list[tuple[list[str], list[str]]]:
    """Each row of each table, with the head of its table."""
    found: list[tuple[list[str], list[str]]] = []
    head: list[str] = []
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            head = []
        elif not head:
            head = cells
        elif not line.startswith("|---"):
            found.append((head, cells))
    return found


def england() -> Calendar:
    calendar = read_calendar((ROOT / "calendars/GB-ENG.toml").read_text(encoding="utf-8"))
    assert isinstance(calendar, Calendar)
    return calendar


def day(text: str) -> date:
    weekday, number, month, year = text.split()
    found = date(int(year), MONTHS[month], int(number))
    assert desk_day(found).split()[0] == weekday, text
    return found


def due(rule: str, start: str, *, moves: bool, paused: bool, short: int | None = None) -> str:
    matched = RULE.fullmatch(rule)
    assert matched, rule
    closed = LastDayClosed.NEXT_WORKING_DAY if moves else LastDayClosed.STAYS
    found = last_day(
        Length(int(matched[1]), UNITS[matched[2]]),
        Direction(matched[3]),
        day(start),
        calendar=england(),
        rules=Counting(last_day_closed=closed, short_period=short),
        paused=[PAUSED] if paused else (),
    )
    return desk_day(found)


@pytest.mark.parametrize(("head", "row"), tables(), ids=lambda cells: cells[0])
def test_an_example_comes_out_as_the_page_says(head: list[str], row: list[str]) -> None:
    rule, start, *said = row
    match head[2:]:
        case ["the day is"]:
            counted = [due(rule, start, moves=False, paused=False)]
        case ["the day is", "and then, if it moves"]:
            counted = [due(rule, start, moves=moves, paused=False) for moves in (False, True)]
        case ["without the rule", "with it"]:
            counted = [due(rule, start, moves=False, paused=False, short=short) for short in (None, 5)]
        case ["without the pause", "with it"]:
            counted = [due(rule, start, moves=True, paused=paused) for paused in (False, True)]
        case _:
            pytest.fail(f"No test knows the columns {head}.")
    assert said == counted


def test_the_page_has_its_examples() -> None:
    assert len(tables()) == 31


def test_the_working_on_the_page_is_the_working() -> None:
    rules = Counting(last_day_closed=LastDayClosed.NEXT_WORKING_DAY)
    working = explain_count(
        Length(15, Unit.WORKING_DAYS),
        Direction.AFTER,
        date(2026, 3, 26),
        calendar=england(),
        rules=rules,
        paused=[PAUSED],
        what="Served",
        clause="r 6.2",
        reasons={PAUSED: Because("portal out of service", "r 4.6(d)")},
    )
    working = explain_extension(
        working,
        date(2026, 4, 29),
        granted_on=date(2026, 4, 17),
        because=Because("Extended 5 working days by the chair.", "r 6.5"),
        unit=Unit.WORKING_DAYS,
        calendar=england(),
        rules=rules,
        paused=[PAUSED],
    )
    quoted = [line.removeprefix("> ") for line in PAGE.splitlines() if line.startswith("> ")]
    assert quoted == [str(sentence) for sentence in working.sentences]
