"""Rows written and read by statements that are put together once, for what is done at every complaint.

Django puts a statement together anew each time, which takes longer than either database takes to do it. Here
a table's INSERT is made once; what is written at once is one exchange with PostgreSQL, and one statement for
each table on SQLite, which has nothing to exchange.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

Values = tuple[Any, ...]

AT_ONCE = 500  # rows in one statement
MANY = 32  # rows of one table, from which on they are copied into it by PostgreSQL


class Taken(Enum):
    """What becomes of a new row where one of its key stands already."""

    REFUSED = "refused"  # IntegrityError
    LEFT = "left"  # the row that stands there stays
    REPLACED = "replaced"


class New(NamedTuple):
    """New rows of one table: of each the value of every column, in the order of the model's fields."""

    table: type[models.Model]
    rows: Sequence[Values]
    if_taken: Taken = Taken.REFUSED


def new(rows: Iterable[models.Model], *, if_taken: Taken = Taken.REFUSED) -> list[New]:
    """These unsaved rows as they are to be written: neighbours of one table together.

    Each says the value of every column itself; nothing is left to a default of the database.
    """
    return [
        New(table, [_values_of(table)(row) for row in some], if_taken) for table, some in groupby(rows, type)
    ]


def write(rows: Iterable[New], *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Write all of these, in this order, or none; no signal is sent and no instance changed.

    Raises IntegrityError for a row that is refused; a transaction that is open can then only be given up.
    """
    parts = [part for some in rows for part in _in_parts(some)]
    if not parts:
        return
    connection = connections[using]
    with nullcontext() if connection.in_atomic_block else transaction.atomic(using=using):
        if connection.vendor == "sqlite":
            _execute_each(connection, parts)
            return
        with connection.cursor() as cursor:
            for are_many, some in groupby(parts, _are_many):
                if are_many:
                    _copy(connection, cursor, some)
                else:
                    _execute_joined(cursor, list(some))


def _execute_each(connection: BaseDatabaseWrapper, parts: Iterable[New]) -> None:
    with connection.wrap_database_errors, _cursor(connection) as cursor:
        for each in parts:
            statement = _insert(each.table, each.if_taken, 1)
            if len(each.rows) == 1:
                cursor.execute(statement, _as_text(each.table, each.rows[0]))
            else:
                cursor.executemany(statement, [_as_text(each.table, row) for row in each.rows])


def _cursor(connection: BaseDatabaseWrapper) -> AbstractContextManager[Any]:
    """SQLite's own, unless somebody wants to hear of each statement (a test that counts them, a log): what
    Django puts around it takes longer than the statement."""
    if connection.execute_wrappers or connection.queries_logged:
        return connection.cursor()
    connection.close_if_health_check_failed()  # as Django does: a file that was taken away is noticed
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    return closing(connection.create_cursor())


def _are_many(some: New) -> bool:
    return len(some.rows) >= MANY and some.if_taken is Taken.REFUSED


def _execute_joined(cursor: CursorWrapper, parts: Sequence[New]) -> None:
    """The values are put into the text on this side, so that statements may be joined."""
    statements = [_insert(each.table, each.if_taken, len(each.rows)) for each in parts]
    values = [value for each in parts for row in each.rows for value in row]
    cursor.execute("; ".join(statements), values)


def _copy(connection: BaseDatabaseWrapper, cursor: CursorWrapper, parts: Iterable[New]) -> None:
    """A fourth of the time it takes to put that many values into a statement, for one exchange more."""
    for each in parts:
        with connection.wrap_database_errors, cursor.copy(_copied(each.table)) as copy:
            for row in each.rows:
                copy.write_row(row)


def read(statement: str, *values: Any, using: str = DEFAULT_DB_ALIAS) -> list[Values]:
    """What a SELECT finds; bytes come as either database gives them."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.wrap_database_errors, _cursor(connection) as cursor:
            return list(cursor.execute(statement, _adapted(values)).fetchall())
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _in_parts(rows: New) -> Iterable[New]:
    if 0 < len(rows.rows) <= AT_ONCE:
        yield rows
        return
    for start in range(0, len(rows.rows), AT_ONCE):
        yield rows._replace(rows=rows.rows[start : start + AT_ONCE])


@lru_cache(maxsize=128)
def _copied(table: type[models.Model]) -> str:
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in table._meta.concrete_fields)
    return f"COPY {quoted(table._meta.db_table)} ({columns}) FROM STDIN"


@lru_cache(maxsize=512)
def _insert(table: type[models.Model], if_taken: Taken, how_many: int) -> str:
    quoted = connection.ops.quote_name
    columns = [quoted(str(field.column)) for field in table._meta.concrete_fields]
    row = f"({', '.join(['%s'] * len(columns))})"
    statement = (
        f"INSERT INTO {quoted(table._meta.db_table)} ({', '.join(columns)}) "  # noqa: S608 -- names of the models
        f"VALUES {', '.join([row] * how_many)}"
    )
    if if_taken is Taken.LEFT:
        return f"{statement} ON CONFLICT DO NOTHING"
    if if_taken is Taken.REPLACED:
        own = [quoted(str(field.column)) for field in table._meta.pk_fields]
        others = ", ".join(f"{each} = EXCLUDED.{each}" for each in columns if each not in own)
        return f"{statement} ON CONFLICT ({', '.join(own)}) DO UPDATE SET {others}"
    return statement


@lru_cache(maxsize=128)
def _values_of(table: type[models.Model]) -> Callable[[models.Model], Values]:
    return attrgetter(*(field.attname for field in table._meta.concrete_fields))


_Adapt = Callable[[Any], object]
_UNKNOWN_TO_SQLITE = frozenset((date, datetime, UUID))


def _adapted(values: Values) -> Sequence[Any]:
    """As SQLite takes them: there days, instants, random ids are text."""
    if _UNKNOWN_TO_SQLITE.isdisjoint(map(type, values)):
        return values
    ops = connection.ops
    adapt: dict[type, _Adapt] = {
        date: ops.adapt_datefield_value,
        datetime: ops.adapt_datetimefield_value,
        UUID: _hex,
    }
    return [adapt[type(value)](value) if type(value) in adapt else value for value in values]


def _as_text(table: type[models.Model], row: Values) -> Sequence[Any]:
    """A row as SQLite takes it. Which columns have what it does not know is looked up once for a table."""
    columns = _columns_as_text(table)
    if not columns:
        return row
    adapted = list(row)
    for column, adapt in columns:
        if row[column] is not None:
            adapted[column] = adapt(row[column])
    return adapted


@lru_cache(maxsize=128)
def _columns_as_text(table: type[models.Model]) -> tuple[tuple[int, _Adapt], ...]:
    ops = connection.ops
    kinds: dict[str, _Adapt] = {
        "DateField": ops.adapt_datefield_value,
        "DateTimeField": ops.adapt_datetimefield_value,
        "UUIDField": _hex,
    }
    fields = [getattr(field, "target_field", field) for field in table._meta.concrete_fields]
    return tuple(
        (column, kinds[field.get_internal_type()])
        for column, field in enumerate(fields)
        if field.get_internal_type() in kinds
    )


def _hex(value: UUID) -> str:
    return value.hex
