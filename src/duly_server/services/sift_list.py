"""The complaints that no sift has accepted yet, the oldest first, and what is owed on each by when."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.rulebook.prose import title
from duly.rulebook.steps import Is
from duly.timetable.calendar import Calendar
from duly_server.services.acting import Acting
from duly_server.store import editions
from duly_server.store.complaints import ComplaintRow
from duly_server.store.docket import CaseRow
from duly_server.store.pages import page
from duly_server.store.visible import visible, visible_complaints, visible_duties

PAGE = 50
_BY = ("received_on", "reference")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One thing owed: whose it is and by when. `is_party`: nobody in the office is late with it."""

    step: str
    kind: Is | None
    due_on: date
    original_on: date
    is_party: bool
    paused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A complaint and what is owed on it: `acknowledge` and `sift` None where not owed (any more)."""

    reference: str
    received_on: date
    stages: str
    calendar: Calendar
    complaints: tuple[ComplaintRow, ...]
    acknowledge: Duty | None
    sift: Duty | None
    other: Duty | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiftPage:
    rows: tuple[Waiting, ...]
    after: tuple[date, str] | None


def waiting(acting: Acting, *, after: tuple[date, str] | None = None) -> SiftPage:
    """One page of them, in a number of queries that does not grow with the rows."""
    rows = visible(acting.viewer, on=acting.today).filter(closed_on__isnull=True, accepted_on__isnull=True)
    found = page(rows, by=_BY, size=PAGE, after=after)
    references = [row.reference for row in found.rows]
    duties, complaints = _duties(acting, found.rows), _complaints(acting, references)
    return SiftPage(
        rows=tuple(
            Waiting(
                reference=row.reference,
                received_on=row.received_on,
                stages=" and ".join(title(stage) for stage in row.stages.split()),
                calendar=editions.calendar_of(row.calendar),
                complaints=tuple(complaints[row.reference]),
                acknowledge=_first(duties[row.reference], Is.ACKNOWLEDGEMENT),
                sift=_first(duties[row.reference], Is.SIFT),
                other=next((duty for duty in duties[row.reference] if duty.kind not in _OWN), None),
            )
            for row in found.rows
        ),
        after=(found.after[0], found.after[1]) if found.after else None,
    )


def _duties(acting: Acting, rows: Sequence[CaseRow]) -> defaultdict[str, list[Duty]]:
    books = {row.reference: editions.edition(row.edition) for row in rows}
    found: defaultdict[str, list[Duty]] = defaultdict(list)
    owed = visible_duties(acting.viewer, on=acting.today).filter(case__in=list(books))
    for duty in owed.order_by("due_on", "case_id", "step"):
        step = books[duty.case_id].steps.get(duty.step)
        found[duty.case_id].append(
            Duty(
                step=duty.step,
                kind=step.is_ if step else None,
                due_on=duty.due_on,
                original_on=duty.original_on,
                is_party=duty.is_party,
                paused=duty.paused,
            )
        )
    return found


def _complaints(acting: Acting, references: list[str]) -> defaultdict[str, list[ComplaintRow]]:
    found: defaultdict[str, list[ComplaintRow]] = defaultdict(list)
    rows = visible_complaints(acting.viewer, on=acting.today).filter(case__in=references)
    for row in rows.order_by("reference"):
        found[row.case_id or ""].append(row)
    return found


_OWN = (Is.ACKNOWLEDGEMENT, Is.SIFT, Is.PROGRESS)


def _first(duties: list[Duty], kind: Is) -> Duty | None:
    return next((duty for duty in duties if duty.kind is kind), None)
