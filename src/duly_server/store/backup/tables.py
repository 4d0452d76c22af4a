"""Which tables a backup holds, their columns, and a row of them as plain values, alike on both databases.

Every table of the installed apps is in it unless it is left out here by name, with the reason.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db import models, router

LEFT_OUT: Mapping[str, str] = {
    "django_session": "who is logged in; after a restore everybody logs in again",
    "store_draftrow": "half-filled reports, promised to be gone after some days",
    "store_roundrow": "when a worker last went round; the restored office has workers of its own",
    "store_proposedrow": "files that somebody thinks of adopting; no part of the record",
    "django_content_type": "made by Django in every database",
    "auth_permission": "made by Django in every database; the office goes by appointments",
    "auth_group": "Django's own; the office goes by appointments",
    "auth_group_permissions": "Django's own; the office goes by appointments",
}

_TYPES: Mapping[str, str] = {
    "AutoField": "integer",
    "BigAutoField": "integer",
    "BigIntegerField": "integer",
    "BinaryField": "bytes",
    "BooleanField": "boolean",
    "CharField": "text",
    "DateField": "day",
    "DateTimeField": "instant",
    "IntegerField": "integer",
    "PositiveBigIntegerField": "integer",
    "PositiveIntegerField": "integer",
    "PositiveSmallIntegerField": "integer",
    "SmallIntegerField": "integer",
    "TextField": "text",
    "UUIDField": "uuid",
}

AT_ONCE = 1000  # rows in memory


class Column(NamedTuple):
    """A column: its name in the database and what it holds, one of the values of `_TYPES`."""

    name: str
    holds: str


class UnknownTypeError(TypeError):
    """A table has a column of a type that a backup does not know yet."""


def tables(alias: str, apps: Apps = installed) -> dict[str, type[models.Model]]:
    """The tables of this database that a backup holds, in the order of their names."""
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.db_table not in LEFT_OUT
        and router.allow_migrate_model(alias, model)
    }
    return dict(sorted(found.items()))


def columns(model: type[models.Model]) -> list[Column]:
    """The columns of a table, in the order of their names. Raises UnknownTypeError."""
    return [Column(str(field.column), _holds(field)) for field in fields(model)]


def fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The fields of those columns. (A model of an earlier state has them in another order of its own.)"""
    return sorted(model._meta.concrete_fields, key=lambda field: str(field.column))


def rows(model: type[models.Model], alias: str) -> Iterator[list[object]]:
    """Each row as values that JSON has, in the order of the table's key; few at once in memory."""
    kinds = [column.holds for column in columns(model)]
    names = [field.attname for field in fields(model)]
    key = [field.attname for field in _key_of(model)]
    found = model._base_manager.using(alias).order_by(*key).values_list(*names)
    for row in found.iterator(chunk_size=AT_ONCE):
        yield [None if value is None else _out(kind, value) for kind, value in zip(kinds, row, strict=True)]


def value_in(kind: str, value: Any) -> object:
    """A value of a line, as the field of its column takes it. Raises ValueError for one of another type."""
    if value is None:
        return None
    match kind, value:
        case "integer", int() if not isinstance(value, bool):
            return value
        case "boolean", bool():
            return value
        case "text", str():
            return value
        case "bytes", str():
            return base64.b64decode(value, validate=True)
        case "day", str():
            return date.fromisoformat(value)
        case "instant", str():
            return datetime.fromisoformat(value)
        case "uuid", str():
            return UUID(value)
        case _:
            raise ValueError(f"A column of type {kind} holds something else.")


def _out(kind: str, value: Any) -> object:
    match kind:
        case "bytes":
            return base64.b64encode(bytes(value)).decode("ascii")
        case "day":
            return value.isoformat()
        case "instant":
            return value.astimezone(UTC).isoformat()
        case "uuid":
            return str(value)
        case _:
            return value


def _holds(field: "models.Field[Any, Any]") -> str:
    if isinstance(field, models.ForeignKey):
        return _holds(field.target_field)
    kind = field.get_internal_type()
    if kind not in _TYPES:
        raise UnknownTypeError(f"{field.model._meta.db_table}.{field.column} is a {kind}.")
    return _TYPES[kind]


def _key_of(model: type[models.Model]) -> "Sequence[models.Field[Any, Any]]":
    return getattr(model._meta, "pk_fields", None) or [model._meta.pk]
