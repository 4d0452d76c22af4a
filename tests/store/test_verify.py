"""T28: whatever somebody changes behind the journal's back, verifying names the chain and the place."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections, transaction
from tests.store.sample import CASE, OTHER, THURSDAY, batch, step, text

from duly_server.gateways.keys import FileKeyRing
from duly_server.store import guards, leaves
from duly_server.store.journal import DjangoJournal
from duly_server.store.keys.models import UnitKey
from duly_server.store.models import FactRow, SealedPart
from duly_server.store.units import UnitKeys
from duly_server.store.verify import RecordProblem, verify

ORIGIN = "office.example/duly"


@pytest.fixture
def journal(db: None, keyring: FileKeyRing) -> DjangoJournal:
    """Three facts on one chain, one on another; two have a part; all have a number. The guards are down."""
    journal = DjangoJournal(ORIGIN, UnitKeys(keyring))
    journal.append([batch(step("receive", reasons=text("a")), step("sift", R=text("b")), step("answer"))])
    journal.append([batch(step("receive"), chain=OTHER)])
    leaves.number(today=THURSDAY)
    with connections["default"].cursor() as cursor:
        for statement in guards.lowering(connections["default"].vendor):
            cursor.execute(statement)
    return journal


@contextmanager
def _undone(using: str = "default") -> Iterator[None]:
    with transaction.atomic(using=using):
        yield
        transaction.set_rollback(True, using=using)


def _said(journal: DjangoJournal) -> set[tuple[str, int]]:
    return {(problem.chain, problem.place) for problem in verify(journal)}


def test_a_whole_record_has_nothing_wrong(journal: DjangoJournal) -> None:
    assert list(verify(journal)) == []


def test_an_empty_record_has_nothing_wrong(db: None, keyring: FileKeyRing) -> None:
    assert list(verify(DjangoJournal(ORIGIN, UnitKeys(keyring)))) == []


TABLES = {
    "store_factrow": ("chain", "place", "kind", "digest", "fact"),
    "store_sealedpart": ("chain", "place", "name", "unit_id", "sealed"),
    "keys_unitkey": ("unit_id", "wrapped"),
}
COLUMNS = [(table, column) for table, columns in TABLES.items() for column in columns]


def _altered(value: Any) -> Iterator[Any]:
    """The value with one bit of each byte turned; text also into what is no text."""
    if isinstance(value, int):
        yield from (value ^ (1 << bit) for bit in (2, 9, 16, 30))  # none is a place that is taken
        return
    data = value.encode() if isinstance(value, str) else bytes(value)
    for at in range(len(data)):
        for bit in (0x01, 0x80) if isinstance(value, str) else (0x10,):
            yield data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :]


def _put(table: str, column: str, key: dict[str, object], value: object, *, is_text: bool) -> None:
    """Writes past Django, which would not let text be anything else. PostgreSQL does not let it either."""
    connection = connections["keys" if table == "keys_unitkey" else "default"]
    new = "%s"
    if is_text:
        new = "CAST(%s AS TEXT)" if connection.vendor == "sqlite" else "convert_from(%s, 'UTF8')"
    where = " AND ".join(f"{name} = %s" for name in key)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = {new} WHERE {where}", [value, *key.values()])  # noqa: S608 -- names of this module
        assert cursor.rowcount == 1


def _rows(table: str) -> list[dict[str, Any]]:
    model = {"store_factrow": FactRow, "store_sealedpart": SealedPart, "keys_unitkey": UnitKey}[table]
    return list(model.objects.values(*TABLES[table]))


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[".".join(each) for each in COLUMNS])
def test_any_byte_of_any_column_that_is_changed_is_named_by_chain_and_place(
    table: str, column: str, journal: DjangoJournal, database_vendor: str
) -> None:
    key_names = ("unit_id",) if table == "keys_unitkey" else ("chain", "place", "name")
    at = {(CASE, 1), (CASE, 2)} if table == "keys_unitkey" else None
    rows = _rows(table)
    assert rows
    tried = 0
    for row in rows:
        key = {name: row[name] for name in key_names if name in row}
        is_text = isinstance(row[column], str)
        for value in _altered(row[column]):
            if is_text and database_vendor == "postgresql" and not bytes(value).isascii():
                continue  # PostgreSQL itself refuses what is no text
            with _undone("keys" if table == "keys_unitkey" else "default"):
                _put(table, column, key, value, is_text=is_text)
                said = _said(journal)
            tried += 1
            places = {row.get("place"), value} if column == "place" else {row.get("place")}
            named = said & at if at else {each for each in said if each[1] in places}
            assert named, f"{table}.{column} of {key}: {value!r} went unnoticed"
            if column not in ("chain", "place") and not at:
                assert named == {(row["chain"], row["place"])} == said
    assert tried >= len(rows)


def test_each_fact_that_is_gone_put_in_or_moved_is_named(journal: DjangoJournal) -> None:
    with _undone():
        FactRow.objects.filter(chain=CASE, place=2).delete()
        assert (CASE, 2) in _said(journal)
    with _undone():
        row = FactRow.objects.get(chain=CASE, place=2)
        FactRow.objects.create(chain=CASE, place=4, kind=row.kind, digest=row.digest, fact=row.fact)
        assert (CASE, 4) in _said(journal)
    with _undone():
        FactRow.objects.filter(chain=OTHER).update(chain=f"{OTHER}X")
        assert _said(journal) == {(f"{OTHER}X", 1), (OTHER, 1)}  # there its number still stands


def test_a_part_that_is_gone_is_missing_and_one_nobody_committed_to_is_named(journal: DjangoJournal) -> None:
    with _undone():
        SealedPart.objects.filter(chain=CASE, place=2).delete()
        assert list(verify(journal)) == [RecordProblem(CASE, 2, "The part R is missing. It was not erased.")]
    with _undone():
        SealedPart.objects.create(chain=OTHER, place=1, name="reasons", unit_id=b"u" * 16, sealed=b"")
        SealedPart.objects.create(chain=OTHER, place=9, name="reasons", unit_id=b"u" * 16, sealed=b"")
        assert _said(journal) == {(OTHER, 1), (OTHER, 9)}


def test_a_part_whose_key_is_gone_is_not_called_erased(journal: DjangoJournal) -> None:
    UnitKey.objects.all().delete()
    says = [problem.says for problem in verify(journal)]
    assert says == [
        "The part reasons cannot be opened. The key of this unit is not in the key store.",
        "The part R cannot be opened. The key of this unit is not in the key store.",
    ]


def test_the_record_of_another_log_is_not_ours(journal: DjangoJournal, keyring: FileKeyRing) -> None:
    other = DjangoJournal("another.example/duly", UnitKeys(keyring))
    assert {(CASE, place) for place in (1, 2, 3)} | {(OTHER, 1)} <= _said(other)
