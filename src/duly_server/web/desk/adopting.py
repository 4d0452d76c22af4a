"""A new edition of the rulebook, or a changed calendar: chosen, shown case by case, adopted with reasons."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from duly.compare.difference import Difference, listed
from duly.compare.whole import compare
from duly.lint.whole import check_whole
from duly.rulebook.finding import Finding
from duly.rulebook.prose import words
from duly.vocabulary import Refused
from duly_server.services.acting import Acting
from duly_server.services.adopting import adopt, preview
from duly_server.services.adopting.preview import Looked
from duly_server.services.adopting.proposal import Proposal, find, propose
from duly_server.store import editions
from duly_server.web.desk.adopting_rows import ReasonsForm, bring_up_to_date, cases, for_a_while, page, shown
from duly_server.web.desk.steps_asked import REFUSED
from duly_server.web.door import acting
from duly_server.web.shared.days import desk_day
from duly_server.web.shared.refusal import refusal


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
            preview.look(found, on=me.today, seen=for_a_while())
            return _to(found.digest)
        context["refused"] = refusal("The file can’t be adopted", found, kept="Nothing was changed.")
    return page(request, "desk/adopting/choose.html", context, status=REFUSED if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def proposed(request: HttpRequest, digest: str) -> HttpResponse:
    """What it says, what it changes, and what it would do, case by case; sent, it is adopted."""
    me = acting(request)
    proposal = find(digest, on=me.today)
    if proposal is None:
        raise Http404
    if isinstance(proposal, Refused):
        context = {"form": FileForm(), "refused": refusal("The file can’t be adopted any more", proposal)}
        return page(request, "desk/adopting/choose.html", context, status=REFUSED)
    form = ReasonsForm(request.POST.dict() if request.method == "POST" else None)
    context = {}
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        done = adopt.adopt(me, digest, reasons=said["reasons"], seen=said["seen"])
        if not isinstance(done, Refused):
            bring_up_to_date(me, done.cases)
            since = desk_day(proposal.since)
            messages.success(request, f"Adopted: {proposal.name}. It governs from {since} on.")
            return HttpResponseRedirect(reverse("desk-rulebook"), status=303)
        context["refused"] = refusal("Nothing was adopted", done)
        preview.look(proposal, on=me.today, seen=for_a_while())
    looked = preview.looked_so_far(proposal, on=me.today)
    context |= {"form": shown(form, looked), **_context(request, me, proposal, looked)}
    return page(request, "desk/adopting/proposed.html", context, status=REFUSED if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, digest: str) -> HttpResponse:
    """Look at the open cases that were not looked at yet, for as long as a page may take; then back."""
    me = acting(request)
    proposal = find(digest, on=me.today)
    if not isinstance(proposal, Proposal):
        raise Http404
    if request.method == "POST":
        preview.look(proposal, on=me.today, seen=for_a_while())
    return _to(digest)


def _to(digest: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk-proposed", args=[digest]), status=303)


# --- what is shown ----------------------------------------------------------------------------------------


def _context(request: HttpRequest, me: Acting, proposal: Proposal, looked: Looked) -> dict[str, Any]:
    return {
        "proposal": proposal,
        "name": f"{proposal.name[:1].upper()}{proposal.name[1:]}",
        "since": proposal.since,
        "may_adopt": looked.is_whole and not looked.stopped,
        "stops": looked.stops,
        "look_url": reverse("desk-proposed-look", args=[proposal.digest]),
        **cases(request, me, proposal, looked, url=reverse("desk-proposed", args=[proposal.digest])),
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
