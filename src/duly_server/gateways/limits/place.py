"""Where what must never reach a disk is kept: a folder in memory that the processes of one office share."""

import fcntl
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

IN_MEMORY = ("tmpfs", "ramfs")
MOUNTS = Path("/proc/self/mounts")
FILE = "limits.sqlite3"
IN_USE = "in-use"


def folder_in_memory(home: Path, environ: Mapping[str, str], *, mounts: Path = MOUNTS) -> Path | None:
    """A folder of our own, mode 0700, for the office whose data lies in `home`; None where memory has none.

    The first that is there and lies in memory: the runtime folder of the service (systemd's
    RuntimeDirectory=), that of the session, /dev/shm. A folder that belongs to somebody else is not used.
    """
    name = f"duly-{os.getuid()}-{sha256(str(home).encode()).hexdigest()[:16]}"
    for base in _bases(environ):
        if not base.is_dir() or _kind_of(base.resolve(), mounts) not in IN_MEMORY:
            continue
        folder = base / name
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            found = folder.lstat()
        except OSError:
            continue
        if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077:
            return folder
    return None


def hold(folder: Path) -> int:
    """Say that this process uses the folder until it ends; the open file that says so."""
    opened = os.open(folder / IN_USE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(opened, fcntl.LOCK_SH)
    return opened


def leave(folder: Path) -> bool:
    """Remove the folder unless a process uses it still; True if it is gone. Else a restart removes it."""
    try:
        opened = os.open(folder / IN_USE, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        with suppress(OSError):
            folder.rmdir()  # made and never used
        return not folder.exists()
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        shutil.rmtree(folder)
        return True
    finally:
        os.close(opened)


def _bases(environ: Mapping[str, str]) -> Iterator[Path]:
    for name in ("RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR"):
        if said := environ.get(name, "").partition(":")[0]:
            yield Path(said)
    yield Path("/dev/shm")  # noqa: S108 -- in memory, and our folder in it belongs to us or is not used


def _kind_of(path: Path, mounts: Path) -> str:
    """The kind of file system that holds this path; "" where that can't be told."""
    try:
        lines = mounts.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    found, longest = "", -1
    for line in lines:
        _, where, kind, *_ = [*line.split(" "), "", "", ""]
        point = Path(where.replace("\\040", " "))
        if path.is_relative_to(point) and len(point.parts) >= longest:
            found, longest = kind, len(point.parts)
    return found
