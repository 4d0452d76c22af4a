"""When to look again, and what is to be told: reminders, never the truth."""

import uuid
from datetime import UTC, datetime
from typing import ClassVar

from django.db import models

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)  # no instant: a row must not tell when a report came in


class AgendaRow(models.Model):
    """When to look at a record next. Whoever claims it works out from the record what is due."""

    chain = models.CharField(max_length=64, primary_key=True)
    wakes_at = models.DateTimeField(db_index=True)
    lease = models.CharField(max_length=32, blank=True)  # token of whoever works on it now

    def __str__(self) -> str:
        return f"{self.chain} at {self.wakes_at}"


class OutboxRow(models.Model):
    """Something to be told because of a fact. It holds references only; the text is made at sending."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        GIVEN_UP = "given up"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)
    place = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    wakes_at = models.DateTimeField(default=AT_ONCE)
    lease = models.CharField(max_length=32, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="outbox_waiting", fields=["wakes_at", "id"], condition=models.Q(state="waiting")
            ),
            models.Index(name="outbox_by_fact", fields=["chain", "place"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.chain} {self.place}"
