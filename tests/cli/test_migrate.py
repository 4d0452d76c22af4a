"""`duly migrate`, and what does not start before it: told in words, not as a broken page."""

import os
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from tests.databases import OfficeDatabases
from tests.postgresql import running_server
from tests.running import ready

from duly_server.gateways.keys import FileKeyRing


def run(*arguments: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DULY_")}
    return ready.run(*arguments, environment={**clean, **environ})


@pytest.mark.parametrize(
    "command",
    [
        ("serve", "--no-work"),
        ("work", "--once"),
        ("backup", "{folder}"),
        ("backup", "--keys", "--reason", "Before the upgrade.", "{folder}"),
        ("record", "verify"),
        ("record", "rebuild"),
        ("recovery", "sheet"),
        ("import", "complaints", "--map", "none.toml", "none.csv"),
    ],
)
def test_nothing_starts_on_tables_of_the_version_before_and_migrate_mends_it(
    fresh_office_db: OfficeDatabases, tmp_path: Path, command: tuple[str, ...]
) -> None:
    ring = tmp_path / "apart" / "keyring"
    ring.parent.mkdir()
    FileKeyRing.create(ring, on=date(2026, 1, 1))
    environment = {**fresh_office_db.environment, "DULY_KEYRING": str(ring)}
    call_command("migrate", "store", "0006_log", verbosity=0)
    refused = run(*(word.format(folder=tmp_path) for word in command), **environment)
    assert refused.returncode == 1
    assert list(tmp_path.glob("*.age*")) == []
    assert "CRITICAL" not in refused.stderr
    assert "The tables are older than this version of Duly" in refused.stderr
    assert "duly migrate" in refused.stderr
    migrated = run("migrate", **environment)
    assert migrated.returncode == 0, migrated.stderr
    assert "made to the tables" in migrated.stdout
    assert run("work", "--once", **environment).returncode == 0


def test_without_an_office_serve_names_init(tmp_path: Path) -> None:
    ring = tmp_path / "apart" / "keyring"
    ring.parent.mkdir()
    FileKeyRing.create(ring, on=date(2026, 1, 1))
    refused = run("serve", DULY_HOME=str(tmp_path / "data"), DULY_KEYRING=str(ring))
    assert refused.returncode == 1
    assert "for a new office run duly init" in refused.stderr
    assert not (tmp_path / "data").exists()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A PostgreSQL with a role that owns the tables and one of the web's."""
    with running_server() as socket:
        with psycopg.connect(f"postgresql://postgres@/postgres?host={socket}", autocommit=True) as root:
            root.execute("CREATE ROLE duly_owner LOGIN")
            root.execute("CREATE ROLE duly_web LOGIN")
            root.execute("CREATE DATABASE office OWNER duly_owner")
            root.execute("CREATE DATABASE office_keys OWNER duly_owner")
        yield socket


def test_the_role_of_the_web_writes_rows_and_owns_no_table(server: str, tmp_path: Path) -> None:
    web = f"postgresql://duly_web@/office?host={server}"
    environment = {
        "DULY_HOME": str(tmp_path),
        "DULY_DATABASE": web,
        "DULY_OWNER_DATABASE": f"postgresql://duly_owner@/office?host={server}",
    }
    alone = run("migrate", DULY_HOME=str(tmp_path), DULY_DATABASE=web)
    assert alone.returncode != 0
    done = run("migrate", **environment)
    assert done.returncode == 0, done.stderr
    FileKeyRing.create(tmp_path / "keyring", on=date(2026, 1, 1))
    worked = run("work", "--once", **environment, DULY_KEYRING=str(tmp_path / "keyring"))
    assert worked.returncode == 0, worked.stderr
    with psycopg.connect(web, autocommit=True) as connection:
        connection.execute("INSERT INTO store_factrow VALUES ('office', 1, 'k', '\\x00', '\\x00')")
        for statement in (
            "UPDATE store_factrow SET place = 2",
            "DELETE FROM store_factrow",
            "TRUNCATE store_factrow",
            "DROP TRIGGER facts_no_change ON store_factrow",
            "ALTER TABLE store_factrow DISABLE TRIGGER ALL",
            "DELETE FROM django_migrations",
            "CREATE TABLE mine (a int)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
        connection.execute("DELETE FROM store_savedview")
    keys = psycopg.connect(f"postgresql://duly_web@/office_keys?host={server}", autocommit=True)
    with keys as connection:
        connection.execute("UPDATE keys_unitkey SET wrapped = NULL")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM keys_unitkey")
