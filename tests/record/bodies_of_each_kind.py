"""One full body of every kind of fact, and hostile text to try in its fields."""

from dataclasses import MISSING, fields
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from duly.record.facts import Body
from duly.record.shapes import shape_of

# For each shape (by the words it explains itself with), a value that fits it.
FITTING = (
    "appeal-route", "C1", "A1", "K7QH-3M2C", "case/K7QH-3M2C", "K7Q-H3P", "5" * 64, "2026", "GB-ENG",
    "complaint", "months", "reporter",
)  # fmt: skip

HOSTILE = (
    "Jane Smith",
    "Smith",
    "jane.smith@example.org",
    "He said it at the meeting on Monday.",
    "he said it",
    "They_said_it",
    "Łukasz",
    "山田太郎",
    "+44 7700 900123",
    "07700900123",
    "07700-900123",
    "C1 Jane",
    "C0",
    "A",
    "case/Jane",
    "case/K7QH-3M2D",
    "complaint/",
    "K7QH-3M2D",
    "K7QHX-3M2C",
    "k7qh-3m2c@",
    "K7Q-H3C",
    "5" * 63,
    "5" * 65,
    "A" * 64,
    "x" * 81,
    "",
    " ",
    "step\n",
    "step\0",
    "\ud800",
    "<script>",
    "=1+1",
)


def full_body(made_of: type[Body]) -> Body:
    """A body of this kind with every field filled."""
    hints = get_type_hints(made_of)
    return made_of(
        **{each.name: _value(made_of.KIND, each.name, hints[each.name]) for each in fields(made_of)}
    )


def bare_body(made_of: type[Body]) -> Body:
    """A body of this kind with nothing that may be left out."""
    hints = get_type_hints(made_of)
    return made_of(
        **{
            each.name: _value(made_of.KIND, each.name, hints[each.name])
            for each in fields(made_of)
            if each.default is MISSING and each.default_factory is MISSING
        }
    )


def fitting(kind: str, name: str) -> str:
    return next(text for text in FITTING if shape_of(kind, name).fits(text))


def _value(kind: str, name: str, hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (each for each in get_args(hint) if each is not NoneType)
    match get_origin(hint), get_args(hint):
        case origin, (inner, rest) if origin is tuple and rest is ...:
            return (_value(kind, name, inner),)
        case None, _:
            pass
        case _, (key, value):  # a mapping
            return {_value(kind, name, key): _value(kind, name, value)}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    plain: dict[Any, Any] = {bool: True, int: 7, date: date(2026, 4, 23)}
    return plain[hint] if hint in plain else fitting(kind, name)
