"""Looking for planted words in whatever lies about: as they are, and in the disguises data travels in."""

import base64
import gzip
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

_ZLIB_HEADS = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_MOST_UNPACKED = 4 * 1024 * 1024


def disguises(word: str) -> set[bytes]:
    """The bytes by which a word may stand in a file."""
    plain = word.encode()
    found = {plain, plain.hex().encode(), quote(word).encode(), quote_plus(word).encode()}
    found |= {word.encode("utf-16-le"), word.encode("utf-16-be")}
    found.add(word.encode("ascii", "backslashreplace"))  # as JSON and Python write it
    for skipped in range(3):  # wherever it begins among the bytes that base64 takes by threes
        inside = base64.b64encode(b"\0" * skipped + plain)[(0, 2, 3)[skipped] :].rstrip(b"=")[:-1]
        found |= {inside, inside.translate(bytes.maketrans(b"+/", b"-_"))}
    return found


def words_in(data: bytes, words: Iterable[str]) -> set[str]:
    """Which of the words stand in these bytes, in any disguise, packed or not, in small letters or not."""
    words = list(words)
    sought = [(word, look) for word in words for look in disguises(word)]
    small = [
        (word, look) for word in words for look in (word.lower().encode(), word.lower().encode("utf-16-le"))
    ]
    found: set[str] = set()
    for each in (data, *_unpacked(data)):
        found |= {word for word, look in sought if look in each}
        lower = each.lower()
        found |= {word for word, look in small if look in lower}
    return found


def words_under(
    folders: Iterable[Path], words: Iterable[str], *, but: Iterable[Path] = ()
) -> Mapping[str, set[str]]:
    """For each file under the folders in which one of the words stands: which. `but` is left out."""
    words, left_out = list(words), [path.resolve() for path in but]
    found: dict[str, set[str]] = {}
    for path in _files(folders):
        if not any(path.resolve().is_relative_to(each) for each in left_out):
            here = words_in(str(path).encode() + b"\n" + path.read_bytes(), words)
            if here:
                found[str(path)] = here
    return found


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Whatever in these bytes is packed with gzip or zlib, as far as it unpacks."""
    for head, wbits in (
        (b"\x1f\x8b\x08", zlib.MAX_WBITS | 16),
        *((head, zlib.MAX_WBITS) for head in _ZLIB_HEADS),
    ):
        at = data.find(head)
        while at >= 0:
            try:
                said = zlib.decompressobj(wbits).decompress(data[at : at + _MOST_UNPACKED], _MOST_UNPACKED)
            except zlib.error:
                said = b""
            if len(said) > 8:
                yield said
            at = data.find(head, at + 1)


def packed(data: bytes) -> tuple[bytes, ...]:
    """The same data in each way of packing that is looked into: to show that it would be found."""
    return gzip.compress(data), zlib.compress(data), zlib.compress(data, 9), zlib.compress(data, 1)
