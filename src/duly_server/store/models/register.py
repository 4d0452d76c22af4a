"""Measures that bind a person: the register, as an index of the record."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from duly_server.store.models.docket import CaseRow


class MeasureRow(models.Model):
    """One interim measure or sanction. In force on days `since <= day < before`; `before` None: for good.

    From `imposed_on` until `since` it is stayed; `since` None: nobody can say yet when it will begin, or it
    never did. `turn` counts the same measure on the same party in one case, from 1. `ended_on` is the day a
    decision ended it early, if one did.
    """

    pk = models.CompositePrimaryKey("case_id", "party", "measure", "turn")
    case = models.ForeignKey(
        CaseRow, on_delete=models.CASCADE, related_name="measures", db_constraint=False, db_index=False
    )
    party = models.CharField(max_length=16)  # a tag
    measure = models.CharField(max_length=100)
    turn = models.PositiveSmallIntegerField(default=1)
    is_interim = models.BooleanField()
    imposed_on = models.DateField()
    since = models.DateField(null=True)
    before = models.DateField(null=True)
    review_due_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    edition = models.CharField(max_length=64, db_default="")  # its case's
    is_open = models.BooleanField(db_default=True)  # its case is accepted, and not closed

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="interim_by_end",
                fields=["edition", "before", "case", "since", "is_interim", "is_open"],
                condition=Q(is_interim=True, is_open=True),
            ),
            models.Index(name="register_by_end", fields=["before", "since"]),
        ]

    def __str__(self) -> str:
        return f"{self.measure} in {self.case_id}"
