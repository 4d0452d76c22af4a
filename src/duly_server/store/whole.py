"""Counts of the whole docket, for the office that answers for it and serves no case. No reference leaves.

The one place beside `visible` that asks the tables of everything: it gives numbers and days alone, and
only to whoever sees no case of their own, so that nobody takes one from the other (threats 4.4).
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Q, Value
from django.db.models.functions import Concat

from duly.record.facts import DecisionDaySet, FastTracked, TrackedByOrder
from duly_server.store.docket import Span, in_force
from duly_server.store.editions import adopted
from duly_server.store.models import AssignmentRow, CaseRow, ConflictRow, DutyRow, FactRow, MeasureRow
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


def stood_out_of() -> tuple[tuple[str, frozenset[str]], ...]:
    """Of each open case that somebody stands out of: its edition, and whose appointments those are."""
    found = ConflictRow.objects.filter(case__closed_on__isnull=True).order_by("case_id", "appointment")
    numbers: dict[tuple[str, str], set[str]] = {}
    for case, edition, number in found.values_list("case_id", "case__edition", "appointment"):
        numbers.setdefault((case, edition), set()).add(number)
    return tuple((edition, frozenset(some)) for (_, edition), some in numbers.items())


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


@dataclass(frozen=True, slots=True, kw_only=True)
class InterimCount:
    """One interim measure, as it binds in open cases: how often, the earliest day since which, how many
    reviews are overdue, and the next day on which one is due."""

    measure: str
    in_force: int
    since: date
    overdue: int
    next_review: date | None


def interim(on: date) -> tuple[InterimCount, ...]:
    """One query, along the index of interim measures in open cases."""
    rows = (
        MeasureRow.objects.filter(in_force(on), is_open=True)
        .values("measure")
        .annotate(
            in_force=Count("measure"),
            oldest=Min("since"),
            overdue=Count("measure", filter=Q(review_due_on__lt=on)),
            next_review=Min("review_due_on", filter=Q(review_due_on__gte=on)),
        )
        .order_by("oldest", "measure")
    )
    return tuple(
        InterimCount(
            measure=row["measure"],
            in_force=row["in_force"],
            since=row["oldest"],
            overdue=row["overdue"],
            next_review=row["next_review"],
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """So many open cases, at the sift too, that opened on one day under one edition and calendar."""

    received_on: date
    edition: str
    calendar: str
    is_on_fast_track: bool
    cases: int


def ages() -> tuple[Age, ...]:
    """How old the open cases are; one query. A fact that was corrected since counts as it was."""
    tracked = FactRow.objects.filter(
        chain=Concat(Value("case/"), OuterRef("reference")),
        kind__in=(FastTracked.KIND, TrackedByOrder.KIND, DecisionDaySet.KIND),
    )
    rows = (
        CaseRow.objects.filter(closed_on__isnull=True)
        .annotate(tracked=Exists(tracked))
        .values("received_on", "edition", "calendar", "tracked")
        .annotate(cases=Count("pk"))
        .order_by("received_on")
    )
    return tuple(
        Age(
            received_on=row["received_on"],
            edition=row["edition"],
            calendar=row["calendar"],
            is_on_fast_track=row["tracked"],
            cases=row["cases"],
        )
        for row in rows
    )


def open_since(day: date, *, after: str, most: int) -> list[str]:
    """References of open cases that were received on this day or before, in their order, `most` at once.

    For the worker, which does to each what an order says; never for a page.
    """
    found = CaseRow.objects.filter(closed_on__isnull=True, received_on__lte=day, reference__gt=after)
    return list(found.order_by("reference").values_list("reference", flat=True)[:most])


def cases() -> Cases:
    """How many there are; two queries."""
    found = CaseRow.objects.filter(closed_on__isnull=True).aggregate(
        open=Count("pk", filter=Q(accepted_on__isnull=False)),
        sift=Count("pk", filter=Q(accepted_on__isnull=True)),
    )
    paused = DutyRow.objects.filter(paused=True).aggregate(cases=Count("case", distinct=True))["cases"]
    return Cases(open=found["open"], sift=found["sift"], paused=paused)
