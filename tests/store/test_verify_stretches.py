"""However many facts one statement reads, whatever an office does meanwhile: verifying says the same."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from tests.store.sample import THURSDAY, batch, step, text

from duly.record.references import reference_from
from duly_server.gateways.keys import FileKeyRing
from duly_server.store import guards, leaves, raw, verify
from duly_server.store.journal import DjangoJournal
from duly_server.store.models import FactRow, LeafRow, SealedPart
from duly_server.store.units import UnitKeys

CHAINS = sorted(f"case/{reference_from(bytes([turn]) * 16)}" for turn in range(5))


@pytest.fixture
def journal(db: None, keyring: FileKeyRing) -> DjangoJournal:
    """Five chains of one to five facts, a part with every third; all but the last two have a number."""
    journal = DjangoJournal("office.example/duly", UnitKeys(keyring))
    for length, chain in enumerate(CHAINS, 1):
        some = [step(reasons=text("a")) if place % 3 == 0 else step() for place in range(length)]
        journal.append([batch(*some, chain=chain)])
    leaves.number(today=THURSDAY)
    journal.append([batch(step(), step(), chain=CHAINS[0], expected=1)])
    with connection.cursor() as cursor:
        for statement in guards.lowering(connection.vendor):
            cursor.execute(statement)
    return journal


def said(journal: DjangoJournal, on: date | None = None) -> list[verify.RecordProblem]:
    return list(verify.verify(journal, on=on))


@pytest.mark.parametrize("at_once", [1, 2, 3, 4, 7])
def test_it_says_the_same_however_many_facts_are_read_at_once(
    journal: DjangoJournal, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    assert said(journal) == []
    whole = said(journal, on=date(2027, 1, 1))
    assert [(problem.chain, problem.place) for problem in whole] == [(CHAINS[0], 2)]
    FactRow.objects.filter(chain=CHAINS[4], place=2).delete()
    FactRow.objects.filter(chain=CHAINS[1], place=1).update(kind="told/1")
    SealedPart.objects.filter(chain=CHAINS[3], place=4).delete()
    LeafRow.objects.filter(chain=CHAINS[2], place=3).update(leaf=bytes(32))
    broken, seen = said(journal, on=date(2027, 1, 1)), list[int]()
    assert {problem.chain for problem in broken} == {*CHAINS}
    monkeypatch.setattr(raw, "AT_ONCE", at_once)
    assert list(verify.verify(journal, on=date(2027, 1, 1), seen=seen.append)) == broken
    assert seen == [1, 2, 3, 4, 5]


def test_no_more_chains_are_read_ahead_than_have_that_many_facts(
    journal: DjangoJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw, "AT_ONCE", 4)
    lengths = [[len(chain.rows) for chain in stretch] for stretch in raw.stretches()]
    assert lengths == [[3, 2], [3, 4], [5]]


def test_a_number_given_while_it_reads_is_no_fault(
    journal: DjangoJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, statements = raw._rows, list[str]()

    def and_then_numbers(which: str, **values: Any) -> list[tuple[Any, ...]]:
        found = read(which, **values)
        if not statements:
            assert leaves.number(today=THURSDAY) == 2
        statements.append(which)
        return found

    monkeypatch.setattr(raw, "_rows", and_then_numbers)
    assert said(journal) == []
    assert len(statements) > 1


def test_a_sound_chain_is_not_read_fact_by_fact(
    journal: DjangoJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_fact(data: bytes) -> None:
        raise AssertionError("It is read member by member.")

    monkeypatch.setattr(verify, "read_fact", read_fact)
    assert said(journal) == []
    FactRow.objects.filter(chain=CHAINS[1], place=1).update(digest=bytes(32))
    with pytest.raises(AssertionError, match="member by member"):
        said(journal)


@pytest.mark.parametrize(
    ("column", "value", "place"),
    [
        ("chain", "CAST(chain AS BLOB)", 2),
        ("chain", "X'00ff'", 2),
        ("place", "2.5", 2),
        ("place", "'x'", 0),
        ("place", "X'ff'", 0),
    ],
)
def test_a_fact_whose_key_is_no_text_or_no_number_is_named(
    journal: DjangoJournal, database_vendor: str, column: str, value: str, place: int
) -> None:
    if database_vendor == "postgresql":
        with connection.cursor() as cursor:  # which takes no such thing
            cursor.execute(
                "SELECT data_type FROM information_schema.columns WHERE table_name = 'store_factrow'"
            )
            assert {"character varying", "integer"} <= {kind for (kind,) in cursor.fetchall()}
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE store_factrow SET {column} = {value} WHERE chain = %s AND place = 2",  # noqa: S608 -- the list above
            [CHAINS[3]],
        )
    found, name = said(journal), CHAINS[3] if value != "X'00ff'" else "\0\\xff"
    says = "This fact stands under a name or a place that is none."
    assert verify.RecordProblem(name, place, says) in found
    assert (CHAINS[3], 2) in {(problem.chain, problem.place) for problem in found}
