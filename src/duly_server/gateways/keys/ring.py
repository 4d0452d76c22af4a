"""What the office needs of its keys: to wrap and unwrap unit keys, to make keyed digests, to sign."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol

from duly.vocabulary import Problem


class Purpose(StrEnum):
    """What a key is for. The keys are independent: none is derived from another."""

    WRAPPING = "wrapping"  # one for each month; wraps the keys of erasure units
    INDEX_RESPONDENT = (
        "index/respondent"  # who is behind a party: one for each role, so that tokens don't join
    )
    INDEX_COMPLAINANT = "index/complainant"
    INDEX_WITNESS = "index/witness"
    FINGERPRINT = "fingerprint"  # addresses of exhibits, marks of near-duplicates
    RECEIPT = "receipt"  # receipt codes; lost, and anonymous reporters can never return
    RECEIPT_SALT = "receipt-salt"
    LOG = "log"  # Ed25519: checkpoints, certificates
    DJANGO = "django"  # sessions


FOR_DIGESTS = frozenset(
    (
        Purpose.INDEX_RESPONDENT,
        Purpose.INDEX_COMPLAINANT,
        Purpose.INDEX_WITNESS,
        Purpose.FINGERPRINT,
        Purpose.RECEIPT,
    )
)
GIVEN_OUT = frozenset((Purpose.RECEIPT_SALT, Purpose.DJANGO))  # used by others than the keyring


class KeysRefusedError(Exception):
    """The keyring cannot be used as it lies there; `problems` say why, each with its remedy."""

    trouble = "KEYS"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class NoSuchKeyError(LookupError):
    """The keyring has no such key, or its secret was destroyed."""


class Wrapped(NamedTuple):
    """A wrapped secret: `epoch` ("2026-04") and `key_id` (8 bytes) of the key that wraps it."""

    epoch: str
    key_id: bytes
    data: bytes


class KeyRing(Protocol):
    """The keys of one office. All methods may be called from any thread."""

    @property
    def is_demo(self) -> bool:
        """True for throw-away keys, which must never serve beyond the machine itself."""
        ...

    def wrap(self, secret: bytes, *, on: date) -> Wrapped:
        """`secret` (whole multiples of 8 bytes, at least 16) under the wrapping key of the month of `on`."""
        ...

    def unwrap(self, key_id: bytes, data: bytes) -> bytes:
        """The secret. Raises NoSuchKeyError; ValueError where the bytes were altered."""
        ...

    def mac(self, purpose: Purpose, data: bytes) -> bytes:
        """HMAC-SHA256 of `data` under the key of this purpose, one of FOR_DIGESTS."""
        ...

    def key_id(self, purpose: Purpose) -> str:
        """Which key `mac` and `sign` use now, for columns that must outlive it."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The Ed25519 signature of the log over `data`, 64 bytes."""
        ...

    def public_key(self) -> bytes:
        """The public half of the log's signing key, 32 bytes."""
        ...

    def public_keys(self) -> tuple[bytes, ...]:
        """The public halves of all log keys, old ones too, that the keyring still has."""
        ...

    def secret(self, purpose: Purpose) -> bytes:
        """The bytes of a secret that others use, one of GIVEN_OUT."""
        ...


def epoch_of(day: date) -> str:
    """The month whose wrapping key is in use on this day, "2026-04"."""
    return day.isoformat()[:7]
