"""Cases, what is owed in them, complaints, and who serves in a case: indexes of the record."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

NEVER = date(9999, 12, 31)  # the due date of a case in which nothing is owed: it sorts last on every database


# The limit of a duty that is no step: `step` is then the pause that is to be reviewed. No name of a rulebook
# has a space in it.
PAUSE_REVIEW = "pause review"


class CaseRow(models.Model):
    """One case record, with the duty that is due next.

    Until `accepted_on` it is a complaint at the sift; desk, figures and status page count it as a case from
    then on. `stages` and `owed_by` are names of the edition, separated by spaces; `head` the place of the
    last fact this row was made from.
    """

    reference = models.CharField(max_length=16, primary_key=True)
    edition = models.CharField(max_length=64)  # SHA-256 of the rulebook file, hex
    calendar = models.CharField(max_length=64)  # SHA-256 of the calendar file, hex
    received_on = models.DateField()
    accepted_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    closed_as = models.CharField(max_length=100, blank=True)
    stages = models.TextField(blank=True)
    conduct = models.CharField(max_length=100, blank=True)
    owner = models.CharField(max_length=64, blank=True)  # an appointment's number
    head = models.PositiveIntegerField()
    owed_step = models.CharField(max_length=100, blank=True)
    owed_by = models.TextField(blank=True)
    due_on = models.DateField(default=NEVER)
    original_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
    state = models.CharField(max_length=32, blank=True)
    unheld = models.TextField(blank=True, db_default="")  # those of `owed_by` assigned to nobody in the case

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # By edition, which says whose cases they are: for counting what somebody sees, without a look at
            # the table, so that what makes a case open stands in the index as well.
            models.Index(
                name="docket_counted",
                fields=["edition", "due_on", "accepted_on", "closed_on"],
                condition=Q(closed_on__isnull=True, accepted_on__isnull=False),
            ),
            models.Index(
                name="docket_sift_counted",
                fields=["edition", "received_on", "accepted_on", "closed_on"],
                condition=Q(closed_on__isnull=True, accepted_on__isnull=True),
            ),
            models.Index(
                name="docket_unheld",
                fields=["edition", "unheld", "accepted_on", "closed_on"],
                condition=Q(closed_on__isnull=True, accepted_on__isnull=False),
            ),
            models.Index(
                name="docket_late_first",
                fields=["due_on", "reference"],
                condition=Q(closed_on__isnull=True, accepted_on__isnull=False),
            ),
            models.Index(
                name="docket_sift",
                fields=["received_on", "reference"],
                condition=Q(closed_on__isnull=True, accepted_on__isnull=True),
            ),
            models.Index(
                name="docket_closed",
                fields=["closed_on", "reference"],
                condition=Q(closed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def chain(self) -> str:
        return f"case/{self.reference}"


class DutyRow(models.Model):
    """One running clock of one case, or the review owed on its pause (`limit` is then PAUSE_REVIEW).

    `offices` are separated by spaces; one of them owes the step.
    """

    pk = models.CompositePrimaryKey("case_id", "step", "key", "limit", "part")
    case = models.ForeignKey(
        CaseRow, on_delete=models.CASCADE, related_name="duties", db_constraint=False, db_index=False
    )
    step = models.CharField(max_length=100)
    key = models.CharField(max_length=64, blank=True)  # "" where the step is not `per` anything
    limit = models.CharField(max_length=100)
    part = models.PositiveSmallIntegerField(default=0)
    offices = models.TextField()
    is_party = models.BooleanField()  # a party owes it, not the office
    due_on = models.DateField()
    original_on = models.DateField()
    started_on = models.DateField()
    paused = models.BooleanField(default=False)
    edition = models.CharField(max_length=64, db_default="")  # its case's
    is_given = models.BooleanField(db_default=True)  # somebody is assigned in the case who may do it
    is_open = models.BooleanField(db_default=True)  # its case is accepted, and not closed

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="duties_given_to_nobody",
                fields=["edition", "offices", "due_on"],
                condition=Q(is_party=False, is_given=False),
            ),
            models.Index(
                name="duties_of_offices",
                fields=["edition", "due_on", "is_party", "paused"],
                condition=Q(is_party=False, paused=False),
            ),
            models.Index(
                name="duties_of_parties",
                fields=["edition", "due_on", "is_party", "paused"],
                condition=Q(is_party=True, paused=False),
            ),
            models.Index(
                name="duties_asked_of_parties",
                fields=["edition", "started_on", "is_party", "paused"],
                condition=Q(is_party=True, paused=False),
            ),
            models.Index(
                name="duties_paused",
                fields=["edition", "case", "paused", "is_open"],
                condition=Q(paused=True, is_open=True),
            ),
            models.Index(name="duties_by_day", fields=["due_on", "case"]),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.step} by {self.due_on}"


class ComplaintRow(models.Model):
    """One complaint. `case` is the one it opened or joined; history (imported) has none until an officer
    opens one from it."""

    reference = models.CharField(max_length=16, primary_key=True)
    case = models.ForeignKey(
        CaseRow, null=True, on_delete=models.SET_NULL, related_name="complaints", db_constraint=False
    )
    received_on = models.DateField()
    naming = models.CharField(max_length=16, blank=True)
    channel = models.CharField(max_length=16, blank=True)
    is_history = models.BooleanField(default=False)
    state = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # The list of history, page by page: SQLite uses no index of the truth itself.
            models.Index(
                name="complaints_of_history",
                fields=["received_on", "reference"],
                condition=Q(is_history=True),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def chain(self) -> str:
        return f"complaint/{self.reference}"


class AssignmentRow(models.Model):
    """An office in a case, and the appointment that holds it there."""

    pk = models.CompositePrimaryKey("case_id", "office")
    case = models.ForeignKey(
        CaseRow, on_delete=models.CASCADE, related_name="assignments", db_constraint=False, db_index=False
    )
    office = models.CharField(max_length=100)
    appointment = models.CharField(max_length=64, db_index=True)
    is_live = models.BooleanField(db_default=True)  # the case is open, or something is still owed in it

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="assigned_and_live", fields=["appointment", "case"], condition=Q(is_live=True)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.office}"
