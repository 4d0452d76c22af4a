"""The one query through which cases are looked up: what a viewer may not see does not exist.

No page, list, count, feed or task starts from a table; each starts from `visible`, or from one of the queries
here that start from it.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from duly.people import Appointment
from duly_server.store import appointments
from duly_server.store.editions import adopted
from duly_server.store.models import (
    AssignmentRow,
    CaseRow,
    ComplaintCaseRow,
    ComplaintRow,
    ConflictRow,
    DutyRow,
    MeasureRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who looks: an account and every appointment it ever had. Which of them hold is asked for a day."""

    account: uuid.UUID | None = None
    appointments: tuple[Appointment, ...] = ()

    def offices(self, on: date) -> frozenset[str]:
        return frozenset(each.office for each in self._held(on))

    def numbers(self, on: date) -> frozenset[str]:
        return frozenset(each.number for each in self._held(on))

    def ever(self) -> frozenset[str]:
        """The numbers of every appointment they have, had or will have: whoever stands out of a case does so
        in whatever office."""
        return frozenset(each.number for each in self.appointments)

    def _held(self, on: date) -> tuple[Appointment, ...]:
        return tuple(each for each in self.appointments if each.holds_on(on))


def viewer_of(account: uuid.UUID) -> Viewer:
    """The viewer behind an account."""
    person = str(account)
    held = (seat.appointment for seat in appointments.every_seat())
    return Viewer(account=account, appointments=tuple(each for each in held if each.person == person))


def visible(viewer: Viewer, *, on: date) -> QuerySet[CaseRow]:
    """The cases this viewer may open on this day: those their offices serve, and those assigned to them.

    An office serves the cases of the editions that name it as one that does (a party's office and one that is
    only accountable serve none). Nobody without an appointment that day sees anything, and nobody sees a case
    in which they declared a conflict of interest.
    """
    return _seen(editions_served_by(viewer.offices(on)), viewer.numbers(on), viewer.ever())


def _seen(editions: Collection[str], numbers: Collection[str], ever: Collection[str]) -> QuerySet[CaseRow]:
    if not numbers:
        return CaseRow.objects.none()
    assigned = AssignmentRow.objects.filter(case=OuterRef("pk"), appointment__in=numbers)
    stands_out = ConflictRow.objects.filter(case=OuterRef("pk"), appointment__in=ever)
    return CaseRow.objects.filter(Q(edition__in=editions) | Exists(assigned), ~Exists(stands_out))


def seen_in_sql(viewer: Viewer, *, on: date) -> tuple[str, tuple[str, ...]]:
    """`visible` as a SELECT of `reference` and the days of a case, with its parameters.

    Worked out once for what somebody may see: Django takes longer to put these words together than the
    database to answer them. Raises EmptyResultSet for who sees nothing.
    """
    editions, numbers = editions_served_by(viewer.offices(on)), viewer.numbers(on)
    return _in_sql(tuple(editions), tuple(sorted(numbers)), tuple(sorted(viewer.ever())))


@lru_cache(maxsize=256)
def _in_sql(
    editions: tuple[str, ...], numbers: tuple[str, ...], ever: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    columns = ("reference", "accepted_on", "closed_on", "due_on", "received_on")
    sql, its = _seen(editions, numbers, ever).values(*columns).query.sql_with_params()
    return str(sql), tuple(map(str, its))  # digests of editions, numbers of appointments


def may_open(viewer: Viewer, reference: str, *, on: date) -> bool:
    """Whether it is one of the cases this viewer may open on this day."""
    try:
        seen, its = seen_in_sql(viewer, on=on)
    except EmptyResultSet:
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM ({seen}) seen WHERE reference = %s", [*its, reference])  # noqa: S608 -- made by Django
        return cursor.fetchone() is not None


def complaints_of(reference: str, complaints: Collection[str]) -> list[ComplaintRow]:
    """Those of these complaints that led to this case, which a viewer has seen already: they see them too."""
    its = ComplaintCaseRow.objects.filter(case=reference, complaint__in=complaints).values("complaint")
    return list(ComplaintRow.objects.filter(reference__in=its).order_by("received_on", "reference"))


def visible_complaints(viewer: Viewer, *, on: date) -> QuerySet[ComplaintRow]:
    """The complaints that led to a case they see; history led to none, and is there for every office that
    serves cases of some edition."""
    if not viewer.numbers(on):
        return ComplaintRow.objects.none()
    # Asked of each link, not of a list of cases: SQLite makes such a list anew for every complaint.
    its_case = visible(viewer, on=on).filter(reference=OuterRef("case_id"))
    seen = ComplaintCaseRow.objects.filter(Exists(its_case), complaint=OuterRef("reference"))
    there = Q(Exists(seen))
    if editions_served_by(viewer.offices(on)):
        there = Q(case__isnull=True, is_history=True) | there  # first what a row tells by itself
    return ComplaintRow.objects.filter(there)


def visible_cases_of(viewer: Viewer, complaint: str, *, on: date) -> tuple[str, ...]:
    """The cases that this complaint led to, as far as they see them, the first at the head."""
    links = ComplaintCaseRow.objects.filter(complaint=complaint, case__in=visible(viewer, on=on))
    return tuple(links.order_by("place").values_list("case_id", flat=True))


def visible_duties(viewer: Viewer, *, on: date) -> QuerySet[DutyRow]:
    """The running clocks of the cases they see.

    Asked of each clock, not of a list of cases: there are few clocks that run, and ever more closed cases.
    """
    return DutyRow.objects.filter(Exists(visible(viewer, on=on).filter(reference=OuterRef("case_id"))))


def visible_measures(viewer: Viewer, *, on: date) -> QuerySet[MeasureRow]:
    """The measures imposed in the cases they see."""
    return MeasureRow.objects.filter(Exists(visible(viewer, on=on).filter(reference=OuterRef("case_id"))))


def editions_served_by(offices: frozenset[str]) -> list[str]:
    """By name, in Python: there are few editions, and the names lie in one column."""
    return [edition.digest for edition in adopted() if offices & edition.serving]
