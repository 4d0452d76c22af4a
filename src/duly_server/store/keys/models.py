"""The one table of the key store."""

from django.db import models


class UnitKey(models.Model):
    """The key of one erasure unit, wrapped. A row without a fact is waste; a fact without its row is loss."""

    unit_id = models.BinaryField(primary_key=True, max_length=16)
    epoch = models.CharField(max_length=32)  # id of the wrapping key
    wrapped = models.BinaryField(null=True)  # None once destroyed
    destroyed_on = models.DateField(null=True)

    def __str__(self) -> str:
        return bytes(self.unit_id).hex()
