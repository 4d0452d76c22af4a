"""What it costs that a fact waits for its number, and how fast numbers are given.

`uv run python bench/append.py` makes an office in a temporary folder and appends facts to new records with
and without the waiting row, in turns; then it numbers them all. Processor time of this process alone.
"""

import os
import statistics
import sys
import tempfile
import time
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

if TYPE_CHECKING:
    from duly_server.store import rows
    from duly_server.store.journal import DjangoJournal

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 300
SIZES = (1, 10, 100)


def main() -> None:
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    with tempfile.TemporaryDirectory() as home:
        journal = _office_in(Path(home))
        print(f"{'facts':>6} {'waiting':>9} {'   without':>11} {'more':>6}   (microseconds a fact, median)")
        for size in SIZES:
            _measure(journal, size)
        from duly_server.store import leaves

        before = time.perf_counter()
        given = leaves.number(today=date(2026, 5, 1))
        print(f"{given} numbers given, {given / (time.perf_counter() - before):,.0f} a second")


def _office_in(home: Path) -> "DjangoJournal":
    os.environ |= {"DJANGO_SETTINGS_MODULE": "duly_server.conf.settings", "DULY_HOME": str(home / "office")}
    (home / "office").mkdir()
    import django

    django.setup()
    from django.core.management import call_command

    from duly_server.gateways.keys import FileKeyRing
    from duly_server.store.journal import DjangoJournal
    from duly_server.store.units import UnitKeys

    for database in ("default", "keys"):
        call_command("migrate", database=database, verbosity=0)
    return DjangoJournal("bench.example/duly", UnitKeys(FileKeyRing.demo(on=date(2026, 1, 1))))


def _measure(journal: "DjangoJournal", size: int) -> None:
    from duly_server.store import leaves

    took: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(ROUNDS):
        for waits in (True, False) if turn % 2 else (False, True):
            with nullcontext() if waits else mock.patch.object(leaves, "waiting", _none_wait):
                took[waits].append(_appended(journal, size))
    with_row, without = (statistics.median(took[waits]) / size * 1e6 for waits in (True, False))
    print(f"{size:>6} {with_row:>9.1f} {without:>11.1f} {(with_row / without - 1) * 100:>5.1f}%")


def _none_wait(_: object) -> "rows.New":
    """Nothing waits."""
    from duly_server.store import rows
    from duly_server.store.models import WaitingRow

    return rows.New(WaitingRow, [])


def _appended(journal: "DjangoJournal", size: int) -> float:
    """Facts without parts appended to a new record: the seconds of processor time that it took here."""
    import secrets

    from tests.store.sample import batch, step

    from duly.record.references import reference_from

    new = batch(*[step() for _ in range(size)], chain=f"case/{reference_from(secrets.token_bytes(16))}")
    before = time.process_time()
    journal.append([new])
    return time.process_time() - before


if __name__ == "__main__":
    main()
