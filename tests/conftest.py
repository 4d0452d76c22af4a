"""Databases for every test: SQLite files, or a real PostgreSQL with DULY_TEST_DATABASE=postgresql.

`db` gives a test both databases and rolls everything back. `fresh_office_db` gives it two databases of its
own, where it may commit, use threads, or let a server run (its `environment` leads a process there).
"""

import gc
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from pytest_django import DjangoDbBlocker, Settings
from tests.databases import (
    ALIASES,
    OfficeDatabases,
    PostgresqlTemplates,
    SqliteTemplates,
    Templates,
    pointed_at,
)
from tests.postgresql import running_server

from duly_server.gateways.keys import FileKeyRing
from duly_server.gateways.limits import Counts

VENDORS = ("sqlite", "postgresql")
LONG_FOLDERS = {"cli", "compare", "faults", "lint", "releases", "running", "walk"}


class _LongestFirst:
    """Files that take long begin first: of two processes neither is then left with one of them at the end."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        long = {item.path for item in items if item.get_closest_marker("browser")}
        long |= {item.path for item in items if LONG_FOLDERS & set(item.path.parts)}
        items.sort(key=lambda item: item.path not in long)  # what is alike stays in its order


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(_LongestFirst())


def pytest_collection_finish() -> None:
    """All these tests stay until the end: looking through them for garbage was a tenth of the work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for the database gets both; whoever needs to commit is sent to `fresh_office_db`.

    What touches a database of the run is marked so: the run on PostgreSQL is of those alone, for the rest
    would do the same once more.
    """
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        mark = item.get_closest_marker("django_db")
        if {"transactional_db", "live_server"} & fixtures or (mark and mark.kwargs.get("transaction")):
            raise pytest.UsageError(f"{item.nodeid}: the record cannot be flushed; use fresh_office_db.")
        if mark or "db" in fixtures:
            item.add_marker(pytest.mark.django_db(databases=list(ALIASES)), append=False)
        if mark or {"db", "database_templates", "database_vendor"} & fixtures:
            item.add_marker(pytest.mark.touches_database)


@pytest.fixture(scope="session")
def database_vendor() -> str:
    """ "sqlite" or "postgresql": which database this run is on."""
    vendor = os.environ.get("DULY_TEST_DATABASE", "sqlite")
    if vendor not in VENDORS:
        raise pytest.UsageError(f"DULY_TEST_DATABASE must be one of {', '.join(VENDORS)}.")
    return vendor


@pytest.fixture(scope="session")
def database_templates(
    database_vendor: str,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Templates]:
    with django_db_blocker.unblock():
        if database_vendor == "sqlite":
            yield SqliteTemplates(tmp_path_factory.mktemp("template"))
        else:
            with running_server() as socket:
                yield PostgresqlTemplates(socket)


@pytest.fixture(scope="session")
def django_db_setup(
    database_templates: Templates,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The databases of all tests that roll back."""
    office = database_templates.fresh(tmp_path_factory.mktemp("shared"))
    with django_db_blocker.unblock(), pointed_at(office):
        yield


@pytest.fixture
def fresh_office_db(
    django_db_setup: None,
    database_templates: Templates,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
) -> Iterator[OfficeDatabases]:
    """Two migrated databases of this test's own. Threads must close the connections they open."""
    office = database_templates.fresh(tmp_path / "home")
    with django_db_blocker.unblock():
        with pointed_at(office):
            yield office
        database_templates.drop(office)


@pytest.fixture(autouse=True, scope="session")
def cheap_passwords() -> Iterator[None]:
    """Passwords are kept as an office keeps them, but for the quarter of a second that each costs there.

    How well an office keeps them is tested in a process of its own: tests/cli/test_init.py.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(PBKDF2PasswordHasher, "iterations", 1)
        yield


@pytest.fixture(autouse=True)
def counts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counts]:
    """What limits count, from nothing for each test, in this process's memory alone."""

    def fail(fault: Exception) -> None:
        raise fault

    alone = Counts(None, on_fault=fail)
    monkeypatch.setattr("duly_server.web.waiting.gate.counts", lambda: alone)
    yield alone
    alone.close()


@pytest.fixture
def unlimited(counts: Counts, monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that ask more often than people do, and are about something else."""
    monkeypatch.setattr(counts, "take", lambda *_, **__: 0.0)


@pytest.fixture
def keyring(tmp_path: Path, settings: Settings) -> FileKeyRing:
    """An office's keyring in a folder of this test's own, where the settings look for it."""
    settings.DULY_KEYRING = tmp_path / "keyring"
    return FileKeyRing.create(settings.DULY_KEYRING, on=date(2026, 1, 1))
