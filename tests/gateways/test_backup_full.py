"""Where the disk has no room for a backup, that is said in words, and nothing of it is kept."""

import errno
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from duly_server.gateways import backup_file
from duly_server.gateways.backup_file import BackupRefusedError
from duly_server.gateways.keys import FileKeyRing, recovery

DAY = date(2026, 3, 2)
LINES = [os.urandom(32).hex().encode() + b"\n" for _ in range(4000)]


@contextmanager
def no_file_longer_than(most: int) -> Iterator[None]:
    """What the kernel really refuses to write, for this process."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def no_room(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        yield


def public(folder: Path) -> str:
    ring = FileKeyRing.create(folder / "keyring", on=DAY)
    recovery.make(ring.folder, on=DAY)
    return recovery.find(ring.folder).public


@pytest.mark.parametrize("how", ["length", "room"])
def test_a_full_disk_is_said_and_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    to = public(tmp_path)
    path = tmp_path / "data.age"
    with (
        no_file_longer_than(40_000) if how == "length" else no_room(monkeypatch),
        pytest.raises(BackupRefusedError, match=r"not enough room for .*data.age.* Nothing of it was kept"),
    ):
        backup_file.write(path, LINES, public=to)
    assert not list(tmp_path.glob("data.age*"))
    backup_file.write(path, LINES, public=to)
    assert path.stat().st_size > 100_000


def test_another_fault_is_none_of_the_disk(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield LINES[0]
        raise OSError(errno.EPERM, "not this")

    with pytest.raises(PermissionError):
        backup_file.write(tmp_path / "data.age", broken(), public=public(tmp_path))
