"""The reviews owed on pauses that last, as rows among the clocks of a case: no pause stops them."""

from dataclasses import dataclass
from datetime import date

from duly.rulebook.prose import words
from duly.timetable.pause_reviews import PauseReview, reviews_owed
from duly_server.services.case_page import CasePage
from duly_server.web.desk.case_limits import day_of, offices_in_words, working_days
from duly_server.web.shared import chips
from duly_server.web.shared.chips import Chip, Glyph, Tone
from duly_server.web.shared.clock import ClockView
from duly_server.web.shared.timetable import TimetableRow


@dataclass(frozen=True, slots=True)
class ReviewNow:
    """A review with how it stands today: `late` in working days, None where the calendar does not reach."""

    review: PauseReview
    is_late: bool
    late: int | None

    @property
    def title(self) -> str:
        return f"Review of the pause: {words(self.review.pause)}"

    @property
    def counted_from(self) -> date:
        return self.review.last or self.review.since


def reviews_now(page: CasePage) -> tuple[ReviewNow, ...]:
    return tuple(_now(page, review) for review in reviews_owed(page.marking))


def _now(page: CasePage, review: PauseReview) -> ReviewNow:
    if review.due is None or review.due >= page.today:
        return ReviewNow(review, is_late=False, late=None)
    return ReviewNow(review, is_late=True, late=working_days(page.calendar, review.due, page.today))


def review_row(page: CasePage, now: ReviewNow) -> TimetableRow:
    """From the day the pause began, or was last reviewed, to the day by which it is to be reviewed."""
    review, every = now.review, page.book.pauses[now.review.pause].review_every
    since = "last reviewed" if review.last else "paused since"
    return TimetableRow(
        anchor=f"review-of-{review.pause}",
        title=now.title,
        whose=offices_in_words(review.by),
        clock=ClockView(due_on=review.due, started_on=now.counted_from),
        chip=_chip(page, now),
        clause=review.clause or "",
        date=day_of(page, review.due) if review.due else "",
        note=f"every {every}, {since} {day_of(page, now.counted_from)}",
    )


def _chip(page: CasePage, now: ReviewNow) -> Chip:
    due = now.review.due
    if due is None:
        return Chip(Glyph.NOT_STARTED, "no day yet")
    if now.is_late:
        return chips.late(now.late) if now.late else Chip(Glyph.LATE, "late", Tone.LATE)
    if due == page.today:
        return chips.due_today()
    days = working_days(page.calendar, page.today, due)
    return Chip(Glyph.RUNNING, "running", Tone.RUNNING) if days is None else chips.left(days, is_partys=False)
