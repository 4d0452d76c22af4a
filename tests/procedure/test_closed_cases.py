"""Closed means closed (R12), and a refusal names what closed the case and the clause it was closed under."""

import pytest
from tests.procedure.desk import REASONS, Desk, officer
from tests.timetable.casebook import Casebook, day
from tests.timetable.small_books import small_case

from duly.procedure.acts import (
    Act,
    AddAllegation,
    AnswerQuestion,
    Extend,
    FastTrack,
    Pause,
    TakeStep,
    Waive,
)
from duly.vocabulary import Problem

BOOK = """
[question.abroad]
ask = "Does the respondent live abroad?"
answers = ["no", "yes"]
[fast_track]
by = "officer"
criteria = ["one that people judge"]
clause = "r 7"
[one.note]
by = "officer"
clause = "r 1"
times = "any"
[one.decide]
by = "officer"
clause = "r 2"
outcomes = {{ upheld = "goes to two", dismissed = "closes the case as dismissed" }}
[one.answer]
by = "respondent"
clause = "r 3"
within = "7 days after receive"
if_late = {answer}
extend = {{ by = "chair", at_most = "7 days", grounds = ["illness"] }}
[limit.backstop]
for = "answer"
within = "14 days after receive"
clause = "r 4"
if_late = {backstop}
[one.confirm]
by = "panel"
clause = "r 5"
within = "9 days after receive"
if_late = {confirm}
outcomes = {{ kept = "closes the case as kept" }}
[two.end]
by = "officer"
then = "closes the case as over"
[pause.police]
by = "officer"
at_most = "6 months"
clause = "r 6"
"""


def case_with(answer: str = "nothing", backstop: str = "nothing", confirm: str = "nothing") -> Casebook:
    """Received on Mon 2 March. What follows when each of its three times is up."""
    return small_case(BOOK.format(answer=f'"{answer}"', backstop=f'"{backstop}"', confirm=f'"{confirm}"'))


def closed_by_an_outcome() -> Casebook:
    return case_with().step("2026-03-04", "decide", "dismissed")


def why_not(case: Casebook, on: str, act: Act, today: str | None = None, office: str = "officer") -> Problem:
    (problem,) = [
        each for each in Desk(case).problems(on, act, officer(office), today=today) if each.code == "closed"
    ]
    return problem


@pytest.mark.parametrize(
    ("case", "says", "clause"),
    [
        (
            closed_by_an_outcome(),
            "The case was closed on Wed 4 Mar 2026 as “dismissed”, by “Decide”.",
            "r 2",
        ),
        (
            case_with(answer="closes the case as undefended"),
            "The case was closed on Tue 10 Mar 2026 as “undefended”, when the time for “answer” was up.",
            "r 3",
        ),
        (
            case_with(answer="closes the case as undefended").waive("2026-03-05", "answer"),
            "The case was closed on Thu 5 Mar 2026 as “undefended”, when the time for “answer” was up.",
            "r 3",
        ),
        (
            case_with(backstop="closes the case as lapsed"),
            "The case was closed on Tue 17 Mar 2026 as “lapsed”, when the time for “answer” was up.",
            "r 4",
        ),
        (
            case_with(confirm="counts as confirm: kept"),
            "The case was closed on Thu 12 Mar 2026 as “kept”, by “Confirm”.",
            "r 5",
        ),
        (
            case_with().step("2026-03-04", "decide", "upheld").step("2026-03-05", "end"),
            "The case was closed on Thu 5 Mar 2026 as “over”, by “End”.",
            None,
        ),
    ],
    ids=["outcome", "time", "time given up", "limit with a clause", "counted as done", "no clause"],
)
def test_a_step_is_refused_under_the_clause_that_closed_the_case(
    case: Casebook, says: str, clause: str | None
) -> None:
    on_the_day = why_not(case, "2026-03-20", TakeStep(step="note"))
    written_later = why_not(case, "2026-03-03", TakeStep(step="note"), today="2026-03-20")
    for problem in (on_the_day, written_later):
        assert (problem.says, problem.clause) == (says, clause)
        assert problem.remedy.startswith("A closed case stays closed;")


@pytest.mark.parametrize(
    ("act", "office"),
    [
        (Extend(step="answer", until=day("2026-03-25"), ground="illness", parts=REASONS), "chair"),
        (Waive(step="answer"), "officer"),
        (Pause(pause="police", parts=REASONS), "officer"),
        (FastTrack(criterion=1, parts=REASONS), "officer"),
        (AnswerQuestion(question="abroad", answer="yes"), "officer"),
        (AddAllegation(conduct="bullying"), "officer"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else value,
)
def test_so_is_whatever_else_is_asked_of_a_closed_case(act: Act, office: str) -> None:
    problem = why_not(closed_by_an_outcome(), "2026-03-20", act, office=office)
    assert problem.says == "The case was closed on Wed 4 Mar 2026 as “dismissed”, by “Decide”."
    assert problem.clause == "r 2"
