"""A line of the log for each request that needs a login: route, status, milliseconds; not who, not what.

For what anybody can ask without a login there is no line at all: a complaint, a look-up of a code or a visit
at 23:14 would be told by it, whatever else it left out (threats 2.7).
"""

import logging
import secrets
import time
from collections.abc import Callable

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse

from duly_server.gateways import log_lines
from duly_server.web.door import now
from duly_server.web.monitor.counting import counted
from duly_server.web.routes import Rule, rule_of
from duly_server.web.waiting.gate import HEADER as SLOWLY
from duly_server.web.waiting.lanes import LANES

ASKED = "duly.asked"  # with the request it belongs to; no header can be so named
WITHOUT_LOGIN = frozenset({Rule.ANYONE, Rule.CODE, Rule.DEMO, Rule.MONITOR})

_log = logging.getLogger("duly.request")


class RequestLog:
    """Middleware, before all others: what they take is in the milliseconds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        with log_lines.answering(secrets.token_hex(6)) as asked:
            request.META[ASKED] = asked
            response = self.get_response(request)
            self._count(request, response, asked, time.perf_counter() - began)
            if asked.has_login:
                numbers = {"ms": round((time.perf_counter() - began) * 1000)}
                told = {"event": "answered", "numbers": numbers, "status_code": response.status_code}
                _log.info("", extra={**told, "method": request.method, "request": request})
        return response

    def _count(
        self, request: HttpRequest, response: HttpResponse, asked: log_lines.Asked, seconds: float
    ) -> None:
        if asked.has_login:
            counted.desk(response.status_code, seconds)
        elif SLOWLY in response.headers:
            counted.wait(LANES[request.path_info].name)
        elif asked.has_failed:
            counted.public_fault(at=now(request)[1].timestamp())

    def process_exception(self, request: HttpRequest, fault: Exception) -> None:
        """Called where a view fails."""
        request.META[ASKED].has_failed = not isinstance(
            fault, Http404 | PermissionDenied | SuspiciousOperation
        )

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """Called once the route is known, before its view."""
        name = request.resolver_match.url_name if request.resolver_match else None
        asked = request.META[ASKED]
        asked.has_login = isinstance(name, str) and has_login(name)


def has_login(route: str) -> bool:
    """Whether what the route of this name shows is for those alone who log in."""
    return rule_of(route) not in WITHOUT_LOGIN
