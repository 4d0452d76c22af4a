"""What is new at the desk: what a party did or what ran out, and nobody has gone on with since."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from duly_server.services import today
from duly_server.services.acting import Acting
from duly_server.services.today import News
from duly_server.web.desk.docket_rows import case_url
from duly_server.web.desk.frame import desk_frame
from duly_server.web.door import acting
from duly_server.web.shared.chips import Glyph

A_MONTH = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsRow:
    news: News
    url: str
    glyph: Glyph


def news_rows(me: Acting, *, days: int = today.NEWS_DAYS) -> tuple[NewsRow, ...]:
    """The newest first."""
    return tuple(
        NewsRow(
            news=each,
            url=case_url(each.reference),
            glyph=Glyph.STOPS if each.has_run_out else Glyph.PARTY,
        )
        for each in today.news(me, days=days)
    )


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """A month of it; what lies longer is on the docket, by what it owes."""
    rows = news_rows(acting(request), days=A_MONTH)
    return render(request, "desk/news/page.html", {"desk": desk_frame(request, "today"), "news": rows})
