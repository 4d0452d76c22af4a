"""Facts noted, an edition, a calendar and a day to the marking of the case on that day."""

from datetime import date

from duly.record.fold import CaseState
from duly.rulebook.book import Rulebook
from duly.timetable.calendar import Calendar
from duly.timetable.marking import Marking
from duly.timetable.run import Run


def state(case: CaseState, book: Rulebook, calendar: Calendar, *, on: date) -> Marking:
    """Where the case stands on this day, what has run out included; facts of later days are left out.

    A pure function: no job has to run for it to be true. The marking is that of the day itself: what ran out
    at the end of the day before has run out, what runs out at the end of this day has not.
    """
    run = Run(case, book, calendar)
    for fact in case.moves:
        if fact.on > on:
            break
        run.pass_time(until=fact.on)
        run.apply(fact)
    run.pass_time(until=on)
    run.settle(on=on)
    return run.marking
