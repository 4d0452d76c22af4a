"""The door of the web: reads the clock once, and says who is acting."""

from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from duly_server.gateways.clock import Clock
from duly_server.services.acting import Acting
from duly_server.store.accounts import Account
from duly_server.store.visible import viewer_of

_NOW, _ACTING = "duly.now", "duly.acting"  # kept with the request they belong to; no header can be so named


def clock() -> Clock:
    """The organisation's clock; only the demo and tests can set it."""
    return Clock(settings.DULY_ZONE, day_file=settings.DULY_DAY_FILE)


def now(request: HttpRequest) -> tuple[date, datetime]:
    """Today and the present instant, read once for a request."""
    found: tuple[date, datetime] | None = request.META.get(_NOW)
    if found is None:
        found = request.META[_NOW] = clock().read()
    return found


def acting(request: HttpRequest) -> Acting:
    """Who acts at the desk. The route's rule has made sure that somebody is logged in."""
    found: Acting | None = request.META.get(_ACTING)
    if found is None:
        if not isinstance(request.user, Account):
            raise PermissionDenied
        today, at = now(request)
        viewer = viewer_of(request.user.pk)
        found = request.META[_ACTING] = Acting(viewer=viewer, today=today, at=at)
    return found
