"""Every shipped rulebook: read, checked as pinned, explained, compared, and its scenarios counted by hand."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from tests.rulebooks_shipped.by_hand import counted, holidays_of
from tests.rulebooks_shipped.pinned import FINDINGS

from duly.compare.whole import compare
from duly.explain.whole import ROLES, explain
from duly.lint.whole import check_whole, explored
from duly.procedure.rehearsal import rehearse
from duly.procedure.scenario import Scenario, read_scenarios
from duly.rulebook.book import Rulebook
from duly.rulebook.check import has_errors
from duly.rulebook.countable import uncountable
from duly.rulebook.finding import Severity
from duly.rulebook.read import read
from duly.timetable.calendar import Calendar, read_calendar

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/reference/rulebooks.md"
CHECKED_ON = date(2026, 11, 24)
NAMES = sorted(path.name for path in (ROOT / "rulebooks").iterdir() if path.is_dir())
NEW = [name for name in NAMES if name != "example-association"]
each_name = pytest.mark.parametrize("name", NAMES)
each_new = pytest.mark.parametrize("name", NEW)


@cache
def text_of(name: str) -> str:
    (file,) = (ROOT / "rulebooks" / name).glob("*.toml")
    return file.read_text(encoding="utf-8")


@cache
def book_of(name: str) -> Rulebook:
    found = read(text_of(name))
    assert isinstance(found, Rulebook), str(found)
    return found


@cache
def calendar_of(name: str) -> Calendar:
    found = read_calendar((ROOT / f"calendars/{book_of(name).calendar}.toml").read_text(encoding="utf-8"))
    assert isinstance(found, Calendar), str(found)
    return found


@cache
def scenarios_of(name: str) -> tuple[Scenario, ...]:
    found: list[Scenario] = []
    for path in sorted((ROOT / "rulebooks" / name / "scenarios").glob("*.toml")):
        several = read_scenarios(path.read_text(encoding="utf-8"))
        assert isinstance(several, tuple), f"{path.name}: {several}"
        found += several
    return tuple(found)


def test_there_are_ten_and_most_come_into_force() -> None:
    assert len(NAMES) >= 10
    assert len(set(NAMES) - FINDINGS.keys()) > len(FINDINGS)


@each_name
def test_the_file_is_called_by_its_edition(name: str) -> None:
    assert (ROOT / "rulebooks" / name / f"{book_of(name).edition}.toml").is_file()


@each_new
def test_it_says_where_it_is_from_and_what_nobody_verified(name: str) -> None:
    book = book_of(name)
    assert book.source
    assert book.checked_on == CHECKED_ON
    assert book.not_verified
    assert all(sentence.endswith(".") and sentence.count(" ") > 4 for sentence in book.not_verified)


@each_name
def test_its_calendar_knows_the_day_on_which_it_was_checked(name: str) -> None:
    assert calendar_of(name).first <= CHECKED_ON <= calendar_of(name).last


@each_name
def test_the_lint_says_what_is_pinned_and_the_page_tells_it(name: str) -> None:
    """One test of each rulebook, since exploring it is what takes time. The page has days."""
    found = check_whole(book_of(name))
    unaccepted = sorted(f"{one.severity.value} {one.rule} {one.at}" for one in found if one.accepted is None)
    assert unaccepted == FINDINGS.get(name, [])
    assert has_errors(found) is (name in FINDINGS)
    assert not uncountable(book_of(name))
    errors = sum(one.severity is Severity.ERROR for one in found)
    accepted = sum(one.accepted is not None for one in found)
    says = f"{errors} errors, {len(found) - errors - accepted} open, {accepted} accepted"
    assert told_of(name)[2:] == [book_of(name).calendar, longest_of(name), says]


def told_of(name: str) -> list[str]:
    """The row of the page."""
    (row,) = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {name} ")]
    return [cell.strip() for cell in row.strip("|").split("|")]


def longest_of(name: str) -> str:
    totals = explored(book_of(name)).totals
    if totals is None or totals.decision is None:
        return "none"
    more = totals.decision_more
    return f"{totals.decision} days" + (f" ({more})" if more not in (None, totals.decision) else "")


@each_name
def test_it_is_explained_to_whoever_is_a_party_in_it(name: str) -> None:
    book = book_of(name)
    roles = [role for role in ROLES if book.party_office(role)]
    assert roles
    for role in (None, *roles):
        assert sum(len(section.sentences) for section in explain(book, role)) > len(book.steps)


@each_name
def test_it_is_no_different_from_itself_and_from_another(name: str) -> None:
    assert compare(book_of(name), book_of(name)) == ()
    assert compare(book_of(name), book_of(NAMES[NAMES.index(name) - 1]))


@each_name
def test_its_rules_do_what_its_scenarios_say(name: str) -> None:
    assert len(scenarios_of(name)) >= 2
    for scenario in scenarios_of(name):
        parts = rehearse(scenario, book=book_of(name), calendar=calendar_of(name))
        assert [str(each) for each in parts] == [], scenario.name


@each_new
def test_a_person_counting_by_hand_gets_the_same_days(name: str) -> None:
    book = book_of(name)
    moves = book.counting.last_day_closed == "next working day"
    holidays = holidays_of(book.calendar)
    expected = [e for scenario in scenarios_of(name) for e in scenario.expects if e.counted]
    assert expected
    for each in expected:
        by_hand = counted(each.counted or "", moves=moves, holidays=holidays)
        assert (each.limit, by_hand) == (each.limit, each.due)


@each_new
def test_the_plain_way_leads_from_receipt_to_a_close(name: str) -> None:
    ends = {each.case for scenario in scenarios_of(name) for each in scenario.expects}
    assert ends - {None, "open"}


def test_no_file_of_the_folder_is_read_as_something_else() -> None:
    """Scenarios are TOML that the standard library reads, too."""
    for path in (ROOT / "rulebooks").rglob("*.toml"):
        tomllib.loads(path.read_text(encoding="utf-8"))
