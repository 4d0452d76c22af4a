"""Files that somebody hands in, read whole: their bytes, and the digest of the file as it lies there."""

import hashlib
import zlib
from dataclasses import dataclass, field
from pathlib import Path

MOST = 1 << 30  # bytes of a table, unpacked: far above any office's, far below what a machine has


class NotReadableError(Exception):
    """A file cannot be read. `says` what is wrong, `remedy` what to do."""

    def __init__(self, says: str, remedy: str) -> None:
        super().__init__(f"{says} {remedy}")
        self.says, self.remedy = says, remedy


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file: its name without the folder, SHA-256 in hex of its bytes as they lie, what it holds."""

    name: str
    digest: str
    content: bytes = field(repr=False)


def read_file(path: Path, *, most: int = MOST) -> HandedIn:
    """The file, unpacked if its name ends in ".gz". Raises NotReadableError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise NotReadableError(f"There is no file {path}.", "Name a file that is there.") from None
    except IsADirectoryError:
        raise NotReadableError(f"{path} is a folder.", "Name the files in it one by one.") from None
    except OSError as fault:
        raise NotReadableError(f"{path} cannot be read: {fault.strerror}.", "See who may read it.") from fault
    content = _unpacked(path, data, most) if path.suffix == ".gz" else data
    return HandedIn(path.name, hashlib.sha256(data).hexdigest(), content)


def _unpacked(path: Path, data: bytes, most: int) -> bytes:
    """Never more than `most` bytes, however small the file: it may be a bomb (threats T16)."""
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        content = unpacker.decompress(data, most + 1)
        while unpacker.eof and unpacker.unused_data and len(content) <= most:
            rest = unpacker.unused_data
            unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            content += unpacker.decompress(rest, most + 1 - len(content))
    except zlib.error as fault:
        raise NotReadableError(f"{path} is no gzip file.", "Unpack it, or pack it again.") from fault
    if len(content) > most:
        raise NotReadableError(f"{path} unpacks to more than {most:,} bytes.", "Cut it into several files.")
    if not unpacker.eof:
        raise NotReadableError(f"{path} was cut short.", "Copy it again from where it came from.")
    return content
