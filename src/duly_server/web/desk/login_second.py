"""The second step of logging in: a code of the app, or a recovery code. Also asked for before a change."""

from math import ceil

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from duly_server.gateways.limits import Budget
from duly_server.services import codes, signing_in
from duly_server.store.accounts import Account
from duly_server.store.factors import FactorUnreadableError, Held
from duly_server.web import door, entered
from duly_server.web.desk.login import frame
from duly_server.web.desk.passkey_asked import asked_of
from duly_server.web.desk.steps_asked import REFUSED
from duly_server.web.waiting import gate

# Wrong codes of one account, wherever they come from: a day of guessing finds one in about a thousand.
WRONG = Budget(5, 300)
WAIT = 429

_WRONG = "That code is not right, or it was used already. Wait for the next one of the app and try again."
_UNREADABLE = (
    "The office can't read what your codes are compared with, so that nobody can log in by a code now. "
    "Tell whoever runs it; nothing of yours is lost."
)


class CodeForm(forms.Form):
    use_required_attribute = False
    code = forms.CharField(
        label="Code",
        max_length=60,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": "Write a code of your app, or a recovery code"},
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """Whoever came here without the first step, or too long after it, begins again."""
    back = entered.way_back(request, (request.POST or request.GET).get("next", ""))
    account = _whom(request)
    if account is None:
        return HttpResponseRedirect(back) if request.user.is_authenticated else redirect_to_login(back)
    has = signing_in.held(account)
    if not has.count and settings.DULY_PROVIDER:
        return entered.led_to("login-provider", back=back)  # they have nothing else to show
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = REFUSED if form.is_bound else 200
    if form.is_bound and form.is_valid():
        by, status = _checked(request, account, form)
        if by is not None:
            _let_in(request, account, by)
            return HttpResponseRedirect(back, status=303)
    form.fields["code"].help_text = _hint(has)
    context = {
        "public": frame(),
        "form": form,
        "next": back,
        "again": request.user.is_authenticated,
        "asked": asked_of(request, account) if has.passkeys else None,
    }
    response = render(request, "desk/signing_in/second.html", context, status=status)
    if status == WAIT:
        response.headers["Retry-After"] = str(int(WRONG.every))
    add_never_cache_headers(response)
    return response


def _whom(request: HttpRequest) -> Account | None:
    """Whoever is halfway in, or is in and asked once more."""
    if isinstance(request.user, Account):
        is_asked = entered.has_entered(request) and not entered.is_fresh(request)
        return request.user if is_asked else None
    return entered.halfway(request)


def _checked(request: HttpRequest, account: Account, form: CodeForm) -> tuple[str | None, int]:
    """What the code was; or None, with the mistake in the form and the status of the answer."""
    today, at = door.now(request)
    seconds, day = at.timestamp(), today.isoformat()
    wait = gate.counts().take("code", account.pk.hex, WRONG, at=seconds, day=day)
    if wait:
        minutes = ceil(wait / 60)
        left = f"{minutes} minutes" if minutes > 1 else "a minute"
        form.add_error("code", f"Too many codes were wrong. Wait {left}, and try again.")
        return None, WAIT
    try:
        by = codes.check(account.pk, form.cleaned_data["code"], at=at)
    except FactorUnreadableError:
        form.add_error("code", _UNREADABLE)
        return None, 503
    if by is None:
        form.add_error("code", _WRONG)
        return None, REFUSED
    gate.counts().give_back("code", account.pk.hex, WRONG, at=seconds, day=day)
    return by, 200


def _let_in(request: HttpRequest, account: Account, by: str) -> None:
    entered.enter(request, account, by=by)
    if by == "recovery":
        left = signing_in.held(account).codes_left
        said = f"{left} are left" if left != 1 else "one is left"
        messages.warning(request, f"You used a recovery code; {said}. New ones are made under “Signing in”.")


def _hint(has: Held) -> str:
    if has.authenticator_since is None:
        return "One of your recovery codes."
    return f"The {codes.DIGITS} digits that your app shows now, or one of your recovery codes."
