"""Who stands out of which case: an index of the record, asked before anything of a case is shown."""

from django.db import models

from duly_server.store.models.docket import CaseRow


class ConflictRow(models.Model):
    """A case that is not there for whoever holds, held or will hold this appointment."""

    pk = models.CompositePrimaryKey("appointment", "case_id")
    appointment = models.CharField(max_length=64)
    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="conflicts", db_constraint=False)

    def __str__(self) -> str:
        return f"{self.appointment} out of {self.case_id}"
