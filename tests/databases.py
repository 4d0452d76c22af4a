"""Migrated databases for the tests: made once, copied for whoever needs one of their own.

The record refuses to be emptied, so a test that commits cannot clean up after itself: it gets a copy.
"""

import copy
import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from duly_server.conf.databases import databases

ALIASES = ("default", "keys")


@dataclass(frozen=True, kw_only=True)
class OfficeDatabases:
    """The two databases of one office, and the environment that leads a process of its own to them."""

    home: Path
    database: str
    keys_database: str = ""

    @property
    def settings(self) -> dict[str, dict[str, Any]]:
        return databases(self.database, self.home, keys_url=self.keys_database)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DULY_HOME": str(self.home),
            "DULY_DATABASE": self.database,
            "DULY_KEYS_DATABASE": self.keys_database,
        }


class Templates(Protocol):
    """Where fresh databases come from."""

    def fresh(self, home: Path) -> OfficeDatabases: ...

    def empty(self, home: Path) -> OfficeDatabases: ...

    def drop(self, office: OfficeDatabases) -> None: ...


class SqliteTemplates:
    def __init__(self, folder: Path) -> None:
        self._template = folder
        _migrate(OfficeDatabases(home=folder, database="sqlite"))

    def fresh(self, home: Path) -> OfficeDatabases:
        home.mkdir(parents=True, exist_ok=True)
        for name in ("duly.sqlite3", "keys.sqlite3"):
            shutil.copyfile(self._template / name, home / name)
        return OfficeDatabases(home=home, database="sqlite")

    def empty(self, home: Path) -> OfficeDatabases:
        """Without a table, as on a bare machine."""
        return OfficeDatabases(home=home, database="sqlite")

    def drop(self, office: OfficeDatabases) -> None:
        """Nothing to do: the files go with the test's folder."""


class PostgresqlTemplates:
    def __init__(self, socket: str) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._statement("CREATE DATABASE template_office")
        self._statement("CREATE DATABASE template_office_keys")
        _migrate(self._office(Path(socket), "template_office"))

    def fresh(self, home: Path) -> OfficeDatabases:
        name = f"office_{next(self._numbers)}"
        for suffix in ("", "_keys"):
            # Its files are copied, not written anew through the log: a fifth of the work.
            statement = "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"
            self._statement(statement, name + suffix, f"template_office{suffix}")
        home.mkdir(parents=True, exist_ok=True)
        return self._office(home, name)

    def empty(self, home: Path) -> OfficeDatabases:
        """Without a table, as somebody made them who is about to restore."""
        name = f"empty_{next(self._numbers)}"
        for suffix in ("", "_keys"):
            self._statement("CREATE DATABASE {}", name + suffix)
        return self._office(home, name)

    def drop(self, office: OfficeDatabases) -> None:
        for alias in ALIASES:
            self._statement("DROP DATABASE {} WITH (FORCE)", office.settings[alias]["NAME"])

    def _office(self, home: Path, name: str) -> OfficeDatabases:
        return OfficeDatabases(home=home, database=self._url(name), keys_database=self._url(f"{name}_keys"))

    def _url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self._socket}"

    def _statement(self, statement: str, *names: str) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def pointed_at(office: OfficeDatabases) -> Iterator[None]:
    """Django's connections lead to this office, in every thread that opens one from now on."""
    before = settings.DATABASES
    _point_at(office.settings)
    try:
        yield
    finally:
        _point_at(before)


def _point_at(wanted: dict[str, dict[str, Any]]) -> None:
    connections.close_all()
    for alias in ALIASES:
        if hasattr(connections._connections, alias):
            del connections[alias]
    settings.DATABASES = wanted
    connections.settings = connections.configure_settings(copy.deepcopy(wanted))


def _migrate(office: OfficeDatabases) -> None:
    with pointed_at(office):
        for alias in ALIASES:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
