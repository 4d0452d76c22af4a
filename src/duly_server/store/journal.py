"""The journal: the only door to the record, on either database.

Appending takes a lock (SQLite: the write lock, at the start of the transaction; PostgreSQL: an advisory lock
for each chain, and a share of the one that an adoption takes alone), looks whether every chain still ends
where the writer thinks, and then writes the facts, their sealed parts, and that they wait for a number in the
log, in a few statements. Reading takes none.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache

from django.db import connection, transaction

from duly.record.facts import Fact
from duly.rulebook.book import Rulebook
from duly_server.store import held, leaves, parts, pinned, rows
from duly_server.store.batch import (
    Batch,
    Head,
    PartAt,
    PartUnopenedError,
    SomeoneElseActedError,
    Unopened,
    check,
)
from duly_server.store.decoded import fact_from
from duly_server.store.linking import LinkedFact, link
from duly_server.store.models import FactRow, SealedPart
from duly_server.store.units import UnitKeys

_HEAD = """
    SELECT chain, place, digest FROM (
        SELECT chain, place, digest FROM store_factrow WHERE chain = %s ORDER BY place DESC LIMIT 1
    ) AS head"""

AT_ONCE = 500  # chains in one query: well below the number of parameters either database takes


class DjangoJournal:
    """The journal of one office. One for a process; threads may share it.

    `origin` names the log, stands in every fact, and never changes. With `edition`, which finds a rulebook by
    its digest, a case may name only what the edition it pins contains, or one of `editions`, which the
    organisation has adopted: an office always gives both.
    """

    def __init__(
        self,
        origin: str,
        keys: UnitKeys,
        *,
        edition: Callable[[str], Rulebook] | None = None,
        editions: Callable[[], Iterable[Rulebook]] = tuple,
    ) -> None:
        self._origin = origin
        self._keys = keys
        self._edition = edition
        self._editions = editions
        self._pin_of = lru_cache(maxsize=4096)(_pin_of)  # the first fact of a record never changes

    @property
    def origin(self) -> str:
        return self._origin

    @property
    def keys(self) -> UnitKeys:
        """The keys of the parts: for verifying the record, which opens every one."""
        return self._keys

    def append(self, batches: Sequence[Batch]) -> tuple[Fact, ...]:
        return tuple(each.fact for each in self.append_linked(batches))

    def append_linked(self, batches: Sequence[Batch]) -> tuple[LinkedFact, ...]:
        """As `append`, each fact with its bytes and its digest: for whoever promises or shows them."""
        check(batches)
        self._check_names(batches)
        committed = [[parts.commit(new) for new in batch.facts] for batch in batches]
        day = max((_day(new.noted_at) for batch in batches for new in batch.facts), default=date.min)
        self._keys.make_ready(_most_new_units(batches), on=day)
        with _writing(sorted(batch.chain for batch in batches)) as heads:
            _expect(batches, heads)
            units = parts.units_for(batches, self._keys, on=day)
            linked: list[LinkedFact] = []
            sealed: list[parts.SealedRow] = []
            for batch, of_batch in zip(batches, committed, strict=True):
                commitments = [{name: part.commitment for name, part in each.items()} for each in of_batch]
                facts = link(self._origin, batch, heads.get(batch.chain), commitments)
                linked += facts
                for each, its_parts in zip(facts, of_batch, strict=True):
                    sealed += parts.sealed_rows(self._origin, each.fact, its_parts, units)
            _insert(linked, sealed, batches)
        return tuple(linked)

    def read(self, chain: str) -> tuple[Fact, ...]:
        return self.read_many([chain])[chain]

    def read_many(self, chains: Collection[str]) -> dict[str, tuple[Fact, ...]]:
        found: dict[str, list[Fact]] = {chain: [] for chain in chains}
        for some in _in_turn(sorted(found)):
            facts = FactRow.objects.filter(chain__in=some).order_by("chain", "place")
            for chain, data in facts.values_list("chain", "fact"):
                found[chain].append(fact_from(bytes(data)))
        return {chain: tuple(facts) for chain, facts in found.items()}

    def heads(self, chains: Collection[str]) -> dict[str, Head]:
        return _heads(list(chains))

    def hold(self, chains: Collection[str]) -> dict[str, Head]:
        if not connection.in_atomic_block:
            raise ValueError("Records are held within a transaction.")
        with _writing(sorted(chains)) as heads:
            return heads

    def open_part(self, chain: str, place: int, name: str) -> dict[str, object]:
        at = PartAt(chain, place, name)
        found = parts.opened(self._origin, self._keys, chains=[chain], names=[name], place=place)
        part = found.get(at, Unopened("It is not there."))
        if isinstance(part, Unopened):
            raise PartUnopenedError(f"The part {name} of {chain}, place {place}, cannot be read. {part.says}")
        return part

    def open_parts(
        self, chains: Collection[str], *, names: Collection[str] | None = None
    ) -> dict[PartAt, dict[str, object] | Unopened]:
        found: dict[PartAt, dict[str, object] | Unopened] = {}
        for some in _in_turn(sorted(set(chains))):
            found |= parts.opened(self._origin, self._keys, chains=some, names=names)
        return found

    def _check_names(self, batches: Sequence[Batch]) -> None:
        """Raises BodyError for a case that names what the edition it pins does not contain."""
        if self._edition is None:
            return
        for batch in batches:
            pinned.check_by(batch.facts)
            if batch.chain.startswith(pinned.CASE) and pinned.names_a_book(batch.facts):
                try:
                    digest = self._pin_of(batch.chain) if batch.expected else pinned.pin_in(batch.facts)
                except LookupError:
                    continue  # there is no such record: what comes next says so
                pinned.check_names(batch.facts, self._edition(digest), self._editions)


def _expect(batches: Sequence[Batch], heads: Mapping[str, Head]) -> None:
    """Raises SomeoneElseActedError or ValueError where a chain does not end at the place expected."""
    for batch in batches:
        last = heads[batch.chain].place if batch.chain in heads else 0
        if last > batch.expected:
            place = batch.expected + 1
            data = FactRow.objects.values_list("fact", flat=True).get(chain=batch.chain, place=place)
            raise SomeoneElseActedError(batch.chain, place, fact_from(bytes(data)))
        if last < batch.expected:
            raise ValueError(f"{batch.chain} ends at place {last}, not at {batch.expected}.")


def _pin_of(chain: str) -> str:
    """The digest of the rulebook that a record pins. LookupError: there is no such record."""
    data = FactRow.objects.values_list("fact", flat=True).filter(chain=chain, place=1).first()
    if data is None:
        raise LookupError
    return pinned.pin_in([fact_from(bytes(data))])


@contextmanager
def _writing(chains: Sequence[str]) -> Iterator[dict[str, Head]]:
    """The transaction that is open, or one of our own, in which nobody else writes to these chains; where
    each of them ends.

    The order of the chains is the same for all, so that two writers never wait for each other.
    """
    if not connection.in_atomic_block:
        with transaction.atomic(), _writing(chains) as heads:
            yield heads
        return
    if connection.vendor == "postgresql":
        locks = "; ".join([held.SHARED, *["SELECT pg_advisory_xact_lock(%s)"] * len(chains)])
        with connection.cursor() as cursor:
            cursor.execute(locks, [_lock_number(chain) for chain in chains])
    yield _heads(chains)  # a statement of its own: it sees what whoever held the locks before has committed


def _heads(chains: Sequence[str]) -> dict[str, Head]:
    found: dict[str, Head] = {}
    for some in _in_turn(chains):
        for chain, place, digest in rows.read(_heads_of(len(some)), *some):
            found[chain] = Head(place, bytes(digest))
    return found


@lru_cache(maxsize=AT_ONCE)
def _heads_of(how_many: int) -> str:
    return " UNION ALL ".join([_HEAD] * how_many)


def _lock_number(chain: str) -> int:
    """Two chains that share one merely wait for each other."""
    return int.from_bytes(hashlib.sha256(chain.encode()).digest()[:8], "big", signed=True)


def _insert(facts: Sequence[LinkedFact], sealed: Sequence[parts.SealedRow], batches: Sequence[Batch]) -> None:
    of_facts = [(f.fact.chain, f.fact.place, f.fact.body.KIND, f.digest, f.data) for f in facts]
    rows.write([rows.New(FactRow, of_facts), rows.New(SealedPart, sealed), leaves.waiting(batches)])


def _day(noted_at: datetime | date) -> date:
    return noted_at.date() if isinstance(noted_at, datetime) else noted_at


def _most_new_units(batches: Sequence[Batch]) -> int:
    return sum(len({name for new in batch.facts for name in new.parts}) for batch in batches)


def _in_turn(chains: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(chains), AT_ONCE):
        yield chains[start : start + AT_ONCE]
