"""T21, as far as the log goes: neither the order of numbers nor what waits tells when a reporter acted."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from secrets import token_bytes

import pytest
from tests.store.sample import CASE, OTHER, THURSDAY, batch, step

from duly.record.references import reference_from
from duly_server.gateways.keys import FileKeyRing
from duly_server.store import leaves
from duly_server.store.batch import Batch, NewFact
from duly_server.store.journal import DjangoJournal
from duly_server.store.models import LeafRow, WaitingRow
from duly_server.store.units import UnitKeys

FRIDAY = THURSDAY + timedelta(days=1)
REPORTED = replace(step(), noted_at=THURSDAY)  # the record says the day alone


@pytest.fixture
def journal(db: None, keyring: FileKeyRing) -> DjangoJournal:
    return DjangoJournal("office.example/duly", UnitKeys(keyring))


def numbered() -> list[tuple[str, int]]:
    return list(LeafRow.objects.order_by("number").values_list("chain", "place"))


def new_chain(kind: str = "case") -> str:
    return f"{kind}/{reference_from(token_bytes(16))}"


def test_facts_are_numbered_from_0_each_once(journal: DjangoJournal) -> None:
    journal.append([batch(step(), step()), batch(step(), chain=OTHER)])
    assert leaves.number(today=THURSDAY) == 3
    assert leaves.number(today=THURSDAY) == 0
    journal.append([batch(step(), expected=2)])
    assert leaves.number(today=THURSDAY) == 1
    assert sorted(numbered()[:3]) == sorted([(CASE, 1), (CASE, 2), (OTHER, 1)])
    assert numbered()[3:] == [(CASE, 3)]
    found = leaves.leaf_of(CASE, 3)
    assert found is not None
    assert found.number == 3
    assert leaves.leaf_of(CASE, 4) is None


def test_what_a_reporter_does_has_no_number_until_its_day_is_over(journal: DjangoJournal) -> None:
    journal.append([batch(REPORTED)])
    assert leaves.number(today=THURSDAY - timedelta(days=1)) == 0  # a clock that was set back
    assert leaves.number(today=THURSDAY) == 0
    assert leaves.number(today=FRIDAY) == 1


def test_all_that_is_noted_with_it_waits_with_it_and_all_else_goes_ahead(journal: DjangoJournal) -> None:
    third = new_chain()
    journal.append([batch(REPORTED, chain=new_chain("complaint")), batch(step())])
    journal.append([batch(step(), chain=third)])
    assert leaves.number(today=THURSDAY) == 1
    assert numbered() == [(third, 1)]
    assert leaves.number(today=FRIDAY) == 2


def test_what_follows_in_the_same_record_waits_behind_it(journal: DjangoJournal) -> None:
    journal.append([batch(step(), chain=CASE)])
    journal.append([batch(REPORTED, expected=1)])
    journal.append([batch(step(), expected=2)])
    assert leaves.number(today=THURSDAY) == 1
    assert leaves.number(today=FRIDAY) == 2
    assert numbered() == [(CASE, 1), (CASE, 2), (CASE, 3)]


def test_the_numbers_of_a_day_are_in_no_order_but_that_of_each_record(journal: DjangoJournal) -> None:
    entered = [new_chain("complaint") for _ in range(60)]
    for chain in entered:
        journal.append([batch(REPORTED, REPORTED, chain=chain)])
    assert leaves.number(today=FRIDAY) == 120
    order = [chain for chain, place in numbered() if place == 1]
    assert order not in (entered, sorted(entered))
    assert _in_turn(order, entered) < 20 > _in_turn(order, sorted(entered))
    places = defaultdict(list)
    for chain, place in numbered():
        places[chain].append(place)
    assert set(map(tuple, places.values())) == {(1, 2)}


def _in_turn(order: Sequence[str], by: Sequence[str]) -> int:
    """How many stand right after the one they came after; by chance, one of 60."""
    following = set(pairwise(by))
    return sum(pair in following for pair in pairwise(order))


def test_what_waits_is_the_same_in_whatever_order_and_at_whatever_minute_it_came(
    journal: DjangoJournal,
) -> None:
    """The rows hold nothing but which facts wait and the day; on SQLite they even lie in that order."""
    early = datetime(2026, 4, 2, 6, tzinfo=UTC)
    chains = [new_chain("complaint") for _ in range(12)]
    for turn, chain in enumerate(chains):
        journal.append([batch(REPORTED, chain=chain)])
        officer = replace(step(), noted_at=early + timedelta(minutes=40 * turn))
        journal.append([batch(officer, officer, chain=chain.replace("complaint", "case"))])
    assert {field.name for field in WaitingRow._meta.get_fields()} == {"pk", "chain", "place", "last", "day"}
    rows = set(WaitingRow.objects.values_list("chain", "place", "last", "day"))
    assert rows == {(chain, 1, 1, THURSDAY) for chain in chains} | {
        (chain.replace("complaint", "case"), 1, 2, None) for chain in chains
    }


def test_a_large_backlog_is_numbered_in_several_batches(
    journal: DjangoJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaves, "AT_ONCE", 3)
    journal.append([Batch(new_chain(), 0, [step()] * 2) for _ in range(7)])
    for place in range(5):
        journal.append([Batch(CASE, place, [_of(place)])])
    assert leaves.number(today=FRIDAY) == 19
    assert leaves.count() == 19
    assert [place for chain, place in numbered() if chain == CASE] == [1, 2, 3, 4, 5]


def _of(place: int) -> NewFact:
    return REPORTED if place % 2 else step()


def test_a_row_that_waits_for_nothing_is_taken_out(journal: DjangoJournal) -> None:
    journal.append([batch(step())])
    assert leaves.number(today=THURSDAY) == 1
    WaitingRow.objects.create(chain=CASE, place=1, last=4)
    WaitingRow.objects.create(chain=OTHER, place=1, last=1, day=date(2026, 4, 1))
    assert leaves.number(today=THURSDAY) == 0
    assert not WaitingRow.objects.exists()
