"""Opening a seal: a reason first, then the content on that answer alone, never kept by anybody's cache."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from duly.record.facts import Imported, PartyAdded, PartyRole, Submitted
from duly.rulebook.prose import title
from duly_server.services import seals
from duly_server.services.case_page import CasePage
from duly_server.services.casework import UnableToActError
from duly_server.services.intake import written
from duly_server.services.seals import Opened, Sealed
from duly_server.web.desk.case import find
from duly_server.web.desk.case_happened import what_happened
from duly_server.web.desk.frame import desk_frame
from duly_server.web.desk.steps_asked import REFUSED, case_url, refused_for
from duly_server.web.desk.steps_fields import boxes
from duly_server.web.shared.days import desk_day
from duly_server.web.shared.fields import LongText
from duly_server.web.shared.people import PartyRow

REASONS = (
    "I need it to take the next step of this case.",
    "I need it to serve a document or to write to a party.",
    "I need it to decide what is put to me.",
    "I am checking how this case is dealt with.",
)
WHO_SEES = (
    "That you opened it, when, and why becomes a fact of this record. It cannot be removed. The overseer sees"
    " it, and so does everybody who may see this case; your reason stays sealed."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What stood behind one seal: lines of (label, words), in the words of whoever wrote them."""

    heading: str
    lines: tuple[tuple[str, str], ...]
    unopened: str


def why_field(*reasons: str) -> forms.ChoiceField:
    """The reasons to choose from, and that there is another."""
    return forms.ChoiceField(
        label="Why you need it",
        choices=[*((each, each) for each in reasons), ("", "Another reason")],
        required=False,
        widget=forms.RadioSelect,
    )


class WhyForm(forms.Form):
    """Why somebody opens a seal: a reason chosen, or one written."""

    use_required_attribute = False
    reason = why_field(*REASONS)
    other = forms.CharField(
        label="Another reason",
        required=False,
        max_length=2000,
        widget=LongText(rows=3),
        help_text="In a sentence.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.why():
            self.add_error("reason", "Choose a reason, or write one.")
        return cleaned

    def why(self) -> str:
        said = (self.cleaned_data.get("reason") or "", self.cleaned_data.get("other") or "")
        return written(" ".join(filter(None, said))).strip()


def no_conflict_field(conflicts_url: str) -> forms.BooleanField:
    """Asked of whoever reads the first sealed part of a case."""
    return forms.BooleanField(
        label="I know of no conflict of interest of mine in this case",
        help_text=format_html(
            "I am no party or witness in it and not close to one, share no employer, branch or group with "
            "one, took no part in it before, and said nothing about it in public. "
            '<a href="{}">I have one: declare it now</a>',
            conflicts_url,
        ),
        error_messages={"required": "Say that you know of none, or declare the one you have."},
    )


class SealForm(WhyForm):
    """What to open, and why; with `conflicts_url` for somebody who reads in this case for the first time."""

    def __init__(
        self,
        choices: list[tuple[str, str]],
        chosen: list[str],
        data: QueryDict | None,
        *,
        conflicts_url: str = "",
    ) -> None:
        super().__init__(data)
        if conflicts_url:
            self.fields["no_conflict"] = no_conflict_field(conflicts_url)
        self.fields["seals"] = boxes("What to open", choices, initial=chosen)
        self.order_fields(["seals", "reason", "other", "no_conflict"])
        self.fields["seals"].required = True
        self.fields["seals"].error_messages["required"] = "Choose what you need to read."


@require_http_methods(["GET", "HEAD", "POST"])
def open_seals(request: HttpRequest, reference: str) -> HttpResponse:
    """Asks for a reason; sent, shows the content. `?party=`, `?fact=`, `?complaint=` name the seals."""
    page = find(request, reference)
    sealed = seals.seals_of(page.acting, page.case)
    asked = tuple(each for each in sealed if _is_asked(request.GET, each))
    choices = [(each.seal.code, name_of(page, each)) for each in asked or sealed]
    chosen = [each.seal.code for each in asked]
    form = SealForm(
        choices,
        chosen,
        request.POST if request.method == "POST" else None,
        conflicts_url=conflicts_url(page),
    )
    if request.method == "POST" and form.is_valid():
        try:
            opened = seals.open_seals(
                page.acting,
                reference,
                form.cleaned_data["seals"],
                reason=form.why(),
                no_conflict="no_conflict" in form.cleaned_data,
            )
        except UnableToActError as unable:
            refused = refused_for("No seal was opened", unable.problems)
            return _page(request, page, {"form": form, "refused": refused}, status=REFUSED)
        return shown(request, page, opened)
    context = {"form": form, "is_some": bool(asked) and len(asked) < len(sealed)}
    return _page(request, page, context, status=REFUSED if form.is_bound else 200)


def conflicts_url(page: CasePage) -> str:
    """Where a conflict is declared; "" for whoever said that they know of none."""
    if seals.is_declared(page.acting, page.case):
        return ""
    return reverse("desk-case-conflicts", args=[page.reference])


def _is_asked(query: QueryDict, each: Sealed) -> bool:
    is_case = each.seal.chain.startswith("case/")
    return (
        (is_case and query.get("party") == each.seal.name)
        or (is_case and query.get("fact") == str(each.seal.place))
        or (not is_case and query.get("complaint") == each.seal.chain.partition("/")[2])
    )


_IN_A_COMPLAINT = {
    "narrative": "what was reported",
    "respondent": "who it is about",
    "complainant": "who reported it",
}


def name_of(page: CasePage, sealed: Sealed | Opened) -> str:
    """What a seal covers, without a word of what stands behind it."""
    fact, name = sealed.fact, sealed.seal.name
    if isinstance(fact.body, Submitted | Imported):
        complaint = fact.chain.partition("/")[2]
        if isinstance(fact.body, Imported) and fact.body.turn:
            what = "the words" if name == "narrative" else f"the accused {name}"
            return f"Complaint {complaint}, row {fact.body.turn} of the file: {what}"
        return f"Complaint {complaint}: {_IN_A_COMPLAINT.get(name, name)}"
    if isinstance(fact.body, PartyAdded):
        return f"{fact.body.tag}, {fact.body.role.value}: who it is"
    return f"Fact {fact.place}, {what_happened(page, fact)}, {desk_day(fact.on)}: {name}"


def shown(request: HttpRequest, page: CasePage, opened: tuple[Opened, ...]) -> HttpResponse:
    """What was opened. No cache keeps it, and no address leads back to it."""
    context = {
        "parties": tuple(_party(page, each) for each in opened if _names_a_party(each)),
        "contents": tuple(content_of(page, each) for each in opened if not _names_a_party(each)),
    }
    return _page(request, page, context)


def _names_a_party(opened: Opened) -> bool:
    return isinstance(opened.fact.body, PartyAdded) and not opened.unopened


def _party(page: CasePage, opened: Opened) -> PartyRow:
    body = opened.fact.body
    tag, role = (body.tag, body.role) if isinstance(body, PartyAdded) else ("", PartyRole.WITNESS)
    rest = [f"{title(name)}: {value}" for name, value in _lines(opened.said) if name != "name"]
    return PartyRow(
        tag=tag, role=title(role.value), name=str(opened.said.get("name") or "no name"), note=" · ".join(rest)
    )


def content_of(page: CasePage, opened: Opened) -> Content:
    return Content(heading=name_of(page, opened), lines=labelled(opened.said), unopened=opened.unopened)


def labelled(said: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """What a part says as lines of (label, words), in the order in which one reads them."""
    lines = [(_LABELS.get(name, title(name)), value) for name, value in _lines(said)]
    also = said.get("also")
    return (*lines, *((str(label), str(words)) for label, words in (also if isinstance(also, list) else ())))


_LABELS = {
    "text": "",
    "about": "",
    "wish": "What the reporter hopes for",
    "number": "Its number there",
    "said": "In place of a name",
}
_ORDER = (
    *("name", "member", "contact", "text", "about", "when", "where", "wish"),
    *("source", "number", "allegation", "finding", "discipline"),
)
_APART = ("v", "also")


def _lines(said: Mapping[str, object]) -> list[tuple[str, str]]:
    known = [name for name in _ORDER if name in said]
    rest = [name for name in said if name not in _ORDER and name not in _APART]
    return [(name, str(said[name])) for name in (*known, *rest) if said[name]]


def _page(
    request: HttpRequest, page: CasePage, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    known = {
        "desk": desk_frame(request),
        "reference": page.reference,
        "case_url": case_url(page.reference),
        "who_sees": WHO_SEES,
    }
    response = render(request, "desk/seals/page.html", {**known, **context}, status=status)
    add_never_cache_headers(response)
    return response
