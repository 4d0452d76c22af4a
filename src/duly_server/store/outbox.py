"""What is to be told because of a fact: written with the fact, told after commit, perhaps twice, never not.

A row holds references only; the text is made when it is sent, from what the record says then.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from duly_server.store import leases, rows
from duly_server.store.models import OutboxRow
from duly_server.store.models.reminders import AT_ONCE

State = OutboxRow.State


@dataclass(frozen=True, slots=True)
class ToTell:
    """A kind of message (a name of the letters, "desk") about the fact at this place."""

    kind: str
    chain: str
    place: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A message to send now, how often that was tried before, and the token that says who has it."""

    id: uuid.UUID
    lease: str
    tries: int
    message: ToTell


def put(messages: Iterable[ToTell]) -> None:
    """Put messages in, in the transaction that appends their facts. No instant is kept (threats 2.7)."""
    rows.write(new(messages))


def new(messages: Iterable[ToTell]) -> list[rows.New]:
    """Their rows, to be written as `put` does."""
    return [rows.New(OutboxRow, [_waiting(each) for each in messages])]


def _waiting(message: ToTell) -> rows.Values:
    never_tried, lease = 0, ""
    told = (message.kind, message.chain, message.place)
    return (uuid.uuid4(), *told, State.WAITING.value, AT_ONCE, lease, never_tried)


def waiting(kind: str) -> tuple[ToTell, ...]:
    """What of this kind was not told yet, as far as is known."""
    rows_left = OutboxRow.objects.filter(kind=kind, state=State.WAITING).order_by("chain", "place")
    return tuple(ToTell(row.kind, row.chain, row.place) for row in rows_left)


def claim(*, as_of: datetime) -> Claim | None:
    """A message that is due, taken for one lease; None if none is."""
    due = OutboxRow.objects.filter(state=State.WAITING, wakes_at__lte=as_of).order_by("wakes_at", "id")
    if not due.exists():  # the usual answer, found without waiting for the write lock
        return None
    with transaction.atomic():
        row = due.select_for_update(skip_locked=True).first()
        if row is None:
            return None
        lease = leases.new_lease()
        taken = OutboxRow.objects.filter(pk=row.pk, state=State.WAITING, lease=row.lease).update(
            wakes_at=leases.until(as_of), lease=lease, tries=F("tries") + 1
        )
    return Claim(row.id, lease, row.tries, ToTell(row.kind, row.chain, row.place)) if taken else None


def renew(mine: Claim, *, as_of: datetime) -> bool:
    """Another lease from now on; False if the message is no longer ours."""
    return bool(_held(mine).update(wakes_at=leases.until(as_of)))


def sent(mine: Claim) -> bool:
    """It was told; False if the lease ran out and somebody else has it."""
    return bool(_held(mine).update(state=State.SENT, wakes_at=AT_ONCE, lease=""))


def put_back(mine: Claim, *, wakes_at: datetime) -> bool:
    """It could not be told now: try again then."""
    return bool(_held(mine).update(wakes_at=wakes_at, lease=""))


def give_up(mine: Claim) -> bool:
    """It cannot be told at all; the row stays, for a person to see."""
    return bool(_held(mine).update(state=State.GIVEN_UP, wakes_at=AT_ONCE, lease=""))


def given_up() -> tuple[ToTell, ...]:
    """What could not be told."""
    found = OutboxRow.objects.filter(state=State.GIVEN_UP).order_by("chain", "place", "kind")
    return tuple(ToTell(row.kind, row.chain, row.place) for row in found)


def _held(mine: Claim) -> QuerySet[OutboxRow]:
    return OutboxRow.objects.filter(pk=mine.id, state=State.WAITING, lease=mine.lease)
