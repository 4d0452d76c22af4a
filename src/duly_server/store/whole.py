"""Counts of the whole docket, for the office that answers for it and serves no case. No reference leaves.

The one place beside `visible` that asks the tables of everything: it gives numbers and days alone, and
only to whoever sees no case of their own, so that nobody takes one from the other (threats 4.4).
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from duly_server.store.docket import Span
from duly_server.store.editions import adopted
from duly_server.store.models import AssignmentRow, CaseRow, DutyRow
from duly_server.store.visible import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCount:
    """The running clocks of one step owed by the same offices, in every open case and at the sift.

    `longest` is the due day of the one late longest, `next` that of the one due next; None where none is.
    """

    step: str
    offices: tuple[str, ...]
    limit: str
    is_party: bool
    running: int
    late: int
    soon: int
    paused: int
    longest: date | None
    next: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Open cases, complaints at the sift, and among both those that stand paused."""

    open: int
    sift: int
    paused: int


def serves(viewer: Viewer, on: date) -> bool:
    """Whether somebody serves cases, by an office of any edition or because a case is assigned to them."""
    offices = viewer.offices(on)
    if any(offices & edition.serving for edition in adopted()):
        return True
    return AssignmentRow.objects.filter(appointment__in=viewer.numbers(on)).exists()


def by_step(span: Span) -> tuple[StepCount, ...]:
    """One query; steps and offices by the names of their editions."""
    late = Q(due_on__lt=span.today, is_party=False, paused=False)
    soon = Q(due_on__gte=span.today, due_on__lte=span.five, paused=False)
    rows = (
        DutyRow.objects.values("step", "limit", "offices", "is_party")
        .annotate(
            running=Count("step"),
            late=Count("step", filter=late),
            soon=Count("step", filter=soon),
            standing=Count("step", filter=Q(paused=True)),
            longest=Min("due_on", filter=late),
            next=Min("due_on", filter=Q(due_on__gte=span.today, paused=False)),
        )
        .order_by("step", "limit", "offices")
    )
    return tuple(
        StepCount(
            step=row["step"],
            limit=row["limit"],
            offices=tuple(row["offices"].split()),
            is_party=row["is_party"],
            running=row["running"],
            late=row["late"],
            soon=row["soon"],
            paused=row["standing"],
            longest=row["longest"],
            next=row["next"],
        )
        for row in rows
    )


def cases() -> Cases:
    """How many there are; two queries."""
    found = CaseRow.objects.filter(closed_on__isnull=True).aggregate(
        open=Count("pk", filter=Q(accepted_on__isnull=False)),
        sift=Count("pk", filter=Q(accepted_on__isnull=True)),
    )
    paused = DutyRow.objects.filter(paused=True).aggregate(cases=Count("case", distinct=True))["cases"]
    return Cases(open=found["open"], sift=found["sift"], paused=paused)
