"""The lines of a backup (docs/reference/backup.md): a head, parts of rows, and a last line that counts all.

Written and read line by line, so that a backup of any size passes through the memory of a few rows.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from duly_server.store.backup.tables import Column

FORMAT = "duly-backup/1"


class NotABackupError(ValueError):
    """The lines are not those of a whole backup; the sentence says what is wrong, for the operator."""


class Part(NamedTuple):
    """One table on its way out: its name, its columns, its rows."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]


class Counted(NamedTuple):
    """A part that passed: how many rows, and the SHA-256 of their lines."""

    name: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Whole:
    """What the last line says: every part, and the signature of the office's log over it and the first."""

    head: Mapping[str, Any]
    parts: tuple[Counted, ...]
    signed: bytes
    signature: bytes

    @property
    def sha256(self) -> str:
        """By this the record names the backup."""
        return hashlib.sha256(self.signed).hexdigest()


class Receiver(Protocol):
    """Whoever takes in a backup as it is read."""

    def part(self, name: str, columns: Sequence[Column]) -> None: ...

    def row(self, values: Sequence[object]) -> None: ...

    def part_ends(self) -> None: ...


def write(
    head: Mapping[str, object], parts: Iterable[Part], *, sign: Callable[[bytes], bytes]
) -> Iterator[bytes]:
    """The lines of a backup. `sign` makes the signature of the office's log over head and last line."""
    first = line({"format": FORMAT, **head})
    yield first
    counted: list[Counted] = []
    for part in parts:
        yield line({"part": part.name, "columns": [list(column) for column in part.columns]})
        digest, count = hashlib.sha256(), 0
        for row in part.rows:
            text = line(row)
            digest.update(text)
            count += 1
            yield text
        counted.append(Counted(part.name, count, digest.hexdigest()))
        yield line({"rows": count})
    contents = line([list(each) for each in counted])
    yield line({"contents": [list(each) for each in counted], "signature": sign(first + contents).hex()})


def line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


class Tally:
    """How many rows, and the sum of their digests: alike for the same rows in any order.

    Databases order text each in its own way; this holds the rows of one against those of another.
    """

    def __init__(self, rows: Iterable[Sequence[object]] = ()) -> None:
        self.count = self._sum = 0
        for row in rows:
            self.add(row)

    def add(self, row: Sequence[object]) -> None:
        self.count += 1
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(line(row)).digest())) % (1 << 256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tally) and (self.count, self._sum) == (other.count, other._sum)

    def __hash__(self) -> int:
        return hash((self.count, self._sum))


class Reader:
    """Takes lines as they come and gives them to a receiver; `whole` only once the last one was read."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._first = b""
        self._head: dict[str, Any] | None = None
        self._part: str | None = None
        self._digest, self._count = hashlib.sha256(), 0
        self._counted: list[Counted] = []
        self._whole: Whole | None = None

    @property
    def head(self) -> Mapping[str, Any]:
        if self._head is None:
            raise NotABackupError("It has no first line.")
        return self._head

    def take(self, text: bytes) -> None:
        """One line, its end included. Raises NotABackupError."""
        try:
            value = json.loads(text)
        except ValueError:
            raise NotABackupError("A line of it cannot be read.") from None
        if self._whole is not None:
            raise NotABackupError("It goes on after its end.")
        if self._head is None:
            self._begin(text, value)
        elif self._part is not None and isinstance(value, list):
            self._digest.update(text)
            self._count += 1
            self._receiver.row(value)
        elif isinstance(value, dict):
            self._turn(value)
        else:
            raise NotABackupError("A row stands outside of the tables.")

    def whole(self) -> Whole:
        """What the last line says. Raises NotABackupError where it never came."""
        if self._whole is None:
            raise NotABackupError("It ends before its last line.")
        return self._whole

    def _begin(self, text: bytes, value: object) -> None:
        if not isinstance(value, dict) or not str(value.get("format", "")).startswith("duly-backup/"):
            raise NotABackupError("It is not a backup of Duly.")
        if value["format"] != FORMAT:
            raise NotABackupError(f"Its format is {value['format']}; this version of Duly reads {FORMAT}.")
        self._first, self._head = text, value

    def _turn(self, value: dict[str, Any]) -> None:
        match value:
            case {"part": str(name), "columns": [*found]} if self._part is None:
                self._part, self._digest, self._count = name, hashlib.sha256(), 0
                self._receiver.part(name, [Column(str(column), str(holds)) for column, holds in found])
            case {"rows": int(count)} if self._part is not None:
                if count != self._count:
                    raise NotABackupError(f"The table {self._part} has other rows than it says.")
                self._counted.append(Counted(self._part, self._count, self._digest.hexdigest()))
                self._part = None
                self._receiver.part_ends()
            case {"contents": [*contents], "signature": str(signature)} if self._part is None:
                if contents != [list(each) for each in self._counted]:
                    raise NotABackupError("What it holds is not what its last line says.")
                signed = self._first + line(contents)
                self._whole = Whole(self.head, tuple(self._counted), signed, bytes.fromhex(signature))
            case _:
                raise NotABackupError("Its lines are not in order.")
