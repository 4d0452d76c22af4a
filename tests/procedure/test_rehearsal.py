"""Playing scenarios: a difference between the rules and a scenario is found, and said in a sentence."""

from pathlib import Path

import pytest

from duly.procedure.rehearsal import rehearse
from duly.procedure.scenario import read_scenarios
from duly.rulebook.book import Rulebook
from duly.rulebook.read import read
from duly.timetable.calendar import Calendar, read_calendar

ROOT = Path(__file__).parents[2]
START = """
[[scenario]]
name = "A notice"
says = "As far as the notice."
does = [
  { on = 2026-03-02, party = "complainant", complaint = "K1" },
  { on = 2026-03-02, step = "receive", key = "K1" },
  { on = 2026-03-04, step = "acknowledge", key = "K1" },
  { on = 2026-03-16, party = "respondent" },
  { on = 2026-03-16, allegation = "bullying" },
  { on = 2026-03-16, step = "sift", outcome = "accepted" },
  { on = 2026-03-19, step = "serve-notice" },
"""


@pytest.fixture(scope="module")
def bands() -> tuple[Rulebook, Calendar]:
    book = read((ROOT / "tests/rulebooks/village-bands.toml").read_text(encoding="utf-8"))
    calendar = read_calendar((ROOT / "calendars/GB-ENG.toml").read_text(encoding="utf-8"))
    assert isinstance(book, Rulebook)
    assert isinstance(calendar, Calendar)
    return book, calendar


def differences(bands: tuple[Rulebook, Calendar], does: str, expects: str) -> list[str]:
    found = read_scenarios(f"{START}{does}]\nexpects = [{expects}]\n")
    assert isinstance(found, tuple), str(found)
    book, calendar = bands
    return [str(each) for each in rehearse(found[0], book=book, calendar=calendar)]


@pytest.mark.parametrize(
    "expects",
    [
        '{ on = 2026-03-19, limit = "answer", due = 2026-04-09, original = 2026-04-09, state = "running" }',
        '{ on = 2026-03-19, limit = "answer", late = false }',
        '{ on = 2026-04-10, limit = "answer", late = true }',
        '{ on = 2026-03-19, limit = "decide-appeal", state = "not started" }',
        '{ on = 2026-03-19, open_step = "answer" }',
        '{ on = 2026-03-19, closed_step = "report", because = "runs until Thu 9 Apr 2026" }',
        '{ on = 2026-03-19, owed = ["answer", "update"] }',
        '{ on = 2026-03-19, stages = ["inquiry"] }',
        "{ on = 2026-03-19, in_force = [] }",
        '{ on = 2026-06-09, told = "overseer", about = "report" }',
        '{ on = 2026-03-19, case = "open" }',
    ],
)
def test_what_is_as_expected_is_passed_over(expects: str, bands: tuple[Rulebook, Calendar]) -> None:
    assert differences(bands, "", expects) == []


@pytest.mark.parametrize(
    ("expects", "says"),
    [
        (
            'limit = "answer", due = 2026-04-08',
            "“answer” should be due Wed 8 Apr 2026; it is due Thu 9 Apr 2026.",
        ),
        ('limit = "answer", original = 2026-04-08', "at first; it was due Thu 9 Apr 2026."),
        ('limit = "answer", state = "done"', "“answer” should be done; it is running."),
        ('limit = "answer", late = true', "“answer” should be late."),
        ('limit = "decide-appeal", due = 2026-04-08', "“decide-appeal” has not started."),
        ('limit = "no-such-step"', "the rulebook has no limit “no-such-step”."),
        ('open_step = "report"', "“report” should be open; it is closed: The time for"),
        ('closed_step = "answer"', "“answer” should be closed; it is open."),
        ('closed_step = "report", because = "the moon"', "should be closed because “the moon”; it says:"),
        ('closed_step = "answer-me"', "the rulebook has no step “answer-me”."),
        ('owed = ["find"]', "“find” should be owed; owed are"),
        ('stages = ["intake"]', "open stages should be intake; they are inquiry."),
        (
            'in_force = ["interim-suspension"]',
            "measures in force should be interim-suspension; they are none.",
        ),
        ('told = "overseer"', "the overseer should be told."),
        ('case = "decided"', "the case should be “decided”; it is “open”."),
    ],
)
def test_what_is_otherwise_is_said(expects: str, says: str, bands: tuple[Rulebook, Calendar]) -> None:
    (difference,) = differences(bands, "", f"{{ on = 2026-03-19, {expects} }}")
    assert difference.startswith("Thu 19 Mar 2026: ")
    assert says in difference


@pytest.mark.parametrize(
    ("does", "says"),
    [
        ('step = "find", key = "A1", outcome = "proved"', "“find A1: proved” was refused."),
        ('step = "answer", refused = "never"', "“answer” was expected to be refused."),
        (
            'step = "report", outcome = "no-case", refused = "the moon"',
            "“report: no-case” was refused otherwise:",
        ),
        ('step = "dance"', "The rulebook has no step “dance”."),
        ('extend = "answer"', "“more time for answer”: until when?"),
        ('pause = "holiday"', "“pause holiday” was refused."),
        ('step = "serve-notice", by = "overseer"', "belongs to the complaints officer"),
    ],
)
def test_an_act_that_goes_otherwise_is_said(does: str, says: str, bands: tuple[Rulebook, Calendar]) -> None:
    (difference,) = differences(bands, f"  {{ on = 2026-03-20, {does} }},\n", "")
    assert difference.startswith("Fri 20 Mar 2026: ")
    assert says in difference


def test_an_act_that_is_refused_has_no_effect(bands: tuple[Rulebook, Calendar]) -> None:
    found = differences(
        bands,
        '  { on = 2026-03-20, step = "report", outcome = "case-to-answer" },\n',
        '{ on = 2026-03-20, stages = ["inquiry"] }',
    )
    assert len(found) == 1
