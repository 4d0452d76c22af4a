"""The search box: straight to a case by its reference; else clauses, steps and officers on a page."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from duly_server.services import finding
from duly_server.services.acting import Acting
from duly_server.services.finding import Clause, Found, Officer, StepFound
from duly_server.services.history import shelf
from duly_server.store import docket
from duly_server.store.docket import View
from duly_server.web.desk.docket import view_url
from duly_server.web.desk.docket_rows import case_url
from duly_server.web.desk.frame import desk_frame
from duly_server.web.door import acting

LONGEST = 100


@dataclass(frozen=True, slots=True)
class At:
    """Something that was found, and where it leads."""

    found: Clause | StepFound | Officer
    url: str


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """What is typed travels in the form, not in an address: it may be a name."""
    given = request.POST if request.method == "POST" else request.GET
    text = " ".join(given.get("q", "").split())
    me = acting(request)
    meant = finding.reference_in(text[:40])
    if meant:
        return _by_reference(request, me, meant)
    is_looked_for = request.method == "POST" and 0 < len(text) <= LONGEST
    found = finding.find(me, text) if is_looked_for else Found()
    context = {
        "desk": desk_frame(request, "find"),
        "text": text if request.method == "POST" else "",
        "is_nothing": found.is_nothing,
        "most": finding.MOST if found.is_cut else 0,
        "is_too_long": len(text) > LONGEST,
        "clauses": tuple(At(each, f"{reverse('desk-rulebook')}#{each.anchor}") for each in found.clauses),
        "steps": tuple(At(each, view_url(View.OPEN, step=each.name)) for each in found.steps),
        "officers": tuple(At(each, view_url(View.OPEN, officer=each.number)) for each in found.officers),
    }
    response = render(request, "desk/find/page.html", context)
    add_never_cache_headers(response)
    return response


def _by_reference(request: HttpRequest, me: Acting, meant: str) -> HttpResponse:
    """To the case or history of this reference, or the case of this complaint; else back, and said so."""
    reference = docket.found(me.viewer, meant, on=me.today)
    if reference is not None:
        return HttpResponseRedirect(case_url(reference))
    if shelf.is_there(me, meant):
        return HttpResponseRedirect(reverse("desk-history-complaint", args=[meant]))
    messages.info(request, f"There is no case {meant} on your desk.")
    return HttpResponseRedirect(reverse("desk-docket"))
