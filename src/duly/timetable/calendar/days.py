"""A calendar: which days a body works, between two days that it knows, counted by ordinals."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from functools import cached_property
from itertools import accumulate, compress
from typing import NamedTuple

from duly.vocabulary.day import WEEKDAYS, public_day

Zones = Callable[[str], tzinfo | None]
"""From the name of a time zone ("Europe/London") to the zone; None where there is none of that name."""


class DayOutsideCalendarError(LookupError):
    """A day that the calendar does not know was asked for. Never answered with the nearest it knows.

    `says` and `remedy` are sentences for the person who asked.
    """

    def __init__(self, calendar: "Calendar", asked: str) -> None:
        self.calendar = calendar
        self.says = (
            f"The calendar {calendar.name} (edition {calendar.edition}) knows the days from "
            f"{public_day(calendar.first)} to {public_day(calendar.last)}; {asked} outside it."
        )
        self.remedy = (
            f"Adopt an edition of {calendar.name} that covers it, or count by a calendar that does. "
            "Duly never takes the nearest day instead."
        )
        super().__init__(f"{self.says} {self.remedy}")


class ClosedDay(NamedTuple):
    """A day on which nobody works, and what it is: "Good Friday", "Saturday"."""

    on: date
    name: str


class _Numbers(NamedTuple):
    """Working days by number: `earlier[i]` of them lie before day i (0 is `first`); `day[k]` is the k-th."""

    earlier: list[int]
    day: list[date]


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """One edition of a calendar, good from `first` to `last`, both included.

    `closed` holds weekdays (Monday is 0); `days` the closed days beside them, with their names. `digest` is
    the SHA-256 of the file's text, in hex: what a case pins. Every method raises DayOutsideCalendarError for
    a day it does not know.
    """

    name: str
    edition: str
    source: str
    first: date
    last: date
    closed: frozenset[int] = frozenset({5, 6})
    days: Mapping[date, str] = field(default_factory=dict[date, str], hash=False)
    digest: str = ""
    zones: "Zones | None" = field(default=None, compare=False, repr=False)  # None: no hours can be counted

    def is_working(self, day: date) -> bool:
        self._position(day)
        return day.weekday() not in self.closed and day not in self.days

    def name_of(self, day: date) -> str | None:
        """Why the day is closed ("Good Friday", "Saturday"); None for a working day."""
        self._position(day)
        if day in self.days:
            return self.days[day]
        return WEEKDAYS[day.weekday()] if day.weekday() in self.closed else None

    def holiday_on(self, day: date) -> str | None:
        """The name of the holiday that the day is, also on a weekday that is never worked; None if none."""
        self._position(day)
        return self.days.get(day)

    def next_holiday(self, day: date) -> date:
        """The first named closed day after `day`, whether or not `day` is one."""
        self._position(day)
        if (place := bisect_right(self._holidays, day)) < len(self._holidays):
            return self._holidays[place]
        raise DayOutsideCalendarError(self, f"the first holiday after {public_day(day)} is")

    def previous_holiday(self, day: date) -> date:
        """The last named closed day before `day`, whether or not `day` is one."""
        self._position(day)
        if place := bisect_left(self._holidays, day):
            return self._holidays[place - 1]
        raise DayOutsideCalendarError(self, f"the last holiday before {public_day(day)} is")

    def next_working(self, day: date) -> date:
        """The first working day after `day`, whether or not `day` is one."""
        return self.add_working(day, 1)

    def previous_working(self, day: date) -> date:
        """The last working day before `day`, whether or not `day` is one."""
        return self.add_working(day, -1)

    def working_on_or_after(self, day: date) -> date:
        """`day` itself if it is a working day, else the next one."""
        place = day.toordinal() - self._first
        if not 0 <= place <= self._size:
            raise DayOutsideCalendarError(self, f"{public_day(day)} is")
        earlier, working = self._numbers
        if earlier[place] < len(working):
            return working[earlier[place]]
        raise DayOutsideCalendarError(self, f"the first working day from {public_day(day)} on is")

    def add_working(self, start: date, n: int) -> date:
        """The n-th working day after `start`; before it if n is negative; if 0 `start`, even closed."""
        if n == 0:
            self._position(start)
            return start
        place, earlier = self._position(start), self._numbers.earlier
        number = earlier[place + 1] + n if n > 0 else earlier[place] + n + 1
        if 1 <= number <= len(self._numbers.day):
            return self._numbers.day[number - 1]
        way = "after" if n > 0 else "before"
        unit = "working day" if abs(n) == 1 else "working days"
        raise DayOutsideCalendarError(self, f"{abs(n)} {unit} {way} {public_day(start)} is")

    def working_between(self, a: date, b: date) -> int:
        """How many working days lie after `a` up to and including `b`; negative when `b` is before `a`."""
        earlier = self._numbers.earlier
        return earlier[self._position(b) + 1] - earlier[self._position(a) + 1]

    def working_days(self, first: date, last: date) -> int:
        """How many there are from `first` to `last`, both counted; none when `last` comes before `first`."""
        until = self._numbers.earlier[self._position(last) + 1]
        return max(0, until - self._numbers.earlier[self._position(first)])

    def closed_days(self, first: date, last: date) -> tuple[ClosedDay, ...]:
        """Those from `first` to `last`, both included, each with its name; none when `last` is before."""
        begin, end = self._position(first), self._position(last) + 1
        earlier = self._numbers.earlier
        return self._closed_days[begin - earlier[begin] : end - earlier[end]]

    def working_before(self, day: date) -> int:
        """How many of its working days lie before `day`.

        Also answers for the day after `last`, so that a stretch of days may end with the calendar.
        """
        place = day.toordinal() - self._first
        if not 0 <= place <= self._size:
            raise DayOutsideCalendarError(self, f"{public_day(day)} is")
        return self._numbers.earlier[place]

    def _position(self, day: date) -> int:
        place = day.toordinal() - self._first
        if 0 <= place < self._size:
            return place
        raise DayOutsideCalendarError(self, f"{public_day(day)} is")

    @cached_property
    def _first(self) -> int:
        return self.first.toordinal()

    @cached_property
    def _size(self) -> int:
        return self.last.toordinal() - self._first + 1

    @cached_property
    def _holidays(self) -> Sequence[date]:
        return sorted(day for day in self.days if self.first <= day <= self.last)

    @cached_property
    def _closed_days(self) -> tuple[ClosedDay, ...]:
        """Every closed day with its name, in order: which of them lie in a stretch is two look-ups more."""
        days = map(date.fromordinal, range(self._first, self._first + self._size))
        named = ((day, self.days.get(day) or WEEKDAYS[day.weekday()]) for day in days)
        return tuple(ClosedDay(day, name) for day, name in named if not self.is_working(day))

    @cached_property
    def _numbers(self) -> _Numbers:
        """Every working day numbered, once: from then on a deadline is two look-ups."""
        week = bytes(weekday not in self.closed for weekday in range(7))
        turn = self.first.weekday()
        works = bytearray((week[turn:] + week[:turn]) * (self._size // 7 + 1))[: self._size]
        for day in self.days:
            if self.first <= day <= self.last:
                works[day.toordinal() - self._first] = 0
        working = compress(range(self._first, self._first + self._size), works)
        return _Numbers(list(accumulate(works, initial=0)), [date.fromordinal(each) for each in working])
