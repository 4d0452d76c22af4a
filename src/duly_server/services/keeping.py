"""Keeping the record: verifying it, and making the indexes afresh from it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from duly_server.services import as_recorded
from duly_server.services.premises import premises
from duly_server.store import adoptions, comparing, leaves
from duly_server.store.busy import patiently
from duly_server.store.verify import RecordProblem, verify


def _nobody(count: int) -> None:
    """Nobody is told how far it is."""


def verify_record(
    *, on: date | None = None, seen: Callable[[int], object] = _nobody
) -> Iterable[RecordProblem]:
    """Every break of every chain and of the log, and every part that is missing or does not open, as found.

    With `on`, today, also what should long be in the log. `seen` is told how many chains were read.
    """
    return verify(premises().journal, on=on, seen=seen)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many records were read, and how many index rows were not as the record says."""

    read: int
    changed: int


def rebuild(*, on: date, seen: Callable[[int], object] = _nobody) -> Rebuilt:
    """Bring every index row to what the record says, as of this day; `seen` is told how many were read.

    An office may be at work meanwhile: what the record says is worked out without a lock, and only what
    stands otherwise is worked out again and written, a few records in each transaction.
    """
    read, changed = 0, as_recorded.put_appointments_right() + patiently(adoptions.put_right)
    for chains in comparing.chains("case/"):
        changed += as_recorded.put_cases_right(chains, on=on)
        read += len(chains)
        seen(read)
    for chains in comparing.chains("complaint/"):
        changed += as_recorded.put_complaints_right(chains, on=on)
        read += len(chains)
        seen(read)
    changed += patiently(leaves.put_waiting_right)
    return Rebuilt(read, changed + patiently(comparing.remove_strays))
