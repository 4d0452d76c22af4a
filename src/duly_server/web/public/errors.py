"""The pages for when something does not go: what to do next, and nothing of what went wrong inside."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from duly_server.web.public.page import frame


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
    return _page("broken", 500)


def _page(name: str, status: int, **said: str) -> HttpResponse:
    body = render_to_string(f"errors/{name}.html", {"public": frame(), **said})
    response = HttpResponse(body, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
