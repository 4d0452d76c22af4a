"""Passkeys (WebAuthn): made by an officer, and enough by themselves, since each makes sure who holds it.

What a page asks is not kept here: the challenge and its moment go with the form, under the office's
signature. A challenge is answered once, for an answer to an older one than the newest answered is refused.
"""

import hashlib
import ipaddress
import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.core import signing
from django.db import IntegrityError, transaction
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from duly.vocabulary import Problem, Refused
from duly_server.services import codes
from duly_server.store import accounts, factors
from duly_server.store.accounts import Account

LASTS = timedelta(minutes=15)  # a page that asks for one
LONGEST_ANSWER = 20_000  # characters
LONGEST_NAME = 100
_ALWAYS = UserVerificationRequirement.REQUIRED
_NO_MODEL = b"\0" * 16  # which make of device it is, nobody here needs to know

_NOT_TAKEN = Problem(
    code="passkey-not-taken",
    says="This passkey was not taken: the page was open too long, or what the browser sent does not fit.",
    remedy="Try again on the page as it is now.",
)
_THERE = Problem(
    code="passkey-there",
    says="This passkey is set up here already.",
    remedy="Use another device for another.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser is to be asked, as JSON (`options`), and what goes with the form to know it by."""

    options: str
    state: str


def are_possible(address: str) -> bool:
    """Browsers make passkeys for names over TLS, and for localhost; never for a bare address."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return parts.scheme == "https" or host == "localhost"
    return False


# --- making one --------------------------------------------------------------------------------------------


def ask_for_new(account: Account, *, address: str, office: str, at: datetime) -> Asked:
    """One that the account does not have yet."""
    challenge = secrets.token_bytes(32)
    user = PublicKeyCredentialUserEntity(id=account.pk.bytes, name=account.login, display_name=account.name)
    options, _ = _server(address, office).register_begin(
        user,
        _known(account),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=_ALWAYS,
        challenge=challenge,
    )
    return Asked(json.dumps(dict(options)), _state(challenge, at, _making(account)))


def make(
    account: Account, state: str, answer: str, *, name: str, address: str, on: date, at: datetime
) -> tuple[str, ...] | Refused:
    """The account has this passkey from now on; recovery codes to be shown once, where it had none."""
    challenge, _ = _read(state, at, _making(account)) or (b"", 0)
    made = _made(challenge, answer, address) if challenge else None
    if made is None or made.credential_data is None:
        return Refused((_NOT_TAKEN,))
    data = made.credential_data
    kept = AttestedCredentialData.create(_NO_MODEL, data.credential_id, data.public_key)
    try:
        with transaction.atomic():
            factors.alone(account.pk)
            factors.keep_passkey(
                account.pk,
                _key(data.credential_id),
                name=name.strip() or "Passkey",
                credential=bytes(kept),
                counter=made.counter,
                on=on,
            )
            return codes.first_codes(account, on=on)
    except IntegrityError:
        return Refused((_THERE,))


# --- coming in by one --------------------------------------------------------------------------------------


def ask(account: Account | None, *, address: str, office: str, at: datetime) -> Asked:
    """Any that the device has for this office; or one of this account."""
    challenge = secrets.token_bytes(32)
    known = _known(account) if account else None
    options, _ = _server(address, office).authenticate_begin(
        known, user_verification=_ALWAYS, challenge=challenge
    )
    return Asked(json.dumps(dict(options)), _state(challenge, at, "use"))


def check(state: str, answer: str, *, address: str, at: datetime) -> Account | None:
    """Whose passkey answered, taken so that the same answer is good no more; None whatever was wrong."""
    challenge, asked_at = _read(state, at, "use") or (b"", 0)
    if not challenge:
        return None
    response = _parsed(answer)
    passkey = factors.passkey(_key(response.raw_id)) if response else None
    if response is None or passkey is None:
        return None
    handle = response.response.user_handle
    if handle is not None and handle != passkey.account.bytes:
        return None
    if not _answers(response, challenge, passkey.credential, address):
        return None
    counter = response.response.authenticator_data.counter
    if (counter or passkey.counter) and counter <= passkey.counter:
        return None  # it counts, and was here later already: somebody has a copy of it
    if not factors.take_challenge(passkey, asked_at=asked_at, counter=counter):
        return None
    return accounts.by_key(passkey.account)


# --- inside ------------------------------------------------------------------------------------------------


def _server(address: str, office: str = "") -> Fido2Server:
    parts = urlsplit(address)
    origin = f"{parts.scheme}://{parts.netloc}"
    rp = PublicKeyCredentialRpEntity(id=parts.hostname or "", name=office or "Duly")
    none = AttestationConveyancePreference.NONE
    return Fido2Server(rp, attestation=none, verify_origin=lambda said: said == origin)


def _made(challenge: bytes, answer: str, address: str) -> AuthenticatorData | None:
    try:
        response = RegistrationResponse.from_dict(json.loads(answer[:LONGEST_ANSWER]))
        if response.response.client_data.cross_origin:
            return None
        return _server(address).register_complete(_expected(challenge), response)
    except Exception:  # whatever a browser sends that is no answer, the parser stumbles in its own way
        return None


def _parsed(answer: str) -> AuthenticationResponse | None:
    try:
        response = AuthenticationResponse.from_dict(json.loads(answer[:LONGEST_ANSWER]))
        return None if response.response.client_data.cross_origin else response
    except Exception:  # the same
        return None


def _answers(response: AuthenticationResponse, challenge: bytes, credential: bytes, address: str) -> bool:
    try:
        known = [AttestedCredentialData(credential)]
        _server(address).authenticate_complete(_expected(challenge), known, response)
    except Exception:  # the same
        return False
    return True


def _expected(challenge: bytes) -> dict[str, object]:
    return {"challenge": websafe_encode(challenge), "user_verification": _ALWAYS}


def _known(account: Account) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            type=PublicKeyCredentialType.PUBLIC_KEY, id=AttestedCredentialData(each).credential_id
        )
        for each in factors.credentials(account.pk)
    ]


def _key(credential_id: bytes) -> str:
    return hashlib.sha256(credential_id).hexdigest()


def _making(account: Account) -> str:
    return f"make/{account.pk.hex}"


def _state(challenge: bytes, at: datetime, what: str) -> str:
    said = {"challenge": websafe_encode(challenge), "at": round(at.timestamp() * 1_000_000)}
    return signing.Signer(salt=f"duly.passkey/{what}").sign_object(said)


def _read(state: str, at: datetime, what: str) -> tuple[bytes, int] | None:
    """The challenge and when it was made, in microseconds since 1970; None if it is none, or too old."""
    try:
        said = signing.Signer(salt=f"duly.passkey/{what}").unsign_object(state)
    except signing.BadSignature:
        return None
    age = at.timestamp() - said["at"] / 1_000_000
    return (websafe_decode(said["challenge"]), said["at"]) if age <= LASTS.total_seconds() else None
