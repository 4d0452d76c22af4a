"""What the machine has run out of, by the exceptions of the databases and of the system.

Only what somebody who runs the office can put right without changing Duly; anything else is a fault of ours.
An exception of ours says so itself, by an attribute `trouble` with one of these names.
"""

import errno
import sqlite3
from collections.abc import Iterator
from enum import StrEnum

import psycopg


class Trouble(StrEnum):
    """The value is what a log says of it."""

    FULL = "the disk is full"
    DISK = "the disk cannot be read or written"
    GONE = "the database cannot be reached"
    BUSY = "the database is held by somebody else"
    KEYS = "the keys cannot be read"
    CLOCK = "the clock was set back"


_SQLITE = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_IOERR: Trouble.DISK,
    sqlite3.SQLITE_CORRUPT: Trouble.DISK,
    sqlite3.SQLITE_NOTADB: Trouble.DISK,
    sqlite3.SQLITE_READONLY: Trouble.DISK,
    sqlite3.SQLITE_CANTOPEN: Trouble.GONE,
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
    sqlite3.SQLITE_LOCKED: Trouble.BUSY,
}
# By the code PostgreSQL gives, or by the class of codes it begins with (its manual, appendix A).
_POSTGRESQL = {
    "53100": Trouble.FULL,
    "53": Trouble.GONE,  # out of memory, too many connections
    "08": Trouble.GONE,
    "57": Trouble.GONE,  # shut down, crashed, starting up
    "58": Trouble.DISK,
    "3D": Trouble.GONE,  # there is no such database
    "55006": Trouble.GONE,  # a database that takes no connections
    "55000": Trouble.GONE,
    "55P03": Trouble.BUSY,
    "40": Trouble.BUSY,
    "25006": Trouble.DISK,  # read-only
}
_SYSTEM = {errno.ENOSPC: Trouble.FULL, errno.EDQUOT: Trouble.FULL, errno.EIO: Trouble.DISK}


def trouble_of(fault: BaseException | None) -> Trouble | None:
    """What lacks, if that is why it failed; None for a fault of ours."""
    found = [trouble for each in _causes(fault) if (trouble := _of(each)) is not None]
    if Trouble.FULL in found:
        return Trouble.FULL  # also where it was the key store that found no room
    return found[0] if found else None


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    seen = set[int]()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        yield fault
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)


def _of(fault: BaseException) -> Trouble | None:
    said = getattr(fault, "trouble", None)
    if isinstance(said, str) and said in Trouble.__members__:
        return Trouble[said]
    if isinstance(fault, sqlite3.Error):
        return _SQLITE.get(getattr(fault, "sqlite_errorcode", 0) & 0xFF)
    if isinstance(fault, psycopg.Error):
        return _of_postgresql(fault)
    if isinstance(fault, OSError):
        return _SYSTEM.get(fault.errno or 0)
    return None


def _of_postgresql(fault: psycopg.Error) -> Trouble | None:
    code = fault.sqlstate or ""
    if not code:  # the line broke, or nobody answers at the other end
        return Trouble.GONE if isinstance(fault, psycopg.OperationalError | psycopg.InterfaceError) else None
    return _POSTGRESQL.get(code) or _POSTGRESQL.get(code[:2])
