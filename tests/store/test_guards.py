"""T27: the database itself refuses to change the record, at its default pragmas."""

import os

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from duly_server.store import guards
from duly_server.store.models import FactRow, LeafRow, SealedPart

CHAIN = "case/K7QH-3M2C"

CHANGES = {
    "update": "UPDATE store_factrow SET fact = '\\x00' WHERE place = 1",
    "update of the key": "UPDATE store_factrow SET place = 9 WHERE place = 1",
    "delete": "DELETE FROM store_factrow",
    "upsert": """
        INSERT INTO store_factrow (chain, place, kind, digest, fact)
        VALUES ('case/K7QH-3M2C', 1, 'x', '\\x00', '\\x00')
        ON CONFLICT (chain, place) DO UPDATE SET fact = excluded.fact""",
    "insert over a place": """
        INSERT INTO store_factrow (chain, place, kind, digest, fact)
        VALUES ('case/K7QH-3M2C', 1, 'x', '\\x00', '\\x00')""",
    "update of a part": "UPDATE store_sealedpart SET sealed = '\\x00'",
    "upsert of a part": """
        INSERT INTO store_sealedpart (chain, place, name, unit_id, sealed)
        VALUES ('case/K7QH-3M2C', 1, 'reasons', '\\x00', '\\x00')
        ON CONFLICT (chain, place, name) DO UPDATE SET sealed = excluded.sealed""",
    "update of a leaf": "UPDATE store_leafrow SET leaf = '\\x00'",
    "update of a number": "UPDATE store_leafrow SET number = 9",
    "delete of a leaf": "DELETE FROM store_leafrow",
    "a number given twice": """
        INSERT INTO store_leafrow (number, chain, place, leaf)
        VALUES (0, 'case/K7QH-3M2C', 2, '\\x00')""",
    "a second number for a fact": """
        INSERT INTO store_leafrow (number, chain, place, leaf)
        VALUES (1, 'case/K7QH-3M2C', 1, '\\x00')""",
    "upsert of a number": """
        INSERT INTO store_leafrow (number, chain, place, leaf)
        VALUES (0, 'case/K7QH-3M2C', 2, '\\x00') ON CONFLICT (number) DO UPDATE SET leaf = excluded.leaf""",
}
SQLITE_CHANGES = {
    "replace": """
        INSERT OR REPLACE INTO store_factrow (chain, place, kind, digest, fact)
        VALUES ('case/K7QH-3M2C', 1, 'x', x'00', x'00')""",
    "replace into": """
        REPLACE INTO store_factrow (chain, place, kind, digest, fact)
        VALUES ('case/K7QH-3M2C', 1, 'x', x'00', x'00')""",
    "update or replace": "UPDATE OR REPLACE store_factrow SET place = 2 WHERE place = 1",
    "replace of a part": """
        INSERT OR REPLACE INTO store_sealedpart (chain, place, name, unit_id, sealed)
        VALUES ('case/K7QH-3M2C', 1, 'reasons', x'00', x'00')""",
    "replace of a number": """
        INSERT OR REPLACE INTO store_leafrow (number, chain, place, leaf)
        VALUES (0, 'case/K7QH-3M2C', 2, x'00')""",
    "replace of the fact of a number": """
        INSERT OR REPLACE INTO store_leafrow (number, chain, place, leaf)
        VALUES (1, 'case/K7QH-3M2C', 1, x'00')""",
}
POSTGRESQL_CHANGES = {
    "truncate": "TRUNCATE store_factrow",
    "truncate cascade": "TRUNCATE store_factrow CASCADE",
    "truncate of parts": "TRUNCATE store_sealedpart",
    "truncate of leaves": "TRUNCATE store_leafrow",
    "merge": """
        MERGE INTO store_factrow USING (SELECT 1) AS one ON place = 1
        WHEN MATCHED THEN UPDATE SET kind = 'x'""",
    "update while triggers rest": "SET LOCAL session_replication_role = replica; DELETE FROM store_factrow",
}


ON_SQLITE = os.environ.get("DULY_TEST_DATABASE", "sqlite") == "sqlite"
ALL_CHANGES = {**CHANGES, **(SQLITE_CHANGES if ON_SQLITE else POSTGRESQL_CHANGES)}


@pytest.fixture
def two_facts(db: None) -> None:
    for place in (1, 2):
        FactRow.objects.create(chain=CHAIN, place=place, kind="told/1", digest=b"d" * 32, fact=b"{}")
    SealedPart.objects.create(chain=CHAIN, place=1, name="reasons", unit_id=b"u" * 16, sealed=b"s")
    LeafRow.objects.create(number=0, chain=CHAIN, place=1, leaf=b"l" * 32)


def _everything() -> list[tuple[object, ...]]:
    facts = [
        (r.chain, r.place, r.kind, bytes(r.digest), bytes(r.fact)) for r in FactRow.objects.order_by("pk")
    ]
    parts = [(r.chain, r.place, r.name, bytes(r.sealed)) for r in SealedPart.objects.order_by("pk")]
    leaves = [(r.number, r.chain, r.place, bytes(r.leaf)) for r in LeafRow.objects.order_by("pk")]
    return [*facts, *parts, *leaves]


@pytest.mark.parametrize("change", ALL_CHANGES.values(), ids=ALL_CHANGES.keys())
def test_the_database_itself_refuses_to_change_the_record(change: str, two_facts: None) -> None:
    before = _everything()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert _everything() == before


def _replace_with_the_pragma_off() -> None:
    """SQLite, where INSERT OR REPLACE walks past a BEFORE DELETE trigger."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
        cursor.execute(SQLITE_CHANGES["replace"])


def _copy_over_a_place() -> None:
    """PostgreSQL's bulk loading."""
    into = "COPY store_factrow (chain, place, kind, digest, fact) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        copy.write_row((CHAIN, 1, "x", b"x", b"x"))


def test_the_way_around_that_each_database_has_is_closed(fresh_office_db: object) -> None:
    FactRow.objects.create(chain=CHAIN, place=1, kind="told/1", digest=b"d" * 32, fact=b"{}")
    way_around = _replace_with_the_pragma_off if ON_SQLITE else _copy_over_a_place
    with pytest.raises((DatabaseError, psycopg.DatabaseError), match=r"is taken|already exists"):
        way_around()
    assert bytes(FactRow.objects.get().fact) == b"{}"


def test_the_orm_can_change_no_fact_either(two_facts: None) -> None:
    rows = list(FactRow.objects.order_by("pk"))
    rows[0].kind = "other/1"
    tries = (
        lambda: FactRow.objects.bulk_update(rows, ["kind"]),
        lambda: rows[0].save(),
        lambda: rows[0].delete(),
        lambda: FactRow.objects.all().delete(),
        lambda: FactRow.objects.update(kind="x"),
        lambda: FactRow.objects.bulk_create([rows[0]]),
        lambda: FactRow.objects.bulk_create(
            [rows[0]], update_conflicts=True, update_fields=["kind"], unique_fields=["chain", "place"]
        ),
    )
    before = _everything()
    for attempt in tries:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert _everything() == before


def test_a_sealed_part_may_be_deleted(two_facts: None) -> None:
    SealedPart.objects.all().delete()
    assert not SealedPart.objects.exists()


def test_the_guards_stand_after_all_migrations(db: None, database_vendor: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(guards.standing(database_vendor))
        standing = {name for (name,) in cursor.fetchall()}
    assert standing == guards.names(database_vendor)


def test_no_table_numbers_its_rows(db: None) -> None:
    """But those that Django fills itself when it migrates. Row numbers tell who came before whom."""
    numbering = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%WITHOUT ROWID'"
        if ON_SQLITE
        else """
            SELECT table_name FROM information_schema.columns
            WHERE table_schema = 'public' AND (is_identity = 'YES' OR column_default LIKE 'nextval%')"""
    )
    with connection.cursor() as cursor:
        cursor.execute(numbering)
        found = {name for (name,) in cursor.fetchall()}
    assert found - {"sqlite_sequence"} == {
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "django_content_type",
        "django_migrations",
    }
