"""Counting days on the fingers: one day after the other, as section 3 of the format ("Due day") reads."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ONE = timedelta(days=1)
_FILE = tomllib.loads((Path(__file__).parents[3] / "calendars" / "GB-ENG.toml").read_text())
_CLOSED = {date.fromisoformat(day) for day in _FILE["days"]}


def closed(day: date) -> bool:
    return day.weekday() >= 5 or day in _CLOSED


def from_on(day: date, way: int = 1) -> Iterator[date]:
    while True:
        yield day
        day += way * ONE


@dataclass
class Days:
    """Counting in a case: which days are paused, and whether a closed last day moves."""

    paused: Callable[[date], bool]
    rolls: bool
    short: int = 0  # a period of at most so many days leaves closed days out

    def last(self, n: int, unit: str, way: str, start: date) -> date:
        """The last day of a `within`."""
        day = self.first(n, unit, way, start)
        while way != "before" and (self.paused(day) or (self.rolls and closed(day))):
            day += ONE
        return day

    def first(self, n: int, unit: str, way: str, start: date) -> date:
        """The day of a `not_before`: counted in the same way, and never moved off a closed day."""
        if unit == "weeks":
            n, unit = 7 * n, "days"
        if unit == "clear days" and n <= self.short:
            # The last of them, and then the day next to it: being none of them it may be closed.
            day = self.first(n, "working days", way, start) + (-ONE if way == "before" else ONE)
            while way != "before" and self.paused(day):
                day += ONE
            return day
        if unit == "days" and n <= self.short:
            unit = "working days"
        if unit == "clear days":
            n, unit = n + 1, "days"
        if way == "before":
            return self._back(n, unit, start)
        if unit == "months":
            n, unit = self._days_of_months(n, way, start), "days"
        for day in from_on(start if way == "beginning with" else start + ONE):
            if not self.paused(day) and not (unit == "working days" and closed(day)):
                n -= 1
            if n == 0:
                return day
        raise AssertionError("days have no end")

    def _back(self, n: int, unit: str, start: date) -> date:
        if unit == "months":
            return _same_number(start, -n)[0]
        for day in from_on(start - ONE, -1):
            n -= not (unit == "working days" and closed(day))
            if n == 0:
                return day
        raise AssertionError("days have no end")

    def _days_of_months(self, n: int, way: str, start: date) -> int:
        end, is_same = _same_number(start, n)
        days = (end - start).days
        # From 1 to 31 July; but from 31 January to the last of February.
        return days + (not is_same) if way == "beginning with" else days

    def named(self, until: date, granted: date, unit: str) -> date:
        """A day that an extension names, moved by the paused days that come after the grant."""
        due, taken = until, set[date]()
        while True:
            new = [
                day
                for day in (granted + n * ONE for n in range(1, (due - granted).days + 1))
                if day not in taken and self.paused(day) and not (unit == "working days" and closed(day))
            ]
            if not new:
                break
            for day in new:
                taken.add(day)
                due += ONE
                while unit == "working days" and closed(due):
                    due += ONE
        while until > granted and (self.paused(due) or (due != until and self.rolls and closed(due))):
            due += ONE
        return due


def _same_number(start: date, months: int) -> tuple[date, bool]:
    """The day of the same number so many months on, or the last of that month; and whether it is the same."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for number in range(start.day, 0, -1):
        try:
            return date(year, month + 1, number), number == start.day
        except ValueError:
            continue
    raise AssertionError("a month has a first day")
