"""What a reporter leaves behind before and after a complaint: a sealed draft, a digest of the code."""

from typing import ClassVar

from django.db import models


class ReceiptRow(models.Model):
    """The digest of a receipt code (threats 2.6); `fast` until the worker has put the slow one there."""

    class State(models.TextChoices):
        FAST = "fast"
        SLOW = "slow"

    h = models.BinaryField(primary_key=True, max_length=32)
    state = models.CharField(max_length=8, choices=State, default=State.FAST)
    complaint = models.CharField(max_length=16, db_index=True)  # a reference
    ends_on = models.DateField(null=True)  # the first day the code no longer opens anything

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="receipts_to_slow", fields=["h"], condition=models.Q(state="fast")),
        ]

    def __str__(self) -> str:
        return f"receipt of {self.complaint}"


class DraftRow(models.Model):
    """A half-filled report, sealed under a key that only the reporter's cookie holds."""

    id = models.BinaryField(primary_key=True, max_length=16)  # a digest of that key
    sealed = models.BinaryField()
    expires_on = models.DateField(db_index=True)  # only the day

    def __str__(self) -> str:
        return f"draft until {self.expires_on}"
