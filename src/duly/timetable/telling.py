"""The working of a date in sentences: what was counted, what was skipped, what moved it."""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from duly.rulebook.phrases import Direction
from duly.timetable.counted_day import CountedDay
from duly.vocabulary import Because, Length, Period, Unit
from duly.vocabulary.day import MONTHS, WEEKDAYS, day_and_month

LAST, EARLIEST = "last day", "earliest day"
_WEEKEND = frozenset({5, 6})
_MONTHLY = (Unit.MONTHS, Unit.YEARS)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where a count ends, and the day it has come to once it is off closed days (the same if it was open)."""

    counted_to: date
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What there is to tell of one count.

    `plain` is the count without any pause and `steps` as it is; `arrivals` the first without any pause, then
    one after each of `paused` in turn. `end` is LAST or EARLIEST; `closed` the weekdays
    that are never worked.
    """

    length: Length
    direction: Direction
    start: date
    plain: tuple[CountedDay, ...]
    steps: tuple[CountedDay, ...]
    arrivals: tuple[Arrival, ...]
    paused: tuple[Period, ...]
    reasons: Mapping[Period, Because]
    clause: str | None
    what: str
    end: str
    closed: frozenset[int]
    written: Callable[[date], str]
    as_of: date | None
    leaves_out: bool = False  # closed days are not counted

    @property
    def original(self) -> date:
        return self.arrivals[0].due

    @property
    def is_moved(self) -> bool:
        return self.arrivals[-1].due != self.original

    @property
    def subject(self) -> str:
        """What a sentence calls the day the count ends on."""
        if self.length.unit in (*_MONTHLY, Unit.CLEAR_DAYS) or not self.length.amount:
            return f"The {self.end}"
        return f"Day {self.length.amount * (7 if self.length.unit is Unit.WEEKS else 1)}"


def tell(told: Told) -> Iterator[Because]:
    """Where counting began; where it ended and past which days; off which closed day; what each pause did."""
    yield Because(f"{told.what} {told.written(told.start)}{_beginning(told)}", told.clause)
    yield Because(_ending(told))
    if told.arrivals[0].counted_to != told.original:
        yield Because(_off_a_closed_day(told))
    for period, before, after in zip(told.paused, told.arrivals, told.arrivals[1:], strict=False):
        if before == after and not any(step.on in period for step in told.steps[1:]):
            continue  # it met no day of this count
        reason = told.reasons.get(period, Because(""))
        ground = f": {reason.says.rstrip('.')}" if reason.says else ""
        paused = f"Paused {_span(told, period)}{_working_days_of(told, period)}{ground}."
        yield Because(f"{paused}{_moved(told, before, after)}", reason.clause)


def tell_move(
    steps: Sequence[CountedDay], because: Because, closed: frozenset[int], written: Callable[[date], str]
) -> Because:
    """How a date was carried on over `steps`, by what `because` says."""
    paused = sum(step.kind == "paused" for step in steps)
    not_counted = f" {paused} paused {_plural('day', paused)} not counted." if paused else ""
    skipped = _skipped((step for step in steps[:-1] if step.kind == "closed"), closed, steps[0].on)
    due = steps[-1]
    day = "The last day" if due.number is None else f"Day {due.number}"
    return replace(because, says=f"{because.says}{not_counted}{skipped} {day} is {written(due.on)}.")


def _beginning(told: Told) -> str:
    if told.length.unit is Unit.CLEAR_DAYS:
        counted = ", which is the first of them" if told.direction is Direction.BEGINNING_WITH else ""
        left_out = "the far end is" if counted else "both ends are"
        return f"{counted}. Of clear days {left_out} left out.{_short(told)}"
    first = next((step for step in told.steps if step.number == 1), None)
    if first is None or told.subject == "Day 1" or told.length.unit in _MONTHLY:
        return "."
    if first.on == told.start:
        return f", which is day 1.{_short(told)}"
    backwards = "Counted backwards, day" if told.direction is Direction.BEFORE else "Day"
    return f". {backwards} 1 is {told.written(first.on)}.{_short(told)}"


def _short(told: Told) -> str:
    """Why closed days are not counted, though it is no time of working days."""
    is_short = told.leaves_out and told.length.unit is not Unit.WORKING_DAYS
    return " Of so short a period closed days are not counted." if is_short else ""


def _ending(told: Told) -> str:
    arrival = told.arrivals[0]
    mark = "" if arrival.counted_to != arrival.due else _mark(told)
    skipped = _skipped_of(told, told.plain) if told.leaves_out else ""
    verb, day = "was" if told.is_moved else "is", told.written(arrival.counted_to)
    if told.length.unit in _MONTHLY and told.length.amount:
        return f"{_in_months(told, day)}{_short_month(told, arrival.counted_to)}{mark}."
    if told.length.unit is Unit.CLEAR_DAYS:
        ends = f"{_clear_days(told)}The {told.end} {verb} {day}{mark.removesuffix(f', the {told.end}')}."
        return f"{skipped} {ends}".lstrip()
    are = "is" if told.length.amount == 1 else "are"
    weeks = f"{told.length} {are} {7 * told.length.amount} days. " if told.length.unit is Unit.WEEKS else ""
    if not told.length.amount:
        return f"Nothing is counted: the {told.end} {verb} {day}{mark.removesuffix(f', the {told.end}')}."
    return f"{skipped} {weeks}{told.subject} {verb} {day}{mark}.".lstrip()


def _mark(told: Told) -> str:
    if told.is_moved:
        return ", the original date"
    return f", the {told.end}" if told.end == EARLIEST else ""


def _in_months(told: Told, day: str) -> str:
    match told.direction:
        case Direction.AFTER:
            return f"{told.length} after that is {day}"
        case Direction.BEFORE:
            return f"{told.length} before that is {day}"
        case Direction.BEGINNING_WITH:
            are = "is" if told.length.amount == 1 else "are"
            return f"{told.length} beginning with that day {are} over on {day}"


def _short_month(told: Told, day: date) -> str:
    """Why the day has another number than expected: its month has no more days."""
    expected = told.start.day - (told.direction is Direction.BEGINNING_WITH)
    days = monthrange(day.year, day.month)[1]
    return f" ({MONTHS[day.month - 1]} {day.year} has {days} days)" if expected > days else ""


def _clear_days(told: Told) -> str:
    clear = sorted(step.on for step in told.plain if step.number is not None)
    if not clear:
        return ""
    if len(clear) == 1:
        return f"The 1 clear day is {told.written(clear[0])}. "
    return f"The {len(clear)} clear days are {told.written(clear[0])} to {told.written(clear[-1])}. "


def _off_a_closed_day(told: Told) -> str:
    arrival, verb = told.arrivals[0], "was" if told.is_moved else "is"
    closed = _closed_day(told.plain, arrival)
    past = _past(told, told.plain, arrival)
    return f"That is {closed}.{past} The next working day {verb} {told.written(arrival.due)}{_mark(told)}."


def _closed_day(steps: Sequence[CountedDay], arrival: Arrival) -> str:
    name = next((step.name for step in steps if step.on == arrival.counted_to), None)
    return f"a closed day, {name}" if name and name not in WEEKDAYS else "a closed day"


def _working_days_of(told: Told, period: Period) -> str:
    """How many days a pause takes from a count of working days, where it is not each of its days."""
    taken = sum(step.kind == "paused" and step.on in period for step in told.steps)
    if not told.leaves_out or taken == period.days(told.steps[-1].on):
        return ""
    return f", {taken or 'no'} working {_plural('day', taken)}"


def _moved(told: Told, before: Arrival, after: Arrival) -> str:
    due = told.written(after.due)
    if after.due == before.due:
        return f" The {told.end} stays {due}."
    newly_passed = _skipped_of(told, (step for step in told.steps if before.due < step.on < after.due))
    if after.counted_to == after.due:
        passed = newly_passed if told.leaves_out else ""
        return f"{passed} {told.subject} moved to {due}."
    if after.counted_to == before.counted_to:
        return f"{newly_passed} The {told.end} moved to {due}."
    counted_to = f"{told.written(after.counted_to)}, {_closed_day(told.steps, after)}"
    past = _past(told, told.steps, after)
    return f" {told.subject} moved to {counted_to}.{past} The next working day is {due}."


def _past(told: Told, steps: Sequence[CountedDay], arrival: Arrival) -> str:
    return _skipped_of(told, (step for step in steps if arrival.counted_to < step.on < arrival.due))


def _skipped_of(told: Told, steps: Iterable[CountedDay]) -> str:
    return _skipped((step for step in steps if step.number is None), told.closed, told.start)


def _skipped(steps: Iterable[CountedDay], closed: frozenset[int], start: date) -> str:
    """ " Skipped: 8 weekend days, Good Friday 3 April." with a space before it; nothing if nothing was."""
    weekdays, holidays = Counter[int](), list[str]()
    for step in steps:
        if step.name == WEEKDAYS[step.on.weekday()]:
            weekdays[step.on.weekday()] += 1
        elif step.name is not None:
            holidays.append(f"{step.name} {_with_year(step.on, start)}")
    found = [f"{n} {_plural(WEEKDAYS[day], n)}" for day, n in sorted(weekdays.items())]
    if closed == _WEEKEND and weekdays:
        found = [f"{weekdays.total()} weekend {_plural('day', weekdays.total())}"]
    return f" Skipped: {', '.join([*found, *holidays])}." if found or holidays else ""


def _span(told: Told, period: Period) -> str:
    """ "8 April", "8 and 9 April", "30 April to 4 May"; the year where it is not that of the trigger."""
    start = told.start
    if period.before is None:
        resumed = f", read as if resumed on {told.written(told.as_of)}" if told.as_of else ""
        return f"since {_with_year(period.since, start)}{resumed}"
    last = period.before - timedelta(days=1)
    if last <= period.since:
        return _with_year(period.since, start)
    joined = "and" if period.days() == 2 else "to"
    same_month = (period.since.year, period.since.month) == (last.year, last.month)
    first = str(period.since.day) if same_month else day_and_month(period.since)
    if period.since.year != last.year:
        first += f" {period.since.year}"
    return f"{first} {joined} {_with_year(last, start)}"


def _with_year(day: date, start: date) -> str:
    return day_and_month(day) if day.year == start.year else f"{day_and_month(day)} {day.year}"


def _plural(word: str, n: int) -> str:
    return word if n == 1 else f"{word}s"
