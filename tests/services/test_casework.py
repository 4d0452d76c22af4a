"""A complaint on its way through the office, by the same functions that the pages call."""

from datetime import date

import pytest
from tests.services.office import SmallOffice

from duly.procedure.acts import TakeStep
from duly.record.facts import Channel
from duly_server.services import casework, sift
from duly_server.services.casework import ActedFirstError, UnableToActError
from duly_server.services.sift import Accused, Charge
from duly_server.store.models import CaseRow, DutyRow

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


def test_a_complaint_about_two_people_becomes_two_cases_with_one_day_of_receipt(
    small_office: SmallOffice,
) -> None:
    receipt = small_office.complaint("2026-03-02")
    officer = small_office.acting("complaints-officer", "2026-03-04")
    casework.take(officer, receipt.case, TakeStep(step="acknowledge", key=receipt.complaint))
    cases = sift.settle(
        small_office.acting("complaints-officer", "2026-03-20"),
        receipt.case,
        outcome="accepted",
        reasons="Both are members.",
        accused=[
            Accused(name=name, charges=(Charge(conduct="bullying", narrative="Mockery."),))
            for name in ("Bo Lind", "Cy Marsh")
        ],
    )
    assert len(set(cases)) == 2
    rows = CaseRow.objects.filter(reference__in=cases)
    assert [row.received_on for row in rows] == [date(2026, 3, 2)] * 2
    assert [row.accepted_on for row in rows] == [date(2026, 3, 20)] * 2
