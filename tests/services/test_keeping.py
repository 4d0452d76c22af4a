"""The record verifies, and the indexes made afresh from it are the ones that stood."""

from datetime import date

from tests.services.office import SmallOffice
from tests.services.test_casework import accepted

from duly_server.services import keeping
from duly_server.store.models import CaseRow, DutyRow, PartyToken


def test_a_rebuild_changes_no_row(small_office: SmallOffice) -> None:
    accepted(small_office)
    small_office.complaint("2026-03-20")
    assert keeping.rebuild(on=date(2026, 3, 20)).changed == 0
    assert list(keeping.verify_record()) == []


def test_a_rebuild_mends_what_was_falsified_and_counts_it(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    CaseRow.objects.filter(reference=reference).update(conduct="theft")
    DutyRow.objects.filter(case_id=reference, step="report").delete()
    PartyToken.objects.filter(case=reference, tag="R").delete()
    rebuilt = keeping.rebuild(on=date(2026, 3, 20))
    assert rebuilt.changed == 3
    assert CaseRow.objects.get(reference=reference).conduct == "bullying"
    assert keeping.rebuild(on=date(2026, 3, 20)).changed == 0
