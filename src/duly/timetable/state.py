"""Facts noted, an edition, a calendar and a day to the marking of the case on that day."""

from collections.abc import Sequence
from datetime import date

from duly.record.fold import CaseState
from duly.rulebook.book import Rulebook
from duly.timetable.adopted import Change
from duly.timetable.calendar import Calendar
from duly.timetable.marking import Marking
from duly.timetable.run import Run


def state(
    case: CaseState, book: Rulebook, calendar: Calendar, *, on: date, changes: Sequence[Change] = ()
) -> Marking:
    """Where the case stands on this day, what has run out included; facts of later days are left out.

    `book` and `calendar` are those it opened under; `changes` what the organisation adopted since, in the
    order in which they come into force. A pure function: no job has to run for it to be true. The marking is
    that of the day itself: what ran out at the end of the day before has run out, what runs out at the end of
    this day has not.
    """
    run = Run(case, book, calendar, changes)
    for fact in case.moves:
        if fact.on > on:
            break
        run.pass_time(until=fact.on)
        run.apply(fact)
    run.end_facts_of(on)
    run.settle(on=on)
    return run.marking


def state_as(like: Marking, case: CaseState, *, on: date) -> Marking:
    """Of a case that opened under the same and met the same adoptions: of this one as it was, or will be."""
    book, calendar = like.pinned or (like.book, like.calendar)
    return state(case, book, calendar, on=on, changes=like.changes)
