"""The body of a fact as JSON and back, kind by kind; what may not stand in a field is a type error.

The plan of each kind is worked out once, from its dataclass and from `shapes`.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial
from itertools import compress
from operator import attrgetter, itemgetter, ne
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypeGuard, Union, get_args, get_origin, get_type_hints

from duly.record.facts import Body
from duly.record.shapes import BodyError, Names, Shape, is_slug, required, shape_of, slug

__all__ = ["KINDS", "BodyError", "Names", "body_from_json", "body_text", "names_in", "slug"]

LARGEST = 2**53  # the integers that every reader of JSON keeps exactly


def is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """An object as read from JSON, where keys are always text."""
    return isinstance(value, dict)


def is_tuple(value: object) -> TypeGuard[tuple[object, ...]]:
    return isinstance(value, tuple)


def is_mapping(value: object) -> TypeGuard[Mapping[object, object]]:
    return isinstance(value, (dict, Mapping))  # a dict is found out sooner by itself


def body_text(body: Body) -> str:
    """A body in its one form of JSON: days as YYYY-MM-DD, words by value; what is None or empty left out.

    It is put together from the texts of its fields, which takes a third of what any value takes to be tried
    and written (`codec.canonical`). All of it is ASCII that JSON writes as itself. Raises BodyError for free
    text, for a value of another type, and for anything that is no body.
    """
    plan = _WRITES.get(type(body))
    if plan is None:
        raise BodyError("This is not one of the kinds of fact.")
    values = plan.values_of(body)
    is_there = tuple(map(ne, values, plan.left_out))
    stated = zip(compress(plan.fields, is_there), compress(values, is_there), strict=True)
    return "{" + ",".join([begin + write(value) for (begin, write), value in stated]) + "}"


def body_from_json(kind: str, members: object) -> Body:
    """The body of this kind ("submitted/1"), from its JSON. Raises BodyError for anything else, by field."""
    made_of = KINDS.get(kind)
    if made_of is None:
        raise BodyError("There is no kind of fact of this name.")
    if not is_object(members):
        raise BodyError(f"{kind}: the body is not an object.")
    left = dict(members)
    values: dict[str, Any] = {}
    for name, _, read, optional, empty in PLAN_OF[made_of]:
        if name in left:
            values[name] = read(left.pop(name))
        elif optional:
            values[name] = {} if isinstance(empty, dict) else empty
        else:
            raise BodyError(f"{kind}: {name} is missing.")
    if left:
        raise BodyError(f"{kind}: {len(left)} of the members are none of its fields.")
    return made_of(**values)


def names_in(body: Body) -> tuple[tuple[str, Names, str], ...]:
    """Each (field, whose name, name) in a body that must be found in the edition the case carries."""
    found: list[tuple[str, Names, str]] = []
    for name, names in _NAMES_OF[type(body)]:
        value = getattr(body, name)
        spoken = (value,) if isinstance(value, str) else tuple(value or ())
        found += [(name, names, each) for each in spoken if is_slug(each)]
    return tuple(found)


# --- the plan of each kind, worked out once ----------------------------------------------------------------

_Write = Callable[[Any], str]
_Read = Callable[[Any], Any]
_Field = tuple[str, _Write, _Read, bool, object]  # name, to JSON, from JSON, may be left out, what that means


class _Writes(NamedTuple):
    """How a kind is written: its values in the order of the alphabet, and of each the value that is left out
    (none, where it must stand), its name as it stands in JSON, and what writes it."""

    values_of: Callable[[Any], tuple[object, ...]]
    left_out: tuple[object, ...]
    fields: tuple[tuple[str, _Write], ...]


def _plan(made_of: type[Body]) -> tuple[_Field, ...]:
    hints = get_type_hints(made_of)
    return tuple(
        _field(
            made_of.KIND,
            each.name,
            hints[each.name],
            each.default_factory is MISSING and each.default is MISSING,
        )
        for each in fields(made_of)
    )


def _field(kind: str, name: str, hint: Any, needed: bool) -> _Field:
    label, inner, optional, empty = f"{kind}, {name}", hint, False, object()
    if get_origin(hint) in (Union, UnionType):
        (inner,) = (each for each in get_args(hint) if each is not NoneType)
        optional, empty = True, None
    origin, args = get_origin(inner), get_args(inner)
    if origin is tuple and args[1:] == (...,):
        write, read = _many(label, *_one(kind, name, args[0]))
        return name, write, read, not needed, ()
    if origin is Mapping and args == (str, date):
        write, read = _table(label, _one(kind, name, str), _one(kind, name, date))
        return name, write, read, not needed, {}
    write, read = _one(kind, name, inner)
    return name, write, read, optional, empty


def _holds_text(hint: Any) -> bool:
    return hint is str or any(map(_holds_text, get_args(hint)))


def _one(kind: str, name: str, hint: Any) -> tuple[_Write, _Read]:
    label = f"{kind}, {name}"
    if hint is str:
        shape = shape_of(kind, name)
        return text_to_json(label, shape), partial(required, label, shape)
    if hint is date:
        return day_to_json(label), day_from_json(label)
    if hint is int:
        number = _number(label)
        return lambda value: str(number(value)), number
    if hint is bool:
        truth = _truth(label)
        return lambda value: "true" if truth(value) else "false", truth
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _word(label, hint)
    raise BodyError(f"{label}: a body may not hold a {hint}.")


def text_to_json(label: str, shape: Shape) -> Callable[[object], str]:
    """Text of this shape -> the same in quotes."""
    quoted = shape.quoted

    def write(value: object) -> str:
        text = quoted(str(value)) if isinstance(value, str) else None
        if text is None:
            raise BodyError(f"{label}: only {shape.says} may stand here.")
        return text

    return write


def day_to_json(label: str) -> Callable[[object], str]:
    """date -> "YYYY-MM-DD", in quotes; an instant is no day."""

    def write(value: object) -> str:
        if type(value) is date:
            return _day(value)
        raise BodyError(f"{label}: only a day may stand here.")

    return write


@lru_cache(maxsize=4096)
def _day(day: date) -> str:
    return f'"{day.isoformat()}"'


def day_from_json(label: str) -> Callable[[object], date]:
    """YYYY-MM-DD -> date, in this form alone."""

    def read(value: object) -> date:
        if isinstance(value, str):
            try:
                day = date.fromisoformat(value)
            except ValueError:
                day = None
            if day is not None and day.isoformat() == value:
                return day
        raise BodyError(f"{label}: only a day (YYYY-MM-DD) may stand here.")

    return read


def _number(label: str) -> Callable[[object], int]:
    def check(value: object) -> int:
        if type(value) is int and 0 <= value <= LARGEST:
            return value
        raise BodyError(f"{label}: only a whole number may stand here.")

    return check


def _truth(label: str) -> Callable[[object], bool]:
    def check(value: object) -> bool:
        if type(value) is bool:
            return value
        raise BodyError(f"{label}: only true or false may stand here.")

    return check


def _word(label: str, words: type[StrEnum]) -> tuple[_Write, _Read]:
    known = {word.value: word for word in words}
    says = f"{label}: only one of {', '.join(known)} may stand here."

    def write(value: object) -> str:
        if type(value) is words:
            return f'"{value}"'
        raise BodyError(says)

    def read(value: object) -> StrEnum:
        if isinstance(value, str) and value in known:
            return known[value]
        raise BodyError(says)

    return write, read


def _many(label: str, write_one: _Write, read_one: _Read) -> tuple[_Write, _Read]:
    def write(value: object) -> str:
        if is_tuple(value) and value:
            return "[" + ",".join(map(write_one, value)) + "]"
        raise BodyError(f"{label}: only a tuple that is not empty may stand here.")

    def read(value: object) -> tuple[object, ...]:
        if is_list(value) and value:
            return tuple([read_one(each) for each in value])
        raise BodyError(f"{label}: only a list that is not empty may stand here.")

    return write, read


def _table(label: str, key: tuple[_Write, _Read], value: tuple[_Write, _Read]) -> tuple[_Write, _Read]:
    def write(table: object) -> str:
        if is_mapping(table) and table:
            # Sorted in their quotes they are sorted by code point: no name holds anything below a quote.
            days = sorted([f"{key[0](name)}:{value[0](day)}" for name, day in table.items()])
            return "{" + ",".join(days) + "}"
        raise BodyError(f"{label}: only names and their days may stand here.")

    def read(table: object) -> dict[str, object]:
        if is_object(table) and table:
            return {key[1](name): value[1](day) for name, day in table.items()}
        raise BodyError(f"{label}: only names and their days may stand here.")

    return write, read


def _writes(plan: tuple[_Field, ...]) -> _Writes:
    some = sorted(plan, key=itemgetter(0))
    names = [name for name, *_ in some]
    return _Writes(
        attrgetter(*names) if len(names) > 1 else partial(_only, attrgetter(*names)),
        tuple(empty if optional else object() for _, _, _, optional, empty in some),
        tuple((f'"{name}":', write) for name, write, *_ in some),
    )


def _only(value_of: Callable[[Any], object], body: Any) -> tuple[object]:
    return (value_of(body),)


KINDS: Mapping[str, type[Body]] = {made_of.KIND: made_of for made_of in get_args(Body)}
PLAN_OF: Mapping[type, tuple[_Field, ...]] = {made_of: _plan(made_of) for made_of in get_args(Body)}
_WRITES: Mapping[type, _Writes] = {made_of: _writes(plan) for made_of, plan in PLAN_OF.items()}
_NAMES_OF: Mapping[type, tuple[tuple[str, Names], ...]] = {
    made_of: tuple(
        (name, names)
        for name, hint in get_type_hints(made_of).items()
        if name != "KIND" and _holds_text(hint) and (names := shape_of(made_of.KIND, name).names)
    )
    for made_of in get_args(Body)
}
