"""The log's numbers: each fact gets exactly one, from 0 without gaps (threats 3.4, docs/decisions/005).

Appending leaves a row that says which facts wait, in its own transaction, and counts nothing. One sequencer
at a time numbers them, a batch in each transaction: the next numbers, their leaves and the waiting rows gone
are one commit. Whoever is killed at any point leaves either all of a batch or nothing of it.

The order tells nothing of when: what a reporter does waits until its day is over, everything noted in the
same append with it, and each batch is shuffled, but for facts of one chain, which keep their order.
"""

import secrets
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection, transaction

from duly.record import seal
from duly.record.facts import Fact
from duly_server.store import rows
from duly_server.store.batch import Batch
from duly_server.store.decoded import fact_from
from duly_server.store.models import FactRow, LeafRow, WaitingRow

AT_ONCE = 2000  # waiting rows in one transaction
_SEQUENCER = 0x64756C79_6C6F6731  # the advisory lock of the one that numbers

_ADD_LEAF = "INSERT INTO store_leafrow (number, chain, place, leaf) VALUES (%s, %s, %s, %s)"
_REMOVE = "DELETE FROM store_waitingrow WHERE chain = %s AND place = %s"

# A row waits for its day to be over, and for every earlier row of its chain.
_READY = """
    SELECT chain, place, last FROM store_waitingrow AS own
    WHERE (day IS NULL OR day < %s) AND NOT EXISTS (
        SELECT 1 FROM store_waitingrow AS before
        WHERE before.chain = own.chain AND before.place < own.place AND before.day >= %s)
    ORDER BY chain, place LIMIT %s"""
_FACTS = f"""
    SELECT ready.chain, ready.place, fact.place, fact.digest
    FROM ({_READY}) AS ready LEFT JOIN store_factrow AS fact
    ON fact.chain = ready.chain AND fact.place BETWEEN ready.place AND ready.last
    AND NOT EXISTS (SELECT 1 FROM store_leafrow AS leaf
        WHERE leaf.chain = fact.chain AND leaf.place = fact.place)
    ORDER BY ready.chain, fact.place"""  # noqa: S608 -- made of this module's own text


# One look at the record: who appends leaves both a fact and its waiting row, or neither.
_LEFT_OUT = """
    SELECT fact.chain, fact.place, fact.fact FROM store_factrow AS fact
    WHERE NOT EXISTS (SELECT 1 FROM store_leafrow AS leaf
        WHERE leaf.chain = fact.chain AND leaf.place = fact.place)
    AND NOT EXISTS (SELECT 1 FROM store_waitingrow AS row_
        WHERE row_.chain = fact.chain AND fact.place BETWEEN row_.place AND row_.last)"""

# One look, in which each fact waits or has its number: the last day that is waited for, some of what waits
# for the sequencer alone, and what got the last numbers.
_LAST_NOTED = """
    SELECT NULL AS fact, MAX(day) AS day FROM store_waitingrow
    UNION ALL
    SELECT fact.fact, NULL FROM (SELECT chain, last FROM store_waitingrow WHERE day IS NULL LIMIT %s) AS row_
    JOIN store_factrow AS fact ON fact.chain = row_.chain AND fact.place = row_.last
    UNION ALL
    SELECT fact.fact, NULL FROM (SELECT chain, place FROM store_leafrow ORDER BY number DESC LIMIT %s) AS leaf
    JOIN store_factrow AS fact ON fact.chain = leaf.chain AND fact.place = leaf.place"""


class Unnumbered(NamedTuple):
    """A fact that waits for its number."""

    chain: str
    place: int
    digest: bytes


def waiting(batches: Sequence[Batch]) -> rows.New:
    """That the facts of one append wait for their numbers; to be written in its transaction.

    A day instead of an instant says that a reporter acts: all that is noted with it then waits for the day's
    end, or its number would give the minute.
    """
    noted = (new.noted_at for batch in batches for new in batch.facts)
    day = max((each for each in noted if not isinstance(each, datetime)), default=None)
    return rows.New(WaitingRow, [(b.chain, b.expected + 1, b.expected + len(b.facts), day) for b in batches])


def number(*, today: date) -> int:
    """Give numbers to all facts that wait and may have one on this day; how many got one.

    Where another is at it already, it does the work: the answer is then 0.
    """
    given = 0
    while _is_any(today):
        with transaction.atomic():
            if not _is_alone():
                break
            given += _number_batch(today)
    return given


def _number_batch(today: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, [today, today, AT_ONCE])
        found = cursor.fetchall()
        over = list(dict.fromkeys((chain, first) for chain, first, _, _ in found))
        facts = [
            Unnumbered(chain, place, bytes(digest)) for chain, _, place, digest in found if place is not None
        ]
        start = count()
        numbered = [
            (start + turn, fact.chain, fact.place, seal.leaf(fact.digest))
            for turn, fact in enumerate(shuffled(facts))
        ]
        if numbered:
            cursor.executemany(_ADD_LEAF, numbered)
        cursor.executemany(_REMOVE, over)
    return len(numbered)


def shuffled(facts: Sequence[Unnumbered]) -> Iterator[Unnumbered]:
    """In an order that the system's chance decides, but for facts of one chain, which keep theirs."""
    of_chain: defaultdict[str, deque[Unnumbered]] = defaultdict(deque)
    for fact in facts:
        of_chain[fact.chain].append(fact)
    turns = [fact.chain for fact in facts]
    secrets.SystemRandom().shuffle(turns)
    return (of_chain[chain].popleft() for chain in turns)


def put_waiting_right() -> int:
    """Let every fact wait that neither has a number nor waits for one; how many there were.

    Rows that wait for nothing are taken out by the sequencer. Numbers themselves cannot be made again. The
    record is looked through without a lock: what was left out stays so until somebody lets it wait.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LEFT_OUT)
        found = cursor.fetchall()
    left_out = [(chain, place, place, _day_of(fact_from(bytes(data)))) for chain, place, data in found]
    for start in range(0, len(left_out), AT_ONCE):
        rows.write([rows.New(WaitingRow, left_out[start : start + AT_ONCE], rows.Taken.LEFT)])
    return len(left_out)


def _day_of(fact: Fact) -> date | None:
    return None if isinstance(fact.noted_at, datetime) else fact.noted_at


def count() -> int:
    """How many facts have a number; the next number, too."""
    last = LeafRow.objects.order_by("-number").values_list("number", flat=True).first()
    return 0 if last is None else last + 1


def leaf_of(chain: str, place: int) -> LeafRow | None:
    """The number of a fact, with its leaf; None if it has none yet."""
    return LeafRow.objects.filter(chain=chain, place=place).first()


def digest_of(chain: str, place: int) -> bytes | None:
    """The digest of the fact that stands there, made afresh from its bytes; None if there is none."""
    found = FactRow.objects.filter(chain=chain, place=place).values_list("fact", flat=True).first()
    return None if found is None else seal.digest(bytes(found))


def last_noted(most: int = 16) -> list[datetime | date]:
    """When the latest facts were noted: a reporter's on a day, all others at an instant.

    Of a reporter's that wait the very last day. Of the others so many that wait, and so many that got the
    last numbers, since each batch is shuffled: while a worker runs, the one noted last is among them.
    """
    found = rows.read(_LAST_NOTED, most, most)
    days = [_as_day(day) for _, day in found if day is not None]
    return [*days, *(fact_from(bytes(data)).noted_at for data, _ in found if data is not None)]


def _as_day(said: date | str) -> date:
    """SQLite keeps days as text."""
    return said if isinstance(said, date) else date.fromisoformat(said)


def _is_any(today: date) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_READY, [today, today, 1])
        return cursor.fetchone() is not None


def _is_alone() -> bool:
    """Whether this transaction is the one that numbers, until it ends: whoever dies gives it up.

    On SQLite the transaction has the write lock from its beginning. On PostgreSQL the next statement sees all
    that the one before it committed, since a lock of a transaction is let go after its commit.
    """
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEQUENCER])
        return bool(cursor.fetchone()[0])
