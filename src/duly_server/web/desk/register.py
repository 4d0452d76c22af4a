"""The register: who is bound by what on a day; interim measures apart from sanctions, never with grounds."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from duly.rulebook.prose import title
from duly_server.services.register import Entry, in_force, stayed
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
    imposed: str
    since: str
    until: str
    review: str
    clause: str


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every measure in force on `?on=`, today by default, and the sanctions that were stayed on that day."""
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
        "stayed": tuple(_row(each) for each in stayed(who, on=on)),
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
        imposed=desk_day(entry.imposed_on),
        since=_since(entry),
        until=_until(entry),
        review=f"lapses after {desk_day(entry.review_due_on)} unless reviewed" if entry.review_due_on else "",
        clause=(rule.clause if rule else "") or "",
    )


def _since(entry: Entry) -> str:
    if entry.since is not None:
        return desk_day(entry.since)
    return "never: a later decision ended it" if entry.before else "when no appeal is left"


def _until(entry: Entry) -> str:
    if entry.before is not None:
        return f"before {desk_day(entry.before)}"
    return "counted from then" if entry.since is None else "no end"
