"""The rounds of the worker, noted so that a monitor sees when they stop. No part of the record, of no backup.

Noted every half minute and not every round: on SQLite each note waits for the disk.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from duly_server.store.models import RoundRow

EVERY = timedelta(seconds=30)
_WORKER = "worker"


@dataclass(frozen=True, slots=True)
class Round:
    """When the last round that was noted ended, and how many of its tasks failed."""

    ended_at: datetime
    failed: int


def last() -> Round | None:
    """None: no worker has ever gone round here."""
    found = RoundRow.objects.filter(name=_WORKER).values_list("ended_at", "failed").first()
    return None if found is None else Round(*found)


def note(*, at: datetime, failed: int) -> None:
    """A round ended. Also noted at once where it went otherwise than the last, or the clock was set back."""
    before = last()
    if before is not None and before.failed == failed and timedelta(0) <= at - before.ended_at < EVERY:
        return
    RoundRow.objects.update_or_create(name=_WORKER, defaults={"ended_at": at, "failed": failed})
