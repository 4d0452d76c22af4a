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
    number: int | None = None  # in the log
    leaf: bytes = b""


class RawLeaf(NamedTuple):
    number: int
    chain: bytes
    place: int


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
        SELECT CAST(fact.place AS INTEGER), CAST(kind AS BLOB), CAST(digest AS BLOB), CAST(fact AS BLOB),
        CAST(leaf.number AS INTEGER), CAST(leaf.leaf AS BLOB)
        FROM store_factrow AS fact
        LEFT JOIN store_leafrow AS leaf ON leaf.chain = fact.chain AND leaf.place = fact.place
        WHERE fact.chain = CAST(%s AS TEXT) ORDER BY fact.place""",
    "waiting": """
        SELECT CAST(place AS INTEGER), CAST(last AS INTEGER)
        FROM store_waitingrow WHERE chain = CAST(%s AS TEXT)""",
    "leaves": """
        SELECT CAST(number AS INTEGER), CAST(chain AS BLOB), CAST(place AS INTEGER) FROM store_leafrow
        WHERE number > %s ORDER BY number LIMIT 5000""",
    "parts": """
        SELECT CAST(place AS INTEGER), CAST(name AS BLOB), CAST(unit_id AS BLOB), CAST(sealed AS BLOB)
        FROM store_sealedpart WHERE chain = CAST(%s AS TEXT) ORDER BY place, name""",
    "parts of no fact": """
        SELECT CAST(chain AS BLOB), CAST(place AS INTEGER), CAST(name AS BLOB) FROM store_sealedpart AS part
        WHERE NOT EXISTS (
            SELECT 1 FROM store_factrow AS fact WHERE fact.chain = part.chain AND fact.place = part.place
        )""",
    "leaves of no fact": """
        SELECT number, CAST(chain AS BLOB), place FROM store_leafrow AS leaf
        WHERE NOT EXISTS (
            SELECT 1 FROM store_factrow AS fact WHERE fact.chain = leaf.chain AND fact.place = leaf.place
        )""",
}
_POSTGRESQL = {
    "next chain": """
        SELECT convert_to(chain, 'UTF8') FROM store_factrow
        WHERE chain > convert_from(%s, 'UTF8') ORDER BY chain LIMIT 1""",
    "facts": """
        SELECT fact.place, convert_to(kind, 'UTF8'), digest, fact, leaf.number, leaf.leaf
        FROM store_factrow AS fact
        LEFT JOIN store_leafrow AS leaf ON leaf.chain = fact.chain AND leaf.place = fact.place
        WHERE fact.chain = convert_from(%s, 'UTF8') ORDER BY fact.place""",
    "waiting": "SELECT place, last FROM store_waitingrow WHERE chain = convert_from(%s, 'UTF8')",
    "leaves": """
        SELECT number, convert_to(chain, 'UTF8'), place FROM store_leafrow
        WHERE number > %s ORDER BY number LIMIT 5000""",
    "parts": """
        SELECT place, convert_to(name, 'UTF8'), unit_id, sealed FROM store_sealedpart
        WHERE chain = convert_from(%s, 'UTF8') ORDER BY place, name""",
    "parts of no fact": """
        SELECT convert_to(chain, 'UTF8'), place, convert_to(name, 'UTF8') FROM store_sealedpart AS part
        WHERE NOT EXISTS (
            SELECT 1 FROM store_factrow AS fact WHERE fact.chain = part.chain AND fact.place = part.place
        )""",
    "leaves of no fact": """
        SELECT number, convert_to(chain, 'UTF8'), place FROM store_leafrow AS leaf
        WHERE NOT EXISTS (
            SELECT 1 FROM store_factrow AS fact WHERE fact.chain = leaf.chain AND fact.place = leaf.place
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
    return [
        RawFact(place, bytes(kind), bytes(digest), bytes(data), number, bytes(leaf or b""))
        for place, kind, digest, data, number, leaf in _rows("facts", chain)
    ]


def waiting(chain: bytes) -> list[tuple[int, int]]:
    """First and last places of the facts of this chain that wait for a number."""
    return [(place, last) for place, last in _rows("waiting", chain)]


def leaves() -> Iterator[RawLeaf]:
    """Every number of the log that was given, in order."""
    last = -1
    while rows := _rows("leaves", last):
        last = rows[-1][0]
        yield from (RawLeaf(number, bytes(chain), place) for number, chain, place in rows)


def leaves_of_no_fact() -> Iterator[RawLeaf]:
    """Every number of the log beside which no fact stands."""
    for number, chain, place in _rows("leaves of no fact"):
        yield RawLeaf(number, bytes(chain), place)


def parts(chain: bytes) -> list[RawPart]:
    """The sealed parts that stand under this chain."""
    rows = _rows("parts", chain)
    return [RawPart(place, bytes(name), bytes(unit), bytes(sealed)) for place, name, unit, sealed in rows]


def parts_of_no_fact() -> Iterator[tuple[bytes, int, bytes]]:
    """Chain, place and name of every sealed part beside which no fact stands."""
    for chain, place, name in _rows("parts of no fact"):
        yield bytes(chain), place, bytes(name)


def _rows(which: str, *values: bytes | int) -> list[tuple[Any, ...]]:
    statement = (_SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)[which]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
