"""Somebody at the desk lost what they come in by: reset, with a reason, and invited anew."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from duly.vocabulary import Refused
from duly_server.services import appointing, resetting
from duly_server.services.appointing import Held
from duly_server.web.desk.officers import made_known, page, seat_row
from duly_server.web.desk.steps_asked import REFUSED
from duly_server.web.door import acting
from duly_server.web.shared.fields import long_text
from duly_server.web.shared.refusal import refusal

SAYS = (
    "Their password, passkeys, app and recovery codes open nothing from now on, and wherever they are logged"
    " in they no longer are. You get an invitation for them. Make sure first who asks: whoever has the"
    " invitation comes in as them."
)


class ResetForm(forms.Form):
    use_required_attribute = False
    reason = long_text(
        "Why",
        most=resetting.LONGEST_REASON,
        help_text="How you know that it is they who ask, and what they lost. The record keeps it, sealed.",
        required="Write how you know who asks for it, and what was lost.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, number: str) -> HttpResponse:
    me = acting(request)
    seat = appointing.seat_of(number)
    if seat is None:
        raise Http404
    form = ResetForm(request.POST if request.method == "POST" else None)
    context = {
        "form": form,
        "heading": f"Reset the signing in of {seat.name}",
        "says": SAYS,
        "button": "Reset it",
        "now": (seat_row(Held(seat=seat)),),
    }
    if form.is_bound and form.is_valid():
        done = resetting.reset(me, number, reason=form.cleaned_data["reason"])
        if not isinstance(done, Refused):
            return made_known(request, done)
        context["refused"] = refusal("Nothing was reset", done)
    return page(request, context, status=REFUSED if form.is_bound else 200)
