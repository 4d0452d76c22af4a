"""Officers: who holds which office since when; appointing, ending, inviting."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from duly.rulebook.prose import title, words
from duly.vocabulary import Refused
from duly_server.services import appointing, invitations
from duly_server.services.acting import Acting
from duly_server.services.appointing import Held, Made, OfficeHeld
from duly_server.web.desk.frame import desk_frame
from duly_server.web.desk.steps_asked import REFUSED
from duly_server.web.door import acting
from duly_server.web.shared.days import desk_day
from duly_server.web.shared.fields import DayInput
from duly_server.web.shared.refusal import refusal

NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatRow:
    """One appointment in words. `waits` says that nobody has come yet, and until when they may."""

    name: str
    login: str
    since: str
    until: str
    waits: str
    end_url: str = ""
    invite_url: str = ""
    reset_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRows:
    anchor: str
    title: str
    appoints: bool
    appoint_url: str
    now: tuple[SeatRow, ...]
    before: tuple[SeatRow, ...]


class Seen(forms.Form):
    """What a form was filled in on goes along, so that nobody overwrites what they never saw."""

    use_required_attribute = False
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=50_000)

    def was_seen(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["seen"].split())


class AppointForm(Seen):
    person = forms.ChoiceField(label="Who")
    name = forms.CharField(
        label="Name of somebody new",
        required=False,
        max_length=appointing.LONGEST_NAME,
        help_text="They get an invitation, and choose a login and a password themselves.",
    )
    since = forms.DateField(
        label="From",
        widget=DayInput,
        error_messages={"required": "Write the day from which they hold it.", "invalid": "Write a day."},
    )

    def __init__(self, office: OfficeHeld | None, today: date, data: QueryDict | None) -> None:
        seen = " ".join(office.seen) if office else ""
        super().__init__(data, initial={"person": NEW, "since": today, "seen": seen})
        people = [(str(each.pk), each.name) for each in appointing.people()]
        field = self.fields["person"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(NEW, "Somebody new"), *people]
        self.order_fields(["person", "name", "since", "seen"])

    def whom(self) -> uuid.UUID | None:
        chosen = self.cleaned_data["person"]
        return None if chosen == NEW else uuid.UUID(chosen)


class EndForm(Seen):
    last = forms.DateField(
        label="Last day in this office",
        widget=DayInput,
        help_text="Yesterday ends it at once: from now on they see nothing and can do nothing in it.",
        error_messages={"required": "Write the last day on which they hold it.", "invalid": "Write a day."},
    )

    def clean_last(self) -> date:
        last: date = self.cleaned_data["last"]
        if last == date.max:  # there is no day after it, from which on they would no longer hold it
            raise forms.ValidationError("Write an earlier day.")
        return last


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return page(request, {"offices": tuple(_office(each) for each in appointing.offices(acting(request)))})


@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest, office: str) -> HttpResponse:
    me = acting(request)
    held = next((each for each in appointing.offices(me) if each.name == office), None)
    if held is None:
        raise Http404
    form = AppointForm(held, me.today, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {
        "form": form,
        "heading": f"Appoint: {title(office)}",
        "button": "Appoint",
        "now": tuple(seat_row(each) for each in held.now),
    }
    if form.is_bound and form.is_valid():
        made = appointing.appoint(
            me,
            office,
            person=form.whom(),
            name=form.cleaned_data["name"],
            since=form.cleaned_data["since"],
            seen=form.was_seen(),
        )
        if isinstance(made, Made):
            return made_known(request, made)
        return _refused(request, "Nobody was appointed", made, context, _now(me, office))
    return page(request, context, status=REFUSED if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, number: str) -> HttpResponse:
    me = acting(request)
    seat = appointing.seat_of(number)
    if seat is None:
        raise Http404
    office = seat.appointment.office
    known = next(each for each in appointing.offices(me) if each.name == office)
    given = request.POST if request.method == "POST" else None
    form = EndForm(given, initial={"last": me.today, "seen": " ".join(known.seen)})
    context: dict[str, Any] = {
        "form": form,
        "heading": f"End an appointment: {title(office)}",
        "button": "End it",
        "now": (seat_row(Held(seat=seat)),),
    }
    if form.is_bound and form.is_valid():
        before = form.cleaned_data["last"] + timedelta(days=1)
        ended = appointing.end(me, number, before=before, seen=form.was_seen())
        if not isinstance(ended, Refused):
            messages.success(
                request,
                f"{seat.name} no longer holds the office “{words(office)}” from {desk_day(before)} on.",
            )
            return HttpResponseRedirect(reverse("desk-officers"), status=303)
        return _refused(request, "Nothing was ended", ended, context, _now(me, office))
    return page(request, context, status=REFUSED if form.is_bound else 200)


@require_POST
def invite(request: HttpRequest, number: str) -> HttpResponse:
    """Another invitation for somebody who never came."""
    made = appointing.invite_again(acting(request), number)
    if isinstance(made, Made):
        return made_known(request, made)
    rows = tuple(_office(each) for each in appointing.offices(acting(request)))
    context = {"offices": rows, "refused": refusal("Nobody was invited", made, kept="Nothing was changed.")}
    return page(request, context, status=REFUSED)


def made_known(request: HttpRequest, made: Made) -> HttpResponse:
    """Somebody new is shown with their invitation, once; of anybody else the list tells."""
    office, since = words(made.appointment.office), desk_day(made.appointment.since)
    if made.token is None:
        messages.success(request, f"{made.name} holds the office “{office}” from {since} on.")
        return HttpResponseRedirect(reverse("desk-officers"), status=303)
    ends = acting(request).at + invitations.LASTS
    context = {
        "invited": made,
        "office": office,
        "since": since,
        "link": invitations.link(settings.DULY_ADDRESS, made.token),
        "ends": desk_day(ends.astimezone(ZoneInfo(settings.DULY_ZONE)).date()),
    }
    return page(request, context)


def _refused(
    request: HttpRequest, heading: str, refused: Refused, context: dict[str, Any], now: OfficeHeld | None
) -> HttpResponse:
    """What stands in the way, over the office as it is now: sent once more, the form knows what it saw."""
    form = context["form"]
    seen = request.POST.copy()
    seen["seen"] = " ".join(now.seen) if now else ""
    form.data = seen
    if isinstance(form, AppointForm) and now is not None:
        context = {**context, "now": tuple(seat_row(each) for each in now.now)}
    return page(request, {**context, "refused": refusal(heading, refused)}, status=REFUSED)


def _now(me: Acting, office: str) -> OfficeHeld | None:
    return next((each for each in appointing.offices(me) if each.name == office), None)


def _office(held: OfficeHeld) -> OfficeRows:
    return OfficeRows(
        anchor=f"office-{held.name}",
        title=title(held.name),
        appoints=held.appoints,
        appoint_url=reverse("desk-appoint", args=[held.name]),
        now=tuple(seat_row(each) for each in held.now),
        before=tuple(seat_row(each) for each in held.before),
    )


def seat_row(held: Held) -> SeatRow:
    of = held.seat.appointment
    waits = "" if held.has_come else "invited, and the invitation has ended"
    if held.invited_until is not None:
        day = held.invited_until.astimezone(ZoneInfo(settings.DULY_ZONE)).date()
        waits = f"invited {'anew' if held.has_come else ''}, until {desk_day(day)}".replace(" ,", ",")
    return SeatRow(
        name=held.seat.name or "nobody any more",
        login=held.seat.login if held.has_come else "",
        since=desk_day(of.since),
        until=desk_day(of.before - timedelta(days=1)) if of.before else "",
        waits=waits,
        end_url=reverse("desk-end", args=[of.number]) if of.before is None else "",
        invite_url="" if held.has_come else reverse("desk-invite", args=[of.number]),
        reset_url=reverse("desk-reset", args=[of.number]) if held.has_come and of.before is None else "",
    )


def page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    known = {"desk": desk_frame(request, "officers")}
    response = render(request, "desk/officers/page.html", {**known, **context}, status=status)
    add_never_cache_headers(response)
    return response
