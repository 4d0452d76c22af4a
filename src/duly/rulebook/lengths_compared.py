"""Lengths in days, near enough to compare two of them; no calendar is asked."""

from duly.vocabulary import Length, Unit

_SHORTEST = {
    Unit.HOURS: 1 / 24,
    Unit.DAYS: 1.0,
    Unit.CLEAR_DAYS: 1.0,
    Unit.WORKING_DAYS: 1.4,
    Unit.WEEKS: 7.0,
    Unit.MONTHS: 28.0,
    Unit.YEARS: 365.0,
}
_LONGEST = {**_SHORTEST, Unit.MONTHS: 31.0, Unit.YEARS: 366.0}


def shortest_days(length: Length) -> float:
    """The fewest days it can be; five working days are a week."""
    return length.amount * _SHORTEST[length.unit]


def longest_days(length: Length) -> int:
    """The most days it can be: weekends counted, holidays not; clear days leave out both ends."""
    if length.unit is Unit.WORKING_DAYS:
        return length.amount + 2 * -(-length.amount // 5)
    whole = length.amount * _LONGEST[length.unit]
    return int(-(-whole // 1)) + (1 if length.unit is Unit.CLEAR_DAYS else 0)
