"""How many of the open cases are on the fast track, or will be once the worker has done what was ordered."""

from datetime import date

from duly.procedure.ordering import has_been_open, objection_to_one_more
from duly.record.facts import DecisionDayOrdered, FastTrackOrdered
from duly.rulebook.book import Rulebook
from duly.timetable.due_day import UNCOUNTABLE
from duly.vocabulary import Length, Problem
from duly_server.services.premises import premises
from duly_server.store import editions, held, outbox, whole

CARRY_OUT = "fast-track"  # what the worker is told


def standing() -> tuple[tuple[whole.Age, bool], ...]:
    """Every age, and whether cases of it are on the fast track, or old enough for an order that is given.

    Of an order to decide by a day those that it will leave are counted as well, until the worker was there.
    """
    given = _not_carried_out()
    return tuple(
        (age, age.is_on_fast_track or any(is_met(longer_than, age, on) for longer_than, on in given))
        for age in whole.ages()
    )


def is_met(longer_than: Length, age: whole.Age, on: date) -> bool:
    """Whether cases of this age were open for longer, on that day, under an edition with a fast track."""
    book = editions.edition(age.edition)
    if book.fast_track is None:
        return False
    try:
        return has_been_open(longer_than, age.received_on, book, editions.calendar_of(age.calendar), on=on)
    except UNCOUNTABLE:
        return False  # no calendar says so: it is not put on by a guess


def against_one_more(book: Rulebook) -> Problem | None:
    """Why no single case may be put on it. It stays so until the open transaction ends."""
    if book.fast_track is None or book.fast_track.at_most is None:
        return None
    held.fast_track()
    return against_now(book)


def against_now(book: Rulebook) -> Problem | None:
    """The same as it stands at this moment: to say it before anything is written."""
    if book.fast_track is None or book.fast_track.at_most is None:
        return None
    every = standing()
    on_it = sum(age.cases for age, is_on in every if is_on)
    return objection_to_one_more(book, on_it, of=sum(age.cases for age, _ in every))


def _not_carried_out() -> list[tuple[Length, date]]:
    waiting = outbox.waiting(CARRY_OUT)
    places = {(each.chain, each.place) for each in waiting}
    return [
        (Length(fact.body.longer_than, fact.body.unit), fact.on)
        for chain in sorted({each.chain for each in waiting})
        for fact in premises().journal.read(chain)
        if (chain, fact.place) in places and isinstance(fact.body, FastTrackOrdered | DecisionDayOrdered)
    ]
