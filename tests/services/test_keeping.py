"""The record verifies, and the indexes made afresh from it are the ones that stood."""

from datetime import date

from tests.services.office import SmallOffice, instant
from tests.services.test_casework import accepted

from duly.procedure.acts import TakeStep
from duly.record.facts import Naming
from duly_server.services import casework, keeping, work
from duly_server.store.models import CaseRow, DutyRow, FactRow, LeafRow, PartyToken


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


def test_a_complaint_gets_its_numbers_when_its_day_is_over(small_office: SmallOffice) -> None:
    """T21: both its records wait, and what an officer does in them on that day, too."""
    day, next_day = date(2026, 3, 20), date(2026, 3, 21)
    receipt = small_office.complaint("2026-03-20", naming=Naming.ANONYMOUS)
    officer = small_office.acting("complaints-officer", "2026-03-20")
    casework.take(officer, receipt.case, TakeStep(step="acknowledge", key=receipt.complaint))
    work.work(today=day, at=instant(day))
    mine = [f"complaint/{receipt.complaint}", f"case/{receipt.case}"]
    assert LeafRow.objects.exclude(chain__in=mine).exists()
    assert not LeafRow.objects.filter(chain__in=mine).exists()
    work.work(today=next_day, at=instant(next_day))
    assert LeafRow.objects.count() == FactRow.objects.count()
    assert list(keeping.verify_record(on=next_day)) == []
