"""The record's exact bytes: one canonical form of a value, and of a fact (docs/reference/record.md)."""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import pairwise
from typing import NoReturn, TypeAlias, cast

from duly.record.bodies import (
    KINDS,
    LARGEST,
    body_from_json,
    body_text,
    day_from_json,
    day_to_json,
    is_list,
    is_object,
    text_to_json,
)
from duly.record.facts import Fact
from duly.record.shapes import BY, CHAIN, OFFICE, ORIGIN, PART, BodyError, Shape, required

__all__ = [
    "BodyError",
    "CanonicalError",
    "ReadFact",
    "body_from_json",
    "body_text",
    "canonical",
    "fact_bytes",
    "fact_from_bytes",
    "fact_from_record",
    "parse",
    "read_fact",
]

VERSION = 1
DEEPEST = 32

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json]"


class CanonicalError(ValueError):
    """A value has no canonical form, or the bytes are not in it. The sentence never repeats the value."""


def canonical(value: object) -> bytes:
    """The one form of a value: UTF-8 JSON, keys sorted by code point, no spaces, NFC, whole numbers only.

    Takes dict, list, tuple (written as a list), str, int and bool. Raises CanonicalError for a float, None,
    text that is not NFC or not Unicode, a number beyond 2^53, keys that are no text or fall together in NFC,
    and for more than 32 levels.
    """
    _check(value, 0)
    try:
        return _write(value).encode()
    except UnicodeEncodeError:
        raise CanonicalError("A text holds half a character (a lone surrogate).") from None


def parse(data: bytes) -> Json:
    """The value of canonical bytes. Raises CanonicalError for any other way of writing it."""
    try:
        value: Json = _READER.decode(data.decode())
        again = canonical(value)
    except UnicodeDecodeError:
        raise CanonicalError("This is not UTF-8.") from None
    except json.JSONDecodeError as fault:
        raise CanonicalError(f"This is not JSON: {fault.msg} (character {fault.pos}).") from None
    except RecursionError:
        raise CanonicalError(f"This is nested deeper than {DEEPEST} levels.") from None
    if again != data:
        raise CanonicalError("This is JSON, but not in its one canonical form.")
    return value


def fact_bytes(fact: Fact, *, origin: str, previous: bytes) -> bytes:
    """The bytes of a fact as they stand in the record and are digested: `canonical` of its members.

    `origin` names the log; `previous` is the digest of the fact before, or `seal.chain_start` for the first.
    An instant is written in UTC, to the second. Raises BodyError for what may not stand in a fact.
    """
    office = "" if fact.office is None else f'"office":{_write_office(fact.office)},'
    parts = ",".join([f'[{_write_part(name)},"{_hex("parts", made)}"]' for name, made in fact.parts])
    _in_order(fact.parts)
    # The keys in the order of the alphabet; every member was tried, and is ASCII that JSON writes as itself.
    text = (
        f'{{"body":{body_text(fact.body)},"by":{_write_by(fact.by)},"chain":{_write_chain(fact.chain)},'
        f'"kind":"{fact.body.KIND}","noted_at":{_write_noted(fact.noted_at)},{office}'
        f'"on":{_write_day(fact.on)},"origin":{_write_origin(origin)},"parts":[{parts}],'
        f'"place":{_place(fact.place)},"previous":"{_hex("previous", previous)}","v":{VERSION}}}'
    )
    return text.encode("ascii")


@dataclass(frozen=True, slots=True)
class ReadFact:
    """A fact as read from its bytes, with what only the bytes know."""

    origin: str
    fact: Fact
    previous: bytes


def fact_from_bytes(data: bytes) -> tuple[Fact, bytes]:
    """The fact in these bytes, and the digest it names as the one before it; errors as `read_fact`."""
    read = read_fact(data)
    return read.fact, read.previous


def read_fact(data: bytes) -> ReadFact:
    """The fact in these bytes, with its log. Raises CanonicalError or BodyError for anything but a fact."""
    return _fact_of(parse(data))


def fact_from_record(data: bytes) -> Fact:
    """The fact in bytes that stand in the office's own record, in half the time of `read_fact`.

    Each member is tried as there, but not whether the bytes are the one form of it: they were made here, and
    verifying the record asks. Raises CanonicalError or BodyError.
    """
    try:
        members = _PLAIN_READER.decode(data.decode())
    except (ValueError, RecursionError):
        raise CanonicalError("What stands here cannot be read as a fact: it was altered.") from None
    return _fact_of(members).fact


def _fact_of(members: object) -> ReadFact:
    if not is_object(members) or not _NEEDED <= members.keys() <= _KNOWN:
        raise BodyError("This is not a fact: a member is missing, or there is one too many.")
    if type(members["v"]) is not int or members["v"] != VERSION:
        raise BodyError(f"v: only facts of version {VERSION} can be read.")
    office = members.get("office")
    fact = Fact(
        chain=required("chain", CHAIN, members["chain"]),
        place=_place(members["place"]),
        on=_read_day(members["on"]),
        noted_at=_read_noted(members["noted_at"]),
        by=required("by", BY, members["by"]),
        office=None if office is None else required("office", OFFICE, office),
        body=body_from_json(required("kind", _KIND, members["kind"]), members["body"]),
        parts=_read_parts(members["parts"]),
    )
    origin = required("origin", ORIGIN, members["origin"])
    return ReadFact(origin, fact, _read_hex("previous", members["previous"]))


# --- one form ----------------------------------------------------------------------------------------------


def _check(value: object, depth: int) -> None:
    kind = type(value)
    if isinstance(value, str):
        if not value.isascii() and not unicodedata.is_normalized("NFC", value):
            raise CanonicalError("A text is not in Unicode's composed form (NFC).")
    elif kind is int:
        if not -LARGEST <= cast(int, value) <= LARGEST:
            raise CanonicalError("A number is beyond 2^53, where readers of JSON differ.")
    elif kind is bool:
        pass
    elif depth == DEEPEST:
        raise CanonicalError(f"The value is nested deeper than {DEEPEST} levels.")
    elif kind is dict:
        members = cast(dict[object, object], value)
        if not all(isinstance(key, str) for key in members):
            raise CanonicalError("A key is not text.")
        keys = cast(dict[str, object], value).keys()
        if not all(map(str.isascii, keys)):
            if len({unicodedata.normalize("NFC", key) for key in keys}) < len(keys):
                raise CanonicalError("Two keys are the same in Unicode's composed form (NFC).")
            for key in keys:
                _check(key, depth)
        for member in members.values():
            _check(member, depth + 1)
    elif kind is list or kind is tuple:
        for member in cast(list[object], value):
            _check(member, depth + 1)
    else:
        raise CanonicalError(f"Neither text, whole number, truth, list nor object: {kind.__name__}.")


_write = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
).encode


def _no_fraction(_: str) -> NoReturn:
    raise CanonicalError("A number is not whole.")


def _whole(digits: str) -> int:
    if len(digits) > 17:
        raise CanonicalError("A number is beyond 2^53, where readers of JSON differ.")
    return int(digits)


def _no_key_twice(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise CanonicalError("A key stands twice.")
    return members


_PLAIN_READER = json.JSONDecoder()
_READER = json.JSONDecoder(
    object_pairs_hook=_no_key_twice, parse_float=_no_fraction, parse_constant=_no_fraction, parse_int=_whole
)


# --- the members of a fact ---------------------------------------------------------------------------------

_KNOWN = frozenset(
    ("v", "origin", "chain", "place", "kind", "on", "noted_at", "by", "office", "body", "parts", "previous")
)
_NEEDED = _KNOWN - {"office"}
_KIND = Shape("the name of a kind of fact", KINDS.__contains__)
_HEX = Shape("32 bytes, in hex", re.compile("[0-9a-f]{64}").fullmatch)
_INSTANT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")

_write_origin, _write_chain = text_to_json("origin", ORIGIN), text_to_json("chain", CHAIN)
_write_by, _write_office = text_to_json("by", BY), text_to_json("office", OFFICE)
_write_part = text_to_json("parts", PART)
_write_day, _read_day = day_to_json("on"), day_from_json("on")
_write_noted_day, _read_noted_day = day_to_json("noted_at"), day_from_json("noted_at")


def _place(value: object) -> int:
    if type(value) is int and 1 <= value <= LARGEST:
        return value
    raise BodyError("place: only a whole number from 1 may stand here.")


def _write_noted(value: object) -> str:
    if not isinstance(value, datetime):
        return _write_noted_day(value)
    if value.tzinfo is None:
        raise BodyError("noted_at: an instant needs its offset from UTC.")
    return _instant(value if value.tzinfo is UTC else value.astimezone(UTC))


@lru_cache(maxsize=256)
def _instant(of_utc: datetime) -> str:
    """One append notes all its facts at one instant."""
    return f'"{of_utc.isoformat(timespec="seconds")[:-6]}Z"'  # what is cut off is "+00:00"


def _read_noted(value: object) -> datetime | date:
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        return _read_noted_day(value)
    try:
        instant = datetime.fromisoformat(value[:-1]).replace(tzinfo=UTC)
    except ValueError:
        instant = None
    if instant is None or _write_noted(instant) != f'"{value}"':
        raise BodyError("noted_at: there is no such instant.")
    return instant


def _hex(label: str, digest: object) -> str:
    if isinstance(digest, bytes) and len(digest) == 32:
        return digest.hex()
    raise BodyError(f"{label}: only 32 bytes may stand here.")


def _read_hex(label: str, value: object) -> bytes:
    return bytes.fromhex(required(label, _HEX, value))


def _read_parts(value: object) -> tuple[tuple[str, bytes], ...]:
    if not is_list(value):
        raise BodyError("parts: only a list may stand here.")
    parts: list[tuple[str, bytes]] = []
    for pair in value:
        if not is_list(pair) or len(pair) != 2:
            raise BodyError("parts: only pairs of a name and a commitment may stand here.")
        parts.append((required("parts", PART, pair[0]), _read_hex("parts", pair[1])))
    _in_order(parts)
    return tuple(parts)


def _in_order(parts: Sequence[tuple[str, bytes]]) -> None:
    if len(parts) < 2:
        return
    names = [name for name, _ in parts]
    if any(after <= before for before, after in pairwise(names)):
        raise BodyError("parts: each name stands once, in the order of the alphabet.")
