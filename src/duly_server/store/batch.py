"""What is given to the journal, what it answers, and the door both twins have."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, Protocol, TypeAlias

from duly.record.facts import Body, Fact

Part: TypeAlias = Mapping[str, object]
"""What a part says: an object with its version in "v"; text, whole numbers, truths, lists and objects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFact:
    """A fact that has no place yet. `parts` by name are what it names or narrates; they are sealed."""

    on: date
    noted_at: datetime | date
    by: str
    body: Body
    office: str | None = None
    parts: Mapping[str, Part] = field(default_factory=dict[str, Part])


@dataclass(frozen=True, slots=True)
class Batch:
    """Facts to follow one another on one chain, after the fact at `expected` (0: the chain is new)."""

    chain: str
    expected: int
    facts: Sequence[NewFact]


class Head(NamedTuple):
    """The last fact of a chain: its place and its digest."""

    place: int
    digest: bytes


class PartAt(NamedTuple):
    """Where a part stands."""

    chain: str
    place: int
    name: str


@dataclass(frozen=True, slots=True)
class Unopened:
    """A part that does not open, and why, for the person who wanted to read it."""

    says: str


class SomeoneElseActedError(Exception):
    """The record went on since the writer last read it. `fact` is the one that came first, at `place`."""

    def __init__(self, chain: str, place: int, fact: Fact) -> None:
        super().__init__(f"Someone else acted first: {chain} has a fact at place {place}.")
        self.chain = chain
        self.place = place
        self.fact = fact


class PartUnopenedError(Exception):
    """The part is not there or does not open; the text says which."""


class Journal(Protocol):
    """The only door to the record. Twins: DjangoJournal (both databases) and MemoryJournal."""

    @property
    def origin(self) -> str: ...

    def append(self, batches: Sequence[Batch]) -> tuple[Fact, ...]:
        """Add these facts, all or none, in the order given; joins a transaction that is open.

        Raises SomeoneElseActedError if a chain went on past the expected place, ValueError for a batch that
        cannot be meant (a chain twice, no facts, a place that does not exist), BodyError for what may not
        stand in a fact, CanonicalError or ValueError for a part that is no such object.
        """
        ...

    def read(self, chain: str) -> tuple[Fact, ...]:
        """The facts of a chain in order; none if there is no such chain."""
        ...

    def read_many(self, chains: Collection[str]) -> dict[str, tuple[Fact, ...]]:
        """The facts of each of these chains, read at once."""
        ...

    def heads(self, chains: Collection[str]) -> dict[str, Head]:
        """The last fact of each of these chains that exists."""
        ...

    def hold(self, chains: Collection[str]) -> dict[str, Head]:
        """The last fact of each of these chains; nobody else adds to them until the open transaction ends."""
        ...

    def open_part(self, chain: str, place: int, name: str) -> dict[str, object]:
        """What a part says. Raises PartUnopenedError."""
        ...

    def open_parts(
        self, chains: Collection[str], *, names: Collection[str] | None = None
    ) -> dict[PartAt, dict[str, object] | Unopened]:
        """Every part of these chains, or those of these names only, read at once."""
        ...


def check(batches: Sequence[Batch]) -> None:
    """Raises ValueError for batches that cannot be meant."""
    chains = [batch.chain for batch in batches]
    if len(set(chains)) < len(chains):
        raise ValueError("One append holds one batch for each chain.")
    if not all(batch.facts for batch in batches):
        raise ValueError("A batch holds at least one fact.")
    if any(batch.expected < 0 for batch in batches):
        raise ValueError("The place expected is 0 for a new chain, else that of the last fact known.")
