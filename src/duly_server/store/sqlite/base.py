"""SQLite without row numbers, and without files that appear or vanish unnoticed.

A table's hidden row number counts the rows in the order they came, and so tells when an anonymous report was
made between two others (threats 2.7). Every table whose key is not a running number is therefore made
WITHOUT ROWID, and stays so when Django rebuilds it in a later migration.

Whoever opens a file that is not there gets an empty new one, and whoever has a file open that was taken away
goes on writing to what nobody will ever read. Either would lose what people were told was kept.
"""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import models
from django.db.backends.sqlite3 import base, schema
from django.db.backends.sqlite3.base import SQLiteCursorWrapper


class SchemaEditor(schema.DatabaseSchemaEditor):
    def table_sql(self, model: type[models.Model]) -> tuple[str, list[Any]]:
        sql, params = super().table_sql(model)
        if isinstance(model._meta.pk, models.AutoField):
            return sql, params
        return f"{sql} WITHOUT ROWID", params


class Cursor(SQLiteCursorWrapper):
    """Django's own, which writes the places of values SQLite's way: here once for each statement, since a
    complaint has twenty, always the same."""

    def convert_query(self, query: str, *, param_names: Sequence[str] | None = None) -> str:
        if param_names is not None:
            return str(super().convert_query(query, param_names=param_names))
        return with_question_marks(query)


@lru_cache(maxsize=1024)
def with_question_marks(query: str) -> str:
    """A statement as SQLite reads it, where it was written with %s for each value."""
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


def make_no_files() -> None:
    """From now on this process opens databases that are there, and makes none: it serves, or it works."""
    DatabaseWrapper.makes_files = False


def _make_closed(file: Path) -> None:
    """An empty file that its owner alone reads, where none is: the log beside it gets the same mode."""
    if file.is_absolute() and file.parent.is_dir():
        with suppress(FileExistsError):
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = SchemaEditor
    makes_files = True
    _file: tuple[int, int] | None = None

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        if self.makes_files:
            _make_closed(Path(str(self.settings_dict["NAME"])))
        else:
            params["database"] = f"file:{quote(str(self.settings_dict['NAME']))}?mode=rw"
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        self._file = self._there()
        return connection

    def create_cursor(self, name: str | None = None) -> Cursor:
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor

    def is_usable(self) -> bool:
        """False once the file was taken away or another put in its place. Asked once for each request."""
        return self._there() == self._file

    def _there(self) -> tuple[int, int] | None:
        """Which file lies under the name now."""
        try:
            found = os.stat(self.settings_dict["NAME"])
        except OSError:
            return None
        return found.st_dev, found.st_ino
