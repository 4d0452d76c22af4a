"""The indexes of one case, made afresh from its marking: docket row, duties, assignments, register."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from duly.sanctions import Restriction, restrictions
from duly.timetable.clock import Clock
from duly.timetable.kept import kept_by_month
from duly.timetable.marking import Marking
from duly.timetable.milestones import accepted_on, looks_again_on, main_stages, not_noted, owed
from duly.timetable.over import code_ends_on
from duly.timetable.pause_reviews import PauseReview, reviews_owed
from duly_server.store import agenda, receipts, rows
from duly_server.store.models import AssignmentRow, CaseRow, ConflictRow, DutyRow, KeptRow, MeasureRow
from duly_server.store.models.docket import NEVER, PAUSE_REVIEW

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Indexes:
    """What the record says should stand in the index tables for one case."""

    case: CaseRow
    duties: tuple[DutyRow, ...]
    assignments: tuple[AssignmentRow, ...]
    measures: tuple[MeasureRow, ...]
    kept: tuple[KeptRow, ...]
    conflicts: tuple[ConflictRow, ...]


def indexes_of(marking: Marking) -> Indexes:
    """Rows made from the record alone; nothing is read from the tables they go into."""
    reference = marking.case.chain.partition("/")[2]
    clocks = owed(marking)
    case = _case_row(reference, marking, clocks)
    duties = (
        *(_duty_row(reference, marking, clock) for clock in clocks),
        *(_review_row(reference, review, review.due) for review in reviews_owed(marking) if review.due),
    )
    measures = measure_rows(reference, restrictions(marking))
    is_open = case.accepted_on is not None and case.closed_on is None
    for measure in measures:
        measure.edition, measure.is_open = case.edition, is_open
    for duty in duties:
        duty.edition, duty.is_open = case.edition, is_open
        duty.is_given = any(office in marking.case.assigned for office in duty.offices.split())
    return Indexes(
        case=case,
        duties=duties,
        assignments=tuple(
            AssignmentRow(
                case_id=reference,
                office=office,
                appointment=number,
                is_live=case.closed_on is None or bool(duties),
            )
            for office, number in marking.case.assigned.items()
        ),
        measures=tuple(measures),
        kept=tuple(
            KeptRow(case_id=reference, month=month, ended=found.ended, kept=found.kept)
            for month, found in kept_by_month(marking).items()
        ),
        conflicts=tuple(
            ConflictRow(case_id=reference, appointment=number) for number in marking.case.conflicts
        ),
    )


def project(marking: Marking) -> None:
    """Put the case's indexes in place of what stood there, and say when to look again."""
    indexes = indexes_of(marking)
    row = indexes.case
    for table in (DutyRow, AssignmentRow, MeasureRow, KeptRow, ConflictRow):
        table.objects.filter(case_id=row.reference).delete()
    rows.write([*rows.new([row], if_taken=rows.Taken.REPLACED), *_beside(indexes)])
    end_codes(marking)
    agenda.wake({marking.case.chain: wakes_at(marking)})


def new(marking: Marking) -> list[rows.New]:
    """What `project` writes, for a case that has no row yet; `end_codes` is for the caller to see to."""
    indexes = indexes_of(marking)
    wakes = {marking.case.chain: wakes_at(marking)}
    return [*rows.new([indexes.case]), *_beside(indexes), *agenda.new(wakes)]


def _beside(indexes: Indexes) -> list[rows.New]:
    found = [*indexes.duties, *indexes.assignments, *indexes.measures, *indexes.kept, *indexes.conflicts]
    return rows.new(found)


def end_codes(marking: Marking) -> None:
    """If the case is closed: say when the codes of its complaints end. Their rows are there."""
    if marking.closed_on is not None:
        receipts.case_closed(
            marking.case.chain.partition("/")[2],
            marking.case.complaints,
            closed_on=marking.closed_on,
            ends_on=code_ends_on(marking),
        )


def wakes_at(marking: Marking) -> datetime | None:
    """The start of the day after the next day that ends something, where the office is.

    At once if something ran out that is not noted: whoever acted came before the worker.
    """
    if not_noted(marking):
        return _begin_of(marking.on)
    day = looks_again_on(marking)
    days = [day + ONE_DAY] if day is not None else []
    days += [change.since for change in marking.changes if change.since > marking.on]  # it may be moved then
    return _begin_of(min(days)) if days else None


def _begin_of(day: date) -> datetime:
    """Midnight in the office's zone: one that was of another would leave what ran out unnoted for hours."""
    return datetime.combine(day, time(0, 0), ZoneInfo(settings.DULY_ZONE)).astimezone(UTC)


def _case_row(reference: str, marking: Marking, clocks: tuple[Clock, ...]) -> CaseRow:
    case = marking.case
    first = next(iter(clocks), None)
    conduct = next(iter(case.allegations.values()), None)
    return CaseRow(
        reference=reference,
        edition=marking.book.digest,
        calendar=marking.calendar.digest,
        received_on=marking.opened_on or case.facts[0].on,
        accepted_on=accepted_on(marking),
        closed_on=marking.closed_on,
        closed_as=marking.closed_as or "",
        stages=" ".join(main_stages(marking)),
        conduct=conduct.conduct if conduct else "",
        owner=_owner(marking),
        head=case.head,
        owed_step=first.step if first else "",
        owed_by=" ".join(first.offices) if first else "",
        due_on=(first.due if first else None) or NEVER,
        original_on=first.original_due if first else None,
        started_on=first.started_on if first else None,
        state=_state(marking, first),
        unheld=" ".join(o for o in (first.offices if first else ()) if o not in case.assigned),
    )


def _state(marking: Marking, clock: Clock | None) -> str:
    """What the docket's glyph says apart from the day: paused, waiting on a party, or the office's own."""
    if clock is None:
        return ""
    if marking.is_paused() and not clock.protects:
        return "paused"
    return "party" if clock.is_party else "office"


def _owner(marking: Marking) -> str:
    """The appointment that holds the office which gives notice, or the first assigned."""
    assigned = marking.case.assigned
    for step in marking.book.steps.values():
        if step.is_ is not None and step.is_.value == "notice":
            for office in step.by:
                if office in assigned:
                    return assigned[office]
    return next(iter(assigned.values()), "")


def _duty_row(reference: str, marking: Marking, clock: Clock) -> DutyRow:
    due: date = clock.due or NEVER
    return DutyRow(
        case_id=reference,
        step=clock.step,
        key=clock.key or "",
        limit=clock.limit.name,
        part=clock.limit.part,
        offices=" ".join(clock.offices),
        is_party=clock.is_party,
        due_on=due,
        original_on=clock.original_due or due,
        started_on=clock.started_on or due,
        paused=marking.is_paused() and not clock.protects,
    )


def _review_row(reference: str, review: PauseReview, due: date) -> DutyRow:
    """No pause stops the review of a pause."""
    return DutyRow(
        case_id=reference,
        step=review.pause,
        key="",
        limit=PAUSE_REVIEW,
        part=0,
        offices=" ".join(review.by),
        is_party=False,
        due_on=due,
        original_on=due,
        started_on=review.last or review.since,
        paused=False,
    )


def measure_rows(reference: str, found: tuple[Restriction, ...]) -> list[MeasureRow]:
    """The register's rows of one case: stayed sanctions too, and those that never came to bind."""
    made: list[MeasureRow] = []
    turns: dict[tuple[str, str], int] = {}
    for each in found:
        turn = turns[each.party, each.measure] = turns.get((each.party, each.measure), 0) + 1
        made.append(
            MeasureRow(
                case_id=reference,
                party=each.party,
                measure=each.measure,
                turn=turn,
                is_interim=each.is_interim,
                imposed_on=each.imposed_on,
                since=each.since,
                before=each.before or each.ended_on,
                review_due_on=each.review_due,
                ended_on=each.ended_on,
            )
        )
    return made
