"""Whether the databases answer and take what is written: asked by a monitor, quickly, leaving nothing."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections, transaction

from duly_server.store.keys.models import UnitKey
from duly_server.store.router import KEYS

PATIENCE = 2000  # milliseconds
LEAST_FREE = (
    64 * 1024 * 1024
)  # bytes: with less, a day's complaints and the log beside the database may not fit


def read(alias: str) -> None:
    """Raises what the database raises where it does not answer, or takes no writers."""
    connection = connections[alias]
    with hasty(alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT current_setting('transaction_read_only')")
            if cursor.fetchone()[0] != "off":
                raise ReadOnlyError
        else:
            cursor.execute("SELECT count(*) FROM sqlite_master")
            cursor.fetchone()


def write_key() -> None:
    """A key is written to the key store and taken back before anybody sees it. Raises as above."""
    with hasty(KEYS), transaction.atomic(using=KEYS):
        UnitKey.objects.create(unit_id=secrets.token_bytes(16), epoch="", wrapped=None)
        transaction.set_rollback(True, using=KEYS)


def has_room() -> bool:
    """Whether the disk of the data folder has room. PostgreSQL lies on a disk of its own: watch it there."""
    connection = connections["default"]
    if connection.vendor != "sqlite":
        return True
    return shutil.disk_usage(Path(connection.settings_dict["NAME"]).parent).free >= LEAST_FREE


class ReadOnlyError(Exception):
    """The database answers and takes nothing: it is a standby, or was set to be read only."""


@contextmanager
def hasty(alias: str) -> Iterator[None]:
    """Within it, whoever waits for a lock or an answer of this database gives up after two seconds."""
    connection = connections[alias]
    is_sqlite = connection.vendor == "sqlite"
    usual = int(float(connection.settings_dict["OPTIONS"].get("timeout", 5)) * 1000)
    with connection.cursor() as cursor:
        cursor.execute(
            f"PRAGMA busy_timeout={PATIENCE}" if is_sqlite else f"SET statement_timeout = {PATIENCE}"
        )
    try:
        yield
    except Exception:
        if not connection.in_atomic_block:
            connection.close()  # the next to use it begins afresh, with its usual patience
        raise
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout={usual}" if is_sqlite else "RESET statement_timeout")
