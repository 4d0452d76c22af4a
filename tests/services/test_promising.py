"""The signed promise on a receipt: kept, not yet due, broken, forged, altered, of another office."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from tests.services.office import SmallOffice, instant

from duly.record import promise as promises
from duly.record.facts import Naming
from duly.record.promise import SignedPromise
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import premises, promising, sending, work
from duly_server.store import drafts, guards
from duly_server.store.models import FactRow, LeafRow

DAY = date(2026, 3, 20)
NEXT_DAY = DAY + timedelta(days=1)
LATER = DAY + timedelta(days=2)


@pytest.fixture
def promise(small_office: SmallOffice) -> str:
    receipt = small_office.complaint("2026-03-20", naming=Naming.ANONYMOUS, narrative="Mocked.")
    return promising.promise_for(receipt)


def resigned(promise: str, keyring: FileKeyRing, **changed: object) -> str:
    """Another statement, truly signed with this keyring."""
    said = replace(promises.read(promise).promise, **changed)  # type: ignore[arg-type]  # one of its fields
    return promises.write(SignedPromise(said, keyring.public_key(), keyring.sign(said.signed_bytes)))


def test_it_promises_the_complaints_own_fact_by_the_end_of_the_next_day(promise: str) -> None:
    said = promises.read(promise).promise
    row = FactRow.objects.get(kind="submitted/1")
    assert (said.chain, said.place, said.digest) == (row.chain, 1, bytes(row.digest))
    assert said.by == NEXT_DAY
    assert said.origin == premises.premises().journal.origin


def test_it_is_the_same_each_time_and_promises_what_came_in_whatever_the_record_says_by_now(
    small_office: SmallOffice,
) -> None:
    receipt = small_office.complaint("2026-03-20")
    promise = promising.promise_for(receipt)
    with connection.cursor() as cursor:
        for statement in guards.lowering(connection.vendor):
            cursor.execute(statement)
    FactRow.objects.filter(chain=f"complaint/{receipt.complaint}").delete()
    assert promising.promise_for(receipt) == promise
    assert "the record does not hold this fact" in promising.check(promise, on=DAY).says


def test_a_draft_sealed_by_the_version_before_still_opens_to_its_receipt(small_office: SmallOffice) -> None:
    receipt = small_office.complaint("2026-03-20")
    key = drafts.new_key()
    told = {
        "sent-code": receipt.code,
        "sent-complaint": receipt.complaint,
        "sent-case": receipt.case,
        "sent-on": "2026-03-20",
        "sent-promise": promising.promise_for(receipt),
    }
    drafts.save(key, told, expires_on=LATER)
    assert sending.read(key, on=DAY).receipt == receipt


def test_it_holds_nothing_of_what_was_told_and_no_minute(promise: str) -> None:
    assert {line.partition(":")[0] for line in promise.splitlines()} == {
        "duly/promise/1", "log", "record", "place", "digest", "in the log by", "key", "signature",
    }  # fmt: skip
    for told in ("Mocked", "conductor", "anonymous", "10:30"):
        assert told not in promise


def test_until_its_day_ends_it_may_still_be_kept_and_then_it_is_broken(promise: str) -> None:
    for day in (DAY, NEXT_DAY):
        found = promising.check(promise, on=day)
        assert found.holds
        assert found.says.endswith("The fact is in the record and has until Sat 21 Mar 2026.")
    found = promising.check(promise, on=LATER)
    assert not found.holds
    assert "did not keep it: the fact was to be in the log by Sat 21 Mar 2026." in found.says


def test_once_the_worker_has_run_the_next_day_it_is_kept(promise: str) -> None:
    work.work(today=DAY, at=instant(DAY))
    assert promising.check(promise, on=DAY).number is None
    work.work(today=NEXT_DAY, at=instant(NEXT_DAY))
    number = LeafRow.objects.get(chain=promises.read(promise).promise.chain, place=1).number
    found = promising.check(promise, on=LATER + timedelta(days=900))
    assert (found.holds, found.number) == (True, number)
    assert found.says == f"This office signed it, and kept it: the fact is in the log as number {number}."


@pytest.mark.parametrize(
    ("old", "new"),
    [("place: 1", "place: 2"), ("2026-03-21", "2027-03-21"), ("complaint/", "case/"), ("digest: ", None)],
)
def test_altered_it_is_refused(promise: str, old: str, new: str | None) -> None:
    changed = promise.replace(old, new) if new else promise.replace(_digest(promise), "0" * 64)
    assert changed != promise
    found = promising.check(changed, on=DAY)
    assert not found.holds
    assert found.says == "The signature does not fit what the promise says: it was altered, or forged."


def _digest(promise: str) -> str:
    return promises.read(promise).promise.digest.hex()


def test_forged_with_another_key_it_is_refused(promise: str) -> None:
    other = FileKeyRing.demo(on=DAY)
    forged = resigned(promise, other)
    other.discard()
    assert promising.check(forged, on=DAY).says.startswith("No key of this office signed this promise")
    ours = promises.read(promise).key
    under_our_name = forged.replace(promises.read(forged).key.hex(), ours.hex())
    assert promising.check(under_our_name, on=DAY).says.startswith("The signature does not fit")


def test_of_another_log_it_is_refused_even_under_the_same_key(promise: str, keyring: FileKeyRing) -> None:
    other = resigned(promise, keyring, origin="other.example/duly")
    assert promising.check(other, on=DAY) == promising.Found(
        False, "This promise is of another log: other.example/duly."
    )


def test_signed_here_but_not_in_the_record_is_told(promise: str, keyring: FileKeyRing) -> None:
    for other in (resigned(promise, keyring, place=9), resigned(promise, keyring, digest=bytes(32))):
        found = promising.check(other, on=DAY)
        assert not found.holds
        assert "the record does not hold this fact at complaint/" in found.says


def test_a_fact_or_leaf_that_is_rewritten_later_is_told(promise: str) -> None:
    work.work(today=NEXT_DAY, at=instant(NEXT_DAY))
    with connection.cursor() as cursor:
        for statement in guards.lowering(connection.vendor):
            cursor.execute(statement)
    chain = promises.read(promise).promise.chain
    LeafRow.objects.filter(chain=chain, place=1).update(leaf=b"l" * 32)
    assert "of the log is not this fact" in promising.check(promise, on=LATER).says
    fact = bytes(FactRow.objects.get(chain=chain, place=1).fact)
    FactRow.objects.filter(chain=chain, place=1).update(fact=fact.replace(b'"web"', b'"post"'))
    assert "the record does not hold this fact" in promising.check(promise, on=LATER).says
