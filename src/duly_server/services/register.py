"""The register: which measures bind whom on a day. Interim measures and sanctions are different things."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from duly.rulebook.book import Rulebook
from duly_server.services.acting import Acting
from duly_server.store import editions
from duly_server.store.docket import MeasureRow
from duly_server.store.visible import visible_measures


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One measure as it stood on the day asked: on whom by tag and case, since when, until when at most.

    Where `is_stayed` it was imposed and did not bind yet; `since` is then the day it begins, if known.
    An interim measure is no finding; `review_due_on` is the day by which it lapses unless it is reviewed.
    `book` is the edition the case is under. The register knows no grounds (threats 6).
    """

    reference: str
    party: str
    measure: str
    is_interim: bool
    is_stayed: bool
    imposed_on: date
    since: date | None
    before: date | None
    review_due_on: date | None
    book: Rulebook


def in_force(acting: Acting, *, on: date) -> tuple[Entry, ...]:
    """Every measure in force on this day in the cases this viewer may see, the one that began last first."""
    return _entries(acting, Q(since__lte=on) & _not_over(on), "-since", is_stayed=False)


def stayed(acting: Acting, *, on: date) -> tuple[Entry, ...]:
    """Every sanction that on this day was imposed and did not bind yet, the one imposed last first."""
    waits = Q(imposed_on__lte=on) & (Q(since__isnull=True) | Q(since__gt=on))
    return _entries(acting, waits & _not_over(on), "-imposed_on", is_stayed=True)


def _not_over(on: date) -> Q:
    return Q(before__isnull=True) | Q(before__gt=on)


def _entries(acting: Acting, wanted: Q, first: str, *, is_stayed: bool) -> tuple[Entry, ...]:
    rows = visible_measures(acting.viewer, on=acting.today).filter(wanted).select_related("case")
    ordered = rows.order_by(first, "case_id", "party", "measure", "turn")
    return tuple(_entry(row, is_stayed=is_stayed) for row in ordered)


def _entry(row: MeasureRow, *, is_stayed: bool) -> Entry:
    return Entry(
        reference=row.case_id,
        party=row.party,
        measure=row.measure,
        is_interim=row.is_interim,
        is_stayed=is_stayed,
        imposed_on=row.imposed_on,
        since=row.since,
        before=row.before,
        review_due_on=row.review_due_on,
        book=editions.edition(row.case.edition),
    )
