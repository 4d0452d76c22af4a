"""Whatever is changed behind Duly's back in any column of the record, `duly record verify` names the place.

The columns come from the models: one that is added is tried as well, or has to be named below with a reason.
Every so many bytes are tried, a different one of each fact; with DULY_TEST_LONG=1 all of them.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from typing import Any, TypeVar

import pytest
from django.db import connections, models, transaction
from tests.databases import OfficeDatabases
from tests.running import ready
from tests.services.conftest import furnish
from tests.services.office import ROOT, SmallOffice
from tests.services.test_casework import accepted

from duly.record import seal
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import keeping, premises
from duly_server.store import guards, leaves
from duly_server.store.keys.models import UnitKey
from duly_server.store.models import FactRow, LeafRow, SealedPart

LOG = "log"
IS_LONG = os.environ.get("DULY_TEST_LONG") == "1"
AT_MOST = 16  # changes of each column in the everyday run
RECORD: tuple[type[models.Model], ...] = (FactRow, SealedPart, LeafRow, UnitKey)
NOT_COVERED = {
    (UnitKey, "epoch"): "the month of the wrapping key, which also stands within the wrapped bytes",
    (UnitKey, "destroyed_on"): "told of a destroyed key; whether a part opens, the wrapped bytes decide",
}
COLUMNS = [
    (model, field.attname)
    for model in RECORD
    for field in model._meta.concrete_fields
    if (model, field.attname) not in NOT_COVERED
]

Row = dict[str, Any]
Tried = TypeVar("Tried")


@pytest.fixture
def kept(small_office: SmallOffice) -> SmallOffice:
    """A complaint that became a case; all that was noted has its number, and the guards are down."""
    accepted(small_office)
    small_office.complaint("2026-03-02")
    leaves.number(today=small_office.acting("complaints-officer", "2026-06-01").today)
    assert list(keeping.verify_record()) == []
    lower()
    return small_office


def lower() -> None:
    with connections["default"].cursor() as cursor:
        for statement in guards.lowering(connections["default"].vendor):
            cursor.execute(statement)


@contextmanager
def undone(using: str) -> Iterator[None]:
    with transaction.atomic(using=using):
        yield
        transaction.set_rollback(True, using=using)


def said() -> set[tuple[str, int]]:
    return {(problem.chain, problem.place) for problem in keeping.verify_record()}


def alias_of(model: type[models.Model]) -> str:
    return "keys" if model is UnitKey else "default"


def columns_of(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def rows(model: type[models.Model]) -> list[Row]:
    return [dict(row) for row in model._default_manager.using(alias_of(model)).values(*columns_of(model))]


def key_of(model: type[models.Model], row: Row) -> Row:
    fields = model._meta.pk_fields
    return {field.attname: row[field.attname] for field in fields}


def put(model: type[models.Model], key: Row, new: Row, *, as_text: bool = False) -> None:
    """Writes past Django, which would not let text be anything else."""
    connection = connections[alias_of(model)]
    mark = "%s"
    if as_text:
        mark = "CAST(%s AS TEXT)" if connection.vendor == "sqlite" else "convert_from(%s, 'UTF8')"
    sets = ", ".join(f"{name} = {mark}" for name in new)
    where = " AND ".join(f"{name} = %s" for name in key)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {model._meta.db_table} SET {sets} WHERE {where}",  # noqa: S608 -- names of the models
            [*new.values(), *key.values()],
        )
        assert cursor.rowcount == 1


def altered(value: Any, turn: int) -> Iterator[Any]:
    """The value with one bit of one byte turned, another bit for each byte; a number with one bit turned."""
    if isinstance(value, int):
        yield from (value ^ (1 << bit) for bit in (2, 9, 16, 30))
        return
    data = value.encode() if isinstance(value, str) else bytes(value)
    for at in range(len(data)):
        yield data[:at] + bytes([data[at] ^ (1 << ((at + turn) % 8))]) + data[at + 1 :]


def changes(model: type[models.Model], column: str) -> list[tuple[Row, Any]]:
    """What to put instead in which row: all bytes of all rows, or a spread of them."""
    every = [
        (row, value)
        for turn, row in enumerate(rows(model))
        if row[column] is not None
        for value in altered(row[column], turn)
        if not (isinstance(value, int) and any(other[column] == value for other in rows(model)))
    ]
    return some(every)


def some(every: list[Tried]) -> list[Tried]:
    """All of them in the long run, else a spread."""
    if IS_LONG or len(every) <= AT_MOST:
        return every
    step = len(every) / AT_MOST
    return [every[int(turn * step)] for turn in range(AT_MOST)]


def places_of(model: type[models.Model], row: Row) -> set[tuple[str, int]]:
    """Where a change of this row has to be named: one of these."""
    if model is UnitKey:
        of = SealedPart.objects.filter(unit_id=row["unit_id"])
        return set(of.values_list("chain", "place"))
    here = {(row["chain"], row["place"])}
    return here | {(LOG, row["number"])} if model is LeafRow else here


def test_every_column_of_the_record_is_tried_or_named_here_with_a_reason() -> None:
    known = {(model, name) for model in RECORD for name in columns_of(model)}
    assert NOT_COVERED.keys() <= known
    assert {*COLUMNS} | NOT_COVERED.keys() == known
    assert all(NOT_COVERED.values())


@pytest.mark.parametrize(
    ("model", "column"), COLUMNS, ids=[f"{model._meta.db_table}.{column}" for model, column in COLUMNS]
)
def test_any_byte_of_any_column_that_is_changed_is_named_by_its_place(
    kept: SmallOffice, database_vendor: str, model: type[models.Model], column: str
) -> None:
    tried = 0
    for row, value in changes(model, column):
        is_text = isinstance(row[column], str)
        if is_text and database_vendor == "postgresql" and not is_sound(value):
            continue  # PostgreSQL itself takes no such text
        wanted = places_of(model, row)
        if model is UnitKey and not wanted:
            continue  # a key that was made ahead
        with undone(alias_of(model)):
            put(model, key_of(model, row), {column: value}, as_text=is_text)
            assert wanted & said(), f"{column} of {key_of(model, row)}: {value!r} went unnoticed"
        tried += 1
    assert tried >= 4


def is_sound(data: bytes) -> bool:
    return data.isascii() and b"\0" not in data


def test_a_fact_that_is_gone_is_named_whichever_it_was(kept: SmallOffice) -> None:
    for row in some(rows(FactRow)):
        with undone("default"):
            FactRow.objects.filter(**key_of(FactRow, row)).delete()
            assert (row["chain"], row["place"]) in said()


def test_two_facts_that_were_exchanged_are_named_within_a_chain_and_between_chains(kept: SmallOffice) -> None:
    every = rows(FactRow)
    for one, other in some(list(pairwise(every))):
        with undone("default"):
            for here, there in ((one, other), (other, one)):
                put(FactRow, key_of(FactRow, here), {n: there[n] for n in ("kind", "digest", "fact")})
            assert said() & {(each["chain"], each["place"]) for each in (one, other)}


def test_two_whole_chains_that_were_exchanged_are_both_named(kept: SmallOffice) -> None:
    one, other, *_ = sorted({row["chain"] for row in rows(FactRow) if row["chain"].startswith("case/")})
    with undone("default"):
        for model in (FactRow, SealedPart):
            model._default_manager.filter(chain=one).update(chain="case/X")
            model._default_manager.filter(chain=other).update(chain=one)
            model._default_manager.filter(chain="case/X").update(chain=other)
        assert {(one, 1), (other, 1)} <= said()


def test_what_was_put_at_the_end_of_a_chain_is_named(kept: SmallOffice) -> None:
    for chain in sorted({row["chain"] for row in rows(FactRow)}):
        last = max((row for row in rows(FactRow) if row["chain"] == chain), key=lambda row: row["place"])
        place = last["place"] + 1
        with undone("default"):
            FactRow.objects.create(**{**last, "place": place})
            assert (chain, place) in said()
        with undone("default"):
            FactRow.objects.create(**forged(last))
            assert (chain, place) in said()


def forged(last: Mapping[str, Any]) -> Row:
    """A sound fact that follows on the last one as if it had been noted."""
    fact = json.loads(bytes(last["fact"]))
    fact |= {"place": last["place"] + 1, "previous": bytes(last["digest"]).hex(), "parts": []}
    data = json.dumps(fact, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return {**last, "place": fact["place"], "fact": data, "digest": seal.digest(data)}


def test_a_part_or_a_leaf_that_is_gone_put_in_or_moved_is_named(kept: SmallOffice) -> None:
    for row in some(rows(SealedPart)):
        with undone("default"):
            SealedPart.objects.filter(**key_of(SealedPart, row)).delete()
            assert said() == {(row["chain"], row["place"])}
        with undone("default"):
            SealedPart.objects.create(**{**row, "name": f"{row['name']}2"})
            assert said() == {(row["chain"], row["place"])}
    for row in some(rows(LeafRow)):
        with undone("default"):
            LeafRow.objects.filter(number=row["number"]).delete()
            assert (row["chain"], row["place"]) in said()
    end = leaves.count()
    with undone("default"):
        LeafRow.objects.create(number=end, chain="case/X", place=1, leaf=b"\0" * 32)
        assert said() == {("case/X", 1)}


def test_the_command_names_them_too(
    fresh_office_db: OfficeDatabases, keyring: FileKeyRing, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ring = FileKeyRing.create(tmp_path_factory.mktemp("keys") / "keyring", on=date(2026, 1, 1))
    premises.move_in(ring)
    accepted(furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text()))
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DULY_")},
        **fresh_office_db.environment,
        "DULY_KEYRING": str(ring.folder),
    }
    leaves.number(today=date(2026, 6, 1))
    assert verified(environment) == set()
    lower()
    wanted = set()
    for model, column in ((FactRow, "fact"), (SealedPart, "sealed")):
        row = rows(model)[-1]
        value = bytes(row[column])
        put(model, key_of(model, row), {column: value[:-5] + bytes([value[-5] ^ 4]) + value[-4:]})
        wanted.add((row["chain"], row["place"]))
    connections.close_all()
    assert verified(environment) == wanted


def verified(environment: dict[str, str]) -> set[tuple[str, int]]:
    done = ready.run("record", "verify", "--json", environment=environment)
    found = {(each["chain"], each["place"]) for each in json.loads(done.stdout)["problems"]}
    assert done.returncode == (1 if found else 0), done.stderr
    return found
