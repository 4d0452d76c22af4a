"""Asked once more who one is before a grave act, and nothing typed is lost (threats, T58).

A finding, a sanction, an opened seal, a file of the docket: whoever showed a second factor too long ago is
asked for one first. What they sent is kept meanwhile, sealed under a key that only their browser holds, and
is there to be sent when they come back; nothing of it was recorded.
"""

import base64
import binascii
import json
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from duly_server.store import drafts
from duly_server.web.door import now
from duly_server.web.entered import FRESH, led_to
from duly_server.web.shared.pages import PublicFrame

COOKIE = "duly-held"
GIVE_UP = "duly-give-up"  # the button that sends nothing
_NOT_KEPT = frozenset(("csrfmiddlewaretoken", GIVE_UP))
_ONE_DAY = timedelta(days=1)


def hold(request: HttpRequest) -> HttpResponse:
    """To the second factor, and from there back to where they were."""
    response = led_to("login-second", back=request.get_full_path())
    if request.method == "POST":
        today, _ = now(request)
        key = drafts.new_key()
        typed = [(name, values) for name, values in request.POST.lists() if name not in _NOT_KEPT]
        held = {"whose": str(request.user.pk), "where": request.get_full_path(), "typed": json.dumps(typed)}
        drafts.save(key, held, expires_on=today + _ONE_DAY)
        response.set_cookie(
            COOKIE,
            base64.urlsafe_b64encode(key).decode("ascii"),
            max_age=FRESH,
            path=_path(),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def shown_again(request: HttpRequest) -> HttpResponse | None:
    """The page on which what was kept for this address can be sent; None where nothing is."""
    typed = _typed(request)
    if not typed:
        return None
    public = PublicFrame(organisation=settings.DULY_NAME, home_url=_path())
    context = {
        "public": public,
        "typed": [(name, value) for name, values in typed for value in values],
        "give_up": GIVE_UP,
    }
    response = render(request, "desk/signing_in/kept.html", context)
    add_never_cache_headers(response)
    return response


def given_up(request: HttpRequest) -> HttpResponseBase | None:
    """Back to an empty form, if they chose to send nothing."""
    if GIVE_UP not in request.POST:
        return None
    return let_go(request, HttpResponseRedirect(request.get_full_path(), status=303))


def let_go(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """What was kept for this address has been sent, or is not wanted."""
    if _typed(request):
        drafts.discard(_key(request))
        response.delete_cookie(COOKIE, path=_path(), samesite="Lax")
    return response


def _typed(request: HttpRequest) -> list[tuple[str, list[str]]]:
    """What this account sent to this address; nothing for another account, or another address."""
    today, _ = now(request)
    held = drafts.load(_key(request), on=today) if COOKIE in request.COOKIES else {}
    is_theirs = (held.get("whose"), held.get("where")) == (str(request.user.pk), request.get_full_path())
    return [(name, values) for name, values in json.loads(held["typed"])] if is_theirs else []


def _key(request: HttpRequest) -> bytes:
    try:
        return base64.urlsafe_b64decode(request.COOKIES.get(COOKIE, "").encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        return b""


def _path() -> str:
    return reverse("desk-today")
