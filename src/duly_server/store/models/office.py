"""The organisation's own record as indexes: appointments, and the rulebooks and calendars it adopted.

Beside them the files that somebody thinks of adopting, which are no part of the record.
"""

from django.db import models

from duly_server.store.models.accounts import Account


class AppointmentRow(models.Model):
    """An office held from `since` up to but not including `before`."""

    number = models.CharField(max_length=64, primary_key=True)
    office = models.CharField(max_length=100)
    account = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="appointments", db_constraint=False
    )
    since = models.DateField()
    before = models.DateField(null=True)

    def __str__(self) -> str:
        return self.number


class EditionRow(models.Model):
    """A rulebook file that was adopted, whole, by its digest. `offices` that serve cases, space-separated.

    `withdrawn` is the place of the fact that withdrew it before its first day, 0 while it stands.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    edition = models.CharField(max_length=200)
    in_force_from = models.DateField()
    adopted_on = models.DateField()
    place = models.PositiveIntegerField(db_default=0)  # of its adoption in the record of the organisation
    withdrawn = models.PositiveIntegerField(db_default=0)
    offices = models.TextField(blank=True)
    text = models.BinaryField()

    def __str__(self) -> str:
        return self.edition


class CalendarRow(models.Model):
    """A calendar file that was adopted, whole, by its digest; `withdrawn` as of an edition."""

    digest = models.CharField(max_length=64, primary_key=True)
    calendar = models.CharField(max_length=100)
    edition = models.CharField(max_length=100)
    adopted_on = models.DateField()
    place = models.PositiveIntegerField(db_default=0)
    withdrawn = models.PositiveIntegerField(db_default=0)
    text = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.calendar} {self.edition}"


class ProposedRow(models.Model):
    """A rulebook or a calendar somebody put before the desk, and how far the open cases were looked at.

    `digest` is that of its text; `beside` the text of a calendar that would be adopted with a rulebook;
    `looked` what was found so far, as JSON, and `heads` the state of the record it was found in.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    is_calendar = models.BooleanField()
    text = models.BinaryField()
    beside = models.BinaryField(default=b"")
    proposed_on = models.DateField()
    looked = models.TextField(default="")
    heads = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return self.digest[:12]
