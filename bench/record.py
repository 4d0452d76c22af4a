"""The record against a bare chained table: adding facts one by one and a hundred at a time, and verifying.

`uv run python -m bench record` adds to both in turns. A bare fact is the same bytes, with the digest of the
one before in its own; bare verifying hashes a list of them in memory, ours reads the record from the database
and holds every fact to its columns, its chain and its place in the log.
"""

import argparse
import hashlib
import secrets
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bench.an_office import database, furnished

from bench import pairs

if TYPE_CHECKING:
    from duly_server.store.journal import DjangoJournal

SIZES = (1, 100)
ADD, VERIFY = 0.8, 0.5
START = bytes(32)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--rounds", type=int, default=100)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home, database(asked.database):
        furnished(Path(home))
        _measure(asked.database, asked.rounds)


def _measure(vendor: str, rounds: int) -> None:
    from django.db import connection

    from duly_server.services.premises import premises

    journal = premises().journal
    example = _example(journal)
    with connection.cursor() as cursor:
        kind = "BLOB" if vendor == "sqlite" else "BYTEA"
        cursor.execute(
            "CREATE TABLE bare_fact (chain TEXT, place INTEGER, digest "
            f"{kind}, fact {kind}, PRIMARY KEY (chain, place))"
        )
    print(f"\nThe record, on {vendor}; a fact of {len(example)} bytes\n{pairs.HEADS}")
    for size in SIZES:
        took = pairs.in_turns(
            {"bare": lambda s=size: _bare(example, s), "ours": lambda s=size: _append(journal, s)}, rounds
        )
        ratio = took["bare"].median / took["ours"].median
        each = f"{size} fact{'s' if size > 1 else ''} in a transaction"
        print(pairs.line(f"bare, {each}", took["bare"]))
        aim = f">= {ADD}" if size > 1 else ""
        print(pairs.line(f"journal, {each}", took["ours"], ratio=ratio, aim=aim))
    _verify(journal, example, time.process_time if vendor == "sqlite" else time.perf_counter)


def _example(journal: "DjangoJournal") -> bytes:
    """The bytes of a fact as it stands in the record."""
    from duly_server.store.models import FactRow

    chain = _append(journal, 1)
    return bytes(FactRow.objects.get(chain=chain, place=1).fact)


def _append(journal: "DjangoJournal", size: int) -> str:
    from tests.store.sample import batch, step

    from duly.record.references import reference_from

    # An edition stands in no such record, so this is a chain of the store's tests and no case.
    new = batch(*[step() for _ in range(size)], chain=f"complaint/{reference_from(secrets.token_bytes(16))}")
    journal.append([new])
    return new.chain


def _bare(example: bytes, size: int) -> None:
    from django.db import connection, transaction

    chain, previous = secrets.token_hex(8), START
    rows = []
    for place in range(size):
        fact = example[32:] + previous
        previous = hashlib.sha256(fact).digest()
        rows.append((chain, place, previous, fact))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany("INSERT INTO bare_fact VALUES (%s, %s, %s, %s)", rows)


def _verify(journal: "DjangoJournal", example: bytes, clock: Callable[[], float]) -> None:
    """Both over as many facts as there are, three times, the quickest of each."""
    from duly_server.store import leaves
    from duly_server.store.models import FactRow
    from duly_server.store.verify import verify

    leaves.number(today=date(2026, 5, 1))
    count = FactRow.objects.count()
    chained, previous = [], START
    for _ in range(count):
        fact = example[32:] + previous
        previous = hashlib.sha256(fact).digest()
        chained.append((fact, previous))
    bare = min(_seconds(lambda: _bare_verify(chained), clock) for _ in range(3))
    ours = min(_seconds(lambda: list(verify(journal)), clock) for _ in range(3))
    print(f"bare verifying in memory: {count / bare:,.0f} facts a second")
    print(f"the record verified from the database: {count / ours:,.0f} facts a second", end="")
    print(f"{'':8}ratio {bare / ours:.3f}   >= {VERIFY}")


def _seconds(do: Callable[[], object], clock: Callable[[], float]) -> float:
    began = clock()
    do()
    return clock() - began


def _bare_verify(chained: Sequence[tuple[bytes, bytes]]) -> None:
    previous = START
    for fact, digest in chained:
        assert fact[-32:] == previous
        previous = hashlib.sha256(fact).digest()
        assert previous == digest


if __name__ == "__main__":
    main()
