"""`decide` on what is decided: hearing first (R01), the ladder and its bounds (R09), no worse on appeal."""

from dataclasses import replace
from typing import Any

import pytest
from tests.procedure.desk import REASONS, Desk, officer
from tests.timetable import village
from tests.timetable.casebook import Casebook
from tests.timetable.small_books import small_case

from duly.procedure.acts import TakeStep, Waive
from duly.record.facts import SanctionEnded, SanctionImposed
from duly.vocabulary import Length, Unit

OFFICER = officer("complaints-officer")
PANEL = officer("panel")
APPEAL = officer("appeal-panel")
MONTHS = Unit.MONTHS


CARELESS = """
[conduct.rudeness]
[one.serve]
by = "officer"
is = "notice"
clause = "R 5"
times = 3
[one.reply]
by = "respondent"
is = "answer"
clause = "R 6"
within = "9 days after the latest serve"
[one.judge]
by = "chair"
is = "finding"
per = "allegation"
outcomes = ["proved", "not-proved"]
"""
JUDGE = TakeStep(step="judge", outcome="not-proved", key="A1", parts=REASONS)


def careless(book: str = CARELESS) -> Casebook:
    return small_case(book).allegation("2026-03-02", "A1", "rudeness")


def codes(case: Casebook, on: str) -> list[str]:
    desk, chair = Desk(case), officer("chair")
    found = desk.codes(on, JUDGE, chair)
    shown = next(n for n in desk.next_steps(on, [chair]) if n.step.name == "judge")
    assert [problem.code for problem in shown.against] == found  # the button says the same
    return found


def test_no_finding_without_a_notice_and_an_answer_even_if_the_rulebook_is_careless() -> None:
    """R01, and for whatever is found, also "not proved"."""
    assert codes(careless(), "2026-03-03") == ["no-notice", "not-heard"]
    problems = Desk(careless()).problems("2026-03-03", JUDGE, officer("chair"))
    assert [problem.clause for problem in problems] == ["R 5", "R 6"]
    case = careless().step("2026-03-03", "serve")
    assert codes(case, "2026-03-12") == ["not-heard"]
    assert codes(case, "2026-03-13") == []  # the time is up
    assert codes(careless().step("2026-03-03", "serve").step("2026-03-04", "reply"), "2026-03-04") == []
    waived = careless().step("2026-03-03", "serve").waive("2026-03-04", "reply")
    assert codes(waived, "2026-03-04") == []


def test_a_notice_served_again_gives_a_time_to_answer_that() -> None:
    case = careless().step("2026-03-03", "serve").step("2026-03-04", "reply").step("2026-03-05", "serve")
    (problem,) = Desk(case).problems("2026-03-06", JUDGE, officer("chair"))
    assert problem.code == "not-heard"
    assert "runs until Sat 14 Mar 2026" in problem.says
    assert codes(case, "2026-03-15") == []


def test_a_rulebook_without_a_notice_or_an_answer_can_find_nothing() -> None:
    without = CARELESS[CARELESS.index("[one.judge]") :]
    assert codes(careless("[conduct.rudeness]\n" + without), "2026-03-30") == ["no-notice", "not-heard"]


def test_sent_back_what_was_answered_before_needs_no_second_answer() -> None:
    case = village.sent_back().step("2026-06-02", "fix-hearing", hearing_day="2026-06-24")
    desk = Desk(case.step("2026-06-03", "disclose"))
    act = desk.filled("2026-06-24", "find", "not-proved", key="A1")
    assert desk.codes("2026-06-24", act, PANEL) == []


def proved(*allegations: str) -> Desk:
    desk = Desk(village.fixed(*allegations))
    for number in allegations or ("A1",):
        desk.take("2026-04-22", "find", "proved", key=number)
    return desk


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"sanction": "reminder", "length": None}, []),
        ({"sanction": "suspension", "length": Length(1, MONTHS)}, []),
        ({"sanction": "suspension", "length": Length(2, Unit.YEARS)}, []),
        ({"sanction": "suspension", "length": Length(24, MONTHS)}, []),
        ({"sanction": None, "length": None}, ["missing-sanction"]),
        ({"sanction": "exile", "length": None}, ["unknown-sanction"]),
        ({"sanction": "reminder", "length": Length(1, MONTHS)}, ["no-length"]),
        ({"sanction": "suspension", "length": None}, ["missing-length"]),
        ({"sanction": "suspension", "length": Length(2, Unit.WEEKS)}, ["outside-bounds"]),
        ({"sanction": "suspension", "length": Length(25, MONTHS)}, ["outside-bounds"]),
        ({"sanction": "suspension", "length": Length(0, MONTHS)}, ["outside-bounds"]),
        ({"sanction": "expulsion", "length": None}, ["outside-range"]),
        ({"sanction": "expulsion", "length": None, "departs": True}, []),
        ({"outcome": "none", "sanction": "reminder", "length": None}, ["sanction-without-outcome"]),
    ],
)
def test_a_sanction_is_of_the_ladder_within_its_bounds_and_the_range_of_what_was_proved(
    changes: dict[str, Any], expected: list[str]
) -> None:
    desk = proved()
    act = replace(desk.filled("2026-04-24", "decide-sanction", "imposed"), **changes)
    assert desk.codes("2026-04-24", act, PANEL) == expected


def test_what_was_not_proved_gives_no_range() -> None:
    desk = Desk(village.fixed()).take("2026-04-22", "find", "not-proved", key="A1")
    act = desk.filled("2026-04-24", "decide-sanction", "imposed", sanction="expulsion", length=None)
    assert desk.codes("2026-04-24", act, PANEL) == ["comes-after"]


def test_no_other_step_imposes_or_lifts_anything() -> None:
    desk = Desk(village.accepted())
    act = desk.filled("2026-03-05", "serve-notice", sanction="reminder", lifts=(3,))
    assert desk.codes("2026-03-05", act, OFFICER) == ["imposes-nothing", "lifts-nothing", "nothing-to-lift"]


def appealed(outcome: str, sanction: str | None = None, amount: int | None = None) -> Desk:
    """R appeals alone; the decision of 24 April imposed this."""
    desk = proved()
    length = Length(amount, MONTHS) if amount else None
    desk.take("2026-04-24", "decide-sanction", outcome, sanction=sanction, length=length, departs=True)
    for tag in ("R", "C1"):
        desk.take("2026-04-27", "serve-decision", key=tag)
    return desk.take("2026-05-04", "lodge-appeal", key="R")


def on_appeal(desk: Desk, sanction: str, amount: int | None = None) -> TakeStep:
    length = Length(amount, MONTHS) if amount else None
    return desk.filled(
        "2026-06-01", "decide-appeal", "changed", sanction=sanction, length=length, departs=True
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (("suspension", 3), ("reminder", None), []),
        (("suspension", 3), ("suspension", 3), []),
        (("suspension", 3), ("suspension", 2), []),
        (("suspension", 3), ("suspension", 4), ["worse-on-appeal"]),
        (("suspension", 3), ("expulsion", None), ["worse-on-appeal"]),
        (("reminder", None), ("suspension", 1), ["worse-on-appeal"]),
        (("expulsion", None), ("suspension", 24), []),
        ((None, None), ("reminder", None), ["worse-on-appeal"]),
    ],
)
def test_whoever_alone_appeals_does_not_end_worse(
    before: tuple[str | None, int | None], after: tuple[str, int | None], expected: list[str]
) -> None:
    desk = appealed("imposed" if before[0] else "none", *before)
    assert desk.codes("2026-06-01", on_appeal(desk, *after), APPEAL) == expected


def test_unless_the_other_side_appealed_as_well() -> None:
    desk = appealed("imposed", "suspension", 3).take("2026-05-05", "lodge-appeal", key="C1")
    assert desk.codes("2026-06-01", on_appeal(desk, "expulsion"), APPEAL) == []


def test_or_one_of_several_on_the_other_side() -> None:
    desk = proved()
    desk.casebook.party("2026-04-22", "C2", "complainant")
    desk.take("2026-04-24", "decide-sanction", "imposed", sanction="suspension", length=Length(3, MONTHS))
    for tag in ("R", "C1", "C2"):
        desk.take("2026-04-27", "serve-decision", key=tag)
    desk.take("2026-05-04", "lodge-appeal", key="R").take("2026-05-04", "lodge-appeal", key="C2")
    assert desk.codes("2026-06-01", on_appeal(desk, "suspension", 6), APPEAL) == []


def test_a_sanction_imposed_on_appeal_takes_the_place_of_the_first() -> None:
    desk = appealed("imposed", "suspension", 3)
    first = next(f.place for f in desk.casebook.facts if isinstance(f.body, SanctionImposed))
    made = desk.allowed("2026-06-01", on_appeal(desk, "reminder"), APPEAL)
    assert [fact.body for fact in made[1:]] == [
        SanctionImposed(sanction="reminder", step="decide-appeal"),
        SanctionEnded(sanction=first, step="decide-appeal"),
    ]


def test_an_appeal_may_end_a_sanction_and_impose_none() -> None:
    desk = appealed("imposed", "suspension", 3)
    first = next(f.place for f in desk.casebook.facts if isinstance(f.body, SanctionImposed))
    act = replace(desk.filled("2026-06-01", "decide-appeal", "changed"), lifts=(first,))
    made = desk.allowed("2026-06-01", act, APPEAL)
    assert [fact.body for fact in made[1:]] == [SanctionEnded(sanction=first, step="decide-appeal")]
    assert desk.codes("2026-06-01", replace(act, lifts=(1,)), APPEAL) == ["nothing-to-lift"]


def test_a_sanction_of_a_round_that_was_sent_back_stands_no_more_and_is_not_lifted() -> None:
    desk = appealed("imposed", "suspension", 3)
    first = next(f.place for f in desk.casebook.facts if isinstance(f.body, SanctionImposed))
    desk.take("2026-06-01", "decide-appeal", "sent-back")
    desk.take("2026-06-02", "fix-hearing").take("2026-06-03", "disclose")
    desk.take("2026-06-23", "find", "proved", key="A1").take("2026-06-24", "decide-sanction", "none")
    for tag in ("R", "C1"):
        desk.take("2026-06-25", "serve-decision", key=tag)
    desk.do("2026-06-26", Waive(step="lodge-appeal", key="C1"), OFFICER)
    desk.take("2026-06-26", "lodge-appeal", key="R")
    act = replace(desk.filled("2026-06-29", "decide-appeal", "changed"), lifts=(first,))
    assert "nothing-to-lift" in desk.codes("2026-06-29", act, APPEAL)
    assert "worse-on-appeal" in desk.codes(
        "2026-06-29", replace(act, lifts=(), sanction="reminder", departs=True), APPEAL
    )
