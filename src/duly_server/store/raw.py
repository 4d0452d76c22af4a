"""The rows of the record exactly as they stand, whatever somebody did to them: for verifying alone.

Text comes as bytes, since a byte changed in the file of a database need not leave text.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection


class RawFact(NamedTuple):
    place: int
    kind: bytes
    digest: bytes
    data: bytes


class RawPart(NamedTuple):
    place: int
    name: bytes
    unit_id: bytes
    sealed: bytes


_SQLITE = {
    "next chain": """
        SELECT CAST(chain AS BLOB) FROM store_factrow
        WHERE chain > CAST(%s AS TEXT) ORDER BY chain LIMIT 1""",
    "facts": """
        SELECT CAST(place AS INTEGER), CAST(kind AS BLOB), CAST(digest AS BLOB), CAST(fact AS BLOB)
        FROM store_factrow WHERE chain = CAST(%s AS TEXT) ORDER BY place""",
    "parts": """
        SELECT CAST(place AS INTEGER), CAST(name AS BLOB), CAST(unit_id AS BLOB), CAST(sealed AS BLOB)
        FROM store_sealedpart WHERE chain = CAST(%s AS TEXT) ORDER BY place, name""",
    "parts of no fact": """
        SELECT CAST(chain AS BLOB), CAST(place AS INTEGER), CAST(name AS BLOB) FROM store_sealedpart AS part
        WHERE NOT EXISTS (
            SELECT 1 FROM store_factrow AS fact WHERE fact.chain = part.chain AND fact.place = part.place
        )""",
}
_POSTGRESQL = {
    "next chain": """
        SELECT convert_to(chain, 'UTF8') FROM store_factrow
        WHERE chain > convert_from(%s, 'UTF8') ORDER BY chain LIMIT 1""",
    "facts": """
        SELECT place, convert_to(kind, 'UTF8'), digest, fact FROM store_factrow
        WHERE chain = convert_from(%s, 'UTF8') ORDER BY place""",
    "parts": """
        SELECT place, convert_to(name, 'UTF8'), unit_id, sealed FROM store_sealedpart
        WHERE chain = convert_from(%s, 'UTF8') ORDER BY place, name""",
    "parts of no fact": """
        SELECT convert_to(chain, 'UTF8'), place, convert_to(name, 'UTF8') FROM store_sealedpart AS part
        WHERE NOT EXISTS (
            SELECT 1 FROM store_factrow AS fact WHERE fact.chain = part.chain AND fact.place = part.place
        )""",
}


def chains() -> Iterator[bytes]:
    """The name of every chain that has a fact, found one after another by the key of the table."""
    last = b""
    while rows := _rows("next chain", last):
        last = bytes(rows[0][0])
        yield last


def facts(chain: bytes) -> list[RawFact]:
    """The facts that stand under this chain, in the order of the places they stand under."""
    rows = _rows("facts", chain)
    return [RawFact(place, bytes(kind), bytes(digest), bytes(data)) for place, kind, digest, data in rows]


def parts(chain: bytes) -> list[RawPart]:
    """The sealed parts that stand under this chain."""
    rows = _rows("parts", chain)
    return [RawPart(place, bytes(name), bytes(unit), bytes(sealed)) for place, name, unit, sealed in rows]


def parts_of_no_fact() -> Iterator[tuple[bytes, int, bytes]]:
    """Chain, place and name of every sealed part beside which no fact stands."""
    for chain, place, name in _rows("parts of no fact"):
        yield bytes(chain), place, bytes(name)


def _rows(which: str, *values: bytes) -> list[tuple[Any, ...]]:
    statement = (_SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)[which]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
