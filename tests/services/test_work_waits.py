"""The worker beside somebody who writes: it waits, tries again, and fails at nothing that passes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from threading import Event, Thread
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction
from tests.databases import OfficeDatabases
from tests.services.conftest import furnish
from tests.services.office import ROOT, SmallOffice, instant

from duly_server.gateways.keys import FileKeyRing
from duly_server.services import work
from duly_server.store import busy, drafts
from duly_server.store.models import DraftRow

DAY = date(2026, 3, 26)


@pytest.fixture
def office(fresh_office_db: OfficeDatabases, keyring: FileKeyRing) -> Iterator[SmallOffice]:
    """The village bands, in a database where everybody commits."""
    yield furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text())
    connections.close_all()


@contextmanager
def somebody_writes(until: Event) -> Iterator[None]:
    """Another connection holds what the drafts are in, until then."""
    has_it = Event()

    def write() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                if connection.vendor == "postgresql":
                    cursor.execute("LOCK TABLE store_draftrow IN SHARE MODE")
                has_it.set()
                until.wait(timeout=30)
        finally:
            connections.close_all()

    thread = Thread(target=write)
    thread.start()
    has_it.wait(timeout=30)
    try:
        yield
    finally:
        until.set()
        thread.join()


def be_impatient() -> None:
    """Wait a tenth of a second for a lock, not twenty seconds."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=100" if is_sqlite else "SET lock_timeout=100")


def test_a_draft_whose_time_is_over_goes_as_soon_as_whoever_writes_is_done(office: SmallOffice) -> None:
    drafts.save(drafts.new_key(), {"what": "x"}, expires_on=DAY)
    work.work(today=date(2026, 3, 25), at=instant(date(2026, 3, 25)))  # nothing else waits to be done
    done, met = Event(), list[Exception]()

    def let_go(execute: Callable[..., Any], *asked: Any) -> Any:
        """Whoever writes is done once the worker has met the lock."""
        try:
            return execute(*asked)
        except OperationalError as fault:
            met.append(fault)
            done.set()
            raise

    faults: list[Exception] = []
    be_impatient()
    with somebody_writes(until=done), connection.execute_wrapper(let_go):
        work.work(today=DAY, at=instant(DAY), on_fault=faults.append)
    assert met
    assert faults == []
    assert not DraftRow.objects.exists()


def test_without_a_draft_whose_time_is_over_nobody_is_waited_for(office: SmallOffice) -> None:
    drafts.save(drafts.new_key(), {"what": "x"}, expires_on=DAY)
    be_impatient()
    with somebody_writes(until=Event()):
        assert drafts.sweep(on=date(2026, 3, 25)) == 0


def test_a_lock_that_is_never_let_go_is_met_so_often_and_then_told(office: SmallOffice) -> None:
    drafts.save(drafts.new_key(), {"what": "x"}, expires_on=DAY)
    be_impatient()
    tries: list[str] = []

    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        tries.append(sql)
        return execute(sql, *rest)

    with (
        somebody_writes(until=Event()),
        connection.execute_wrapper(count),
        pytest.raises(OperationalError) as raised,
    ):
        busy.patiently(lambda: drafts.sweep(on=DAY))
    assert busy.is_busy(raised.value)
    assert sum(sql.startswith("SELECT") for sql in tries) == busy.TRIES


def test_what_is_no_lock_is_not_tried_again(office: SmallOffice) -> None:
    tries: list[int] = []

    def broken() -> None:
        tries.append(1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM store_nowhere")

    with pytest.raises(Exception, match="nowhere"):
        busy.patiently(broken)
    assert len(tries) == 1
    assert not busy.is_busy(ValueError("no"))


def test_within_a_transaction_it_is_tried_once(office: SmallOffice) -> None:
    tries: list[int] = []

    def locked() -> None:
        tries.append(1)
        raise OperationalError

    with transaction.atomic(), pytest.raises(OperationalError):
        busy.patiently(locked)
    assert len(tries) == 1
