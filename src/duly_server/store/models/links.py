"""Which cases a complaint led to: an index of the complaints' own records."""

from django.db import models

from duly_server.store.models.docket import CaseRow


class ComplaintCaseRow(models.Model):
    """One complaint and one case it opened or joined; `place` is the fact of its record that says so.

    The sift makes one case for each respondent, so a complaint may have several; the first is the one that
    its receipt opened or joined.
    """

    pk = models.CompositePrimaryKey("complaint", "case_id")
    complaint = models.CharField(max_length=16)  # a reference
    case = models.ForeignKey(
        CaseRow, on_delete=models.CASCADE, related_name="complaint_links", db_constraint=False
    )
    place = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.complaint} in {self.case_id}"
