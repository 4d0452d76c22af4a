"""The record itself: facts and their sealed parts.

With the leaves of the log these are the record; every other table is an index of it.
"""

from django.db import models


class FactRow(models.Model):
    """One fact: its canonical bytes, and beside them only what it is found by.

    The database refuses every change of a row (store/guards.py); `duly record verify` compares each column
    with the bytes.
    """

    pk = models.CompositePrimaryKey("chain", "place")
    chain = models.CharField(max_length=64)
    place = models.PositiveIntegerField()  # from 1, without gaps
    kind = models.CharField(max_length=64)
    digest = models.BinaryField(max_length=32)
    fact = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.chain} {self.place}"


class SealedPart(models.Model):
    """What a fact names or narrates, sealed under the key of its erasure unit. Erased by losing the key."""

    pk = models.CompositePrimaryKey("chain", "place", "name")
    chain = models.CharField(max_length=64)
    place = models.PositiveIntegerField()
    name = models.CharField(max_length=64)
    unit_id = models.BinaryField(max_length=16)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.chain} {self.place} {self.name}"
