"""The cookie of a draft: it alone opens what was written, and leaving hides it."""

import base64
import binascii

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from duly_server.services import sending
from duly_server.services.sending import KEPT, Draft
from duly_server.store import drafts
from duly_server.web.door import now

COOKIE = "duly-draft"
HIDDEN = "duly-draft-hidden"


def key_of(request: HttpRequest) -> bytes | None:
    """The key in the cookie; None without one, or for something that is none."""
    try:
        key = base64.urlsafe_b64decode(request.COOKIES.get(COOKIE, "").encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        return None
    return key if len(key) == drafts.KEY_LENGTH else None


def draft_of(request: HttpRequest) -> Draft:
    today, _ = now(request)
    return sending.read(key_of(request), on=today)


def is_hidden(request: HttpRequest) -> bool:
    return request.COOKIES.get(HIDDEN) == "1"


def give(response: HttpResponse, key: bytes, *, stays: bool = False) -> None:
    """Hand the key to the browser: until it is closed, or, if `stays`, as long as the draft is kept."""
    _set(response, COOKIE, base64.urlsafe_b64encode(key).decode("ascii"), stays=stays)


def hide(response: HttpResponse) -> None:
    """From now on the pages show nothing of the draft until somebody asks to go on with it."""
    _set(response, HIDDEN, "1", stays=True)


def show_again(response: HttpResponse) -> None:
    response.delete_cookie(HIDDEN, path=_path(), samesite="Lax")


def take_back(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=_path(), samesite="Lax")
    show_again(response)


def _set(response: HttpResponse, name: str, value: str, *, stays: bool) -> None:
    response.set_cookie(
        name,
        value,
        max_age=int(KEPT.total_seconds()) if stays else None,
        path=_path(),
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _path() -> str:
    return reverse("complain")
