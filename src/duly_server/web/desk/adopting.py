"""A new edition of the rulebook, or a changed calendar: chosen, shown case by case, adopted with reasons."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from duly.compare.difference import Difference, listed
from duly.compare.whole import compare
from duly.lint.whole import check_whole
from duly.rulebook.finding import Finding
from duly.rulebook.prose import title, words
from duly.vocabulary import Refused
from duly_server.services.acting import Acting
from duly_server.services.adopting import adopt, preview, telling
from duly_server.services.adopting.preview import CaseEffect, Looked
from duly_server.services.adopting.proposal import Proposal, find, propose
from duly_server.store import editions
from duly_server.store.visible import visible
from duly_server.web.desk.frame import desk_frame
from duly_server.web.desk.steps_asked import REFUSED
from duly_server.web.door import acting
from duly_server.web.shared.days import desk_day
from duly_server.web.shared.fields import LongText
from duly_server.web.shared.pages import Pager
from duly_server.web.shared.refusal import refusal

PATIENCE = 2  # seconds that a page looks at cases; what is left is looked at by asking once more
PAGE = 25  # cases on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRow:
    """One time that runs in a case: its last day now and then, and why it moves; "" where there is none."""

    title: str
    now: str
    then: str
    because: str
    moves: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRows:
    """One open case: what becomes of it, why it is not moved, and its times. `url` "" if it is not yours."""

    reference: str
    url: str
    says: str
    why: tuple[str, ...]
    times: tuple[TimeRow, ...]


class FileForm(forms.Form):
    use_required_attribute = False
    file = forms.FileField(
        label="The file",
        help_text="The new edition of the rulebook, or the changed calendar, as it was written (.toml).",
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty.",
            "invalid": "Choose a file.",
        },
    )


class AdoptForm(forms.Form):
    use_required_attribute = False
    reasons = forms.CharField(
        label="Who decided it, and why",
        max_length=adopt.LONGEST_REASONS,
        widget=LongText(rows=3, most=adopt.LONGEST_REASONS),
        help_text="It is kept in the office’s own record with your name and the day.",
        error_messages={"required": "Say who decided it, and why."},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose a file; what stands in its way is said with its lines."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    context: dict[str, Any] = {"form": form, "kept": "Nothing was changed."}
    if form.is_bound and form.is_valid():
        me = acting(request)
        # What arrives is whole UTF-8, or it does not arrive (web/arriving.py).
        found = propose(form.cleaned_data["file"].read().decode(), on=me.today)
        if isinstance(found, Proposal):
            preview.look(found, on=me.today, seen=_for_a_while())
            return _to(found.digest)
        context["refused"] = refusal("The file can’t be adopted", found, kept="Nothing was changed.")
    return _page(request, "desk/adopting/choose.html", context, status=REFUSED if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def proposed(request: HttpRequest, digest: str) -> HttpResponse:
    """What it says, what it changes, and what it would do, case by case; sent, it is adopted."""
    me = acting(request)
    proposal = find(digest, on=me.today)
    if proposal is None:
        raise Http404
    if isinstance(proposal, Refused):
        context = {"form": FileForm(), "refused": refusal("The file can’t be adopted any more", proposal)}
        return _page(request, "desk/adopting/choose.html", context, status=REFUSED)
    form = AdoptForm(request.POST.dict() if request.method == "POST" else None)
    context = {}
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        done = adopt.adopt(me, digest, reasons=said["reasons"], seen=said["seen"])
        if not isinstance(done, Refused):
            more = _for_a_while()
            adopt.bring_up_to_date(me, lambda count: more(count, done.cases))
            since = desk_day(proposal.since)
            messages.success(request, f"Adopted: {proposal.name}. It governs from {since} on.")
            return HttpResponseRedirect(reverse("desk-rulebook"), status=303)
        context["refused"] = refusal("Nothing was adopted", done)
        preview.look(proposal, on=me.today, seen=_for_a_while())
    looked = preview.looked_so_far(proposal, on=me.today)
    if form.is_bound:  # sent once more, it knows what is shown now
        form.data = {**form.data, "seen": looked.heads}
    else:
        form = AdoptForm(initial={"seen": looked.heads})
    context |= {"form": form, **_context(request, me, proposal, looked)}
    return _page(request, "desk/adopting/proposed.html", context, status=REFUSED if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, digest: str) -> HttpResponse:
    """Look at the open cases that were not looked at yet, for as long as a page may take; then back."""
    me = acting(request)
    proposal = find(digest, on=me.today)
    if not isinstance(proposal, Proposal):
        raise Http404
    if request.method == "POST":
        preview.look(proposal, on=me.today, seen=_for_a_while())
    return _to(digest)


def _for_a_while() -> Callable[[int, int], bool]:
    until = time.monotonic() + PATIENCE
    return lambda done, total: time.monotonic() < until


def _to(digest: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk-proposed", args=[digest]), status=303)


def _page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    known = {"desk": desk_frame(request, "rulebook")}
    response = render(request, template, {**known, **context}, status=status)
    add_never_cache_headers(response)
    return response


# --- what is shown ----------------------------------------------------------------------------------------


def _context(request: HttpRequest, me: Acting, proposal: Proposal, looked: Looked) -> dict[str, Any]:
    after = request.GET.get("after", "")[:16]
    some = preview.cases(proposal, on=me.today, after=after, at_most=PAGE)
    touched = [each for each in some if each.effect is not None]
    seen = visible(me.viewer, on=me.today).filter(reference__in=[each.reference for each in touched])
    theirs = frozenset(seen.values_list("reference", flat=True))
    return {
        "proposal": proposal,
        "digest": proposal.digest,
        "name": f"{proposal.name[:1].upper()}{proposal.name[1:]}",
        "since": proposal.since,
        "looked": looked,
        "may_adopt": looked.is_whole and not looked.stopped,
        "stops": looked.stops,
        "summary": tuple(telling.summary(looked)),
        "rows": tuple(_rows(each, each.reference in theirs) for each in touched),
        "pager": _pager(proposal, some, after, looked),
        **_of_edition(me, proposal),
    }


def _of_edition(me: Acting, proposal: Proposal) -> dict[str, Any]:
    """What differs from the edition in force, and what the lint finds that is no error."""
    if proposal.book is None:
        return {}
    old, _ = editions.in_force(me.today)
    found = check_whole(proposal.book)
    return {
        "old": old,
        "running": proposal.book.running_cases.value,
        "differences": tuple(_difference(each) for each in compare(old, proposal.book)),
        "findings": tuple(map(_finding, found)),
    }


def _difference(each: Difference) -> dict[str, str]:
    whom = [
        f"{kind} for the {listed([words(party) for party in parties])}"
        for kind, parties in (("worse", each.worse), ("better", each.better))
        if parties
    ]
    return {"says": each.says, "whom": ", ".join(whom)}


def _finding(each: Finding) -> dict[str, Any]:
    return {"rule": each.rule, "severity": each.severity.value, "line": each.line, "says": each.says}


def _rows(case: CaseEffect, is_theirs: bool) -> CaseRows:
    effect = case.effect
    assert effect is not None  # noqa: S101 -- only such cases are shown
    return CaseRows(
        reference=case.reference,
        url=reverse("desk-case", args=[case.reference]) if is_theirs else "",
        says=telling.fate(effect),
        why=tuple(f"{problem.says} {problem.remedy}" for problem in effect.why),
        times=tuple(
            TimeRow(
                title=title(each.clock.limit.name) + (f", {each.clock.key}" if each.clock.key else ""),
                now=desk_day(each.before) if each.before else "",
                then=desk_day(each.after) if each.after else "",
                because=telling.cause(effect, each),
                moves=each.moves,
            )
            for each in preview.moving_first(effect)
        ),
    )


def _pager(proposal: Proposal, some: Any, after: str, looked: Looked) -> Pager | None:
    if looked.total <= PAGE:
        return None
    url = reverse("desk-proposed", args=[proposal.digest])
    more = f"{url}?{urlencode({'after': some[-1].reference})}#cases" if len(some) == PAGE else ""
    says = f"{len(some)} of {looked.total} open cases"
    return Pager(says=says, first_url=f"{url}#cases" if after else "", next_url=more)
