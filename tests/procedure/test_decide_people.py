"""`decide` on who acts: offices, stand-ins, separation (R02), quorum (R04), and the naming of people."""

from dataclasses import replace
from datetime import date

import pytest
from tests.procedure.desk import REASONS, Desk, officer, party
from tests.timetable import village
from tests.timetable.casebook import Casebook, day, opened
from tests.timetable.small_books import small_case

from duly.people import Appointment
from duly.procedure.acts import AddAllegation, AddParty, Assign, Extend, Pause, TakeStep
from duly.record.facts import AllegationAdded, Corrected, Naming, PartyAdded, PartyRole, StepTaken

OFFICER = officer("complaints-officer")
PANEL = officer("panel")


def test_a_step_belongs_to_its_office() -> None:
    desk = Desk(village.accepted())
    (problem,) = desk.problems("2026-03-05", desk.filled("2026-03-05", "serve-notice"), officer("presenter"))
    assert str(problem) == (
        "“Serve notice” belongs to the complaints officer, not to the presenter. "
        "Ask the complaints officer to take it."
    )


def test_a_question_may_give_the_step_to_another_office() -> None:
    case = opened().answer("2026-03-02", "about-the-office", "yes")
    desk, act = Desk(case), TakeStep(step="acknowledge", key=village.COMPLAINT)
    assert desk.codes("2026-03-03", act, OFFICER) == ["wrong-office"]
    assert desk.codes("2026-03-03", act, officer("deputy-officer")) == []


def test_whoever_stands_in_does_so_only_when_every_holder_is_away() -> None:
    desk = Desk(village.accepted())
    act = desk.filled("2026-03-05", "serve-notice")
    assert desk.codes("2026-03-05", act, officer("deputy-officer")) == ["wrong-office"]
    desk.people = [held for held in desk.people if held.office != "complaints-officer"]
    assert desk.codes("2026-03-05", act, officer("deputy-officer")) == []
    desk.people.append(
        Appointment(number="CO-9", person="late", office="complaints-officer", since=day("2026-04-01"))
    )
    assert desk.codes("2026-03-05", act, officer("deputy-officer")) == []  # appointed only in April


def test_or_in_conflict() -> None:
    desk = Desk(village.accepted())
    act = desk.filled("2026-03-05", "serve-notice")
    desk.people = [held for held in desk.people if held.office != "complaints-officer"]
    for number, office in (("CO-1", "complaints-officer"), ("IN-1", "investigator")):
        desk.people.append(
            Appointment(number=number, person="two hats", office=office, since=date(2020, 1, 1))
        )
    assert desk.codes("2026-03-05", act, officer("deputy-officer")) == ["wrong-office"]
    desk.casebook.note("2026-03-05", StepTaken(step="report"), office="investigator", by="IN-1")
    assert desk.codes("2026-03-05", act, officer("deputy-officer")) == []


def heard_by(number: str) -> Desk:
    """A case whose report was made by this investigator."""
    case = village.to_hearing()
    case.facts[-1] = replace(case.facts[-1], by=number)
    case.step("2026-03-31", "fix-hearing", hearing_day="2026-04-22").step("2026-04-01", "disclose")
    return Desk(case)


def test_nobody_acts_in_two_separated_offices_of_one_case() -> None:
    desk = heard_by("investigator-1")
    desk.people.append(
        Appointment(number="P-9", person="investigator 1", office="panel", since=date(2020, 1, 1))
    )
    act = desk.filled("2026-04-22", "find", "proved", key="A1")
    (problem,) = desk.problems("2026-04-22", act, replace(PANEL, by="P-9", person="investigator 1"))
    assert problem.code == "separated"
    assert problem.says == "Whoever acted in this case as investigator may not act in it as panel."


def test_nor_sits_with_those_who_act() -> None:
    desk = heard_by("investigator-1")
    desk.people.append(
        Appointment(number="P-9", person="investigator 1", office="panel", since=date(2020, 1, 1))
    )
    act = desk.filled("2026-04-22", "find", "proved", key="A1", present=("panel-2", "P-9"))
    assert desk.codes("2026-04-22", act, PANEL) == ["separated"]


def test_what_was_corrected_bars_nobody() -> None:
    desk = heard_by("investigator-1")
    desk.people.append(
        Appointment(number="P-9", person="investigator 1", office="panel", since=date(2020, 1, 1))
    )
    report = next(f for f in desk.casebook.facts if getattr(f.body, "step", "") == "report")
    by_another = replace(report, place=len(desk.casebook.facts) + 1, by="investigator-2")
    desk.casebook.facts.append(by_another)
    desk.casebook.note("2026-04-21", Corrected(corrects=report.place))
    act = desk.filled("2026-04-22", "find", "proved", key="A1")
    assert "separated" not in desk.codes("2026-04-22", act, replace(PANEL, by="P-9", person="investigator 1"))


def test_deciding_about_time_is_acting_too() -> None:
    desk = Desk(village.noticed())
    desk.people.append(
        Appointment(
            number="CH-9", person="complaints-officer 1", office="panel-chair", since=date(2020, 1, 1)
        )
    )
    desk.casebook.facts = [replace(fact, by="complaints-officer-1") for fact in desk.casebook.facts]
    chair = replace(officer("panel-chair"), by="CH-9", person="complaints-officer 1")
    more = Extend(step="answer", until=day("2026-03-31"), ground="illness", parts=REASONS)
    assert desk.codes("2026-03-06", more, chair) == ["separated"]
    assert desk.codes("2026-03-06", Pause(pause="police", parts=REASONS), chair) == ["separated"]


def test_and_bars_from_other_offices() -> None:
    case = village.noticed().extend("2026-03-06", "answer", "2026-03-31")
    case.facts[-1] = replace(case.facts[-1], by="panel-chair-2", office="panel-chair")
    desk = Desk(case)
    desk.people.append(
        Appointment(number="IN-9", person="panel-chair 2", office="investigator", since=date(2020, 1, 1))
    )
    investigator = replace(officer("investigator"), by="IN-9", person="panel-chair 2")
    act = desk.filled("2026-04-01", "report", "no-case")
    assert desk.codes("2026-04-01", act, officer("investigator")) == []
    assert desk.codes("2026-04-01", act, investigator) == ["separated"]


def test_an_appeal_is_not_for_anybody_who_took_part_in_the_finding() -> None:
    case = village.fixed()
    sat = StepTaken(step="find", outcome="proved", key="A1", present=("panel-2", "panel-3"))
    case.note("2026-04-22", sat, office="panel", by="panel-1")
    case.step("2026-04-24", "decide-sanction", "none")
    case.step("2026-04-27", "serve-decision", key="R").step("2026-04-27", "serve-decision", key="C1")
    desk = Desk(case.step("2026-05-04", "lodge-appeal", key="R", office="respondent"))
    desk.people.append(
        Appointment(number="AP-9", person="panel 2", office="appeal-panel", since=date(2020, 1, 1))
    )
    act = desk.filled("2026-06-01", "decide-appeal", "dismissed")
    assert desk.codes("2026-06-01", act, officer("appeal-panel")) == []
    act = replace(act, present=("appeal-panel-2", "AP-9"))
    assert desk.codes("2026-06-01", act, officer("appeal-panel")) == ["separated", "same-people"]


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        (("panel-2", "panel-3"), []),
        (("panel-2",), ["no-quorum"]),
        (("panel-2", "panel-2", "panel-1"), ["no-quorum"]),  # each counts once
        (("panel-2", "presenter-1"), ["not-a-member", "no-quorum"]),
        (("panel-2", "panel-3", "panel-7"), ["not-a-member"]),
    ],
)
def test_a_panel_decides_with_its_quorum_of_members(present: tuple[str, ...], expected: list[str]) -> None:
    desk = Desk(village.fixed())
    act = desk.filled("2026-04-22", "find", "proved", key="A1", present=present)
    assert desk.codes("2026-04-22", act, PANEL) == expected


PAPERS = """
[office.board]
seats = 3
quorum = 3
[one.note]
by = "board"
[one.pass-on]
by = "board"
is = "acknowledgement"
outcomes = ["sent", "kept"]
[one.rule]
by = "board"
outcomes = ["for", "against"]
[one.hand-over]
by = "board"
then = "goes to two"
[one.ask-in]
by = "board"
is = "review"
"""


@pytest.mark.parametrize(
    ("step", "outcome", "decides"),
    [
        ("note", None, False),
        ("pass-on", "sent", False),
        ("rule", "for", True),
        ("hand-over", None, True),
        ("ask-in", None, True),
    ],
)
def test_a_quorum_is_asked_of_what_decides_and_of_no_paper(
    step: str, outcome: str | None, decides: bool
) -> None:
    desk = Desk(small_case(PAPERS))
    act = TakeStep(step=step, outcome=outcome, parts=REASONS)
    found = desk.codes("2026-03-03", act, officer("board"))
    assert ("no-quorum" in found) is decides


def test_one_person_with_two_seats_is_one_member() -> None:
    desk = Desk(village.fixed())
    desk.people.append(Appointment(number="P-9", person="panel 1", office="panel", since=date(2020, 1, 1)))
    act = desk.filled("2026-04-22", "find", "proved", key="A1", present=("panel-2", "P-9"))
    (problem,) = desk.problems("2026-04-22", act, PANEL)
    assert problem.says == "The panel decides with at least 3 members; 2 are named as present."


def test_a_party_is_named_by_those_who_deal_with_parties_and_gets_the_next_tag() -> None:
    desk = Desk(village.acknowledged())
    act = AddParty(role=PartyRole.WITNESS, naming=Naming.CONFIDENTIAL, identity={"name": "N. N."})
    (made,) = desk.allowed("2026-03-04", act, OFFICER)
    assert made.body == PartyAdded(tag="W1", role=PartyRole.WITNESS, naming=Naming.CONFIDENTIAL)
    assert made.parts == {"W1": {"name": "N. N."}}
    assert desk.codes("2026-03-04", act, officer("panel")) == ["wrong-office"]
    assert desk.codes("2026-03-04", act, party("complainant", "C1")) == ["wrong-office"]


def test_a_case_has_one_respondent() -> None:
    desk = Desk(village.acknowledged())
    assert desk.codes("2026-03-04", AddParty(role=PartyRole.RESPONDENT), OFFICER) == ["second-respondent"]


def test_a_tag_or_number_that_was_taken_out_is_not_given_again() -> None:
    desk = Desk(village.acknowledged())
    desk.do("2026-03-04", AddParty(role=PartyRole.COMPLAINANT), OFFICER)
    desk.do("2026-03-04", AddAllegation(conduct="bullying"), OFFICER)
    for place in (len(desk.casebook.facts) - 1, len(desk.casebook.facts)):
        desk.casebook.note("2026-03-04", Corrected(corrects=place))
    desk.do("2026-03-05", AddParty(role=PartyRole.COMPLAINANT), OFFICER)
    desk.do("2026-03-05", AddAllegation(conduct="bullying"), OFFICER)
    added = [f.body for f in desk.casebook.facts if isinstance(f.body, PartyAdded | AllegationAdded)]
    assert getattr(added[-2], "tag", "") == "C3"
    assert getattr(added[-1], "allegation", "") == "A2"


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (AddAllegation(conduct="treason"), "unknown-conduct"),
        (AddAllegation(conduct="bullying", conduct_on=day("2026-03-05")), "in-the-future"),
        (AddAllegation(conduct="bullying", complaint="C0MP-0009"), "unknown-complaint"),
    ],
)
def test_an_allegation_is_of_a_conduct_of_the_rulebook_on_a_day_gone_by(
    act: AddAllegation, code: str
) -> None:
    assert Desk(village.acknowledged()).codes("2026-03-04", act, OFFICER) == [code]


def test_conduct_too_long_ago_is_alleged_only_by_who_may_allow_it() -> None:
    """12 months before the receipt on 2 March 2026."""
    desk = Desk(village.acknowledged())
    old = AddAllegation(conduct="bullying", conduct_on=day("2025-03-01"))
    (problem,) = desk.problems("2026-03-04", old, OFFICER)
    assert (problem.code, problem.clause) == ("too-old", "F 2.1")
    assert problem.says == "Conduct before Sun 2 Mar 2025 is too old: 12 months before receive."
    assert problem.remedy == "Where the panel chair allows it, the panel chair writes it down."
    assert desk.codes("2026-03-04", old, officer("panel-chair")) == []
    assert desk.codes("2026-03-04", old, officer("panel")) == ["wrong-office", "too-old"]
    assert desk.codes("2026-03-04", replace(old, conduct_on=day("2025-03-02")), OFFICER) == []
    assert desk.codes("2026-03-04", replace(old, conduct_on=None), OFFICER) == []


def test_of_several_complaints_the_first_says_how_far_back_it_goes_or_the_one_named() -> None:
    case = village.acknowledged().party("2026-03-10", "C2", "complainant", complaint="K2")
    desk = Desk(case.step("2026-03-10", "receive", key="K2"))
    conduct = AddAllegation(conduct="bullying", conduct_on=day("2025-03-05"))
    assert desk.codes("2026-03-10", conduct, OFFICER) == []
    assert desk.codes("2026-03-10", replace(conduct, complaint="K2"), OFFICER) == ["too-old"]


def test_nobody_is_named_in_a_closed_case() -> None:
    desk = Desk(village.served())
    for act in (AddParty(role=PartyRole.WITNESS), AddAllegation(conduct="bullying")):
        assert desk.codes("2026-05-20", act, OFFICER) == ["closed"]


def test_an_office_of_the_case_is_given_to_one_of_its_holders() -> None:
    desk = Desk(village.accepted())
    assert (
        desk.codes("2026-03-05", Assign(office="investigator", appointment="investigator-2"), OFFICER) == []
    )
    wrong = Assign(office="investigator", appointment="panel-2")
    assert desk.codes("2026-03-05", wrong, OFFICER) == ["not-a-holder"]
    assert desk.codes("2026-03-05", wrong, party("respondent", "R")) == ["wrong-office", "not-a-holder"]


def test_and_not_to_one_who_may_not_act_in_it() -> None:
    desk = heard_by("investigator-1")
    desk.people.append(
        Appointment(number="P-9", person="investigator 1", office="panel", since=date(2020, 1, 1))
    )
    assert desk.codes("2026-04-01", Assign(office="panel", appointment="P-9"), OFFICER) == ["separated"]


def test_the_reporter_opens_the_case_by_the_receipt_of_its_own_complaint() -> None:
    case = Casebook(opened().book, opened().calendar)
    case.party("2026-03-02", "C1", "complainant", complaint="K1")
    desk = Desk(case)
    letterbox = replace(party("complaints-officer", "C1"), by="complainant")
    assert desk.codes("2026-03-02", TakeStep(step="receive", key="K1"), letterbox) == []
    case.party("2026-03-02", "C2", "complainant", complaint="K2")
    assert desk.codes("2026-03-02", TakeStep(step="receive", key="K2"), letterbox) == ["not-yours"]


def test_separation_is_only_between_offices_the_rulebook_keeps_apart() -> None:
    case = small_case('[one.a]\nby = "officer"\n[one.b]\nby = "chair"')
    case.facts[-1] = replace(case.facts[-1], by="officer-1")
    desk = Desk(case)
    desk.people.append(Appointment(number="CH-9", person="officer 1", office="chair", since=date(2020, 1, 1)))
    chair = replace(officer("chair"), by="CH-9", person="officer 1")
    assert desk.codes("2026-03-03", TakeStep(step="b"), chair) == []
