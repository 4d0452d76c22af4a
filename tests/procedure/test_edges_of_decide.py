"""What may be done, where only a slight difference shows: each of these was a mutant that lived."""

from datetime import date

import pytest
from tests.procedure.desk import REASONS, Desk, everybody, officer
from tests.procedure.test_decide_outcomes import CARELESS, JUDGE, careless
from tests.timetable.casebook import Casebook, calendar
from tests.timetable.small_books import FRAME, small_case

from duly.people import Actor, Appointment
from duly.procedure.acts import TakeStep
from duly.record.facts import PartyAdded, PartyRole, StepTaken
from duly.rulebook.book import Rulebook
from duly.rulebook.read import read

CHAIR = Appointment(number="chair-9", person="officer 1", office="chair", since=date(2020, 1, 1))
RECEIVED = StepTaken(step="receive")
TWO_ANSWERS = CARELESS.replace(
    "[one.judge]",
    '[one.reply-again]\nby = "respondent"\nis = "answer"\n'
    'within = "20 days after the latest serve"\n[one.judge]',
)


def test_the_longest_of_the_times_to_answer_that_run_is_told() -> None:
    (problem,) = Desk(careless(TWO_ANSWERS).step("2026-03-03", "serve")).problems(
        "2026-03-04", JUDGE, officer("chair")
    )
    assert "runs until Mon 23 Mar 2026" in problem.says
    assert problem.remedy.startswith("Wait for the answer")


def test_where_nobody_can_answer_the_rulebook_is_what_needs_mending() -> None:
    without = CARELESS.replace('is = "answer"\n', "").replace("[one.reply]", '[one.reply]\nis = "progress"')
    problems = Desk(careless(without).step("2026-03-03", "serve")).problems(
        "2026-03-20", JUDGE, officer("chair")
    )
    assert [each.remedy for each in problems if each.code == "not-heard"] == [
        "The rulebook needs a step by which the respondent answers."
    ]


@pytest.mark.parametrize(("quorum", "present", "codes"), [(1, 1, []), (2, 1, ["no-quorum"]), (2, 2, [])])
def test_a_quorum_of_two_asks_for_two(quorum: int, present: int, codes: list[str]) -> None:
    text = FRAME.format(stages='"one"', steps='[one.act]\nby = "panel"\noutcomes = ["yes", "no"]\n')
    book = read(text.replace("panel = {}", f"panel = {{ seats = 3, quorum = {quorum} }}"))
    assert isinstance(book, Rulebook)
    case = Casebook(book, calendar()).step("2026-03-02", "receive")
    there = tuple(f"panel-{n}" for n in range(1, present + 1))
    act = TakeStep(step="act", outcome="yes", parts=REASONS, present=there)
    assert Desk(case).codes("2026-03-03", act, officer("panel")) == codes


CLOSING = (
    '[one.act]\nby = "officer"\n[one.publish]\nby = "officer"\neven_when_closed = true\n'
    '[one.end]\nby = "officer"\nthen = "closes the case as over"\n'
)


def closed() -> Casebook:
    return small_case(CLOSING).step("2026-03-10", "end")


def test_closed_means_closed_for_what_is_said_to_have_happened_before_too() -> None:
    officers = officer("officer")
    desk = Desk(closed())
    act, publish = TakeStep(step="act", parts=REASONS), TakeStep(step="publish", parts=REASONS)
    assert desk.codes("2026-03-05", act, officers, today="2026-03-12") == ["closed"]
    assert desk.codes("2026-03-12", publish, officers) == []


def test_what_was_written_down_of_others_is_no_act_of_an_office() -> None:
    """An officer names a party, and may sit as chair; one who took a step as officer may not."""
    book = (
        '[one.act]\nby = "chair"\n[one.look]\nby = "officer"\n[[separate]]\noffices = ["officer", "chair"]\n'
    )
    act = TakeStep(step="act", parts=REASONS)
    case = Casebook(small_case(book).book, calendar()).note(
        "2026-03-02", RECEIVED, office="officer", by="officer-2"
    )
    case.note(
        "2026-03-02", PartyAdded(tag="C9", role=PartyRole.COMPLAINANT), office="officer", by="officer-1"
    )
    people = [*everybody(case.book), CHAIR]
    chair = Actor(by="chair-9", office="chair", person="officer 1")
    assert Desk(case, people).codes("2026-03-03", act, chair) == []
    case.note("2026-03-03", StepTaken(step="look"), office="officer", by="officer-1")
    assert Desk(case, people).codes("2026-03-03", act, chair) == ["separated"]
