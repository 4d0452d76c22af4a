"""Every step as it stands: in order, for the office it fits, with the reasons `decide` would give."""

import pytest
from tests.procedure.desk import Desk, officer, party
from tests.timetable import village
from tests.timetable.casebook import Casebook, day
from tests.timetable.small_books import small_case

from duly.people import Actor
from duly.procedure import NextStep, actor_for, next_steps
from duly.procedure.acts import TakeStep

OFFICER = officer("complaints-officer")
CHAIR = officer("panel-chair")


def shown(case: Casebook, on: str, *actors: Actor) -> dict[tuple[str, str | None], NextStep]:
    return {(n.step.name, n.key): n for n in Desk(case).next_steps(on, actors)}


def test_late_comes_first_then_what_is_owed_then_what_is_allowed_then_what_is_closed() -> None:
    found = Desk(village.accepted()).next_steps("2026-03-19", [OFFICER])  # the notice was due on the 18th
    assert [n.step.name for n in found if n.is_open] == ["serve-notice", "update", "leave"]
    assert [n.is_open for n in found] == [True] * 3 + [False] * (len(found) - 3)
    assert found[0].owed[0].is_late


def test_a_closed_step_says_why_and_when_it_opens() -> None:
    found = shown(village.fixed(), "2026-04-20", officer("panel"))[("find", "A1")]
    assert (found.is_open, found.opens_on) == (False, day("2026-04-22"))
    assert [problem.code for problem in found.against] == ["not-before"]


def test_a_step_with_a_reason_that_no_day_lifts_opens_on_no_day() -> None:
    found = shown(village.fixed(), "2026-04-20", OFFICER)[("find", "A1")]
    assert [problem.code for problem in found.against] == ["not-before", "wrong-office"]
    assert found.opens_on is None


def test_each_member_of_a_group_has_the_step_for_itself() -> None:
    found = shown(
        village.fixed("A1", "A2").step("2026-04-22", "find", "proved", key="A1"),
        "2026-04-22",
        officer("panel"),
    )
    assert (found[("find", "A1")].is_open, found[("find", "A2")].is_open) == (False, True)


def test_a_partys_step_is_shown_to_those_who_may_write_it_down() -> None:
    found = shown(village.served(), "2026-05-04", OFFICER)
    assert found[("lodge-appeal", "R")].for_party == "respondent"
    assert found[("lodge-appeal", "C1")].for_party == "complainant"
    assert found[("lodge-appeal", "C1")].offices == ("complainant",)
    assert found[("lodge-appeal", "R")].is_open
    assert not found[("lodge-appeal", "R")].is_mine


def test_a_party_sees_its_own_open_and_the_others_closed() -> None:
    found = shown(village.served(), "2026-05-04", party("respondent", "R"))
    assert (found[("lodge-appeal", "R")].is_open, found[("lodge-appeal", "R")].is_mine) == (True, True)
    assert [p.code for p in found[("lodge-appeal", "C1")].against] == ["wrong-office", "not-yours"]


def test_an_office_that_may_take_a_step_itself_writes_it_down_for_nobody() -> None:
    case = small_case(
        """
        [one.report-progress]
        by = "officer"
        is = "progress"
        [one.withdraw]
        by = ["complainant", "officer"]
        """
    )
    found = shown(case, "2026-03-03", officer("officer"))[("withdraw", None)]
    assert (found.for_party, found.is_mine, found.is_open) == (None, True, True)


def test_of_several_appointments_the_fitting_one_is_asked_about() -> None:
    both = (OFFICER, CHAIR)
    found = shown(village.to_hearing(), "2026-03-31", *both)
    assert found[("fix-hearing", None)].actor == CHAIR
    assert found[("update", None)].actor == OFFICER
    marking = village.to_hearing().at("2026-03-31")
    desk = Desk(village.to_hearing())
    step = marking.book.steps["fix-hearing"]
    assert actor_for(marking, step, actors=both, roll=desk.roll, today=day("2026-03-31")) == CHAIR


def test_whoever_stands_in_is_asked_about_for_the_office_and_not_for_a_partys_step() -> None:
    desk = Desk(village.noticed())
    desk.people = [held for held in desk.people if held.office != "complaints-officer"]
    deputy = officer("deputy-officer")
    found = {n.step.name: n for n in desk.next_steps("2026-03-06", [CHAIR, deputy])}
    assert found["update"].actor == deputy
    assert found["update"].is_open


def test_whoever_holds_no_office_is_shown_nothing() -> None:
    desk = Desk(village.noticed())
    assert next_steps(desk.marking("2026-03-06"), actors=[], roll=desk.roll, today=day("2026-03-06")) == ()


@pytest.mark.parametrize("case", [village.noticed(), village.served()], ids=["open", "closed"])
def test_every_step_of_the_edition_is_there(case: Casebook) -> None:
    found = Desk(case).next_steps("2026-05-20", [OFFICER])
    assert {n.step.name for n in found} == set(case.book.steps)
    assert all(n.is_open or n.against for n in found)


def test_a_step_of_a_stage_that_is_over_says_when_that_ended() -> None:
    found = shown(village.noticed(), "2026-03-06", OFFICER)[("sift", None)]
    (problem,) = found.against
    assert (problem.code, problem.clause) == ("not-in-stage", found.step.clause)
    assert problem.says == "“Sift” belongs to intake, which ended on Wed 4 Mar 2026; the case is in inquiry."
    assert problem.remedy == "It opens again if intake begins again."
    assert (found.is_open, found.is_over) == (False, True)
    ahead = shown(village.noticed(), "2026-03-06", officer("panel"))[("find", "A1")]
    assert [each.says for each in ahead.against] == ["“Find” belongs to hearing; the case is in inquiry."]
    assert not ahead.is_over


def test_of_several_stages_that_are_over_the_last_is_named() -> None:
    during = """
        [one.accept]
        by = "officer"
        then = "goes to two"
        [two.drop]
        by = "officer"
        then = "goes to three"
        [anytime.refer]
        during = ["one", "two"]
        by = "officer"
        """
    case = small_case(during).step("2026-03-03", "accept").step("2026-03-09", "drop")
    (problem,) = shown(case, "2026-03-10", officer("officer"))[("refer", None)].against
    says = "“Refer” belongs to one or two, of which two was open last and ended on Mon 9 Mar 2026"
    assert problem.says == f"{says}; the case is in three."


def test_what_is_over_can_be_left_out() -> None:
    desk, on = Desk(village.served()), "2026-05-20"
    without = next_steps(desk.marking(on), actors=[OFFICER], roll=desk.roll, today=day(on), over=False)
    assert {n.step.name for n in without} == {"publish", "reopen"}
    with_it = [n for n in desk.next_steps(on, [OFFICER]) if not n.is_over]
    assert [(n.step, n.key, n.against) for n in without] == [(n.step, n.key, n.against) for n in with_it]


def test_whether_an_earlier_day_may_serve() -> None:
    """What came by post last week; not in a closed case, in a stage that never began, by another office."""
    noticed = shown(village.noticed(), "2026-03-06", OFFICER)
    assert noticed[("sift", None)].may_be_dated_back
    assert noticed[("serve-notice", None)].may_be_dated_back
    assert not noticed[("find", "A1")].may_be_dated_back
    assert not noticed[("report", None)].may_be_dated_back  # of another office
    closed = shown(village.served(), "2026-05-20", OFFICER)
    assert not closed[("serve-notice", None)].may_be_dated_back
    assert closed[("publish", None)].may_be_dated_back


def test_a_complaint_that_joins_further_on_is_shown_as_owed_its_acknowledgement() -> None:
    case = village.noticed().party("2026-03-09", "C2", "complainant", complaint="K2")
    case.step("2026-03-09", "receive", key="K2")
    found = shown(case, "2026-03-09", OFFICER)
    assert found[("acknowledge", "K2")].is_open
    assert found[("acknowledge", village.COMPLAINT)].is_over
    case.step("2026-03-10", "acknowledge", key="K2")
    done = shown(case, "2026-03-10", OFFICER)[("acknowledge", "K2")]
    assert [problem.code for problem in done.against] == ["done-before"]


def test_of_a_closed_case_only_what_is_even_when_closed_is_open_and_the_rest_says_what_closed_it() -> None:
    found = shown(village.served(), "2026-05-20", OFFICER)
    assert {name for (name, _), n in found.items() if not n.is_over} == {"publish", "reopen"}
    over = [n for n in found.values() if n.is_over]
    assert {n.against[0].code for n in over} == {"closed"}
    assert all("when the time for “lodge appeal” was up." in n.against[0].says for n in over)


def test_each_outcome_says_what_stands_in_its_way() -> None:
    case = village.fixed().step("2026-04-22", "find", "not-proved", key="A1")
    found = shown(case, "2026-04-22", officer("panel"))[("decide-sanction", None)]
    assert found.is_open
    assert {name: [p.code for p in problems] for name, problems in found.outcomes.items()} == {
        "none": [],
        "imposed": ["comes-after"],
    }


def test_what_a_form_must_still_bring_closes_no_step() -> None:
    desk = Desk(village.accepted())
    (found,) = [n for n in desk.next_steps("2026-03-05", [OFFICER]) if n.step.name == "serve-notice"]
    assert found.is_open
    assert desk.codes("2026-03-05", TakeStep(step="serve-notice"), OFFICER) == [
        "must-state",
        "missing-served-on",
        "missing-channel",
    ]
