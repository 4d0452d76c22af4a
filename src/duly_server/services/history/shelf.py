"""History as an officer finds it: lists, one complaint with its rows, and what stands behind the seals."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from duly.record.facts import Fact, Imported, SealOpened
from duly.vocabulary import Problem
from duly_server.services.acting import Acting
from duly_server.services.casework import UnableToActError
from duly_server.services.premises import premises
from duly_server.store import history
from duly_server.store.batch import Batch, NewFact, PartAt, SomeoneElseActedError, Unopened
from duly_server.store.complaints import ComplaintRow
from duly_server.store.pages import page
from duly_server.store.visible import visible_complaints

PAGE = 50
TRIES = 3
_BY = ("received_on", "reference")


class NoSuchHistoryError(Exception):
    """There is no such complaint of history, for this viewer: the two are one thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One complaint of history in a list. `case` is the one an officer opened from it, None if none."""

    reference: str
    received_on: date
    rows: int
    case: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    lines: tuple[Line, ...]
    after: tuple[date, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One complaint of history as its record stands. `accused` is a tag, "" for the complaint's own row."""

    acting: Acting
    row: ComplaintRow
    facts: tuple[Fact, ...]

    @property
    def reference(self) -> str:
        return self.row.reference

    @property
    def head(self) -> int:
        return self.facts[-1].place

    def rows(self) -> Iterator[tuple[Fact, Imported]]:
        """The rows of the file, the complaint's own first, then its allegations by turn."""
        found = [(fact, fact.body) for fact in self.facts if isinstance(fact.body, Imported)]
        return iter(sorted(found, key=lambda each: each[1].turn))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What stood behind one seal; in `unopened` why it does not open. `turn` of the row, 0 of its own."""

    turn: int
    name: str
    said: dict[str, object]
    unopened: str = ""


def listed(acting: Acting, *, after: tuple[date, str] | None = None) -> HistoryPage:
    """One page of them, the youngest first, in a number of queries that does not grow with the rows."""
    found = page(_seen(acting), by=_BY, size=PAGE, after=after, descending=True)
    counted = history.rows_of([row.reference for row in found.rows])
    return HistoryPage(
        lines=tuple(
            Line(
                reference=row.reference,
                received_on=row.received_on,
                rows=counted.get(row.reference, 0),
                case=row.case_id,
            )
            for row in found.rows
        ),
        after=(found.after[0], found.after[1]) if found.after else None,
    )


def is_any(acting: Acting) -> bool:
    """Whether this viewer sees any history at all."""
    return _seen(acting).exists()


def _seen(acting: Acting) -> QuerySet[ComplaintRow]:
    return visible_complaints(acting.viewer, on=acting.today).filter(is_history=True)


def is_there(acting: Acting, reference: str) -> bool:
    """Whether this viewer sees a complaint of history of this reference."""
    return _seen(acting).filter(reference=reference).exists()


def read(acting: Acting, reference: str) -> History:
    """The complaint with all its rows, sealed. Raises NoSuchHistoryError."""
    row = _seen(acting).filter(reference=reference).first()
    if row is None:
        raise NoSuchHistoryError(reference)
    return History(acting=acting, row=row, facts=premises().journal.read(row.chain))


def open_seals(acting: Acting, reference: str, *, reason: str) -> tuple[Part, ...]:
    """What its rows say, for this reason, which is noted in the complaint's own record first.

    Raises NoSuchHistoryError; UnableToActError where there is no reason or no office.
    """
    for turn in range(TRIES):
        try:
            with transaction.atomic():
                found = read(acting, reference)
                _note(found, reason)
                return tuple(_opened(found))
        except SomeoneElseActedError:
            if turn == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _note(found: History, reason: str) -> None:
    actors = found.acting.actors()
    if not reason.strip() or not actors:
        raise UnableToActError([_NO_REASON if actors else _NO_OFFICE])
    sealed = tuple(fact.place for fact, _ in found.rows() if fact.parts)
    noted = NewFact(
        on=found.acting.today,
        noted_at=found.acting.at,
        by=actors[0].by,
        office=actors[0].office,
        body=SealOpened(places=sealed),
        parts={"reasons": {"v": 1, "text": reason.strip()}},
    )
    premises().journal.append([Batch(found.row.chain, found.head, [noted])])


_NO_REASON = Problem(
    code="missing-reasons",
    says="A seal is opened for a reason.",
    remedy="Choose a reason, or write one. The overseer will read it.",
)
_NO_OFFICE = Problem(
    code="no-appointment", says="You hold no office today.", remedy="Ask the secretary to appoint you."
)


def _opened(found: History) -> Iterator[Part]:
    parts = premises().journal.open_parts([found.row.chain])
    for fact, body in found.rows():
        for name, _ in sorted(fact.parts):
            part = parts.get(PartAt(fact.chain, fact.place, name), Unopened("It is not there."))
            if isinstance(part, Unopened):
                yield Part(turn=body.turn, name=name, said={}, unopened=part.says)
            else:
                yield Part(turn=body.turn, name=name, said=part)
