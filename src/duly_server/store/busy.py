"""A database in use: whoever meets a lock that is not let go in time tries again."""

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection

Done = TypeVar("Done")

TRIES = 3
_SQLITE = frozenset({5, 6})  # SQLITE_BUSY, SQLITE_LOCKED; an extended code holds them in its last byte
_POSTGRESQL = frozenset({"55P03", "40P01", "40001"})  # no lock in time, a deadlock, no order for both


def is_busy(fault: BaseException) -> bool:
    """Whether somebody else had what this wanted to write to: the same thing may work in a moment."""
    if not isinstance(fault, OperationalError):
        return False
    cause = fault.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    if isinstance(code, int):
        return code & 0xFF in _SQLITE
    return getattr(cause, "sqlstate", None) in _POSTGRESQL


def patiently(do: Callable[[], Done], *, tries: int = TRIES) -> Done:
    """What `do` returns, tried so often while the database is in use; each try waits as the settings say.

    Within a transaction it is tried once: what the transaction did before would be lost.
    """
    for _ in range(0 if connection.in_atomic_block else tries - 1):
        try:
            return do()
        except OperationalError as fault:
            if not is_busy(fault):
                raise
    return do()
