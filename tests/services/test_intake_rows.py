"""Beside the record of a new complaint stand the rows that a rebuild would make, all of them and no other."""

from datetime import date

import pytest
from tests.services.office import SmallOffice

from duly.record.facts import Naming
from duly_server.services import keeping
from duly_server.store.models import (
    AgendaRow,
    CaseRow,
    ComplaintCaseRow,
    ComplaintRow,
    DutyRow,
    OutboxRow,
    PartyToken,
    ReceiptRow,
    WaitingRow,
)

DAY = "2026-03-20"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("naming", Naming)
def test_after_a_complaint_the_record_holds_and_a_rebuild_changes_no_row(
    small_office: SmallOffice, naming: Naming
) -> None:
    small_office.complaint(DAY, naming=naming)
    assert keeping.rebuild(on=date.fromisoformat(DAY)).changed == 0
    assert list(keeping.verify_record()) == []


def test_each_index_has_its_row(small_office: SmallOffice) -> None:
    taken = small_office.complaint(DAY)
    chain = f"case/{taken.case}"
    assert CaseRow.objects.get().reference == taken.case
    assert AgendaRow.objects.get().chain == chain
    assert DutyRow.objects.filter(case_id=taken.case).exists()
    assert ComplaintRow.objects.get().case_id == taken.case
    assert ComplaintCaseRow.objects.values_list("complaint", "case_id", "place").get() == (
        taken.complaint,
        taken.case,
        2,
    )
    assert PartyToken.objects.values_list("role", "case", "tag").get() == ("complainant", taken.case, "C1")
    assert OutboxRow.objects.values_list("kind", "chain", "place").get() == (
        "desk",
        f"complaint/{taken.complaint}",
        1,
    )
    assert ReceiptRow.objects.values_list("complaint", "state", "ends_on").get() == (
        taken.complaint,
        "fast",
        None,
    )
    waiting = WaitingRow.objects.exclude(chain="office").values_list("chain", "place", "day")
    day = date.fromisoformat(DAY)
    assert sorted(waiting) == [(chain, 1, day), (f"complaint/{taken.complaint}", 1, day)]
