"""Complaints that came from a file: known again by a keyed digest, so that no row is taken in twice."""

from django.db import models


class HistoryRow(models.Model):
    """One complaint of a source elsewhere, and the complaint it is here.

    `mark` is a keyed digest of the source and of what identifies the complaint there: who has the table alone
    learns neither. `rows` counts its rows of allegations in the record.
    """

    mark = models.BinaryField(primary_key=True, max_length=32)
    complaint = models.CharField(max_length=16, unique=True)  # a reference
    rows = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"history of {self.complaint}"
