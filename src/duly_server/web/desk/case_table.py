"""Every clock a case ever had as a plain table: the same as the bars say, for who reads rather than looks."""

from dataclasses import dataclass

from duly.timetable.clock import Clock, ClockState
from duly_server.services.case_page import CasePage
from duly_server.services.clock_moves import met
from duly_server.web.desk.case_limits import clock_title, offices_in_words
from duly_server.web.desk.case_next import late_in_words
from duly_server.web.desk.case_record import lateness
from duly_server.web.desk.case_reviews import ReviewNow, reviews_now
from duly_server.web.shared.chips import counted
from duly_server.web.shared.days import desk_day


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    title: str
    whose: str
    clause: str
    started: str
    original: str
    due: str
    ended: str
    stands: str
    moved: str
    is_late: bool


def table_rows(page: CasePage) -> tuple[TableRow, ...]:
    """In the order in which the clocks started; last the reviews owed on pauses."""
    clocks = (_row(page, clock) for clock in page.marking.clocks)
    return (*clocks, *(_review(page, now) for now in reviews_now(page)))


def _row(page: CasePage, clock: Clock) -> TableRow:
    return TableRow(
        title=clock_title(page.marking, clock),
        whose=offices_in_words(clock.offices),
        clause=clock.limit.clause or page.book.steps[clock.step].clause or "",
        started=desk_day(clock.started_on) if clock.started_on else "",
        original=desk_day(clock.original_due) if clock.original_due else "",
        due=desk_day(clock.due) if clock.due else "no day yet",
        ended=desk_day(clock.ended_on) if clock.ended_on else "",
        stands=_stands(page, clock),
        moved=_moved(page, clock),
        is_late=clock.is_late and not clock.is_party,
    )


def _review(page: CasePage, now: ReviewNow) -> TableRow:
    late = f"{counted(now.late)} late" if now.late else "late"
    due = desk_day(now.review.due) if now.review.due else ""
    return TableRow(
        title=now.title,
        whose=offices_in_words(now.review.by),
        clause=now.review.clause or "",
        started=desk_day(now.counted_from),
        original=due,
        due=due or "no day yet",
        ended="",
        stands=late if now.is_late else "owed",
        moved="",
        is_late=now.is_late,
    )


def _stands(page: CasePage, clock: Clock) -> str:
    if clock.is_late:
        return late_in_words(page, clock)
    if clock.is_running:
        return "paused" if page.marking.is_paused() and not clock.protects else "owed"
    if clock.state is ClockState.DONE:
        late, early = lateness(page, clock)
        return f"done, {late or early or 'on its last day'}"
    return clock.state.value


def _moved(page: CasePage, clock: Clock) -> str:
    start = clock.started_on
    paused = sum(
        1
        for _, period in met(page.marking, clock)
        if start and (period.before is None or period.before > start)
    )
    said = [f"paused {paused}"] if paused else []
    if clock.extensions:
        said.append(f"extended {len(clock.extensions)}")
    return ", ".join(said)
