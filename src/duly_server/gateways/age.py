"""Files that only the holder of the recovery sheet opens: age, the one place that knows its library."""

from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

import pyrage  # type: ignore[import-untyped]  # it comes without types; what is used of it is typed here


class NotForThisSheetError(Exception):
    """The file is encrypted to another key than this one."""


class DamagedError(Exception):
    """The file was cut short or altered, or is none of this kind."""


def new_pair() -> tuple[str, str]:
    """A fresh key: its private half ("AGE-SECRET-KEY-1..."), and its public half ("age1...")."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def public_of(private: str) -> str:
    """The public half. Raises ValueError where this is no private half."""
    try:
        return str(pyrage.x25519.Identity.from_str(private).to_public())
    except pyrage.IdentityError:
        raise ValueError("This is not the private half of a key.") from None


def encrypt(chunks: Iterable[bytes], into: IO[bytes], *, public: str) -> None:
    """What `chunks` gives, as it comes, encrypted to the public half. What either raises is raised."""
    source, sink = _Source(iter(chunks)), _Sink(into.write)
    try:
        pyrage.encrypt_io(source, sink, [pyrage.x25519.Recipient.from_str(public)])
    except (pyrage.EncryptError, OSError):
        if (fault := source.fault or sink.fault) is not None:
            raise fault from None
        raise


def decrypt(source: IO[bytes], take: Callable[[bytes], object], *, private: str) -> None:
    """Gives `take` the bytes as they come; what it raises is raised. Not whole until this returns.

    Raises NotForThisSheetError and DamagedError, the latter at times after much was given: each piece is
    vouched for by itself, that it is the last only by the last.
    """
    try:
        pyrage.decrypt_io(source, _Sink(take), [pyrage.x25519.Identity.from_str(private)])
    except pyrage.DecryptError as fault:
        # The library says which of the two it is in words alone.
        if "No matching keys" in str(fault):
            raise NotForThisSheetError from None
        raise DamagedError from None
    except OSError as fault:
        if fault.errno is not None:  # of the disk, not of the file
            raise
        raise DamagedError from None


class _Source:
    """What is to be encrypted, read piece by piece. The library would turn a fault of ours into words."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = b""
        self.fault: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            while not self._left:
                self._left = next(self._chunks)
        except StopIteration:
            return b""
        except Exception as fault:
            self.fault = fault
            raise
        size = len(self._left) if size < 0 else size
        given, self._left = self._left[:size], self._left[size:]
        return given


class _Sink:
    """Where what was made goes. The library would turn a fault of the disk into words."""

    def __init__(self, take: Callable[[bytes], object]) -> None:
        self._take = take
        self.fault: Exception | None = None

    def write(self, data: Any) -> int:
        try:
            self._take(bytes(data))
        except Exception as fault:
            self.fault = fault
            raise
        return len(data)

    def flush(self) -> None:
        """Nothing is held back here."""
