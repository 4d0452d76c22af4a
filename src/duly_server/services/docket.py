"""The docket as a viewer sees it: lists of cases and duties, with words from the rulebook each is under."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

from duly.record.facts import Paused, Resumed
from duly.record.fold import fold
from duly.rulebook.book import Rulebook
from duly.rulebook.prose import title, words
from duly.timetable.calendar import Calendar, DayOutsideCalendarError
from duly_server.services.acting import Acting
from duly_server.services.premises import premises
from duly_server.store import appointments, docket, editions
from duly_server.store.docket import NEVER, OF_DUTIES, PAUSE_REVIEW, CaseRow, DutyRow, Narrowing, Span, View
from duly_server.store.pages import END, Page, Place

PAGE = 50
LAST = ("end",)
_BY_DUTY = ("due_on", "case_id", "step", "key", "limit", "part")
_KEYS = {View.SIFT: ("received_on", "reference"), View.CLOSED: ("closed_on", "reference")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a list: a case and a duty in it; `step` is "" where nothing is owed. `edition` and
    `calendar` are the digests of what the case is under.

    `days` are working days of the case's calendar: late if `is_late`, else left; None where the calendar
    ends before. `late_originally` counts from the original day. `holder` is who holds the office that owes
    it, "" if nobody is known; `of` names the allegation or the party, "A1", where the case owes the same for
    several; `pause` is the pause in which the case is.
    """

    reference: str
    edition: str
    calendar: str
    is_at_sift: bool
    conduct: str
    stages: str
    step: str
    owed: str
    clause: str
    whose: str
    holder: str
    is_mine: bool
    owner: str
    is_party: bool
    is_paused: bool
    due_on: date | None
    original_on: date | None
    started_on: date | None
    days: int | None
    late_originally: int | None
    is_late: bool
    received_on: date
    opened_on: date | None
    closed_on: date | None
    closed_as: str
    of: str = ""
    pause: "PauseNow | None" = None

    @property
    def owed_of(self) -> str:
        """ "Find · A1"."""
        return f"{self.owed} · {self.of}" if self.of else self.owed

    @property
    def paused_on(self) -> date | None:
        """The day on which the pause began that lasts."""
        return self.pause.since if self.pause else None

    @property
    def has_moved(self) -> bool:
        return self.original_on is not None and self.original_on != self.due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page of a list: the next begins after `after`, the one before it ends before `before`; None: none."""

    lines: tuple[Line, ...]
    after: tuple[str, ...] | None
    before: tuple[str, ...] | None = None


def span_of(today: date) -> Span:
    """The days that lists are cut at, by the calendar in force."""
    _, calendar = editions.in_force(today)
    try:
        soon = calendar.add_working(today, 4)
        five = soon if calendar.is_working(today) else calendar.add_working(today, 5)
    except DayOutsideCalendarError:
        soon = five = today + timedelta(days=6)
    return Span(today=today, soon=soon, five=five)


def listing(
    acting: Acting,
    view: View,
    what: Narrowing,
    *,
    after: tuple[str, ...] | None = None,
    before: tuple[str, ...] | None = None,
    size: int = PAGE,
) -> Listing:
    """One page of a view, in a number of queries that does not hang on how many rows there are.

    Raises ValueError for an `after` or `before` that no page gave; `before` LAST asks for the last page.
    """
    pairs, found = _rows(acting, view, what, after=after, before=before, size=size)
    return Listing(lines=lines_of(acting, pairs), after=_said(found.after), before=_said(found.before))


def heads(acting: Acting, sizes: Mapping[View, int]) -> dict[View, tuple[Line, ...]]:
    """The first rows of several views, put into words together: what they all need is asked once."""
    pairs = {view: _rows(acting, view, Narrowing(), size=size)[0] for view, size in sizes.items()}
    lines = iter(lines_of(acting, [pair for some in pairs.values() for pair in some]))
    return {view: tuple(islice(lines, len(some))) for view, some in pairs.items()}


def _rows(
    acting: Acting,
    view: View,
    what: Narrowing,
    *,
    size: int,
    after: tuple[str, ...] | None = None,
    before: tuple[str, ...] | None = None,
) -> tuple[list[tuple[CaseRow, DutyRow | None]], Page[Any]]:
    """Cases, each with a duty in a view of duties; and the page they are. One query."""
    by = _BY_DUTY if view in OF_DUTIES else _KEYS.get(view, ("due_on", "reference"))
    place = Place(
        by=by,
        size=size,
        after=_place(after, by),
        before=END if before == LAST else _place(before, by),
        descending=view is View.CLOSED,
    )
    span = span_of(acting.today)
    if view in OF_DUTIES:
        duties = docket.page_of_duties(acting.viewer, view, what, span, place)
        return [(row.case, row) for row in duties.rows], duties
    found = docket.page_of_cases(acting.viewer, view, what, span, place)
    return [(row, None) for row in found.rows], found


def every_line(acting: Acting, view: View, what: Narrowing, *, size: int = 500) -> Iterator[Line]:
    """All rows of a view, read as they are asked for."""
    after: tuple[str, ...] | None = None
    while True:
        found = listing(acting, view, what, after=after, size=size)
        yield from found.lines
        after = found.after
        if after is None:
            return


def _place(after: tuple[str, ...] | None, by: tuple[str, ...]) -> tuple[Any, ...] | None:
    if after is None:
        return None
    if len(after) != len(by):
        raise ValueError("this page begins nowhere")
    first, *rest = after
    found: list[Any] = [date.fromisoformat(first), *rest]
    if by[-1] == "part":
        found[-1] = int(rest[-1])
        if not 0 <= found[-1] < 1000:
            raise ValueError("this page begins nowhere")
    return tuple(found)


def _said(after: tuple[Any, ...] | None) -> tuple[str, ...] | None:
    return None if after is None else tuple(str(value) for value in after)


# --- rows in words ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _People:
    """Who holds what: assigned in a case, or the only holder of an office today."""

    assigned: dict[tuple[str, str], str]
    names: dict[str, str]
    alone: dict[str, tuple[str, str]]
    mine: frozenset[str]
    my_offices: frozenset[str]

    def holder(self, reference: str, offices: Sequence[str]) -> tuple[str, bool]:
        """The name, and whether it is the viewer."""
        for office in offices:
            number = self.assigned.get((reference, office))
            if number:
                return self.names.get(number, number), number in self.mine
        for office in offices:
            if office in self.alone:
                number, name = self.alone[office]
                return name, number in self.mine
        return "", False


def lines_of(acting: Acting, pairs: Sequence[tuple[CaseRow, DutyRow | None]]) -> tuple[Line, ...]:
    """Rows in words: without a duty, the case's own next one."""
    if not pairs:
        return ()
    people = _people(acting, [case for case, _ in pairs])
    several = docket.owed_for_several({duty.case_id for _, duty in pairs if duty and duty.key})
    lines = [_line(acting, case, duty, people, several) for case, duty in pairs]
    known = pauses(line.reference for line in lines if line.is_paused)
    return tuple(replace(line, pause=known.get(line.reference)) if line.is_paused else line for line in lines)


def _people(acting: Acting, cases: Sequence[CaseRow]) -> _People:
    today = acting.today
    assigned = docket.assignments({case.reference for case in cases})
    numbers = set(assigned.values()) | {case.owner for case in cases if case.owner}
    return _People(
        assigned,
        appointments.names(numbers),
        appointments.alone(on=today),
        acting.viewer.numbers(today),
        acting.viewer.offices(today),
    )


def books() -> tuple[Rulebook, ...]:
    """Every adopted edition, the newest first."""
    return tuple(editions.edition(digest) for digest in docket.edition_digests())


def _line(
    acting: Acting,
    case: CaseRow,
    duty: DutyRow | None,
    people: _People,
    several: Collection[tuple[str, str]],
) -> Line:
    book, calendar = editions.edition(case.edition), editions.calendar_of(case.calendar)
    step = duty.step if duty else case.owed_step
    offices = (duty.offices if duty else case.owed_by).split()
    is_party = duty.is_party if duty else case.state == "party"
    is_paused = duty.paused if duty else case.state == "paused"
    day = duty.due_on if duty else case.due_on
    due = None if day == NEVER else day
    original = duty.original_on if duty else case.original_on
    is_late = due is not None and due < acting.today and not is_party and not is_paused
    holder, is_mine = people.holder(case.reference, offices)
    rule = book.pauses.get(step) if duty and duty.limit == PAUSE_REVIEW else book.steps.get(step)
    return Line(
        reference=case.reference,
        edition=case.edition,
        calendar=case.calendar,
        is_at_sift=case.accepted_on is None,
        conduct=conduct_title(book, case.conduct),
        stages=" and ".join(title(stage) for stage in case.stages.split()),
        step=step,
        owed=_owed(step, duty),
        of=duty.key if duty and (duty.case_id, duty.step) in several else "",
        clause=(rule.clause or "") if rule else "",
        whose=_whose(offices),
        holder="" if is_party else holder,
        is_mine=is_mine,
        owner=people.names.get(case.owner, case.owner),
        is_party=is_party,
        is_paused=is_paused,
        due_on=due,
        original_on=original,
        started_on=duty.started_on if duty else case.started_on,
        days=_days(calendar, due, acting.today),
        late_originally=_days(calendar, original, acting.today) if is_late else None,
        is_late=is_late,
        received_on=case.received_on,
        opened_on=case.accepted_on,
        closed_on=case.closed_on,
        closed_as=words(case.closed_as),
    )


def _owed(step: str, duty: DutyRow | None) -> str:
    if duty is not None and duty.limit == PAUSE_REVIEW:
        return f"Review of the pause: {words(step)}"
    if duty is None or duty.limit == step:
        return title(step)
    return f"{title(duty.limit)}: {words(step)}"


def _whose(offices: Sequence[str]) -> str:
    said = " or ".join(words(office) for office in offices)
    return said[:1].upper() + said[1:]


def conduct_title(book: Rulebook, name: str) -> str:
    found = book.conduct.get(name)
    return found.title or title(name) if found else title(name)


def _days(calendar: Calendar, day: date | None, today: date) -> int | None:
    """Working days between the day and today, whichever comes first."""
    if day is None:
        return None
    try:
        return calendar.working_between(min(day, today), max(day, today))
    except DayOutsideCalendarError:
        return None


def working_days_since(day: date, today: date) -> int | None:
    """Working days from the day to today by the calendar in force; None past it."""
    _, calendar = editions.in_force(today)
    return _days(calendar, day, today)


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseNow:
    """A pause that lasts: its name, the day it began, and the appointment by which it was ordered."""

    name: str
    since: date
    by: str


def pauses(references: Iterable[str]) -> dict[str, PauseNow]:
    """The pause in which each of these cases is, as the record says; cases a viewer has seen already."""
    chains = sorted({f"case/{reference}" for reference in references})
    if not chains:
        return {}
    found: dict[str, PauseNow] = {}
    for chain, facts in premises().journal.read_many(chains).items():
        reference = chain.removeprefix("case/")
        for fact in fold(facts).moves:
            if isinstance(fact.body, Paused):
                now = PauseNow(name=fact.body.pause, since=fact.on, by=fact.by)
                found.setdefault(reference, now)  # said once more, it was reviewed
            elif isinstance(fact.body, Resumed):
                found.pop(reference, None)
    return found
