"""The day on which a length of time ends: exact, and without walking from day to day.

What is counted is settled in docs/explanation/counting.md, with an example of each rule.
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from duly.rulebook.book import Counting, LastDayClosed
from duly.rulebook.phrases import Direction
from duly.timetable import hours
from duly.timetable.calendar import Calendar
from duly.vocabulary import Length, Period, Unit

_LAST_YEAR = 9999
_LAST = date.max.toordinal()


class CannotCountError(ValueError):
    """A length that is not counted in days here. `says` and `remedy` are sentences for whoever asked."""

    def __init__(self, says: str, remedy: str) -> None:
        self.says, self.remedy = says, remedy
        super().__init__(f"{says} {remedy}")


class _Stretch(NamedTuple):
    """Paused days by their ordinals, `before` left out."""

    since: int
    before: int


_SINCE, _BEFORE = itemgetter(0), itemgetter(1)


class PausedDays(tuple[Period, ...]):
    """Pauses by which many lengths are counted, put in order once. Any sequence of periods does as well."""

    @cached_property
    def stretches(self) -> Sequence[_Stretch]:
        return _in_order(self)

    def followed_by(self, period: Period) -> "PausedDays":
        """These and one more; what was put in order stays so where it began no earlier than the others."""
        found = PausedDays((*self, period))
        added, known = _in_order((period,)), self.stretches
        if not added or not known or known[-1].before < added[0].since:
            found.stretches = [*known, *added]
        elif known[-1].since <= added[0].since:
            last = _Stretch(known[-1].since, max(known[-1].before, added[0].before))
            found.stretches = [*known[:-1], last]
        return found


def last_day(
    length: Length,
    direction: Direction,
    start: date,
    *,
    calendar: Calendar,
    rules: Counting,
    paused: Sequence[Period] = (),
) -> date:
    """The due day of a `within`: the last day on which the act is still in time.

    Forwards: counted from `start`, paused days left out; a last day that is closed moves as `rules` say.
    Backwards (`before`) neither pauses nor closed days change anything. Pauses may overlap and stand in any
    order, each with an end: an open one is read "as if resumed" on the day asked (`Period.ended_by`).
    Raises DayOutsideCalendarError where the calendar is needed and does not reach, and CannotCountError for
    hours in a time zone that is not known, for days of a calendar of their own, and past the year 9999.
    """
    stretches = _stretches(paused) if paused and direction is not Direction.BEFORE else ()
    day = _counted(length, direction, start, calendar, rules, stretches)
    return day if _stays(length, direction, rules) else _open_day(day, calendar, stretches)


def ends(
    length: Length,
    direction: Direction,
    start: date,
    *,
    calendar: Calendar,
    rules: Counting,
    paused: Sequence[Period] = (),
) -> tuple[date, date]:
    """The day on which the count ends, which is `first_day`; and `last_day`, the same or off closed days."""
    stretches = _stretches(paused) if paused and direction is not Direction.BEFORE else ()
    day = _counted(length, direction, start, calendar, rules, stretches)
    return day, day if _stays(length, direction, rules) else _open_day(day, calendar, stretches)


def first_day(
    length: Length,
    direction: Direction,
    start: date,
    *,
    calendar: Calendar,
    rules: Counting,
    paused: Sequence[Period] = (),
) -> date:
    """The first day a `not_before` allows: counted as a due day is, and never moved off a closed day.

    Of `rules` only what is said of short periods holds of a first day: nothing happens to one that is closed.
    """
    stretches = _stretches(paused) if paused and direction is not Direction.BEFORE else ()
    return _counted(length, direction, start, calendar, rules, stretches)


def _stays(length: Length, direction: Direction, rules: Counting) -> bool:
    """Whether the last day stays where the count ends, be it closed or paused."""
    stays = rules.last_day_closed is LastDayClosed.STAYS or direction is Direction.BEFORE
    return stays or length.unit is Unit.HOURS


def moved_by_pauses(
    day: date, *, after: date, unit: Unit, calendar: Calendar, rules: Counting, paused: Sequence[Period]
) -> date:
    """A day that was named (an extension's), moved later by the paused days that come after `after`.

    A clock of working days gains working days, any other calendar days. A day that no pause reaches stays as
    it was named, open or closed; one that moved is nobody's choice, and is moved off closed days by `rules`.
    """
    if day <= after:
        return day
    due, stretches = day, _stretches(paused)
    for since, before in stretches:
        since = max(since, after.toordinal() + 1)
        if since > due.toordinal():
            break
        if before > since:
            due = _later(due, since, before, unit, calendar)
    rolls = due != day and rules.last_day_closed is LastDayClosed.NEXT_WORKING_DAY
    return _open_day(due, calendar if rolls else None, stretches)


def _later(due: date, since: int, before: int, unit: Unit, calendar: Calendar) -> date:
    if unit is not Unit.WORKING_DAYS:
        return _day(due.toordinal() + before - since)
    return calendar.add_working(due, _working(calendar, since, before))


def _counted(
    length: Length,
    direction: Direction,
    start: date,
    calendar: Calendar,
    rules: Counting,
    stretches: Sequence[_Stretch],
) -> date:
    amount, unit = length.amount, length.unit
    if amount < 0 or length.calendar is not None:
        raise _uncountable(length)
    if unit is Unit.HOURS:
        ends_at = _over(length, direction, edge(start, direction, calendar, rules))
        return _past(ends_at.date(), start, stretches)
    if amount == 0 and unit is not Unit.CLEAR_DAYS:
        return _open_day(start, None, stretches)
    if amount and rules.leaves_closed_days_out(length):
        return _without_closed_days(length, direction, start, calendar, stretches)
    days = days_in(length, direction, start)
    if direction is Direction.BEFORE:
        return _day(start.toordinal() - days)
    origin = start.toordinal() - (direction is Direction.BEGINNING_WITH)  # the last day that is not counted
    if origin and not stretches:
        return _day(origin + days)
    return _past(_day(origin + days), _day(origin), stretches)


def _past(day: date, origin: date, stretches: Sequence[_Stretch]) -> date:
    """`day`, moved later by each paused day after `origin` that it meets."""
    if not stretches:
        return day
    after, due = origin.toordinal() + 1, day.toordinal()
    for since, before in _after(after - 1, stretches):
        if since > due:
            break
        due += before - max(since, after)
    return _day(due)


def edge(day: date, direction: Direction, calendar: Calendar, rules: Counting) -> datetime:
    """The instant hours count from where only the day is known: its end, or its beginning if it counts.

    Backwards, the end of the day before: what happens on the day may begin with it.

    Raises CannotCountError where the rules' time zone is not known.
    """
    zone = zone_of(calendar, rules)
    match direction:
        case Direction.AFTER:
            return datetime.combine(day, rules.day_ends_at, zone)
        case Direction.BEGINNING_WITH:
            return datetime.combine(day, time(0), zone)
        case Direction.BEFORE:
            return datetime.combine(_day(day.toordinal() - 1), rules.day_ends_at, zone)


def zone_of(calendar: Calendar, rules: Counting) -> tzinfo:
    zone = calendar.zones(rules.zone) if calendar.zones is not None else None
    if zone is None:
        raise CannotCountError(
            f"Hours are counted in a time zone, and “{rules.zone}” is not known here.",
            'Name one in [counting], as in day_ends = "23:59 Europe/London".',
        )
    return zone


def _over(length: Length, direction: Direction, start: datetime) -> datetime:
    try:
        return hours.end(length, direction, start)
    except OverflowError:
        raise _beyond() from None


def hours_end(
    length: Length, direction: Direction, start: datetime, *, paused: Sequence[Period] = ()
) -> datetime:
    """The instant so many hours after `start` (which has its zone).

    Hours pass alike whether the clocks on the wall go forward or back. No closed day moves their end (as in
    Regulation 1182/71, article 3(4)); each paused day that they meet moves it by a day.
    """
    ends_at = _over(length, direction, start)
    if not paused or direction is Direction.BEFORE:
        return ends_at
    moved = _past(ends_at.date(), start.date(), _stretches(paused))
    return ends_at if moved == ends_at.date() else datetime.combine(moved, ends_at.time(), start.tzinfo)


def _after(origin: int, stretches: Sequence[_Stretch]) -> Sequence[_Stretch]:
    """Those that hold a day after this one: they stand in order, and none meets another."""
    first = bisect_right(stretches, origin + 1, key=_BEFORE)
    return stretches[first:] if first else stretches


def _uncountable(length: Length) -> CannotCountError:
    if length.calendar is not None:
        return CannotCountError(
            f"“{length}” counts the days of a calendar of its own, {length.calendar}, and there is none yet.",
            "Write the length in days, working days, weeks, months or years.",
        )
    return CannotCountError(f"“{length}” is less than nothing.", "Write the number without a minus.")


def days_in(length: Length, direction: Direction, start: date) -> int:
    """How many calendar days the length spans, none of them paused; not for working days or hours.

    Forwards, from the first day counted to the day it ends on; backwards, from the day after that to `start`.
    """
    match length.unit:
        case Unit.CLEAR_DAYS:
            return length.amount + 1  # the far end is left out too, and is the day asked for
        case Unit.DAYS:
            return length.amount
        case Unit.WEEKS:
            return 7 * length.amount
        case _:
            months = length.amount * (12 if length.unit is Unit.YEARS else 1)
            return _days_of_months(months, direction, start)


def _days_of_months(months: int, direction: Direction, start: date) -> int:
    """A month ends on the day of the same number, or on its last day if it has none.

    Beginning *with* 1 July a month is over on 31 July, the day before the day of the same number; beginning
    with 31 January it is over on the last of February, not a day sooner.
    """
    if direction is Direction.BEFORE:
        return start.toordinal() - _clamped(start, -months, start.day)
    if direction is Direction.AFTER:
        return _clamped(start, months, start.day) - start.toordinal()
    if start.day == 1:
        return _clamped(start, months, 1) - start.toordinal()
    return _clamped(start, months, start.day - 1) - start.toordinal() + 1


def _clamped(start: date, months: int, number: int) -> int:
    """The ordinal of day `number` (or the last) of the month that lies `months` from that of `start`."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= _LAST_YEAR:
        raise _beyond()
    return date(year, month + 1, min(number, monthrange(year, month + 1)[1])).toordinal()


def _without_closed_days(
    length: Length, direction: Direction, start: date, calendar: Calendar, stretches: Sequence[_Stretch]
) -> date:
    """Working days; and a short period, which leaves out the closed days that it meets.

    The far end of clear days is the day next to the last of them; it may be closed.
    """
    amount = length.amount * (7 if length.unit is Unit.WEEKS else 1)
    day = _working_days(amount, direction, start, calendar, stretches)
    if length.unit is not Unit.CLEAR_DAYS:
        return day
    if direction is Direction.BEFORE:
        return _day(day.toordinal() - 1)
    return _open_day(_day(day.toordinal() + 1), None, stretches)


def _working_days(
    amount: int, direction: Direction, start: date, calendar: Calendar, stretches: Sequence[_Stretch]
) -> date:
    if direction is Direction.BEFORE:
        return calendar.add_working(start, -amount)
    counts_itself = direction is Direction.BEGINNING_WITH
    if counts_itself and calendar.is_working(start):
        amount -= 1
    due = calendar.add_working(start, amount)
    first = start.toordinal() + (not counts_itself)
    for since, before in _after(first - 1, stretches):
        if since > due.toordinal():
            break
        amount += _working(calendar, max(since, first), before)
        due = calendar.add_working(start, amount)
    return due


def _working(calendar: Calendar, since: int, before: int) -> int:
    return calendar.working_before(_day(before)) - calendar.working_before(_day(since))


def _open_day(day: date, calendar: Calendar | None, stretches: Sequence[_Stretch]) -> date:
    """`day`, or the first after it that is neither closed (if a calendar is given) nor paused.

    Rulebook format, section 3: "nothing runs out on a paused day".
    """
    if not stretches:
        return day if calendar is None else calendar.working_on_or_after(day)
    while True:
        if calendar is not None:
            day = calendar.working_on_or_after(day)
        ordinal = day.toordinal()
        begun = bisect_right(stretches, ordinal, key=_SINCE)
        if not begun or ordinal >= stretches[begun - 1].before:
            return day
        day = _day(stretches[begun - 1].before)


def _stretches(paused: Sequence[Period]) -> Sequence[_Stretch]:
    return paused.stretches if isinstance(paused, PausedDays) else _in_order(paused)


def _in_order(paused: Sequence[Period]) -> list[_Stretch]:
    """The paused days in order, each once, however the pauses overlap."""
    found: list[_Stretch] = []
    for period in sorted(paused, key=_since) if len(paused) > 1 else paused:
        if period.before is None:
            raise CannotCountError(
                f"The pause from {period.since} has no end yet.", "Say up to which day it is to be read."
            )
        since, before = period.since.toordinal(), period.before.toordinal()
        if since == before:
            continue
        if found and since <= found[-1].before:
            found[-1] = _Stretch(found[-1].since, max(found[-1].before, before))
        else:
            found.append(_Stretch(since, before))
    return found


def _since(period: Period) -> date:
    return period.since


def _day(ordinal: int) -> date:
    if not 1 <= ordinal <= _LAST:
        raise _beyond()
    return date.fromordinal(ordinal)


def _beyond() -> CannotCountError:
    return CannotCountError("That is outside the years 1 to 9999.", "Check the number and the day.")
