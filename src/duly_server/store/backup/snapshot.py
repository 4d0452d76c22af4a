"""Reading a database as it is at one instant, while others go on writing to it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from duly_server.store.backup.lines import Part
from duly_server.store.backup.tables import columns, rows, tables


@contextmanager
def one_instant(alias: str) -> Iterator[None]:
    """Whatever is read within is the state at its beginning. Nobody waits for it.

    SQLite: a transaction that only reads, beside the log that writers append to (`atomic` would take the
    write lock). PostgreSQL: REPEATABLE READ. Nothing may be written within.
    """
    connection = connections[alias]
    if connection.in_atomic_block:
        raise ValueError("One instant cannot be read from within a transaction.")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                cursor.execute("SELECT COUNT(*) FROM sqlite_master")  # the first look is the instant
                cursor.fetchone()
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic(using=alias):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT 1")
        yield


def migrations(alias: str) -> dict[str, list[str]]:
    """The migrations that this database has had, by app."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connections[alias]).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def parts(alias: str) -> Iterator[Part]:
    """Every table of this database that a backup holds; to be read within `one_instant`."""
    for name, model in tables(alias).items():
        yield Part(name, columns(model), rows(model, alias))


def count(alias: str, table: str) -> int:
    model = tables(alias)[table]
    return model._base_manager.using(alias).count()
