"""Looking a receipt code up: equal work for hit and miss, in a bounded pool (threats 2.6)."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from threading import BoundedSemaphore, get_native_id

from duly.record.references import reads_as_receipt_code
from duly_server.gateways.keys import Purpose
from duly_server.services.premises import premises
from duly_server.services.work import slow_digest
from duly_server.store import receipts

MOST_SECONDS = 1.0
COME_BACK_IN = 5  # seconds

SLOTS = max(1, (os.cpu_count() or 1) // 2)  # the other processors are for whoever complains meanwhile
MOST_AT_ONCE = 2 * SLOTS  # looking up or waiting to: whoever serves has more threads than these

# Intake never enters here: somebody who guesses at codes can slow down other look-ups, and no report. Nor may
# waiting for a slot take up every thread of the server, so that only a few may wait and the rest come back.
_pool = BoundedSemaphore(SLOTS)
_room = BoundedSemaphore(MOST_AT_ONCE)


def _give_way() -> None:
    """Let this thread have what the processor has left: a complaint that comes in goes first (T17)."""
    with suppress(OSError, AttributeError):  # where threads have no precedence of their own, all are equal
        os.setpriority(os.PRIO_PROCESS, get_native_id(), 19)


_yielding = ThreadPoolExecutor(SLOTS, thread_name_prefix="duly-digest", initializer=_give_way)


class BusyError(Exception):
    """Every slot was taken for a whole second, or too many are waiting for one already."""


def as_typed(text: str) -> str | None:
    """The code that was meant; None where a digit is wrong or missing, which needs no look-up to say."""
    return reads_as_receipt_code(text)


def complaint_of(code: str, *, on: date) -> str | None:
    """The reference of the complaint whose code this is, as `as_typed` gives it. Raises BusyError.

    A keyed digest, a slow one and one query, whether or not there is such a code.
    """
    if not _room.acquire(blocking=False):
        raise BusyError
    try:
        fast, slow = _digests(code)
    finally:
        _room.release()
    return receipts.find(fast, slow, on=on)


def _digests(code: str) -> tuple[bytes, bytes]:
    if not _pool.acquire(timeout=MOST_SECONDS):
        raise BusyError
    try:
        fast = premises().keyring.mac(Purpose.RECEIPT, code.encode())
        return fast, _yielding.submit(slow_digest, fast).result()
    finally:
        _pool.release()
