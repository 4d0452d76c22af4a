"""Queries of the desk's lists: cases by their next duty, duties by their day. All start from `visible`.

Nothing here grows with closed cases: each query names the condition of the index it walks.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Concat

from duly_server.store import appointments, rows
from duly_server.store.counting import Counts, Span, count, count_all, count_cases
from duly_server.store.decoded import fact_from
from duly_server.store.editions import Adopted, adopted
from duly_server.store.models import (
    Account,
    AssignmentRow,
    CaseRow,
    DutyRow,
    KeptRow,
    MeasureRow,
    OutboxRow,
    SavedView,
)
from duly_server.store.models.docket import NEVER, PAUSE_REVIEW
from duly_server.store.models.record import FactRow
from duly_server.store.pages import Page, Place, in_order, page_of
from duly_server.store.visible import (
    Viewer,
    may_open,
    visible,
    visible_cases_of,
    visible_duties,
    visible_measures,
)

__all__ = [
    "NEVER",
    "PAUSE_REVIEW",
    "Account",
    "CaseRow",
    "Counts",
    "DutyRow",
    "MeasureRow",
    "Span",
    "count",
    "count_all",
    "count_cases",
]

LONG_AGO = date(1, 1, 1)


class View(StrEnum):
    """The lists of the docket. LATE, SOON, WAITING and UNASSIGNED list duties, the others cases."""

    OPEN = "open"
    MINE = "mine"
    LATE = "late"
    SOON = "soon"
    WAITING = "waiting"
    PAUSED = "paused"
    INTERIM = "interim"
    UNASSIGNED = "unassigned"
    SIFT = "sift"
    CLOSED = "closed"


OF_DUTIES = frozenset({View.LATE, View.SOON, View.WAITING, View.UNASSIGNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What of a list is asked for; an empty field asks for everything. Names are the rulebook's own.

    `step` asks for cases that owe it, `officer` for those that are somebody's.
    `opened_since` and `opened_before` are days of acceptance (of receipt, at the sift); `state` is one of
    late, soon, running, party, paused.
    """

    stage: str = ""
    office: str = ""
    conduct: str = ""
    step: str = ""
    officer: Viewer | None = None
    opened_since: date | None = None
    opened_before: date | None = None
    state: str = ""


def cases(viewer: Viewer, view: View, what: Narrowing, span: Span) -> QuerySet[CaseRow]:
    """The cases of a view, not yet in order."""
    query = _view_of_cases(viewer, view, span)
    opened = "received_on" if view is View.SIFT else "accepted_on"
    query = query.filter(_narrowed(what, opened=opened, case="", office="owed_by"))
    if what.step:
        owing = DutyRow.objects.filter(case=OuterRef("pk"), step=what.step)
        query = query.filter(Q(owed_step=what.step) | Q(Exists(owing)))
    query = query.filter(_of_officer(what.officer, span.today, case=""))
    if what.state and view is not View.CLOSED:
        query = query.filter(_in_state(what.state, span))
    return query


def duties(viewer: Viewer, view: View, what: Narrowing, span: Span) -> QuerySet[DutyRow]:
    """The duties of a view, each with its case, not yet in order; those at the sift among them."""
    query = visible_duties(viewer, on=span.today).select_related("case")
    query = query.filter(_of_view(view, span))
    query = query.filter(_narrowed(what, opened="case__accepted_on", case="case__", office="offices"))
    if what.step:
        query = query.filter(step=what.step)
    return query.filter(_of_officer(what.officer, span.today, case="case__"))


def page_of_cases(viewer: Viewer, view: View, what: Narrowing, span: Span, place: Place) -> Page[CaseRow]:
    """One page of a view of cases."""
    try:
        sql, its = _cases_in_sql(viewer, view, what, span, place, tuple(adopted()))
    except EmptyResultSet:
        return page_of((), place)
    return page_of(CaseRow.objects.raw(sql, its), place)


@lru_cache(maxsize=256)
def _cases_in_sql(
    viewer: Viewer, view: View, what: Narrowing, span: Span, place: Place, editions: tuple[Adopted, ...]
) -> tuple[str, tuple[Any, ...]]:
    """The words of the query, put together once for whoever asks the same: that takes Django longer than the
    database needs to answer. What is visible hangs on the editions that are there."""
    sql, its = in_order(cases(viewer, view, what, span), place).query.sql_with_params()
    return str(sql), tuple(its)


def page_of_duties(viewer: Viewer, view: View, what: Narrowing, span: Span, place: Place) -> Page[DutyRow]:
    """One page of a view of duties, each with its case."""
    return page_of(in_order(duties(viewer, view, what, span), place), place)


def _of_view(view: View, span: Span) -> Q:
    match view:
        case View.LATE:
            return Q(due_on__lt=span.today, is_party=False, paused=False)
        case View.SOON:
            return Q(due_on__gte=span.today, due_on__lte=span.five, paused=False)
        case View.WAITING:
            return Q(is_party=True, paused=False)
        case View.UNASSIGNED:
            return _unassigned(span.today)
        case _:
            raise ValueError(f"{view} lists cases")


def _view_of_cases(viewer: Viewer, view: View, span: Span) -> QuerySet[CaseRow]:
    everything = visible(viewer, on=span.today)
    if view is View.SIFT:
        return everything.filter(closed_on__isnull=True, accepted_on__isnull=True, received_on__gte=LONG_AGO)
    if view is View.CLOSED:
        return everything.filter(closed_on__isnull=False)
    # The day is no restriction; it tells SQLite to walk the small index rather than the whole table.
    still_open = everything.filter(closed_on__isnull=True, accepted_on__isnull=False, due_on__gte=LONG_AGO)
    match view:
        case View.MINE:
            return still_open.filter(_mine(viewer, span.today))
        case View.PAUSED:
            return still_open.filter(_paused())
        case View.INTERIM:
            return still_open.filter(_interim(span.today))
        case _:
            return still_open


def _mine(viewer: Viewer, today: date, *, case: str = "pk", owed: str = "unheld") -> Q:
    """Assigned to me; or owed by an office I hold that is assigned to nobody in the case."""
    here = AssignmentRow.objects.filter(case=OuterRef(case))
    mine = Q(Exists(here.filter(appointment__in=viewer.numbers(today))))
    for office in sorted(viewer.offices(today)):
        if owed == "unheld":  # worked out for the case's own next duty
            mine = Q(mine | has_word(owed, office))
        else:
            mine = Q(mine | (has_word(owed, office) & ~Exists(here.filter(office=office))))
    return mine


def _unassigned(today: date) -> Q:
    """Owed by the office, and nobody has it: none of the offices that may do it is assigned in the case, and
    none is held by one person alone."""
    nobodys = Q(is_party=False, is_given=False)
    for office in sorted(appointments.alone(on=today)):
        nobodys &= ~has_word("offices", office)
    return nobodys


def _paused() -> Q:
    return Q(Exists(DutyRow.objects.filter(case=OuterRef("pk"), paused=True)))


def in_force(today: date) -> Q:
    """The interim measures that bind on this day."""
    return Q(is_interim=True, since__lte=today) & (Q(before__isnull=True) | Q(before__gt=today))


def _interim(today: date) -> Q:
    return Q(Exists(MeasureRow.objects.filter(in_force(today), case=OuterRef("pk"))))


def has_word(field: str, word: str) -> Q:
    """Whether the names in a column, separated by spaces, hold this one."""
    return (
        Q(**{field: word})
        | Q(**{f"{field}__startswith": f"{word} "})
        | Q(**{f"{field}__endswith": f" {word}"})
        | Q(**{f"{field}__contains": f" {word} "})
    )


def _narrowed(what: Narrowing, *, opened: str, case: str, office: str) -> Q:
    asked = Q()
    if what.stage:
        asked &= has_word(f"{case}stages", what.stage)
    if what.office:
        asked &= has_word(office, what.office)
    if what.conduct:
        asked &= Q(**{f"{case}conduct": what.conduct})
    if what.opened_since:
        asked &= Q(**{f"{opened}__gte": what.opened_since})
    if what.opened_before:
        asked &= Q(**{f"{opened}__lt": what.opened_before})
    return asked


def _of_officer(who: Viewer | None, today: date, *, case: str) -> Q:
    """Theirs as "mine" is for whoever looks; or they are the owner."""
    if who is None:
        return Q()
    theirs = _mine(who, today, case="case_id", owed="offices") if case else _mine(who, today)
    return Q(**{f"{case}owner__in": who.numbers(today)}) | theirs


def _in_state(state: str, span: Span) -> Q:
    match state:
        case "late":
            return Q(state="office", due_on__lt=span.today)
        case "soon":
            return Q(state="office", due_on__gte=span.today, due_on__lte=span.soon)
        case "running":
            return Q(state="office", due_on__gt=span.soon)
        case "party" | "paused":
            return Q(state=state)
        case _:
            return Q()


def count_by_step(viewer: Viewer, on: date) -> dict[str, int]:
    """How many cases that this viewer sees owe each step; one query."""
    rows = visible_duties(viewer, on=on).values("step").annotate(cases=Count("case", distinct=True))
    return dict(rows.values_list("step", "cases"))


# --- what else stands on the desk ------------------------------------------------------------------------


def interim_measures(viewer: Viewer, span: Span) -> QuerySet[MeasureRow]:
    """The interim measures in force in open cases, the one to be reviewed first at the head."""
    still_open = _view_of_cases(viewer, View.OPEN, span)
    found = visible_measures(viewer, on=span.today).filter(in_force(span.today), case__in=still_open)
    soonest = F("review_due_on").asc(nulls_last=True)
    return found.select_related("case").order_by(soonest, "case_id", "party", "measure", "turn")


def review_duties(viewer: Viewer, steps: frozenset[str], span: Span) -> QuerySet[DutyRow]:
    """The running clocks on these steps, in the order of their days."""
    found = visible_duties(viewer, on=span.today).filter(step__in=steps)
    return found.select_related("case").order_by("due_on", "case_id")


def duties_of(references: list[str]) -> list[DutyRow]:
    """Every running clock of cases a viewer has seen already, by case and day."""
    return list(DutyRow.objects.filter(case__in=references).order_by("case_id", "due_on", "step"))


def owed_for_several(references: set[str]) -> set[tuple[str, str]]:
    """(case, step) where the case owes the step for several allegations or parties; of cases seen already."""
    if not references:
        return set()
    every = ", ".join(["%s"] * len(references))
    asked = (
        f"SELECT case_id, step FROM store_dutyrow WHERE case_id IN ({every}) AND key <> ''"  # noqa: S608 -- places to fill in
        " GROUP BY case_id, step HAVING COUNT(DISTINCT key) > 1"
    )
    return {(case, step) for case, step in rows.read(asked, *sorted(references))}


def limits_kept(viewer: Viewer, month: date, *, on: date) -> tuple[int, int]:
    """Kept, and come to their end, in this month (its first day) in the cases this viewer sees."""
    seen = Exists(visible(viewer, on=on).filter(reference=OuterRef("case_id")))
    found = KeptRow.objects.filter(seen, month=month).aggregate(kept=Sum("kept"), ended=Sum("ended"))
    return found["kept"] or 0, found["ended"] or 0


def pause_reviews(references: list[str]) -> dict[str, date]:
    """The day by which the pause of each of these cases is to be reviewed; of cases a viewer has seen."""
    owed = DutyRow.objects.filter(case__in=references, limit=PAUSE_REVIEW).order_by("-due_on")
    return dict(owed.values_list("case_id", "due_on"))


def assignments(references: set[str]) -> dict[tuple[str, str], str]:
    """(case, office) to the number of the appointment that holds it there, of cases seen already."""
    if not references:
        return {}
    every = ", ".join(["%s"] * len(references))
    asked = f"SELECT case_id, office, appointment FROM store_assignmentrow WHERE case_id IN ({every})"  # noqa: S608 -- places to fill in
    return {(case, office): held for case, office, held in rows.read(asked, *sorted(references))}


def edition_digests() -> list[str]:
    """Every adopted edition, the newest first. An office has a handful."""
    return [edition.digest for edition in adopted()]


def with_news(viewer: Viewer, span: Span, *, most: int = 100) -> list[CaseRow]:
    """Open cases in which the last word is news for the desk: a party's act, or a time that ran out."""
    told = OutboxRow.objects.filter(
        kind="desk", chain=Concat(Value("case/"), OuterRef("reference")), place=OuterRef("head")
    )
    found: list[CaseRow] = []
    for view, by in ((View.OPEN, "due_on"), (View.SIFT, "received_on")):
        query = _view_of_cases(viewer, view, span).filter(Exists(told))
        found += query.order_by(by, "reference")[:most]
    return found


def last_facts(rows: list[CaseRow]) -> dict[str, Any]:
    """The last fact of each of these cases, by reference; one query."""
    wanted = {row.chain: row for row in rows}
    facts = FactRow.objects.filter(chain__in=wanted, place__in={row.head for row in rows})
    return {
        wanted[found.chain].reference: fact_from(bytes(found.fact))
        for found in facts
        if found.place == wanted[found.chain].head
    }


def new_complaints(viewer: Viewer, span: Span, *, days: int = 7, most: int = 20) -> list[CaseRow]:
    """What came in within so many days and is at the sift, the newest first."""
    since = span.today - timedelta(days=days)
    query = _view_of_cases(viewer, View.SIFT, span).filter(received_on__gt=since)
    return list(query.order_by("-received_on", "-reference")[:most])


def found(viewer: Viewer, reference: str, *, on: date) -> str | None:
    """The case of this reference, or of the complaint of this reference, if the viewer may see it."""
    if may_open(viewer, reference, on=on):
        return reference
    return next(iter(visible_cases_of(viewer, reference, on=on)), None)


# --- saved views -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Saved:
    """A filter of the docket, as the query string of its address."""

    name: str
    query: str


def saved_views(viewer: Viewer) -> list[Saved]:
    asked = "SELECT name, query FROM store_savedview WHERE account_id = %s ORDER BY name"
    return [Saved(name, query) for name, query in rows.read(asked, viewer.account)]


def save_view(viewer: Viewer, name: str, query: str) -> None:
    """Keep a filter of the docket under a name; one of that name is replaced."""
    if viewer.account is None:
        return
    SavedView.objects.update_or_create(account_id=viewer.account, name=name, defaults={"query": query})


def delete_view(viewer: Viewer, name: str) -> bool:
    return bool(SavedView.objects.filter(account=viewer.account, name=name).delete()[0])
