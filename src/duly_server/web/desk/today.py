"""Today: what is late, what falls due in five working days, what waits on a party, what is paused."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from duly_server.services import docket as lists
from duly_server.services.acting import Acting
from duly_server.store.docket import Narrowing, View
from duly_server.web.desk.docket_rows import Row, row_of
from duly_server.web.desk.frame import Counts, counts, desk_frame
from duly_server.web.door import acting
from duly_server.web.shared.pages import Count

SHOWN = 10  # rows of a section; the docket view behind its link has all
SECTIONS = (
    (View.LATE, "Late", "Nothing is late."),
    (View.SOON, "Due in the next five working days", "Nothing is due in the next five working days."),
    (View.WAITING, "Waiting on a party", "Nothing is asked of a party."),
    (View.PAUSED, "Paused", "Nothing is paused."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    anchor: str
    title: str
    rows: tuple[Row, ...]
    empty: str
    url: str


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The page an officer begins the day with; somebody without an office today is told so."""
    me = acting(request)
    if not me.actors():
        return render(request, "desk/login/no_desk.html", {}, status=403)
    context = {
        "desk": desk_frame(request, "today"),
        "counts": _strip(counts(request)),
        "open": counts(request).open,
        "sections": tuple(_section(me, view, title, empty) for view, title, empty in SECTIONS),
    }
    return render(request, "desk/today/page.html", context)


def _section(me: Acting, view: View, title: str, empty: str) -> Section:
    found = lists.listing(me, view, Narrowing(), size=SHOWN)
    rows = tuple(row_of(line, me.today) for line in found.lines)
    return Section(anchor=view.value, title=title, rows=rows, empty=empty, url=_url(view))


def _url(view: View) -> str:
    return f"{reverse('desk-docket')}?view={view.value}"


def _strip(numbers: Counts) -> tuple[Count, ...]:
    due = numbers.duties
    return (
        Count(number=str(due["late"]), words="late", url=_url(View.LATE)),
        Count(
            number=str(due["soon"]),
            words="due in five working days",
            detail=f"{due['today']} of them today",
            url=_url(View.SOON),
        ),
        Count(number=str(due["waiting"]), words="waiting on a party", url=_url(View.WAITING)),
        Count(number=str(numbers.sift), words="at the sift", url="/desk/sift"),
        Count(number=str(numbers.open), words="open cases", url=reverse("desk-docket")),
    )
