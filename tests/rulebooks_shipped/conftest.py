"""The shipped rulebook and its calendar, read once."""

from pathlib import Path

import pytest

from duly.rulebook.book import Rulebook
from duly.rulebook.read import read
from duly.timetable.calendar import Calendar, read_calendar

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def book() -> Rulebook:
    found = read((ROOT / "rulebooks/example-association/2026.toml").read_text(encoding="utf-8"))
    assert isinstance(found, Rulebook), str(found)
    return found


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    found = read_calendar((ROOT / "calendars/GB-ENG.toml").read_text(encoding="utf-8"))
    assert isinstance(found, Calendar), str(found)
    return found
