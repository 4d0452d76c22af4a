"""A fact's bytes by the definition alone, and facts of every kind, to hold what `duly.record` writes against.

Nothing here tries a shape or knows a kind: members by the type of their value, keys sorted by json.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from duly.record.facts import Body, Fact
from duly.record.references import appointment_from, reference_from
from duly.record.shapes import BY, CHAIN, OFFICE, PART, Shape, shape_of
from duly.vocabulary import Unit


def plain_bytes(fact: Fact, *, origin: str, previous: bytes) -> bytes:
    members: dict[str, Any] = {
        "v": 1,
        "origin": origin,
        "chain": fact.chain,
        "place": fact.place,
        "kind": fact.body.KIND,
        "on": fact.on.isoformat(),
        "noted_at": _noted(fact.noted_at),
        "by": fact.by,
        "body": {
            each.name: _plain(value)
            for each in fields(fact.body)
            if (value := getattr(fact.body, each.name)) is not None and value not in ((), {})
        },
        "parts": [[name, digest.hex()] for name, digest in fact.parts],
        "previous": previous.hex(),
    }
    if fact.office is not None:
        members["office"] = fact.office
    return json.dumps(members, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _noted(noted_at: datetime | date) -> str:
    if not isinstance(noted_at, datetime):
        return noted_at.isoformat()
    return noted_at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return value


# --- facts of every kind -----------------------------------------------------------------------------------

_REFERENCES = st.binary(min_size=16, max_size=16).map(reference_from)
_WORDS = (
    *("office", "complaint", "allegation", "reporter", "C1", "R", "W27", "A1", "A12"),
    *("narrative", "reasons", "complainant", "respondent", "holder", "X3"),
    *(unit.value for unit in Unit),
)
# Each with a text such as it makes, by which it is known whether it suits a shape.
_TEXTS: tuple[tuple[str, st.SearchStrategy[str]], ...] = (
    ("K7QH-3M2C", _REFERENCES),
    ("K7Q-H3P", st.binary(min_size=16, max_size=16).map(appointment_from)),
    (
        "case/K7QH-3M2C",
        st.builds("{}/{}".format, st.sampled_from(["case", "complaint", "source"]), _REFERENCES),
    ),
    ("z_8-a", st.builds("{}{}".format, st.sampled_from("az"), st.text("abcxyz0189_-", max_size=79))),
    ("5" * 64, st.text("0123456789abcdef", min_size=64, max_size=64)),
    ("Z.9-a", st.text("AZaz09.-", min_size=1, max_size=40)),
)
_DIGESTS = st.binary(min_size=32, max_size=32)
_ZONES = st.sampled_from([UTC, timezone(timedelta(0)), timezone(timedelta(hours=-9, minutes=-30))])
_INSTANTS = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=_ZONES)  # noqa: DTZ001 -- bounds have no zone


def of_shape(shape: Shape) -> st.SearchStrategy[str]:
    some = [made for such, made in _TEXTS if shape.fits(such)]
    if words := [word for word in _WORDS if shape.fits(word)]:
        some.append(st.sampled_from(words))
    return st.one_of(some)


def bodies(made_of: type[Body], largest: int = 2**53) -> st.SearchStrategy[Body]:
    hints = get_type_hints(made_of)
    return st.builds(
        made_of,
        **{
            each.name: _values(made_of.KIND, each.name, hints[each.name], largest) for each in fields(made_of)
        },
    )


def facts(made_of: type[Body], largest: int = 2**53) -> st.SearchStrategy[Fact]:
    """Facts of this kind, no number in whose body is beyond `largest`."""
    return st.builds(
        Fact,
        chain=of_shape(CHAIN),
        place=st.integers(1, 2**53),
        on=st.dates(),
        noted_at=st.dates() | _INSTANTS,
        by=of_shape(BY),
        body=bodies(made_of, largest),
        office=st.none() | of_shape(OFFICE),
        parts=st.dictionaries(of_shape(PART), _DIGESTS, max_size=3).map(
            lambda some: tuple(sorted(some.items()))
        ),
    )


def _values(kind: str, name: str, hint: Any, largest: int) -> st.SearchStrategy[Any]:
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (each for each in get_args(hint) if each is not NoneType)
        return st.none() | _values(kind, name, hint, largest)
    match get_origin(hint), get_args(hint):
        case origin, (inner, rest) if origin is tuple and rest is ...:
            return st.lists(_values(kind, name, inner, largest), min_size=1, max_size=4).map(tuple)
        case None, _:
            pass
        case _, (key, value):  # a mapping
            return st.dictionaries(
                _values(kind, name, key, largest), _values(kind, name, value, largest), max_size=4
            )
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    if hint is str:
        return of_shape(shape_of(kind, name))
    plain: dict[Any, st.SearchStrategy[Any]] = {
        bool: st.booleans(),
        int: st.integers(0, largest),
        date: st.dates(),
    }
    return plain[hint]
