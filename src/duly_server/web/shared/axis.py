"""The axis that all bars of a list share: one scale of days, one line for today."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from duly_server.web.shared.clock import ClockView
from duly_server.web.shared.days import in_words

LETTER = 0.014  # of the axis, about what a letter takes where the axis is narrow


@dataclass(frozen=True, slots=True)
class AxisMark:
    """A label under the heading of a column of bars; with `has_line`, a hairline through all rows as well."""

    on: date
    label: str
    has_line: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """The days from `first` to `last`, left to right in every language. `last` is after `first`."""

    first: date
    last: date
    today: date
    marks: tuple[AxisMark, ...] = ()

    def __post_init__(self) -> None:
        if self.last <= self.first:
            raise ValueError(f"an axis needs a length: {self.first} to {self.last}")

    def at(self, day: date) -> float:
        """Where `day` lies, in per cent of the axis: below 0 before it, above 100 after it."""
        return 100 * (day - self.first).days / (self.last - self.first).days


def weeks_axis(today: date, *, before: int, after: int) -> Axis:
    """`before` weeks back to `after` weeks ahead, as the docket has it: "7 wk ago", "today", "in 6 wk"."""
    first, last = today - timedelta(weeks=before), today + timedelta(weeks=after)
    marks = [AxisMark(first, f"{before} wk ago"), AxisMark(today, "today")]
    if after > 2:  # nearer, the words would run into "today"
        marks.append(AxisMark(last, f"in {after} wk"))
    return Axis(first=first, last=last, today=today, marks=tuple(marks))


def months_axis(clocks: Iterable[ClockView], *, today: date) -> Axis:
    """Long enough for every clock, in whole weeks, with a line where each month begins: for one case."""
    days = [today, *(day for clock in clocks for day in _days_of(clock))]
    first, last = min(days) - timedelta(days=1), max(days) + timedelta(days=7)
    last = max(last, first + timedelta(days=28))
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    every = next((n for n in (1, 2, 3, 6) if months / n <= 6), 12)  # six names fit on a phone
    starts = [AxisMark(first, in_words(first, "F"), has_line=True)]
    starts += [
        AxisMark(begin, in_words(begin, "F"), has_line=True)
        for turn, begin in enumerate(_month_starts(first, last))
        if turn % every == 0
    ]
    if len(starts) > 1 and (starts[1].on - first).days < (last - first).days * 0.12:
        starts[0] = AxisMark(first, "")  # no room for the name of a month that is nearly over
    newest = starts[-1]
    if (last - newest.on).days < (last - first).days * LETTER * len(newest.label):
        starts[-1] = replace(newest, label="")  # nor for one that has hardly begun: it would run on
    return Axis(first=first, last=last, today=today, marks=tuple(starts))


def _days_of(clock: ClockView) -> list[date]:
    days = (clock.started_on, clock.expected_on, clock.original_on, clock.due_on, clock.stopped_on)
    return [day for day in days if day is not None]


def _month_starts(first: date, last: date) -> Iterable[date]:
    year, month = first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        begin = date(year, month, 1)
        if begin >= last:
            return
        yield begin
