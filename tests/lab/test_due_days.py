"""The columnar engine says of every start what the scalar one says."""

from datetime import date, timedelta

import numpy as np
import pytest
from tests.timetable.casebook import calendar

from duly.rulebook.book import Counting, LastDayClosed
from duly.rulebook.phrases import Direction
from duly.timetable.calendar import DayOutsideCalendarError
from duly.timetable.counting import CannotCountError, last_day
from duly.vocabulary import Length, Unit
from duly_lab.due_days import due_days

GB = calendar()
STAYS, ROLLS = Counting(), Counting(last_day_closed=LastDayClosed.NEXT_WORKING_DAY, short_period=5)
STARTS = [GB.first + timedelta(days=n) for n in range(1, (GB.last - GB.first).days, 3)]
LENGTHS = [
    Length(10, Unit.WORKING_DAYS),
    Length(1, Unit.WORKING_DAYS),
    Length(3, Unit.DAYS),
    Length(14, Unit.DAYS),
    Length(3, Unit.CLEAR_DAYS),
    Length(2, Unit.WEEKS),
    Length(1, Unit.MONTHS),
    Length(1, Unit.YEARS),
]


@pytest.mark.parametrize("rules", [STAYS, ROLLS], ids=["stays", "rolls"])
@pytest.mark.parametrize("direction", Direction, ids=str)
@pytest.mark.parametrize("length", LENGTHS, ids=str)
def test_each_due_day_is_that_of_the_scalar_engine(
    length: Length, direction: Direction, rules: Counting
) -> None:
    inside, expected = [], []
    for start in STARTS:
        try:
            expected.append(last_day(length, direction, start, calendar=GB, rules=rules))
        except DayOutsideCalendarError:
            continue
        inside.append(start)
    found = due_days(length, direction, calendar=GB, rules=rules).of(np.array(inside, dtype="datetime64[D]"))
    assert len(expected) > 1_900
    assert found.tolist() == expected


def test_a_start_or_a_due_day_outside_the_calendar_is_refused_and_never_the_nearest_taken() -> None:
    ten = due_days(Length(10, Unit.WORKING_DAYS), Direction.AFTER, calendar=GB, rules=STAYS)
    for start in (GB.first - timedelta(days=1), GB.last + timedelta(days=1), GB.last - timedelta(days=3)):
        with pytest.raises(LookupError, match="outside the calendar"):
            ten.of(np.array([date(2026, 3, 2), start], dtype="datetime64[D]"))


def test_no_start_gives_no_day_and_what_cannot_be_counted_is_refused() -> None:
    ten = due_days(Length(10, Unit.WORKING_DAYS), Direction.AFTER, calendar=GB, rules=STAYS)
    assert ten.of(np.array([], dtype="datetime64[D]")).tolist() == []
    beyond = due_days(Length(90, Unit.YEARS), Direction.AFTER, calendar=GB, rules=ROLLS)
    with pytest.raises(LookupError):
        beyond.of(np.array([date(2026, 3, 2)], dtype="datetime64[D]"))
    with pytest.raises(CannotCountError):
        due_days(Length(10, Unit.DAYS, "season"), Direction.AFTER, calendar=GB, rules=STAYS)
