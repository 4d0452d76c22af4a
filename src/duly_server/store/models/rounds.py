"""That the worker is at work: the end of its last round, for whoever watches over the machine."""

from django.db import models


class RoundRow(models.Model):
    """One row for each kind of process that goes round; nothing of what it found there."""

    name = models.CharField(max_length=16, primary_key=True)
    ended_at = models.DateTimeField()
    failed = models.PositiveIntegerField()  # tasks of that round that failed

    def __str__(self) -> str:
        return f"{self.name} at {self.ended_at}"
