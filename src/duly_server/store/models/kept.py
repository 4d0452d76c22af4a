"""How many time limits were kept: an index of the record, by case and month."""

from typing import ClassVar

from django.db import models

from duly_server.store.models.docket import CaseRow


class KeptRow(models.Model):
    """Of the office's limits that came to their end in this case in this month, how many were kept."""

    pk = models.CompositePrimaryKey("case_id", "month")
    case = models.ForeignKey(
        CaseRow, on_delete=models.CASCADE, related_name="kept", db_constraint=False, db_index=False
    )
    month = models.DateField()  # its first day
    ended = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()

    class Meta:
        # By month, so that no question about this month reads a case closed before it.
        indexes: ClassVar[list[models.Index]] = [models.Index(name="kept_by_month", fields=["month", "case"])]

    def __str__(self) -> str:
        return f"{self.kept} of {self.ended} in {self.case_id}"
