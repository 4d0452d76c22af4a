"""The signed promise on a receipt: this fact will be in the log by the end of this day.

What is signed and how the file is written is in docs/reference/record.md. Whether the signature fits is for
whoever has Ed25519 at hand; here is what it must fit.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from duly.record.codec import canonical
from duly.record.shapes import CHAIN, ORIGIN, Shape

FORMAT = "duly/promise/1"


class PromiseError(ValueError):
    """The text is no promise as an office writes it. The sentence says which line is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """The fact with this digest, at this place of this record, is in the log when the day `by` ends."""

    origin: str
    chain: str
    place: int
    digest: bytes
    by: date

    @property
    def signed_bytes(self) -> bytes:
        """What the office signs: no more than is needed to find the fact, and nothing that it says."""
        says = {
            "by": self.by.isoformat(),
            "chain": self.chain,
            "digest": self.digest.hex(),
            "origin": self.origin,
            "place": self.place,
        }
        return FORMAT.encode() + b"\0" + canonical(says)


@dataclass(frozen=True, slots=True)
class SignedPromise:
    """A promise, the public key it is said to be signed with (32 bytes), and the signature (64)."""

    promise: Promise
    key: bytes
    signature: bytes


def promised_by(noted_on: date) -> date:
    """The day by whose end a fact noted on this day is in the log: the next one.

    What a reporter does gets its number only when its day is over.
    """
    return noted_on + timedelta(days=1)


def write(signed: SignedPromise) -> str:
    """The file for whoever holds the receipt, a line for each thing it says."""
    promise = signed.promise
    said = (
        promise.origin,
        promise.chain,
        str(promise.place),
        promise.digest.hex(),
        promise.by.isoformat(),
        signed.key.hex(),
        signed.signature.hex(),
    )
    lines = [f"{label}: {value}" for (label, _), value in zip(_LINES, said, strict=True)]
    return "\n".join((FORMAT, *lines, ""))


def read(text: str) -> SignedPromise:
    """The promise in a file. Line ends of any system are taken; all else is as `write` has it.

    Raises PromiseError.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").removesuffix("\n").split("\n")
    if lines[0] != FORMAT:
        raise PromiseError(f'The first line of a promise is "{FORMAT}".')
    if len(lines) != len(_LINES) + 1:
        raise PromiseError(f"A promise has {len(_LINES) + 1} lines, and this has {len(lines)}.")
    said = [_said(line, label, shape) for line, (label, shape) in zip(lines[1:], _LINES, strict=True)]
    origin, chain, place, digest, day, key, signature = said
    try:
        by = date.fromisoformat(day)
    except ValueError:
        raise PromiseError(f"The line {_BY} holds no day there is.") from None
    promise = Promise(origin=origin, chain=chain, place=int(place), digest=bytes.fromhex(digest), by=by)
    return SignedPromise(promise, bytes.fromhex(key), bytes.fromhex(signature))


def _said(line: str, label: str, shape: Shape) -> str:
    name, _, value = line.partition(": ")
    if name != label or not shape.fits(value):
        raise PromiseError(f"The line {label} is missing, or does not hold {shape.says}.")
    return value


def _hex(length: int) -> Shape:
    return Shape(f"{length} bytes in hex", re.compile(f"[0-9a-f]{{{length * 2}}}").fullmatch)


_BY = "in the log by"
_LINES = (
    ("log", ORIGIN),
    ("record", CHAIN),
    ("place", Shape("a number from 1", re.compile("[1-9][0-9]{0,8}").fullmatch)),
    ("digest", _hex(32)),
    (_BY, Shape("a day", re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch)),
    ("key", _hex(32)),
    ("signature", _hex(64)),
)
