"""How far somebody has come in: the password alone opens nothing but the way to a second factor.

Kept in the session. Halfway, nobody is logged in yet as far as Django knows. Somebody who is logged in and
has not entered has no second factor at all, and is led to setting one up.
"""

from hmac import compare_digest
from typing import TypedDict
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, update_session_auth_hash
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from duly_server.store import accounts, factors
from duly_server.store.accounts import Account
from duly_server.web.door import now

HALFWAY_LASTS = 600  # seconds from the password to the code
FRESH = 900  # seconds from a second factor to changing what one comes in by
_ENTERED, _HALFWAY = "duly.entered", "duly.halfway"
PROVIDER = "provider"


class Entered(TypedDict):
    """`by` is app, recovery, passkey, provider or demo; `at` in seconds since 1970."""

    by: str
    at: int


def has_entered(request: HttpRequest) -> bool:
    """Whether the desk is open to this browser, as far as logging in goes."""
    return settings.DULY_DEMO or _ENTERED in request.session


def is_fresh(request: HttpRequest) -> bool:
    """Whether a second factor was shown so lately that what one comes in by may be changed."""
    said: Entered | None = request.session.get(_ENTERED)
    return settings.DULY_DEMO or (said is not None and 0 <= _seconds(request) - said["at"] <= FRESH)


def came_by(request: HttpRequest) -> str:
    said: Entered | None = request.session.get(_ENTERED)
    return said["by"] if said else ""


def enter(request: HttpRequest, account: Account, *, by: str) -> None:
    """The desk is open to this browser from now on."""
    if request.user.is_authenticated and request.user.pk == account.pk:
        request.session.cycle_key()
    else:
        _log_in(request, account)
    mark(request, by=by)


def mark(request: HttpRequest, *, by: str) -> None:
    """Whoever is logged in has just shown a second factor."""
    request.session.pop(_HALFWAY, None)
    request.session[_ENTERED] = Entered(by=by, at=_seconds(request))


def begin(request: HttpRequest, account: Account) -> bool:
    """The first step was right. True: logged in, with a second factor still to be set up; False: halfway."""
    if not factors.has_any(account.pk):
        _log_in(request, account)
        request.session.pop(_ENTERED, None)
        return True
    request.session.flush()  # whoever was logged in here before is not any more
    said = account.get_session_auth_hash()
    request.session[_HALFWAY] = {"account": account.pk.hex, "at": _seconds(request), "hash": said}
    return False


def halfway(request: HttpRequest) -> Account | None:
    """Whoever has shown the first step in this browser, and neither too long ago nor before a change."""
    said = request.session.get(_HALFWAY)
    if said is None or not 0 <= _seconds(request) - said["at"] <= HALFWAY_LASTS:
        return None
    account = accounts.by_key(UUID(said["account"]))
    if account is None or not compare_digest(account.get_session_auth_hash(), said["hash"]):
        return None
    return account


def others_end(request: HttpRequest, account: Account) -> None:
    """What the account comes in by was changed: every other session of it ends, and this one goes on."""
    factors.end_sessions(account)
    update_session_auth_hash(request, account)


def way_back(request: HttpRequest, asked: str, otherwise: str = "") -> str:
    """Where somebody wanted to go, if that is a page of this office."""
    allowed = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if allowed else otherwise or reverse("desk-today")


def led_to(name: str, *, back: str) -> HttpResponseRedirect:
    """To this page, which leads back in the end."""
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': back})}", status=303)


def _log_in(request: HttpRequest, account: Account) -> None:
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])


def _seconds(request: HttpRequest) -> int:
    return int(now(request)[1].timestamp())
