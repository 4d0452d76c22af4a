"""The office's keys: what they are asked for, where they lie, and what is refused."""

from duly_server.gateways.keys.checks import beyond_loopback, lying_open, misplaced, refusals
from duly_server.gateways.keys.file import FileKeyRing, unreadable
from duly_server.gateways.keys.ring import (
    KeyRing,
    KeysRefusedError,
    NoSuchKeyError,
    Purpose,
    Wrapped,
    epoch_of,
)
from duly_server.gateways.keys.signatures import verifies

__all__ = [
    "FileKeyRing",
    "KeyRing",
    "KeysRefusedError",
    "NoSuchKeyError",
    "Purpose",
    "Wrapped",
    "beyond_loopback",
    "epoch_of",
    "lying_open",
    "misplaced",
    "refusals",
    "unreadable",
    "verifies",
]
