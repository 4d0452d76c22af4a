"""One contract for every journal: in memory, on SQLite, on PostgreSQL."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import transaction
from tests.databases import OfficeDatabases
from tests.store.sample import CASE, OTHER, TEN, THURSDAY, batch, step, text

from duly.record import codec, seal
from duly.record.facts import Linked, Relation, StepTaken
from duly_server.gateways.keys import FileKeyRing
from duly_server.store.batch import Batch, Head, Journal, PartAt, PartUnopenedError, SomeoneElseActedError
from duly_server.store.journal import DjangoJournal
from duly_server.store.memory import MemoryJournal
from duly_server.store.units import UnitKeys

ORIGIN = "office.example/duly"


@pytest.fixture(params=["memory", pytest.param("database", marks=pytest.mark.django_db)])
def journal(request: pytest.FixtureRequest, keyring: FileKeyRing) -> Journal:
    if request.param == "memory":
        return MemoryJournal(origin=ORIGIN)
    return DjangoJournal(ORIGIN, UnitKeys(keyring))


def test_facts_are_read_as_they_were_appended_in_the_order_of_their_places(journal: Journal) -> None:
    first = journal.append([batch(step("receive"), step("sift"))])
    second = journal.append([batch(step("serve-notice"), expected=2)])
    assert journal.read(CASE) == first + second
    assert [fact.place for fact in first + second] == [1, 2, 3]
    assert [fact.body.step for fact in journal.read(CASE) if isinstance(fact.body, StepTaken)] == [
        "receive",
        "sift",
        "serve-notice",
    ]


def test_a_chain_that_is_not_there_has_no_facts_and_no_head(journal: Journal) -> None:
    assert journal.read(CASE) == ()
    assert journal.read_many([CASE, OTHER]) == {CASE: (), OTHER: ()}
    assert journal.heads([CASE]) == {}


def test_each_fact_names_the_one_before(journal: Journal) -> None:
    journal.append([batch(step())])
    before = journal.heads([CASE])[CASE]
    (second,) = journal.append([batch(step("sift"), expected=1)])
    data = codec.fact_bytes(second, origin=ORIGIN, previous=before.digest)
    assert journal.heads([CASE, OTHER]) == {CASE: Head(2, seal.digest(data))}


def test_instants_are_kept_to_the_second_in_utc_and_days_as_days(journal: Journal) -> None:
    east = timezone(timedelta(hours=2))
    noted = datetime(2026, 4, 2, 12, 30, 15, 999_999, tzinfo=east)
    facts = journal.append([batch(replace(step(), noted_at=noted), replace(step("sift"), noted_at=THURSDAY))])
    instant = datetime(2026, 4, 2, 10, 30, 15, tzinfo=UTC)
    assert [fact.noted_at for fact in facts] == [instant, date(2026, 4, 2)]
    assert journal.read(CASE) == facts


def test_the_second_of_two_writers_is_told_someone_else_acted(journal: Journal) -> None:
    journal.append([batch(step("receive"))])
    (theirs,) = journal.append([batch(step("sift"), expected=1)])
    with pytest.raises(SomeoneElseActedError) as told:
        journal.append([batch(step("serve-notice"), expected=1)])
    assert (told.value.chain, told.value.place, told.value.fact) == (CASE, 2, theirs)
    assert len(journal.read(CASE)) == 2


def test_records_are_held_where_they_end(journal: Journal) -> None:
    journal.append([batch(step())])
    with transaction.atomic() if isinstance(journal, DjangoJournal) else nullcontext():
        assert journal.hold([CASE, OTHER]) == journal.heads([CASE])


def test_nothing_is_held_without_a_transaction_that_ends(
    fresh_office_db: OfficeDatabases, keyring: FileKeyRing
) -> None:
    with pytest.raises(ValueError, match="within a transaction"):
        DjangoJournal(ORIGIN, UnitKeys(keyring)).hold([CASE])


def test_facts_on_several_chains_are_added_all_or_none(journal: Journal) -> None:
    both = [batch(step()), batch(step("sift"), chain=OTHER)]
    facts = journal.append(both)
    assert [fact.chain for fact in facts] == [CASE, OTHER]
    with pytest.raises(SomeoneElseActedError):
        journal.append([batch(step("answer"), expected=1), batch(step("answer"), chain=OTHER)])
    assert [len(facts) for facts in journal.read_many([CASE, OTHER]).values()] == [1, 1]


@pytest.mark.parametrize(
    "batches",
    [
        [batch(step(), expected=7)],
        [batch(step()), batch(step("sift"))],
        [batch()],
        [batch(step(), expected=-1)],
    ],
    ids=["a place that is not there", "one chain twice", "no facts", "a place before the first"],
)
def test_a_batch_that_cannot_be_meant_is_refused(journal: Journal, batches: list[Batch]) -> None:
    with pytest.raises(ValueError, match=r"place|batch"):
        journal.append(batches)
    assert journal.read(CASE) == ()


def test_parts_open_as_they_were_given_and_the_fact_commits_to_them(journal: Journal) -> None:
    (fact,) = journal.append(
        [batch(step(reasons=text("Wegen Krankheit."), narrative=text("Ünïcode \u202e ,")))]
    )
    assert [name for name, _ in fact.parts] == ["narrative", "reasons"]
    assert journal.open_part(CASE, 1, "reasons") == {"v": 1, "text": "Wegen Krankheit."}
    assert journal.open_parts([CASE]) == {
        PartAt(CASE, 1, "narrative"): {"v": 1, "text": "Ünïcode \u202e ,"},
        PartAt(CASE, 1, "reasons"): {"v": 1, "text": "Wegen Krankheit."},
    }


def test_parts_are_found_by_chain_and_name(journal: Journal) -> None:
    journal.append([batch(step(reasons=text("a")), step("sift", narrative=text("b")))])
    journal.append([batch(step(reasons=text("c")), chain=OTHER), batch(step(reasons=text("d")), expected=2)])
    found = journal.open_parts([CASE, OTHER], names=["reasons"])
    assert {at: part["text"] for at, part in found.items() if isinstance(part, dict)} == {
        PartAt(CASE, 1, "reasons"): "a",
        PartAt(CASE, 3, "reasons"): "d",
        PartAt(OTHER, 1, "reasons"): "c",
    }
    assert journal.open_parts([OTHER], names=["narrative"]) == {}


def test_a_part_that_is_not_there_is_said_to_be_missing(journal: Journal) -> None:
    journal.append([batch(step(reasons=text("a")))])
    for at in ((CASE, 2, "reasons"), (CASE, 1, "narrative"), (OTHER, 1, "reasons")):
        with pytest.raises(PartUnopenedError, match="not there"):
            journal.open_part(*at)


def test_equal_parts_have_different_commitments(journal: Journal) -> None:
    facts = journal.append([batch(step(reasons=text("same")), step(reasons=text("same")))])
    first, second = (fact.parts for fact in facts)
    assert first != second


def test_free_text_in_a_body_and_a_part_that_is_none_are_refused_and_nothing_is_half_saved(
    journal: Journal,
) -> None:
    told = Linked(chain="case/The Rev. John Smith", relation=Relation.OPENS)
    hostile = (
        replace(step(), body=told),
        replace(step(), by="Jane Smith"),
        replace(step(), noted_at=TEN.replace(tzinfo=None)),
        step(reasons={"text": "no version"}),
        step(reasons={"v": 1, "half": 0.5}),
        step(reasons={"v": 1, "text": "e\u0301"}),
        step(poetry=text("no part of this name")),
    )
    for fact in hostile:
        with pytest.raises((codec.BodyError, codec.CanonicalError, ValueError)):
            journal.append([batch(step("receive"), chain=OTHER), batch(step("receive"), fact)])
    assert journal.read_many([CASE, OTHER]) == {CASE: (), OTHER: ()}
    assert journal.open_parts([CASE, OTHER]) == {}


def test_the_last_facts_of_many_records_are_found_at_once(journal: Journal) -> None:
    journal.append([batch(step(), step("sift")), batch(step(), chain=OTHER)])
    heads = journal.heads([*(f"case/none-{turn}" for turn in range(1100)), OTHER, CASE])
    assert {chain: head.place for chain, head in heads.items()} == {CASE: 2, OTHER: 1}
