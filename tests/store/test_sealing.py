"""What is sealed, under which key, and what a thief or a slip can do with it (threats T02, T04)."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from tests.databases import OfficeDatabases
from tests.store.sample import CASE, OTHER, batch, step, text

from duly_server.gateways.keys import FileKeyRing
from duly_server.store import guards, rows, units
from duly_server.store import journal as journal_module
from duly_server.store.batch import PartAt, SomeoneElseActedError, Unopened
from duly_server.store.envelope import CannotOpenError
from duly_server.store.journal import DjangoJournal
from duly_server.store.keys.models import UnitKey
from duly_server.store.models import FactRow, SealedPart
from duly_server.store.units import UnitKeys

ORIGIN = "office.example/duly"


@pytest.fixture
def journal(db: None, keyring: FileKeyRing) -> DjangoJournal:
    return DjangoJournal(ORIGIN, UnitKeys(keyring))


@pytest.fixture
def committing(fresh_office_db: OfficeDatabases, keyring: FileKeyRing) -> DjangoJournal:
    return DjangoJournal(ORIGIN, UnitKeys(keyring))


def _unit(chain: str, place: int, name: str) -> bytes:
    return bytes(SealedPart.objects.get(chain=chain, place=place, name=name).unit_id)


def test_one_name_in_one_record_is_one_unit_and_no_two_others_share_one(journal: DjangoJournal) -> None:
    journal.append([batch(step(R=text("who"), reasons=text("why")), step("sift", R=text("who")))])
    journal.append([batch(step(R=text("again")), expected=2), batch(step(R=text("x")), chain=OTHER)])
    same = {_unit(CASE, place, "R") for place in (1, 2, 3)}
    assert len(same) == 1
    assert len(same | {_unit(CASE, 1, "reasons"), _unit(OTHER, 1, "R")}) == 3


def test_a_key_is_stored_before_the_fact_that_needs_it_and_outlives_a_fact_that_failed(
    committing: DjangoJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys_there: list[int] = []

    def _fail(*_: object) -> None:
        keys_there.append(UnitKey.objects.count())
        raise IntegrityError("The disk is full.")

    monkeypatch.setattr(journal_module, "_insert", _fail)
    with pytest.raises(IntegrityError):
        committing.append([batch(step(reasons=text("why")))])
    assert keys_there[0] >= 1
    assert UnitKey.objects.count() == keys_there[0]
    assert not FactRow.objects.exists()


def test_keys_made_ahead_are_used_up_before_others_are_made(committing: DjangoJournal) -> None:
    committing.append([batch(step(reasons=text("why")))])
    with CaptureQueriesContext(connections["keys"]) as asked:
        committing.append([batch(step(reasons=text("why")), chain=OTHER)])
    assert [each["sql"].partition(" ")[0] for each in asked] == ["SELECT"]  # whether the key is still there
    assert UnitKey.objects.count() == 1 + units.SPARE


def test_a_key_made_ahead_that_the_store_has_lost_seals_nothing(committing: DjangoJournal) -> None:
    committing.append([batch(step(reasons=text("why")))])
    UnitKey.objects.all().delete()  # put back from a copy that is older than this process
    committing.append([batch(step(reasons=text("why")), chain=OTHER)])
    assert UnitKey.objects.filter(unit_id=_unit(OTHER, 1, "reasons")).exists()
    assert committing.open_part(OTHER, 1, "reasons") == text("why")


def test_a_forked_process_and_another_database_get_keys_of_their_own(
    committing: DjangoJournal, keyring: FileKeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = UnitKeys(keyring)
    keys.make_ready(1, on=step().on)
    mine = keys._spare[0].unit_id
    monkeypatch.setattr(os, "getpid", lambda: -1)
    (theirs,) = keys.take(1, on=step().on)
    assert theirs.unit_id != mine


def test_no_key_made_in_a_transaction_is_kept_at_hand_beyond_it(db: None, keyring: FileKeyRing) -> None:
    keys = UnitKeys(keyring)
    keys.take(2, on=step().on)
    assert keys._spare == []


def test_facts_and_parts_go_with_the_transaction_they_were_appended_in(committing: DjangoJournal) -> None:
    def _append_and_fail() -> None:
        with transaction.atomic():
            committing.append([batch(step(reasons=text("why")))])
            raise RuntimeError("something later in the same transaction")

    with pytest.raises(RuntimeError):
        _append_and_fail()
    assert committing.read(CASE) == ()
    assert not SealedPart.objects.exists()
    committing.append([batch(step())])
    assert len(committing.read(CASE)) == 1


def test_a_refused_append_leaves_the_transaction_it_joined_usable(committing: DjangoJournal) -> None:
    committing.append([batch(step())])
    with transaction.atomic():
        with pytest.raises(SomeoneElseActedError):
            committing.append([batch(step("sift"))])
        committing.append([batch(step("sift"), expected=1)])
    assert len(committing.read(CASE)) == 2


def test_the_number_of_statements_does_not_grow_with_the_facts(committing: DjangoJournal) -> None:
    def _asked(act: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as asked, CaptureQueriesContext(connections["keys"]) as keys:
            act()
        return len(asked) + len(keys)

    few = [step(reasons=text("a"), R=text("b"))] * 2  # each begins one unit
    many = [step(reasons=text("a"), narrative=text("b"))] * rows.MANY
    more = [step(reasons=text("a"), C1=text("b"))] * 100
    committing.append([batch(step(reasons=text("a")))])
    of_few = _asked(lambda: committing.append([batch(*few, expected=1)]))
    of_many = _asked(lambda: committing.append([batch(*many, expected=3)]))
    of_more = _asked(lambda: committing.append([batch(*more, expected=3 + rows.MANY)]))
    copies = 2 if connection.vendor == "postgresql" else 0  # many facts, and many parts, are copied in
    assert of_few + copies == of_many == of_more
    assert _asked(lambda: committing.read(CASE)) == 1
    assert _asked(lambda: committing.open_parts([CASE])) == 2


def test_of_many_writers_at_once_one_gets_each_place_and_the_others_are_told(
    committing: DjangoJournal,
) -> None:
    outcomes: list[str] = []
    start = threading.Barrier(8)

    def _write() -> None:
        start.wait()
        try:
            committing.append([batch(step(reasons=text("why")))])
            outcomes.append("written")
        except SomeoneElseActedError as told:
            outcomes.append(f"told of place {told.place}")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=_write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["told of place 1"] * 7 + ["written"]
    assert len(committing.read(CASE)) == 1
    assert SealedPart.objects.count() == 1


def test_writers_who_need_the_same_chains_in_another_order_do_not_wait_for_each_other_for_ever(
    committing: DjangoJournal,
) -> None:
    committing.append([batch(step()), batch(step(), chain=OTHER)])
    failures: list[str] = []
    start = threading.Barrier(2)

    def _write(first: str, second: str) -> None:
        start.wait()
        for _ in range(20):
            heads = committing.heads([CASE, OTHER])
            both = [batch(step(), chain=chain, expected=heads[chain].place) for chain in (first, second)]
            try:
                committing.append(both)
            except SomeoneElseActedError:
                continue
            except Exception as error:
                failures.append(repr(error))
        connections.close_all()

    threads = [threading.Thread(target=_write, args=order) for order in ((CASE, OTHER), (OTHER, CASE))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(committing.read(CASE)) == len(committing.read(OTHER)) > 20


def _without_guards() -> None:
    with connection.cursor() as cursor:
        for statement in guards.lowering(connection.vendor):
            cursor.execute(statement)


def _swap(rows: list[SealedPart] | list[UnitKey], *columns: str) -> None:
    first, second = rows
    for column in columns:
        mine, theirs = getattr(first, column), getattr(second, column)
        setattr(first, column, theirs)
        setattr(second, column, mine)
    for row in rows:
        row.save(update_fields=columns)


def _unopened(journal: DjangoJournal) -> list[bool]:
    return [isinstance(part, Unopened) for part in journal.open_parts([CASE]).values()]


def test_two_sealed_parts_that_change_places_do_not_open(committing: DjangoJournal) -> None:
    committing.append([batch(step(reasons=text("first")), step(reasons=text("second")))])
    _without_guards()
    _swap(list(SealedPart.objects.order_by("pk")), "sealed", "unit_id")
    assert _unopened(committing) == [True, True]


def test_two_wrapped_keys_that_change_places_open_nothing(committing: DjangoJournal) -> None:
    committing.append([batch(step(reasons=text("first"), narrative=text("second")))])
    used = list(SealedPart.objects.values_list("unit_id", flat=True))
    _swap(list(UnitKey.objects.filter(unit_id__in=used)), "wrapped")
    assert _unopened(committing) == [True, True]


def test_a_sealed_part_cut_short_gives_out_nothing(committing: DjangoJournal) -> None:
    committing.append([batch(step(reasons=text("word " * 100)))])
    _without_guards()
    row = SealedPart.objects.get()
    for length in (0, 5, 29, 41, 100, len(row.sealed) - 1):
        SealedPart.objects.update(sealed=bytes(row.sealed)[:length])
        assert _unopened(committing) == [True]
    SealedPart.objects.update(sealed=row.sealed)
    assert committing.open_part(CASE, 1, "reasons") == text("word " * 100)


def test_a_part_sealed_twice_is_never_the_same_twice(journal: DjangoJournal) -> None:
    journal.append([batch(*[step(reasons=text("same"))] * 50)])
    sealed = [bytes(row.sealed) for row in SealedPart.objects.all()]
    nonces = {each[29:41] for each in sealed}
    assert len(set(sealed)) == len(nonces) == 50


def test_a_part_whose_key_is_gone_says_so_and_nothing_more_is_sealed_under_it(
    journal: DjangoJournal,
) -> None:
    journal.append([batch(step(reasons=text("why")))])
    UnitKey.objects.all().delete()
    assert journal.open_parts([CASE]) == {
        PartAt(CASE, 1, "reasons"): Unopened("The key of this unit is not in the key store.")
    }
    with pytest.raises(CannotOpenError, match="reasons"):
        journal.append([batch(step(reasons=text("more")), expected=1)])
    assert len(journal.read(CASE)) == 1


def test_the_database_without_the_keyring_holds_no_word_of_a_part(
    committing: DjangoJournal, fresh_office_db: OfficeDatabases, keyring: FileKeyRing, tmp_path: Path
) -> None:
    committing.append([batch(step(reasons=text("MARKER"), R={"v": 1, "name": "MARKER"}))])
    for row in (*FactRow.objects.values_list("fact", "kind"), *SealedPart.objects.values_list("sealed")):
        assert b"MARKER" not in b"".join(bytes(v) if not isinstance(v, str) else v.encode() for v in row)
    for file in fresh_office_db.home.rglob("*"):
        assert b"MARKER" not in file.read_bytes()
    strangers = FileKeyRing.create(tmp_path / "another keyring", on=step().on)
    stolen = DjangoJournal(ORIGIN, UnitKeys(strangers))
    assert len(stolen.read(CASE)) == 1  # the shape of the record
    assert all(isinstance(part, Unopened) for part in stolen.open_parts([CASE]).values())
