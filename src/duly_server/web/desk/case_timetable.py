"""The timetable of a case: every clock with both its dates, late first, then owed, to come, done."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from duly.rulebook.phrases import Counted, FixedDay, Part, StepDone, StepDue
from duly.rulebook.prose import say_reference, say_timing, title
from duly.rulebook.steps import Limit, Step
from duly.timetable.clock import Clock, ClockState
from duly.timetable.counting import last_day
from duly.timetable.due_day import UNCOUNTABLE
from duly.timetable.marking import Marking, parts_of
from duly_server.services.case_page import CasePage
from duly_server.services.clock_moves import met
from duly_server.web.desk.case_limits import (
    NamedClock,
    clock_title,
    day_of,
    named_clocks,
    offices_in_words,
    working_days,
)
from duly_server.web.desk.case_record import lateness
from duly_server.web.desk.case_reviews import review_row, reviews_now
from duly_server.web.desk.case_why import why_this_date
from duly_server.web.shared import chips
from duly_server.web.shared.axis import months_axis
from duly_server.web.shared.chips import Chip, Glyph, Tone
from duly_server.web.shared.clock import ClockView, Pause
from duly_server.web.shared.timetable import Timetable, TimetableRow


@dataclass(frozen=True, slots=True)
class Ask:
    """Which row was asked why (its anchor, "" for none), and how the page's address is made for another."""

    anchor: str = ""
    others: str = ""  # the rest of the query, "record=clocks"

    def why(self, anchor: str) -> str:
        rest = f"&{self.others}" if self.others else ""
        return f"?why={anchor}{rest}#{anchor}"

    def close(self, anchor: str) -> str:
        return f"?{self.others}#{anchor}"


def timetable(page: CasePage, ask: Ask) -> Timetable:
    """All rows on one axis, long enough for each of them."""
    rows = [
        *_running_rows(page, ask),
        *_rows_to_come(page),
        *_ended_rows(page, ask),
    ]
    return Timetable(axis=months_axis((row.clock for row in rows), today=page.today), rows=tuple(rows))


def how_many(page: CasePage) -> str:
    """ "2 late, 5 owed, 9 done": the note beside the heading."""
    clocks, reviews = page.marking.clocks, reviews_now(page)
    late = sum(clock.is_late for clock in clocks) + sum(review.is_late for review in reviews)
    owed = sum(clock.is_running for clock in clocks) + len(reviews) - late
    done = sum(clock.state is ClockState.DONE for clock in clocks)
    counts = ((late, "late"), (owed, "owed"), (done, "done"))
    return ", ".join(f"{n} {word}" for n, word in counts if n) or "no time limit yet"


# --- clocks that run -------------------------------------------------------------------------------------


def _running_rows(page: CasePage, ask: Ask) -> Iterator[TimetableRow]:
    """And the reviews of pauses among them: the earliest due first."""
    rows = [
        (
            (named.clock.due or date.max, named.clock.order),
            _row(page, named, ask, _running_chip(page, named.clock), note=_note(page, named.clock)),
        )
        for named in named_clocks(page.marking)
        if named.clock.is_running
    ]
    for now in reviews_now(page):
        rows.append(((now.review.due or date.max, len(page.marking.clocks)), review_row(page, now)))
    yield from (row for _, row in sorted(rows, key=lambda each: each[0]))


def _running_chip(page: CasePage, clock: Clock) -> Chip:
    if clock.due is None:
        return Chip(Glyph.NOT_STARTED, "no day yet")
    if clock.is_late and clock.is_party:
        return Chip(Glyph.PARTY, f"time was up {day_of(page, clock.ran_out_on or clock.due)}")
    if clock.is_late:
        days = working_days(page.calendar, clock.due, page.today)
        return chips.late(days) if days else Chip(Glyph.LATE, "late", Tone.LATE)
    if page.marking.is_paused() and not clock.protects:
        return chips.paused()
    if clock.due == page.today:
        return Chip(Glyph.PARTY, "last day today") if clock.is_party else chips.due_today()
    days = working_days(page.calendar, page.today, clock.due)
    if days is None:
        return Chip(Glyph.RUNNING, "running", Tone.RUNNING)
    return chips.left(days, is_partys=clock.is_party)


def _note(page: CasePage, clock: Clock) -> str:
    """How the date moved, or that it never did; of a late clock against both dates."""
    due, original = clock.due, clock.original_due
    if due is None:
        return say_timing(clock.limit.timing)
    if original is None or original == due:
        return "the date never moved" if clock.is_late else _rule(page, clock)
    said = [f"originally {day_of(page, original)}"]
    if clock.is_late and (days := working_days(page.calendar, original, page.today)):
        said.append(f"{chips.counted(days)} late against that")
    if paused := sum((pause.before or page.today) > pause.since for pause in _pauses(page, clock)):
        said.append("paused" if paused == 1 else f"paused {paused} times")
    if clock.extensions:
        times = len(clock.extensions)
        said.append("extended once" if times == 1 else f"extended {times} times")
    return " · ".join(said)


def _rule(page: CasePage, clock: Clock) -> str:
    return say_timing(page.marking.timing_of(clock.limit)) if clock.is_running else ""


# --- clocks that ended -----------------------------------------------------------------------------------


def _ended_rows(page: CasePage, ask: Ask) -> Iterator[TimetableRow]:
    """The last clock of each limit, with how often it ran before; and the one that was asked about."""
    by_limit: defaultdict[tuple[str, int, str | None], list[NamedClock]] = defaultdict(list)
    for named in named_clocks(page.marking):
        if not named.clock.is_running:
            limit = named.clock.limit
            by_limit[limit.name, limit.part, named.clock.key].append(named)
    rows: list[tuple[date, int, TimetableRow]] = []
    for group in by_limit.values():
        last = group[-1]
        for named in group:
            if named is last or named.anchor == ask.anchor:
                before = len(group) - 1 if named is last else 0
                ended = named.clock.ended_on or page.today
                rows.append((ended, named.clock.order, _ended_row(page, named, ask, before)))
    rows.sort(key=lambda row: row[:2], reverse=True)
    yield from (row for _, _, row in rows)


def _ended_row(page: CasePage, named: NamedClock, ask: Ask, before: int) -> TimetableRow:
    clock = named.clock
    ended = clock.ended_on or page.today
    late, early = lateness(page, clock)
    notes = [f"was due {day_of(page, clock.due)}"] if clock.due else []
    if clock.due != clock.original_due and clock.original_due:
        notes.append(f"originally {day_of(page, clock.original_due)}")
    if before:
        notes.append(f"{before} earlier in the record")
    match clock.state:
        case ClockState.DONE:
            chip, beside = Chip(Glyph.DONE, f"done {day_of(page, ended)}", Tone.DONE), late or early
        case ClockState.WAIVED:
            chip, beside = Chip(Glyph.CLOSED, f"given up {day_of(page, ended)}", Tone.DONE), ""
        case ClockState.RESTARTED:
            chip, beside = Chip(Glyph.CLOSED, f"started afresh {day_of(page, ended)}", Tone.DONE), ""
        case _:
            chip, beside = Chip(Glyph.CLOSED, f"fell away {day_of(page, ended)}", Tone.DONE), ""
    is_fault = bool(late) and clock.state is ClockState.DONE and not clock.is_party
    return _row(page, named, ask, chip, note=" · ".join(notes), beside=beside, is_late=is_fault)


def _row(
    page: CasePage,
    named: NamedClock,
    ask: Ask,
    chip: Chip,
    *,
    note: str,
    beside: str = "",
    is_late: bool = False,
) -> TimetableRow:
    clock, anchor = named.clock, named.anchor
    asked = anchor == ask.anchor
    return TimetableRow(
        anchor=anchor,
        title=clock_title(page.marking, clock),
        whose=offices_in_words(clock.offices),
        clock=clock_view(page, clock),
        chip=chip,
        clause=clock.limit.clause or page.book.steps[clock.step].clause or "",
        date=day_of(page, clock.due) if clock.is_running and clock.due else "",
        beside=beside,
        is_late=is_late,
        note=note,
        why_url=ask.why(anchor),
        why=why_this_date(page, clock, close_url=ask.close(anchor)) if asked else None,
    )


def clock_view(page: CasePage, clock: Clock) -> ClockView:
    """The clock as a bar shows it."""
    stopped = None if clock.is_running else clock.ended_on
    if clock.is_party and stopped is not None and clock.state is not ClockState.DONE:
        stopped = min(stopped, clock.due or stopped)  # what a party did not use is nobody's lateness
    started = clock.started_on
    if started is not None and stopped is not None:
        started = min(started, stopped)  # what must be done before a day may be done before the day is fixed
    ahead = started if started is not None and started > page.today else None
    return ClockView(
        due_on=clock.due,
        started_on=None if ahead else started,
        expected_on=ahead,
        original_on=clock.original_due,
        stopped_on=stopped,
        is_partys=clock.is_party,
        pauses=_pauses(page, clock),
    )


def _pauses(page: CasePage, clock: Clock) -> tuple[Pause, ...]:
    start = clock.started_on or date.min
    return tuple(
        Pause(max(period.since, start), period.before)
        for _, period in met(page.marking, clock)
        if period.before is None or (period.before > start and period.before > period.since)
    )


# --- limits to come --------------------------------------------------------------------------------------


def _rows_to_come(page: CasePage) -> Iterator[TimetableRow]:
    """The limits of steps that are in play and have not started: from what, and when at the latest."""
    marking = page.marking
    for limit in page.book.limits:
        step = page.book.steps[limit.step]
        if not marking.in_play(step) or not step.stages or _has_run(marking, step, limit):
            continue
        timing = marking.timing_of(limit)
        begins, due = _at_latest(marking, parts_of(timing))
        yield TimetableRow(
            anchor=f"to-come-{limit.name}{f'-{limit.part + 1}' if limit.part else ''}",
            title=title(limit.name),
            whose=offices_in_words(marking.offices_of(step)),
            clock=ClockView(due_on=due, expected_on=begins),
            chip=chips.not_started(),
            clause=limit.clause or step.clause or "",
            date=f"at latest {day_of(page, due)}" if due else "",
            note=f"starts with {_starts_with(parts_of(timing))}",
        )


def _has_run(marking: Marking, step: Step, limit: Limit) -> bool:
    """Runs, or ran in this round of its stage; or the step was done without."""
    since = marking.round_of(step)
    return bool(marking.acts_in_round(step)) or any(
        clock.limit is limit and (clock.is_running or clock.trigger_seq >= since) for clock in marking.clocks
    )


def _starts_with(parts: Sequence[Part]) -> str:
    return " and ".join(dict.fromkeys(say_reference(part.reference) for part in parts))


def _at_latest(marking: Marking, parts: Sequence[Part]) -> tuple[date | None, date | None]:
    """If everybody takes all their time: when it starts, and when it is due; None where it is not known."""
    pairs = [_latest_of(marking, part) for part in parts]
    if any(due is None for _, due in pairs):
        return None, None
    return max(pairs, key=lambda pair: pair[1] or date.min)


def _latest_of(marking: Marking, part: Part) -> tuple[date | None, date | None]:
    begins = _latest_trigger(marking, part)
    if begins is None or not isinstance(part, Counted):
        return begins, begins
    try:
        due = last_day(
            part.length,
            part.direction,
            begins,
            calendar=marking.calendar,
            rules=marking.book.counting,
            paused=marking.paused_days(),
        )
    except UNCOUNTABLE:
        return None, None
    return begins, due


def _latest_trigger(marking: Marking, part: Part) -> date | None:
    """The last day of the step it counts from, or the fixed day."""
    days: list[date] = []
    for occasion in part.reference.any_of:
        match occasion:
            case StepDone(step=step) | StepDue(step=step):
                days += [c.due for c in marking.clocks if c.step == step and c.is_running and c.due]
            case FixedDay(day=day) if day in marking.days:
                days.append(marking.days[day])
            case _:
                pass
    return max((day for day in days if day >= marking.on), default=None)
