"""From when to when a measure binds the respondent: interim measures, and sanctions after any appeal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from duly.record.facts import Fact, PartyRole, SanctionImposed
from duly.rulebook.book import Counting, Sanction
from duly.rulebook.phrases import At, Direction, Event
from duly.rulebook.steps import Is
from duly.timetable.clock import Clock, ClockState
from duly.timetable.counting import last_day
from duly.timetable.marking import Marking
from duly.vocabulary import Length, Unit

ONE_DAY = timedelta(days=1)


class Standing(StrEnum):
    IN_FORCE = "in force"
    STAYED = "stayed"  # imposed, and the time to appeal or the appeal is not over
    OVER = "over"
    LIFTED = "lifted"  # by a later decision
    SET_ASIDE = "set aside"  # the matter was sent back: the round it was imposed in is forgotten


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """One measure on one party, half-open: it binds on days `since <= day < before` (None: no end).

    `since` None while stayed. `review_due` is the day by which an interim measure lapses unless reviewed.
    An interim measure is no finding and no sanction, and is never shown as one.
    """

    party: str
    measure: str
    is_interim: bool
    standing: Standing
    since: date | None
    before: date | None = None
    review_due: date | None = None
    place: int | None = None
    clause: str | None = None


def restrictions(marking: Marking) -> tuple[Restriction, ...]:
    """Every measure the case ever put on its respondent, as it stands on the marking's day."""
    tags = marking.case.tags(PartyRole.RESPONDENT) or ("R",)
    return (*_interim(marking, tags[0]), *_sanctions(marking, tags[0]))


def _interim(marking: Marking, tag: str) -> Iterator[Restriction]:
    for name, measure in marking.book.measures.items():
        begun, ended = marking.begun.get(name, []), marking.ended.get(name, [])
        for turn, (_, since) in enumerate(begun):
            end = ended[turn][1] if turn < len(ended) else None
            at_most = None
            if end is None and measure.at_most is not None:
                at_most = _plain(marking, measure.at_most, Direction.AFTER, since) + ONE_DAY
            yield Restriction(
                party=tag,
                measure=name,
                is_interim=True,
                standing=Standing.IN_FORCE if end is None else Standing.OVER,
                since=since,
                before=end or at_most,
                review_due=_review_due(marking, name) if end is None else None,
                clause=measure.clause,
            )


def _review_due(marking: Marking, measure: str) -> date | None:
    dues = [
        clock.due
        for clock in marking.clocks
        if clock.is_running and clock.due and marking.book.steps[clock.step].home == measure
        if marking.book.steps[clock.step].is_ is Is.REVIEW
    ]
    return min(dues, default=None)


def _sanctions(marking: Marking, tag: str) -> Iterator[Restriction]:
    for fact in marking.case.sanctions:
        imposed = fact.body
        if isinstance(imposed, SanctionImposed) and fact.on <= marking.on:
            rung = marking.book.sanctions.get(imposed.sanction, Sanction(name=imposed.sanction))
            yield _sanction(marking, tag, fact, imposed, rung)


def _sanction(
    marking: Marking, tag: str, fact: Fact, imposed: SanctionImposed, rung: Sanction
) -> Restriction:
    since = _begins(marking, fact, imposed, rung)
    before = _ends(marking, imposed, since)
    lifted = marking.case.lifted.get(fact.place)
    standing = Standing.IN_FORCE
    if lifted is not None and lifted <= marking.on:
        standing = Standing.LIFTED
        since, before = (since, lifted) if since is not None and since < lifted else (None, None)
    elif _is_set_aside(marking, fact, imposed):
        standing, since, before = Standing.SET_ASIDE, None, None
    elif since is None:
        standing = Standing.STAYED
    elif before is not None and before <= marking.on:
        standing = Standing.OVER
    return Restriction(
        party=tag,
        measure=imposed.sanction,
        is_interim=False,
        standing=standing,
        since=since,
        before=before,
        place=fact.place,
        clause=rung.clause,
    )


def _is_set_aside(marking: Marking, fact: Fact, imposed: SanctionImposed) -> bool:
    """A fresh round of the stage forgets the decision taken in the round before."""
    step = marking.book.steps.get(imposed.step)
    if step is None or step.is_ is not Is.SANCTION:
        return False
    return all(act.place is None or act.place > fact.place for act in marking.acts_in_round(step))


def _begins(marking: Marking, fact: Fact, imposed: SanctionImposed, rung: Sanction) -> date | None:
    """When the rulebook says: at once, when it is served, or when the time to appeal has run out."""
    if not isinstance(rung.begins, At):
        return fact.on
    occasions = rung.begins.reference.any_of
    if Event.APPEAL_TIME_OVER in occasions:
        return appeal_over_on(marking, imposed)
    return fact.on


def appeal_over_on(marking: Marking, imposed: SanctionImposed) -> date | None:
    """The first day on which no appeal can be lodged and none is waiting to be decided; None before it."""
    appeals = marking.book.steps_that_are(Is.APPEAL)
    decided = [
        act.on
        for step in marking.book.steps_that_are(Is.APPEAL_DECISION)
        for act in marking.acts.get(step.name, ())
    ]
    if imposed.step in {step.name for step in marking.book.steps_that_are(Is.APPEAL_DECISION)}:
        return max(decided)  # decided on appeal: there is no further one
    ends: list[date] = []
    for step in appeals:
        for key in marking.members(step) or (None,):
            clocks = [c for c in marking.clocks if c.step == step.name and key in (None, c.key)]
            if not clocks:
                return marking.closed_on
            ends += [day for clock in clocks[-1:] if (day := _ended(clock)) is not None]
            if _ended(clocks[-1]) is None:
                return marking.closed_on
    if _appeal_waits(marking):
        return marking.closed_on
    return max((*ends, *decided), default=marking.closed_on)


def _ended(clock: Clock) -> date | None:
    if clock.ran_out_on is not None:
        return clock.ran_out_on + ONE_DAY
    if clock.state is ClockState.RUNNING:
        return None
    return clock.ended_on


def _appeal_waits(marking: Marking) -> bool:
    return any(marking.is_owed(step.name) for step in marking.book.steps_that_are(Is.APPEAL_DECISION))


def _ends(marking: Marking, imposed: SanctionImposed, since: date | None) -> date | None:
    """The first day it no longer binds, time served under an interim measure credited (L15)."""
    if since is None or imposed.amount is None or imposed.unit is None:
        return None
    length = Length(imposed.amount, Unit(imposed.unit))
    before = _plain(marking, length, Direction.BEGINNING_WITH, since) + ONE_DAY
    return max(since, before - timedelta(days=_served(marking, imposed.sanction)))


def _served(marking: Marking, sanction: str) -> int:
    days = 0
    for name, measure in marking.book.measures.items():
        if measure.credit == sanction:
            begun, ended = marking.begun.get(name, []), marking.ended.get(name, [])
            days += sum((end - start).days for (_, start), (_, end) in zip(begun, ended, strict=False))
    return days


def _plain(marking: Marking, length: Length, direction: Direction, start: date) -> date:
    """Counted as the calendar runs: the end of a measure is moved by no closed day."""
    return last_day(length, direction, start, calendar=marking.calendar, rules=Counting())
