"""The figures for a monitor, at the monitor's own port alone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duly_server.gateways.figures import text
from duly_server.services import watching
from duly_server.web.door import now
from duly_server.web.monitor import counting

TYPE = "text/plain; version=0.0.4; charset=utf-8"


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    today, at = now(request)
    found = (*watching.figures(today=today, at=at), *counting.figures(at=at.timestamp()))
    response = HttpResponse(text(found), content_type=TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response
