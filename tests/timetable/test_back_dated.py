"""Facts noted after the day on which they happened, facts taken out, and what the order of noting changes."""

from datetime import date

from tests.timetable.casebook import Casebook, day
from tests.timetable.small_books import small_case

from duly.record.facts import Corrected, StepTaken
from duly.timetable.marking import Marking

BOOK = """
[one.act]
by = "officer"
within = "9 days after receive"
if_late = "goes to two"
[one.next]
by = "officer"
after = ["act"]
[two.speak]
by = "officer"
"""


def said(marking: Marking) -> object:
    """All that a marking says, without the places of the facts."""
    clocks = [(c.limit.name, c.key, c.state, c.due, c.original_due, c.ran_out_on) for c in marking.clocks]
    acts = {step: [(a.on, a.outcome, a.key) for a in acts] for step, acts in marking.acts.items()}
    happened = [(h.on, h.kind, h.name) for h in marking.happenings]
    return marking.open, clocks, acts, happened, marking.closed_on, marking.days, marking.pauses


def test_a_fact_noted_later_is_folded_in_at_its_day() -> None:
    case = small_case(BOOK)
    assert list(case.at("2026-03-12").open) == ["two"]
    case.step("2026-03-05", "act")
    assert list(case.at("2026-03-12").open) == ["one"]  # what was only computed vanishes
    assert case.clock("2026-03-12", "act").ended_on == day("2026-03-05")


def test_later_acts_that_are_no_longer_allowed_are_listed_and_never_removed() -> None:
    case = small_case(BOOK).step("2026-03-12", "speak")
    assert case.at("2026-03-12").irregular == []
    case.step("2026-03-05", "act")
    marking = case.at("2026-03-12")
    assert [(each.place, each.says) for each in marking.irregular] == [
        (4, "“Speak” belongs to two; the case is in one.")
    ]
    assert [act.on for act in marking.acts["speak"]] == [day("2026-03-12")]


def test_a_step_that_the_edition_does_not_know_is_irregular_and_does_nothing() -> None:
    case = small_case(BOOK).note("2026-03-03", StepTaken(step="dance"), office="officer")
    marking = case.at("2026-03-03")
    assert [each.says for each in marking.irregular] == ["This edition has no step “dance”."]
    assert "dance" not in marking.acts


def test_a_fact_that_was_corrected_is_out_of_the_reckoning_from_its_own_day_on() -> None:
    case = small_case(BOOK).step("2026-03-05", "act")
    case.note("2026-03-20", Corrected(corrects=4))
    assert list(case.at("2026-03-11").open) == ["one"]
    assert case.at("2026-03-05").acts.get("act") is None
    assert list(case.at("2026-03-12").open) == ["two"]


def test_a_correction_that_was_itself_corrected_takes_nothing_out() -> None:
    case = small_case(BOOK).step("2026-03-05", "act").note("2026-03-20", Corrected(corrects=4))
    case.note("2026-03-21", Corrected(corrects=5))
    assert list(case.at("2026-03-12").open) == ["one"]
    assert case.case.corrected == {5}


def test_facts_of_different_days_give_the_same_marking_in_whatever_order_they_are_noted() -> None:
    forwards = small_case(BOOK).step("2026-03-04", "act").step("2026-03-06", "next")
    backwards = small_case(BOOK).step("2026-03-06", "next").step("2026-03-04", "act")
    for on in ("2026-03-04", "2026-03-06", "2026-03-20"):
        assert said(forwards.at(on)) == said(backwards.at(on))


def test_the_state_is_the_same_however_often_it_is_asked_for() -> None:
    case = small_case(BOOK)
    assert said(case.at("2026-03-12")) == said(case.at("2026-03-12"))
    late, early = case.at("2026-03-20"), case.at("2026-03-05")
    assert (list(late.open), list(early.open)) == (["two"], ["one"])


def test_an_empty_record_has_a_state() -> None:
    case = small_case(BOOK)
    marking = Casebook(case.book, case.calendar).at("2026-03-02")
    assert (marking.opened_on, marking.open, marking.clocks, marking.on) == (None, {}, [], date(2026, 3, 2))
