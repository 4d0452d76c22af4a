"""The record against itself: every fact follows the one before, is in the log, every part is there and opens.

Some chains at a time, so that a record of any size is read in the memory of its longest chain. Whatever is
wrong is named by chain and place. A chain that is sound at a glance (`duly.record.glance`) is whole; another
is read fact by fact, to say what is wrong with it. What no look from inside can show (a whole chain or the
last facts gone with all that points to them, a record written anew from its start) is for checkpoints that
others have seen.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from duly.record import seal
from duly.record.codec import BodyError, CanonicalError, ReadFact, read_fact
from duly.record.facts import Fact
from duly.record.glance import Parts, sound
from duly_server.store import adoptions, raw, verify_log
from duly_server.store.batch import PartAt
from duly_server.store.decoded import fact_from
from duly_server.store.envelope import CannotOpenError, Unit
from duly_server.store.journal import DjangoJournal
from duly_server.store.parts import PartRow, open_row
from duly_server.store.raw import RawChain, RawFact, RawPart


@dataclass(frozen=True, slots=True)
class RecordProblem:
    """One thing that is wrong with the record, at this place of this chain; or at a number of the "log"."""

    chain: str
    place: int
    says: str


def verify(
    journal: DjangoJournal, *, on: date | None = None, seen: Callable[[int], object] = lambda count: None
) -> Iterator[RecordProblem]:
    """Everything that is wrong with the record, chain by chain, as it is found; nothing if it is whole.

    `on` is today: with it, facts that wait too long for their number are named as well. `seen` is told after
    each chain how many it has been.
    """
    count = 0
    for stretch in raw.stretches():
        parts = raw.parts(stretch)
        units = journal.keys.find([row.unit_id for rows in parts.values() for row in rows]) if parts else {}
        for chain in stretch:
            found = [*_facts(journal.origin, chain, parts.get(chain.name, ()), units, on)]
            for place, says in sorted(found, key=itemgetter(0)):
                yield RecordProblem(_shown(chain.name), place, says)
            count += 1
            seen(count)
    for name, place in raw.facts_of_no_key():
        yield RecordProblem(_shown(name), place, "This fact stands under a name or a place that is none.")
    for name, place, part in raw.parts_of_no_fact():
        yield RecordProblem(_shown(name), place, f"There is a part {_shown(part)} here, but no fact.")
    yield from (RecordProblem(*problem) for problem in verify_log.numbers())
    yield from (RecordProblem(*problem) for problem in adoptions.problems())


_Found = tuple[int, str]  # the place, and what is wrong there


def _facts(
    origin: str,
    chain: RawChain,
    parts: Sequence[RawPart],
    units: Mapping[bytes, Unit | str],
    on: date | None,
) -> Iterator[_Found]:
    """Whatever is wrong with the facts of one chain, their parts and their numbers."""
    _, places, kinds, digests, contents, *_ = zip(*chain.rows, strict=True)
    name = _shown(chain.name)
    committed = sound(origin, name, zip(places, kinds, digests, contents, strict=True))
    is_whole, read = committed is not None, _Read()
    if committed is None:
        facts = chain.facts
        readable = {row.place: fact for row in facts if (fact := read.in_any_form(row.data)) is not None}
        committed = {place: fact.parts for place, fact in readable.items()}
        yield from _chain(origin, name, facts, read)
        yield from _columns(chain.name, facts, readable)
    yield from _parts(origin, name, committed, parts, units)
    if not (is_whole and verify_log.is_sound(chain)):
        yield from verify_log.of_chain(chain.facts, read.in_any_form, on=on)


class _Read:
    """Facts from their bytes, each read once: it takes most of the time of looking closer."""

    def __init__(self) -> None:
        self._known: dict[bytes, ReadFact] = {}

    def __call__(self, data: bytes) -> ReadFact:
        """Raises CanonicalError or BodyError."""
        if data not in self._known:
            self._known[data] = read_fact(data)
        return self._known[data]

    def in_any_form(self, data: bytes) -> Fact | None:
        """The fact, also where its bytes are not its one form: its columns and parts are looked at too."""
        for each in (lambda data: self(data).fact, fact_from):
            with suppress(CanonicalError, BodyError):
                return each(data)
        return None


def _chain(origin: str, chain: str, facts: Sequence[RawFact], read: _Read) -> Iterator[_Found]:
    """Links, gaps and altered bytes. The digest beside the last fact vouches for it as far as it can."""
    rows = (row.data for row in facts)
    for problem in seal.verify_chain(origin, chain, rows, head=facts[-1].digest, read=read):
        yield problem.place, problem.says


def _columns(chain: bytes, facts: Sequence[RawFact], readable: Mapping[int, Fact]) -> Iterator[_Found]:
    """The columns a fact is found by, held against its bytes."""
    for row in facts:
        fact = readable.get(row.place)
        wrong = ["digest"] if seal.digest(row.data) != row.digest else []
        if fact is not None:
            wrong += ["chain"] if fact.chain.encode() != chain else []
            wrong += ["place"] if fact.place != row.place else []
            wrong += ["kind"] if fact.body.KIND.encode() != row.kind else []
        if wrong:
            yield row.place, f"What stands beside this fact is not its own: {', '.join(wrong)}."


def _parts(
    origin: str,
    chain: str,
    committed: Mapping[int, Parts],
    rows: Sequence[RawPart],
    units: Mapping[bytes, Unit | str],
) -> Iterator[_Found]:
    """Every part a fact commits to is there and opens; none is there that no fact commits to."""
    there = {(row.place, _shown(row.name)): row for row in rows}
    for place, parts in committed.items():
        for name, commitment in parts:
            row = there.pop((place, name), None)
            if row is None:
                yield place, f"The part {name} is missing. It was not erased."
                continue
            sealed = PartRow(PartAt(chain, place, name), row.unit_id, row.sealed, commitment)
            try:
                open_row(origin, sealed, units[row.unit_id])
            except CannotOpenError as fault:
                yield place, f"The part {name} cannot be opened. {fault}"
    for place, name in there:
        if place in committed:
            yield place, f"There is a part {name} that the fact does not commit to."


def _shown(text: bytes) -> str:
    return text.decode(errors="backslashreplace")
