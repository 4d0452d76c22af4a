"""Offices furnished once in a run, and put down again, row for row, for each test that asks for the same.

What is put down is what `setup` wrote the first time, under throw-away keys that all tests begin with: a
test has its own copy of both, and finds in them what it would have found had it furnished anew.
"""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from duly.rulebook.book import Rulebook
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import premises

ALIASES = ("default", "keys")
FIRST_KEYS = date(2026, 3, 1)

Tables = Mapping[type[Model], str]  # all rows of a table, as its database takes them


@cache
def _keys() -> dict[str, bytes]:
    """The files of one throw-away keyring, by name."""
    ring = FileKeyRing.demo(on=FIRST_KEYS)
    try:
        return {path.name: path.read_bytes() for path in ring.folder.iterdir()}
    finally:
        ring.discard()


def throw_away_keys() -> FileKeyRing:
    """A keyring in a folder of the test's own, for it to discard: the same keys in every test of a run."""
    folder = Path(tempfile.mkdtemp(prefix="duly-demo-keys-"))
    try:
        for name, data in _keys().items():
            (folder / name).touch(mode=0o600)
            (folder / name).write_bytes(data)
        return FileKeyRing.open(folder)
    except BaseException:
        shutil.rmtree(folder)
        raise


@cache
def _public_key() -> bytes:
    ring = throw_away_keys()
    try:
        return ring.public_key()
    finally:
        ring.discard()


@dataclass(frozen=True)
class _Kept:
    book: Rulebook
    written: Mapping[str, Tables]  # by database


_kept: dict[tuple[str, str], _Kept] = {}


def furnished(rulebook: str, furnish: Callable[[str], Rulebook]) -> Rulebook:
    """The office as `furnish` makes it of this text: made the first time, put down from then on.

    Where something has been written before, or the keys are not those of `throw_away_keys`, it is made.
    """
    if premises.premises().keyring.public_key() != _public_key() or any(map(_has_rows, ALIASES)):
        return furnish(rulebook)
    this = connections["default"].vendor, rulebook
    with ExitStack() as both:
        for alias in ALIASES:
            both.enter_context(transaction.atomic(using=alias))
        if this in _kept:
            for alias in ALIASES:
                _put_down(connections[alias], _kept[this].written[alias])
        else:
            book = furnish(rulebook)
            _kept[this] = _Kept(book, {alias: _written(connections[alias]) for alias in ALIASES})
    return _kept[this].book


@cache
def _tables(alias: str) -> tuple[type[Model], ...]:
    """The models whose tables are in this database and are the office's own, not the framework's."""
    own = (model for model in apps.get_models() if model.__module__.startswith("duly_server."))
    return tuple(model for model in own if router.allow_migrate_model(alias, model))


def _has_rows(alias: str) -> bool:
    tables = [model._meta.db_table for model in _tables(alias)]
    some = " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in tables)  # noqa: S608 -- names of the models
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT {some}")
        return bool(cursor.fetchone()[0])


def _written(connection: BaseDatabaseWrapper) -> Tables:
    read = _rows_of_sqlite if connection.vendor == "sqlite" else _rows_of_postgresql
    with connection.cursor() as cursor:
        found = {
            model: read(cursor, model._meta.db_table, _columns(model)) for model in _tables(connection.alias)
        }
    return {model: rows for model, rows in found.items() if rows}


def _put_down(connection: BaseDatabaseWrapper, tables: Tables) -> None:
    with connection.cursor() as cursor:
        for model, rows in tables.items():
            into = f"{model._meta.db_table} ({', '.join(_columns(model))})"
            if connection.vendor == "sqlite":
                cursor.execute(f"INSERT INTO {into} VALUES {rows}")  # noqa: S608 -- names and values of the database itself
            else:
                with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                    copy.write(rows)
        # PostgreSQL goes on numbering where these end; SQLite does so by itself.
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)


def _columns(model: type[Model]) -> list[str]:
    return [f'"{field.column}"' for field in model._meta.local_concrete_fields]


def _rows_of_sqlite(cursor: CursorWrapper, table: str, columns: list[str]) -> str:
    """As SQL writes values, which tells bytes, text, numbers and nothing apart."""
    row = " || ', ' || ".join(f"quote({column})" for column in columns)
    cursor.execute(f"SELECT '(' || {row} || ')' FROM {table}")  # noqa: S608 -- names of the models
    return ", ".join(row for (row,) in cursor.fetchall())


def _rows_of_postgresql(cursor: CursorWrapper, table: str, columns: list[str]) -> str:
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) TO STDOUT") as copy:
        return b"".join(map(bytes, copy)).decode()
