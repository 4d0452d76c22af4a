"""The keyring in a file: the provider an office starts with, and the throw-away one of the demo."""

import base64
import fcntl
import hmac
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from duly.vocabulary import Problem
from duly_server.gateways.keys.checks import DJANGO_SECRET, KEYRING, lying_open
from duly_server.gateways.keys.keyset import (
    Key,
    KeySet,
    UnreadableError,
    from_json,
    new_key,
    new_keys,
    to_json,
)
from duly_server.gateways.keys.ring import (
    FOR_DIGESTS,
    GIVEN_OUT,
    KeysRefusedError,
    NoSuchKeyError,
    Purpose,
    Wrapped,
    epoch_of,
)


class FileKeyRing:
    """A keyring in `folder` (0700): its file (0600), read once and again only when a key is missing."""

    def __init__(self, folder: Path, keys: KeySet) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._take(keys)

    @classmethod
    def create(cls, folder: Path, *, on: date, demo: bool = False) -> "FileKeyRing":
        """A new keyring with one key of each purpose. Raises KeysRefusedError where there is one already.

        `on` is the day it is made, and gives the month of the first wrapping key.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if problems := lying_open(folder):
            raise KeysRefusedError(problems)
        with _alone(folder):
            if (folder / KEYRING).exists():
                raise KeysRefusedError((_there_already(folder),))
            keys = new_keys(demo=demo, on=on)
            django = keys.in_use(Purpose.DJANGO).material()
            write_durably(folder / DJANGO_SECRET, base64.urlsafe_b64encode(django).decode("ascii"))
            write_durably(folder / KEYRING, to_json(keys))
        return cls(folder, keys)

    @classmethod
    def open(cls, folder: Path) -> "FileKeyRing":
        """The keyring in this folder. Raises KeysRefusedError where others can read it, or it is none.

        `checks.refusals` also asks where the folder lies and whom the office serves.
        """
        if problems := lying_open(folder):
            raise KeysRefusedError(problems)
        return cls(folder, _read(folder))

    @classmethod
    def demo(cls, *, on: date) -> "FileKeyRing":
        """Throw-away keys in a temporary folder, marked as such; `discard` removes them."""
        return cls.create(Path(tempfile.mkdtemp(prefix="duly-demo-keys-")), on=on, demo=True)

    def discard(self) -> None:
        """Removes the keys of a demo from the disk. Refuses those of an office."""
        if not self.is_demo:
            raise ValueError("Only the keys of a demo can be thrown away.")
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def is_demo(self) -> bool:
        return self._keys.demo

    def wrap(self, secret: bytes, *, on: date) -> Wrapped:
        """Under the key of the month of `on`, made at its first use; never one older than the newest."""
        key = self._wrapping_key(on)
        return Wrapped(key.epoch or "", bytes.fromhex(key.id), aes_key_wrap(key.material(), secret))

    def unwrap(self, key_id: bytes, data: bytes) -> bytes:
        try:
            key = self._keys.by_id(key_id)
        except NoSuchKeyError:
            self._take(_read(self.folder))  # another process may have begun a month
            key = self._keys.by_id(key_id)
        if key.purpose is not Purpose.WRAPPING:
            raise NoSuchKeyError("The keyring has no such wrapping key.")
        try:
            return aes_key_unwrap(key.material(), data)
        except InvalidUnwrap:
            raise ValueError("The wrapped bytes were altered.") from None

    def mac(self, purpose: Purpose, data: bytes) -> bytes:
        return hmac.digest(self._digest_keys[purpose], data, "sha256")

    def key_id(self, purpose: Purpose) -> str:
        return self._keys.in_use(purpose).id

    def sign(self, data: bytes) -> bytes:
        return self._signing.sign(data)

    def public_key(self) -> bytes:
        return self._public

    def public_keys(self) -> tuple[bytes, ...]:
        of_log = (key for key in self._keys.keys if key.purpose is Purpose.LOG and key.secret is not None)
        return tuple(
            Ed25519PrivateKey.from_private_bytes(key.material()).public_key().public_bytes_raw()
            for key in of_log
        )

    def secret(self, purpose: Purpose) -> bytes:
        return self._given_out[purpose]

    def _take(self, keys: KeySet) -> None:
        self._digest_keys = {purpose: keys.in_use(purpose).material() for purpose in FOR_DIGESTS}
        self._given_out = {purpose: keys.in_use(purpose).material() for purpose in GIVEN_OUT}
        self._signing = Ed25519PrivateKey.from_private_bytes(keys.in_use(Purpose.LOG).material())
        self._public = self._signing.public_key().public_bytes_raw()
        self._keys = keys

    def _wrapping_key(self, on: date) -> Key:
        """A key of a past month never wraps anew, whatever day is being written: it is soon destroyed."""
        epoch = max(epoch_of(on), self._keys.newest_epoch())
        if (key := self._keys.wrapping(epoch)) is not None:
            return key
        try:
            with self._lock, _alone(self.folder):
                return self._begun(epoch, on)
        except OSError as fault:
            raise KeysRefusedError((_unreadable(self.folder, "It cannot be written."),)) from fault

    def _begun(self, epoch: str, on: date) -> Key:
        """The key of a month, which another process may have begun meanwhile."""
        keys = _read(self.folder)
        epoch = max(epoch, keys.newest_epoch())
        if (key := keys.wrapping(epoch)) is None:
            key = new_key(Purpose.WRAPPING, on=on, epoch=epoch)
            keys = keys.with_key(key)
            write_durably(self.folder / KEYRING, to_json(keys))
        self._take(keys)
        return key


def _there_already(folder: Path) -> Problem:
    return Problem(
        code="keyring-there-already",
        says=f"There is a keyring in {folder} already.",
        remedy="Name another folder with DULY_KEYRING. A keyring that is lost takes the names with it.",
    )


def _read(folder: Path) -> KeySet:
    try:
        return from_json((folder / KEYRING).read_text("utf-8"))
    except FileNotFoundError:
        problem = Problem(
            code="keyring-missing",
            says=f"There is no keyring in {folder}.",
            remedy="Name its folder with DULY_KEYRING, or make one with duly init for a new office.",
        )
        raise KeysRefusedError((problem,)) from None
    except (OSError, UnreadableError) as fault:
        says = str(fault) if isinstance(fault, UnreadableError) else "It cannot be read."
        raise KeysRefusedError((_unreadable(folder, says),)) from None


def _unreadable(folder: Path, says: str) -> Problem:
    return Problem(
        code="keyring-unreadable",
        says=f"The keyring in {folder} cannot be used. {says}",
        remedy="Put back a copy of the folder.",
    )


def unreadable(folder: Path) -> tuple[Problem, ...]:
    """Why the keyring in this folder cannot be used; () when it can."""
    try:
        FileKeyRing.open(folder)
    except KeysRefusedError as refused:
        return refused.problems
    return ()


def write_durably(path: Path, text: str) -> None:
    """All of it or nothing: written beside, made durable, then put in its place."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Only one process at a time changes the keyring: two keys of one month would each be half of it."""
    descriptor = os.open(folder / ".lock", os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
