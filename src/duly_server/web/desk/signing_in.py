"""“Signing in”: what an officer comes in by, changed by themselves; and their first second factor."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from duly.vocabulary import Refused
from duly_server.services import codes, passkeys, signing_in
from duly_server.store import factors
from duly_server.store.accounts import Account
from duly_server.web import door, entered
from duly_server.web.desk.steps_asked import REFUSED
from duly_server.web.shared.days import desk_day
from duly_server.web.shared.pages import NavItem, PublicFrame
from duly_server.web.shared.refusal import refusal

Setting = Callable[[HttpRequest, Account], HttpResponse]


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyLine:
    key: str
    name: str
    since: str


class AppForm(forms.Form):
    """`held` is the key that the page shows, signed: nothing of it is kept until the code is right."""

    use_required_attribute = False
    held = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
    code = forms.CharField(
        label="Code that the app shows now",
        max_length=60,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
        help_text=f"{codes.DIGITS} digits. It changes every {codes.STEP} seconds.",
        error_messages={"required": "Write the code that the app shows"},
    )


def sets_up(view: Setting) -> Callable[[HttpRequest], HttpResponse]:
    """For whoever has no second factor yet, and for whoever has just shown one; nobody else changes any."""

    def guarded(request: HttpRequest) -> HttpResponse:
        account = request.user
        if not isinstance(account, Account):
            return redirect_to_login(request.get_full_path())
        if entered.has_entered(request):
            if not entered.is_fresh(request):
                return entered.led_to("login-second", back=reverse("signing-in"))
        elif factors.has_any(account.pk):  # set up elsewhere meanwhile: never shown in this browser
            logout(request)
            return redirect_to_login(reverse("desk-today"))
        response = view(request, account)
        add_never_cache_headers(response)
        return response

    return guarded


@require_safe
@sets_up
def first(request: HttpRequest, account: Account) -> HttpResponse:
    """Before the desk opens for the first time: which one it shall be."""
    if entered.has_entered(request):
        return HttpResponseRedirect(reverse("signing-in"))
    context = {
        "next": request.GET.get("next", ""),
        "name": account.name,
        "passkeys": passkeys.are_possible(settings.DULY_ADDRESS),
    }
    return page(request, "desk/signing_in/first.html", context)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    if not entered.has_entered(request):
        return HttpResponseRedirect(reverse("signing-in-first"), status=303)
    return _overview(request, {})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@sets_up
def app(request: HttpRequest, account: Account) -> HttpResponse:
    """An app of codes: the key as a picture and in letters, until a code shows that it got there."""
    today, at = door.now(request)
    office = settings.DULY_NAME
    given = request.POST if request.method == "POST" else None
    form, offered = AppForm(given), None
    if form.is_bound and form.is_valid():
        held = form.cleaned_data["held"]
        made = codes.confirm(account, held, form.cleaned_data["code"], on=today, at=at)
        if not isinstance(made, Refused):
            return was_set_up(request, account, made, by="app", what="The app")
        for problem in made.problems:
            form.add_error("code", str(problem))
    if form.is_bound:
        offered = codes.offered_again(account, form.data.get("held", ""), office=office, at=at)
    offered = offered or codes.offer(account, office=office, at=at)
    context = {
        "form": form,
        "held": offered.held,
        "key": offered.in_groups,
        "uri": offered.uri,
        "picture": _picture(offered.uri),
        "next": way_on(request),
        "replaces": signing_in.held(account).authenticator_since is not None,
    }
    return page(request, "desk/signing_in/app.html", context, status=REFUSED if form.is_bound else 200)


@require_POST
@sets_up
def new_codes(request: HttpRequest, account: Account) -> HttpResponse:
    if not entered.has_entered(request):
        return HttpResponseRedirect(reverse("signing-in-first"))
    today, _ = door.now(request)
    made = codes.new_codes(account, on=today)
    entered.others_end(request, account)
    return _codes(request, made, "They take the place of those that you had.")


@require_POST
@sets_up
def remove(request: HttpRequest, account: Account) -> HttpResponse:
    if not entered.has_entered(request):
        return HttpResponseRedirect(reverse("signing-in-first"))
    refused = signing_in.remove(account, request.POST.get("what", ""))
    if refused is not None:
        return _overview(request, {"refused": refusal("Nothing was removed", refused, kept="")}, REFUSED)
    entered.others_end(request, account)
    messages.success(request, "It was removed. Wherever else you were logged in, you are not any more.")
    return HttpResponseRedirect(reverse("signing-in"), status=303)


def was_set_up(
    request: HttpRequest, account: Account, made: tuple[str, ...], *, by: str, what: str
) -> HttpResponse:
    """The account has a new second factor: this browser goes on with it, all others are logged out."""
    is_first = not entered.has_entered(request)
    entered.others_end(request, account)
    entered.mark(request, by=by)
    if made:
        return _codes(request, made, f"{what} is set up.")
    messages.success(request, f"{what} is set up. Wherever else you were logged in, you are not any more.")
    return HttpResponseRedirect(way_on(request) if is_first else reverse("signing-in"), status=303)


def way_on(request: HttpRequest) -> str:
    """Where somebody goes who has set it up: where they wanted to, or back to the page of it."""
    otherwise = reverse("signing-in") if entered.has_entered(request) else ""
    return entered.way_back(request, (request.POST or request.GET).get("next", ""), otherwise)


def _codes(request: HttpRequest, made: tuple[str, ...], says: str) -> HttpResponse:
    """Recovery codes, shown once."""
    context = {"codes": made, "says": says, "next": way_on(request)}
    return page(request, "desk/signing_in/codes.html", context)


def _overview(request: HttpRequest, more: dict[str, Any], status: int = 200) -> HttpResponse:
    account = request.user
    if not isinstance(account, Account):
        return redirect_to_login(request.get_full_path())
    has = signing_in.held(account)
    context = {
        "login": account.login,
        "has": has,
        "has_password": account.has_usable_password(),
        "app_since": desk_day(has.authenticator_since) if has.authenticator_since else "",
        "provider": settings.DULY_PROVIDER if has.identity_since else None,
        "provider_since": desk_day(has.identity_since) if has.identity_since else "",
        "possible": passkeys.are_possible(settings.DULY_ADDRESS),
        "passkeys": [PasskeyLine(key=key, name=name, since=desk_day(on)) for key, name, on in has.passkeys],
    }
    response = page(request, "desk/signing_in/page.html", {**context, **more}, status=status)
    add_never_cache_headers(response)
    return response


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of what one comes in by: the public frame, with the way to the desk once it is open."""
    links: tuple[NavItem, ...] = (NavItem(label="Help", url="/help"),)
    if entered.has_entered(request):
        links = (NavItem(label="The desk", url=reverse("desk-today")), *links)
    frame = PublicFrame(organisation=settings.DULY_NAME, links=links, home_url=reverse("desk-today"))
    return render(request, template, {"public": frame, **context}, status=status)


def _picture(uri: str) -> SafeString:
    """The key as a QR code: dark on light in every mode, or no camera reads it."""
    drawn = segno.make(uri, error="m", micro=False)
    picture: str = drawn.svg_inline(border=4, dark="#000", light="#fff", svgclass="qr", omitsize=True)
    hidden = picture.replace("<svg ", '<svg role="img" aria-labelledby="qr-says" ', 1)
    return mark_safe(hidden)  # noqa: S308 -- drawn here; the address in it is drawn, not written
