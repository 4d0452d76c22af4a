"""The door of the web: reads the clock once, and says who is acting."""

from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest

from duly_server.gateways.clock import Clock
from duly_server.services.acting import Acting
from duly_server.store.visible import viewer_of


def clock() -> Clock:
    """The organisation's clock; only the demo and tests can set it."""
    return Clock(settings.DULY_ZONE, day_file=settings.DULY_DAY_FILE)


def now(request: HttpRequest) -> tuple[date, datetime]:
    """Today and the present instant, read once for a request."""
    found = getattr(request, "_duly_now", None)
    if found is None:
        found = clock().read()
        request._duly_now = found  # type: ignore[attr-defined]  # kept with the request it belongs to
    return found  # type: ignore[no-any-return]  # set two lines above


def acting(request: HttpRequest) -> Acting:
    """Who acts at the desk. The route's rule has made sure that somebody is logged in."""
    found = getattr(request, "_duly_acting", None)
    if found is None:
        today, at = now(request)
        found = Acting(viewer=viewer_of(request.user.pk), today=today, at=at)
        request._duly_acting = found  # type: ignore[attr-defined]  # kept with the request it belongs to
    return found  # type: ignore[no-any-return]  # set two lines above
