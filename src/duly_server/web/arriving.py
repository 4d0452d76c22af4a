"""What may arrive: forms of a bearable size, in whole UTF-8. Anything else is refused whole, with a page.

Without this, what is no text would be changed on its way in: a broken byte becomes a mark nobody wrote.
"""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from duly_server.web.public import errors

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data"
_AT_ONCE = 64 * 1024
_MOST_DRAINED = 32 * 1024 * 1024


class Arriving:
    """Middleware, before anything reads the body. Answers 413 or 400; nothing of the request is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = _length(request)
        if length is None:
            return errors.bad_request(request)
        if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            _drain(request, length)
            return errors.too_large(request)
        if request.method == "POST" and not _is_form(request):
            return errors.bad_request(request)
        return self.get_response(request)


def _length(request: HttpRequest) -> int | None:
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else None


def _drain(request: HttpRequest, length: int) -> None:
    """Read on and drop it, so that the browser gets to reading the answer; up to a bound."""
    left = min(length, _MOST_DRAINED)
    while left > 0 and (read := request.read(min(_AT_ONCE, left))):
        left -= len(read)


def _is_form(request: HttpRequest) -> bool:
    """One of the two kinds of form that browsers send, and every byte of it text."""
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8") or request.content_type not in (FORM, PARTS):
        return not request.body and not request.content_type
    if request.content_type == FORM:
        return _is_text(unquote_to_bytes(request.body.replace(b"+", b" ")))
    return _is_text(request.body)


def _is_text(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
