"""The recovery key: its public half lies with the keyring, its private half is a sheet of paper.

The private half is never written beside the keyring or the data. What is kept of it besides the public half
is a slow digest of the sheet's last six letters, so that they can be asked back after `init` has ended.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from duly.vocabulary import Problem
from duly_server.gateways import age
from duly_server.gateways.keys import sheet
from duly_server.gateways.keys.checks import KEYRING, RECOVERY, lying_open
from duly_server.gateways.keys.file import write_durably
from duly_server.gateways.keys.ring import KeysRefusedError

FORMAT = "duly-recovery/1"


@dataclass(frozen=True, slots=True)
class Recovery:
    """The public half, the day it was made, and the day its sheet was shown to be in somebody's hands."""

    public: str
    made_on: date
    confirmed_on: date | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the public half's text, in hex: by this the record names the key."""
        return hashlib.sha256(self.public.encode("ascii")).hexdigest()


def make(folder: Path, *, on: date, replace: bool = False) -> str:
    """A new recovery key for the keyring in `folder`; the answer is the private half, which nothing else has.

    Raises KeysRefusedError where there is no keyring, or there is a recovery key and `replace` is not said.
    """
    if not (folder / KEYRING).exists():
        raise KeysRefusedError((_no_keyring(folder),))
    if problems := lying_open(folder):
        raise KeysRefusedError(problems)
    if (folder / RECOVERY).exists() and not replace:
        raise KeysRefusedError((_there_already(),))
    private, public = age.new_pair()
    salt = secrets.token_bytes(16)
    whole = {
        "format": FORMAT,
        "public": public,
        "made_on": on.isoformat(),
        "check": {"salt": salt.hex(), "digest": _slow(sheet.last_group(private), salt).hex()},
    }
    _write(folder, whole)
    return private


def find(folder: Path) -> Recovery:
    """The office's recovery key. Raises KeysRefusedError where there is none, or others may change it."""
    if problems := lying_open(folder):
        raise KeysRefusedError(problems)
    return _recovery(_read(folder))


def confirm(folder: Path, six: str, *, on: date) -> bool:
    """Whether these are the last six letters of the sheet; if so, that is noted."""
    whole = _read(folder)
    check = whole["check"]
    right = hmac.compare_digest(
        _slow(sheet.as_letters(six), bytes.fromhex(check["salt"])), bytes.fromhex(check["digest"])
    )
    if right:
        _write(folder, {**whole, "confirmed_on": on.isoformat()})
    return right


def above_the_groups(recovery: Recovery, *, office: str, origin: str) -> str:
    """What the sheet says of itself."""
    return (
        f"RECOVERY SHEET of {office}\n"
        f"Record: {origin}. Made on {recovery.made_on.isoformat()}.\n"
        f"Public half: {recovery.public}\n"
        "\n"
        "With this sheet and a backup of data and of keys the whole office can be read and set up again.\n"
        "Keep it on paper, away from the machine, its keys and its backups. It is stored nowhere and\n"
        "cannot be printed again. When you type it, leave out the lines that begin with #."
    )


def _slow(letters: str, salt: bytes) -> bytes:
    return hashlib.scrypt(letters.encode("utf-8"), salt=salt, n=2**14, r=8, p=1, dklen=32)


def _recovery(whole: Mapping[str, Any]) -> Recovery:
    confirmed = whole.get("confirmed_on")
    return Recovery(
        public=whole["public"],
        made_on=date.fromisoformat(whole["made_on"]),
        confirmed_on=None if confirmed is None else date.fromisoformat(confirmed),
    )


def _read(folder: Path) -> dict[str, Any]:
    try:
        whole: dict[str, Any] = json.loads((folder / RECOVERY).read_text("utf-8"))
        if whole["format"] != FORMAT or not isinstance(whole["check"], dict):
            raise ValueError(FORMAT)
        _recovery(whole)
    except FileNotFoundError:
        raise KeysRefusedError((_missing(folder),)) from None
    except (OSError, ValueError, KeyError, TypeError):
        problem = Problem(
            code="recovery-key-unreadable",
            says=f"{folder / RECOVERY} cannot be used.",
            remedy="Put back a copy of the folder, or make a new key with duly recovery sheet --replace.",
        )
        raise KeysRefusedError((problem,)) from None
    return whole


def _write(folder: Path, whole: Mapping[str, object]) -> None:
    write_durably(folder / RECOVERY, json.dumps(whole, indent=1) + os.linesep)


def _missing(folder: Path) -> Problem:
    return Problem(
        code="recovery-key-missing",
        says=f"There is no recovery key in {folder}: nothing could open a backup.",
        remedy="Make one with duly recovery sheet.",
    )


def _no_keyring(folder: Path) -> Problem:
    return Problem(
        code="keyring-missing",
        says=f"There is no keyring in {folder}.",
        remedy="Name its folder with DULY_KEYRING, or make one with duly init for a new office.",
    )


def _there_already() -> Problem:
    return Problem(
        code="recovery-key-there-already",
        says="This office has a recovery key. Its sheet is stored nowhere and cannot be printed again.",
        remedy="If the sheet is lost, make a new one with duly recovery sheet --replace, and back up at "
        "once: no older backup opens with the new sheet.",
    )
