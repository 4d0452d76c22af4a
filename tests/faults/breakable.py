"""Where an office's databases lie, and how to take that away for a while: really, not by raising something.

A full disk is a small file system of its own (a tmpfs), filled up, where one can be mounted: as root, as the
tests run on a build machine. SQLite also meets the kernel's limit on the size of files, which anybody can
set.
"""

import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import psycopg
from bench.serving import Serving
from tests.postgresql import Server, fresh_server

MB = 1024 * 1024
Taken = AbstractContextManager[None]


class Breakable(Protocol):
    """Each `with` takes something away and gives it back at its end."""

    @property
    def environment(self) -> dict[str, str]: ...

    def gone(self) -> Taken: ...

    def keys_gone(self) -> Taken: ...

    def ways_to_be_full(self, serving: Serving) -> list[Taken]: ...


@dataclass
class OnSqlite:
    home: Path
    is_small: bool

    @property
    def environment(self) -> dict[str, str]:
        return {"DULY_HOME": str(self.home), "DULY_DATABASE": "sqlite"}

    @contextmanager
    def gone(self) -> Iterator[None]:
        file, away = self.home / "duly.sqlite3", self.home / "away"
        file.rename(away)
        try:
            yield
            assert not file.exists()  # nobody made an empty one
        finally:
            away.rename(file)

    @contextmanager
    def keys_gone(self) -> Iterator[None]:
        """A folder lies where the key store was."""
        file, away = self.home / "keys.sqlite3", self.home / "away-keys"
        file.rename(away)
        file.mkdir()
        try:
            yield
        finally:
            file.rmdir()
            away.rename(file)

    def ways_to_be_full(self, serving: Serving) -> list[Taken]:
        return [limited(serving), *([filled(self.home)] if self.is_small else [])]


@dataclass
class OnPostgresql:
    """A server of its own. Its tables lie on the small file system, all else beside it."""

    server: Server
    small: Path | None
    _url: str = field(init=False)

    def __post_init__(self) -> None:
        self._url = f"postgresql://postgres@/duly?host={self.server.folder}"
        self.server.start()
        for name in ("duly", "duly_keys"):
            self._say(f"CREATE DATABASE {name}")

    def _say(self, *statements: str) -> None:
        with psycopg.connect(host=str(self.server.folder), user="postgres", autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    @property
    def environment(self) -> dict[str, str]:
        return {"DULY_HOME": str(self.server.folder / "home"), "DULY_DATABASE": self._url}

    @contextmanager
    def gone(self) -> Iterator[None]:
        self.server.stop()
        try:
            yield
        finally:
            self.server.start()

    @contextmanager
    def keys_gone(self) -> Iterator[None]:
        """It takes no connections, and whoever had one is thrown out."""
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'duly_keys'"
        self._say("ALTER DATABASE duly_keys ALLOW_CONNECTIONS false", end)
        try:
            yield
        finally:
            self._say("ALTER DATABASE duly_keys ALLOW_CONNECTIONS true")

    def ways_to_be_full(self, serving: Serving) -> list[Taken]:
        return [] if self.small is None else [filled(self.small)]


def can_mount() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        try:
            with mounted(Path(folder), MB):
                return True
        except (OSError, subprocess.CalledProcessError):
            return False


@contextmanager
def mounted(folder: Path, size: int) -> Iterator[None]:
    """A file system of this size in this folder."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True, capture_output=True)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Not a byte is left on its file system."""
    filler = folder / "filler"
    try:
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            for size in (MB, 4096):
                with suppress(OSError):
                    while True:
                        file.write(b"x" * size)
        yield
    finally:
        filler.unlink()


@contextmanager
def limited(serving: Serving) -> Iterator[None]:
    """No process of the server may make a file longer than it is."""
    everybody = [pid for name, pid in serving.pids().items() if name != "main"]
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in everybody}
    for pid, (_, most) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, most))
    try:
        yield
    finally:
        for pid, limits in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


@contextmanager
def breakable(vendor: str, *, small: bool) -> Iterator[Breakable]:
    """`small` says whether a small file system can be mounted."""
    if vendor == "sqlite":
        # Not below the folder of the tests, which somebody empties later: of a run that was killed it stays.
        with (
            tempfile.TemporaryDirectory(prefix="duly-small-") as home,
            mounted(Path(home), 24 * MB) if small else no_mount(),
        ):
            yield OnSqlite(Path(home), is_small=small)
        return
    with fresh_server() as server:
        base = server.data / "base"
        tables = server.folder / "tables"
        tables.mkdir()
        with mounted(tables, 96 * MB) if small else no_mount():
            shutil.copytree(base, tables / "base", symlinks=True)
            owner = base.stat()
            for path in (tables, *tables.rglob("*")):
                os.chown(path, owner.st_uid, owner.st_gid)
            shutil.rmtree(base)
            base.symlink_to(tables / "base")
            made = OnPostgresql(server, tables if small else None)
            try:
                yield made
            finally:
                server.stop()


@contextmanager
def no_mount() -> Iterator[None]:
    yield
