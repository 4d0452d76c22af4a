"""The working of a date, as a person would say it."""

from collections.abc import Callable
from datetime import date

import pytest

from duly.rulebook.book import Counting, LastDayClosed
from duly.rulebook.phrases import Direction
from duly.timetable.calendar import Calendar
from duly.timetable.working import Working, explain_count
from duly.vocabulary import Length, Period, Unit
from duly.vocabulary.day import public_day

ROLLS = Counting(last_day_closed=LastDayClosed.NEXT_WORKING_DAY)
GB_ENG = Calendar(
    name="GB-ENG",
    edition="1",
    source="a part of it",
    first=date(2020, 1, 1),
    last=date(2034, 12, 31),
    days={
        date(2026, 4, 3): "Good Friday",
        date(2026, 4, 6): "Easter Monday",
        date(2026, 5, 4): "Early May bank holiday",
        date(2026, 5, 25): "Spring bank holiday",
        date(2026, 12, 25): "Christmas Day",
        date(2027, 1, 1): "New Year’s Day",
    },
)
PORTAL_DOWN = Period(date(2026, 4, 8), date(2026, 4, 10))
SERVED = date(2026, 3, 26)


def told(working: Working) -> list[str]:
    return [str(sentence) for sentence in working.sentences]


def explained(
    amount: int,
    unit: Unit,
    direction: Direction,
    start: date,
    *paused: Period,
    earliest: bool = False,
    since: int = 0,
) -> Callable[[], list[str]]:
    """From the sentence `since` on; worked out when the test asks, not when it is collected."""
    return lambda: told(
        explain_count(
            Length(amount, unit),
            direction,
            start,
            calendar=GB_ENG,
            rules=ROLLS,
            paused=paused,
            earliest=earliest,
        )
    )[since:]


WHOLE = [
    (
        explained(14, Unit.CLEAR_DAYS, Direction.AFTER, date(2026, 3, 20)),
        [
            "From Fri 20 Mar 2026. Of clear days both ends are left out.",
            "The 14 clear days are Sat 21 Mar 2026 to Fri 3 Apr 2026. The last day is Sat 4 Apr 2026.",
            "That is a closed day. Skipped: 1 weekend day, Easter Monday 6 April. "
            "The next working day is Tue 7 Apr 2026.",
        ],
    ),
    (
        explained(1, Unit.MONTHS, Direction.BEGINNING_WITH, date(2027, 1, 31)),
        [
            "From Sun 31 Jan 2027.",
            "1 month beginning with that day is over on Sun 28 Feb 2027 (February 2027 has 28 days).",
            "That is a closed day. The next working day is Mon 1 Mar 2027.",
        ],
    ),
    (
        explained(1, Unit.MONTHS, Direction.BEGINNING_WITH, date(2029, 1, 29)),
        ["From Mon 29 Jan 2029.", "1 month beginning with that day is over on Wed 28 Feb 2029."],
    ),
    (
        explained(1, Unit.MONTHS, Direction.AFTER, date(2026, 3, 30)),
        ["From Mon 30 Mar 2026.", "1 month after that is Thu 30 Apr 2026."],
    ),
    (
        explained(12, Unit.WEEKS, Direction.AFTER, date(2026, 3, 20), PORTAL_DOWN),
        [
            "From Fri 20 Mar 2026. Day 1 is Sat 21 Mar 2026.",
            "12 weeks are 84 days. Day 84 was Fri 12 Jun 2026, the original date.",
            "Paused 8 and 9 April. Day 84 moved to Sun 14 Jun 2026, a closed day. "
            "The next working day is Mon 15 Jun 2026.",
        ],
    ),
    (
        explained(14, Unit.DAYS, Direction.AFTER, date(2026, 4, 18)),
        [
            "From Sat 18 Apr 2026. Day 1 is Sun 19 Apr 2026.",
            "Day 14 is Sat 2 May 2026.",
            "That is a closed day. Skipped: 1 weekend day, Early May bank holiday 4 May. "
            "The next working day is Tue 5 May 2026.",
        ],
    ),
    (
        explained(14, Unit.DAYS, Direction.AFTER, date(2026, 3, 20)),
        [
            "From Fri 20 Mar 2026. Day 1 is Sat 21 Mar 2026.",
            "Day 14 is Fri 3 Apr 2026.",
            "That is a closed day, Good Friday. Skipped: 2 weekend days, Easter Monday 6 April. "
            "The next working day is Tue 7 Apr 2026.",
        ],
    ),
    (
        explained(
            14, Unit.DAYS, Direction.AFTER, date(2026, 4, 18), Period(date(2026, 5, 5), date(2026, 5, 9))
        ),
        [
            "From Sat 18 Apr 2026. Day 1 is Sun 19 Apr 2026.",
            "Day 14 was Sat 2 May 2026.",
            "That is a closed day. Skipped: 1 weekend day, Early May bank holiday 4 May. "
            "The next working day was Tue 5 May 2026, the original date.",
            "Paused 5 to 8 May. Skipped: 2 weekend days. The last day moved to Mon 11 May 2026.",
        ],
    ),
    (
        explained(14, Unit.DAYS, Direction.AFTER, date(2026, 4, 18), earliest=True),
        ["From Sat 18 Apr 2026. Day 1 is Sun 19 Apr 2026.", "Day 14 is Sat 2 May 2026, the earliest day."],
    ),
    (
        explained(14, Unit.CLEAR_DAYS, Direction.BEFORE, date(2026, 1, 16)),
        [
            "From Fri 16 Jan 2026. Of clear days both ends are left out.",
            "The 14 clear days are Fri 2 Jan 2026 to Thu 15 Jan 2026. The last day is Thu 1 Jan 2026.",
        ],
    ),
    (
        explained(1, Unit.CLEAR_DAYS, Direction.AFTER, date(2026, 1, 12), earliest=True),
        [
            "From Mon 12 Jan 2026. Of clear days both ends are left out.",
            "The 1 clear day is Tue 13 Jan 2026. The earliest day is Wed 14 Jan 2026.",
        ],
    ),
    (
        explained(2, Unit.CLEAR_DAYS, Direction.BEGINNING_WITH, date(2026, 1, 12)),
        [
            "From Mon 12 Jan 2026, which is the first of them. Of clear days the far end is left out.",
            "The 2 clear days are Mon 12 Jan 2026 to Tue 13 Jan 2026. The last day is Wed 14 Jan 2026.",
        ],
    ),
    (
        explained(1, Unit.MONTHS, Direction.AFTER, date(2026, 1, 31)),
        [
            "From Sat 31 Jan 2026.",
            "1 month after that is Sat 28 Feb 2026 (February 2026 has 28 days).",
            "That is a closed day. Skipped: 1 weekend day. The next working day is Mon 2 Mar 2026.",
        ],
    ),
    (
        explained(
            1, Unit.MONTHS, Direction.AFTER, date(2026, 6, 12), Period(date(2026, 7, 1), date(2026, 7, 4))
        ),
        [
            "From Fri 12 Jun 2026.",
            "1 month after that is Sun 12 Jul 2026.",
            "That is a closed day. The next working day was Mon 13 Jul 2026, the original date.",
            "Paused 1 to 3 July. The last day moved to Wed 15 Jul 2026.",
        ],
    ),
    (
        explained(2, Unit.MONTHS, Direction.BEGINNING_WITH, date(2026, 7, 1)),
        ["From Wed 1 Jul 2026.", "2 months beginning with that day are over on Mon 31 Aug 2026."],
    ),
    (
        explained(3, Unit.MONTHS, Direction.BEFORE, date(2026, 5, 31)),
        [
            "From Sun 31 May 2026.",
            "3 months before that is Sat 28 Feb 2026 (February 2026 has 28 days).",
        ],
    ),
    (
        explained(5, Unit.WORKING_DAYS, Direction.BEFORE, date(2026, 4, 9)),
        [
            "From Thu 9 Apr 2026. Counted backwards, day 1 is Wed 8 Apr 2026.",
            "Skipped: 2 weekend days, Easter Monday 6 April, Good Friday 3 April. Day 5 is Tue 31 Mar 2026.",
        ],
    ),
    (
        explained(3, Unit.WORKING_DAYS, Direction.BEGINNING_WITH, date(2026, 4, 3)),
        [
            "From Fri 3 Apr 2026. Day 1 is Tue 7 Apr 2026.",
            "Skipped: 2 weekend days, Good Friday 3 April, Easter Monday 6 April. Day 3 is Thu 9 Apr 2026.",
        ],
    ),
    (
        explained(30, Unit.DAYS, Direction.BEGINNING_WITH, date(2026, 7, 1)),
        ["From Wed 1 Jul 2026, which is day 1.", "Day 30 is Thu 30 Jul 2026."],
    ),
    (
        explained(1, Unit.WORKING_DAYS, Direction.AFTER, date(2026, 4, 2)),
        [
            "From Thu 2 Apr 2026.",
            "Skipped: 2 weekend days, Good Friday 3 April, Easter Monday 6 April. Day 1 is Tue 7 Apr 2026.",
        ],
    ),
    (
        explained(
            15,
            Unit.WORKING_DAYS,
            Direction.AFTER,
            SERVED,
            Period(date(2026, 4, 11), date(2026, 4, 13)),
            since=2,
        ),
        ["Paused 11 and 12 April, no working days. The last day stays Mon 20 Apr 2026."],
    ),
    (
        explained(
            15,
            Unit.WORKING_DAYS,
            Direction.AFTER,
            SERVED,
            Period(date(2026, 4, 10), date(2026, 4, 18)),
            since=2,
        ),
        ["Paused 10 to 17 April, 6 working days. Skipped: 2 weekend days. Day 15 moved to Tue 28 Apr 2026."],
    ),
    (
        explained(
            10,
            Unit.WORKING_DAYS,
            Direction.AFTER,
            date(2026, 12, 21),
            Period(date(2026, 12, 31), date(2027, 1, 4)),
        ),
        [
            "From Mon 21 Dec 2026. Day 1 is Tue 22 Dec 2026.",
            "Skipped: 4 weekend days, Christmas Day 25 December, New Year’s Day 1 January 2027. "
            "Day 10 was Wed 6 Jan 2027, the original date.",
            "Paused 31 December 2026 to 3 January 2027, 1 working day. Day 10 moved to Thu 7 Jan 2027.",
        ],
    ),
    (
        explained(
            5, Unit.DAYS, Direction.AFTER, date(2026, 6, 1), Period(date(2026, 7, 1), date(2026, 7, 4))
        ),
        [
            "From Mon 1 Jun 2026. Day 1 is Tue 2 Jun 2026.",
            "Day 5 is Sat 6 Jun 2026.",
            "That is a closed day. Skipped: 1 weekend day. The next working day is Mon 8 Jun 2026.",
        ],
    ),
    (
        explained(0, Unit.DAYS, Direction.AFTER, date(2026, 6, 1)),
        ["From Mon 1 Jun 2026.", "Nothing is counted: the last day is Mon 1 Jun 2026."],
    ),
]


@pytest.mark.parametrize(("found", "expected"), WHOLE, ids=lambda _: "")
def test_a_working_reads_as_a_person_would_say_it(
    found: Callable[[], list[str]], expected: list[str]
) -> None:
    assert found() == expected


def test_a_body_with_another_week_has_no_weekend_days_but_names_them() -> None:
    friday_off = Calendar(
        name="F",
        edition="1",
        source="x",
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        closed=frozenset({4}),
    )
    working = explain_count(
        Length(8, Unit.WORKING_DAYS), Direction.AFTER, date(2026, 6, 2), calendar=friday_off, rules=ROLLS
    )
    assert told(working)[1] == "Skipped: 1 Friday. Day 8 is Thu 11 Jun 2026."


def test_days_can_be_written_as_the_public_reads_them() -> None:
    working = explain_count(
        Length(1, Unit.WEEKS),
        Direction.AFTER,
        date(2026, 6, 2),
        calendar=GB_ENG,
        rules=ROLLS,
        written=public_day,
    )
    assert told(working)[1] == "1 week is 7 days. Day 7 is Tuesday 9 June 2026."
