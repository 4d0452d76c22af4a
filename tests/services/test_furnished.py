"""An office that is put down again is the office that was furnished, and the test's own."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from tests.services import furnished
from tests.services.conftest import furnish
from tests.services.office import ROOT, SmallOffice

from duly_server.gateways.keys import FileKeyRing
from duly_server.services import premises, setup
from duly_server.store.editions import in_force
from duly_server.store.models import Account, AppointmentRow

BANDS = (ROOT / "tests/rulebooks/village-bands.toml").read_text()
DAY = date(2026, 3, 2)


class _TakenBackError(Exception):
    """Of what was written nothing stays."""


def told(office: SmallOffice) -> list[Any]:
    """What the office's own ways of reading say of it."""
    journal = premises.premises().journal
    facts = journal.read(setup.OFFICE)
    parts = journal.open_parts([setup.OFFICE])
    names = [(at.place, part["name"]) for at, part in sorted(parts.items()) if isinstance(part, dict)]
    assert len(names) == len(parts) > 0
    accounts = list(Account.objects.order_by("login").values_list("pk", "login", "name", "is_active"))
    held = list(AppointmentRow.objects.order_by("number").values_list())
    return [office.book, facts, names, accounts, held, in_force(DAY)]


def told_and_taken_back() -> list[Any]:
    said: list[Any] = []
    try:
        with transaction.atomic(), transaction.atomic(using="keys"):
            said = told(furnish(BANDS))
            raise _TakenBackError
    except _TakenBackError:
        return said


@pytest.fixture
def keys_of_the_next() -> Iterator[FileKeyRing]:
    """Those that the test after this one is given."""
    ring = furnished.throw_away_keys()
    yield ring
    ring.discard()


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(furnished, "_kept", {})


@pytest.mark.usefixtures("db", "keyring", "nothing_kept")
def test_what_is_put_down_is_what_was_furnished_to_the_last_value(keys_of_the_next: FileKeyRing) -> None:
    made = told_and_taken_back()
    assert Account.objects.count() == 0
    premises.move_in(keys_of_the_next)
    assert told(furnish(BANDS)) == made


@pytest.mark.usefixtures("db", "keyring", "nothing_kept")
def test_the_record_goes_on_from_there() -> None:
    told_and_taken_back()
    furnish(BANDS)
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    journal = premises.premises().journal
    before = len(journal.read(setup.OFFICE))
    setup.appoint("one-more", "president", name="One More", since=DAY, at=at, on=DAY)
    assert len(journal.read(setup.OFFICE)) == before + 1
    assert journal.open_part(setup.OFFICE, before + 1, "holder")["name"] == "One More"


@pytest.mark.usefixtures("db", "keyring")
def test_with_other_keys_or_in_an_office_in_use_it_is_made_anew(keys_of_the_next: FileKeyRing) -> None:
    first = told_and_taken_back()
    other = FileKeyRing.demo(on=DAY)
    try:
        premises.move_in(other)
        assert told_and_taken_back()[1] != first[1]
    finally:
        other.discard()
    premises.move_in(keys_of_the_next)
    at = datetime(2026, 1, 1, 8, tzinfo=UTC)
    setup.adopt(BANDS, (ROOT / "calendars/GB-ENG.toml").read_text(), on=date(2026, 1, 1), at=at)
    assert len(told(furnish(BANDS))[1]) == len(first[1]) + 2
