"""Due days by the column: a million starts counted by one length, each as `duly.timetable` counts it.

Every start is looked up in a table of the length's due days, made once from the calendar. What a date rests
on is told by the scalar engine alone; a test holds the two together.
"""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from duly.rulebook.book import Counting
from duly.rulebook.phrases import Direction
from duly.timetable.calendar import Calendar, DayOutsideCalendarError
from duly.timetable.counting import CannotCountError, last_day
from duly.vocabulary import Length, Unit

Days: TypeAlias = npt.NDArray[np.datetime64]  # one day each, as datetime64[D]
_Ordinals: TypeAlias = npt.NDArray[np.int64]

_EPOCH = date(1970, 1, 1).toordinal()
_NEVER = np.iinfo(np.int64).min  # stands where a start has no due day in this calendar


@dataclass(frozen=True, slots=True)
class DueDays:
    """The due day of every start that has one in this calendar, for one length; no pauses are taken out."""

    first: int  # the first such start, in days from 1 January 1970
    due: _Ordinals

    def of(self, starts: Days) -> Days:
        """The due day of each start, in their order.

        Raises LookupError if a start, or its due day, lies outside the calendar: never the nearest day.
        """
        places = starts.astype("datetime64[D]", copy=False).view(np.int64) - self.first
        if len(places) and (places.min() < 0 or places.max() >= len(self.due)):
            raise LookupError("A start, or its due day, lies outside the calendar.")
        return self.due.take(places).view("datetime64[D]")


def due_days(length: Length, direction: Direction, *, calendar: Calendar, rules: Counting) -> DueDays:
    """The table for this length: of working days by two look-ups a day, else as the scalar engine counts.

    Raises CannotCountError where the length can't be counted at all.
    """
    if length.unit is Unit.WORKING_DAYS and direction is Direction.AFTER and length.amount > 0:
        due = _working_days_after(length.amount, calendar)
    else:
        due = _one_by_one(length, direction, calendar, rules)
    known = np.flatnonzero(due != _NEVER)  # without a gap: what begins later never ends earlier
    begin, end = (int(known[0]), int(known[-1]) + 1) if len(known) else (0, 0)
    return DueDays(calendar.first.toordinal() - _EPOCH + begin, due[begin:end])


def _working_days_after(amount: int, calendar: Calendar) -> _Ordinals:
    """No last day of working days is closed, so nothing moves it."""
    size = calendar.last.toordinal() - calendar.first.toordinal() + 1
    works = np.ones(size, dtype=bool)
    closed = [day.on.toordinal() for day in calendar.closed_days(calendar.first, calendar.last)]
    works[np.array(closed, dtype=np.int64) - calendar.first.toordinal()] = False
    days = np.flatnonzero(works) + (calendar.first.toordinal() - _EPOCH)
    number = np.cumsum(works) + amount - 1  # of the day that is meant, among the working days
    due = np.full(size, _NEVER, dtype=np.int64)
    known = number < len(days)
    due[known] = days[number[known]]
    return due


def _one_by_one(length: Length, direction: Direction, calendar: Calendar, rules: Counting) -> _Ordinals:
    starts = range(calendar.first.toordinal(), calendar.last.toordinal() + 1)
    due = np.full(len(starts), _NEVER, dtype=np.int64)
    for place, start in enumerate(starts):
        try:
            day = last_day(length, direction, date.fromordinal(start), calendar=calendar, rules=rules)
        except DayOutsideCalendarError:
            continue
        except CannotCountError:
            if place == 0:
                raise
            continue
        due[place] = day.toordinal() - _EPOCH
    return due
