"""`decide` on taking a step: what it refuses, in words that name a clause, and the facts it makes."""

from dataclasses import replace
from typing import Any

import pytest
from tests.procedure.desk import REASONS, Desk, officer, party
from tests.timetable import village
from tests.timetable.casebook import day, opened
from tests.timetable.small_books import small_case
from tests.timetable.village import COMPLAINT

from duly.procedure.acts import TakeStep
from duly.record.facts import Channel, FindingMade, SanctionImposed, StepTaken
from duly.vocabulary import Length, Unit

OFFICER = officer("complaints-officer")
PANEL = officer("panel")


def test_an_allowed_step_is_one_fact_of_the_day_by_whoever_took_it() -> None:
    desk = Desk(village.accepted())
    act = desk.filled("2026-03-05", "serve-notice")
    (made,) = desk.allowed("2026-03-05", act, OFFICER)
    assert (made.on, made.by, made.office) == (
        day("2026-03-05"),
        "complaints-officer-1",
        "complaints-officer",
    )
    assert isinstance(made.body, StepTaken)
    assert made.body.served_on == ("R",)
    assert made.body.stated == ("who", "what", "when", "where", "conduct", "possible-sanctions", "evidence")


def test_all_reasons_are_given_at_once() -> None:
    desk = Desk(village.noticed())
    act = TakeStep(step="report", outcome="agreed", served_on=("R",))
    assert desk.codes("2026-03-06", act, officer("panel-chair")) == [
        "window-open",
        "wrong-office",
        "not-agreed",
    ]


def test_an_unknown_step_is_refused() -> None:
    assert Desk(village.noticed()).codes("2026-03-06", TakeStep(step="dance"), OFFICER) == ["unknown-step"]


def test_a_step_out_of_its_stage_is_refused_and_what_its_form_lacks_is_not_asked_for() -> None:
    desk = Desk(village.noticed())
    assert desk.codes("2026-03-06", TakeStep(step="decide-sanction"), PANEL) == ["not-in-stage", "no-quorum"]


def test_a_step_before_its_delay_is_refused_and_says_when_it_opens() -> None:
    desk = Desk(village.fixed())
    (problem,) = desk.problems("2026-04-21", desk.filled("2026-04-21", "find", "proved", key="A1"), PANEL)
    assert (problem.code, problem.opens_on) == ("not-before", day("2026-04-22"))
    assert str(problem) == (
        "“Find” may not be done before Wed 22 Apr 2026: the hearing day. Opens Wed 22 Apr 2026."
    )


def test_a_refusal_names_the_clause_where_the_rulebook_gives_one() -> None:
    desk = Desk(opened())
    act = TakeStep(step="acknowledge", key=COMPLAINT)
    assert [p.clause for p in desk.problems("2026-03-03", act, officer("investigator"))] == ["F 4.1"]


def test_nothing_is_recorded_ahead_of_its_day() -> None:
    desk = Desk(village.accepted())
    act = desk.filled("2026-03-06", "serve-notice")
    assert desk.codes("2026-03-06", act, OFFICER, today="2026-03-05") == ["in-the-future"]


def test_a_step_that_came_by_post_last_week_is_recorded_as_of_its_day() -> None:
    desk = Desk(village.noticed())
    act = TakeStep(step="answer", on_behalf="respondent")
    desk.do("2026-03-10", act, OFFICER, today="2026-03-16")
    assert desk.casebook.clock("2026-03-16", "answer").ended_on == day("2026-03-10")


def test_a_trigger_dated_back_that_would_make_a_party_late_at_once_is_refused() -> None:
    """Nobody is late for what they could not know (section 4)."""
    desk = Desk(village.accepted())
    act = desk.filled("2026-03-05", "serve-notice")
    (problem,) = desk.problems("2026-03-05", act, OFFICER, today="2026-03-27")
    assert problem.code == "late-at-once"
    assert "would make the respondent late at once" in problem.says
    assert desk.codes("2026-03-05", act, OFFICER, today="2026-03-26") == []  # the 26th is its last day


def test_a_closed_case_takes_no_step_but_those_that_are_even_when_closed() -> None:
    desk = Desk(village.served())  # closed on 20 May
    (problem,) = desk.problems("2026-05-21", desk.filled("2026-05-21", "update"), OFFICER)
    assert problem.code == "closed"
    says = "The case was closed on Wed 20 May 2026 as “decided”, when the time for “lodge appeal” was up."
    assert problem.says == says
    assert desk.codes("2026-05-21", desk.filled("2026-05-21", "publish"), OFFICER) == []


def test_nor_is_a_step_written_into_a_closed_case_as_of_a_day_before_its_end() -> None:
    """Closed means closed (R12)."""
    desk = Desk(village.served())
    act = desk.filled("2026-05-11", "lodge-appeal", key="R", on_behalf="respondent")
    assert desk.codes("2026-05-11", act, OFFICER) == []
    assert desk.codes("2026-05-11", act, OFFICER, today="2026-05-21") == ["closed"]
    publish = desk.filled("2026-05-21", "publish")
    assert desk.codes("2026-05-21", publish, OFFICER, today="2026-05-22") == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"stated": ("who", "what")}, "must-state"),
        ({"served_on": ()}, "missing-served-on"),
        ({"served_on": ("C1",)}, "missing-served-on"),
        ({"served_on": ("R", "R2")}, "unknown-member"),
        ({"channel": None}, "missing-channel"),
        ({"key": "R"}, "no-group"),
        ({"outcome": "served"}, "unknown-outcome"),
        ({"days": {"hearing-day": day("2026-04-22")}}, "sets-no-day"),
    ],
)
def test_what_the_form_of_a_notice_must_bring(changes: dict[str, Any], code: str) -> None:
    desk = Desk(village.accepted())
    act = desk.filled("2026-03-05", "serve-notice", **changes)
    assert desk.codes("2026-03-05", act, OFFICER) == [code]


def test_a_step_of_a_group_says_for_whom_and_one_with_outcomes_which() -> None:
    desk = Desk(village.fixed())
    act = replace(desk.filled("2026-04-22", "find", "proved", key="A1"), key=None, outcome=None)
    assert desk.codes("2026-04-22", act, PANEL) == ["missing-key", "missing-outcome"]
    act = desk.filled("2026-04-22", "find", "proved", key="A9")
    assert "unknown-member" in desk.codes("2026-04-22", act, PANEL)


def test_decisions_need_reasons_and_blank_ones_are_none() -> None:
    desk = Desk(village.acknowledged())
    for parts in ({}, {"reasons": {"text": "  "}}, {"narrative": {"text": "Because."}}):
        act = desk.filled("2026-03-04", "sift", "dismissed", parts=parts)
        assert desk.codes("2026-03-04", act, OFFICER) == ["missing-reasons"]


def test_a_ground_is_one_of_the_rulebooks() -> None:
    desk = Desk(village.served())
    act = desk.filled("2026-05-21", "reopen")
    assert desk.codes("2026-05-21", act, officer("overseer")) == []
    assert desk.codes("2026-05-21", replace(act, ground="a change of heart"), officer("overseer")) == [
        "missing-ground"
    ]


def test_on_everybody_of_a_side_but_on_nobody_who_gave_no_name() -> None:
    case = small_case('[one.tell]\nby = "officer"\nserve_on = ["complainant", "respondent"]')
    case.party("2026-03-02", "C2", "complainant")
    desk = Desk(case)
    act = TakeStep(step="tell", served_on=("C1", "R"), channel=Channel.HAND)
    (problem,) = desk.problems("2026-03-03", act, officer("officer"))
    assert problem.remedy == "Say that it was served on C2."


def test_what_a_party_did_is_written_down_by_those_who_deal_with_the_parties() -> None:
    desk = Desk(village.noticed())
    act = TakeStep(step="answer", on_behalf="respondent")
    (made,) = desk.allowed("2026-03-10", act, OFFICER)
    assert (made.by, made.office) == ("complaints-officer-1", "respondent")
    assert desk.codes("2026-03-10", act, officer("investigator")) == ["wrong-office"]
    assert desk.codes("2026-03-10", replace(act, on_behalf="complainant"), OFFICER) == ["wrong-office"]
    assert desk.codes("2026-03-10", replace(act, on_behalf="panel"), OFFICER) == ["wrong-office"]


def test_a_party_acts_for_itself_and_for_nobody_else() -> None:
    desk = Desk(village.served())
    mine = desk.filled("2026-05-04", "lodge-appeal", key="R")
    assert desk.codes("2026-05-04", mine, party("respondent", "R")) == []
    theirs = desk.filled("2026-05-04", "lodge-appeal", key="C1")
    assert desk.codes("2026-05-04", theirs, party("respondent", "R")) == ["wrong-office", "not-yours"]
    desk.casebook.party("2026-05-04", "C2", "complainant")
    assert desk.codes("2026-05-04", theirs, party("complainant", "C2")) == ["not-yours"]


def test_what_one_side_did_is_not_written_down_as_the_others() -> None:
    desk = Desk(village.served())
    act = desk.filled("2026-05-04", "lodge-appeal", key="C1", on_behalf="respondent")
    assert desk.codes("2026-05-04", act, OFFICER) == ["wrong-office"]


def test_an_outcome_that_both_must_agree_to_needs_the_agreement_of_both() -> None:
    desk = Desk(village.noticed()).take("2026-03-10", "answer")
    act = desk.filled("2026-03-11", "report", "agreed", agreed_by=("presenter",))
    (problem,) = desk.problems("2026-03-11", act, officer("investigator"))
    assert problem.says == "“Agreed” needs the agreement of the respondent."


def test_the_agreement_a_step_asks_for_is_asked_for_beside_that_of_its_outcome() -> None:
    case = small_case(
        """
        [one.settle]
        by = "officer"
        agreed_by = ["respondent"]
        [one.settle.outcome.talks]
        agreed_by = ["complainant"]
        """
    )
    act = TakeStep(step="settle", outcome="talks", agreed_by=("complainant",))
    assert Desk(case).codes("2026-03-03", act, officer("officer")) == ["not-agreed"]


def test_a_step_none_of_whose_outcomes_is_open_is_refused_and_says_why() -> None:
    case = small_case(
        """
        [one.talk]
        by = "officer"
        [one.act]
        by = "officer"
        [one.act.outcome.yes]
        after = ["talk"]
        [one.act.outcome.no]
        only_if = ["two is open"]
        """
    )
    desk = Desk(case)
    (problem,) = desk.next_steps("2026-03-03", [officer("officer")])[-1].against
    assert problem.code == "no-outcome"
    assert problem.remedy == "“Yes” comes after talk. “No” may be done only if two is open."
    assert "no-outcome" in desk.codes("2026-03-03", TakeStep(step="act"), officer("officer"))
    assert desk.codes("2026-03-03", TakeStep(step="act", outcome="no"), officer("officer")) == ["only-if"]


def test_a_finding_writes_the_typed_fact_beside_the_steps_own() -> None:
    desk = Desk(village.fixed())
    made = desk.allowed("2026-04-22", desk.filled("2026-04-22", "find", "proved", key="A1"), PANEL)
    assert [type(fact.body) for fact in made] == [StepTaken, FindingMade]
    assert made[1].body == FindingMade(allegation="A1", outcome="proved", step="find")


def test_a_finding_on_all_at_once_is_one_typed_fact_for_each_allegation() -> None:
    case = small_case(
        """
        [conduct.rudeness]
        [one.serve]
        by = "officer"
        is = "notice"
        [one.reply]
        by = "respondent"
        is = "answer"
        [one.judge]
        by = "panel"
        is = "finding"
        outcomes = ["proved"]
        """
    )
    case.allegation("2026-03-02", "A1", "rudeness").allegation("2026-03-02", "A2", "rudeness")
    case.step("2026-03-03", "serve").step("2026-03-04", "reply")
    act = TakeStep(step="judge", outcome="proved", parts=REASONS)
    made = Desk(case).allowed("2026-03-05", act, PANEL)
    found = [fact.body.allegation for fact in made if isinstance(fact.body, FindingMade)]
    assert found == ["A1", "A2"]


def test_a_sanction_writes_the_typed_fact_with_its_length() -> None:
    desk = Desk(village.fixed()).take("2026-04-22", "find", "proved", key="A1")
    act = desk.filled(
        "2026-04-24", "decide-sanction", "imposed", sanction="suspension", length=Length(3, Unit.MONTHS)
    )
    made = desk.allowed("2026-04-24", act, PANEL)
    assert made[1].body == SanctionImposed(
        sanction="suspension", step="decide-sanction", amount=3, unit="months"
    )
