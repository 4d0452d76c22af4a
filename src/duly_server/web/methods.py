"""What is asked for in a way its address does not answer gets a page in words with the way back."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from duly_server.web.public import errors

NOT_ALLOWED = 405


class InWords:
    """Middleware: an answer 405 keeps its status and its `Allow`, and says what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != NOT_ALLOWED:
            return response
        allowed = response.headers.get("Allow", "")
        said = errors.not_so(back_url=way_back(request.path_info, allowed))
        said.headers["Allow"] = allowed
        return said


def way_back(address: str, allowed: str) -> str:
    """The page itself where it can be looked at (""), else the nearest above it that there is.

    What was asked for is not said again: hidden and absent are one page to the last byte.
    """
    if "GET" in allowed:
        return ""
    above = address.rstrip("/")
    while above:
        above = above.rpartition("/")[0]
        for page in (above, f"{above}/"):
            if page not in ("", address) and _is_there(page):
                return page
    return "/"


def _is_there(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True
