"""What an officer begins the day with: reviews of interim measures, pauses, and what is new at the desk."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from duly.record.facts import Expired, Fact, PartyRole, StepTaken
from duly.rulebook.book import Rulebook
from duly.rulebook.prose import say_consequences, title, words
from duly.rulebook.steps import Is
from duly.timetable.calendar import Calendar, DayOutsideCalendarError
from duly.vocabulary import Length, Unit
from duly_server.services.acting import Acting
from duly_server.services.docket import Line, lines_of, pauses, span_of
from duly_server.store import appointments, docket, editions
from duly_server.store.docket import CaseRow

NEWS_DAYS = 7
A_MONTH = 31
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """An interim measure in force, and the review owed on it: `line` None where no review is running."""

    reference: str
    measure: str
    clause: str
    since: date
    before: date | None
    review_due_on: date | None
    line: Line | None
    if_missed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standstill:
    """A case whose clocks stand still: `used` of at most `most` days have gone by in this pause.

    `review_due_on` is the day by which it is to be reviewed, if the rulebook says so.
    """

    reference: str
    conduct: str
    ground: str
    clause: str
    by: str
    since: date | None
    used: int | None
    most: Length | None
    review_due_on: date | None

    @property
    def so_far(self) -> str:
        """ "29 of 120 working days", "15 days of 26 weeks"; the most alone past the calendar."""
        if self.most is None or self.used is None:
            return f"at most {self.most}" if self.most else ""
        if self.most.unit in (Unit.DAYS, Unit.WORKING_DAYS):
            return f"{self.used} of {self.most}"
        return f"{Length(self.used, Unit.DAYS)} of {self.most}"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a party did, or what ran out, with nothing done in the case since; `says` names nobody."""

    reference: str
    on: date
    says: str
    by: str
    has_run_out: bool
    is_at_sift: bool


def reviews(acting: Acting, *, most: int) -> tuple[Review, ...]:
    """The interim measures in force in open cases, the one to be reviewed first at the head."""
    span = span_of(acting.today)
    measures = list(docket.interim_measures(acting.viewer, span)[:most])
    cases = {row.case_id: row.case for row in measures}
    running = [
        (cases[duty.case_id], duty)
        for duty in docket.duties_of(sorted(cases))
        if _is_review(editions.edition(cases[duty.case_id].edition), duty.step)
    ]
    owed: dict[str, Line] = {}
    for line in lines_of(acting, running):
        owed.setdefault(line.reference, line)
    found: list[Review] = []
    for row in measures:
        book, review = editions.edition(row.case.edition), owed.get(row.case_id)
        rule = book.measures.get(row.measure)
        late = book.steps[review.step].if_late if review else None
        found.append(
            Review(
                reference=row.case_id,
                measure=title(row.measure),
                clause=(rule.clause or "") if rule else "",
                since=row.since or row.imposed_on,
                before=row.before,
                review_due_on=row.review_due_on,
                line=review,
                if_missed=say_consequences(late) if late else "",
            )
        )
    return tuple(found)


def _is_review(book: Rulebook, step: str) -> bool:
    rule = book.steps.get(step)
    return rule is not None and rule.is_ is Is.REVIEW


def standstills(lines: Iterable[Line], today: date) -> tuple[Standstill, ...]:
    """The cases of these lines, whose clocks stand still, in their order."""
    # Where what is owed first is protected, the line itself does not stand still, though its case does.
    told = tuple(lines)
    others = pauses(line.reference for line in told if line.pause is None)
    every = [line if line.pause else replace(line, pause=others.get(line.reference)) for line in told]
    names = appointments.names({line.pause.by for line in every if line.pause})
    reviews = docket.pause_reviews([line.reference for line in every]) if every else {}
    return tuple(_standstill(line, names, reviews.get(line.reference), today) for line in every)


def _standstill(line: Line, names: dict[str, str], review_due_on: date | None, today: date) -> Standstill:
    pause = line.pause
    rule = editions.edition(line.edition).pauses.get(pause.name) if pause else None
    used = None
    if rule and pause:
        working = rule.at_most.unit is Unit.WORKING_DAYS
        used = _days_used(editions.calendar_of(line.calendar), pause.since, today, working=working)
    return Standstill(
        reference=line.reference,
        conduct=line.conduct,
        ground=title(pause.name) if pause else "",
        clause=(rule.clause or "") if rule else "",
        by=names.get(pause.by, "") if pause else "",
        since=pause.since if pause else None,
        used=used,
        most=rule.at_most if rule else None,
        review_due_on=review_due_on,
    )


def _days_used(calendar: Calendar, since: date, today: date, *, working: bool) -> int | None:
    """The days that have stood still so far, today with them; None past the calendar."""
    if not working:
        return (today - since).days + 1
    try:
        return calendar.working_between(since - ONE_DAY, today)
    except DayOutsideCalendarError:
        return None


# --- what is new -----------------------------------------------------------------------------------------


def news(acting: Acting, *, days: int = NEWS_DAYS) -> tuple[News, ...]:
    """What came to the desk within so many days and waits for somebody, the newest first."""
    span = span_of(acting.today)
    since = acting.today - timedelta(days=days)
    rows = docket.with_news(acting.viewer, span)
    facts = docket.last_facts(rows)
    found = [
        _news(row, facts[row.reference])
        for row in rows
        if row.reference in facts and facts[row.reference].on > since
    ]
    told = {each.reference for each in found}
    found += [
        _received(row)
        for row in docket.new_complaints(acting.viewer, span, days=days)
        if row.reference not in told
    ]
    return tuple(sorted(found, key=lambda each: (each.on, each.reference), reverse=True))


def _news(row: CaseRow, fact: Fact) -> News:
    book = editions.edition(row.edition)
    return News(
        reference=row.reference,
        on=fact.on,
        says=_happened(book, fact),
        by=_by(book, fact),
        has_run_out=isinstance(fact.body, Expired),
        is_at_sift=row.accepted_on is None,
    )


def _happened(book: Rulebook, fact: Fact) -> str:
    match fact.body:
        case Expired(step=step):
            return f"{title(step)}: the time ran out"
        case StepTaken(step=step, outcome=outcome):
            return f"{title(step)}: {words(outcome)}" if outcome else title(step)
        case _:
            return title(fact.body.KIND.partition("/")[0])


def _by(book: Rulebook, fact: Fact) -> str:
    if isinstance(fact.body, Expired):
        rule = book.steps.get(fact.body.step)
        return f"owed by the {' or '.join(words(office) for office in rule.by)}" if rule else ""
    roles = {role.value for role in PartyRole}
    return f"by the {words(book.party_office(fact.by) or fact.by)}" if fact.by in roles else ""


def _received(row: CaseRow) -> News:
    return News(
        reference=row.reference,
        on=row.received_on,
        says="Complaint received",
        by="",
        has_run_out=False,
        is_at_sift=True,
    )


# --- days to come ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """The next closed days in a row after today, and the next with a name of its own (None: none is near)."""

    first: tuple[date, ...]
    named: tuple[date, str] | None


def closed_days(today: date) -> ClosedDays:
    """What the calendar in force has closed in the month to come."""
    _, calendar = editions.in_force(today)
    coming = list(_known(calendar, (today + timedelta(days=n) for n in range(1, A_MONTH + 1))))
    first: list[date] = []
    for day in coming:
        if not calendar.is_working(day):
            first.append(day)
        elif first:
            break
    named = next(((day, calendar.days[day]) for day in coming if day in calendar.days), None)
    return ClosedDays(tuple(first), named)


def _known(calendar: Calendar, days: Iterable[date]) -> Iterable[date]:
    return (day for day in days if calendar.first <= day <= calendar.last)
