"""What an account shows beside its password: an app's secret, sealed; recovery codes as keyed digests."""

import hmac
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from duly.record.codec import canonical
from duly_server.store.envelope import Unit
from duly_server.store.models import Account, AuthenticatorRow, IdentityRow, PasskeyRow, RecoveryCodeRow
from duly_server.store.units import UnitKeys

_NONCE = 12


class FactorUnreadableError(Exception):
    """The key of a factor is not in the key store, or its row was altered."""


@dataclass(frozen=True, slots=True)
class Held:
    """What an account has. `passkeys` are (key, name, day), oldest first."""

    authenticator_since: date | None
    passkeys: tuple[tuple[str, str, date], ...]
    codes_left: int
    identity_since: date | None

    @property
    def count(self) -> int:
        """How many ways there are to show a second factor, recovery codes not counted."""
        return len(self.passkeys) + (self.authenticator_since is not None)


def held(account: uuid.UUID) -> Held:
    """Four short queries."""
    of_passkeys = PasskeyRow.objects.filter(account_id=account).order_by("added_on", "key")
    since = AuthenticatorRow.objects.filter(account_id=account).values_list("added_on", flat=True).first()
    identity = IdentityRow.objects.filter(account_id=account).values_list("added_on", flat=True).first()
    return Held(
        authenticator_since=since,
        passkeys=tuple(of_passkeys.values_list("key", "name", "added_on")),
        codes_left=RecoveryCodeRow.objects.filter(account_id=account).count(),
        identity_since=identity,
    )


def has_any(account: uuid.UUID) -> bool:
    return (
        AuthenticatorRow.objects.filter(account_id=account).exists()
        or PasskeyRow.objects.filter(account_id=account).exists()
    )


def alone(account: uuid.UUID) -> Account:
    """The account; within a transaction whoever else asks so for it waits until that one ends."""
    return Account.objects.select_for_update().get(pk=account)


def end_sessions(account: Account) -> None:
    """Whoever is logged in to the account no longer is."""
    account.sessions_end()
    account.save(update_fields=["stamp"])


# --- an app of codes ---------------------------------------------------------------------------------------


def keep_secret(account: uuid.UUID, secret: bytes, *, step: int, keys: UnitKeys, on: date) -> None:
    """The secret in place of the one before; the code of this step, and of every one before it, was taken."""
    (unit,) = keys.take(1, on=on)
    nonce = secrets.token_bytes(_NONCE)
    sealed = nonce + AESGCM(unit.key).encrypt(nonce, secret, _belongs(account, unit.unit_id))
    AuthenticatorRow.objects.update_or_create(
        account_id=account,
        defaults={"unit_id": unit.unit_id, "sealed": sealed, "newest": step, "added_on": on},
    )


def secret_of(account: uuid.UUID, keys: UnitKeys) -> bytes | None:
    """None: the account has no app. Raises FactorUnreadableError."""
    row = AuthenticatorRow.objects.filter(account_id=account).first()
    if row is None:
        return None
    unit, sealed = _unit(bytes(row.unit_id), keys), bytes(row.sealed)
    try:
        belongs = _belongs(account, unit.unit_id)
        return AESGCM(unit.key).decrypt(sealed[:_NONCE], sealed[_NONCE:], belongs)
    except InvalidTag:
        raise FactorUnreadableError("The secret of an app does not open: it was altered.") from None


def take_step(account: uuid.UUID, step: int) -> bool:
    """True for one asker alone, and only if no code of this step or a later one was taken before."""
    newer = AuthenticatorRow.objects.filter(account_id=account, newest__lt=step)
    return newer.update(newest=step) == 1


def forget_secret(account: uuid.UUID) -> bool:
    return AuthenticatorRow.objects.filter(account_id=account).delete()[0] == 1


# --- recovery codes ----------------------------------------------------------------------------------------


def keep_codes(account: uuid.UUID, codes: Iterable[str], *, keys: UnitKeys, on: date) -> None:
    """These, and none that were given before."""
    (unit,) = keys.take(1, on=on)
    RecoveryCodeRow.objects.filter(account_id=account).delete()
    RecoveryCodeRow.objects.bulk_create(
        RecoveryCodeRow(digest=_digest(unit, code), account_id=account, unit_id=unit.unit_id)
        for code in codes
    )


def take_code(account: uuid.UUID, code: str, keys: UnitKeys) -> bool:
    """True once for each code. Raises FactorUnreadableError."""
    unit_id = RecoveryCodeRow.objects.filter(account_id=account).values_list("unit_id", flat=True).first()
    if unit_id is None:
        return False
    digest = _digest(_unit(bytes(unit_id), keys), code)
    return RecoveryCodeRow.objects.filter(account_id=account, digest=digest).delete()[0] == 1


# --- passkeys ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Passkey:
    """`credential` as WebAuthn puts it; `counter` as it told last."""

    key: str
    account: uuid.UUID
    credential: bytes
    counter: int


def keep_passkey(
    account: uuid.UUID, key: str, *, name: str, credential: bytes, counter: int, on: date
) -> None:
    """Raises IntegrityError where there is one of this key already, whosever it is."""
    PasskeyRow.objects.create(
        key=key, account_id=account, name=name, credential=credential, counter=counter, newest=0, added_on=on
    )


def passkey(key: str) -> Passkey | None:
    row = PasskeyRow.objects.filter(key=key).first()
    return Passkey(row.key, row.account_id, bytes(row.credential), row.counter) if row else None


def credentials(account: uuid.UUID) -> list[bytes]:
    """Of all passkeys of the account."""
    rows = PasskeyRow.objects.filter(account_id=account).order_by("key")
    return [bytes(each) for each in rows.values_list("credential", flat=True)]


def take_challenge(used: Passkey, *, asked_at: int, counter: int) -> bool:
    """True for one asker alone, and only if no challenge made then or later was answered before."""
    same = PasskeyRow.objects.filter(key=used.key, counter=used.counter, newest__lt=asked_at)
    return same.update(newest=asked_at, counter=counter) == 1


def forget_passkey(account: uuid.UUID, key: str) -> bool:
    return PasskeyRow.objects.filter(account_id=account, key=key).delete()[0] == 1


# --- all of it ---------------------------------------------------------------------------------------------


def forget_all(account: uuid.UUID) -> None:
    """As if nobody had ever set up anything, the identity at a provider included."""
    for table in (AuthenticatorRow, RecoveryCodeRow, PasskeyRow, IdentityRow):
        table.objects.filter(account_id=account).delete()


def _unit(unit_id: bytes, keys: UnitKeys) -> Unit:
    found = keys.find([unit_id])[unit_id]
    if isinstance(found, str):
        raise FactorUnreadableError(found)
    return found


def _belongs(account: uuid.UUID, unit_id: bytes) -> bytes:
    return canonical(["duly/authenticator/1", account.hex, unit_id.hex()])


def _digest(unit: Unit, code: str) -> str:
    key = hmac.digest(unit.key, b"duly/recovery-code/1", "sha256")
    return hmac.new(key, code.encode(), "sha256").hexdigest()
