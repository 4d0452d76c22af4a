"""The file of a backup: lines, packed with gzip, encrypted with age; written whole or not at all."""

import errno
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from duly.vocabulary import Problem
from duly_server.gateways import age
from duly_server.gateways.trouble import Trouble, trouble_of

GZIP = 16 + zlib.MAX_WBITS
PIECE = 1 << 16


class BackupRefusedError(Exception):
    """A backup cannot be made or used; `problems` say why, each with its remedy."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def write(path: Path, lines: Iterable[bytes], *, public: str) -> None:
    """A new file of these lines, which only the holder of the private half reads; never over one there is.

    It has its name only once it is whole and on the disk. Raises BackupRefusedError; what `lines` raises.
    """
    require_new(path)
    beside = path.with_name(f"{path.name}.partial")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BackupRefusedError(_there_already(beside)) from None
    except OSError as fault:
        raise BackupRefusedError(_full(path, fault) or _not_written(path, fault)) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            age.encrypt(_packed(lines), file, public=public)
            file.flush()
            os.fsync(file.fileno())
        beside.rename(path)
    except BaseException as fault:
        beside.unlink(missing_ok=True)
        if isinstance(fault, OSError) and (full := _full(path, fault)) is not None:
            raise BackupRefusedError(full) from None
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def require_new(path: Path) -> None:
    """Raises BackupRefusedError where there is such a file already, or no folder for it."""
    if path.exists():
        raise BackupRefusedError(_there_already(path))
    if not path.absolute().parent.is_dir():
        raise BackupRefusedError(_not_written(path, FileNotFoundError(2, "there is no such folder")))


def read(path: Path, take: Callable[[bytes], object], *, private: str) -> None:
    """Gives `take` each line, its end included. Not known to be whole until this returns.

    Raises BackupRefusedError, at times after many lines; what `take` raises.
    """
    unpack = zlib.decompressobj(GZIP)
    left = bytearray()

    def unpacked(data: bytes) -> None:
        while data:
            left.extend(unpack.decompress(data, PIECE))
            data = unpack.unconsumed_tail
            if b"\n" in left:
                lines = left.splitlines(keepends=True)
                rest = lines.pop() if not lines[-1].endswith(b"\n") else bytearray()
                left[:] = rest
                for line in lines:
                    take(bytes(line))

    try:
        with path.open("rb") as file:
            age.decrypt(file, unpacked, private=private)
    except age.NotForThisSheetError:
        raise BackupRefusedError(_other_sheet(path)) from None
    except (age.DamagedError, zlib.error):
        raise BackupRefusedError(damaged(path)) from None
    except OSError as fault:
        raise BackupRefusedError(_not_read(path, fault)) from None
    if not unpack.eof or left:
        raise BackupRefusedError(damaged(path))


def damaged(path: Path, why: str = "") -> Problem:
    return Problem(
        code="backup-damaged",
        says=f"{path} is not a whole backup: it was cut short or altered, or is another file. {why}".strip(),
        remedy="Use another copy of it, or an older backup.",
    )


def _packed(lines: Iterable[bytes]) -> Iterator[bytes]:
    pack = zlib.compressobj(3, zlib.DEFLATED, GZIP)
    for line in lines:
        if data := pack.compress(line):
            yield data
    yield pack.flush()


def _there_already(path: Path) -> Problem:
    return Problem(
        code="file-there-already",
        says=f"There is a file {path} already.",
        remedy="Name another file, or a folder: in a folder each backup gets a name of its own.",
    )


def _other_sheet(path: Path) -> Problem:
    return Problem(
        code="other-sheet",
        says=f"{path} is not encrypted to this recovery sheet.",
        remedy="Take the sheet that was in use when the backup was made: its head says of which day it is.",
    )


def _not_written(path: Path, fault: OSError) -> Problem:
    return Problem(
        code="not-written",
        says=f"{path} cannot be written: {fault.strerror}.",
        remedy="Name a folder that is there and may be written to.",
    )


def _full(path: Path, fault: OSError) -> Problem | None:
    """What to say where its disk has no room left; None for any other fault."""
    if trouble_of(fault) is not Trouble.FULL and fault.errno != errno.EFBIG:
        return None
    return Problem(
        code="disk-full",
        says=f"There is not enough room for {path}: the disk is full, or takes no file of that length. "
        "Nothing of it was kept.",
        remedy="Make room there, or name a file on another disk.",
    )


def _not_read(path: Path, fault: OSError) -> Problem:
    return Problem(
        code="not-read", says=f"{path} cannot be read: {fault.strerror}.", remedy="Look where it lies."
    )
