"""Why a case can't be moved to another edition: each reason by itself, and the case stays where it is."""

from datetime import date

import pytest
from tests.timetable.casebook import Casebook
from tests.timetable.small_books import small_case
from tests.timetable.test_adopted_edition import MOVE, STEPS, adopted, book

from duly.timetable.adopted import Fate

EXTRA = """
[question]
abroad = { ask = "Abroad?", answers = ["no", "yes", "soon"] }
[pause.police]
by = "officer"
at_most = "20 days"
[measure.bar]
at_most = "90 days"
[anytime.suspend]
by = "officer"
then = "begins bar"
[anytime.meet]
by = "officer"
sets = ["talk-day"]
[day.talk-day]
not_before = "1 day after receive"
"""


RENAMED = ("talk-day", "meeting-day")


def stayed(case: Casebook, *changes: tuple[str, str], since: str = "2026-03-09") -> list[str]:
    """The codes of every reason why not; the case stays under the first edition."""
    new = book(MOVE, *changes, more=EXTRA)
    marking = adopted(case, new, since).at(since)
    assert marking.book.edition == "1"
    assert marking.effects[-1].fate is Fate.NOT_MOVED
    return [each.code for each in marking.effects[-1].why]


@pytest.fixture
def case() -> Casebook:
    """Accepted on Tue 3 March, served on Wed 4 March; the respondent and the panel have time running."""
    return small_case(STEPS + EXTRA).step("2026-03-03", "sift", "accepted").step("2026-03-04", "serve")


def test_nothing_stands_against_an_edition_that_keeps_every_name(case: Casebook) -> None:
    marking = adopted(case, book(MOVE, more=EXTRA), "2026-03-09").at("2026-03-09")
    assert marking.book.edition == "2"


def test_a_step_of_a_group_there_and_of_none_here(case: Casebook) -> None:
    grouped = ('by = "respondent"\nwithin', 'by = "respondent"\nper = "party"\nwithin')
    assert stayed(case, grouped) == ["another-thing-in-edition"]


def test_a_step_that_is_owed_in_another_stage(case: Casebook) -> None:
    elsewhere = ("[two.say]", "[three.say]")
    assert stayed(case, elsewhere) == ["another-thing-in-edition"]


def test_a_step_that_a_party_owes_here_and_an_office_there(case: Casebook) -> None:
    assert stayed(case, ('by = "respondent"', 'by = "chair"')) == ["another-thing-in-edition"]


def test_an_outcome_that_was_reached_and_is_gone(case: Casebook) -> None:
    gone = ("accepted = ", "taken = ")
    assert stayed(case, gone) == ["outcome-not-in-edition"]


def test_a_measure_in_force_under_another_rule(case: Casebook) -> None:
    case.step("2026-03-05", "suspend")
    assert stayed(case, ('at_most = "90 days"', 'at_most = "120 days"')) == ["lasting-under-another-rule"]


def test_a_measure_that_is_over_keeps_nothing(case: Casebook) -> None:
    new = book(MOVE, ('at_most = "90 days"', 'at_most = "120 days"'), more=EXTRA)
    case.step("2026-03-05", "suspend")
    assert adopted(case, new, "2026-06-09").at("2026-06-09").book.edition == "2"


def test_a_pause_that_lasts_under_another_rule(case: Casebook) -> None:
    case.pause("2026-03-05", "police")
    assert stayed(case, ('at_most = "20 days"', 'at_most = "40 days"')) == ["lasting-under-another-rule"]


def test_a_question_that_was_answered_and_is_gone_or_has_no_such_answer(case: Casebook) -> None:
    case.answer("2026-03-05", "abroad", "soon")
    assert stayed(case, ('"yes", "soon"', '"yes"')) == ["name-not-in-edition"]
    case.changes.clear()
    assert stayed(case, ("abroad = {", "away = {")) == ["name-not-in-edition"]


def test_a_day_that_was_fixed_and_has_no_name(case: Casebook) -> None:
    case.step("2026-03-05", "meet", talk_day="2026-03-19")
    assert stayed(case, RENAMED) == ["name-not-in-edition"]


def test_every_reason_is_given(case: Casebook) -> None:
    case.step("2026-03-05", "meet", talk_day="2026-03-19").pause("2026-03-05", "police")
    changes = (RENAMED, ('at_most = "20 days"', 'at_most = "40 days"'))
    assert stayed(case, *changes) == ["lasting-under-another-rule", "name-not-in-edition"]
    assert case.clock("2026-03-09", "find").due >= date(2026, 4, 3)
