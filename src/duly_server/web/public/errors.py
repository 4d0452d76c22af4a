"""The pages for when something does not go: what to do next, and nothing of what went wrong inside.

What the machine lacks (a disk, a database, its keys, its clock) is said in words: whoever reads it can tell
whoever can put it right.
"""

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from duly_server.gateways.trouble import Trouble, trouble_of
from duly_server.web.public.page import frame

COME_BACK_IN = 60  # seconds
_LACKS = {
    Trouble.FULL: "The disk that this office writes to is full.",
    Trouble.DISK: "The disk that this office works on cannot be read or written.",
    Trouble.GONE: "The database of this office cannot be reached.",
    Trouble.BUSY: "The database of this office is held by another task, and has been for too long.",
    Trouble.KEYS: "The keys of this office cannot be read: without them nothing is sealed or opened.",
    Trouble.CLOCK: "The clock of this office’s machine was set back: the record already holds a later time.",
}
_FULL = 507


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page("bad_request", 400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page("refused", 403)


def form_not_ours(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: an old page, a browser that keeps no cookies, another site."""
    return _page("form_not_ours", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page("not_found", 404)


def not_so(*, back_url: str) -> HttpResponse:
    """Asked for in a way that the address does not answer, such as a form's own opened as a page."""
    return _page("not_so", 405, back_url=back_url)


def too_large(request: HttpRequest) -> HttpResponse:
    return _page("too_large", 413)


def broken(request: HttpRequest, *_: Any) -> HttpResponse:
    """Something failed in here. Made without database, session or request, which may be what failed."""
    trouble = trouble_of(sys.exc_info()[1])  # Django calls this while it handles the exception
    return _page("broken", 500) if trouble is None else unable(trouble)


def unable(trouble: Trouble) -> HttpResponse:
    """The machine lacks something, and nothing was kept; once it is there again all goes on by itself."""
    response = _page("unable", _FULL if trouble is Trouble.FULL else 503, lacks=_LACKS[trouble])
    response.headers["Retry-After"] = str(COME_BACK_IN)
    return response


def _page(name: str, status: int, **said: str) -> HttpResponse:
    body = render_to_string(f"errors/{name}.html", {"public": frame(), **said})
    response = HttpResponse(body, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
