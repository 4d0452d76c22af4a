"""The first page: what this office deals with, and the four ways on."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duly_server.store import editions
from duly_server.store.editions import NotAdoptedError
from duly_server.web.door import now
from duly_server.web.public.page import show


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return show(request, "public/home.html", {"login_url": settings.LOGIN_URL, **_dealt_with(request)})


def _dealt_with(request: HttpRequest) -> dict[str, object]:
    """The kinds of misconduct the rules in force name; none while the office is still being set up."""
    today, _ = now(request)
    try:
        book, _ = editions.in_force(today)
    except NotAdoptedError:
        return {}
    return {"conduct": tuple(book.conduct.values()), "book_title": book.title}
