"""A complaint on its way through the office, by the same functions that the pages call."""

from datetime import date

import pytest
from tests.services.office import SmallOffice

from duly.procedure.acts import TakeStep
from duly.record.facts import Channel, Linked, Relation
from duly_server.services import casework, keeping, premises, sift, work
from duly_server.services.casework import ActedFirstError, UnableToActError
from duly_server.services.intake import Receipt
from duly_server.services.sift import Accused, Charge
from duly_server.store import complaints, docket
from duly_server.store.models import CaseRow, ComplaintCaseRow, ComplaintRow, DutyRow
from duly_server.store.visible import visible_complaints

SEVEN = ("who", "what", "when", "where", "conduct", "possible sanctions", "evidence")


def accepted(office: SmallOffice, on: str = "2026-03-20") -> str:
    """A case: received on 2 March, acknowledged on the 4th, accepted on `on`."""
    receipt = office.complaint("2026-03-02")
    officer = office.acting("complaints-officer", "2026-03-04")
    casework.take(officer, receipt.case, TakeStep(step="acknowledge", key=receipt.complaint))
    sift.settle(
        office.acting("complaints-officer", on),
        receipt.case,
        outcome="accepted",
        reasons="Within the rules, and serious enough.",
        accused=[Accused(name="Bo Lind", charges=(Charge(conduct="bullying", narrative="Mockery."),))],
    )
    return receipt.case


def test_a_complaint_is_received_acknowledged_and_accepted(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    row = CaseRow.objects.get(reference=reference)
    assert (row.received_on, row.accepted_on, row.stages) == (
        date(2026, 3, 2),
        date(2026, 3, 20),
        "inquiry",
    )
    assert (row.owed_step, row.due_on, row.conduct) == ("serve-notice", date(2026, 4, 7), "bullying")
    owed = {duty.step: duty.due_on for duty in DutyRow.objects.filter(case_id=reference)}
    assert owed["report"] == date(2026, 6, 12)


def test_a_step_out_of_order_is_refused_in_words(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    with pytest.raises(UnableToActError) as refusal:
        casework.take(
            small_office.acting("investigator", "2026-03-23"),
            reference,
            TakeStep(step="report", outcome="no-case"),
        )
    codes = {problem.code for problem in refusal.value.problems}
    assert "comes-after" in codes
    assert "serve notice" in str(refusal.value)


def test_the_second_of_two_officers_is_told_who_acted_first(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    officer = small_office.acting("complaints-officer", "2026-03-26")
    seen = casework.read(officer, reference).state.head
    notice = TakeStep(step="serve-notice", served_on=("R",), channel=Channel.E_MAIL, stated=SEVEN)
    casework.take(officer, reference, notice, seen=seen)
    with pytest.raises(ActedFirstError, match=r"Holder of complaints-officer-1.*serve notice"):
        casework.take(officer, reference, notice, seen=seen)


def test_of_what_the_first_recorded_together_the_step_is_named(small_office: SmallOffice) -> None:
    receipt = small_office.complaint("2026-03-02")
    officer = small_office.acting("complaints-officer", "2026-03-04")
    casework.take(officer, receipt.case, TakeStep(step="acknowledge", key=receipt.complaint))
    seen = casework.read(officer, receipt.case).state.head
    accused = [Accused(name="Bo Lind", charges=(Charge(conduct="bullying", narrative="Mockery."),))]
    sift.settle(officer, receipt.case, outcome="accepted", reasons="Within the rules.", accused=accused)
    with pytest.raises(ActedFirstError, match=r"Holder of complaints-officer-1.* recorded “sift”") as told:
        casework.take(officer, receipt.case, TakeStep(step="update"), seen=seen)
    assert told.value.fact.place > seen + 1


def test_what_the_clock_noted_meanwhile_is_told_as_that(small_office: SmallOffice) -> None:
    receipt = small_office.complaint("2026-03-02")
    officer = small_office.acting("complaints-officer", "2026-03-10")
    seen = casework.read(officer, receipt.case).state.head
    work.work(today=officer.today, at=officer.at)
    with pytest.raises(ActedFirstError, match=r"^Meanwhile the time for “acknowledge” ran out, and that was"):
        casework.take(officer, receipt.case, TakeStep(step="update"), seen=seen)


def split(office: SmallOffice, *names: str) -> tuple[Receipt, tuple[str, ...]]:
    """A complaint about these people, accepted on 20 March: its receipt and the cases made of it."""
    receipt = office.complaint("2026-03-02")
    officer = office.acting("complaints-officer", "2026-03-04")
    casework.take(officer, receipt.case, TakeStep(step="acknowledge", key=receipt.complaint))
    cases = sift.settle(
        office.acting("complaints-officer", "2026-03-20"),
        receipt.case,
        outcome="accepted",
        reasons="All are members.",
        accused=[
            Accused(name=name, charges=(Charge(conduct="bullying", narrative="Mockery."),)) for name in names
        ],
    )
    return receipt, cases


def test_a_complaint_about_two_people_becomes_two_cases_with_one_day_of_receipt(
    small_office: SmallOffice,
) -> None:
    _, cases = split(small_office, "Bo Lind", "Cy Marsh")
    assert len(set(cases)) == 2
    rows = CaseRow.objects.filter(reference__in=cases)
    assert [row.received_on for row in rows] == [date(2026, 3, 2)] * 2
    assert [row.accepted_on for row in rows] == [date(2026, 3, 20)] * 2


def test_a_complaint_points_to_every_case_made_of_it_and_the_cases_to_each_other(
    small_office: SmallOffice,
) -> None:
    receipt, cases = split(small_office, "Bo Lind", "Cy Marsh", "Dee Hart")
    record = premises.premises().journal.read(f"complaint/{receipt.complaint}")
    said = [(fact.body.chain, fact.body.relation) for fact in record if isinstance(fact.body, Linked)]
    assert said == [(f"case/{case}", Relation.OPENS) for case in cases]
    assert complaints.cases_of(receipt.complaint) == cases
    first = casework.read_record(f"case/{cases[0]}").state
    assert [link.chain for link in first.links] == [f"case/{case}" for case in cases[1:]]
    assert {link.relation for link in first.links} == {Relation.SPLIT_INTO}
    assert CaseRow.objects.get(reference=cases[0]).head == first.head
    for case in cases[1:]:
        links = casework.read_record(f"case/{case}").state.links
        assert links == (Linked(chain=f"case/{cases[0]}", relation=Relation.SPLIT_FROM),)


def test_the_links_of_a_complaint_are_made_again_from_its_record(small_office: SmallOffice) -> None:
    receipt, cases = split(small_office, "Bo Lind", "Cy Marsh", "Dee Hart")
    assert keeping.rebuild(on=date(2026, 3, 20)).changed == 0
    row = ComplaintRow.objects.get(reference=receipt.complaint)
    assert row.case_id == cases[0]
    ComplaintCaseRow.objects.filter(case__in=cases[1:]).delete()
    ComplaintCaseRow.objects.create(complaint=receipt.complaint, case_id="NOWHERE", place=9)
    assert keeping.rebuild(on=date(2026, 3, 20)).changed == 3
    assert complaints.cases_of(receipt.complaint) == cases
    assert keeping.rebuild(on=date(2026, 3, 20)).changed == 0


def test_a_reader_of_the_second_case_alone_finds_the_complaint_and_that_case(
    small_office: SmallOffice,
) -> None:
    receipt, cases = split(small_office, "Bo Lind", "Cy Marsh")
    CaseRow.objects.filter(reference=cases[0]).update(edition="another")
    viewer = small_office.acting("complaints-officer", "2026-03-21").viewer
    seen = visible_complaints(viewer, on=date(2026, 3, 21))
    assert [row.reference for row in seen] == [receipt.complaint]
    assert docket.found(viewer, receipt.complaint, on=date(2026, 3, 21)) == cases[1]
