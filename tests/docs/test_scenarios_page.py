"""The page on scenarios: its example plays, and its tables name every key there is."""

import re
from dataclasses import fields
from pathlib import Path

from duly.procedure.rehearsal import rehearse
from duly.procedure.scenario import Does, Expects, read_scenarios
from duly.rulebook.book import Rulebook
from duly.rulebook.read import read
from duly.timetable.calendar import Calendar, read_calendar
from duly.timetable.clock import ClockState

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/scenarios.md").read_text(encoding="utf-8")


def test_the_example_plays_as_it_says() -> None:
    scenarios = read_scenarios(PAGE.partition("```toml\n")[2].partition("```")[0])
    assert isinstance(scenarios, tuple), str(scenarios)
    book = read((ROOT / "rulebooks/example-association/2026.toml").read_text(encoding="utf-8"))
    calendar = read_calendar((ROOT / "calendars/GB-ENG.toml").read_text(encoding="utf-8"))
    assert isinstance(book, Rulebook)
    assert isinstance(calendar, Calendar)
    assert [scenario.name for scenario in scenarios] == ["A notice that is answered", "And answered in time"]
    for scenario in scenarios:
        assert rehearse(scenario, book=book, calendar=calendar) == ()


def test_the_tables_name_every_key() -> None:
    done, _, expected = PAGE.partition("## What is done")[2].partition("## What is expected")
    assert named_in(done) >= {each.name for each in fields(Does)}
    assert named_in(expected) >= {each.name for each in fields(Expects)} - {"on"}


def test_the_table_says_every_state_a_limit_may_be_in() -> None:
    assert all(state.value in PAGE for state in ClockState)


def named_in(text: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", text))
