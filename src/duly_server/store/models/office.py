"""The organisation's own record as indexes: appointments, and the rulebooks and calendars it adopted."""

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
    """A rulebook file that was adopted, whole, by its digest. `offices` that serve cases, space-separated."""

    digest = models.CharField(max_length=64, primary_key=True)
    edition = models.CharField(max_length=200)
    in_force_from = models.DateField()
    adopted_on = models.DateField()
    offices = models.TextField(blank=True)
    text = models.BinaryField()

    def __str__(self) -> str:
        return self.edition


class CalendarRow(models.Model):
    """A calendar file that was adopted, whole, by its digest."""

    digest = models.CharField(max_length=64, primary_key=True)
    calendar = models.CharField(max_length=100)
    edition = models.CharField(max_length=100)
    adopted_on = models.DateField()
    text = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.calendar} {self.edition}"
