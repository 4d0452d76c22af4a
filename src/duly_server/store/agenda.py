"""When to look at a record next.

A row is only a reminder: whoever claims it works out from the record what is due, outside any transaction
(work inside the claiming one would hold up SQLite's other writers), and completes it in the transaction
that writes the result. A worker that dies delays the record by one lease and cannot lose it; one that takes
longer than its lease must renew it; if two should hold the same record, the journal lets one of them write.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from duly_server.store import leases, rows
from duly_server.store.models import AgendaRow


@dataclass(frozen=True, slots=True)
class Claim:
    """The record to look at, and the token that says who has it."""

    chain: str
    lease: str


def wake(wakes: Mapping[str, datetime | None]) -> None:
    """Look at each of these records (by chain) at this instant; None: no more. Ends any lease on them."""
    gone = [chain for chain, at in wakes.items() if at is None]
    if gone:
        AgendaRow.objects.filter(chain__in=gone).delete()
    rows.write(new(wakes, if_taken=rows.Taken.REPLACED))


def new(wakes: Mapping[str, datetime | None], *, if_taken: rows.Taken = rows.Taken.REFUSED) -> list[rows.New]:
    """The rows of records that have none yet, to be written; none where a record is not looked at again."""
    wake_at = [(chain, at, "") for chain, at in wakes.items() if at is not None]  # a lease nobody has
    return [rows.New(AgendaRow, wake_at, if_taken)]


def claim(*, as_of: datetime) -> Claim | None:
    """The record whose time came first, taken for one lease; None if no time has come."""
    due = AgendaRow.objects.filter(wakes_at__lte=as_of).order_by("wakes_at", "chain")
    if not due.exists():  # the usual answer, found without waiting for the write lock
        return None
    with transaction.atomic():
        row = due.select_for_update(skip_locked=True).first()
        if row is None:
            return None
        lease = leases.new_lease()
        taken = AgendaRow.objects.filter(chain=row.chain, wakes_at=row.wakes_at, lease=row.lease).update(
            wakes_at=leases.until(as_of), lease=lease
        )
    return Claim(row.chain, lease) if taken else None


def renew(mine: Claim, *, as_of: datetime) -> bool:
    """Another lease from now on; False if the record is no longer ours: stop."""
    return bool(_held(mine).update(wakes_at=leases.until(as_of)))


def complete(mine: Claim, *, wakes_at: datetime | None) -> bool:
    """Done until then (None: for good), to be called in the transaction that writes what came of it.

    False if the lease ran out and somebody else has it, or a new wake was set meanwhile: leave theirs alone.
    """
    held = _held(mine)
    if wakes_at is None:
        return bool(held.delete()[0])
    return bool(held.update(wakes_at=wakes_at, lease=""))


def next_wake() -> datetime | None:
    """When the next record wants to be looked at."""
    return AgendaRow.objects.order_by("wakes_at").values_list("wakes_at", flat=True).first()


def _held(mine: Claim) -> QuerySet[AgendaRow]:
    return AgendaRow.objects.filter(chain=mine.chain, lease=mine.lease)
