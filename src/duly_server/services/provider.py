"""Coming in by an OpenID provider: the way there, and who came back."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from duly.vocabulary import Refused
from duly_server.gateways import provider as openid
from duly_server.gateways.office_file import Provider
from duly_server.services import invitations
from duly_server.store import identities
from duly_server.store.accounts import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """One way there and back. With an invitation (`token`) whoever comes back takes it under this `login`."""

    state: str
    nonce: str
    verifier: str
    token: str = ""
    login: str = ""


def begin(*, token: str = "", login: str = "") -> Begun:
    """Three secrets for one way: kept by the browser alone, sealed."""
    return Begun(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        token=token,
        login=login,
    )


def way_there(known: Provider, begun: Begun, *, back: str, at: datetime) -> str:
    """Raises ProviderUnreachableError and ProviderRefusedError."""
    found = openid.addresses(known.issuer, at=at.timestamp())
    return openid.way_there(found, _asking(known, begun, back))


def come_back(
    known: Provider, begun: Begun, code: str, *, back: str, at: datetime
) -> Account | Refused | None:
    """Whose account opens; None: none here; refused: the invitation does not hold.

    Raises ProviderUnreachableError, ProviderRefusedError and TokenRefusedError.
    """
    seconds = at.timestamp()
    found = openid.addresses(known.issuer, at=seconds)
    token, keys = openid.whom(found, _asking(known, begun, back), code)
    subject = openid.subject(
        token, keys, issuer=known.issuer, client_id=known.client_id, nonce=begun.nonce, at=seconds
    )
    identity = digest(known.issuer, subject)
    if begun.token:
        return invitations.accept_with_identity(begun.token, login=begun.login, identity=identity, at=at)
    return identities.account_of(identity)


def digest(issuer: str, subject: str) -> str:
    """What is kept of an identity. No address has a NUL in it, so that the two can't run into each other."""
    return hashlib.sha256(f"duly/identity/1\0{issuer}\0{subject}".encode()).hexdigest()


def _asking(known: Provider, begun: Begun, back: str) -> openid.Asking:
    return openid.Asking(
        client_id=known.client_id,
        client_secret=known.client_secret,
        back=back,
        state=begun.state,
        nonce=begun.nonce,
        verifier=begun.verifier,
    )
