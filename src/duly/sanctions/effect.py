"""From when to when a measure binds the respondent: interim measures, and sanctions after any appeal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from duly.record.facts import Fact, PartyRole, SanctionImposed
from duly.rulebook.book import Counting, Sanction
from duly.rulebook.phrases import Counted, Direction, Event, Part, StepDone
from duly.rulebook.steps import Is, Step
from duly.timetable.clock import ClockState
from duly.timetable.counting import last_day
from duly.timetable.ends import measure_ends
from duly.timetable.marking import Act, Marking, parts_of
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

    It was put on them on `imposed_on`. `since` is None while stayed, unless the day is known on which it will
    begin, and None if it never began. `ended_on` is the first day on which a later decision had ended it:
    lifted it, or set it aside. `review_due` is the day by which an interim measure lapses unless reviewed. An
    interim measure is no finding and no sanction, and is never shown as one.
    """

    party: str
    measure: str
    is_interim: bool
    standing: Standing
    imposed_on: date
    since: date | None
    before: date | None = None
    ended_on: date | None = None
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
            last = measure_ends(marking, name, since) if end is None else None
            yield Restriction(
                party=tag,
                measure=name,
                is_interim=True,
                standing=Standing.IN_FORCE if end is None else Standing.OVER,
                imposed_on=since,
                since=since,
                before=end or (last + ONE_DAY if last else None),
                ended_on=end,
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
    standing, ended_on = _ended(marking, fact, imposed)
    if ended_on is not None:
        since, before = (since, ended_on) if since is not None and since < ended_on else (None, None)
    elif since is None or since > marking.on:
        standing = Standing.STAYED
    elif before is not None and before <= marking.on:
        standing = Standing.OVER
    return Restriction(
        party=tag,
        measure=imposed.sanction,
        is_interim=False,
        standing=standing,
        imposed_on=fact.on,
        since=since,
        before=before,
        ended_on=ended_on,
        place=fact.place,
        clause=rung.clause,
    )


def _ended(marking: Marking, fact: Fact, imposed: SanctionImposed) -> tuple[Standing, date | None]:
    """Whether and from which day a later decision ended it; else that it is in force, for all this knows."""
    lifted = marking.case.lifted.get(fact.place)
    if lifted is not None and lifted <= marking.on:
        return Standing.LIFTED, lifted
    aside = _set_aside_on(marking, fact, imposed)
    return (Standing.IN_FORCE if aside is None else Standing.SET_ASIDE), aside


def _set_aside_on(marking: Marking, fact: Fact, imposed: SanctionImposed) -> date | None:
    """A fresh round of the stage forgets the decision taken in the round before: the day it first did."""
    step = marking.book.steps.get(imposed.step)
    if step is None or step.is_ is not Is.SANCTION or len(step.stages) != 1:
        return None
    by = _imposed_at(marking, fact, imposed)
    begun = marking.begun.get(step.stages[0], [])
    return next((max(on, fact.on) for seq, on in begun if seq > by), None)


def _begins(marking: Marking, fact: Fact, imposed: SanctionImposed, rung: Sanction) -> date | None:
    """When the rulebook says: at once, when it is served, or when the time to appeal has run out."""
    if rung.begins is None:
        return fact.on
    days = [_day_of(marking, fact, imposed, part) for part in parts_of(rung.begins)]
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def _day_of(marking: Marking, fact: Fact, imposed: SanctionImposed, part: Part) -> date | None:
    occasions = part.reference.any_of
    if Event.APPEAL_TIME_OVER in occasions:
        day = appeal_over_on(marking, fact, imposed)
    elif Event.SERVED in occasions:
        day = _served_on(marking, fact)
    else:
        day = fact.on
    if day is None or not isinstance(part, Counted):
        return day
    return _plain(marking, part.length, part.direction, day)


def _served_on(marking: Marking, fact: Fact) -> date | None:
    """The day on which the decision was served on the respondent, by the step that the appeal counts from.

    A rulebook in which the time to appeal counts from no step serves at once.
    """
    steps = [
        occasion.step
        for appeal in marking.book.steps_that_are(Is.APPEAL)
        for timing in appeal.within
        for part in parts_of(timing)
        for occasion in part.reference.any_of
        if isinstance(occasion, StepDone)
    ]
    if not steps:
        return fact.on
    tags = {*marking.case.tags(PartyRole.RESPONDENT), None}
    served = [
        act.counts_on
        for step in steps
        for act in marking.acts.get(step, ())
        if act.place is not None and act.place > fact.place and (act.key in tags)
    ]
    return min(served, default=None)


def appeal_over_on(marking: Marking, fact: Fact, imposed: SanctionImposed) -> date | None:
    """The first day on which no appeal can be lodged and none is waiting to be decided; None before it."""
    appeals = marking.book.steps_that_are(Is.APPEAL)
    if not appeals or imposed.step in {s.name for s in marking.book.steps_that_are(Is.APPEAL_DECISION)}:
        return fact.on  # there is no appeal, or this was decided on appeal: there is no further one
    since = _imposed_at(marking, fact, imposed)
    ends = [_window_over(marking, step, key, since) for step in appeals for key in _whose(marking, step)]
    known = [end for end in ends if end is not None]
    lodged = _acts(marking, Is.APPEAL, since)
    decided = _acts(marking, Is.APPEAL_DECISION, lodged[0].seq) if lodged else []
    if len(known) < len(ends) or (lodged and not decided):
        return marking.closed_on
    return max((*known, *(act.on for act in decided)), default=marking.closed_on)


def _imposed_at(marking: Marking, fact: Fact, imposed: SanctionImposed) -> int:
    """When in the run the sanction was imposed: windows to appeal against it opened after that."""
    acts = marking.acts.get(imposed.step, ())
    return max((act.seq for act in acts if act.place is not None and act.place <= fact.place), default=0)


def _whose(marking: Marking, step: Step) -> tuple[str | None, ...]:
    return marking.members(step) if step.per is not None else (None,)


def _acts(marking: Marking, kind: Is, since: int) -> list[Act]:
    steps = marking.book.steps_that_are(kind)
    found = [act for step in steps for act in marking.acts.get(step.name, ()) if act.seq > since]
    return sorted(found, key=lambda act: act.seq)


def _window_over(marking: Marking, step: Step, key: str | None, since: int) -> date | None:
    """The first day on which this party can appeal no more; None while it can, or its time has not begun."""
    clocks = [
        clock
        for clock in marking.clocks
        if clock.step == step.name and clock.key in (key, None) and clock.trigger_seq >= since
    ]
    if not clocks:
        return None
    clock = clocks[-1]
    if clock.state is ClockState.WAIVED or clock.ran_out_on is None:
        return None if clock.is_running else clock.ended_on
    return clock.ran_out_on + ONE_DAY


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
