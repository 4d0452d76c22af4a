"""The tables are brought up in two steps, and code does not work on tables it does not know."""

import shutil
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations import Migration
from pytest_django import Settings
from tests.databases import OfficeDatabases

from duly.vocabulary import Problem
from duly_server.store import migrations, tables

CONTRACT = """
from django.db import migrations

class Migration(migrations.Migration):
    contracts = True
    dependencies = [("store", "{after}")]
    operations = [migrations.RunSQL("DROP TABLE store_savedview", migrations.RunSQL.noop)]
"""
NEXT = """
from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("store", "0900_take_away")]
    operations = []
"""


def migration(name: str, *after: str, contracts: bool = False) -> Migration:
    made = Migration(name, "store")
    made.dependencies = [("store", each) for each in after]
    made.contracts = contracts  # type: ignore[attr-defined]  # as a migration of ours declares it
    return made


def test_what_waits_for_what_takes_away_is_told_apart_from_what_may_be_done_now() -> None:
    a, b = migration("a"), migration("b", "a", contracts=True)
    c, d, e = migration("c", "b"), migration("d", "c"), migration("e", "a")
    found = tables.sorted_out([a, b, c, d, e])
    assert found == tables.Pending(now=(a, e), contracting=(b,), blocked=(c, d))


def test_tables_of_this_version_are_fine_and_those_of_the_one_before_are_not(
    fresh_office_db: OfficeDatabases,
) -> None:
    assert tables.behind() == ()
    call_command("migrate", "store", "0006_log", verbosity=0)
    (problem,) = tables.behind()
    assert problem.code == "tables-behind"
    assert "duly migrate" in problem.remedy
    found = tables.bring_up(contract=False)
    assert isinstance(found, tuple)
    assert found[0] >= 1
    assert tables.behind() == ()
    assert tables.bring_up(contract=False) == (0, 0)


def test_an_office_that_is_not_there_is_not_made_by_asking(tmp_path: Path, settings: Settings) -> None:
    home = tmp_path / "nowhere"
    told = OfficeDatabases(home=home, database="sqlite")
    from tests.databases import pointed_at

    with pointed_at(told):
        assert [problem.code for problem in tables.behind()] == ["tables-behind"]
    assert not home.exists()


@pytest.fixture
def later(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of a version to come: the last one takes a table away."""
    folder = tmp_path / "later_migrations"
    shutil.copytree(Path(migrations.__path__[0]), folder, ignore=shutil.ignore_patterns("__pycache__"))
    last = max(path.stem for path in folder.glob("0*.py"))
    (folder / "0900_take_away.py").write_text(CONTRACT.format(after=last))
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [each for each in sys.modules if each.startswith("later_migrations")]:
        monkeypatch.delitem(sys.modules, name)
    settings.MIGRATION_MODULES = {"store": "later_migrations"}
    return folder


def is_there(table: str) -> bool:
    return table in connection.introspection.table_names()


def test_what_takes_away_waits_until_it_is_asked_for_and_hinders_nobody(
    fresh_office_db: OfficeDatabases, later: Path
) -> None:
    assert tables.behind() == ()
    assert tables.bring_up(contract=False) == (0, 1)
    assert is_there("store_savedview")
    assert tables.bring_up(contract=True) == (1, 0)
    assert not is_there("store_savedview")


def test_an_upgrade_that_was_not_finished_is_finished_before_the_next(
    fresh_office_db: OfficeDatabases, later: Path
) -> None:
    (later / "0901_goes_on.py").write_text(NEXT)
    assert [problem.code for problem in tables.behind()] == ["tables-behind"]
    refused = tables.bring_up(contract=False)
    assert isinstance(refused, Problem)
    assert "duly migrate --contract" in refused.remedy
    assert is_there("store_savedview")
    assert tables.bring_up(contract=True) == (2, 0)
    assert tables.behind() == ()
