"""What is adopted stands still while somebody writes by it: no adoption comes between reading and recording.

On PostgreSQL whoever reads what is adopted within a transaction, or writes to a record, shares a lock until
the transaction ends, and whoever adopts waits for all of them and keeps the others waiting. It is taken
before the lock of any record, so that nobody waits in a circle. SQLite needs none of it: there one writes at
a time, from the start of the transaction on.
"""

import hashlib

from django.db import connection

from duly_server.store import rows

_NUMBER = int.from_bytes(hashlib.sha256(b"what is adopted").digest()[:8], "big", signed=True)

_TRACK = int.from_bytes(hashlib.sha256(b"the share of the fast track").digest()[:8], "big", signed=True)

# The statement by which a transaction on PostgreSQL begins to share it.
SHARED = f"SELECT pg_advisory_xact_lock_shared({_NUMBER})"
_ALONE = f"SELECT pg_advisory_xact_lock({_NUMBER})"


def read(statement: str) -> list[rows.Values]:
    """What a SELECT of what is adopted finds, which stays so until the open transaction ends.

    In one exchange: it finds what stands after the wait. Where no transaction is open, nothing is held.
    """
    if connection.vendor != "postgresql" or not connection.in_atomic_block:
        return rows.read(statement)
    with connection.cursor() as cursor:
        cursor.execute(f"{SHARED}; {statement}")
        cursor.nextset()
        return list(cursor.fetchall())


def alone() -> None:
    """Until the open transaction ends nobody writes by what was adopted before.

    To be called before anything else in it: of two who share it already, each would wait for the other.
    """
    if not connection.in_atomic_block:
        raise ValueError("What is adopted is held within a transaction.")
    if connection.vendor == "postgresql":
        _execute(_ALONE)


def fast_track() -> None:
    """Until the open transaction ends nobody else counts what is on the fast track to put more on it."""
    if not connection.in_atomic_block:
        raise ValueError("The fast track is held within a transaction.")
    if connection.vendor == "postgresql":
        _execute(f"SELECT pg_advisory_xact_lock({_TRACK})")


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
