"""The page of the office that answers for the timetable: the whole docket in counts, and no case of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from duly_server.services import whole
from duly_server.services.docket import span_of
from duly_server.services.whole import Whole
from duly_server.store import editions
from duly_server.web.desk.frame import desk_frame
from duly_server.web.desk.ordering import rows
from duly_server.web.door import acting
from duly_server.web.shared.days import short_day
from duly_server.web.shared.pages import Count


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    me = acting(request)
    context: dict[str, object] = {"desk": desk_frame(request, "whole")}
    if whole.serves_too(me):
        return render(request, "desk/whole/page.html", {**context, "serves_too": True})
    found = whole.whole_docket(me)
    five = short_day(span_of(me.today).five)
    context |= {"found": found, "counts": _strip(found, five)}
    book, _ = editions.in_force(me.today)
    if book.fast_track is not None:
        context |= {"may_order": True, "orders": rows()}
    return render(request, "desk/whole/page.html", context)


def _strip(found: Whole, five: str) -> tuple[Count, ...]:
    longest = f"longest {found.longest} working day{'' if found.longest == 1 else 's'}"
    return (
        Count(number=str(found.cases.open), words="open cases" if found.cases.open != 1 else "open case"),
        Count(number=str(found.cases.sift), words="at the sift"),
        Count(
            number=str(found.late),
            words="duties late" if found.late != 1 else "duty late",
            detail=longest if found.longest else "",
            glyph="late",
            tone="late" if found.late else "",
        ),
        Count(
            number=str(found.soon),
            words=f"due by {five}",
            glyph="soon",
            tone="soon" if found.soon else "",
        ),
        Count(number=str(found.waiting), words="waiting on a party", glyph="party"),
        Count(
            number=str(found.cases.paused),
            words="paused",
            glyph="paused",
            tone="pause" if found.cases.paused else "",
        ),
    )
