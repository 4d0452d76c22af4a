"""The head of a case page: what it is, where it stands, what is owed next; and the anchors below it."""

from dataclasses import dataclass

from duly.procedure.next_steps import NextStep
from duly.record.facts import PartyRole
from duly.rulebook.prose import title, words
from duly.timetable.adopted import Fate, NewEdition
from duly.timetable.clock import Clock
from duly.timetable.deciding import is_decided
from duly.timetable.governed import moves
from duly.timetable.marking import Marking
from duly.timetable.milestones import accepted_on, main_stages, open_measures, owed
from duly_server.services.case_page import CasePage
from duly_server.web.desk.case_adopted import coming
from duly_server.web.desk.case_happened import conduct_title
from duly_server.web.desk.case_limits import clock_title, whose, working_days
from duly_server.web.desk.case_next import late_in_words, step_url
from duly_server.web.desk.docket_rows import NOBODY
from duly_server.web.shared.chips import Chip, Glyph, counted
from duly_server.web.shared.days import desk_day
from duly_server.web.shared.pages import Tab


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedNext:
    """One line: what is owed, whose duty it is, by when; `late` is said in the colour of what is late."""

    lead: str
    what: str
    says: str
    late: str = ""
    url: str = ""
    is_late: bool = False
    is_partys: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """`facts` are pairs of a label and what stands behind it; `coming` what an adopted edition will do."""

    is_case: bool
    conduct: str
    facts: tuple[tuple[str, str], ...]
    measures: tuple[Chip, ...]
    owed: OwedNext
    coming: tuple[str, ...] = ()


def head_of(page: CasePage, steps: tuple[NextStep, ...]) -> Head:
    accepted = accepted_on(page.marking)
    allegations = page.state.allegations.values()
    conduct = ", ".join(dict.fromkeys(conduct_title(page, each.conduct) for each in allegations))
    return Head(
        is_case=accepted is not None,
        conduct=conduct,
        facts=tuple((label, value) for label, value in _facts(page) if value),
        measures=measure_chips(page),
        owed=_owed(page, steps),
        coming=tuple(coming(page)),
    )


def _facts(page: CasePage) -> tuple[tuple[str, str], ...]:
    marking = page.marking
    accepted = accepted_on(marking)
    stages = " and ".join(title(stage) for stage in main_stages(marking))
    closed = f"{desk_day(marking.closed_on)} as “{marking.closed_as}”" if marking.closed_on else ""
    return (
        ("Stage", stages),
        ("Closed", closed),
        ("Opened", desk_day(accepted) if accepted else ""),
        ("Received", desk_day(marking.opened_on) if marking.opened_on else ""),
        ("", _counts(page)),
        ("Owner", owner(page)),
        ("Rulebook", _rulebook(page)),
        ("Fast track", f"since {desk_day(marking.fast_tracked_on)}" if marking.fast_tracked_on else ""),
        ("To be decided by", _to_be_decided(marking)),
    )


def _to_be_decided(marking: Marking) -> str:
    """The day that was ordered, and whether it was kept so far."""
    order = min(marking.ordered, key=lambda each: each.decide_by, default=None)
    if order is None or is_decided(marking, order):
        return ""
    missed = ", and was not" if marking.on > order.decide_by else ""
    return f"{desk_day(order.decide_by)}, by the order of {desk_day(order.on)}{missed}"


def _rulebook(page: CasePage) -> str:
    """The edition that governs today, since when if it was moved, and what it waits for."""
    came = moves(page.marking)
    since = f" since {desk_day(came[-1].on)}, opened under {came[0].edition}" if came else ", pinned"
    waits = [each.change for each in page.marking.effects if each.fate is Fate.WAITS]
    comes = ""
    if waits and isinstance(waits[-1], NewEdition) and waits[-1].book.edition != page.book.edition:
        comes = f"; {waits[-1].book.edition} once this stage is over"
    return f"{page.book.edition}{since}{comes if page.marking.closed_on is None else ''}"


def _counts(page: CasePage) -> str:
    """ "One respondent, two complaints, two allegations"; what there is none of is left out."""
    state = page.state
    said = (
        _some(len(state.tags(PartyRole.RESPONDENT)), "respondent"),
        _some(len(state.complaints), "complaint"),
        _some(len(state.allegations), "allegation"),
    )
    line = ", ".join(filter(None, said))
    return line[:1].upper() + line[1:]


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def _some(n: int, word: str) -> str:
    if not n:
        return ""
    number = _NUMBERS[n] if n < len(_NUMBERS) else str(n)
    return f"{number} {word}{'' if n == 1 else 's'}"


def owner(page: CasePage) -> str:
    """Who holds the office that gives notice in this case, else the first who was assigned."""
    assigned = page.state.assigned
    giving = [
        office
        for step in page.book.steps.values()
        if step.is_ and step.is_.value == "notice"
        for office in step.by
    ]
    office = next((office for office in giving if office in assigned), next(iter(assigned), None))
    return page.names.get(assigned[office], assigned[office]) if office else NOBODY


def measure_chips(page: CasePage) -> tuple[Chip, ...]:
    """An interim measure is never shown without saying that it is no finding (LOOK, the page of a case)."""
    no_finding = "it is no finding" if page.state.findings else "no finding has been made"
    return tuple(
        Chip(Glyph.CLOSED, f"{title(name)} in force: {no_finding}") for name in open_measures(page.marking)
    )


# --- what is owed next -----------------------------------------------------------------------------------


def _owed(page: CasePage, steps: tuple[NextStep, ...]) -> OwedNext:
    clock = next(iter(owed(page.marking)), None)
    if clock is None or clock.due is None:
        return OwedNext(lead="Nothing is owed", what="", says=_nothing(page))
    took = next(
        (s for s in steps if s.is_open and s.step.name == clock.step and s.key in (None, clock.key)), None
    )
    lead = "Waiting on a party" if clock.is_party else "Owed next"
    return OwedNext(
        lead=lead,
        what=clock_title(page.marking, clock),
        says=f"{whose(page, clock.offices)}. {_by_when(page, clock)}",
        late=late_in_words(page, clock) if clock.is_late and not clock.is_party else "",
        url=step_url(page.reference, took.step.name, took.key) if took else "",
        is_late=clock.is_late and not clock.is_party,
        is_partys=clock.is_party,
    )


def _nothing(page: CasePage) -> str:
    if page.marking.closed_on is not None:
        closed = words(page.marking.closed_as or "")
        return f"The case was closed on {desk_day(page.marking.closed_on)} as “{closed}”."
    return "No time is running for anybody."


def _by_when(page: CasePage, clock: Clock) -> str:
    if clock.due is None:
        return ""
    due, moved = desk_day(clock.due), ""
    if clock.original_due and clock.original_due != clock.due:
        moved = f" (originally {desk_day(clock.original_due)})"
    if clock.is_late and clock.is_party:
        return f"The time ran out on {due}{moved}."
    if clock.is_late:
        return f"It was due {due}{moved}; it is"
    if page.marking.is_paused() and not clock.protects:
        return f"It is paused; as if resumed today it is due {due}{moved}."
    if clock.due == page.today:
        return f"It is due today, {due}{moved}."
    days = working_days(page.calendar, page.today, clock.due)
    left = f": {counted(days)} left" if days is not None else ""
    return f"It is due {due}{moved}{left}."


def anchors(page: CasePage, shown: int) -> tuple[Tab, ...]:
    """The sections of the page; everything is on it, so that find and print reach it all."""
    state = page.state
    return (
        Tab(label="Timetable", url="#timetable", is_current=True),
        Tab(label="Next steps", url="#next"),
        Tab(label="Record", url="#record", count=str(shown)),
        Tab(label="Parties", url="#parties", count=str(len(state.parties))),
        Tab(label="Allegations", url="#allegations", count=str(len(state.allegations))),
        Tab(label="Sanctions and measures", url="#measures", count=str(len(page.measures()) or "")),
        Tab(label="Complaints", url="#complaints", count=str(len(state.complaints))),
    )
