"""The journal's twin in memory: the same door and the same answers, nothing sealed, gone with the process."""

import secrets
import threading
from collections.abc import Collection, Mapping, Sequence

from duly.record import seal
from duly.record.codec import canonical, parse
from duly.record.facts import Fact
from duly_server.store.batch import (
    Batch,
    Head,
    Part,
    PartAt,
    PartUnopenedError,
    SomeoneElseActedError,
    Unopened,
    check,
)
from duly_server.store.linking import LinkedFact, link


class MemoryJournal:
    """For tests of what stands above the record, and to try something out that must leave no trace."""

    def __init__(self, *, origin: str = "memory.example/duly") -> None:
        self._origin = origin
        self._chains: dict[str, list[LinkedFact]] = {}
        self._parts: dict[PartAt, bytes] = {}
        self._lock = threading.Lock()

    @property
    def origin(self) -> str:
        return self._origin

    def append(self, batches: Sequence[Batch]) -> tuple[Fact, ...]:
        check(batches)
        with self._lock:
            for batch in batches:
                self._expect(batch)
            heads = self.heads([batch.chain for batch in batches])
            linked = [(batch, self._link(batch, heads.get(batch.chain))) for batch in batches]
            for batch, facts in linked:
                self._chains.setdefault(batch.chain, []).extend(facts)
                for given, new in zip(batch.facts, facts, strict=True):
                    for name, part in given.parts.items():
                        self._parts[PartAt(batch.chain, new.fact.place, name)] = canonical(part)
        return tuple(each.fact for _, facts in linked for each in facts)

    def read(self, chain: str) -> tuple[Fact, ...]:
        return tuple(each.fact for each in self._chains.get(chain, ()))

    def read_many(self, chains: Collection[str]) -> dict[str, tuple[Fact, ...]]:
        return {chain: self.read(chain) for chain in chains}

    def heads(self, chains: Collection[str]) -> dict[str, Head]:
        return {
            chain: Head(len(facts), facts[-1].digest)
            for chain in chains
            if (facts := self._chains.get(chain, []))
        }

    def hold(self, chains: Collection[str]) -> dict[str, Head]:
        """Here no transaction is open: the next append ends it."""
        return self.heads(chains)

    def open_part(self, chain: str, place: int, name: str) -> dict[str, object]:
        content = self._parts.get(PartAt(chain, place, name))
        if content is None:
            where = f"The part {name} of {chain}, place {place},"
            raise PartUnopenedError(f"{where} cannot be read. It is not there.")
        return _said(content)

    def open_parts(
        self, chains: Collection[str], *, names: Collection[str] | None = None
    ) -> dict[PartAt, dict[str, object] | Unopened]:
        wanted = set(chains)
        return {
            at: _said(content)
            for at, content in self._parts.items()
            if at.chain in wanted and (names is None or at.name in names)
        }

    def _link(self, batch: Batch, head: Head | None) -> list[LinkedFact]:
        return link(self._origin, batch, head, [_commit(new.parts) for new in batch.facts])

    def _expect(self, batch: Batch) -> None:
        facts = self._chains.get(batch.chain, [])
        if len(facts) > batch.expected:
            raise SomeoneElseActedError(batch.chain, batch.expected + 1, facts[batch.expected].fact)
        if len(facts) < batch.expected:
            raise ValueError(f"{batch.chain} ends at place {len(facts)}, not at {batch.expected}.")


def _commit(parts: Mapping[str, Part]) -> dict[str, bytes]:
    salt = secrets.token_bytes
    return {name: seal.commit(salt(seal.SALT_LENGTH), dict(part)) for name, part in parts.items()}


def _said(content: bytes) -> dict[str, object]:
    part = parse(content)
    if not isinstance(part, dict):
        raise PartUnopenedError("What stands here is no part.")
    return dict(part)
