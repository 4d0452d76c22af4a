"""The receipt: the code, shown until the reporter says they have kept it, and what happens next."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from duly.record.promise import promised_by
from duly_server.services import promising, sending, status
from duly_server.web.door import now
from duly_server.web.public import drafting
from duly_server.web.public.page import kept_nowhere, show
from duly_server.web.public.promises import promises
from duly_server.web.shared.days import public_day


class Kept(forms.Form):
    use_required_attribute = False
    kept = forms.BooleanField(
        label="I have kept it",
        error_messages={
            "required": "Tick the box when you have written the code down, printed it or saved it"
        },
    )


@kept_nowhere
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """A reload shows the same code; after "I have kept it" nothing here or in the browser can show it."""
    draft, key = drafting.draft_of(request), drafting.key_of(request)
    if draft.receipt is None or key is None or drafting.is_hidden(request):
        return HttpResponseRedirect(reverse("complain"))
    form = Kept(request.POST if request.method == "POST" else None)
    if form.is_valid():
        sending.forget(key)
        response = HttpResponseRedirect(reverse("complain-done"))
        drafting.take_back(response)
        return response
    today, _ = now(request)
    standing = status.of_complaint(draft.receipt.complaint, on=today)
    context = {
        "receipt": draft.receipt,
        "form": form,
        "promises": promises(standing),
        "in_the_log_by": promised_by(draft.receipt.received_on),
    }
    code = 400 if form.is_bound else 200
    return show(request, "public/complain/receipt.html", context, leave=True, status=code)


@kept_nowhere
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """The code as a text file; its name says nothing of a complaint."""
    draft = drafting.draft_of(request)
    if draft.receipt is None:
        return HttpResponseRedirect(reverse("complain"))
    address = request.build_absolute_uri(reverse("status"))
    lines = (
        f"Code: {draft.receipt.code}",
        f"Received: {public_day(draft.receipt.received_on)}",
        f"To be entered at: {address}",
        "Whoever has this code can see how it stands. It cannot be sent again.",
    )
    return _file("code.txt", "\r\n".join(lines) + "\r\n")


@kept_nowhere
@require_POST
def promise(request: HttpRequest) -> HttpResponse:
    """The office's signed promise as a text file, for whoever asks for it."""
    draft = drafting.draft_of(request)
    if draft.receipt is None:
        return HttpResponseRedirect(reverse("complain"))
    return _file("promise.txt", promising.promise_for(draft.receipt))


def _file(name: str, text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@kept_nowhere
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    return show(request, "public/complain/done.html")
