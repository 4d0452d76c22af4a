"""Rows written by statements made once: they stand as Django's own would, and a taken key is told apart."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.databases import OfficeDatabases

from duly_server.store import rows
from duly_server.store.models import AgendaRow, DraftRow, OutboxRow, PartyToken, ReceiptRow, WaitingRow
from duly_server.store.rows import New, Taken

rolled_back = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 30, 15, 123456, tzinfo=UTC)
FRIDAY = date(2026, 3, 6)


def agenda(chain: str, lease: str = "") -> AgendaRow:
    return AgendaRow(chain=chain, wakes_at=NOON, lease=lease)


@rolled_back
def test_every_kind_of_value_is_read_back_as_it_was() -> None:
    message = OutboxRow(id=uuid.uuid4(), kind="desk", chain="case/%s; '\"", place=3, wakes_at=NOON)
    code = ReceiptRow(h=b"\0'%s" * 8, complaint="c", ends_on=None)
    rows.write([*rows.new([message, code]), New(WaitingRow, [("case/ü", 1, 2, FRIDAY)])])
    (found,) = OutboxRow.objects.all()
    assert (found.id, found.chain, found.place) == (message.id, message.chain, 3)
    assert (found.state, found.wakes_at, found.tries) == (OutboxRow.State.WAITING, NOON, 0)
    (receipt,) = ReceiptRow.objects.all()
    assert (bytes(receipt.h), receipt.ends_on) == (b"\0'%s" * 8, None)
    assert WaitingRow.objects.values_list("chain", "place", "last", "day").get() == ("case/ü", 1, 2, FRIDAY)


@rolled_back
def test_they_stand_as_djangos_own_do() -> None:
    """Text and numbers beneath the model are the same, so that what the one wrote the other finds."""
    message, other = (OutboxRow(kind="desk", chain=each, place=1, wakes_at=NOON) for each in ("a", "b"))
    other.id = message.id
    OutboxRow.objects.bulk_create([message])
    plain = rows.read("SELECT id, state, wakes_at, lease, tries FROM store_outboxrow")
    OutboxRow.objects.all().delete()
    rows.write(rows.new([other]))
    assert rows.read("SELECT id, state, wakes_at, lease, tries FROM store_outboxrow") == plain


@rolled_back
def test_a_taken_key_is_refused_and_nothing_of_the_rest_is_kept() -> None:
    rows.write(rows.new([agenda("case/b", "theirs")]))
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.write(rows.new([agenda("case/a"), agenda("case/b"), agenda("case/c")]))
    assert list(AgendaRow.objects.values_list("chain", "lease")) == [("case/b", "theirs")]


@rolled_back
def test_a_taken_key_is_left_or_replaced_where_that_is_asked() -> None:
    rows.write(rows.new([agenda("case/a", "theirs")]))
    rows.write(rows.new([agenda("case/a", "ours"), agenda("case/b")], if_taken=Taken.LEFT))
    assert dict(AgendaRow.objects.values_list("chain", "lease")) == {"case/a": "theirs", "case/b": ""}
    rows.write(rows.new([agenda("case/a", "ours"), agenda("case/c")], if_taken=Taken.REPLACED))
    assert dict(AgendaRow.objects.values_list("chain", "lease")) == {
        "case/a": "ours",
        "case/b": "",
        "case/c": "",
    }


@rolled_back
def test_a_key_of_several_columns_is_one_key() -> None:
    token = (b"t" * 32, "complainant", "K7QH-3M2C", "C1")
    for _ in range(2):
        rows.write([New(PartyToken, [token, (*token[:3], "C2")], Taken.LEFT)])
    assert PartyToken.objects.count() == 2


@rolled_back
def test_many_rows_are_written_and_none_is_nothing() -> None:
    many = [(f"case/{turn}", 1, 1, None) for turn in range(rows.AT_ONCE * 2 + 1)]
    rows.write([New(WaitingRow, many)])
    assert WaitingRow.objects.count() == len(many)
    with CaptureQueriesContext(connection) as asked:
        rows.write([New(WaitingRow, []), *rows.new([])])
    assert len(asked) == 0


@rolled_back
@pytest.mark.parametrize("how_many", [rows.MANY - 1, rows.MANY])
def test_many_rows_hold_what_few_do(how_many: int) -> None:
    """On PostgreSQL many are copied in, which knows signs of its own."""
    chain = "case/%s; '\"\\N\\.\t\n"
    messages = [
        OutboxRow(id=uuid.uuid4(), kind="desk", chain=chain, place=place, wakes_at=NOON)
        for place in range(how_many)
    ]
    codes = [
        ReceiptRow(h=bytes([turn, 0, 92, 39, 37, 9, 10, 255]), complaint="\\N") for turn in range(how_many)
    ]
    days = [(f"case/{turn}", 1, 2, FRIDAY if turn % 2 else None) for turn in range(how_many)]
    rows.write([*rows.new([*messages, agenda(chain), *codes]), New(WaitingRow, days)])
    assert set(OutboxRow.objects.values_list("id", "chain", "place", "wakes_at", "tries")) == {
        (message.id, chain, message.place, NOON, 0) for message in messages
    }
    assert {(bytes(each.h), each.complaint, each.ends_on) for each in ReceiptRow.objects.all()} == {
        (code.h, "\\N", None) for code in codes
    }
    assert set(WaitingRow.objects.values_list("chain", "place", "last", "day")) == {*days}
    assert AgendaRow.objects.get().chain == chain


@rolled_back
def test_one_of_many_that_is_refused_is_refused_with_all_of_them() -> None:
    rows.write(rows.new([agenda(f"case/{rows.MANY}", "theirs")]))
    many = rows.new([agenda(f"case/{turn}") for turn in range(rows.MANY * 2)])
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.write([New(WaitingRow, [("case/a", 1, 1, None)]), *many])
    assert list(AgendaRow.objects.values_list("lease", flat=True)) == ["theirs"]
    assert not WaitingRow.objects.exists()
    rows.write([many[0]._replace(if_taken=Taken.LEFT)])
    assert AgendaRow.objects.count() == rows.MANY * 2


@rolled_back
def test_what_is_read_may_be_asked_for_by_a_day() -> None:
    rows.write([New(DraftRow, [(b"a" * 16, b"sealed", FRIDAY)])])
    found = rows.read("SELECT expires_on FROM store_draftrow WHERE expires_on >= %s", FRIDAY)
    assert found == [(FRIDAY,)]
    assert rows.read("SELECT expires_on FROM store_draftrow WHERE expires_on > %s", FRIDAY) == []


def test_outside_a_transaction_too_all_are_kept_or_none(fresh_office_db: OfficeDatabases) -> None:
    rows.write(rows.new([agenda("case/b")]))
    with pytest.raises(IntegrityError):
        rows.write(
            [
                *rows.new([agenda("case/a")]),
                New(WaitingRow, [("case/a", 1, 1, None)]),
                *rows.new([agenda("case/b")]),
            ]
        )
    assert not WaitingRow.objects.exists()
    assert AgendaRow.objects.count() == 1


@rolled_back
def test_whoever_wants_to_hear_of_each_statement_does() -> None:
    with CaptureQueriesContext(connection) as told:
        rows.write(rows.new([agenda("case/a")]))
        rows.read("SELECT chain FROM store_agendarow WHERE wakes_at > %s", NOON)
    assert [each["sql"].split()[0] for each in told] == ["INSERT", "SELECT"]


@rolled_back
def test_nothing_is_read_or_written_in_a_transaction_that_is_broken() -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        for does in (lambda: rows.read("SELECT 1"), lambda: rows.write(rows.new([agenda("case/a")]))):
            with pytest.raises(transaction.TransactionManagementError):
                does()
