"""T40: whoever is killed at whatever point, and however many work at once, each fact gets just one leaf."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from secrets import token_bytes
from threading import Thread

import pytest
from django.db import connections
from tests.databases import OfficeDatabases
from tests.store.numbering_process import ORIGIN, TODAY
from tests.store.sample import CASE, THURSDAY, batch, step

from duly.record.references import reference_from
from duly_server.gateways.keys import FileKeyRing
from duly_server.store import leaves
from duly_server.store.batch import NewFact, SomeoneElseActedError
from duly_server.store.journal import DjangoJournal
from duly_server.store.models import FactRow, LeafRow, WaitingRow
from duly_server.store.units import UnitKeys
from duly_server.store.verify import verify

ROOT = Path(__file__).parents[2]
WRITERS, TURNS = 8, 25

Process = subprocess.Popen[str]
Start = Callable[[], Process]


@pytest.fixture
def journal(fresh_office_db: OfficeDatabases, keyring: FileKeyRing) -> Iterator[DjangoJournal]:
    yield DjangoJournal(ORIGIN, UnitKeys(keyring))
    connections.close_all()


@pytest.fixture
def start(journal: DjangoJournal, fresh_office_db: OfficeDatabases, tmp_path: Path) -> Iterator[Start]:
    """Starts a process on this office; all that still run at the end are told to stop and must do so well."""
    started: list[Process] = []

    def another() -> Process:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("DULY_")}
        environment |= fresh_office_db.environment
        environment |= {"DULY_KEYRING": str(tmp_path / "keyring"), "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.numbering_process"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        started.append(process)
        return process

    yield another
    codes = [ended(process) for process in started]
    assert set(codes) <= {0, -9}, codes


def ended(process: Process) -> int:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    process.stdout.close()
    return process.wait(30)


def told(process: Process, what: str) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{what}\n")
    process.stdin.flush()
    return process.stdout.readline().strip() if what != "keep on" else ""


def points() -> Iterator[str]:
    """Where to be killed: at the commit, after it, then before every statement."""
    yield from ("commit", "committed")
    yield from (str(turn) for turn in range(1, 60))


def is_whole(journal: DjangoJournal) -> None:
    assert list(verify(journal)) == []


def every_fact_has_one_leaf(journal: DjangoJournal) -> None:
    leaves.number(today=TODAY)
    numbered = list(LeafRow.objects.order_by("number").values_list("number", "chain", "place"))
    assert [number for number, _, _ in numbered] == list(range(len(numbered)))
    assert sorted(each[1:] for each in numbered) == sorted(FactRow.objects.values_list("chain", "place"))
    assert not WaitingRow.objects.exists()
    is_whole(journal)


def test_a_sequencer_killed_at_any_point_leaves_no_gap_and_no_double(
    journal: DjangoJournal, start: Start
) -> None:
    process, place, killed = start(), 0, 0
    for point in points():
        journal.append([batch(step(), step(), step(), expected=place)])
        place += 3
        before = LeafRow.objects.count()
        waiting = FactRow.objects.count() - before
        connections.close_all()
        answer = told(process, f"number {point}")
        given = LeafRow.objects.count() - before
        is_numbered = not WaitingRow.objects.exists()
        is_whole(journal)
        if answer == "done":
            break
        assert answer == "killed", point
        assert is_numbered or point != "committed"
        assert not is_numbered or point != "commit"
        assert given == (waiting if is_numbered else 0), point
        killed += 1
    assert killed >= 6
    every_fact_has_one_leaf(journal)


def test_whoever_is_killed_while_appending_leaves_no_fact_that_does_not_wait(
    journal: DjangoJournal, start: Start
) -> None:
    process, killed = start(), 0
    for point in points():
        connections.close_all()
        before = FactRow.objects.count()
        answer = told(process, f"append {point}")
        added = FactRow.objects.count() - before
        is_whole(journal)
        if answer == "done":
            break
        assert answer == "killed", point
        assert added == (2 if point == "committed" else 0), point
        killed += 1
    assert killed >= 6
    assert LeafRow.objects.count() == 0
    every_fact_has_one_leaf(journal)


def own_chain() -> str:
    return f"case/{reference_from(token_bytes(16))}"


def write(journal: DjangoJournal, faults: list[Exception]) -> None:
    """Appends to records of its own and to one that all write to; some of it is a reporter's."""
    try:
        for turn in range(TURNS):
            facts: list[NewFact] = [step(), step()]
            if turn % 3 == 0:
                facts = [replace(new, noted_at=THURSDAY) for new in facts]
            journal.append([batch(*facts, chain=own_chain())])
            share(journal)
    except Exception as fault:
        faults.append(fault)
    finally:
        connections.close_all()


def share(journal: DjangoJournal) -> None:
    while True:
        head = journal.heads([CASE]).get(CASE)
        try:
            journal.append([batch(step(), expected=head.place if head else 0)])
        except SomeoneElseActedError:
            continue
        return


@contextmanager
def writing(journal: DjangoJournal) -> Iterator[list[Thread]]:
    faults: list[Exception] = []
    writers = [Thread(target=write, args=(journal, faults)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    yield writers
    for writer in writers:
        writer.join()
    assert faults == []


def test_eight_write_and_two_number_and_one_of_them_is_killed(journal: DjangoJournal, start: Start) -> None:
    one, other, late = start(), start(), start()
    connections.close_all()
    with writing(journal) as writers:
        told(one, "keep on")
        told(other, "keep on")
        writers[0].join()
        one.kill()
        told(late, "keep on")
    during = LeafRow.objects.count()
    assert ended(other) == 0
    assert ended(late) == 0
    assert during > 0
    every_fact_has_one_leaf(journal)
    assert LeafRow.objects.count() == WRITERS * TURNS * 3
    assert leaves.number(today=TODAY + timedelta(days=1)) == 0
