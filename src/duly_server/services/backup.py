"""Backing up: the data as it is at one instant, and the keys apart and after it (threats 2.3 to 2.5)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import connections

from duly.record.facts import KeysBackedUp
from duly_server.gateways import backup_file
from duly_server.gateways.keys import copies, recovery
from duly_server.services.intake import written
from duly_server.services.premises import premises
from duly_server.services.recovery import note
from duly_server.store.backup import lines, snapshot
from duly_server.store.backup.tables import Column
from duly_server.store.router import KEYS

DATA = "data"
KEYRING_PART = "keyring"
SIGNED_AS = b"duly/backup/1\0"

Progress = Callable[[str, int], object]
EVERY = 5000  # rows between two signs of progress


@dataclass(frozen=True, slots=True)
class BackedUp:
    """The file that was written, and how many rows of each table it holds."""

    path: Path
    rows: dict[str, int]


def back_up_data(to: Path, *, on: date, at: datetime, progress: Progress | None = None) -> BackedUp:
    """All tables of the office as they are now, in a file or a folder; writers go on meanwhile.

    Raises BackupRefusedError and KeysRefusedError.
    """
    return _write(_path(to, DATA, at), "default", DATA, on=on, at=at, progress=progress)


def back_up_keys(
    to: Path, *, reason: str, on: date, at: datetime, progress: Progress | None = None
) -> BackedUp:
    """The keyring and the keys of all units, in a file or a folder. First it is noted that it was asked for.

    To be taken after the data: a part whose key was made in between would not open. Raises as above.
    """
    found = recovery.find(Path(settings.DULY_KEYRING))
    path = _path(to, KEYS, at)
    body = KeysBackedUp(recovery=found.digest, units=snapshot.count(KEYS, "keys_unitkey"))
    note(body, on=on, at=at, parts={"reasons": {"v": 1, "text": written(reason)}})
    return _write(path, KEYS, KEYS, on=on, at=at, progress=progress)


def _path(to: Path, kind: str, at: datetime) -> Path:
    """The file itself, or one of its own name in the folder. Raises BackupRefusedError if it is there."""
    path = to / f"duly-{kind}-{at:%Y-%m-%dT%H-%M-%SZ}.age" if to.is_dir() else to
    backup_file.require_new(path)
    return path


def _write(
    path: Path, alias: str, kind: str, *, on: date, at: datetime, progress: Progress | None
) -> BackedUp:
    folder = Path(settings.DULY_KEYRING)
    public = recovery.find(folder).public
    counted: dict[str, int] = {}

    def parts() -> Iterator[lines.Part]:
        if alias == KEYS:
            columns = [Column("name", "text"), Column("text", "text")]
            yield lines.Part(KEYRING_PART, columns, map(list, sorted(copies.files(folder).items())))
        for part in snapshot.parts(alias):
            yield part._replace(rows=_counted(part, counted, progress))

    with snapshot.one_instant(alias):
        head = {
            "kind": kind,
            "origin": settings.DULY_ORIGIN,
            "on": on.isoformat(),
            "taken_at": at.replace(microsecond=0).isoformat(),
            "database": connections[alias].vendor,
            "migrations": snapshot.migrations(alias),
        }
        sign = premises().keyring.sign
        made = lines.write(head, parts(), sign=lambda data: sign(SIGNED_AS + data))
        backup_file.write(path, made, public=public)
    return BackedUp(path, counted)


def _counted(
    part: lines.Part, counted: dict[str, int], progress: Progress | None
) -> Iterator[Sequence[object]]:
    counted[part.name] = 0
    for row in part.rows:
        yield row
        counted[part.name] += 1
        if progress and counted[part.name] % EVERY == 0:
            progress(part.name, counted[part.name])
