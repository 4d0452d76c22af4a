"""The parts of facts, sealed and opened: the half of the journal that needs the keys.

An erasure unit is one name of a part in one record: all that is called "reasons" in one case, all that is
called "W1", has one key, and one erasure reaches all of it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias

from django.db.models import OuterRef, Subquery

from duly.record import codec, seal
from duly.record.facts import Fact
from duly_server.store import envelope
from duly_server.store.batch import Batch, NewFact, PartAt, Unopened
from duly_server.store.decoded import fact_from
from duly_server.store.envelope import CannotOpenError, Unit
from duly_server.store.models import FactRow, SealedPart
from duly_server.store.units import UnitKeys

SealedRow: TypeAlias = tuple[str, int, str, bytes, bytes]  # the columns of SealedPart


@dataclass(frozen=True, slots=True)
class CommittedPart:
    """The canonical bytes of a part, its salt, and the commitment to both."""

    salt: bytes
    content: bytes
    commitment: bytes


def commit(new: NewFact) -> dict[str, CommittedPart]:
    """Commits to each part of a fact, with a fresh salt. ValueError, CanonicalError for what is no part."""
    committed: dict[str, CommittedPart] = {}
    for name, part in new.parts.items():
        salt, content = envelope.fresh_salt(), seal.content_of(dict(part))
        committed[name] = CommittedPart(salt, content, seal.commit_to_bytes(salt, content))
    return committed


def units_for(batches: Sequence[Batch], keys: UnitKeys, *, on: date) -> dict[tuple[str, str], Unit]:
    """The unit of each part by chain and name: that of an earlier part of this name, or a new one.

    To be called in the transaction that holds the chains, so that no two writers begin the same unit.
    Raises CannotOpenError if the key of a unit that goes on is not to be had: nothing more can join it.
    """
    wanted = {(batch.chain, name) for batch in batches for new in batch.facts for name in new.parts}
    going_on = {batch.chain for batch in batches if batch.expected} & {chain for chain, _ in wanted}
    begun = _begun(going_on, {name for _, name in wanted}) if going_on else {}
    found = keys.find(list(begun.values())) if begun else {}
    units: dict[tuple[str, str], Unit] = {}
    for which in wanted & begun.keys():
        unit = found[begun[which]]
        if isinstance(unit, str):
            raise CannotOpenError(f"Nothing can be added to {which[1]} of {which[0]}. {unit}")
        units[which] = unit
    new = sorted(wanted - units.keys())
    units.update(zip(new, keys.take(len(new), on=on), strict=True))
    return units


def sealed_rows(
    origin: str, fact: Fact, parts: Mapping[str, CommittedPart], units: Mapping[tuple[str, str], Unit]
) -> list[SealedRow]:
    """The rows of one fact's parts."""
    chain, place, rows = fact.chain, fact.place, list[SealedRow]()
    for name, part in parts.items():
        unit = units[chain, name]
        aad = envelope.associated_data(
            origin=origin, chain=chain, place=place, part=name, commitment=part.commitment
        )
        sealed = envelope.seal_part(unit, aad, part.salt, part.content)
        rows.append((chain, place, name, unit.unit_id, sealed))
    return rows


def opened(
    origin: str,
    keys: UnitKeys,
    *,
    chains: Collection[str],
    names: Collection[str] | None = None,
    place: int | None = None,
) -> dict[PartAt, dict[str, object] | Unopened]:
    """Each of these parts: what it says, or why it does not open. One query to each database."""
    rows = list(_rows(chains, names, place))
    units = keys.find([row.unit_id for row in rows]) if rows else {}
    found: dict[PartAt, dict[str, object] | Unopened] = {}
    for row in rows:
        try:
            found[row.at] = said(open_row(origin, row, units[row.unit_id]))
        except CannotOpenError as fault:
            found[row.at] = Unopened(str(fault))
    return found


class PartRow(NamedTuple):
    """A sealed part as it stands, and the commitment its fact makes to it (None: no fact does)."""

    at: PartAt
    unit_id: bytes
    sealed: bytes
    commitment: bytes | None


def open_row(origin: str, row: PartRow, unit: Unit | str) -> bytes:
    """The canonical bytes of a part. Raises CannotOpenError."""
    if row.commitment is None:
        raise CannotOpenError("No fact commits to this part.")
    if isinstance(unit, str):
        raise CannotOpenError(unit)
    chain, place, name = row.at
    aad = envelope.associated_data(
        origin=origin, chain=chain, place=place, part=name, commitment=row.commitment
    )
    return envelope.open_part(unit, aad, row.sealed, commitment=row.commitment)[1]


def said(content: bytes) -> dict[str, object]:
    """What a part says, from its canonical bytes. Raises CannotOpenError if they are no part."""
    part = codec.parse(content)
    if not isinstance(part, dict):
        raise CannotOpenError("What opens here is no part of a fact.")
    return dict(part)


def _begun(chains: Collection[str], names: Collection[str]) -> dict[tuple[str, str], bytes]:
    """The units these chains have, by chain and name of the part."""
    rows = SealedPart.objects.filter(chain__in=chains, name__in=names).values_list("chain", "name", "unit_id")
    return {(chain, name): bytes(unit_id) for chain, name, unit_id in rows}


def _rows(chains: Collection[str], names: Collection[str] | None, place: int | None) -> Iterator[PartRow]:
    its_fact = FactRow.objects.filter(chain=OuterRef("chain"), place=OuterRef("place")).values("fact")
    parts = SealedPart.objects.filter(chain__in=chains)
    if names is not None:
        parts = parts.filter(name__in=names)
    if place is not None:
        parts = parts.filter(place=place)
    rows = parts.annotate(its_fact=Subquery(its_fact))
    columns = rows.values_list("chain", "place", "name", "unit_id", "sealed", "its_fact")
    for chain, at, name, unit_id, sealed, fact in columns:
        commitment = None if fact is None else dict(fact_from(bytes(fact)).parts).get(name)
        yield PartRow(PartAt(chain, at, name), bytes(unit_id), bytes(sealed), commitment)
