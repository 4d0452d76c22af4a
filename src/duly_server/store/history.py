"""The index of complaints that came from files: which are known, and how many rows each has."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from duly_server.store.models import ComplaintRow, HistoryRow

AT_ONCE = 500


class Kept(NamedTuple):
    """A complaint of history as the index keeps it. `rows` counts its allegations."""

    mark: bytes
    complaint: str
    rows: int


def known(marks: Collection[bytes]) -> dict[bytes, Kept]:
    """Those of the complaints with these marks that are in the record already."""
    wanted, found = sorted(marks), dict[bytes, Kept]()
    for start in range(0, len(wanted), AT_ONCE):
        for row in HistoryRow.objects.filter(mark__in=wanted[start : start + AT_ONCE]):
            found[bytes(row.mark)] = Kept(bytes(row.mark), row.complaint, row.rows)
    return found


def add(new: Sequence[tuple[Kept, date]]) -> None:
    """Keep complaints that came in just now, each with the day it was received elsewhere."""
    HistoryRow.objects.bulk_create(HistoryRow(**kept._asdict()) for kept, _ in new)
    ComplaintRow.objects.bulk_create(
        ComplaintRow(reference=kept.complaint, received_on=day, is_history=True) for kept, day in new
    )


def set_rows(counted: Mapping[str, int]) -> None:
    """So many rows of allegations each of these complaints has now."""
    for complaint, rows in counted.items():
        HistoryRow.objects.filter(complaint=complaint).update(rows=rows)


def rows_of(complaints: Collection[str]) -> dict[str, int]:
    """How many rows of allegations each of these complaints has, those that are history."""
    rows = HistoryRow.objects.filter(complaint__in=complaints)
    return dict(rows.values_list("complaint", "rows"))


def is_otherwise(complaint: str, mark: bytes | None, rows: int) -> bool:
    """Whether the row stands otherwise than the record says; `mark` as in `put_right`."""
    standing = HistoryRow.objects.filter(complaint=complaint).first()
    if standing is None:
        return mark is not None
    return standing.rows != rows or mark not in (None, bytes(standing.mark))


def put_right(complaint: str, mark: bytes | None, rows: int) -> int:
    """The row as the record says; how many rows had to change.

    `mark` is None where what identifies the complaint elsewhere was erased or does not open: then the mark
    that stands is left.
    """
    if not is_otherwise(complaint, mark, rows):
        return 0
    if mark is None:
        HistoryRow.objects.filter(complaint=complaint).update(rows=rows)
        return 1
    HistoryRow.objects.filter(complaint=complaint).delete()
    HistoryRow.objects.create(mark=mark, complaint=complaint, rows=rows)
    return 1
