"""The code of a matter that is closed ends after the time to appeal, and tells until when (threats 2.6)."""

from datetime import date

from tests.services.office import SmallOffice
from tests.services.test_casework import split
from tests.timetable import village
from tests.timetable.casebook import Casebook

from duly.procedure.acts import TakeStep
from duly.timetable.over import code_ends_on
from duly_server.services import casework, keeping, status
from duly_server.store.models import CaseRow, ReceiptRow


def closed(on: str) -> Casebook:
    return village.accepted().step(on, "leave")


def test_the_code_of_an_open_case_has_no_end() -> None:
    assert code_ends_on(village.accepted().at("2026-03-23")) is None


def test_it_ends_four_weeks_after_the_closing_where_that_is_longer_than_the_time_to_appeal() -> None:
    """The village bands give 21 days to appeal."""
    case = closed("2026-03-23")
    assert code_ends_on(case.at("2026-03-23")) == date(2026, 4, 21)
    assert code_ends_on(case.at("2026-06-01")) == date(2026, 4, 21)


def leave(office: SmallOffice, case: str, on: str) -> None:
    casework.take(office.acting("complaints-officer", on), case, TakeStep(step="leave"))


def end() -> date | None:
    return ReceiptRow.objects.get().ends_on


def test_a_complaint_with_two_cases_keeps_its_code_until_the_last_is_over(small_office: SmallOffice) -> None:
    receipt, (first, second) = split(small_office, "Bo Lind", "Cy Marsh")
    assert end() is None
    leave(small_office, first, "2026-03-23")
    assert end() is None
    assert status.code_until(status.all_of_complaint(receipt.complaint, on=date(2026, 3, 23))) is None
    leave(small_office, second, "2026-03-26")
    assert end() == date(2026, 4, 24)
    standings = status.all_of_complaint(receipt.complaint, on=date(2026, 3, 26))
    assert status.code_until(standings) == date(2026, 4, 23)
    assert keeping.rebuild(on=date(2026, 3, 26)).changed == 0
    ReceiptRow.objects.update(ends_on=None)
    CaseRow.objects.all().delete()
    assert keeping.rebuild(on=date(2026, 3, 26)).changed > 0
    assert end() == date(2026, 4, 24)
