"""History at the desk: what came from files, marked so; read through its seals; a case opened from it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from duly.record.facts import SealOpened
from duly.rulebook.prose import either, title
from duly_server.services.casework import UnableToActError
from duly_server.services.history import opening, shelf
from duly_server.services.history.opening import OpenedAlreadyError
from duly_server.services.history.shelf import History, HistoryPage, NoSuchHistoryError, Part
from duly_server.services.intake import written
from duly_server.web.desk.frame import desk_frame
from duly_server.web.desk.seals import WhyForm, labelled, why_field
from duly_server.web.desk.steps_asked import REFUSED, case_url, refused_for
from duly_server.web.door import acting
from duly_server.web.shared.chips import Chip
from duly_server.web.shared.days import desk_day
from duly_server.web.shared.fields import LongText
from duly_server.web.shared.pages import Pager
from duly_server.web.shared.refusal import Refusal

HISTORY = Chip(None, "history")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    reference: str
    url: str
    received: str
    rows: str
    case: str
    case_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """One row of the file: `accused` is a tag; `lines` what it says, once opened."""

    name: str
    line: int
    accused: str
    lines: tuple[tuple[str, str], ...]
    unopened: str


class ReadForm(WhyForm):
    """Why somebody reads what the file says."""

    reason = why_field(
        "I am deciding whether a case is opened from it.",
        "I need to know what was decided there, for a case of ours.",
        "I am checking how it was dealt with.",
    )


class CaseForm(forms.Form):
    """Why a case is opened from it."""

    use_required_attribute = False
    reasons = forms.CharField(
        label="Why a case is opened from it",
        max_length=5000,
        widget=LongText(rows=4),
        help_text="The parties will read it with the record of the case.",
        error_messages={"required": "Write why a case is opened from it."},
    )

    def why(self) -> str:
        return written(self.cleaned_data["reasons"])


# --- the list --------------------------------------------------------------------------------------------


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """One page of the list; `?after=` is where it begins."""
    found = shelf.listed(acting(request), after=_after(request.GET.get("after", "")))
    context = {
        "desk": desk_frame(request, "sift"),
        "rows": tuple(_line(each) for each in found.lines),
        "history": HISTORY,
        "pager": _pager(found, is_first="after" not in request.GET),
    }
    return render(request, "desk/history/list.html", context)


def history_url(reference: str) -> str:
    return reverse("desk-history-complaint", args=[reference])


def _line(each: shelf.Line) -> Line:
    return Line(
        reference=each.reference,
        url=history_url(each.reference),
        received=desk_day(each.received_on),
        rows=_counted(each.rows),
        case=each.case or "",
        case_url=case_url(each.case) if each.case else "",
    )


def _counted(rows: int) -> str:
    return {0: "none", 1: "1 allegation"}.get(rows, f"{rows} allegations")


def _after(text: str) -> tuple[date, str] | None:
    """Where a page begins; what nobody was given begins at the first."""
    day, _, reference = text.partition("_")
    try:
        return (date.fromisoformat(day), reference) if reference else None
    except ValueError:
        return None


def _pager(found: HistoryPage, *, is_first: bool) -> Pager | None:
    if found.after is None and is_first:
        return None
    day, reference = found.after or (None, "")
    return Pager(
        says=f"{len(found.lines)} complaints",
        first_url="" if is_first else "?",
        next_url=f"?{urlencode({'after': f'{day}_{reference}'})}" if day else "",
    )


# --- one complaint ---------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, reference: str) -> HttpResponse:
    """One complaint with its rows; `do` says what was asked: read it, or open a case."""
    try:
        if request.method != "POST":
            return _page(request, shelf.read(acting(request), reference))
        if request.POST.get("do") == "case":
            return _open_case(request, reference)
        return _read(request, reference)
    except NoSuchHistoryError as absent:
        raise Http404 from absent


def is_reading(request: HttpRequest, reference: str) -> bool:
    """Whether seals are to be opened."""
    return request.method == "POST" and request.POST.get("do") != "case"


def _read(request: HttpRequest, reference: str) -> HttpResponse:
    """Open the seals: noted first, then shown on this answer alone."""
    me, form = acting(request), ReadForm(request.POST)
    if not form.is_valid():
        return _page(request, shelf.read(me, reference), why=form, status=REFUSED)
    try:
        opened = shelf.open_seals(me, reference, reason=form.why())
    except UnableToActError as unable:
        refused = refused_for("Nothing was opened", unable.problems)
        return _page(request, shelf.read(me, reference), why=form, refused=refused, status=REFUSED)
    return _page(request, shelf.read(me, reference), opened=opened)


def _open_case(request: HttpRequest, reference: str) -> HttpResponse:
    me, form = acting(request), CaseForm(request.POST)
    if not form.is_valid():
        return _page(request, shelf.read(me, reference), case=form, status=REFUSED)
    try:
        opened = opening.open_case(me, reference, reasons=form.why())
    except OpenedAlreadyError as already:
        messages.info(request, f"A case was opened from it already: {already.case}. No second one was made.")
        return HttpResponseRedirect(history_url(reference), status=303)
    except UnableToActError as unable:
        refused = refused_for("No case was opened", unable.problems)
        return _page(request, shelf.read(me, reference), case=form, refused=refused, status=REFUSED)
    messages.success(request, f"Case {opened} is open. It was received today, and its clocks start today.")
    return HttpResponseRedirect(reverse("desk-sift-complaint", args=[opened]), status=303)


def _page(
    request: HttpRequest,
    found: History,
    *,
    opened: tuple[Part, ...] = (),
    why: WhyForm | None = None,
    case: CaseForm | None = None,
    refused: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    may = opening.who_may(found.acting)
    offices = {actor.office for actor in found.acting.actors()}
    context: dict[str, Any] = {
        "desk": desk_frame(request, "sift"),
        "history": HISTORY,
        "reference": found.reference,
        "received": desk_day(found.row.received_on),
        "imported": desk_day(_noted_on(found)),
        "rows": tuple(_rows(found, opened)),
        "allegations": _counted(sum(body.turn > 0 for _, body in found.rows())),
        "is_open": bool(opened),
        "read_before": sum(isinstance(fact.body, SealOpened) for fact in found.facts),
        "case": found.row.case_id or "",
        "case_url": case_url(found.row.case_id) if found.row.case_id else "",
        "may_open": bool(offices & set(may)),
        "who_may": either([title(office).lower() for office in may]),
        "why": why or ReadForm(),
        "form": case or CaseForm(),
        "refused": refused,
    }
    response = render(request, "desk/history/complaint.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _noted_on(found: History) -> date:
    noted = found.facts[0].noted_at
    return date(noted.year, noted.month, noted.day)


def _rows(found: History, opened: tuple[Part, ...]) -> list[FileRow]:
    rows: list[FileRow] = []
    for fact, body in found.rows():
        here = [part for part in opened if part.turn == body.turn]
        here.sort(
            key=lambda part: (part.name == "narrative") == (body.turn > 0)
        )  # of an allegation, who first
        tags = [name for name, _ in fact.parts if name not in ("narrative", "respondent", "complainant")]
        lines = [line for part in here for line in labelled(part.said)]
        rows.append(
            FileRow(
                name=f"Allegation {body.turn}" if body.turn else "The complaint",
                line=body.line,
                accused=", ".join(tags),
                lines=tuple(lines),
                unopened=" ".join(part.unopened for part in here if part.unopened),
            )
        )
    return rows
