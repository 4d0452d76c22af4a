"""A request that changes nothing reads each small table of the office once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from duly_server.store import once


class ReadOnce:
    """Middleware, innermost. What writes reads everything as it stands at that moment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with once.reading():
            return self.get_response(request)
