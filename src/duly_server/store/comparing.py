"""Index rows as they stand against rows as the record says they should be, and putting them right."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Model

from duly.timetable.marking import Marking
from duly_server.store import projections
from duly_server.store.models import (
    AgendaRow,
    AppointmentRow,
    AssignmentRow,
    CaseRow,
    ComplaintCaseRow,
    ComplaintRow,
    DutyRow,
    FactRow,
    HistoryRow,
    KeptRow,
    MeasureRow,
    PartyToken,
)

AT_ONCE = 200


def chains(prefix: str) -> Iterator[Sequence[str]]:
    """The chains that begin so, some at a time, in their own order; few at once in memory."""
    after = ""
    while True:
        found = list(
            FactRow.objects.filter(place=1, chain__startswith=prefix, chain__gt=after)
            .order_by("chain")
            .values_list("chain", flat=True)[:AT_ONCE]
        )
        if not found:
            return
        yield found
        after = found[-1]


def put_case_right(marking: Marking) -> int:
    """Bring one case's index rows to what the record says; how many rows had to change."""
    reference = marking.case.chain.partition("/")[2]
    wanted = projections.indexes_of(marking)
    rows: dict[type[Model], Sequence[Model]] = {
        CaseRow: [wanted.case],
        DutyRow: wanted.duties,
        AssignmentRow: wanted.assignments,
        MeasureRow: wanted.measures,
        KeptRow: wanted.kept,
    }
    changed = sum(_difference(_standing(table, reference), map(_values, new)) for table, new in rows.items())
    if changed or _wakes(marking) != projections.wakes_at(marking):
        projections.project(marking)
    return changed


def put_complaint_right(row: ComplaintRow) -> int:
    standing = ComplaintRow.objects.filter(pk=row.pk).first()
    if standing is not None and _values(standing) == _values(row):
        return 0
    ComplaintRow.objects.filter(pk=row.pk).delete()
    row.save(force_insert=True)
    return 1


def put_appointment_right(row: AppointmentRow) -> int:
    standing = AppointmentRow.objects.filter(pk=row.pk).first()
    if standing is not None and _values(standing) == _values(row):
        return 0
    AppointmentRow.objects.filter(pk=row.pk).delete()
    row.save(force_insert=True)
    return 1


def remove_strays() -> int:
    """Rows for cases and complaints that the record does not know."""
    cases = FactRow.objects.filter(place=1, chain__startswith="case/").values("chain")
    complaints = FactRow.objects.filter(place=1, chain__startswith="complaint/").values("chain")
    known = {chain.partition("/")[2] for chain in cases.values_list("chain", flat=True)}
    reported = {chain.partition("/")[2] for chain in complaints.values_list("chain", flat=True)}
    removed = 0
    for table in (DutyRow, AssignmentRow, MeasureRow, KeptRow):
        removed += _remove(table, "case_id", known)
    removed += _remove(PartyToken, "case", known)
    removed += _remove(ComplaintCaseRow, "case_id", known) + _remove(ComplaintCaseRow, "complaint", reported)
    removed += _remove(CaseRow, "reference", known)
    removed += _remove(HistoryRow, "complaint", reported)
    return removed + _remove(ComplaintRow, "reference", reported)


def _remove(table: Any, column: str, known: set[str]) -> int:
    stray = set(table.objects.values_list(column, flat=True).distinct()) - known
    removed: int = table.objects.filter(**{f"{column}__in": stray}).delete()[0] if stray else 0
    return removed


def _wakes(marking: Marking) -> object:
    return AgendaRow.objects.filter(chain=marking.case.chain).values_list("wakes_at", flat=True).first()


def _standing(table: Any, reference: str) -> Iterator[tuple[object, ...]]:
    column = "reference" if table is CaseRow else "case_id"
    return (_values(row) for row in table.objects.filter(**{column: reference}))


def _values(row: Model) -> tuple[object, ...]:
    return tuple(getattr(row, field.attname) for field in row._meta.concrete_fields)


def _difference(standing: Iterator[tuple[object, ...]], wanted: Iterator[tuple[object, ...]]) -> int:
    there, should = set(standing), set(wanted)
    return max(len(there - should), len(should - there))
