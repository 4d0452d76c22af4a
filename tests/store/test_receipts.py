"""T15: of a receipt code the database keeps a slow digest alone, and no page of its files the fast one."""

import secrets
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from tests.databases import OfficeDatabases

from duly_server.store import receipts
from duly_server.store.models import ReceiptRow

THURSDAY = date(2026, 4, 2)


def _pages(office: OfficeDatabases) -> bytes:
    """Every byte of the database's files. PostgreSQL's log apart: it is cut by the server in its own time."""
    if connection.vendor == "sqlite":
        return b"".join(path.read_bytes() for path in sorted(office.home.glob("duly.sqlite3*")))
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    tables = Path(office.settings["default"]["HOST"]) / "data" / "base"
    return b"".join(path.read_bytes() for path in sorted(tables.rglob("*")) if path.is_file())


def test_the_fast_digest_leaves_the_rows_and_the_pages(fresh_office_db: OfficeDatabases) -> None:
    fast, slow = secrets.token_bytes(32), secrets.token_bytes(32)
    receipts.keep(fast, "K7QH-3M2C")
    assert fast in _pages(fresh_office_db)
    assert receipts.waiting(9) == [fast]
    receipts.make_slow(fast, slow)
    assert fast in _pages(fresh_office_db)
    receipts.scrub()
    pages = _pages(fresh_office_db)
    assert fast not in pages
    assert slow in pages
    assert [(bytes(row.h), row.state) for row in ReceiptRow.objects.all()] == [(slow, "slow")]
    assert receipts.waiting(9) == []


@pytest.mark.django_db
def test_a_code_opens_its_complaint_before_and_after_until_its_last_day_is_over() -> None:
    fast, slow, other = (secrets.token_bytes(32) for _ in range(3))
    receipts.keep(fast, "K7QH-3M2C")
    assert receipts.find(fast, slow, on=THURSDAY) == "K7QH-3M2C"
    receipts.make_slow(fast, slow)
    receipts.make_slow(fast, slow)  # a second worker, too late
    assert receipts.find(fast, slow, on=THURSDAY) == "K7QH-3M2C"
    assert receipts.find(other, other, on=THURSDAY) is None
    ReceiptRow.objects.update(ends_on=THURSDAY)
    assert receipts.find(fast, slow, on=THURSDAY) is None


@pytest.mark.django_db
def test_within_a_transaction_nothing_is_scrubbed_and_nothing_breaks() -> None:
    receipts.scrub()
    assert not ReceiptRow.objects.exists()
