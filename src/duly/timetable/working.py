"""How one date came about: every day counted or skipped, and the same in sentences."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from duly.rulebook.book import Counting
from duly.rulebook.phrases import Direction
from duly.timetable.calendar import Calendar
from duly.timetable.counted_day import CountedDay, Kind
from duly.timetable.counting import days_in, edge, ends, hours_end, moved_by_pauses
from duly.timetable.hours import both_readings
from duly.timetable.telling import EARLIEST, LAST, Arrival, Told, tell, tell_move
from duly.vocabulary import Because, Length, Period, Unit
from duly.vocabulary.day import desk_day

_ONE_DAY = timedelta(days=1)
_NO_REASONS: Mapping[Period, Because] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """A date with its working. `original` is what it was before any pause and extension.

    `steps` holds every day from the trigger to `due` in the order of counting (backwards for `before`).
    """

    due: date
    original: date
    steps: tuple[CountedDay, ...]
    sentences: tuple[Because, ...]

    @property
    def counted(self) -> int:
        """How many days were counted."""
        return max((step.number for step in self.steps if step.number is not None), default=0)

    @property
    def paused(self) -> int:
        """How many days would have been counted, had they not been paused."""
        return sum(step.kind == "paused" for step in self.steps)


def explain_count(
    length: Length,
    direction: Direction,
    start: date,
    *,
    calendar: Calendar,
    rules: Counting,
    paused: Sequence[Period] = (),
    clause: str | None = None,
    what: str = "From",
    earliest: bool = False,
    as_of: date | None = None,
    reasons: Mapping[Period, Because] = _NO_REASONS,
    written: Callable[[date], str] = desk_day,
    at: datetime | None = None,
) -> Working:
    """The working of `last_day`, or of `first_day` with `earliest`; raises what they raise.

    `what` stands before the day counted from ("Served", "From the hearing on"); `clause` is the limit's.
    Hours are counted from `at`, where it is known. A pause without an end is read as if resumed on `as_of`.
    `reasons` may give a pause's ground and clause; `written` is how days are written.
    """
    pauses = sorted(paused, key=lambda each: each.since) if direction is not Direction.BEFORE else []
    ended = [each.ended_by(as_of) if as_of else each for each in pauses]
    if length.unit is Unit.HOURS:
        begins = _hours_begin(at, at or edge(start, direction, calendar, rules), rules, what, clause, written)
        return _in_hours(length, direction, begins, ended, reasons, written)
    # One pause after the other, so that each can be told with the date it moved.
    taken = [ended[:n] for n in range(len(ended) + 1)]
    ways = [ends(length, direction, start, calendar=calendar, rules=rules, paused=some) for some in taken]
    arrivals = tuple(Arrival(end, end if earliest else due) for end, due in ways)
    original, due = arrivals[0].due, arrivals[-1].due
    told = Told(
        length=length,
        direction=direction,
        start=start,
        plain=_steps(length, direction, start, original, calendar, rules, ()),
        steps=_steps(length, direction, start, due, calendar, rules, ended),
        leaves_out=rules.leaves_closed_days_out(length),
        arrivals=arrivals,
        paused=tuple(pauses),
        reasons=reasons,
        clause=clause,
        what=what,
        end=EARLIEST if earliest else LAST,
        closed=calendar.closed,
        written=written,
        as_of=as_of,
    )
    return Working(due=due, original=original, steps=told.steps, sentences=tuple(tell(told)))


def _hours_begin(
    known: datetime | None,
    at: datetime,
    rules: Counting,
    what: str,
    clause: str | None,
    written: Callable[[date], str],
) -> tuple[datetime, Because]:
    only = "" if known is not None else "; only the day is known, and this is its edge"
    return at, Because(f"{what} {written(at.date())} at {at:%H:%M} ({rules.zone}{only}).", clause)


def _in_hours(
    length: Length,
    direction: Direction,
    begins: tuple[datetime, Because],
    paused: Sequence[Period],
    reasons: Mapping[Period, Because],
    written: Callable[[date], str],
) -> Working:
    """When they are over by the time that passes, what the wall's clocks would say, and what pauses do."""
    start, first = begins
    over, due = hours_end(length, direction, start), hours_end(length, direction, start, paused=paused)
    way = "before" if direction is Direction.BEFORE else "after"
    be = "is" if length.amount == 1 else "are"
    said = [first, Because(f"{length} {way} that {be} over on {written(over.date())} at {over:%H:%M}.")]
    if readings := both_readings(length, direction, start):
        said.append(Because(readings))
    if due != over:
        met = [reasons[period] for period in paused if period in reasons]
        ground = f" ({met[0].says})" if met else ""
        moved = f"Paused days{ground} are left out: they are over on {written(due.date())} at {due:%H:%M}."
        said.append(Because(moved, met[0].clause if met else None))
    number, steps = 0, [CountedDay(start.date(), "trigger")]
    for day in list(_days(start.date(), due.date()))[1:]:
        is_paused = direction is not Direction.BEFORE and _is_paused(day, paused)
        number += not is_paused
        steps.append(CountedDay(day, "paused" if is_paused else "counted", None if is_paused else number))
    steps[-1] = replace(steps[-1], kind="due")
    return Working(due=due.date(), original=over.date(), steps=tuple(steps), sentences=tuple(said))


def explain_extension(
    working: Working,
    until: date,
    *,
    granted_on: date,
    because: Because,
    unit: Unit,
    calendar: Calendar,
    rules: Counting,
    paused: Sequence[Period] = (),
    written: Callable[[date], str] = desk_day,
) -> Working:
    """The working once an extension named `until`: the later of its date and that day, moved by later pauses.

    `because` says who extended, and why ("Extended 5 working days by the chair."); `unit` is the limit's.
    """
    to = moved_by_pauses(until, after=granted_on, unit=unit, calendar=calendar, rules=rules, paused=paused)
    return carried_on(
        working, to, because=because, unit=unit, calendar=calendar, paused=paused, written=written
    )


def carried_on(
    working: Working,
    to: date,
    *,
    because: Because,
    unit: Unit,
    calendar: Calendar,
    paused: Sequence[Period] = (),
    written: Callable[[date], str] = desk_day,
) -> Working:
    """The working carried on to a later day, numbers running on; an earlier day leaves the date as it is."""
    if to <= working.due:
        stays = replace(because, says=f"{because.says} The last day stays {written(working.due)}.")
        return replace(working, sentences=(*working.sentences, stays))
    *before, due = working.steps
    more = _more(working, to, unit, calendar, paused)
    said = tell_move(more, because, calendar.closed, written)
    steps = (*before, replace(due, kind="counted"), *more)
    return replace(working, due=to, steps=steps, sentences=(*working.sentences, said))


def _more(
    working: Working, to: date, unit: Unit, calendar: Calendar, paused: Sequence[Period]
) -> tuple[CountedDay, ...]:
    number, found = working.counted, list[CountedDay]()
    for day in _days(working.due + _ONE_DAY, to):
        name = calendar.name_of(day) if unit is Unit.WORKING_DAYS else None
        if name is not None or _is_paused(day, paused):
            found.append(CountedDay(day, "closed" if name else "paused", None, name))
        else:
            number += 1
            found.append(CountedDay(day, "counted", number))
    return (*found[:-1], replace(found[-1], kind="due"))


def _steps(
    length: Length,
    direction: Direction,
    start: date,
    due: date,
    calendar: Calendar,
    rules: Counting,
    paused: Sequence[Period],
) -> tuple[CountedDay, ...]:
    """Every day from `start` to `due`, each with what it is in the count."""
    leaves_out = rules.leaves_closed_days_out(length)
    left = length.amount if length.unit is Unit.WORKING_DAYS else days_in(length, direction, start)
    number, found = 0, list[CountedDay]()
    for day in _days(start, due):
        is_trigger = day == start and direction is not Direction.BEGINNING_WITH
        # The far end of clear days is none of those that are counted, and may be closed.
        is_end = length.unit is Unit.CLEAR_DAYS and number == left - 1
        name = calendar.name_of(day) if leaves_out and not is_trigger and not is_end else None
        if is_trigger or name is not None or _is_paused(day, paused):
            kind: Kind = "trigger" if day == start else "closed" if name else "paused"
            found.append(CountedDay(day, kind, None, name))
        elif number < left:
            number += 1
            # The far end of clear days ends the count and is no clear day.
            is_far_end = length.unit is Unit.CLEAR_DAYS and number == left
            closed = calendar.name_of(day) if number == left and day != due else None
            kind = "trigger" if day == start else "counted"
            found.append(CountedDay(day, kind, None if is_far_end else number, closed))
        else:
            found.append(CountedDay(day, "closed", None, calendar.name_of(day) if day != due else None))
    return (*found[:-1], replace(found[-1], kind="due"))


def _is_paused(day: date, paused: Sequence[Period]) -> bool:
    return any(day in period for period in paused)


def _days(start: date, end: date) -> Iterator[date]:
    """The days from `start` to `end`, both included, forwards or backwards."""
    step = _ONE_DAY if end >= start else -_ONE_DAY
    for n in range(abs((end - start).days) + 1):
        yield start + n * step
