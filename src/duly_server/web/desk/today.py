"""Today: what an officer begins the day with, late first; each part a few rows and the way to all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from duly_server.services import docket as lists
from duly_server.services import today as day
from duly_server.services.acting import Acting
from duly_server.services.docket import Line
from duly_server.services.today import ClosedDays, Review, Standstill
from duly_server.store import docket
from duly_server.store.counting import AT_MOST
from duly_server.store.docket import View
from duly_server.web.desk.docket import view_url
from duly_server.web.desk.docket_rows import Row, case_url, row_of
from duly_server.web.desk.frame import Counts, all_counts, desk_frame
from duly_server.web.desk.login import no_desk
from duly_server.web.desk.news import news_rows
from duly_server.web.door import acting
from duly_server.web.shared import chips
from duly_server.web.shared.axis import weeks_axis
from duly_server.web.shared.chips import Chip, counted
from duly_server.web.shared.counted import many
from duly_server.web.shared.days import short_day
from duly_server.web.shared.pages import Count

OTHERS, NEWS = 6, 8  # rows of a part; the docket view behind its link has all
SIZES = {View.LATE: 10, View.SOON: 12, View.WAITING: OTHERS, View.PAUSED: OTHERS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some rows of a docket view, and what stands beside its name; `more` is how many are not here."""

    rows: tuple[Row, ...]
    total: int
    url: str

    @property
    def more(self) -> int:
        return self.total - len(self.rows)

    @property
    def more_in_words(self) -> str:
        """ "12"; "over 190" where the total is known no further."""
        return f"over {AT_MOST - len(self.rows)}" if self.total > AT_MOST else str(self.more)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """`step_url` "" where no review is running; `chip` says how near the day is."""

    review: Review
    url: str
    whose: str
    chip: Chip | None
    step_url: str
    clause_url: str


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The page an officer begins the day with; somebody without an office today is told so."""
    me = acting(request)
    if not me.actors():
        return no_desk(request)
    return render(request, "desk/today/page.html", _context(request, me))


def _context(request: HttpRequest, me: Acting) -> dict[str, Any]:
    numbers, of_cases = all_counts(request)
    due = numbers.of
    reviews = _reviews(me)
    heads = lists.heads(me, SIZES)
    soon = _part(me, View.SOON, heads, due.soon)
    new = news_rows(me)
    paused = day.standstills(heads[View.PAUSED], me.today)
    return {
        "desk": desk_frame(request, "today"),
        "counts": _strip(me, numbers, of_cases, reviews, paused),
        "open": due.open,
        "closed": closed_in_words(day.closed_days(me.today)),
        "today": me.today,
        "until": numbers.span.five,
        "axis": weeks_axis(me.today, before=9, after=1),
        "late": _part(me, View.LATE, heads, due.late, unit=chips.WORKING_DAYS),
        "reviews": reviews,
        "interim": of_cases["interim"],
        "interim_url": view_url(View.INTERIM),
        "soon": soon,
        "soon_by_day": _by_day(soon.rows),
        "waiting": _part(me, View.WAITING, heads, due.waiting),
        "paused": [(each, case_url(each.reference)) for each in paused],
        "paused_total": of_cases["paused"],
        "paused_url": view_url(View.PAUSED),
        "news": new[:NEWS],
        "news_more": len(new) - NEWS,
    }


def _part(
    me: Acting, view: View, heads: Mapping[View, tuple[Line, ...]], total: int, *, unit: str = ""
) -> Part:
    rows = tuple(row_of(line, me.today, unit=unit) for line in heads[view])
    return Part(rows=rows, total=total, url=view_url(view))


def _by_day(rows: tuple[Row, ...]) -> list[tuple[Row, bool]]:
    """Each row, and whether it is the first of its day."""
    days: list[date | None] = [None, *(row.line.due_on for row in rows)]
    return [(row, row.line.due_on != before) for row, before in zip(rows, days, strict=False)]


def _reviews(me: Acting) -> tuple[ReviewRow, ...]:
    found: list[ReviewRow] = []
    for each in day.reviews(me, most=OTHERS):
        row = row_of(each.line, me.today) if each.line else None
        step = reverse("desk-case-step", args=[each.reference, each.line.step]) if each.line else ""
        found.append(
            ReviewRow(
                review=each,
                url=case_url(each.reference),
                whose=" · ".join(filter(None, (row.line.whose, row.holder))) if row else "",
                chip=row.chip if row else None,
                step_url=step,
                clause_url=row.clause_url if row else "",
            )
        )
    return tuple(found)


# --- the strip -------------------------------------------------------------------------------------------


def _strip(
    me: Acting,
    numbers: Counts,
    of_cases: dict[str, int],
    reviews: tuple[ReviewRow, ...],
    paused: tuple[Standstill, ...],
) -> tuple[Count, ...]:
    due = numbers.of
    return (
        Count(
            number=many(due.late),
            words=f"dut{'y' if due.late == 1 else 'ies'} late",
            detail=_ago("longest", me.today, due.longest_late),
            url=view_url(View.LATE),
            glyph="late",
            tone="late" if due.late else "",
        ),
        Count(
            number=many(due.soon),
            words=f"dut{'y' if due.soon == 1 else 'ies'} due by {short_day(numbers.span.five)}",
            detail=f"{many(due.today)} of them today",
            url=view_url(View.SOON),
            glyph="soon",
            tone="soon" if due.soon else "",
        ),
        Count(
            number=many(due.waiting),
            words=f"dut{'y' if due.waiting == 1 else 'ies'} waiting on a party",
            detail=_ago("longest", me.today, due.longest_waiting),
            url=view_url(View.WAITING),
            glyph="party",
        ),
        Count(
            number=many(of_cases["paused"]),
            words=f"case{'' if of_cases['paused'] == 1 else 's'} paused",
            detail=_next_day(each.review_due_on for each in paused),
            url=view_url(View.PAUSED),
            glyph="paused",
            tone="pause" if of_cases["paused"] else "",
        ),
        Count(
            number=many(of_cases["interim"]),
            words=f"case{'' if of_cases['interim'] == 1 else 's'} with an interim measure",
            detail=_next_day(row.review.review_due_on for row in reviews),
            url=view_url(View.INTERIM),
        ),
        _kept(me),
    )


def _kept(me: Acting) -> Count:
    """The share of this month's limits, with its two numbers: a percentage alone says nothing."""
    month = me.today.replace(day=1)
    kept, ended = docket.limits_kept(me.viewer, month, on=me.today)
    since = f"since {month.day} {month:%B}"
    if not ended:
        return Count(number="–", words=f"kept {since}", detail="no time limit has ended yet")
    share = f"{kept * 100 // ended}%"
    limits = "time limit" if ended == 1 else "time limits"
    return Count(number=share, words=f"kept {since}", detail=f"{kept} of {ended} {limits}")


def _ago(which: str, today: date, since: date | None) -> str:
    """ "longest 6 working days"; nothing where there is none, or past the calendar."""
    days = lists.working_days_since(since, today) if since else None
    return f"{which} {counted(days)}" if days else ""


def _next_day(reviews: Iterable[date | None]) -> str:
    first = min((day for day in reviews if day is not None), default=None)
    return f"next review due {short_day(first)}" if first else ""


def closed_in_words(closed: ClosedDays) -> str:
    """ "Next closed days: Sat 25 Apr and Sun 26 Apr, then Early May holiday on Mon 4 May." """
    if not closed.first:
        return ""
    said = [short_day(each) for each in closed.first]
    listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    named = closed.named
    then = f", then {named[1]} on {short_day(named[0])}" if named and named[0] not in closed.first else ""
    return f"Next closed day{'s' if len(said) > 1 else ''}: {listed}{then}."
