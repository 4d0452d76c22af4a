"""The manual at /help: the pages of docs/ as they were shipped, with plain navigation."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duly_server.web.public.manual import KINDS, contents, front, read
from duly_server.web.public.page import show


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return show(request, "help/index.html", {"front": front(), "contents": contents()})


@require_safe
def page(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    found = read(kind, name) if kind in KINDS else None
    if found is None:
        raise Http404
    return show(request, "help/page.html", {"page": found, "kind": KINDS[kind]})
