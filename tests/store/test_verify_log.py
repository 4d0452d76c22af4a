"""T28 for the log: whatever is changed in its numbers, and whatever is not in it, verifying names."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.store.sample import CASE, OTHER, THURSDAY, batch, step

from duly_server.gateways.keys import FileKeyRing
from duly_server.store import guards, leaves
from duly_server.store.journal import DjangoJournal
from duly_server.store.models import LeafRow, WaitingRow
from duly_server.store.units import UnitKeys
from duly_server.store.verify import RecordProblem, verify


@pytest.fixture
def journal(db: None, keyring: FileKeyRing) -> DjangoJournal:
    """Five facts with the numbers 0 to 4 on two chains. The guards are down."""
    journal = DjangoJournal("office.example/duly", UnitKeys(keyring))
    journal.append([batch(step(), step(), step()), batch(step(), step(), chain=OTHER)])
    leaves.number(today=THURSDAY)
    assert list(verify(journal)) == []
    with connection.cursor() as cursor:
        for statement in guards.lowering(connection.vendor):
            cursor.execute(statement)
    return journal


def said(journal: DjangoJournal) -> set[tuple[str, int]]:
    return {(problem.chain, problem.place) for problem in verify(journal)}


@pytest.mark.parametrize("byte", range(32))
def test_any_byte_of_a_leaf_that_is_changed_is_named(journal: DjangoJournal, byte: int) -> None:
    row = LeafRow.objects.get(chain=CASE, place=2)
    altered = bytearray(row.leaf)
    altered[byte] ^= 0x10
    LeafRow.objects.filter(pk=row.pk).update(leaf=bytes(altered))
    assert said(journal) == {(CASE, 2)}


def test_a_number_that_is_changed_leaves_a_gap_or_an_order_that_is_named(journal: DjangoJournal) -> None:
    LeafRow.objects.filter(number=2).update(number=9)
    assert {("log", 2), ("log", 5)} <= said(journal)


def test_two_numbers_that_are_swapped_are_named(journal: DjangoJournal) -> None:
    first, second = (LeafRow.objects.get(chain=CASE, place=place).number for place in (1, 2))
    for old, new in ((first, 99), (second, first), (99, second)):
        LeafRow.objects.filter(number=old).update(number=new)
    assert said(journal) == {(CASE, 2)}


def test_a_leaf_that_is_gone_or_moved_is_named(journal: DjangoJournal) -> None:
    number = LeafRow.objects.get(chain=OTHER, place=2).number
    LeafRow.objects.filter(number=number).update(chain=CASE, place=7)
    assert said(journal) == {(OTHER, 2), (CASE, 7)}
    LeafRow.objects.filter(number=number).delete()
    assert (OTHER, 2) in said(journal)


def test_a_fact_that_no_longer_waits_is_named_and_a_rebuild_lets_it_wait(journal: DjangoJournal) -> None:
    journal.append([batch(step(), expected=3)])
    assert said(journal) == set()
    WaitingRow.objects.all().delete()
    assert said(journal) == {(CASE, 4)}
    assert leaves.put_waiting_right() == 1
    assert leaves.put_waiting_right() == 0
    assert said(journal) == set()
    assert leaves.number(today=THURSDAY) == 1


def test_what_waits_too_long_is_named_once_for_each_record(journal: DjangoJournal) -> None:
    journal.append([batch(step(), step(), expected=3)])
    assert list(verify(journal, on=THURSDAY + timedelta(days=2))) == []
    says = "This fact is not yet in the log, since Thu 2 Apr 2026. Let duly work run."
    assert list(verify(journal, on=THURSDAY + timedelta(days=3))) == [RecordProblem(CASE, 4, says)]
