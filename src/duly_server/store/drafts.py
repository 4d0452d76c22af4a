"""Half-filled reports, sealed under a key that only the reporter's cookie holds (threats 2.7).

The database alone opens none of them, and tells of each only the day on which it goes.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import date

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from duly_server.store import rows
from duly_server.store.models import DraftRow

KEY_LENGTH = 32
_NONCE_LENGTH = 12
_LOAD = "SELECT sealed FROM store_draftrow WHERE id = %s AND expires_on > %s"
_LOAD_ALONE = f"{_LOAD} FOR UPDATE"  # on SQLite the transaction has the write lock from its beginning


def new_key() -> bytes:
    """What the cookie holds."""
    return secrets.token_bytes(KEY_LENGTH)


def save(key: bytes, answers: Mapping[str, str], *, expires_on: date) -> None:
    """Keep these answers under this key, in place of those that were there, until the end of the day before
    `expires_on`."""
    draft_id, cipher = _opened(key)
    nonce = secrets.token_bytes(_NONCE_LENGTH)
    sealed = nonce + cipher.encrypt(nonce, json.dumps(dict(answers)).encode(), draft_id)
    rows.write([rows.New(DraftRow, [(draft_id, sealed, expires_on)], rows.Taken.REPLACED)])


def load(key: bytes, *, on: date, alone: bool = False) -> dict[str, str]:
    """The answers under this key; none if there are none, or their time is over.

    `alone`, in a transaction: whoever else asks so for the same key waits until this transaction ends.
    """
    if len(key) != KEY_LENGTH:
        return {}
    draft_id, cipher = _opened(key)
    found = rows.read(_LOAD_ALONE if alone and connection.vendor == "postgresql" else _LOAD, draft_id, on)
    if not found:
        return {}
    sealed = bytes(found[0][0])
    try:
        answers = json.loads(cipher.decrypt(sealed[:_NONCE_LENGTH], sealed[_NONCE_LENGTH:], draft_id))
    except InvalidTag:
        return {}
    return {str(name): str(value) for name, value in answers.items()}


def discard(key: bytes) -> None:
    """Sent, or given up."""
    DraftRow.objects.filter(pk=_opened(key)[0]).delete()


def sweep(*, on: date) -> int:
    """Remove the drafts whose time is over; how many there were."""
    over = DraftRow.objects.filter(expires_on__lte=on)
    return over.delete()[0] if over.exists() else 0  # usually there are none: no lock is taken to find that


def _opened(key: bytes) -> tuple[bytes, AESGCM]:
    """What a draft is found by, and what opens it: two digests of the key that do not lead to each other."""
    draft_id = hashlib.sha256(b"duly/draft-id/1\0" + key).digest()[:16]
    return draft_id, AESGCM(hashlib.sha256(b"duly/draft-key/1\0" + key).digest())
