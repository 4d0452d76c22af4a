"""An edition that was adopted for a day to come: what cases come to without it, withdrawn with reasons."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from duly.vocabulary import Refused
from duly_server.services.adopting import preview, withdraw
from duly_server.services.adopting.withdraw import Withdrawal
from duly_server.web.desk.adopting_rows import ReasonsForm, bring_up_to_date, cases, for_a_while, page, shown
from duly_server.web.desk.steps_asked import REFUSED
from duly_server.web.door import acting
from duly_server.web.shared.refusal import refusal

PAGE = "desk/adopting/withdraw.html"


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, digest: str) -> HttpResponse:
    """What withdrawing it would do, case by case; sent, it is withdrawn."""
    me = acting(request)
    found = withdraw.find(digest, on=me.today)
    if found is None:
        raise Http404
    if isinstance(found, Refused):
        return page(request, PAGE, {"refused": refusal("It can’t be withdrawn", found)}, status=REFUSED)
    form = ReasonsForm(request.POST.dict() if request.method == "POST" else None)
    context: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        done = withdraw.withdraw(me, digest, reasons=said["reasons"], seen=said["seen"])
        if not isinstance(done, Refused):
            bring_up_to_date(me, done.cases)
            messages.success(request, f"Withdrawn: {found.name}. It governs no case.")
            return HttpResponseRedirect(reverse("desk-rulebook"), status=303)
        context["refused"] = refusal("Nothing was withdrawn", done)
        withdraw.look_at(found, on=me.today, seen=for_a_while())
    looked = preview.looked_so_far(found, on=me.today)
    url = reverse("desk-withdraw", args=[digest])
    context |= {
        "form": shown(form, looked),
        "name": f"{found.name[:1].upper()}{found.name[1:]}",
        "since": found.since,
        "brings": found.days if found.along else None,
        "look_url": reverse("desk-withdraw-look", args=[digest]),
        **cases(request, me, found, looked, url=url, undone=True),
    }
    return page(request, PAGE, context, status=REFUSED if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, digest: str) -> HttpResponse:
    """Look at the open cases that were not looked at yet, for as long as a page may take; then there."""
    me = acting(request)
    found = withdraw.find(digest, on=me.today)
    if found is None:
        raise Http404
    if request.method == "POST" and isinstance(found, Withdrawal):
        withdraw.look_at(found, on=me.today, seen=for_a_while())
    return HttpResponseRedirect(reverse("desk-withdraw", args=[digest]), status=303)
