"""Two databases apart, wherever they are, with nothing switched off that keeps the record safe."""

from pathlib import Path

import pytest
from django.db import connections

from duly_server.conf.databases import databases
from duly_server.store.keys.models import UnitKey
from duly_server.store.models import FactRow
from duly_server.store.router import KeysApart

HOME = Path("/srv/office")


def test_sqlite_is_two_files_in_the_data_folder() -> None:
    found = databases("sqlite", HOME)
    assert {alias: each["NAME"] for alias, each in found.items()} == {
        "default": "/srv/office/duly.sqlite3",
        "keys": "/srv/office/keys.sqlite3",
    }


def test_an_address_of_postgresql_is_read_whole() -> None:
    found = databases("postgresql://du%40ly:p%2Fw@db.example:5433/office?sslmode=require", HOME)
    default = found["default"]
    keys = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    assert [default[key] for key in keys] == [
        "duly_server.store.postgresql",
        "office",
        "du@ly",
        "p/w",
        "db.example",
        "5433",
        {"sslmode": "require"},
    ]
    assert found["keys"] == {**default, "NAME": "office_keys"}


def test_the_key_store_may_be_on_another_server() -> None:
    found = databases("postgresql://a/office", HOME, keys_url="postgresql://b/keys?host=/run/pg")
    assert (found["keys"]["HOST"], found["keys"]["NAME"]) == ("/run/pg", "keys")
    assert (found["default"]["HOST"], found["default"]["NAME"]) == ("a", "office")


@pytest.mark.parametrize("url", ["", "mysql://a/b", "postgresql://a", "office.sqlite3", "SQLITE"])
def test_what_is_no_database_of_ours_is_refused_with_the_remedy(url: str) -> None:
    with pytest.raises(ValueError, match="DULY_DATABASE must be"):
        databases(url, HOME)


def test_each_table_lives_in_one_database_and_no_query_joins_them() -> None:
    router = KeysApart()
    assert router.db_for_read(UnitKey) == router.db_for_write(UnitKey) == "keys"
    assert router.db_for_read(FactRow) == router.db_for_write(FactRow) == "default"
    assert not router.allow_relation(FactRow(), UnitKey())
    assert [
        router.allow_migrate(db, app) for db in ("default", "keys") for app in ("store", "keys", "auth")
    ] == [
        True,
        False,
        True,
        False,
        True,
        False,
    ]


@pytest.mark.django_db
def test_the_tables_are_where_the_router_says() -> None:
    assert "keys_unitkey" in connections["keys"].introspection.table_names()
    assert "keys_unitkey" not in connections["default"].introspection.table_names()
    assert [name for name in connections["keys"].introspection.table_names() if "store" in name] == []


def _setting(alias: str, name: str) -> str:
    connection = connections[alias]
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}" if connection.vendor == "sqlite" else f"SHOW {name}")
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize("alias", ["default", "keys"])
def test_every_connection_keeps_what_it_acknowledged(
    alias: str, database_vendor: str, fresh_office_db: object
) -> None:
    wanted = {
        "sqlite": {
            "journal_mode": "wal",
            "synchronous": "2",  # FULL
            "foreign_keys": "1",
            "recursive_triggers": "1",
            "secure_delete": "1",
            "trusted_schema": "0",
            "busy_timeout": "20000",
        },
        "postgresql": {"synchronous_commit": "on", "transaction_isolation": "read committed"},
    }[database_vendor]
    assert {name: _setting(alias, name) for name in wanted} == wanted
