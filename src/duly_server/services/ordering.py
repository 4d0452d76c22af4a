"""The order that puts old cases on the fast track: counted before it is given, and done by the worker.

Whoever answers for the timetable gives it. They see counts and no reference; which cases it meets follows
from how long each has been open, and from nothing else.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from duly.procedure.ordering import Order, Reach, has_been_open, objections_to_order, put_by_order
from duly.record.facts import Fact, FastTrackOrdered
from duly.timetable.due_day import UNCOUNTABLE
from duly.vocabulary import Length, Problem, Refused
from duly_server.services import casework, setup
from duly_server.services.acting import Acting
from duly_server.services.casework import ActedFirstError
from duly_server.services.intake import written
from duly_server.services.premises import premises
from duly_server.services.recovery import note
from duly_server.services.whole import answerable, serves_too
from duly_server.store import editions, outbox, whole
from duly_server.store.visible import viewer_of

CARRY_OUT = "fast-track"  # what the worker is told
AT_ONCE = 100  # cases looked up at once

_NOT_YOURS = Problem(
    code="not-answerable",
    says="An order for all cases is given by whoever answers for the timetable and serves no case.",
    remedy="Ask them.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An order as it stands in the record; `by` is the appointment of whoever gave it."""

    on: date
    longer_than: Length
    by: str
    reasons: str


def reach(longer_than: Length, *, on: date) -> Reach:
    """What an order would meet on this day, in counts."""
    every = whole.ages()
    return Reach(
        open=sum(age.cases for age in every),
        meets=sum(age.cases for age in every if not age.is_on_fast_track and _meets(longer_than, age, on)),
        already=sum(age.cases for age in every if age.is_on_fast_track),
    )


def _meets(longer_than: Length, age: whole.Age, on: date) -> bool:
    book = editions.edition(age.edition)
    if book.fast_track is None:
        return False
    try:
        return has_been_open(longer_than, age.received_on, book, editions.calendar_of(age.calendar), on=on)
    except UNCOUNTABLE:
        return False  # no calendar says so: it is not put on by a guess


def order(acting: Acting, longer_than: Length, reasons: str) -> Reach | Refused:
    """Give the order; the worker does it, case by case. What it will meet, or every reason against it."""
    reasons = written(reasons).strip()
    with transaction.atomic():
        premises().journal.hold([setup.OFFICE])
        actor = None
        if acting.viewer.account is not None:  # looked up again: an office may have been ended meanwhile
            now = Acting(viewer=viewer_of(acting.viewer.account), today=acting.today, at=acting.at)
            actor = None if serves_too(now) else answerable(now)
        if actor is None:
            return Refused((_NOT_YOURS,))
        book, _ = editions.in_force(acting.today)
        met = reach(longer_than, on=acting.today)
        if against := tuple(objections_to_order(book, longer_than, met, reasons=reasons)):
            return Refused(against)
        body = FastTrackOrdered(longer_than=longer_than.amount, unit=longer_than.unit)
        note(
            body,
            on=acting.today,
            at=acting.at,
            by=actor.by,
            parts={"reasons": {"v": 1, "text": reasons}},
        )
        place = premises().journal.heads([setup.OFFICE])[setup.OFFICE].place
        outbox.put([outbox.ToTell(CARRY_OUT, setup.OFFICE, place)])
    return met


def given() -> tuple[Given, ...]:
    """Every order there was, the newest first."""
    return tuple(
        Given(
            on=each.on,
            longer_than=each.longer_than,
            by=each.by,
            reasons=str(each.reasons["reasons"]["text"]),
        )
        for each in map(_order, reversed(_facts()))
    )


def carry_out(place: int, *, today: date, at: datetime) -> int:
    """Put every case on the fast track that the order at this place meets, each in a transaction of its own.

    How many were put on it. Done again it finds them on it.
    """
    ordered = next(_order(fact) for fact in _facts() if fact.place == place)
    put, last = 0, ""
    while references := whole.open_since(ordered.on, after=last, most=AT_ONCE):
        put += sum(_put(reference, ordered, today=today, at=at) for reference in references)
        last = references[-1]
    return put


def _put(reference: str, ordered: Order, *, today: date, at: datetime) -> bool:
    while True:
        case = casework.read_record(f"case/{reference}")
        try:
            proposed = put_by_order(case.on(ordered.on), case.on(today), ordered)
        except UNCOUNTABLE:
            return False
        if not proposed:
            return False
        try:
            with transaction.atomic():
                if not casework.is_as_adopted(case):
                    continue
                casework.write(case, proposed, at=at, today=today)
        except ActedFirstError:
            continue  # the record went on: it is looked at as it is now
        return True


def _facts() -> list[Fact]:
    record = premises().journal.read(setup.OFFICE)
    return [fact for fact in record if isinstance(fact.body, FastTrackOrdered)]


def _order(fact: Fact) -> Order:
    body = fact.body
    if not isinstance(body, FastTrackOrdered):
        raise TypeError("no order")
    said = premises().journal.open_part(setup.OFFICE, fact.place, "reasons")
    return Order(
        place=fact.place,
        on=fact.on,
        by=fact.by,
        longer_than=Length(body.longer_than, body.unit),
        reasons={"reasons": said},
    )
