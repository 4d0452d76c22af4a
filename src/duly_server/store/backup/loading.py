"""Bringing a backup's tables into an empty database, in the state of its migrations."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.apps.registry import Apps
from django.db import connections, models
from django.db.migrations.executor import MigrationExecutor

from duly_server.store.backup.lines import NotABackupError, Tally
from duly_server.store.backup.tables import Column, columns, fields, rows, tables, value_in

AT_ONCE = 500


class NewerReleaseError(Exception):
    """The backup, or the empty database, has had migrations that this or that release does not know."""


class TakenError(Exception):
    """There is an office in the database already."""


def require_empty(alias: str) -> None:
    """Raises TakenError if any table of an office has a row in it."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for name in sorted(there & set(tables(alias))):
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")  # noqa: S608 -- a name of ours
            if cursor.fetchone() is not None:
                raise TakenError(name)


def migrate_to(alias: str, wanted: Mapping[str, Sequence[str]]) -> Apps:
    """Make the tables as they were when these migrations had been made; the models of that state.

    Raises NewerReleaseError where one of them is unknown here, or the database has had more than these.
    """
    executor = MigrationExecutor(connections[alias])
    asked = {(app, name) for app, names in wanted.items() for name in names}
    if unknown := sorted(asked - set(executor.loader.disk_migrations)):
        raise NewerReleaseError(".".join(unknown[0]))
    if beyond := sorted(set(executor.loader.applied_migrations) - asked):
        raise NewerReleaseError(".".join(beyond[0]))
    nodes = executor.loader.graph.node_map
    last = [
        each
        for each in sorted(asked)
        if not any(child.key in asked for child in _same_app(nodes[each], each))
    ]
    executor.migrate(last)
    return MigrationExecutor(connections[alias]).loader.project_state(last).apps


def _same_app(node: Any, key: tuple[str, str]) -> list[Any]:
    return [child for child in node.children if child.key[0] == key[0]]


class Loader:
    """Takes the parts of a backup into the tables of one database; to be used in one transaction."""

    def __init__(
        self, alias: str, apps: Apps, *, progress: Callable[[str, int], object] = lambda name, done: None
    ) -> None:
        self._alias = alias
        self._tables = tables(alias, apps)
        self._progress = progress
        self._fields: list[models.Field[Any, Any]] = []
        self._kinds: list[str] = []
        self._waiting: list[tuple[Any, ...]] = []
        self._tallies: dict[str, Tally] = {}
        self._insert = self._name = ""
        self._done = 0

    @property
    def tables(self) -> Mapping[str, type[models.Model]]:
        return self._tables

    def part(self, name: str, found: Sequence[Column]) -> None:
        model = self._tables.get(name)
        if model is None:
            raise NotABackupError(f"It holds a table {name} that is none of an office's.")
        if list(found) != columns(model):
            raise NotABackupError(f"The columns of its table {name} are not those of its release.")
        connection = connections[self._alias]
        self._fields = fields(model)
        self._kinds = [column.holds for column in found]
        quote = connection.ops.quote_name
        names = ", ".join(quote(column.name) for column in found)
        marks = ", ".join("%s" for _ in found)
        self._insert = f"INSERT INTO {quote(name)} ({names}) VALUES ({marks})"  # noqa: S608 -- names of ours
        self._name, self._done = name, 0
        self._tallies[name] = Tally()

    def row(self, values: Sequence[object]) -> None:
        connection = connections[self._alias]
        if len(values) != len(self._fields):
            raise NotABackupError(f"A row of its table {self._name} has other columns.")
        try:
            read = [value_in(kind, value) for kind, value in zip(self._kinds, values, strict=True)]
        except ValueError:
            raise NotABackupError(f"A row of its table {self._name} cannot be read.") from None
        self._tallies[self._name].add(values)
        self._waiting.append(
            tuple(
                field.get_db_prep_save(value, connection)
                for field, value in zip(self._fields, read, strict=True)
            )
        )
        if len(self._waiting) >= AT_ONCE:
            self._flush()

    def part_ends(self) -> None:
        self._flush()

    def _flush(self) -> None:
        if self._waiting:
            with connections[self._alias].cursor() as cursor:
                cursor.executemany(self._insert, self._waiting)
            self._done += len(self._waiting)
            self._waiting = []
            self._progress(self._name, self._done)

    def unlike(self) -> list[str]:
        """Tables that hold, read back, other rows than came: none, unless the database changes values."""
        return [
            name
            for name, model in self._tables.items()
            if Tally(rows(model, self._alias)) != self._tallies.get(name, Tally())
        ]
