"""The rulebook of the Example Association as a careful reader finds it."""

from datetime import date

import pytest

from duly.lint.whole import check_whole
from duly.rulebook.book import Rulebook
from duly.rulebook.prose import say_timing
from duly.rulebook.steps import Is

# Rule, step or limit, whose duty, how long: as printed.
PRINTED = [
    ("r 3.1", "acknowledge", "intake", "5 working days after receive"),
    (
        "r 4.3",
        "sift",
        "sift-officer",
        "10 working days after the first acknowledge or the end of its time",
    ),
    ("r 5.1", "serve-notice", "case-officer", "5 working days after the beginning of inquiry"),
    ("r 6.2", "answer", "respondent", "15 working days after serve notice"),
    ("r 7.2", "report", "investigator", "20 working days after answer or the end of its time"),
    ("r 7.4", "disclose", "case-officer", "3 working days after the beginning of disclosure"),
    ("r 9.1", "serve-decision", "panel", "12 weeks after the beginning of inquiry"),
    (
        "r 12.1",
        "update",
        "case-officer",
        "28 days after the later of the receipt of the complaint and the latest update",
    ),
    ("r 13.1", "lodge-appeal", "respondent", "14 days after serve decision"),
    ("r 13.4", "decide-appeal", "appeal-panel", "8 weeks after the beginning of appeal"),
    (
        "r 15.3",
        "review-suspension",
        "chair",
        "28 days after the later of the beginning of interim suspension and the latest review suspension",
    ),
]


@pytest.mark.parametrize(("clause", "step", "office", "timing"), PRINTED)
def test_the_limits_and_their_rule_numbers_are_those_printed(
    clause: str, step: str, office: str, timing: str, book: Rulebook
) -> None:
    found = book.steps[step]
    assert (found.clause, found.by[0]) == (clause, office)
    assert [say_timing(each) for each in found.within] == [timing]


def test_one_edition_covers_three_years_of_casework_and_the_conduct_in_it(book: Rulebook) -> None:
    assert (book.edition, book.calendar) == ("2026", "GB-ENG")
    assert book.in_force_from <= date(2022, 1, 1)


def test_every_step_carries_the_number_of_its_rule_and_no_two_the_same(book: Rulebook) -> None:
    clauses = [step.clause for step in book.steps.values()]
    clauses += [limit.clause for limit in book.named_limits]
    clauses += [pause.clause for pause in book.pauses.values()]
    assert all(clause and clause.startswith("r ") for clause in clauses)
    assert len(set(clauses)) == len(clauses)


def test_the_notice_states_the_seven_things(book: Rulebook) -> None:
    (notice,) = book.steps_that_are(Is.NOTICE)
    assert len(notice.must_state) == 7


def test_whoever_gives_time_or_stops_it_does_not_owe_what_it_stops(book: Rulebook) -> None:
    for step in book.steps.values():
        if step.extend is not None:
            assert not set(step.extend.by) & set(step.by), step.name
        stopped = step.within and not step.runs_on and step.is_ not in (Is.REVIEW, Is.PROGRESS)
        for pause in book.pauses.values() if stopped else ():
            assert not set(pause.by) & set(step.by), (step.name, pause.name)


def test_the_fast_track_shortens_only_what_the_office_owes(book: Rulebook) -> None:
    assert book.fast_track is not None
    for name in book.fast_track.shorter:
        assert not set(book.steps[name].by) & book.parties


def test_every_office_that_takes_a_step_has_somebody_who_stands_in(book: Rulebook) -> None:
    """Somebody complained of, away or in conflict never holds up a case (L35); and keeps apart too (L10)."""
    deciding = {"sift-officer", "reviewer", "investigator", "chair", "panel", "appeal-panel"}
    for name in {office for step in book.steps.values() for office in step.by} - book.parties:
        stands_in = book.offices[name].stands_in
        assert stands_in is not None, name
        if name in deciding:
            assert any({name, stands_in} <= apart for apart in book.separate), name


def test_both_sides_may_appeal_in_the_same_time_on_the_same_grounds(book: Rulebook) -> None:
    (appeal,) = book.steps_that_are(Is.APPEAL)
    assert set(appeal.by) == book.parties
    assert len(appeal.within) == 1
    assert len(appeal.grounds) == 4


def test_the_ladder_begins_with_the_lightest_and_every_rung_waits_for_the_appeal(book: Rulebook) -> None:
    assert list(book.sanctions) == ["reminder", "warning", "office-bar", "suspension", "expulsion"]
    assert all(rung.begins is not None and rung.clause for rung in book.sanctions.values())
    for conduct in book.conduct.values():
        ladder = list(book.sanctions)
        assert ladder.index(conduct.range[0]) < ladder.index(conduct.range[-1])
        assert conduct.text is not None
        assert conduct.too_old is not None


def test_an_interim_suspension_is_bounded_reviewed_and_no_sanction(book: Rulebook) -> None:
    measure = book.measures["interim-suspension"]
    assert measure.at_most is not None
    assert measure.name not in book.sanctions
    assert measure.credit == "suspension"


def test_every_way_a_case_closes_has_its_time_to_be_kept(book: Rulebook) -> None:
    assert book.retention is not None
    text = [str(step) for step in book.steps.values()]
    for words in book.retention.keep:
        assert any(f"Closes(words='{words}')" in each for each in text), words
    assert set(book.retention.keep) == {"dismissed", "no case to answer", "left before notice", "decided"}


def test_the_lint_finds_nothing_that_is_not_accepted_with_a_reason(book: Rulebook) -> None:
    assert [str(finding) for finding in check_whole(book) if finding.accepted is None] == []
    assert len(book.accepted) == 9
