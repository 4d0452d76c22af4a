""" "Why this date": the explanation of a clock as the panel under its row."""

from collections.abc import Iterator

from duly.rulebook.prose import title
from duly.timetable.clock import Clock
from duly.timetable.counted_day import CountedDay as Counted
from duly.timetable.working import Working
from duly.vocabulary import Because, Length, Unit
from duly.vocabulary.day import WEEKDAYS
from duly_server.services.case_page import CasePage
from duly_server.services.explain import Explained, explain
from duly_server.web.shared.days import public_day
from duly_server.web.shared.why import (
    CalendarWeek,
    ClauseLink,
    CountedDay,
    DayKind,
    WhySentence,
    WhyThisDate,
    calendar_weeks,
)


def why_this_date(page: CasePage, clock: Clock, *, close_url: str) -> WhyThisDate:
    """The panel of one clock. The calendar is a picture of the sentences; they say everything."""
    told = explain(page.marking, clock)
    working = told.working
    return WhyThisDate(
        title=f"Why {public_day(working.due)}?" if working else "Why no date?",
        lead=f"{title(clock.limit.name)}: {told.rule}.",
        total=_total(told),
        arithmetic=_arithmetic(told),
        sentences=tuple(_sentence(each) for each in told.sentences),
        basis=(
            f"Rulebook {page.book.edition} · calendar {page.calendar.name}, edition {page.calendar.edition}"
        ),
        weeks=_weeks(page, clock, working) if working else (),
        if_missed=_sentence(told.if_missed) if clock.is_running else None,
        facts=_facts(told.facts),
        facts_url=f"#fact-{told.facts[0]}" if told.facts else "",
        close_url=close_url,
    )


def _sentence(because: Because) -> WhySentence:
    return WhySentence(because.says, (ClauseLink(because.clause),) if because.clause else ())


def _total(told: Explained) -> str:
    if told.working is None:
        return "Nothing is counted yet"
    if (hours := _hours(told.clock)) is not None:
        return f"{hours} counted"
    unit = _counted_in(told.clock)
    word = unit.removesuffix("s") if told.working.counted == 1 else unit
    return f"{told.working.counted} {word} counted"


def _hours(clock: Clock) -> Length | None:
    return next((part.length for part in clock.counts if part.length.unit is Unit.HOURS), None)


def _counted_in(clock: Clock) -> str:
    """Weeks and months are counted as days."""
    units = {part.length.unit for part in clock.counts}
    return next((unit.value for unit in units if unit in (Unit.WORKING_DAYS, Unit.CLEAR_DAYS)), "days")


def _arithmetic(told: Explained) -> str:
    if told.working is None or _hours(told.clock) is not None:
        return ""  # hours are no sum of days: the sentences say when they are over
    added = f" + {told.added} added" if told.added > 0 else ""
    paused = told.working.paused
    left_out = f" {paused} paused {'day' if paused == 1 else 'days'} not counted." if paused else ""
    return f"= {told.by_rule} by the rule{added}.{left_out}"


def _weeks(page: CasePage, clock: Clock, working: Working) -> tuple[CalendarWeek, ...]:
    return calendar_weeks(
        _days(working), due_on=working.due, today=page.today, original_on=clock.original_due
    )


def _days(working: Working) -> Iterator[CountedDay]:
    for step in working.steps:
        yield CountedDay(step.on, _kind(step), step.number, _word(step))


def _kind(step: Counted) -> DayKind:
    match step.kind:
        case "trigger":
            return DayKind.TRIGGER
        case "counted" | "due":
            return DayKind.COUNTED
        case "paused":
            return DayKind.PAUSED
        case "closed":
            return DayKind.OUTSIDE if step.name in WEEKDAYS else DayKind.CLOSED


def _word(step: Counted) -> str:
    match step.kind:
        case "trigger":
            return "from"
        case "paused":
            return "paused"
        case "closed" if step.name not in WEEKDAYS:
            return "closed"
        case _:
            return ""


def _facts(places: tuple[int, ...]) -> str:
    if not places:
        return ""
    return f"{'Fact' if len(places) == 1 else 'Facts'} {', '.join(map(str, places))}"
