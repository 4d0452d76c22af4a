"""The record against a bare chained table: adding facts one by one and a hundred at a time, and verifying.

`uv run python -m bench record` adds to both in turns; what is to be added is made before. A bare fact is as
many bytes, with the digest of the one before in its own; bare verifying hashes a list of them in memory, ours
reads the record from the database and holds every fact to its columns, its chain and its place in the log.

What can be had at best is measured beside it: the journal's own rows written as they are, and nothing done
for them; the record read and hashed, and nothing looked at; each fact's JSON parsed.
"""

import argparse
import hashlib
import json
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.an_office import database, furnished

from bench import pairs

if TYPE_CHECKING:
    from duly_server.store.batch import Batch
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
        new = _batches(size, rounds + 1)
        _compare(example, size, rounds, "journal", lambda new=new: journal.append([next(new)]))
    _verify(journal, example, time.process_time if vendor == "sqlite" else time.perf_counter)
    print("\nAt best")
    for size in SIZES:  # last, since these are no facts that could be verified
        rows = _rows_of(example, size)
        _compare(example, size, rounds, "its rows alone", lambda rows=rows: _write(next(rows)))


def _compare(example: bytes, size: int, rounds: int, name: str, ours: Callable[[], object]) -> None:
    took = pairs.in_turns({"bare": lambda: _bare(example, size), "ours": ours}, rounds)
    each = f"{size} fact{'s' if size > 1 else ''} in a transaction"
    print(pairs.line(f"bare, {each}", took["bare"]))
    aim = f">= {ADD}" if size > 1 and name == "journal" else ""
    ratio = took["bare"].median / took["ours"].median
    least = took["bare"].least / took["ours"].least
    print(pairs.line(f"{name}, {each}", took["ours"], ratio=ratio, aim=aim), f"  of the least: {least:.2f}")


def _example(journal: "DjangoJournal") -> bytes:
    """The bytes of a fact as it stands in the record."""
    from duly_server.store.models import FactRow

    new = next(_batches(1, 1))
    journal.append([new])
    return bytes(FactRow.objects.get(chain=new.chain, place=1).fact)


def _batches(size: int, how_many: int) -> Iterator["Batch"]:
    """So many new chains of so many facts, made now: of different steps, days, channels and outcomes.

    An edition stands in no such record, so each is a chain of the store's tests and no case.
    """
    from tests.store.sample import BY, TEN, THURSDAY, batch

    from duly.record.facts import Channel, StepTaken
    from duly_server.store.batch import NewFact

    channels = tuple(Channel)
    made = []
    for _ in range(how_many):
        facts = [
            NewFact(
                on=THURSDAY + timedelta(days=turn % 60),
                noted_at=TEN,
                by=BY,
                body=StepTaken(
                    step=f"step-{turn % 17}",
                    outcome=f"outcome-{turn % 5}" if turn % 3 == 1 else None,
                    days={"hearing": THURSDAY + timedelta(days=turn)} if turn % 3 == 0 else {},
                    channel=channels[turn % len(channels)],
                ),
            )
            for turn in range(size)
        ]
        made.append(batch(*facts, chain=_chain()))
    return iter(made)


def _chain() -> str:
    from duly.record.references import reference_from

    return f"complaint/{reference_from(secrets.token_bytes(16))}"


def _rows_of(example: bytes, size: int) -> Iterator[list[tuple[str, int, str, bytes, bytes]]]:
    """Rows as the journal writes them, for a chain that is read by nobody: its facts are no facts."""
    digest = hashlib.sha256(example).digest()
    while True:
        chain = f"bench/{secrets.token_hex(6)}"
        yield [(chain, place, "step-taken/1", digest, example) for place in range(1, size + 1)]


def _write(new: Sequence[tuple[object, ...]]) -> None:
    from django.db import transaction

    from duly_server.store import rows
    from duly_server.store.models import FactRow

    with transaction.atomic():
        rows.write([rows.New(FactRow, new)])


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
    """Each over as many facts as there are, five times in turns, the quickest of each."""
    from duly.record import seal
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
    assert list(verify(journal)) == []
    what = {
        "bare verifying in memory": lambda: _bare_verify(chained),
        "the record verified from the database": lambda: list(verify(journal)),
        "at best: the record read": _read,
        "at best: read, and hashed": lambda: [seal.leaf(seal.digest(data)) for data in _read()],
        "for comparison: read, and each fact's JSON parsed": lambda: [json.loads(data) for data in _read()],
    }
    took = pairs.in_turns(what, 5, clock=clock)
    bare = took["bare verifying in memory"].least
    for name, its in took.items():
        said = "" if its.least == bare else f"   ratio {bare / its.least:.3f}"
        aim = f"   >= {VERIFY}" if name.startswith("the record") else ""
        print(f"{name:52}{count / its.least:>11,.0f} facts a second{said}{aim}")


def _read() -> list[bytes]:
    """The bytes of every fact, read with all that stands beside it; the numbers held against the facts."""
    from duly_server.store import raw, verify_log

    found = [row[4] for stretch in raw.stretches() for chain in stretch for row in chain.rows]
    assert list(verify_log.numbers()) == []
    return found


def _bare_verify(chained: Sequence[tuple[bytes, bytes]]) -> None:
    previous = START
    for fact, digest in chained:
        assert fact[-32:] == previous
        previous = hashlib.sha256(fact).digest()
        assert previous == digest


if __name__ == "__main__":
    main()
