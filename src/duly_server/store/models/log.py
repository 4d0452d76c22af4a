"""The log: each fact's number in it, and which facts wait for theirs (docs/decisions/005)."""

from django.db import models


class LeafRow(models.Model):
    """A fact's number in the log and its leaf. Part of the record: the database refuses every change.

    The sequencer gives the numbers, in batches and shuffled; they tell no more of when than the batch does.
    """

    number = models.PositiveBigIntegerField(primary_key=True)  # from 0, without gaps
    chain = models.CharField(max_length=64)
    place = models.PositiveIntegerField()
    leaf = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(name="leaf_of_a_fact", fields=["chain", "place"])]

    def __str__(self) -> str:
        return f"{self.number}: {self.chain} {self.place}"


class WaitingRow(models.Model):
    """Facts of one chain, noted together, that have no number yet: from `place` to `last`.

    Found by what they are, so that no row tells when it came. An index: `record rebuild` makes it afresh.
    """

    pk = models.CompositePrimaryKey("chain", "place")
    chain = models.CharField(max_length=64)
    place = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    day = models.DateField(null=True, db_index=True)  # a reporter's: that must be over first

    def __str__(self) -> str:
        return f"{self.chain} {self.place} to {self.last}"
