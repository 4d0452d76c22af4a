"""Asking a provider: where it is to be asked, whom it let in, and with which keys it signs.

No redirect is followed, an answer has a size and a time, and only few ask at once: a provider that hangs
holds up few of the threads that complaints need.
"""

import base64
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPException
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

PATIENCE = 5  # seconds for one answer
MOST = 200_000  # bytes of one answer
AT_ONCE = 2
ASKED_AGAIN = 3600  # seconds after which a provider is asked anew where it is to be asked
LEFT_ALONE = 20  # seconds for which one that could not be reached is not asked
_HERE = ("127.0.0.1", "localhost", "::1")


class ProviderUnreachableError(Exception):
    """The provider did not answer, or too many are asking it already."""


class ProviderRefusedError(Exception):
    """The provider answered, and not with what was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where a provider sends people, where it is asked for its word, and where its keys are."""

    issuer: str
    there: str
    word: str
    keys: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One asking. `back` is where the provider sends people back to; `verifier` only we know (PKCE)."""

    client_id: str
    client_secret: str
    back: str
    state: str
    nonce: str
    verifier: str


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect)
_room = threading.BoundedSemaphore(AT_ONCE)
_known: dict[str, tuple[float, Addresses | None]] = {}


def addresses(issuer: str, *, at: float) -> Addresses:
    """As the provider says them (OpenID Connect Discovery 1.0), remembered for an hour. `at` in seconds.

    Raises ProviderUnreachableError and ProviderRefusedError.
    """
    since, found = _known.get(issuer, (0.0, None))
    if found is not None and 0 <= at - since < ASKED_AGAIN:
        return found
    if issuer in _known and found is None and 0 <= at - since < LEFT_ALONE:
        raise ProviderUnreachableError
    try:
        said = _asked(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    except ProviderUnreachableError:
        _known[issuer] = (at, None)
        raise
    if said.get("issuer") != issuer:
        raise ProviderRefusedError("It calls itself by another name than the settings do.")
    made = Addresses(
        issuer=issuer,
        there=_address(said.get("authorization_endpoint")),
        word=_address(said.get("token_endpoint")),
        keys=_address(said.get("jwks_uri")),
    )
    _known[issuer] = (at, made)
    return made


def way_there(found: Addresses, asking: Asking) -> str:
    """Where somebody is sent to be let in: by a code, with PKCE; asked is who they are, and no more."""
    challenge = base64.urlsafe_b64encode(sha256(asking.verifier.encode()).digest()).rstrip(b"=")
    said = {
        "response_type": "code",
        "scope": "openid",
        "client_id": asking.client_id,
        "redirect_uri": asking.back,
        "state": asking.state,
        "nonce": asking.nonce,
        "code_challenge": challenge.decode("ascii"),
        "code_challenge_method": "S256",
    }
    return f"{found.there}{'&' if urlsplit(found.there).query else '?'}{urlencode(said)}"


def whom(found: Addresses, asking: Asking, code: str) -> tuple[str, Mapping[str, Any]]:
    """The ID token for this code, and the provider's keys as it has them now. Raises as above."""
    said = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": asking.back,
        "code_verifier": asking.verifier,
    }
    head: dict[str, str] = {}
    if asking.client_secret:  # RFC 6749, 2.3.1: both are written as in a form first
        pair = f"{quote(asking.client_id, safe='')}:{quote(asking.client_secret, safe='')}"
        head["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode("ascii")
    else:
        said["client_id"] = asking.client_id
    token = _asked(found.word, urlencode(said).encode(), head).get("id_token")
    if not isinstance(token, str):
        raise ProviderRefusedError("It gave no ID token.")
    return token, _asked(found.keys)


def _asked(url: str, body: bytes | None = None, head: Mapping[str, str] | None = None) -> dict[str, Any]:
    said = {"Accept": "application/json", **(head or {})}
    request = urllib.request.Request(url, body, said)  # noqa: S310 -- http and https alone get here
    try:
        with _entered(), _opener.open(request, timeout=PATIENCE) as answer:
            text = answer.read(MOST + 1)
    except urllib.error.HTTPError as fault:
        fault.close()
        if fault.code >= 500:
            raise ProviderUnreachableError from None
        raise ProviderRefusedError(f"It answered {fault.code}.") from None
    except (OSError, HTTPException):
        raise ProviderUnreachableError from None
    try:
        found = json.loads(text) if len(text) <= MOST else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ProviderRefusedError("What it answered can't be read.")
    return found


@contextmanager
def _entered() -> Iterator[None]:
    if not _room.acquire(timeout=0.5):
        raise ProviderUnreachableError
    try:
        yield
    finally:
        _room.release()


def _address(said: object) -> str:
    if isinstance(said, str) and said.isprintable():
        parts = urlsplit(said)
        if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE):
            return said
    raise ProviderRefusedError("An address it named is none that may be asked.")
