"""The record against itself: every fact follows the one before, is in the log, every part is there and opens.

One chain at a time, so that a record of any size is read in the memory of its longest chain. Whatever is
wrong is named by chain and place. What no look from inside can show (a whole chain or the last facts gone
with all that points to them, a record written anew from its start) is for checkpoints that others have seen.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from duly.record import seal
from duly.record.codec import BodyError, CanonicalError, ReadFact, read_fact
from duly.record.facts import Fact
from duly_server.store import raw, verify_log
from duly_server.store.batch import PartAt
from duly_server.store.decoded import fact_from
from duly_server.store.envelope import CannotOpenError
from duly_server.store.journal import DjangoJournal
from duly_server.store.parts import PartRow, open_row
from duly_server.store.raw import RawFact, RawPart
from duly_server.store.units import UnitKeys


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
    for count, chain in enumerate(raw.chains(), 1):
        facts, read = raw.facts(chain), _Read()
        readable = {row.place: fact for row in facts if (fact := _readable(row, read)) is not None}
        problems = [*_chain(journal.origin, chain, facts, read), *_columns(chain, facts, readable)]
        problems += _parts(journal.origin, chain, readable, raw.parts(chain), journal.keys)
        of_log = verify_log.of_chain(chain, facts, readable, on=on)
        problems += (RecordProblem(_shown(chain), place, says) for place, says in of_log)
        for problem in sorted(problems, key=lambda each: each.place):
            yield RecordProblem(_shown(chain), problem.place, problem.says)
        seen(count)
    for chain, place, name in raw.parts_of_no_fact():
        yield RecordProblem(_shown(chain), place, f"There is a part {_shown(name)} here, but no fact.")
    yield from (RecordProblem(*problem) for problem in verify_log.numbers())


class _Read:
    """Facts from their bytes, each read once: it takes most of the time of verifying."""

    def __init__(self) -> None:
        self._known: dict[bytes, ReadFact] = {}

    def __call__(self, data: bytes) -> ReadFact:
        """Raises CanonicalError or BodyError."""
        if data not in self._known:
            self._known[data] = read_fact(data)
        return self._known[data]


def _chain(origin: str, chain: bytes, facts: Sequence[RawFact], read: _Read) -> Iterator[RecordProblem]:
    """Links, gaps and altered bytes. The digest beside the last fact vouches for it as far as it can."""
    head = facts[-1].digest if facts else None
    for problem in seal.verify_chain(
        origin, _shown(chain), (row.data for row in facts), head=head, read=read
    ):
        yield RecordProblem(problem.chain, problem.place, problem.says)


def _columns(chain: bytes, facts: Sequence[RawFact], readable: dict[int, Fact]) -> Iterator[RecordProblem]:
    """The columns a fact is found by, held against its bytes."""
    for row in facts:
        fact = readable.get(row.place)
        wrong = ["digest"] if seal.digest(row.data) != row.digest else []
        if fact is not None:
            wrong += ["chain"] if fact.chain.encode() != chain else []
            wrong += ["place"] if fact.place != row.place else []
            wrong += ["kind"] if fact.body.KIND.encode() != row.kind else []
        if wrong:
            says = f"What stands beside this fact is not its own: {', '.join(wrong)}."
            yield RecordProblem(_shown(chain), row.place, says)


def _parts(
    origin: str, chain: bytes, facts: dict[int, Fact], rows: Sequence[RawPart], keys: UnitKeys
) -> Iterator[RecordProblem]:
    """Every part a fact commits to is there and opens; none is there that no fact commits to."""
    shown = _shown(chain)
    units = keys.find([row.unit_id for row in rows]) if rows else {}
    there = {(row.place, _shown(row.name)): row for row in rows}
    for place, fact in facts.items():
        for name, commitment in fact.parts:
            row = there.pop((place, name), None)
            if row is None:
                yield RecordProblem(shown, place, f"The part {name} is missing. It was not erased.")
                continue
            sealed = PartRow(PartAt(shown, place, name), row.unit_id, row.sealed, commitment)
            try:
                open_row(origin, sealed, units[row.unit_id])
            except CannotOpenError as fault:
                yield RecordProblem(shown, place, f"The part {name} cannot be opened. {fault}")
    for place, name in there:
        if place in facts:
            yield RecordProblem(shown, place, f"There is a part {name} that the fact does not commit to.")


def _readable(row: RawFact, read: _Read) -> Fact | None:
    """The fact, also where its bytes are not the one form of it: its columns and parts are looked at too."""
    for each in (lambda data: read(data).fact, fact_from):
        with suppress(CanonicalError, BodyError):
            return each(row.data)
    return None


def _shown(text: bytes) -> str:
    return text.decode(errors="backslashreplace")
