"""Sealed parts: what names or narrates, encrypted under the key of its erasure unit.

A sealed part is `"DULY1" | key id 8 | unit id 16 | nonce 12 | AES-256-GCM(salt 32 | canonical part)`. Where
it belongs (log, chain, place, part, commitment) is associated data, and so is the header: moved to another
row, swapped or cut short it does not open. The exact bytes are in docs/reference/record.md.
"""

import secrets
from dataclasses import dataclass, field
from datetime import date
from hmac import compare_digest
from typing import NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from duly.record.codec import canonical
from duly.record.seal import SALT_LENGTH, commit_to_bytes

_MAGIC = b"DULY1"
_HEADER = len(_MAGIC) + 8 + 16
_NONCE = 12
_TAG = 16
_COPIES = b"DULYK1"
_BY_WRAPPING_KEY = 1  # the only kind of copy so far: AES key wrap under the office's wrapping key


class CannotOpenError(Exception):
    """Sealed bytes do not open; nothing of them is given out. The sentence says how far it got."""


class Wrapping(Protocol):
    """The two verbs of a keyring that the key store needs (`gateways.keys`)."""

    def wrap(self, secret: bytes, *, on: date) -> tuple[str, bytes, bytes]:
        """The epoch, the id of the wrapping key (8 bytes), and `secret` wrapped."""
        ...

    def unwrap(self, key_id: bytes, data: bytes) -> bytes:
        """The secret; raises LookupError for a key it has not, ValueError for bytes that do not unwrap."""
        ...


@dataclass(frozen=True, slots=True)
class Unit:
    """An erasure unit with its key in hand. `key_id` names the wrapping key it came from."""

    unit_id: bytes
    key_id: bytes
    key: bytes = field(repr=False)


class WrappedUnit(NamedTuple):
    """What the key store keeps of a unit: `epoch` of the wrapping key, and the wrapped copies of the key."""

    unit_id: bytes
    epoch: str
    wrapped: bytes


def new_unit(keys: Wrapping, *, on: date) -> tuple[Unit, WrappedUnit]:
    """A fresh unit, and its row for the key store, which must be stored before any fact that needs it."""
    unit_id, key = secrets.token_bytes(16), secrets.token_bytes(32)
    epoch, key_id, data = keys.wrap(unit_id + key, on=on)
    copy = bytes((_BY_WRAPPING_KEY,)) + key_id + len(data).to_bytes(2) + data
    return Unit(unit_id, key_id, key), WrappedUnit(unit_id, epoch, _COPIES + bytes((1,)) + copy)


def open_unit(keys: Wrapping, unit_id: bytes, wrapped: bytes) -> Unit:
    """The unit whose wrapped copies these are. Raises CannotOpenError."""
    says = "None of the wrapped copies of this unit's key is under a key of this keyring."
    for kind, key_id, data in _copies(wrapped):
        if kind != _BY_WRAPPING_KEY:
            continue
        try:
            secret = keys.unwrap(key_id, data)
        except LookupError:
            continue
        except ValueError:
            says = "The wrapped key of this unit was altered."
            continue
        if len(secret) == 48 and compare_digest(secret[:16], unit_id):
            return Unit(unit_id, key_id, secret[16:])
        says = "The wrapped key that stands here is another unit's."
    raise CannotOpenError(says)


def _copies(wrapped: bytes) -> list[tuple[int, bytes, bytes]]:
    """Each wrapped copy: its kind, the id of the key that wraps it, and the bytes."""
    copies: list[tuple[int, bytes, bytes]] = []
    at = len(_COPIES) + 1
    if len(wrapped) < at or wrapped[: at - 1] != _COPIES:
        raise CannotOpenError("What stands in the key store is no wrapped key.")
    for _ in range(wrapped[at - 1]):
        size = int.from_bytes(wrapped[at + 9 : at + 11])
        if len(wrapped) < at + 11 + size:
            raise CannotOpenError("What stands in the key store was cut short.")
        copies.append((wrapped[at], wrapped[at + 1 : at + 9], wrapped[at + 11 : at + 11 + size]))
        at += 11 + size
    if at != len(wrapped):
        raise CannotOpenError("What stands in the key store has something after its end.")
    return copies


def associated_data(*, origin: str, chain: str, place: int, part: str, commitment: bytes) -> bytes:
    """Where a sealed part belongs, as the bytes it is sealed with."""
    return canonical(["duly/sealed/1", origin, chain, place, part, commitment.hex()])


def fresh_salt() -> bytes:
    """A salt for one part: used once, sealed with the part, never stored beside it."""
    return secrets.token_bytes(SALT_LENGTH)


def seal_part(unit: Unit, aad: bytes, salt: bytes, content: bytes) -> bytes:
    """The sealed bytes of a part: `content` is its canonical form, `aad` from `associated_data`.

    The nonce is random: sealing one part twice gives different bytes.
    """
    if len(salt) != SALT_LENGTH:
        raise ValueError(f"A salt has {SALT_LENGTH} bytes.")
    header = _MAGIC + unit.key_id + unit.unit_id
    if len(header) != _HEADER:
        raise ValueError("A unit's id has 16 bytes, a wrapping key's 8.")
    nonce = secrets.token_bytes(_NONCE)
    return header + nonce + AESGCM(unit.key).encrypt(nonce, salt + content, header + aad)


def unit_of(sealed: bytes) -> bytes:
    """The id of the unit a part is sealed under. Raises CannotOpenError for what is no sealed part."""
    if len(sealed) < _HEADER + _NONCE + SALT_LENGTH + _TAG or not sealed.startswith(_MAGIC):
        raise CannotOpenError("This is no sealed part, or it was cut short.")
    return sealed[_HEADER - 16 : _HEADER]


def open_part(unit: Unit, aad: bytes, sealed: bytes, *, commitment: bytes) -> tuple[bytes, bytes]:
    """The salt and the content of a sealed part, held against the commitment of its fact.

    Raises CannotOpenError, and gives out nothing, where anything does not fit.
    """
    if unit_of(sealed) != unit.unit_id:
        raise CannotOpenError("This part is sealed under the key of another unit.")
    header, nonce = sealed[:_HEADER], sealed[_HEADER : _HEADER + _NONCE]
    try:
        opened = AESGCM(unit.key).decrypt(nonce, sealed[_HEADER + _NONCE :], header + aad)
    except InvalidTag:
        raise CannotOpenError("This part does not open: it was altered, or it belongs elsewhere.") from None
    salt, content = opened[:SALT_LENGTH], opened[SALT_LENGTH:]
    if not compare_digest(commit_to_bytes(salt, content), commitment):
        raise CannotOpenError("This part opens, but it is not what the fact commits to.")
    return salt, content
