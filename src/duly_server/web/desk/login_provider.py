"""Logging in by the office's OpenID provider, and taking an invitation by it."""

from hashlib import sha256
from hmac import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from duly.vocabulary import Refused
from duly_server.gateways.office_file import Provider
from duly_server.gateways.provider import ProviderRefusedError, ProviderUnreachableError, TokenRefusedError
from duly_server.services import provider
from duly_server.store.accounts import Account
from duly_server.web import door, entered
from duly_server.web.desk import provider_way
from duly_server.web.desk.login import frame
from duly_server.web.desk.provider_way import Way
from duly_server.web.desk.steps_asked import REFUSED
from duly_server.web.waiting import gate

UNREACHABLE = 503
LONGEST_CODE = 4000
LONGEST_NEXT = 1000

_NOT_TRUSTED = (
    "What came back from there is not what this office asked for: the page was open too long, it was opened"
    " twice, or something between went wrong. Nothing was opened."
)
_NOBODY = (
    "Whom {name} let in has no account here by it. Who is appointed gets an invitation, and takes it by"
    " {name} once; after that they come in by {name} alone."
)
_AWAY = (
    "{name} does not answer now. Try again in a minute. Whoever has a password or a passkey here can use it."
)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """There."""
    known = _provider()
    wanted = entered.way_back(request, request.GET.get("next", "")[:LONGEST_NEXT])
    there = _begun(request, known, wanted)
    if isinstance(there, HttpResponse):
        return there
    url, way = there
    response = HttpResponseRedirect(url, status=303)
    provider_way.keep(response, way)
    add_never_cache_headers(response)
    return response


@sensitive_variables()
def go_on(request: HttpRequest, token: str, login: str) -> HttpResponse:
    """There with an invitation: by a link, since no form of ours leads to another site."""
    known = _provider()
    there = _begun(request, known, reverse("desk-today"), token=token, login=login)
    if isinstance(there, HttpResponse):
        return there
    url, way = there
    minutes = provider_way.LASTS // 60
    says = f"There you show who you are. Come back within {minutes} minutes: then your invitation is taken."
    response = _page(
        request, f"On to {known.name}", says, way=url, label=f"Go on to {known.name}", status=200
    )
    provider_way.keep(response, way)
    return response


@require_safe
@sensitive_variables()
def back(request: HttpRequest) -> HttpResponse:
    """And back: let in, or told why not in words that tell nothing of any account."""
    known = _provider()
    today, at = door.now(request)
    way = provider_way.read(request, at=int(at.timestamp()))
    if way is None or not _is_ours(request, known, way):
        return _refused(request, known, _NOT_TRUSTED)
    number = sha256(way.begun.state.encode()).digest()[:16]
    until = way.at + provider_way.LASTS + 1
    if not gate.counts().spend(number, until=until, at=at.timestamp(), day=today.isoformat()):
        return _refused(request, known, _NOT_TRUSTED)
    code = request.GET.get("code", "")
    if not code or len(code) > LONGEST_CODE:
        return _refused(request, known, f"{known.name} did not let you in.")
    try:
        found = provider.come_back(known, way.begun, code, back=_back_url(), at=at)
    except ProviderUnreachableError:
        return _refused(request, known, _AWAY.format(name=known.name), status=UNREACHABLE)
    except (ProviderRefusedError, TokenRefusedError):
        return _refused(request, known, _NOT_TRUSTED)
    if found is None:
        return _refused(request, known, _NOBODY.format(name=known.name))
    if isinstance(found, Refused):
        return _refused(request, known, " ".join(map(str, found.problems)))
    return _let_in(request, known, found, way.next)


def _let_in(request: HttpRequest, known: Provider, account: Account, wanted: str) -> HttpResponse:
    if known.second_factor == "provider":
        entered.enter(request, account, by=entered.PROVIDER)
        response = HttpResponseRedirect(wanted, status=303)
    elif entered.begin(request, account):
        response = HttpResponseRedirect(wanted, status=303)
    else:
        response = entered.led_to("login-second", back=wanted)
    provider_way.forget(response)
    return response


def _provider() -> Provider:
    known: Provider | None = settings.DULY_PROVIDER
    if known is None:
        raise Http404
    return known


def _begun(
    request: HttpRequest, known: Provider, wanted: str, *, token: str = "", login: str = ""
) -> tuple[str, Way] | HttpResponse:
    _, at = door.now(request)
    begun = provider.begin(token=token, login=login)
    try:
        url = provider.way_there(known, begun, back=_back_url(), at=at)
    except ProviderUnreachableError:
        return _refused(request, known, _AWAY.format(name=known.name), status=UNREACHABLE)
    except ProviderRefusedError:
        return _refused(request, known, _NOT_TRUSTED)
    return url, Way(begun, wanted, int(at.timestamp()))


def _is_ours(request: HttpRequest, known: Provider, way: Way) -> bool:
    """Whether what came back was begun in this browser, and says it comes from this provider (RFC 9207)."""
    state = request.GET.get("state", "").encode("utf-8", "replace")
    is_from = request.GET.get("iss", known.issuer)
    return compare_digest(state, way.begun.state.encode()) and is_from == known.issuer


def _refused(request: HttpRequest, known: Provider, says: str, *, status: int = REFUSED) -> HttpResponse:
    title = f"You were not let in by {known.name}"
    response = _page(request, title, says, way=reverse("login"), label="Back to logging in", status=status)
    provider_way.forget(response)
    return response


def _page(request: HttpRequest, title: str, says: str, *, way: str, label: str, status: int) -> HttpResponse:
    context = {"public": frame(), "title": title, "says": says, "way": way, "label": label}
    response = render(request, "desk/signing_in/provider.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _back_url() -> str:
    return f"{settings.DULY_ADDRESS}{reverse('login-provider-back')}"
