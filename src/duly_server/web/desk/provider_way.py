"""The way to a provider and back, kept by the browser alone in a sealed cookie until it comes back."""

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from duly_server.services.provider import Begun

COOKIE = "duly-provider"
PATH = "/login/provider"
LASTS = 600  # seconds from going there to coming back
_NONCE = 12


@dataclass(frozen=True, slots=True)
class Way:
    """`at` in seconds since 1970; `next` is where whoever comes back wants to go."""

    begun: Begun
    next: str
    at: int


def keep(response: HttpResponse, way: Way) -> None:
    nonce = secrets.token_bytes(_NONCE)
    sealed = nonce + _cipher().encrypt(nonce, json.dumps(asdict(way)).encode(), COOKIE.encode())
    response.set_cookie(
        COOKIE,
        signing.b64_encode(sealed).decode("ascii"),
        max_age=LASTS,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",  # whoever comes back comes from elsewhere
    )


def read(request: HttpRequest, *, at: int) -> Way | None:
    """None: this browser was not sent there, or too long ago."""
    try:
        sealed = signing.b64_decode(request.COOKIES.get(COOKIE, "").encode("ascii"))
        said = json.loads(_cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], COOKIE.encode()))
    except (ValueError, InvalidTag):
        return None
    way = Way(begun=Begun(**said["begun"]), next=said["next"], at=said["at"])
    return way if 0 <= at - way.at <= LASTS else None


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def _cipher() -> AESGCM:
    return AESGCM(hashlib.sha256(b"duly/provider-way/1\0" + settings.SECRET_KEY.encode()).digest())
