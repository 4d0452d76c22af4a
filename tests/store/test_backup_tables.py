"""No table is left out of a backup by silence, and every value comes back as it was."""

import json
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connections, models

from duly_server.store.backup import tables
from duly_server.store.backup.lines import NotABackupError, Part, Reader, Tally, line, write
from duly_server.store.backup.tables import LEFT_OUT, Column, UnknownTypeError, value_in

BOOKKEEPING = {"django_migrations"}  # the head of a backup says them


@pytest.mark.parametrize("alias", ["default", "keys"])
def test_every_table_of_the_database_is_in_it_or_left_out_by_name(db: None, alias: str) -> None:
    with connections[alias].cursor() as cursor:
        there = set(connections[alias].introspection.table_names(cursor))
    held = set(tables.tables(alias))
    assert there == held | (there & set(LEFT_OUT)) | BOOKKEEPING
    assert all(LEFT_OUT.values())
    assert not held & set(LEFT_OUT)


def test_what_is_left_out_is_there_to_be_left_out(db: None) -> None:
    with connections["default"].cursor() as cursor:
        assert set(LEFT_OUT) <= set(connections["default"].introspection.table_names(cursor))


def test_every_column_of_every_table_has_a_type_that_a_backup_knows(db: None) -> None:
    with connections["default"].cursor() as cursor:
        for name, model in tables.tables("default").items():
            described = connections["default"].introspection.get_table_description(cursor, name)
            assert sorted(column.name for column in described) == [c.name for c in tables.columns(model)]


def test_a_column_of_an_unknown_type_stops_it() -> None:
    class Odd(models.Model):
        how_long = models.DurationField()

        class Meta:
            app_label = "tests_of_backup"
            managed = False

        def __str__(self) -> str:
            return "odd"

    with pytest.raises(UnknownTypeError, match="how_long"):
        tables.columns(Odd)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", 2**53),
        ("boolean", False),
        ("text", "Łódź \u2028 \r\n\0 \x1c"),
        ("bytes", bytes(range(256))),
        ("day", date(9999, 12, 31)),
        ("instant", datetime(1970, 1, 1, 0, 0, 0, 7, tzinfo=UTC)),
        ("uuid", UUID(int=7)),
        ("text", None),
    ],
)
def test_a_value_comes_back(kind: str, value: object) -> None:
    (text,) = line([None if value is None else tables._out(kind, value)]).splitlines()
    assert value_in(kind, json.loads(text)[0]) == value


@pytest.mark.parametrize(
    ("kind", "value"), [("integer", "1"), ("integer", True), ("text", 1), ("bytes", "???"), ("day", "today")]
)
def test_a_value_of_another_type_is_refused(kind: str, value: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        value_in(kind, value)


class _Kept:
    def __init__(self) -> None:
        self.rows: list[object] = []

    def part(self, name: str, columns: object) -> None: ...

    def row(self, values: object) -> None:
        self.rows.append(values)

    def part_ends(self) -> None: ...


def _lines() -> list[bytes]:
    columns = [Column("a", "integer"), Column("b", "text")]
    parts = [Part("one", columns, [[1, "x"], [2, "y"]]), Part("two", columns, [])]
    return list(write({"kind": "data"}, parts, sign=lambda data: b"s"))


def _read(*found: bytes) -> None:
    reader = Reader(_Kept())
    for each in found:
        reader.take(each)
    reader.whole()


def test_lines_are_read_as_they_were_written() -> None:
    kept = _Kept()
    reader = Reader(kept)
    for each in _lines():
        reader.take(each)
    assert [(part.name, part.rows) for part in reader.whole().parts] == [("one", 2), ("two", 0)]
    assert kept.rows == [[1, "x"], [2, "y"]]


@pytest.mark.parametrize("gone", range(8))
def test_without_any_one_line_it_is_not_whole(gone: int) -> None:
    found = _lines()
    assert len(found) == 8
    with pytest.raises(NotABackupError):
        _read(*found[:gone], *found[gone + 1 :])


def test_a_changed_row_and_swapped_rows_are_noticed() -> None:
    found = _lines()
    for changed in (
        [*found[:2], found[2].replace(b"x", b"z"), *found[3:]],
        [*found[:2], found[3], found[2], *found[4:]],
    ):
        with pytest.raises(NotABackupError, match="not what its last line says"):
            _read(*changed)


def test_a_tally_is_of_the_rows_and_not_of_their_order() -> None:
    assert Tally([[1], [2]]) == Tally([[2], [1]]) != Tally([[1], [1]])
    assert Tally([[1], [1]]) != Tally([[1]])
    assert Tally([[1], [1]]) != Tally([[2], [2]])
