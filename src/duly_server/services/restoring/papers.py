"""The two backups and the sheet, read to the last line and held against each other; nothing is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from duly.vocabulary import Problem
from duly_server.gateways import backup_file
from duly_server.gateways.backup_file import BackupRefusedError
from duly_server.gateways.keys import KeysRefusedError, copies, sheet
from duly_server.gateways.keys.keyset import UnreadableError
from duly_server.services.backup import DATA, KEYRING_PART, SIGNED_AS
from duly_server.services.restoring import refused
from duly_server.store.backup import lines
from duly_server.store.backup.tables import Column
from duly_server.store.router import KEYS

Say = Callable[[str], object]
OFTEN = 50_000  # rows between two signs of progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What a restore is made from, read to the last line and found to belong together."""

    data: Path
    keys: Path
    private: str = field(repr=False)
    of_data: lines.Whole
    of_keys: lines.Whole
    keyring: Mapping[str, str] = field(repr=False)

    @property
    def origin(self) -> str:
        return str(self.of_data.head["origin"])

    @property
    def on(self) -> date:
        """The day of the data's backup."""
        return date.fromisoformat(self.of_data.head["on"])

    @property
    def rows(self) -> dict[str, int]:
        return {part.name: part.rows for part in (*self.of_data.parts, *self.of_keys.parts)}

    def signed(self, kind: str) -> bytes:
        """What the office's log signed of the backup of this kind."""
        return (self.of_data if kind == DATA else self.of_keys).signed


def read_papers(data: Path, keys: Path | None, sheet_file: Path, *, say: Say) -> Papers:
    """Read both backups whole; nothing is written. Raises BackupRefusedError and KeysRefusedError."""
    if keys is None:
        raise BackupRefusedError(refused.no_keys())
    private = sheet.private_from(_text(sheet_file))
    say(f"Reading {keys}.")
    kept = _Keyring(say)
    of_keys = read_whole(keys, KEYS, kept, private)
    say(f"Reading {data}.")
    of_data = read_whole(data, DATA, Nobody(say), private)
    try:
        keyring = copies.keys_in(kept.files)
    except UnreadableError as fault:
        raise BackupRefusedError(backup_file.damaged(keys, str(fault))) from None
    for path, whole in ((keys, of_keys), (data, of_data)):
        if not copies.is_signed_by(keyring, SIGNED_AS + whole.signed, whole.signature):
            raise BackupRefusedError(refused.not_of_these_keys(path))
    if of_keys.head["origin"] != of_data.head["origin"]:
        raise BackupRefusedError(refused.not_of_these_keys(data))
    return Papers(data=data, keys=keys, private=private, of_data=of_data, of_keys=of_keys, keyring=kept.files)


def read_whole(path: Path, kind: str, receiver: lines.Receiver, private: str) -> lines.Whole:
    """Read a backup to its last line, into a receiver. Raises BackupRefusedError."""
    reader = lines.Reader(receiver)
    try:
        backup_file.read(path, reader.take, private=private)
        whole = reader.whole()
        date.fromisoformat(whole.head["on"])
    except lines.NotABackupError as why:
        raise BackupRefusedError(backup_file.damaged(path, str(why))) from None
    if whole.head.get("kind") != kind:
        raise BackupRefusedError(refused.other_kind(path, kind))
    return whole


class Nobody:
    """Reads for reading's sake: whether a backup is whole. Says now and then how far it is."""

    def __init__(self, say: Say) -> None:
        self._say, self._count = say, 0

    def part(self, name: str, columns: Sequence[Column]) -> None: ...

    def row(self, values: Sequence[object]) -> None:
        self._count += 1
        if self._count % OFTEN == 0:
            self._say(f"  {self._count} rows read")

    def part_ends(self) -> None: ...


class _Keyring(Nobody):
    """Keeps the files of the keyring, and nothing else."""

    def __init__(self, say: Say) -> None:
        super().__init__(say)
        self.files: dict[str, str] = {}
        self._is_here = False

    def part(self, name: str, columns: Sequence[Column]) -> None:
        self._is_here = name == KEYRING_PART

    def row(self, values: Sequence[object]) -> None:
        match values:
            case [str(name), str(text)] if self._is_here:
                self.files[name] = text
            case _:
                super().row(values)


class WithoutKeyring:
    """Passes on the tables of a keys backup: the keyring never goes into a database."""

    def __init__(self, into: lines.Receiver) -> None:
        self._into = into
        self._passes = False

    def part(self, name: str, columns: Sequence[Column]) -> None:
        self._passes = name != KEYRING_PART
        if self._passes:
            self._into.part(name, columns)

    def row(self, values: Sequence[object]) -> None:
        if self._passes:
            self._into.row(values)

    def part_ends(self) -> None:
        if self._passes:
            self._into.part_ends()


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        problem = Problem(
            code="sheet-not-read",
            says=f"There is no recovery sheet to be read in {path}.",
            remedy="Type the groups of the sheet into a file, and name it with --sheet.",
        )
        raise KeysRefusedError((problem,)) from None
