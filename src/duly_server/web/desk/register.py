"""The register: who is bound by what on a day; interim measures apart from sanctions, never with grounds."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from duly.rulebook.prose import title
from duly_server.services.register import Entry, in_force
from duly_server.web.desk.frame import desk_frame
from duly_server.web.door import acting
from duly_server.web.shared.days import desk_day
from duly_server.web.shared.fields import DayInput


class DayForm(forms.Form):
    """As at which day."""

    use_required_attribute = False
    on = forms.DateField(
        label="As at",
        widget=DayInput,
        error_messages={"invalid": "Give the day as 2026-04-23.", "required": "Give a day."},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    measure: str
    reference: str
    party: str
    url: str
    since: str
    until: str
    review: str
    clause: str


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every measure in force on `?on=`, today by default."""
    who = acting(request)
    form = DayForm({"on": request.GET.get("on") or who.today.isoformat()})
    on: date = form.cleaned_data["on"] if form.is_valid() else who.today
    entries = in_force(who, on=on)
    context = {
        "desk": desk_frame(request, "register"),
        "form": form,
        "on": on,
        "is_today": on == who.today,
        "interim": tuple(_row(each) for each in entries if each.is_interim),
        "found": tuple(_row(each) for each in entries if not each.is_interim),
    }
    return render(request, "desk/register/page.html", context, status=200 if form.is_valid() else 422)


def _row(entry: Entry) -> Row:
    rules = entry.book.measures if entry.is_interim else entry.book.sanctions
    rule = rules.get(entry.measure)
    return Row(
        measure=title(entry.measure),
        reference=entry.reference,
        party=entry.party,
        url=reverse("desk-case", args=[entry.reference]),
        since=desk_day(entry.since),
        until=f"before {desk_day(entry.before)}" if entry.before else "no end",
        review=f"lapses after {desk_day(entry.review_due_on)} unless reviewed" if entry.review_due_on else "",
        clause=(rule.clause if rule else "") or "",
    )
