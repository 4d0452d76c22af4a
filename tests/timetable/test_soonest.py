"""The first day on which a case could be decided, if every office acted at once: parties keep their times."""

import pytest
from tests.rulebooks_shipped.test_every_rulebook import NAMES, book_of, calendar_of, scenarios_of
from tests.timetable import village
from tests.timetable.casebook import Casebook, calendar, day, opened, rulebook
from tests.timetable.small_books import small_case

from duly.procedure.rehearsal import played
from duly.rulebook.steps import Is
from duly.timetable.soonest import decided_at_the_soonest
from duly.timetable.state import state


def soonest(case: Casebook, on: str) -> str | None:
    found = decided_at_the_soonest(case.at(on))
    return found.isoformat() if found else None


def test_before_the_notice_the_time_to_answer_and_the_time_before_the_hearing_lie_ahead() -> None:
    """Notice at once, 21 days to answer, the hearing fixed on the day after, 21 days before it."""
    assert soonest(village.acknowledged(), "2026-03-03") == "2026-04-15"
    assert soonest(village.acknowledged(), "2026-03-04") == "2026-04-16"


def test_served_the_answer_is_counted_from_the_day_of_the_notice() -> None:
    assert soonest(village.noticed(), "2026-03-05") == "2026-04-17"
    assert soonest(village.noticed(), "2026-03-20") == "2026-04-17"


def test_more_time_for_a_party_is_more_time() -> None:
    assert (
        soonest(village.noticed().extend("2026-03-09", "answer", "2026-04-09"), "2026-03-09") == "2026-05-01"
    )


def test_with_the_hearing_ahead_nothing_is_decided_before_it() -> None:
    assert soonest(village.to_hearing(), "2026-03-30") == "2026-04-20"
    assert soonest(village.fixed(), "2026-04-01") == "2026-04-22"
    assert soonest(village.fixed(), "2026-04-23") == "2026-04-23"


def test_found_the_sanction_is_awaited_and_decided_nothing_until_an_appeal_is_open() -> None:
    assert soonest(village.found(), "2026-04-22") == "2026-04-22"
    assert soonest(village.decided(), "2026-04-24") is None
    assert soonest(village.served(), "2026-04-28") is None
    assert soonest(village.appealed(), "2026-05-11") == "2026-05-20"  # C1 may appeal until the 19th
    assert soonest(village.sent_back(), "2026-06-01") == "2026-06-22"


def test_of_a_case_that_is_closed_or_never_opened_there_is_none() -> None:
    closed = village.dismissed()
    assert soonest(closed, "2026-03-19") is None
    assert (
        decided_at_the_soonest(
            state(Casebook(rulebook(), calendar()).case, rulebook(), calendar(), on=day("2026-03-02"))
        )
        is None
    )


def test_a_rulebook_without_a_finding_has_the_times_that_run_alone() -> None:
    assert soonest(small_case(""), "2026-03-02") == "2026-03-02"


def test_a_last_day_that_is_awaited_counts_as_a_window() -> None:
    book = rulebook(
        **{'not_before = ["hearing-day", "14 clear days after disclose"]': 'after = ["answer is due"]'}
    )
    case = opened(book).step("2026-03-03", "acknowledge", key=village.COMPLAINT)
    case.allegation("2026-03-04", "A1").step("2026-03-04", "sift", "accepted")
    assert soonest(case, "2026-03-04") == "2026-03-26"


def test_a_day_that_the_parties_were_told_lies_ahead_though_no_step_waits_for_it() -> None:
    book = rulebook(
        **{'not_before = ["hearing-day", "14 clear days after disclose"]': 'after = ["disclose"]'}
    )
    case = opened(book).step("2026-03-03", "acknowledge", key=village.COMPLAINT)
    case.allegation("2026-03-04", "A1").step("2026-03-04", "sift", "accepted")
    case.step("2026-03-05", "serve-notice").step("2026-03-30", "report", "case-to-answer")
    case.step("2026-03-31", "fix-hearing", hearing_day="2026-04-22").step("2026-04-01", "disclose")
    assert soonest(case, "2026-04-01") == "2026-04-22"


def test_so_does_every_time_of_a_party_s_that_runs() -> None:
    step = '[inquiry.comment]\nby = "complainant"\nwithin = "80 days after the latest serve-notice"\n'
    book = rulebook(**{"[inquiry.report]\n": f"{step}[inquiry.report]\n"})
    case = opened(book).step("2026-03-03", "acknowledge", key=village.COMPLAINT)
    case.step("2026-03-04", "sift", "accepted").step("2026-03-05", "serve-notice")
    assert case.clock("2026-03-05", "comment").due == day("2026-05-26")
    assert soonest(case, "2026-03-05") == "2026-05-27"


@pytest.mark.parametrize("name", NAMES)
def test_in_no_scenario_of_a_shipped_rulebook_is_a_case_decided_sooner(name: str) -> None:
    """Asked on the day before each finding, it names a day no later than that of the finding."""
    book, days = book_of(name), calendar_of(name)
    findings = {step.name for step in book.steps_that_are(Is.FINDING)}
    for scenario in scenarios_of(name):
        case = played(scenario, book=book, calendar=days)
        whole = state(case, book, days, on=case.last_on or day("2026-01-01"))
        for step in findings:
            for act in whole.acts.get(step, ()):
                before = state(case, book, days, on=whole.opened_on or act.on)
                found = decided_at_the_soonest(before)
                assert found is None or found <= act.on or whole.irregular, (scenario.name, found, act.on)
