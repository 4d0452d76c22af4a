"""The scenarios of the shipped rulebook: the rules do what they say, and a person counting by hand agrees."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from tests.rulebooks_shipped.by_hand import counted

from duly.procedure.rehearsal import played, rehearse
from duly.procedure.scenario import Scenario, read_scenarios
from duly.record.fold import CaseState
from duly.rulebook.book import Rulebook
from duly.rulebook.steps import Is
from duly.timetable.calendar import Calendar
from duly.timetable.state import state

FOLDER = Path(__file__).parents[2] / "rulebooks/example-association/scenarios"
ONE_DAY = timedelta(days=1)


def scenarios() -> Iterator[Scenario]:
    for path in sorted(FOLDER.glob("*.toml")):
        found = read_scenarios(path.read_text(encoding="utf-8"))
        assert isinstance(found, tuple), f"{path.name}: {found}"
        yield from found


SCENARIOS = tuple(scenarios())
each_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)


@each_scenario
def test_the_rules_do_what_the_scenario_says(scenario: Scenario, book: Rulebook, calendar: Calendar) -> None:
    assert [str(each) for each in rehearse(scenario, book=book, calendar=calendar)] == []


@each_scenario
def test_a_person_counting_by_hand_gets_the_same_days(scenario: Scenario) -> None:
    by_hand = [(e.limit, counted(e.counted)) for e in scenario.expects if e.counted]
    assert by_hand == [(e.limit, e.due) for e in scenario.expects if e.counted]


@each_scenario
def test_while_the_case_is_open_somebody_owes_something(
    scenario: Scenario, book: Rulebook, calendar: Calendar
) -> None:
    """Progress reports not counted: on no day may everybody wait for nobody."""
    case = played(scenario, book=book, calendar=calendar)
    nobody = [day for day in days_of(scenario) if is_stuck(case, book, calendar, day)]
    assert nobody == []


def days_of(scenario: Scenario) -> list[date]:
    """Each day on which something is done, the days between, and 60 more in which nobody does anything."""
    days = [each.on for each in scenario.does]
    between = [a + n * ONE_DAY for a, b in pairwise(days) for n in range((b - a).days)]
    return [*between, *(days[-1] + n * ONE_DAY for n in range(60))]


def is_stuck(case: CaseState, book: Rulebook, calendar: Calendar, day: date) -> bool:
    marking = state(case, book, calendar, on=day)
    owed = [clock for clock in marking.clocks if clock.is_running]
    return (
        marking.opened_on is not None
        and marking.closed_on is None
        and all(book.steps[clock.step].is_ is Is.PROGRESS for clock in owed)
    )


def test_every_step_and_outcome_occurs_in_some_scenario(book: Rulebook, calendar: Calendar) -> None:
    """A rule that no scenario uses is a rule that nobody has looked at."""
    taken = {(does.step, does.outcome) for s in SCENARIOS for does in s.does if does.refused is None}
    steps = {step for step, _ in taken}
    assert set(book.steps) - steps == set()
    rare = {("find", "withdrawn"), ("find", "no-jurisdiction")}
    outcomes = {(step.name, outcome) for step in book.steps.values() for outcome in step.outcomes}
    assert outcomes - taken - rare == set()
