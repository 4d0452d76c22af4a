"""What lacks is told from what is our own fault, by exceptions as the databases really raise them."""

import errno
import logging
import sqlite3
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError
from psycopg import errors

from duly_server.gateways.logs import ClassAndPlace
from duly_server.gateways.trouble import Trouble, trouble_of


def raised_by_sqlite(path: Path, *statements: str, uri: str = "") -> Exception:
    try:
        connection = sqlite3.connect(uri or path, uri=bool(uri), timeout=0, isolation_level=None)
        try:
            for statement in statements:
                connection.execute(statement)
        finally:
            connection.close()
    except sqlite3.Error as fault:
        return fault
    raise AssertionError("Nothing went wrong.")


def wrapped(fault: Exception) -> Exception:
    """As Django hands it on."""
    outer = OperationalError(str(fault))
    outer.__cause__ = fault
    return outer


def test_sqlite_says_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    full = raised_by_sqlite(
        path, "PRAGMA max_page_count = 2", "CREATE TABLE a (b)", "INSERT INTO a VALUES (zeroblob(90000))"
    )
    assert trouble_of(wrapped(full)) is Trouble.FULL
    gone = raised_by_sqlite(path, "SELECT 1", uri=f"file:{tmp_path}/nowhere?mode=rw")
    assert trouble_of(wrapped(gone)) is Trouble.GONE
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    busy = raised_by_sqlite(path, "BEGIN IMMEDIATE")
    holder.close()
    assert trouble_of(wrapped(busy)) is Trouble.BUSY
    (tmp_path / "text").write_bytes(b"no database at all" * 100)
    assert trouble_of(wrapped(raised_by_sqlite(tmp_path / "text", "SELECT * FROM a"))) is Trouble.DISK


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (errors.DiskFull(), Trouble.FULL),
        (errors.AdminShutdown(), Trouble.GONE),
        (errors.CannotConnectNow(), Trouble.GONE),
        (errors.TooManyConnections(), Trouble.GONE),
        (errors.InvalidCatalogName(), Trouble.GONE),
        (errors.DeadlockDetected(), Trouble.BUSY),
        (psycopg.OperationalError("the line broke"), Trouble.GONE),
        (psycopg.InterfaceError("the connection is closed"), Trouble.GONE),
        (errors.UniqueViolation(), None),
        (errors.UndefinedTable(), None),
        (OSError(errno.ENOSPC, "No space left on device"), Trouble.FULL),
        (OSError(errno.ENOENT, "No such file"), None),
        (ValueError("a fault of ours"), None),
    ],
)
def test_so_do_postgresql_and_the_system_and_anything_else_is_ours(
    fault: Exception, trouble: Trouble | None
) -> None:
    assert trouble_of(wrapped(fault)) is trouble
    assert trouble_of(fault) is trouble


def test_what_was_handled_before_is_not_why() -> None:
    def fail() -> None:
        try:
            raise errors.DiskFull
        except errors.DiskFull:
            raise LookupError from None

    with pytest.raises(LookupError) as raised:
        fail()
    assert trouble_of(raised.value) is None


def test_a_log_says_it_in_words_of_ours_and_nothing_else() -> None:
    try:
        raise wrapped(OSError(errno.ENOSPC, "/srv/office/Ada Winter"))
    except OperationalError:
        record = logging.LogRecord("duly.work", logging.ERROR, "work.py", 1, "failed", None, sys.exc_info())
    said = ClassAndPlace().format(record)
    assert said.endswith(": the disk is full")
    assert "Ada" not in said
