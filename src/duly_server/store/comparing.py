"""Index rows as they stand against rows as the record says they should be, and putting them right."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeAlias

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
    ConflictRow,
    DutyRow,
    FactRow,
    HistoryRow,
    KeptRow,
    MeasureRow,
    PartyToken,
)

AT_ONCE = 200

IndexRow: TypeAlias = ComplaintRow | AppointmentRow


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


def cases_that_stand(chains: Collection[str]) -> list[str]:
    """Those of these chains whose case has a row at all, whatever it says."""
    references = [chain.partition("/")[2] for chain in chains]
    found = CaseRow.objects.filter(reference__in=references).order_by("reference")
    return [row.chain for row in found.only("reference")]


def closed(references: Collection[str]) -> dict[str, bool]:
    """Of those of these cases that have a row: whether it says that the case is closed."""
    rows = CaseRow.objects.filter(reference__in=list(references)).values_list("reference", "closed_on")
    return {reference: on is not None for reference, on in rows}


def is_case_otherwise(marking: Marking) -> bool:
    """Whether an index row of this case stands otherwise than the record says, or its next look does."""
    return bool(_wrong_rows(marking)) or _wakes(marking) != projections.wakes_at(marking)


def put_case_right(marking: Marking) -> int:
    """Bring one case's index rows to what the record says; how many rows had to change.

    To be called with the record held, and the marking worked out since.
    """
    changed = _wrong_rows(marking)
    if changed or _wakes(marking) != projections.wakes_at(marking):
        projections.project(marking)
    return changed


def _wrong_rows(marking: Marking) -> int:
    reference = marking.case.chain.partition("/")[2]
    wanted = projections.indexes_of(marking)
    rows: dict[type[Model], Sequence[Model]] = {
        CaseRow: [wanted.case],
        DutyRow: wanted.duties,
        AssignmentRow: wanted.assignments,
        MeasureRow: wanted.measures,
        KeptRow: wanted.kept,
        ConflictRow: wanted.conflicts,
    }
    return sum(_difference(_standing(table, reference), map(_values, new)) for table, new in rows.items())


def is_otherwise(row: IndexRow) -> bool:
    """Whether the row of this key stands otherwise, or not at all."""
    standing = type(row).objects.filter(pk=row.pk).first()
    return standing is None or _values(standing) != _values(row)


def put_row_right(row: IndexRow) -> int:
    """The row in place of what stood there; how many had to change. To be called as `put_case_right`."""
    if not is_otherwise(row):
        return 0
    type(row).objects.filter(pk=row.pk).delete()
    row.save(force_insert=True)
    return 1


def remove_strays() -> int:
    """Rows for cases and complaints that the record does not know; how many there were.

    The rows are read before the record is: a record comes before its rows are seen, and never goes.
    """
    stray = {prefix: _standing_under(prefix) for prefix in _UNDER}
    for prefix, standing in stray.items():
        facts = FactRow.objects.filter(place=1, chain__startswith=f"{prefix}/")
        known = {chain.partition("/")[2] for chain in facts.values_list("chain", flat=True)}
        for references in standing.values():
            references -= known
    return sum(
        _remove(table, column, sorted(references))
        for standing in stray.values()
        for (table, column), references in standing.items()
    )


# The columns that hold a reference of such a record, in the order in which they are cleared.
_UNDER: dict[str, tuple[tuple[Any, str], ...]] = {
    "case": (
        (DutyRow, "case_id"),
        (AssignmentRow, "case_id"),
        (MeasureRow, "case_id"),
        (KeptRow, "case_id"),
        (ConflictRow, "case_id"),
        (PartyToken, "case"),
        (ComplaintCaseRow, "case_id"),
        (CaseRow, "reference"),
    ),
    "complaint": (
        (ComplaintCaseRow, "complaint"),
        (HistoryRow, "complaint"),
        (ComplaintRow, "reference"),
    ),
}


def _standing_under(prefix: str) -> dict[tuple[Any, str], set[str]]:
    return {
        (table, column): set(table.objects.values_list(column, flat=True).distinct())
        for table, column in _UNDER[prefix]
    }


def _remove(table: Any, column: str, stray: list[str]) -> int:
    return sum(
        table.objects.filter(**{f"{column}__in": stray[start : start + AT_ONCE]}).delete()[0]
        for start in range(0, len(stray), AT_ONCE)
    )


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
