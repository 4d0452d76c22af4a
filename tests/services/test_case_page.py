"""The page of a case begins with what the act before it worked out, and with nothing that was not kept."""

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.services.office import SmallOffice
from tests.services.test_casework import accepted

from duly.procedure.acts import AddParty, TakeStep
from duly.record.facts import PartyRole
from duly_server.services import case_page, casework
from duly_server.store.projections import indexes_of

WITNESS = AddParty(role=PartyRole.WITNESS, identity={"v": 1, "name": "Somebody"})
DAY = "2026-03-20"


@pytest.fixture(autouse=True)
def afresh() -> None:
    case_page.forget()


def test_who_wrote_finds_the_case_as_it_would_be_read(
    small_office: SmallOffice,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    officer, reference = small_office.acting("complaints-officer", DAY), accepted(small_office)
    with django_capture_on_commit_callbacks(execute=True):
        casework.take(officer, reference, TakeStep(step="update"), WITNESS)
    with monkeypatch.context() as without:
        without.setattr(casework, "read_record", None)
        written = case_page.read(officer, reference)
    case_page.forget()
    read = case_page.read(officer, reference)
    assert written.state == read.state
    assert written.marking is not read.marking
    ours, theirs = indexes_of(written.marking), indexes_of(read.marking)
    assert [vars(row) | {"_state": None} for row in (ours.case, *ours.duties, *ours.kept)] == [
        vars(row) | {"_state": None} for row in (theirs.case, *theirs.duties, *theirs.kept)
    ]


def test_what_was_taken_back_was_never_written(
    small_office: SmallOffice, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    officer, reference = small_office.acting("complaints-officer", DAY), accepted(small_office)
    before = case_page.read(officer, reference).state.head
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        casework.take(officer, reference, WITNESS)
        transaction.set_rollback(True)
    assert case_page.read(officer, reference).state.head == before


def test_a_record_that_went_on_elsewhere_is_read(
    small_office: SmallOffice, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    officer, reference = small_office.acting("complaints-officer", DAY), accepted(small_office)
    with django_capture_on_commit_callbacks(execute=True):
        casework.take(officer, reference, WITNESS)
    casework.take(officer, reference, WITNESS)  # as another process would: nothing is kept of it here
    assert case_page.read(officer, reference).state.head == casework.read(officer, reference).state.head
