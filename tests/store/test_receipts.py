"""T15: of a receipt code the database keeps a slow digest alone, and no page of its files the fast one."""

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from tests.databases import OfficeDatabases

from duly_server.gateways.keys import FileKeyRing
from duly_server.services import premises, work
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
    assert receipts.scrub()
    pages = _pages(fresh_office_db)
    assert fast not in pages
    assert slow in pages
    assert [(bytes(row.h), row.state) for row in ReceiptRow.objects.all()] == [(slow, "slow")]
    assert receipts.waiting(9) == []


@pytest.fixture
def as_if_started(monkeypatch: pytest.MonkeyPatch) -> work.Scrubbing:
    """What the worker knows when it starts."""
    found = work.Scrubbing()
    monkeypatch.setattr(work, "scrubbing", found)
    return found


@pytest.mark.parametrize("more", [0, 1])
def test_the_worker_does_both_also_where_the_last_round_was_full(
    fresh_office_db: OfficeDatabases, keyring: FileKeyRing, as_if_started: work.Scrubbing, more: int
) -> None:
    premises.move_in(keyring)
    every = [secrets.token_bytes(32) for _ in range(2 + more)]
    as_if_started.go_on()
    for fast in every:
        receipts.keep(fast, "K7QH-3M2C")
    assert all(fast in _pages(fresh_office_db) for fast in every)
    assert [work.slow_down_receipts(most=2) for _ in range(2)] == [2, more]
    pages = _pages(fresh_office_db)
    assert not any(fast in pages for fast in every)
    assert all(work.slow_digest(fast) in pages for fast in every)


def test_what_a_worker_that_was_killed_left_undone_the_next_one_does(
    fresh_office_db: OfficeDatabases, as_if_started: work.Scrubbing
) -> None:
    fast, slow = secrets.token_bytes(32), secrets.token_bytes(32)
    receipts.keep(fast, "K7QH-3M2C")
    receipts.make_slow(fast, slow)
    assert work.slow_down_receipts() == 0
    assert fast not in _pages(fresh_office_db)


def test_while_somebody_may_still_see_the_fast_digest_it_stays_and_is_tried_again(
    fresh_office_db: OfficeDatabases, keyring: FileKeyRing, as_if_started: work.Scrubbing
) -> None:
    """A backup, say: it began before, and finds every row that was there."""
    premises.move_in(keyring)
    as_if_started.go_on()
    fast = secrets.token_bytes(32)
    receipts.keep(fast, "K7QH-3M2C")
    with _reading(fresh_office_db) as seen:
        assert work.slow_down_receipts() == 1
        assert as_if_started.is_owed
        assert seen() == fast
        for _ in range(work.Scrubbing.PAUSE):
            work.slow_down_receipts()
        assert as_if_started.failed == 1
        work.slow_down_receipts()
        assert as_if_started.failed == 2
        assert fast in _pages(fresh_office_db)
    for _ in range(work.Scrubbing.PAUSE + 1):
        work.slow_down_receipts()
    assert (as_if_started.is_owed, as_if_started.failed) == (False, 0)
    assert fast not in _pages(fresh_office_db)


@contextmanager
def _reading(office: OfficeDatabases) -> Iterator[Callable[[], bytes]]:
    """Another connection, in a transaction that has begun; what it sees in the one row.

    On PostgreSQL it has not touched the table before it is asked, and keeps a lock on it from then on.
    """
    query = "SELECT h FROM store_receiptrow"
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(office.home / "duly.sqlite3", isolation_level=None)) as lite:
            lite.execute("BEGIN")
            lite.execute(query).fetchall()
            yield lambda: bytes(lite.execute(query).fetchone()[0])
        return
    with psycopg.connect(office.database) as other:
        other.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        other.execute("SELECT 1")
        yield lambda: _first(other.execute(query).fetchone())


def _first(row: tuple[bytes, ...] | None) -> bytes:
    assert row is not None
    return row[0]


def test_what_stays_undone_for_long_is_said(
    as_if_started: work.Scrubbing, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.setattr(receipts, "can_scrub", lambda: True)
    monkeypatch.setattr(receipts, "scrub", lambda: False)
    rounds = (work.Scrubbing.PAUSE + 1) * (work.Scrubbing.SAID_AFTER - 1)
    for _ in range(rounds):
        work.slow_down_receipts()
    with pytest.raises(work.DigestsStayInFilesError):
        work.slow_down_receipts()
    assert as_if_started.is_owed


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
    assert not receipts.scrub()
    assert not ReceiptRow.objects.exists()
