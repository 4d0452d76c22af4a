"""Codes beside a password: those of an app (RFC 6238), and recovery codes for when the app is gone."""

import base64
import hmac
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from django.core import signing
from django.db import transaction

from duly.vocabulary import Problem, Refused
from duly_server.services.premises import premises
from duly_server.store import factors
from duly_server.store.accounts import Account

STEP = 30  # seconds; with six digits and SHA-1 what every app of this kind knows
DIGITS = 6
AROUND = 1  # steps that a clock may be off
LASTS = timedelta(minutes=30)  # a key that is shown, until it is confirmed
HOW_MANY = 10
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # none that looks like another
_LENGTH = 16  # letters of a recovery code: 80 bits
MOST_OF_NAME = 600  # signs of the office's name as it is written in an address
_SEALED_FOR = "duly.authenticator"

_WRONG = Problem(
    code="code-wrong",
    says="This code is not right, or it was used already.",
    remedy="Wait for the next code of the app. If it is refused again, compare the clock of the device.",
)
_LATE = Problem(
    code="key-too-old",
    says="The key on the page was shown too long ago.",
    remedy="Take the new one that is shown now; remove the old entry from the app.",
)


@dataclass(frozen=True, slots=True)
class Offered:
    """A key to put into an app. `held` goes with the form that confirms it, signed for this account."""

    key: str  # base32, as apps take it
    uri: str
    held: str

    @property
    def in_groups(self) -> str:
        """Four letters at a time, for typing."""
        return " ".join(self.key[at : at + 4] for at in range(0, len(self.key), 4))


def offer(account: Account, *, office: str, at: datetime) -> Offered:
    """A new key. Nothing is kept of it until a code shows that an app has it."""
    return _offered(account, secrets.token_bytes(20), office=office, since=at)


def offered_again(account: Account, held: str, *, office: str, at: datetime) -> Offered | None:
    """The same as it was shown; None if it was not shown to this account, or too long ago."""
    found = _read(account, held, at)
    return None if found is None else _offered(account, found[0], office=office, since=found[1])


def confirm(account: Account, held: str, code: str, *, on: date, at: datetime) -> tuple[str, ...] | Refused:
    """The account has this app from now on, in place of one before.

    Answers recovery codes to be shown once, where the account had none; else nothing.
    """
    found = _read(account, held, at)
    if found is None:
        return Refused((_LATE,))
    step = _step_of(found[0], plain(code), at)
    if step is None:
        return Refused((_WRONG,))
    with transaction.atomic():
        factors.alone(account.pk)
        factors.keep_secret(account.pk, found[0], step=step, keys=premises().journal.keys, on=on)
        return first_codes(account, on=on)


def check(account: uuid.UUID, code: str, *, at: datetime) -> str | None:
    """What the code was, "app" or "recovery", taken so that it is good no more; None: it opens nothing."""
    said, keys = plain(code), premises().journal.keys
    if len(said) == DIGITS:
        secret = factors.secret_of(account, keys)
        step = None if secret is None else _step_of(secret, said, at)
        return "app" if step is not None and factors.take_step(account, step) else None
    return "recovery" if len(said) == _LENGTH and factors.take_code(account, said, keys) else None


def plain(code: str) -> str:
    """As it was given, however it was typed: without spaces and strokes, in small letters."""
    said = "".join(code.split()).replace("-", "").casefold()
    return said.translate(str.maketrans("oil", "011"))


def first_codes(account: Account, *, on: date) -> tuple[str, ...]:
    """Recovery codes where the account has none, to be shown once."""
    return () if factors.held(account.pk).codes_left else new_codes(account, on=on)


def new_codes(account: Account, *, on: date) -> tuple[str, ...]:
    """Ten codes, to be shown once, in place of those before."""
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(HOW_MANY)]
    with transaction.atomic():
        factors.keep_codes(account.pk, codes, keys=premises().journal.keys, on=on)
    return tuple("-".join(code[at : at + 4] for at in range(0, _LENGTH, 4)) for code in codes)


def code_at(secret: bytes, step: int) -> str:
    """RFC 6238 with SHA-1: the code of one step of time."""
    return HOTP(secret, DIGITS, SHA1()).generate(step).decode("ascii")  # noqa: S303 -- RFC 6238 has it so


def _step_of(secret: bytes, code: str, at: datetime) -> int | None:
    """The step this is the code of, among those that a clock may be at."""
    now = int(at.timestamp()) // STEP
    found = [
        step
        for step in range(now - AROUND, now + AROUND + 1)
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode("utf-8", "replace"))
    ]
    return found[-1] if found else None


def _offered(account: Account, secret: bytes, *, office: str, since: datetime) -> Offered:
    key = base64.b32encode(secret).decode("ascii")
    said: Mapping[str, str] = {"secret": key, "issuer": _fitting(office.replace(":", " "))}
    label = f"{quote(said['issuer'])}:{quote(account.login)}"
    held = _signer(account).sign_object({"secret": key, "at": int(since.timestamp())})
    return Offered(key=key, uri=f"otpauth://totp/{label}?{urlencode(said, quote_via=quote)}", held=held)


def _fitting(name: str) -> str:
    """As much of the name as the picture holds: it stands there twice, each letter in up to twelve signs."""
    fits = name
    while len(quote(fits)) > MOST_OF_NAME:
        fits = fits[:-1]
    return fits if fits == name else f"{fits.rstrip()}…"


def _read(account: Account, held: str, at: datetime) -> tuple[bytes, datetime] | None:
    try:
        said = _signer(account).unsign_object(held)
    except signing.BadSignature:
        return None
    since = datetime.fromtimestamp(said["at"], at.tzinfo)
    return (base64.b32decode(said["secret"]), since) if at - since <= LASTS else None


def _signer(account: Account) -> signing.Signer:
    return signing.Signer(salt=f"{_SEALED_FOR}/{account.pk.hex}")
