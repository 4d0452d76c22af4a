"""The register: which measures bind whom on a day. Interim measures and sanctions are different things."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from duly.rulebook.book import Rulebook
from duly_server.services.acting import Acting
from duly_server.store import editions
from duly_server.store.visible import visible_measures


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One measure in force on the day asked: on whom by tag and case, since when, and until when at most.

    An interim measure is no finding; `review_due_on` is the day by which it lapses unless it is reviewed.
    `book` is the edition the case is under. The register knows no grounds (threats 6).
    """

    reference: str
    party: str
    measure: str
    is_interim: bool
    since: date
    before: date | None
    review_due_on: date | None
    book: Rulebook


def in_force(acting: Acting, *, on: date) -> tuple[Entry, ...]:
    """Every measure in force on this day in the cases this viewer may see, the one that began last first."""
    bind = Q(since__lte=on) & (Q(before__isnull=True) | Q(before__gt=on))
    rows = visible_measures(acting.viewer, on=acting.today).filter(bind).select_related("case")
    return tuple(
        Entry(
            reference=row.case_id,
            party=row.party,
            measure=row.measure,
            is_interim=row.is_interim,
            since=row.since,
            before=row.before,
            review_due_on=row.review_due_on,
            book=editions.edition(row.case.edition),
        )
        for row in rows.order_by("-since", "case_id", "party", "measure", "turn")
    )
