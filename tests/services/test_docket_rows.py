"""What the docket's index says beside a duty: whether its case is open."""

from datetime import date

from tests.services.office import SmallOffice
from tests.services.test_casework import accepted

from duly.procedure.acts import TakeStep
from duly_server.services import casework, keeping
from duly_server.store.models import DutyRow


def said(**of: str) -> set[bool]:
    return set(DutyRow.objects.filter(**of).values_list("is_open", flat=True))


def test_a_duty_says_whether_its_case_is_accepted_and_not_closed(small_office: SmallOffice) -> None:
    small_office.complaint("2026-03-02")
    assert said() == {False}, "at the sift"
    reference = accepted(small_office)
    assert said(case_id=reference) == {True}
    casework.take(small_office.acting("complaints-officer", "2026-03-23"), reference, TakeStep(step="leave"))
    assert said(case_id=reference) <= {False}


def test_a_rebuild_says_it_anew(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    DutyRow.objects.update(is_open=False)
    assert keeping.rebuild(on=date(2026, 3, 23)).changed > 0
    assert said(case_id=reference) == {True}
