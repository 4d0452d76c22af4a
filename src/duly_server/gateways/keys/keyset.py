"""The keys of a keyring as values, and as the JSON of its file."""

import base64
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from duly_server.gateways.keys.ring import NoSuchKeyError, Purpose, epoch_of

FORMAT = "duly-keyring/1"


class Standing(StrEnum):
    """`OLD` still opens and checks, and makes nothing new; of a destroyed key only the entry is left."""

    IN_USE = "in use"
    OLD = "old"
    DESTROYED = "destroyed"


class UnreadableError(ValueError):
    """The file is not a keyring of this format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key: `id` is 8 random bytes in hex; `epoch` the month of a wrapping key."""

    id: str
    purpose: Purpose
    created: date
    standing: Standing = Standing.IN_USE
    epoch: str | None = None
    secret: bytes | None = field(repr=False)

    def material(self) -> bytes:
        """The 32 bytes of the key. Raises NoSuchKeyError for one that was destroyed."""
        if self.secret is None:
            raise NoSuchKeyError("This key was destroyed.")
        return self.secret


@dataclass(frozen=True, slots=True)
class KeySet:
    """All keys of one office, in the order they were made."""

    demo: bool
    keys: tuple[Key, ...]

    def in_use(self, purpose: Purpose) -> Key:
        """The newest key in use. Raises NoSuchKeyError."""
        return self._newest(key for key in self.keys if key.purpose is purpose and _makes_new(key))

    def wrapping(self, epoch: str) -> Key | None:
        """The key that wraps in this month, if it was made already."""
        of_epoch = [key for key in self.keys if key.purpose is Purpose.WRAPPING and key.epoch == epoch]
        return next(filter(_makes_new, of_epoch), None)

    def newest_epoch(self) -> str:
        return max((key.epoch or "" for key in self.keys if key.purpose is Purpose.WRAPPING), default="")

    def by_id(self, key_id: bytes) -> Key:
        """The key of this id. Raises NoSuchKeyError, also for one whose secret was destroyed."""
        return self._newest(key for key in self.keys if key.id == key_id.hex() and key.secret is not None)

    def with_key(self, key: Key) -> "KeySet":
        return KeySet(self.demo, (*self.keys, key))

    @staticmethod
    def _newest(found: Iterable[Key]) -> Key:
        keys = list(found)
        if not keys:
            raise NoSuchKeyError("The keyring has no such key.")
        return keys[-1]


def _makes_new(key: Key) -> bool:
    return key.standing is Standing.IN_USE and key.secret is not None


def new_key(purpose: Purpose, *, on: date, epoch: str | None = None) -> Key:
    """A fresh random key of 32 bytes."""
    return Key(
        id=secrets.token_hex(8), purpose=purpose, created=on, epoch=epoch, secret=secrets.token_bytes(32)
    )


def new_keys(*, demo: bool, on: date) -> KeySet:
    """One key of each purpose."""
    return KeySet(
        demo,
        tuple(
            new_key(purpose, on=on, epoch=epoch_of(on) if purpose is Purpose.WRAPPING else None)
            for purpose in Purpose
        ),
    )


def to_json(keys: KeySet) -> str:
    """The text of a keyring's file."""
    entries: list[dict[str, str]] = []
    for key in keys.keys:
        entry = {
            "id": key.id,
            "purpose": key.purpose.value,
            "created": key.created.isoformat(),
            "state": key.standing.value,
        }
        if key.epoch is not None:
            entry["epoch"] = key.epoch
        if key.secret is not None:
            entry["secret"] = base64.b64encode(key.secret).decode("ascii")
        entries.append(entry)
    kind = "demo" if keys.demo else "office"
    return json.dumps({"format": FORMAT, "kind": kind, "keys": entries}, indent=1) + "\n"


def from_json(text: str) -> KeySet:
    """The keys in a keyring's file. Raises UnreadableError; its sentence holds nothing of the file."""
    try:
        whole = json.loads(text)
        if whole["format"] != FORMAT or whole["kind"] not in ("demo", "office"):
            raise UnreadableError("The file is not a keyring of a format this version knows.")
        return KeySet(whole["kind"] == "demo", tuple(_key(entry) for entry in whole["keys"]))
    except (KeyError, TypeError, ValueError) as fault:
        if isinstance(fault, UnreadableError):
            raise
        raise UnreadableError("The file is damaged: it is not the JSON of a keyring.") from None


def _key(entry: Mapping[str, Any]) -> Key:
    standing, secret = Standing(entry["state"]), entry.get("secret")
    if (secret is None) is not (standing is Standing.DESTROYED) or len(bytes.fromhex(entry["id"])) != 8:
        raise UnreadableError("The file is damaged: a key has no secret, or no id.")
    opened = None if secret is None else base64.b64decode(secret, validate=True)
    if opened is not None and len(opened) != 32:
        raise UnreadableError("The file is damaged: a key is not 32 bytes long.")
    return Key(
        id=entry["id"],
        purpose=Purpose(entry["purpose"]),
        created=date.fromisoformat(entry["created"]),
        standing=standing,
        epoch=entry.get("epoch"),
        secret=opened,
    )
