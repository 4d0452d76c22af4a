"""Wait tickets: a signed note that says from when on its holder is let through, once.

A ticket names no one. It holds for one kind of request, for what that request is about (the login tried, or
nothing), and it was signed by a key that all processes and machines of an office have.
"""

import base64
import binascii
import hmac
import secrets
import struct
from dataclasses import dataclass
from hashlib import sha256
from math import ceil

SHORTEST_WAIT = 20  # seconds
LONGEST_WAIT = 60
GOOD_FOR = 3600  # seconds, from the moment the wait is over
_SHAPE = struct.Struct(">Q16s")  # opens at, in whole seconds; a number nobody can guess
_SEAL = 16
_LENGTH = _SHAPE.size + _SEAL


@dataclass(frozen=True, slots=True)
class Ticket:
    """`opens` in seconds since 1970; `number` is spent when the ticket is used."""

    opens: int
    number: bytes

    @property
    def until(self) -> int:
        return self.opens + GOOD_FOR

    def left(self, at: float) -> int:
        """Whole seconds still to wait; never more than a minute, even where the clock was set back."""
        left = ceil(self.opens - at)
        return 0 if left > LONGEST_WAIT else max(0, left)

    def is_over(self, at: float) -> bool:
        return at >= self.until


class Tickets:
    """Writes and reads tickets. `key` never leaves the office."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def write(self, lane: str, about: str, *, wait: float, at: float) -> str:
        """A ticket for the wait that is due, kept between 20 and 60 seconds; as text for a hidden field."""
        opens = int(at) + ceil(min(LONGEST_WAIT, max(SHORTEST_WAIT, wait)))
        body = _SHAPE.pack(opens, secrets.token_bytes(16))
        return base64.urlsafe_b64encode(body + self._seal(lane, about, body)).decode("ascii")

    def read(self, said: str, lane: str, about: str) -> Ticket | None:
        """The ticket, if it is one of ours for just this; whether it is time yet, `left` says."""
        try:
            raw = base64.b64decode(said.encode("ascii"), altchars=b"-_", validate=True)
        except (binascii.Error, UnicodeEncodeError):
            return None
        if len(raw) != _LENGTH:
            return None
        body, seal = raw[: _SHAPE.size], raw[_SHAPE.size :]
        if not hmac.compare_digest(seal, self._seal(lane, about, body)):
            return None
        return Ticket(*_SHAPE.unpack(body))

    def _seal(self, lane: str, about: str, body: bytes) -> bytes:
        said = b"\0".join((b"duly/wait/1", lane.encode(), sha256(about.encode()).digest(), body))
        return hmac.digest(self._key, said, "sha256")[:_SEAL]
