"""An order about every case that is open long enough: the fast track, a day to decide by, and no name.

It is expressed as a length of time and a day: who is in a case, and what it is about, cannot be said in it.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date

from duly.procedure.acts import Parts, Proposed
from duly.procedure.refusals import no_reasons
from duly.record.facts import DecisionDaySet, TrackedByOrder
from duly.rulebook.book import Rulebook
from duly.rulebook.criteria import share
from duly.rulebook.phrases import Direction
from duly.timetable.calendar import Calendar
from duly.timetable.clock import ToBeDecided
from duly.timetable.counting import first_day
from duly.timetable.deciding import appeals_open
from duly.timetable.due_day import due_day
from duly.timetable.marking import Marking
from duly.timetable.soonest import decided_at_the_soonest
from duly.vocabulary import Length, Problem
from duly.vocabulary.day import desk_day

LONGEST = 1000  # of any unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The order at `place` of the organisation's record, given on the day `on` by this appointment.

    With `decide_by` each case it meets is to be decided by that day; without, it has the shorter times.
    """

    place: int
    on: date
    by: str
    longer_than: Length
    reasons: Parts
    decide_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What an order would reach, in cases: all that are `open`, those it `meets`, and of all open ones those
    that are on the fast track `already`. Cases whose edition has no fast track are open, and never met."""

    open: int
    meets: int
    already: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReach:
    """What a day to decide by would reach, in cases: those it `meets`, of them those that come `new` onto the
    fast track, and those in which a last day that runs now would be `sooner`.

    Of those it meets, `beyond` cannot be decided by that day, as the parties' times stand; in all of them the
    `first` day on which they could (None: it meets none).
    """

    decide_by: date
    on: date
    meets: int
    new: int
    sooner: int
    beyond: int
    first: date | None


def objections_to_order(
    book: Rulebook,
    calendar: Calendar,
    longer_than: Length,
    reach: Reach,
    *,
    reasons: str,
    day: DayReach | None = None,
) -> Iterator[Problem]:
    """Whatever keeps an order from being given under the edition and the calendar in force."""
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
    if day is not None:
        yield from _objections_to_day(day, calendar, track.clause)
    if not reach.meets and not (day and day.meets):
        waits = "not decided" if day else "not on the fast track"
        yield Problem(
            code="nothing-meets",
            says=f"No case that is {waits} has been open longer than {longer_than}.",
            remedy="Choose a shorter time, or leave it.",
        )
    if too_many(book, reach.already + reach.meets, of=reach.open):
        yield Problem(
            code="order-too-wide",
            says=(
                f"{reach.already + reach.meets} of {reach.open} open cases would be on the fast track. "
                f"The rulebook allows {track.at_most}: what all are on is none."
            ),
            remedy="Choose a longer time, so that it meets fewer.",
            clause=track.clause,
        )


def _objections_to_day(day: DayReach, calendar: Calendar, clause: str | None) -> Iterator[Problem]:
    if day.decide_by <= day.on:
        yield Problem(
            code="day-is-over",
            says=f"Nothing can be ordered to be decided by {desk_day(day.decide_by)}: that day is not ahead.",
            remedy=f"Name {desk_day(day.first)} or a later day." if day.first else "Name a day to come.",
            clause=clause,
        )
    elif day.decide_by > calendar.last:
        yield Problem(
            code="day-too-far",
            says=f"The calendar does not reach {desk_day(day.decide_by)}.",
            remedy=f"Name a day up to {desk_day(calendar.last)}.",
            clause=clause,
        )
    elif day.beyond and day.first is not None:
        cases = f"{day.beyond} of the {day.meets} cases" if day.meets > 1 else "the case"
        yield Problem(
            code="day-too-soon",
            says=(
                f"By {desk_day(day.decide_by)} {cases} it meets cannot be decided: times that the rules give "
                "the parties, and days that they were told, run beyond it, and no order shortens these."
            ),
            remedy=f"Name {desk_day(day.first)} or a later day, or a longer time that meets fewer.",
            clause=clause,
        )


def too_many(book: Rulebook, on_it: int, *, of: int) -> bool:
    """Whether so many cases on the fast track, of all open ones, are more than the rulebook's share."""
    track = book.fast_track
    most = share(track.at_most) if track is not None and track.at_most else None
    return most is not None and on_it > most * of


def objection_to_one_more(book: Rulebook, on_it: int, *, of: int) -> Problem | None:
    """Why one more case may not go on the fast track: the share of the open ones is taken.

    One is always possible, however few are open. No count is told: it would tell of cases that are kept from
    whoever asks.
    """
    track = book.fast_track
    if track is None or not on_it or not too_many(book, on_it + 1, of=of):
        return None
    return Problem(
        code="fast-track-full",
        says=f"As many cases are on the fast track as the rulebook allows ({track.at_most} of the open).",
        remedy="The case goes on in its ordinary times. Ask again when one of the others is closed.",
        clause=track.clause,
    )


def has_been_open(longer_than: Length, since: date, book: Rulebook, calendar: Calendar, *, on: date) -> bool:
    """Whether this time has passed since a case opened. Raises what counting raises."""
    return first_day(longer_than, Direction.AFTER, since, calendar=calendar, rules=book.counting) < on


def put_by_order(then: Marking, now: Marking, order: Order) -> tuple[Proposed, ...]:
    """The fact by which a case has what the order says; none where the order does not meet it.

    `then` is where the case stood on the day of the order, `now` where it stands.
    """
    if order.decide_by is not None:
        first = could_be_decided(then, now, order)
        if first is None or first > order.decide_by:
            return ()
        body: TrackedByOrder | DecisionDaySet = DecisionDaySet(
            order=order.place,
            longer_than=order.longer_than.amount,
            unit=order.longer_than.unit,
            decide_by=order.decide_by,
        )
    elif not _is_met(then, now, order) or now.fast_tracked_on is not None:
        return ()
    else:
        body = TrackedByOrder(
            order=order.place, longer_than=order.longer_than.amount, unit=order.longer_than.unit
        )
    return (Proposed(on=order.on, by=order.by, office=None, body=body, parts=order.reasons),)


def could_be_decided(then: Marking, now: Marking, order: Order) -> date | None:
    """The first day on which a case that the order meets could be decided; None where it does not meet it.

    One that is decided, or is to be decided no later already, is not met. Raises what counting raises.
    """
    day = order.decide_by
    if day is None or not _is_met(then, now, order):
        return None
    if any(order.on <= each.decide_by <= day for each in now.ordered):
        return None
    first = decided_at_the_soonest(now)
    return first if first is None or then is now else decided_at_the_soonest(then)


def is_sooner(now: Marking, order: Order) -> bool:
    """Whether a last day that runs now would be another by this order's day."""
    if order.decide_by is None:
        return False
    with_it = copy(now)
    with_it.ordered = [*now.ordered, ToBeDecided(order.place, order.on, order.decide_by, appeals_open(now))]
    return any(clock.is_running and due_day(with_it, clock) != clock.due for clock in now.clocks)


def _is_met(then: Marking, now: Marking, order: Order) -> bool:
    if then.opened_on is None or then.closed_on is not None or now.closed_on is not None:
        return False
    if now.book.fast_track is None:
        return False
    return has_been_open(order.longer_than, then.opened_on, then.book, then.calendar, on=order.on)
