"""The page of a case: everything about it on one page, as of today."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from duly_server.services import case_page
from duly_server.services.case_page import CasePage
from duly_server.services.casework import NoSuchCaseError
from duly_server.web.desk import case_sections as sections
from duly_server.web.desk.case_head import anchors, head_of
from duly_server.web.desk.case_next import next_steps_of
from duly_server.web.desk.case_over import steps_over
from duly_server.web.desk.case_record import Shown, timeline
from duly_server.web.desk.case_record_drawn import drawn
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
    asked = _Asked.of(request)
    steps = page.steps(over=False)  # those that are over are the same for everybody, and drawn once
    return {
        "desk": desk_frame(request, "sift" if sections.is_at_the_sift(page) else "docket"),
        "page": page,
        "reference": page.reference,
        "head": head_of(page, steps),
        "anchors": anchors(page, len(page.state.facts)),
        "how_many": how_many(page),
        "as_table": asked.as_table,
        "timetable": _timetable(page, asked),
        "record": _record(page, asked.shown),
        "shown": asked.shown,
        "shown_all": tuple(Shown),
        "new": _new(request, page),
        "steps": next_steps_of(page, steps),
        "over": _over(page),
        "parties": _parties(page),
        "allegations": sections.allegation_rows(page, steps),
        "finding_key": sections.finding_key(page),
        "measures": sections.measure_rows(page),
        "complaints": sections.complaint_lines(page),
        "links": sections.link_lines(page),
        "questions": sections.question_lines(page),
        "offices": sections.office_lines(page),
        "unassigned": sections.offices_to_assign(page),
        "also": sections.also(page),
        "seal_url": sections.seal_url(page.reference),
        "is_at_the_sift": sections.is_at_the_sift(page),
    }


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks of the page; what it may not ask is not asked."""

    why: str
    shown: Shown
    as_table: bool

    @classmethod
    def of(cls, request: HttpRequest) -> "_Asked":
        record = request.GET.get("record", "")
        shown = Shown(record) if record in set(Shown) else Shown.ALL
        return cls(request.GET.get("why", ""), shown, request.GET.get("as") == "table")

    @property
    def others(self) -> str:
        """The query without the question why."""
        record = {} if self.shown is Shown.ALL else {"record": self.shown.value}
        return urlencode(record | ({"as": "table"} if self.as_table else {}))


def _timetable(page: CasePage, asked: _Asked) -> SafeString:
    """As bars or as a table; drawn once while record and day stay as they are, unless a date is asked."""
    if asked.as_table:
        what: tuple[object, ...] = ("table", get_language())
        return page.once(what, lambda: _drawn("desk/case/table.html", table=table_rows(page)))
    if asked.why:
        return _drawn("desk/case/timetable.html", timetable=timetable(page, Ask(asked.why, asked.others)))
    what = ("timetable", asked.others, get_language())
    rows = Ask(others=asked.others)
    return page.once(what, lambda: _drawn("desk/case/timetable.html", timetable=timetable(page, rows)))


def _record(page: CasePage, shown: Shown) -> SafeString:
    """Drawn once while the record and the day stay as they are: it is the same for everybody."""
    what = ("record", shown, get_language())
    return page.once(what, lambda: drawn(timeline(page, shown)))


def _over(page: CasePage) -> SafeString:
    return page.once(("over", get_language()), lambda: _drawn("desk/case/over.html", over=steps_over(page)))


def _parties(page: CasePage) -> SafeString:
    what = ("parties", get_language())
    return page.once(what, lambda: _drawn("desk/case/parties.html", parties=sections.party_rows(page)))


def _drawn(template: str, **context: object) -> SafeString:
    return render_to_string(template, context)


def _new(request: HttpRequest, page: CasePage) -> int | None:
    """The place of the fact that was just recorded, so that the page says so."""
    asked = request.GET.get("new", "")
    is_place = asked.isascii() and asked.isdigit() and len(asked) < 7 and 1 <= int(asked) <= page.state.head
    return int(asked) if is_place else None
