"""How the office is, in one word for each thing that fails: for a monitor, which learns nothing else.

Every question is the same whatever the office holds, and none counts anything that a reporter's act changes.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import Error

from duly_server.gateways.keys import FileKeyRing, KeysRefusedError
from duly_server.store import answering, named, rounds, tables
from duly_server.store.router import KEYS

LONGEST_ROUND = timedelta(minutes=5)  # rounds begin every two seconds; a long one looks at a thousand records


class Part(StrEnum):
    """What may fail. The value is the word that is said."""

    DATABASE = "database"
    TABLES = "tables"
    ORIGIN = "origin"
    KEYS = "keys"
    DISK = "disk"
    WORKER = "worker"


def failing(*, at: datetime) -> tuple[Part, ...]:
    """What fails at this moment, in the order of Part; () where all is well.

    Of a database that does not answer, nothing is said but that.
    """
    checks: dict[Part, Callable[[], bool]] = {Part.KEYS: _keys, Part.DISK: answering.has_room}
    is_there = _answered(_database)
    if is_there:
        checks |= {
            Part.TABLES: tables.is_current,
            Part.ORIGIN: _is_as_named,
            Part.WORKER: lambda: _goes_round(at),
        }
    found = {part for part, is_well in checks.items() if not _answered(is_well)}
    found |= set() if is_there else {Part.DATABASE}
    return tuple(part for part in Part if part in found)


def _answered(is_well: Callable[[], bool]) -> bool:
    try:
        return is_well()
    except (Error, OSError, KeysRefusedError, answering.ReadOnlyError):
        return False


def _database() -> bool:
    answering.read("default")
    return True


def _keys() -> bool:
    """The keyring can be read as it lies there now, and the key store read and written."""
    FileKeyRing.open(Path(settings.DULY_KEYRING))
    answering.read(KEYS)
    answering.write_key()
    return True


def _is_as_named() -> bool:
    with answering.hasty("default"):
        return named.is_as_set()


def _goes_round(at: datetime) -> bool:
    with answering.hasty("default"):
        last = rounds.last()
    return last is not None and at - last.ended_at <= LONGEST_ROUND
