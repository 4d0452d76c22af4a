"""The page of a case: everything about it on one page, as of today."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from duly_server.services import case_page
from duly_server.services.case_page import CasePage
from duly_server.services.casework import NoSuchCaseError
from duly_server.web.desk import case_sections as sections
from duly_server.web.desk.case_head import anchors, head_of
from duly_server.web.desk.case_next import next_steps_of
from duly_server.web.desk.case_record import Shown, timeline
from duly_server.web.desk.case_table import table_rows
from duly_server.web.desk.case_timetable import Ask, how_many, timetable
from duly_server.web.desk.frame import desk_frame
from duly_server.web.door import acting


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """`?why=` asks one date, `?record=` filters the record, `?as=table` gives the clocks as a table."""
    page = find(request, reference)
    return render(request, "desk/case/page.html", context_of(request, page))


def find(request: HttpRequest, reference: str) -> CasePage:
    """The case through what this person may see; what they may not see is not there."""
    try:
        return case_page.read(acting(request), reference)
    except NoSuchCaseError as absent:
        raise Http404 from absent


def context_of(request: HttpRequest, page: CasePage) -> dict[str, object]:
    shown = _shown(request)
    as_table = request.GET.get("as") == "table"
    others = {name: request.GET[name] for name in ("record", "as") if name in request.GET}
    ask = Ask(anchor=request.GET.get("why", ""), others=urlencode(others))
    steps = page.steps()
    record = timeline(page, shown)
    return {
        "desk": desk_frame(request, "sift" if sections.is_at_the_sift(page) else "docket"),
        "page": page,
        "reference": page.reference,
        "head": head_of(page, steps),
        "anchors": anchors(page, len(page.state.facts)),
        "timetable": timetable(page, ask),
        "how_many": how_many(page),
        "table": table_rows(page) if as_table else (),
        "as_table": as_table,
        "record": record,
        "shown": shown,
        "shown_all": tuple(Shown),
        "new": _new(request, page),
        "steps": next_steps_of(page, steps),
        "parties": sections.party_rows(page),
        "allegations": sections.allegation_rows(page, steps),
        "finding_key": sections.finding_key(page),
        "measures": sections.measure_rows(page),
        "complaints": sections.complaint_lines(page),
        "links": sections.link_lines(page),
        "questions": sections.question_lines(page),
        "offices": sections.office_lines(page),
        "also": sections.also(page),
        "seal_url": sections.seal_url(page.reference),
        "is_at_the_sift": sections.is_at_the_sift(page),
    }


def _shown(request: HttpRequest) -> Shown:
    asked = request.GET.get("record", "")
    return Shown(asked) if asked in set(Shown) else Shown.ALL


def _new(request: HttpRequest, page: CasePage) -> int | None:
    """The place of the fact that was just recorded, so that the page says so."""
    asked = request.GET.get("new", "")
    is_place = asked.isascii() and asked.isdigit() and len(asked) < 7 and 1 <= int(asked) <= page.state.head
    return int(asked) if is_place else None
