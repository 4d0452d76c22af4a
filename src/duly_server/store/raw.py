"""The rows of the record exactly as they stand, whatever somebody did to them: for verifying alone.

Text comes as bytes, since a byte changed in the file of a database need not leave text. Everything is read in
the order of its key, a thousand rows with each statement, and a row with all that stands beside it in another
table by the same statement: what an office at work does between two of them is never taken for a fault.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection

AT_ONCE = 1000  # facts read by one statement


class RawFact(NamedTuple):
    """A fact, with its number in the log (None: it has none) and its leaf, and whether it waits for one."""

    chain: bytes
    place: int
    kind: bytes
    digest: bytes
    data: bytes
    number: int | None = None
    leaf: bytes | None = None
    waits: bool = False


class RawChain(NamedTuple):
    """The facts that stand under one name, in the order of the places they stand under."""

    name: bytes
    rows: Sequence[tuple[Any, ...]]

    @property
    def facts(self) -> list[RawFact]:
        return [RawFact._make(row) for row in self.rows]


class RawPart(NamedTuple):
    chain: bytes
    place: int
    name: bytes
    unit_id: bytes
    sealed: bytes


class RawGap(NamedTuple):
    """After `before` (-1: from the start) the next number that was given is `number`: some are missing."""

    before: int
    number: int


class RawLeaf(NamedTuple):
    number: int
    chain: bytes
    place: int


# SQLite takes anything into any column. A fact whose chain is no text, or whose place is no whole number, is
# in no order to go on from: those are asked for by themselves.
_SQLITE = {
    "facts": """
        SELECT CAST(fact.chain AS BLOB), CAST(fact.place AS INTEGER), CAST(kind AS BLOB),
        CAST(digest AS BLOB), CAST(fact AS BLOB), CAST(leaf.number AS INTEGER), CAST(leaf.leaf AS BLOB),
        CASE WHEN leaf.number IS NULL THEN EXISTS (
            SELECT 1 FROM store_waitingrow AS row_
            WHERE row_.chain = fact.chain AND fact.place BETWEEN row_.place AND row_.last
        ) ELSE 0 END
        FROM store_factrow AS fact
        LEFT JOIN store_leafrow AS leaf ON leaf.chain = fact.chain AND leaf.place = fact.place
        WHERE (fact.chain, fact.place) > (CAST(%(chain)s AS TEXT), %(place)s)
        AND typeof(fact.chain) = 'text' AND typeof(fact.place) = 'integer'
        ORDER BY fact.chain, fact.place LIMIT %(most)s""",
    "facts of no key": """
        SELECT CAST(chain AS BLOB), CAST(place AS INTEGER) FROM store_factrow
        WHERE typeof(chain) <> 'text' OR typeof(place) <> 'integer'""",
    "parts": """
        SELECT CAST(chain AS BLOB), CAST(place AS INTEGER), CAST(name AS BLOB), CAST(unit_id AS BLOB),
        CAST(sealed AS BLOB) FROM store_sealedpart
        WHERE chain >= CAST(%(first)s AS TEXT) AND chain <= CAST(%(last)s AS TEXT)
        ORDER BY chain, place, name""",
    "gaps": """
        SELECT before, number FROM (
            SELECT CAST(number AS INTEGER) AS number,
            lag(CAST(number AS INTEGER), 1, -1) OVER (ORDER BY number) AS before FROM store_leafrow
        ) AS given WHERE number > before + 1 ORDER BY number""",
    "parts of no fact": """
        SELECT CAST(chain AS BLOB), CAST(place AS INTEGER), CAST(name AS BLOB) FROM store_sealedpart AS part
        WHERE NOT EXISTS (
            SELECT 1 FROM store_factrow AS fact WHERE fact.chain = part.chain AND fact.place = part.place
        )""",
    "leaves of no fact": """
        SELECT number, CAST(leaf.chain AS BLOB), leaf.place FROM store_leafrow AS leaf NOT INDEXED
        LEFT JOIN store_factrow AS fact ON fact.chain = leaf.chain AND fact.place = leaf.place
        WHERE fact.chain IS NULL""",
}
# That a leaf comes after the same place, too, lets both indexes be read from there, side by side.
_POSTGRESQL = {
    "facts": """
        SELECT convert_to(fact.chain, 'UTF8'), fact.place, convert_to(kind, 'UTF8'), digest, fact,
        leaf.number, leaf.leaf,
        CASE WHEN leaf.number IS NULL THEN EXISTS (
            SELECT 1 FROM store_waitingrow AS row_
            WHERE row_.chain = fact.chain AND fact.place BETWEEN row_.place AND row_.last
        ) ELSE false END
        FROM store_factrow AS fact
        LEFT JOIN store_leafrow AS leaf ON leaf.chain = fact.chain AND leaf.place = fact.place
        AND (leaf.chain, leaf.place) > (%(chain)s, %(place)s)
        WHERE (fact.chain, fact.place) > (%(chain)s, %(place)s)
        ORDER BY fact.chain, fact.place LIMIT %(most)s""",
    "parts": """
        SELECT convert_to(chain, 'UTF8'), place, convert_to(name, 'UTF8'), unit_id, sealed
        FROM store_sealedpart
        WHERE chain >= %(first)s AND chain <= %(last)s
        ORDER BY chain, place, name""",
    "gaps": """
        SELECT before, number FROM (
            SELECT number, lag(number, 1, -1::bigint) OVER (ORDER BY number) AS before FROM store_leafrow
        ) AS given WHERE number > before + 1 ORDER BY number""",
    "parts of no fact": """
        SELECT convert_to(chain, 'UTF8'), place, convert_to(name, 'UTF8') FROM store_sealedpart AS part
        WHERE NOT EXISTS (
            SELECT 1 FROM store_factrow AS fact WHERE fact.chain = part.chain AND fact.place = part.place
        )""",
    "leaves of no fact": """
        SELECT number, convert_to(leaf.chain, 'UTF8'), leaf.place FROM store_leafrow AS leaf
        LEFT JOIN store_factrow AS fact ON fact.chain = leaf.chain AND fact.place = leaf.place
        WHERE fact.chain IS NULL""",
}


def stretches() -> Iterator[list[RawChain]]:
    """Every chain that has a fact, by the key of the table; as many at a time as have a thousand facts."""
    stretch, length = list[RawChain](), 0
    for name, rows in groupby(_facts(), key=itemgetter(0)):
        stretch.append(RawChain(name, list(rows)))
        length += len(stretch[-1].rows)
        if length >= AT_ONCE:
            yield stretch
            stretch, length = [], 0
    if stretch:
        yield stretch


def facts_of_no_key() -> Iterator[tuple[bytes, int]]:
    """Chain and place, as near as can be told, of every fact whose own are no text or no whole number."""
    if connection.vendor == "sqlite":
        yield from _rows("facts of no key")


def gaps() -> Iterator[RawGap]:
    """Where numbers of the log are missing."""
    return (RawGap(before, number) for before, number in _rows("gaps"))


def leaves_of_no_fact() -> Iterator[RawLeaf]:
    """Every number of the log beside which no fact stands."""
    return (RawLeaf(number, bytes(chain), place) for number, chain, place in _rows("leaves of no fact"))


def parts(stretch: Sequence[RawChain]) -> dict[bytes, list[RawPart]]:
    """The sealed parts that stand under these chains, which follow one another, by chain."""
    found: dict[bytes, list[RawPart]] = {}
    for row in _rows("parts", first=stretch[0].name, last=stretch[-1].name):
        part = RawPart._make(row)
        found.setdefault(part.chain, []).append(part)
    return found


def parts_of_no_fact() -> Iterator[tuple[bytes, int, bytes]]:
    """Chain, place and name of every sealed part beside which no fact stands."""
    for chain, place, name in _rows("parts of no fact"):
        yield bytes(chain), place, bytes(name)


def _facts() -> Iterator[tuple[Any, ...]]:
    chain, place = b"", -1
    while rows := _rows("facts", chain=chain, place=place, most=AT_ONCE):
        yield from rows
        chain, place = rows[-1][:2]


def _rows(which: str, **values: bytes | int) -> list[tuple[Any, ...]]:
    is_sqlite = connection.vendor == "sqlite"
    given = {
        name: value.decode() if isinstance(value, bytes) and not is_sqlite else value
        for name, value in values.items()
    }
    with connection.cursor() as cursor:
        cursor.execute((_SQLITE if is_sqlite else _POSTGRESQL)[which], given)
        return list(cursor.fetchall())
