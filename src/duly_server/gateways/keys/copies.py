"""The keyring's folder in a backup, and put back from it; what the log signed, checked with its keys."""

from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from duly.vocabulary import Problem
from duly_server.gateways.keys.checks import DJANGO_SECRET, KEYRING, RECOVERY
from duly_server.gateways.keys.file import FileKeyRing, write_durably
from duly_server.gateways.keys.keyset import KeySet, UnreadableError, from_json
from duly_server.gateways.keys.ring import KeysRefusedError, Purpose

FILES = (KEYRING, DJANGO_SECRET, RECOVERY)


def files(folder: Path) -> dict[str, str]:
    """The files of a keyring's folder, by name."""
    return {name: (folder / name).read_text("utf-8") for name in FILES if (folder / name).exists()}


def in_memory(found: Mapping[str, str]) -> FileKeyRing:
    """The keyring of a backup, for a rehearsal: no file of it is written. Raises UnreadableError."""
    return FileKeyRing(Path("/nonexistent"), keys_in(found))


def keys_in(found: Mapping[str, str]) -> KeySet:
    """The keys of the keyring in a backup. Raises UnreadableError where it holds none."""
    if KEYRING not in found:
        raise UnreadableError("It holds no keyring.")
    return from_json(found[KEYRING])


def require_room(folder: Path, found: Mapping[str, str]) -> None:
    """Raises KeysRefusedError where another keyring lies there. One with all these keys may stay."""
    if not (folder / KEYRING).exists():
        return
    FileKeyRing.open(folder)
    there = {(key.id, key.secret) for key in from_json((folder / KEYRING).read_text("utf-8")).keys}
    if not {(key.id, key.secret) for key in keys_in(found).keys} <= there:
        problem = Problem(
            code="keyring-there-already",
            says=f"There is a keyring in {folder}, and not with the keys of this backup.",
            remedy="Name another folder with DULY_KEYRING. Nothing was changed.",
        )
        raise KeysRefusedError((problem,))


def put_back(folder: Path, found: Mapping[str, str]) -> FileKeyRing:
    """The keyring of a backup in this folder (0700); one that lies there with all its keys stays as it is."""
    require_room(folder, found)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / KEYRING).exists():
        for name in reversed(FILES):  # the keyring last: without it there is none
            if name in found:
                write_durably(folder / name, found[name])
    return FileKeyRing.open(folder)


def is_signed_by(keys: KeySet, data: bytes, signature: bytes) -> bool:
    """Whether one of the log's keys, also one of an earlier year, signed this."""
    return any(
        _is_by(Ed25519PrivateKey.from_private_bytes(key.material()).public_key(), data, signature)
        for key in keys.keys
        if key.purpose is Purpose.LOG and key.secret is not None
    )


def _is_by(public: Ed25519PublicKey, data: bytes, signature: bytes) -> bool:
    try:
        public.verify(signature, data)
    except InvalidSignature:
        return False
    return True
