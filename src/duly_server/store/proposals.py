"""Files that somebody thinks of adopting, and the open cases that an adoption would meet."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from duly_server.store import editions
from duly_server.store.models import CaseRow, DutyRow, ProposedRow

KEPT = timedelta(days=90)  # a proposal that nobody adopted


@dataclass(frozen=True, slots=True)
class Proposed:
    """`text` is the file's; `beside` that of a calendar adopted with a rulebook; `looked` what was found."""

    digest: str
    is_calendar: bool
    text: str
    beside: str
    proposed_on: date
    looked: str
    heads: str


def keep(digest: str, text: str, *, is_calendar: bool, beside: str, on: date) -> None:
    """Put it before the desk; what was found about it before is forgotten. Old ones go."""
    ProposedRow.objects.filter(proposed_on__lt=on - KEPT).delete()
    said = {"is_calendar": is_calendar, "text": text.encode(), "beside": beside.encode(), "proposed_on": on}
    ProposedRow.objects.update_or_create(digest=digest, defaults={**said, "looked": "", "heads": ""})


def find(digest: str) -> Proposed | None:
    row = ProposedRow.objects.filter(digest=digest).first()
    if row is None:
        return None
    return Proposed(
        row.digest,
        row.is_calendar,
        bytes(row.text).decode(),
        bytes(row.beside).decode(),
        row.proposed_on,
        row.looked,
        row.heads,
    )


def note(digest: str, *, looked: str, heads: str) -> None:
    """How far the open cases were looked at, and in which state of the record."""
    ProposedRow.objects.filter(digest=digest).update(looked=looked, heads=heads)


def forget(digest: str) -> None:
    """It was adopted, or given up."""
    ProposedRow.objects.filter(digest=digest).delete()


# --- the cases that it would meet -------------------------------------------------------------------------


def open_cases(after: str, at_most: int) -> Sequence[str]:
    """References of cases and complaints at the sift that are open, or in which something is owed still.

    By reference, those after `after`: few at once in memory, however large the office.
    """
    found = _open().filter(reference__gt=after).order_by("reference")
    return list(found.values_list("reference", flat=True)[:at_most])


def how_many() -> int:
    return _open().count()


def heads(today: date) -> str:
    """A digest of how far the record of each such case goes, of what was adopted, and of the day.

    As long as it is the same, a preview says what adopting would do.
    """
    whole = hashlib.sha256(today.isoformat().encode())
    for each in editions.every():
        whole.update(f"\n{each.digest} {each.place}".encode())
    rows = _open().order_by("reference").values_list("reference", "head")
    for reference, head in rows.iterator(chunk_size=2000):
        whole.update(f"\n{reference} {head}".encode())
    return whole.hexdigest()


def _open() -> QuerySet[CaseRow]:
    owed = DutyRow.objects.filter(case_id=OuterRef("reference"))
    return CaseRow.objects.filter(Q(closed_on__isnull=True) | Exists(owed))
