"""An order that puts every case which is open long enough on the fast track, and can name none.

It is expressed as a length of time and a day: who is in a case, and what it is about, cannot be said in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duly.procedure.acts import Parts, Proposed
from duly.procedure.refusals import no_reasons
from duly.record.facts import TrackedByOrder
from duly.rulebook.book import Rulebook
from duly.rulebook.criteria import share
from duly.rulebook.phrases import Direction
from duly.timetable.calendar import Calendar
from duly.timetable.counting import first_day
from duly.timetable.marking import Marking
from duly.vocabulary import Length, Problem

LONGEST = 1000  # of any unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The order at `place` of the organisation's record, given on the day `on` by this appointment."""

    place: int
    on: date
    by: str
    longer_than: Length
    reasons: Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What an order would reach, in cases: all that are `open`, those it `meets`, and of all open ones those
    that are on the fast track `already`. Cases whose edition has no fast track are open, and never met."""

    open: int
    meets: int
    already: int


def objections_to_order(
    book: Rulebook, longer_than: Length, reach: Reach, *, reasons: str
) -> Iterator[Problem]:
    """Whatever keeps an order from being given under the edition in force."""
    track = book.fast_track
    if track is None:
        says = "The rulebook has no fast track."
        yield Problem(code="no-fast-track", says=says, remedy="The times of the rulebook hold.")
        return
    if not 1 <= longer_than.amount <= LONGEST:
        yield Problem(
            code="no-such-length",
            says=f"“{longer_than}” is no time for which a case can be open.",
            remedy=f"Write a whole number from 1 to {LONGEST}.",
        )
    if not reasons.strip():
        yield no_reasons("An order needs reasons that the parties will read.", track.clause)
    if not reach.meets:
        yield Problem(
            code="nothing-meets",
            says=f"No case that is not on the fast track has been open longer than {longer_than}.",
            remedy="Choose a shorter time, or leave it.",
        )
    most = share(track.at_most) if track.at_most else None
    if most is not None and reach.already + reach.meets > most * reach.open:
        yield Problem(
            code="order-too-wide",
            says=(
                f"{reach.already + reach.meets} of {reach.open} open cases would be on the fast track. "
                f"The rulebook allows {track.at_most}: what all are on is none."
            ),
            remedy="Choose a longer time, so that it meets fewer.",
            clause=track.clause,
        )


def has_been_open(longer_than: Length, since: date, book: Rulebook, calendar: Calendar, *, on: date) -> bool:
    """Whether this time has passed since a case opened. Raises what counting raises."""
    return first_day(longer_than, Direction.AFTER, since, calendar=calendar, rules=book.counting) < on


def put_by_order(then: Marking, now: Marking, order: Order) -> tuple[Proposed, ...]:
    """The fact that puts a case on the fast track; none where the order does not meet it.

    `then` is where the case stood on the day of the order, `now` where it stands.
    """
    if then.opened_on is None or then.closed_on is not None or now.closed_on is not None:
        return ()
    if now.fast_tracked_on is not None or now.book.fast_track is None:
        return ()
    if not has_been_open(order.longer_than, then.opened_on, then.book, then.calendar, on=order.on):
        return ()
    body = TrackedByOrder(
        order=order.place, longer_than=order.longer_than.amount, unit=order.longer_than.unit
    )
    return (Proposed(on=order.on, by=order.by, office=None, body=body, parts=order.reasons),)
