"""A database whose file was taken away takes nothing more in, and no empty one is made in its place."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from duly_server.conf.databases import databases
from duly_server.gateways.trouble import Trouble, trouble_of
from duly_server.store.sqlite.base import DatabaseWrapper, make_no_files


@pytest.fixture
def connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DatabaseWrapper]:
    """To a file with one table, in a process that serves."""
    monkeypatch.setattr(DatabaseWrapper, "makes_files", DatabaseWrapper.makes_files)
    with sqlite3.connect(tmp_path / "duly.sqlite3") as made:
        made.execute("CREATE TABLE noted (says TEXT)")
    made.close()
    handler = ConnectionHandler(databases("sqlite", tmp_path))
    found = handler["default"]
    assert isinstance(found, DatabaseWrapper)
    make_no_files()
    yield found
    found.close()


@pytest.fixture
def write(connection: DatabaseWrapper, db: None) -> Iterator[Callable[[], int]]:
    def one() -> int:
        connection.close_if_unusable_or_obsolete()  # as at the beginning of each request
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO noted VALUES ('so')")
            cursor.execute("SELECT count(*) FROM noted")
            return int(cursor.fetchone()[0])

    return one


def test_nothing_goes_into_a_file_that_was_taken_away_and_all_goes_on_when_it_is_back(
    connection: DatabaseWrapper, write: Callable[[], int], tmp_path: Path
) -> None:
    file = tmp_path / "duly.sqlite3"
    assert write() == 1
    file.rename(tmp_path / "away")
    for _ in range(2):
        with pytest.raises(OperationalError) as raised:
            write()
        assert trouble_of(raised.value) is Trouble.GONE
        assert not file.exists()
    (tmp_path / "away").rename(file)
    assert write() == 2
