"""What a viewer may not see does not exist; and pages of what they see."""

import uuid
from datetime import date, timedelta

import pytest

from duly_server.store.models import (
    Account,
    AppointmentRow,
    AssignmentRow,
    CaseRow,
    ComplaintCaseRow,
    ComplaintRow,
    ConflictRow,
    DutyRow,
    EditionRow,
    MeasureRow,
)
from duly_server.store.pages import page
from duly_server.store.visible import (
    Viewer,
    may_open,
    viewer_of,
    visible,
    visible_complaints,
    visible_duties,
    visible_measures,
)

TODAY = date(2026, 4, 2)
DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def _case(reference: str, edition: str, due_on: date = TODAY) -> CaseRow:
    case = CaseRow.objects.create(
        reference=reference,
        edition=edition,
        calendar="c",
        received_on=TODAY,
        accepted_on=TODAY,
        head=1,
        due_on=due_on,
    )
    ComplaintRow.objects.create(reference=f"c{reference}", case=case, received_on=TODAY)
    ComplaintCaseRow.objects.create(complaint=f"c{reference}", case=case, place=2)
    DutyRow.objects.create(
        case=case,
        step="answer",
        limit="answer",
        offices="secretary",
        is_party=False,
        due_on=due_on,
        original_on=due_on,
        started_on=TODAY,
    )
    MeasureRow.objects.create(
        case=case, party="R", measure="barred", is_interim=True, imposed_on=TODAY, since=TODAY
    )
    return case


def _edition(digest: str, offices: str) -> None:
    EditionRow.objects.create(
        digest=digest, edition=digest, in_force_from=TODAY, adopted_on=TODAY, offices=offices, text=b""
    )


def _officer(office: str, number: str, since: date = TODAY, before: date | None = None) -> Viewer:
    account = Account.objects.create_user(number)
    AppointmentRow.objects.create(number=number, office=office, account=account, since=since, before=before)
    return viewer_of(account.pk)


@pytest.fixture
def two_cases() -> tuple[CaseRow, CaseRow]:
    _edition("ours", "secretary panel-chair")
    _edition("theirs", "clerk")
    return _case("ours-1", "ours"), _case("theirs-1", "theirs")


def test_an_office_sees_the_cases_it_serves_and_no_others(two_cases: tuple[CaseRow, CaseRow]) -> None:
    ours, theirs = two_cases
    assert set(visible(_officer("secretary", "S1"), on=TODAY)) == {ours}
    assert set(visible(_officer("clerk", "K1"), on=TODAY)) == {theirs}
    assert set(visible(_officer("president", "P1"), on=TODAY)) == set()
    assert set(visible(_officer("panel", "X1"), on=TODAY)) == set()  # part of another office's name


def test_an_appointment_shows_nothing_before_it_begins_or_after_it_ends(
    two_cases: tuple[CaseRow, CaseRow],
) -> None:
    viewer = _officer("secretary", "S1", since=TODAY, before=TODAY + 2 * DAY)
    seen = [visible(viewer, on=day).count() for day in (TODAY - DAY, TODAY, TODAY + DAY, TODAY + 2 * DAY)]
    assert seen == [0, 1, 1, 0]


def test_somebody_without_an_appointment_sees_nothing(two_cases: tuple[CaseRow, CaseRow]) -> None:
    for viewer in (Viewer(), viewer_of(uuid.uuid4())):
        for look in (visible, visible_complaints, visible_duties, visible_measures):
            assert look(viewer, on=TODAY).count() == 0


def test_a_case_assigned_to_an_appointment_is_seen_under_any_edition(
    two_cases: tuple[CaseRow, CaseRow],
) -> None:
    ours, theirs = two_cases
    viewer = _officer("secretary", "S1")
    AssignmentRow.objects.create(case=theirs, office="clerk", appointment="S1")
    assert set(visible(viewer, on=TODAY)) == {ours, theirs}


def test_complaints_duties_and_measures_are_those_of_the_visible_cases(
    two_cases: tuple[CaseRow, CaseRow],
) -> None:
    ours, _ = two_cases
    ComplaintRow.objects.create(reference="old", received_on=TODAY, is_history=True)
    viewer = _officer("secretary", "S1")
    assert {row.reference for row in visible_complaints(viewer, on=TODAY)} == {"cours-1", "old"}
    assert {row.case_id for row in visible_duties(viewer, on=TODAY)} == {ours.pk}
    assert {row.case_id for row in visible_measures(viewer, on=TODAY)} == {ours.pk}


@pytest.mark.parametrize("before", [None, TODAY])
def test_whoever_stood_out_once_never_sees_the_case_again(
    two_cases: tuple[CaseRow, CaseRow], before: date | None
) -> None:
    """By whichever appointment: one that is over, or that of another office."""
    ours, theirs = two_cases
    _officer("clerk", "K1", since=TODAY - DAY, before=before)
    account = Account.objects.get(login="K1")
    AppointmentRow.objects.create(number="S1", office="secretary", account=account, since=TODAY)
    ConflictRow.objects.create(case=ours, appointment="K1")
    AssignmentRow.objects.create(case=ours, office="secretary", appointment="S1")
    viewer = viewer_of(account.pk)
    assert may_open(viewer, theirs.reference, on=TODAY) is (before is None)
    assert not may_open(viewer, ours.reference, on=TODAY)
    for look in (visible, visible_complaints, visible_duties, visible_measures):
        assert look(viewer, on=TODAY).count() == (before is None)


@pytest.mark.parametrize("descending", [False, True])
def test_pages_joined_are_the_whole_list_in_order_whatever_their_size(descending: bool) -> None:
    _edition("ours", "secretary")
    dues = [TODAY + (number % 3) * DAY for number in range(11)]
    cases = [_case(f"r{number:02}", "ours", due) for number, due in enumerate(dues)]
    whole = sorted(((case.due_on, case.reference) for case in cases), reverse=descending)
    viewer = _officer("secretary", "S1")
    for size in (1, 3, 4, 11, 12):
        read: list[tuple[date, str]] = []
        after = None
        while True:
            got = page(
                visible(viewer, on=TODAY),
                by=("due_on", "reference"),
                size=size,
                after=after,
                descending=descending,
            )
            assert len(got.rows) <= size
            read += [(row.due_on, row.reference) for row in got.rows]
            after = got.after
            if after is None:
                break
        assert read == whole
