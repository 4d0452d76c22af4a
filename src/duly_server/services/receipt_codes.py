"""Looking a receipt code up: equal work for hit and miss, in a bounded pool (threats 2.6)."""

import os
from datetime import date
from threading import BoundedSemaphore

from duly.record.references import reads_as_receipt_code
from duly_server.gateways.keys import Purpose
from duly_server.services.premises import premises
from duly_server.services.work import slow_digest
from duly_server.store import receipts

MOST_SECONDS = 1.0
COME_BACK_IN = 5  # seconds

# Intake never enters here: somebody who guesses at codes can slow down other look-ups, and no report.
_pool = BoundedSemaphore(os.cpu_count() or 1)


class BusyError(Exception):
    """Every slot was taken for a whole second."""


def as_typed(text: str) -> str | None:
    """The code that was meant; None where a digit is wrong or missing, which needs no look-up to say."""
    return reads_as_receipt_code(text)


def complaint_of(code: str, *, on: date) -> str | None:
    """The reference of the complaint whose code this is, as `as_typed` gives it. Raises BusyError.

    A keyed digest, a slow one and one query, whether or not there is such a code.
    """
    if not _pool.acquire(timeout=MOST_SECONDS):
        raise BusyError
    try:
        fast = premises().keyring.mac(Purpose.RECEIPT, code.encode())
        slow = slow_digest(fast)
    finally:
        _pool.release()
    return receipts.find(fast, slow, on=on)
