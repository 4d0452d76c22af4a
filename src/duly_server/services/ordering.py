"""The order about old cases, for shorter times or a day to decide by: counted first, done by the worker.

Whoever answers for the timetable gives it. They see counts and no reference; which cases it meets follows
from how long each has been open, and from nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.db import transaction

from duly.procedure.ordering import (
    DayReach,
    Order,
    Reach,
    could_be_decided,
    is_sooner,
    objections_to_order,
    put_by_order,
)
from duly.record.facts import DecisionDayOrdered, Fact, FastTrackOrdered
from duly.timetable.due_day import UNCOUNTABLE
from duly.vocabulary import Length, Problem, Refused
from duly_server.services import casework, fast_track_share, setup
from duly_server.services.acting import Acting
from duly_server.services.casework import ActedFirstError
from duly_server.services.fast_track_share import is_met, standing
from duly_server.services.intake import written
from duly_server.services.premises import premises
from duly_server.services.recovery import note
from duly_server.services.whole import answerable, serves_too
from duly_server.store import editions, held, outbox, whole
from duly_server.store.visible import viewer_of

CARRY_OUT = fast_track_share.CARRY_OUT
AT_ONCE = 100  # cases looked up at once

_NOT_YOURS = Problem(
    code="not-answerable",
    says="An order for all cases is given by whoever answers for the timetable and serves no case.",
    remedy="Ask them.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an order is to say: for every case open longer than this the rulebook's shorter times, a day to
    decide by, or both."""

    longer_than: Length
    shorter: bool = True
    decide_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An order as it stands in the record; `by` is the appointment of whoever gave it."""

    on: date
    longer_than: Length
    by: str
    reasons: str
    decide_by: date | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What an order would meet. `cases.meets` counts what would come onto the fast track by any of it."""

    cases: Reach
    day: DayReach | None


def counted(asked: Asked, *, on: date) -> Counted:
    """What an order would meet on this day, in counts."""
    day = _day_reach(asked, on)
    return Counted(_reach(asked, day, on), day)


def _reach(asked: Asked, day: DayReach | None, on: date) -> Reach:
    every = standing()
    new = [age for age, is_on in every if not is_on and is_met(asked.longer_than, age, on)]
    return Reach(
        open=sum(age.cases for age, _ in every),
        meets=sum(age.cases for age in new) if asked.shorter else day.new if day else 0,
        already=sum(age.cases for age, is_on in every if is_on),
    )


def _day_reach(asked: Asked, on: date) -> DayReach | None:
    """Each case that is old enough is looked at; none is told of."""
    if asked.decide_by is None:
        return None
    old = (age.received_on for age in whole.ages() if is_met(asked.longer_than, age, on))
    youngest = max(old, default=None)
    order = Order(
        place=0, on=on, by="time", longer_than=asked.longer_than, reasons={}, decide_by=asked.decide_by
    )
    met = [*_looked(order, youngest, on)]
    return DayReach(
        decide_by=asked.decide_by,
        on=on,
        meets=len(met),
        new=sum(each.is_new for each in met),
        sooner=sum(each.is_sooner for each in met),
        beyond=sum(each.first > asked.decide_by for each in met),
        first=max((each.first for each in met), default=None),
    )


@dataclass(frozen=True, slots=True)
class _Looked:
    first: date
    is_new: bool
    is_sooner: bool


def _looked(order: Order, youngest: date | None, on: date) -> Iterator[_Looked]:
    """What the order would do in each case that it meets."""
    for some in _received_by(youngest):
        for facts in premises().journal.read_many([f"case/{each}" for each in some]).values():
            now = casework.of_facts(facts).only_on(on)
            try:
                first = could_be_decided(now, now, order)
                if first is not None:
                    is_new = now.fast_tracked_on is None and not now.ordered
                    is_in_time = order.decide_by is not None and first <= order.decide_by
                    yield _Looked(first, is_new, is_in_time and is_sooner(now, order))
            except UNCOUNTABLE:
                continue  # no calendar says so: nothing is set by a guess


def _received_by(youngest: date | None) -> Iterator[list[str]]:
    """References of open cases that were received by then, some at a time."""
    last = ""
    while youngest is not None and (some := whole.open_since(youngest, after=last, most=AT_ONCE)):
        yield some
        last = some[-1]


def order(acting: Acting, asked: Asked, reasons: str) -> Counted | Refused:
    """Give the order; the worker does it, case by case. What it will meet, or every reason against it.

    Cases are looked at before, and nothing waits for that; which it meets is asked again in each of them.
    """
    reasons = written(reasons).strip()
    met = counted(asked, on=acting.today)
    with transaction.atomic():
        premises().journal.hold([setup.OFFICE])
        held.fast_track()
        actor = None
        if acting.viewer.account is not None:  # looked up again: an office may have been ended meanwhile
            now = Acting(viewer=viewer_of(acting.viewer.account), today=acting.today, at=acting.at)
            actor = None if serves_too(now) else answerable(now)
        if actor is None:
            return Refused((_NOT_YOURS,))
        book, calendar = editions.in_force(acting.today)
        met = Counted(_reach(asked, met.day, acting.today), met.day)  # again, now that nobody else orders
        against = objections_to_order(
            book, calendar, asked.longer_than, met.cases, reasons=reasons, day=met.day
        )
        if problems := tuple(against):
            return Refused(problems)
        for body in _bodies(asked):
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


def _bodies(asked: Asked) -> Iterator[FastTrackOrdered | DecisionDayOrdered]:
    amount, unit = asked.longer_than.amount, asked.longer_than.unit
    if asked.shorter:
        yield FastTrackOrdered(longer_than=amount, unit=unit)
    if asked.decide_by is not None:
        yield DecisionDayOrdered(longer_than=amount, unit=unit, decide_by=asked.decide_by)


def given() -> tuple[Given, ...]:
    """Every order there was, the newest first."""
    return tuple(
        Given(
            on=each.on,
            longer_than=each.longer_than,
            by=each.by,
            reasons=str(each.reasons["reasons"]["text"]),
            decide_by=each.decide_by,
        )
        for each in map(_order, reversed(_facts()))
    )


def carry_out(place: int, *, today: date, at: datetime) -> int:
    """Write into every case that the order at this place meets what it says, each in its own transaction.

    Into how many. Done again it finds it there.
    """
    ordered = next(_order(fact) for fact in _facts() if fact.place == place)
    references = chain.from_iterable(_received_by(ordered.on))
    return sum(_put(reference, ordered, today=today, at=at) for reference in references)


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
    return [fact for fact in record if isinstance(fact.body, FastTrackOrdered | DecisionDayOrdered)]


def _order(fact: Fact) -> Order:
    body = fact.body
    if not isinstance(body, FastTrackOrdered | DecisionDayOrdered):
        raise TypeError("no order")
    said = premises().journal.open_part(setup.OFFICE, fact.place, "reasons")
    return Order(
        place=fact.place,
        on=fact.on,
        by=fact.by,
        longer_than=Length(body.longer_than, body.unit),
        reasons={"reasons": said},
        decide_by=body.decide_by if isinstance(body, DecisionDayOrdered) else None,
    )
