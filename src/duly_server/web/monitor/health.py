"""Whether the office is alive, can take requests, and works as a whole: a word for each thing that fails.

No session, no page, no look at what the office holds. What was found stands for two seconds, so that asking
often costs nothing.
"""

import time
from threading import Lock

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duly_server.services.health import Part, failing
from duly_server.web.door import now

STANDS_FOR = 2.0  # seconds
# What a process can do nothing about by being taken out of use: the others would do no better.
NOT_OF_THE_WEB = frozenset({Part.WORKER})


class _Found:
    """What was found last, for all who ask meanwhile."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._until = 0.0
        self._parts: tuple[Part, ...] = ()

    def parts(self, request: HttpRequest) -> tuple[Part, ...]:
        with self._lock:
            if time.monotonic() >= self._until:
                self._parts = failing(at=now(request)[1])
                self._until = time.monotonic() + STANDS_FOR
            return self._parts

    def forget(self) -> None:
        with self._lock:
            self._until = 0.0


_found = _Found()
forget = _found.forget


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers. It asks no database: a process that can't reach one must not be ended for it."""
    return _said("alive", 200)


@require_safe
def web(request: HttpRequest) -> HttpResponse:
    """Whether requests may be sent here: for what spreads them over several processes."""
    return _answer(tuple(part for part in _found.parts(request) if part not in NOT_OF_THE_WEB))


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether the office works as a whole, its worker too."""
    return _answer(_found.parts(request))


def _answer(parts: tuple[Part, ...]) -> HttpResponse:
    return _said("\n".join(parts), 503) if parts else _said("ready", 200)


def _said(words: str, status: int) -> HttpResponse:
    response = HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django's own way: no line for each 503
    return response
