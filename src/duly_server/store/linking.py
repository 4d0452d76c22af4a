"""New facts to the bytes that stand in the record, each naming the digest of the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count

from duly.record import codec, seal
from duly.record.facts import Fact
from duly_server.store.batch import Batch, Head


@dataclass(frozen=True, slots=True)
class LinkedFact:
    """A fact with its bytes and its digest."""

    fact: Fact
    data: bytes
    digest: bytes


def link(
    origin: str, batch: Batch, head: Head | None, commitments: Sequence[Mapping[str, bytes]]
) -> list[LinkedFact]:
    """The facts of a batch after `head` (None: the chain is new); `commitments` by fact, then by part."""
    previous = head.digest if head else seal.chain_start(origin, batch.chain)
    linked: list[LinkedFact] = []
    for place, new, committed in zip(count(batch.expected + 1), batch.facts, commitments, strict=False):
        fact = Fact(
            chain=batch.chain,
            place=place,
            on=new.on,
            noted_at=_to_the_second(new.noted_at),
            by=new.by,
            office=new.office,
            body=new.body,
            parts=tuple(sorted(committed.items())) if committed else (),
        )
        data = codec.fact_bytes(fact, origin=origin, previous=previous)
        previous = seal.digest(data)
        linked.append(LinkedFact(fact, data, previous))
    return linked


def _to_the_second(noted_at: datetime | date) -> datetime | date:
    """As it will be read back: an instant is written in UTC, to the second."""
    if isinstance(noted_at, datetime) and noted_at.tzinfo is not None:
        if noted_at.tzinfo is UTC and not noted_at.microsecond:
            return noted_at
        return noted_at.astimezone(UTC).replace(microsecond=0)
    return noted_at  # a day; or an instant without offset, which the codec refuses
