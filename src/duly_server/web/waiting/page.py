"""The page for whoever has to wait: a form with what was typed, and a ticket. It needs no script.

There is no refreshing by itself: it would take the page away from somebody who reads slowly (WCAG 2.2,
2.2.1), and it could not send the form. The page is drawn once, and its places are filled in each time: it
is needed most when there is no time to draw.
"""

import re
import secrets
from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape

from duly_server.web.public.page import frame
from duly_server.web.waiting.lanes import Lane

TICKET = "wait-ticket"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 -- the name of Django's field
_MARK = secrets.token_hex(8)
_PLACE = re.compile(f"{_MARK}-([a-z]+)-{_MARK}")
_TOKEN_SHAPE = re.compile(r"[A-Za-z0-9]{32,64}")


def wait_page(lane: Lane, said: Mapping[str, str], *, ticket: str, seconds: int) -> HttpResponse:
    """503 with Retry-After; kept by no browser, and by no log, which would tell how many came when."""
    values = {"seconds": str(seconds), "ticket": ticket}
    values |= {name: said.get(name, "")[:most] for name, most in lane.kept.items()}
    token = said.get(TOKEN, "")
    values["token"] = token if _TOKEN_SHAPE.fullmatch(token) else ""
    pieces = _drawn(lane.name, settings.DULY_NAME, *lane.kept)
    page = "".join(escape(values[piece]) if at % 2 else piece for at, piece in enumerate(pieces))
    response = HttpResponse(page, status=503)
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django's own way of saying so
    return response


@lru_cache(maxsize=16)
def _drawn(name: str, organisation: str, *kept: str) -> list[str]:
    """The page in pieces: text, name of a value, text, name of a value, ..., text."""
    places = {each: f"{_MARK}-{each}-{_MARK}" for each in ("seconds", "ticket", "token", *kept)}
    context = {"public": frame(leave=name == "send"), "lane": name, "place": places, "ticket_name": TICKET}
    return _PLACE.split(render_to_string("public/wait.html", context))
