"""Until when the holder of a receipt code can read where their complaint got to, once it is over."""

from collections.abc import Iterator
from datetime import date, timedelta

from duly.rulebook.phrases import Counted, Direction
from duly.rulebook.steps import Is
from duly.timetable.calendar import DayOutsideCalendarError
from duly.timetable.counting import CannotCountError, last_day
from duly.timetable.marking import Marking, parts_of

AT_LEAST = timedelta(days=28)
ONE_DAY = timedelta(days=1)


def code_ends_on(marking: Marking) -> date | None:
    """The first day on which the code opens nothing (threats 2.6); None while the case is open.

    "Codes of closed matters end after the appeal window": after the longest time to appeal that the rulebook
    gives, counted from the closing, or that runs in the case; and never within four weeks of it, so that
    somebody who looks once a month still reads how it ended.
    """
    if marking.closed_on is None:
        return None
    return max(marking.closed_on + AT_LEAST, *_windows(marking, marking.closed_on)) + ONE_DAY


def _windows(marking: Marking, closed: date) -> Iterator[date]:
    """Last days of times to appeal; what the calendar cannot count is no window."""
    yield closed
    for step in marking.book.steps_that_are(Is.APPEAL):
        for timing in step.within:
            for part in parts_of(timing):
                if isinstance(part, Counted) and part.direction is not Direction.BEFORE:
                    yield from _counted(marking, part, closed)
        for clock in marking.clocks_of(step.name):
            if clock.due is not None:
                yield clock.due


def _counted(marking: Marking, part: Counted, closed: date) -> Iterator[date]:
    calendar, rules = marking.calendar, marking.book.counting
    try:
        yield last_day(part.length, part.direction, closed, calendar=calendar, rules=rules)
    except (CannotCountError, DayOutsideCalendarError):
        return
