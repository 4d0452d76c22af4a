"""The page of a code in sentences: the state, who owes the next step, what was done, what can be done.

Said from what `is` says of each step, and from the words that the rulebook gives it (`title`). A name of a
step is never shown: where there are no words, none are made of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duly.record.facts import Fact, PartyRole
from duly.rulebook.phrases import Counted, Direction, Timing
from duly.rulebook.prose import either, title, words
from duly.rulebook.steps import Is
from duly.timetable.calendar import DayOutsideCalendarError
from duly.timetable.clock import Clock
from duly.timetable.deciding import is_decided
from duly.timetable.marking import Marking
from duly.timetable.milestones import accepting_outcomes
from duly.vocabulary import Because
from duly_server.services.fast_tracked import decided_by, fast_track_of, length_in
from duly_server.services.status import Done, Message, Standing
from duly_server.web.public.status_doings import can_do, cannot_do_yet, own_act, sentence, time_given
from duly_server.web.shared.days import public_day
from duly_server.web.shared.status import Doing, PublicStep, StepState, WhoOwes

THEM = "the person you complained about"

_STATE = {
    Is.ACKNOWLEDGEMENT: "We have your complaint",
    Is.SIFT: "We are deciding whether the rules let us deal with your complaint",
    Is.NOTICE: "Your complaint was accepted, and the person it is about is to be told",
    Is.ANSWER: "The person you complained about has your complaint and has time to answer",
    Is.REPORT: "Your complaint is being looked into",
    Is.FINDING: "It is being decided what is found",
    Is.SANCTION: "Findings have been made, and what follows from them is being decided",
    Is.APPEAL: "There is a decision, and time to appeal against it",
    Is.APPEAL_DECISION: "An appeal is being decided",
}
_DONE = {
    Is.RECEIPT: "We received your complaint",
    Is.ACKNOWLEDGEMENT: "We told you that we are dealing with it",
    Is.NOTICE: "We told the person concerned",
    Is.ANSWER: "The person concerned answered",
    Is.REPORT: "The report was made",
    Is.FINDING: "Findings were made",
    Is.SANCTION: "It was decided what follows",
    Is.APPEAL: "An appeal was made",
    Is.APPEAL_DECISION: "The appeal was decided",
    Is.INTERIM_MEASURE: "A measure for the time being was imposed; nothing has been found by that",
    Is.REVIEW: "It was looked at whether a measure for the time being is still needed",
    Is.PROGRESS: "We told you how it goes",
    Is.LEAVING: "The person concerned left",
    Is.PUBLICATION: "The outcome was published",
    Is.REOPENING: "It was taken up again",
}
_COMING = {
    Is.ACKNOWLEDGEMENT: "We tell you that we are dealing with it",
    Is.SIFT: "We decide whether the rules let us deal with it",
    Is.NOTICE: "We tell the person concerned",
    Is.ANSWER: "The person concerned may answer",
    Is.REPORT: "What was found out is reported",
    Is.FINDING: "It is decided what is found",
    Is.SANCTION: "It is decided what follows",
    Is.APPEAL: "Time to appeal",
    Is.APPEAL_DECISION: "The appeal is decided",
    Is.REVIEW: "It is looked at whether a measure for the time being is still needed",
    Is.PROGRESS: "We tell you how it goes",
    Is.PUBLICATION: "The outcome is published",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStanding:
    """Everything the page of a code says."""

    reference: str
    title: str
    says: tuple[str, ...] = ()
    owes: WhoOwes | None = None
    why: tuple[Because, ...] = ()
    asked: str = "Nothing is asked of you now."
    hears: str = ""
    messages: tuple[Message, ...] = ()
    steps: tuple[PublicStep, ...] = ()
    can: tuple[Doing, ...] = ()
    cannot_yet: tuple[Doing, ...] = ()
    ask: str = ""


def tell(standing: Standing) -> ToldStanding:
    marking = standing.marking
    if marking is None:
        return ToldStanding(
            reference=standing.complaint,
            title="We have your complaint",
            says=("It is kept with us as history: it was dealt with elsewhere, and no time runs here.",),
            messages=standing.messages,
            ask="Ask the office that dealt with it.",
        )
    running = standing.owed()
    first = running[0] if running else None
    return ToldStanding(
        reference=standing.complaint,
        title=_title(standing, marking, first),
        says=tuple(_beside(marking)),
        owes=_owes(standing, marking, first) if first else None,
        why=tuple(_why(marking, first)) if first else (),
        asked=_asked(standing, marking, running),
        hears=_hears(standing),
        messages=standing.messages,
        steps=tuple(_steps(standing, marking, running)),
        can=can_do(standing, marking),
        cannot_yet=cannot_do_yet(standing, marking),
        ask=_ask(marking),
    )


def _title(standing: Standing, marking: Marking, first: Clock | None) -> str:
    if marking.closed_on is not None:
        return f"Your complaint was closed as “{words(marking.closed_as or '')}”"
    if first is None:
        return "Your complaint is open, and nothing is owed at this moment"
    kind = marking.book.steps[first.step].is_
    if kind in _STATE:
        return _STATE[kind]
    step = marking.book.steps[first.step]
    if standing.is_theirs(first):
        return f"You can decide whether to {own_act(step)}"
    if step.title:
        return f"The next step: {step.title}"
    who = _who(standing, marking, first)
    return f"The next step is with {who[:1].lower()}{who[1:]}"


def _beside(marking: Marking) -> Iterator[str]:
    if marking.closed_on is not None:
        yield f"That was on {public_day(marking.closed_on)}."
    if marking.is_paused():
        yield "It is paused: until it goes on, the days are not counted, and the dates below move with it."
    if marking.closed_on is None:
        yield from _ordered(marking)


def _ordered(marking: Marking) -> Iterator[str]:
    """By an order for all such cases; where the day has passed, that it has."""
    order = min(marking.ordered, key=lambda each: each.decide_by, default=None)
    if order is None or is_decided(marking, order):
        return
    fact, day = marking.case.facts[order.place - 1], public_day(order.decide_by)
    every = f"every case that had been open longer than {length_in(fact)}"
    if marking.on > order.decide_by:
        yield f"It was ordered that {every} be decided by {day}. This one was not, and we are sorry."
        return
    yield (
        f"On {public_day(fact.on)} it was ordered that {every} be decided by {day}. That shortens our times; "
        "yours, and those of the person concerned, stay as they are."
    )


# --- who owes the next step ------------------------------------------------------------------------------


def _owes(standing: Standing, marking: Marking, clock: Clock) -> WhoOwes:
    due = clock.due or standing.on
    return WhoOwes(
        who=_who(standing, marking, clock),
        by_on=public_day(due),
        distance=distance(marking, standing.on, due),
        story=" ".join(_story(marking, clock, due)),
    )


def _who(standing: Standing, marking: Marking, clock: Clock) -> str:
    roles = {marking.book.role_of(office) for office in clock.offices}
    if PartyRole.COMPLAINANT in roles and PartyRole.RESPONDENT in roles:
        return f"You, if you wish, or {THEM}"
    if PartyRole.COMPLAINANT in roles:
        return "You, if you wish"
    if PartyRole.RESPONDENT in roles:
        return title(THEM)
    return f"Our {either([words(office) for office in clock.offices])}"


def distance(marking: Marking, today: date, due: date) -> str:
    """ "4 working days from today"; in days where the calendar does not know one of them."""
    try:
        days, unit = marking.calendar.working_between(today, due), "working day"
    except DayOutsideCalendarError:
        days, unit = (due - today).days, "day"
    if due == today:
        return "today"
    amount = f"{abs(days)} {unit}{'' if abs(days) == 1 else 's'}"
    if due < today:
        return f"{amount} late" if days else "late, by days on which we do not work"
    return f"{amount} from today" if days else "before the next working day"


def _story(marking: Marking, clock: Clock, due: date) -> Iterator[str]:
    if clock.original_due is not None and clock.original_due != due:
        moved = [
            *(["more time was given"] if clock.extensions else []),
            *(["the case was paused"] if marking.pauses else []),
            *(["the case was put on the fast track"] if fast_track_of(marking, clock) else []),
            *(["it was ordered by which day such cases are decided"] if decided_by(marking, clock) else []),
        ]
        because = f": {' and '.join(moved)}" if moved else ", because of what was recorded since"
        yield f"At first it was {public_day(clock.original_due)}. It moved{because}."
    if clock.is_late and not clock.is_party:
        yield "This is late. It is our duty, we have not kept to it, and we are sorry."
        told = {h.name for h in marking.happenings if h.kind == "told" and h.step == clock.step}
        if told:
            yield f"The {either([words(name) for name in sorted(told)])} has been told."


def _by_order(fact: Fact) -> str:
    length = length_in(fact)
    return f", like every case open longer than {length}" if length is not None else ""


def _why(marking: Marking, clock: Clock) -> Iterator[Because]:
    if clock.started_on is not None:
        yield Because(f"The time began on {public_day(clock.started_on)}.")
    for part in clock.parts:
        yield Because(f"The rule gives {time_given(part)}.", clock.limit.clause)
    if (track := fast_track_of(marking, clock)) is not None and marking.book.fast_track is not None:
        put = f"The case was put on the fast track on {public_day(track.fact.on)}{_by_order(track.fact)}"
        says = f"{put}: otherwise the rule would give {time_given(track.otherwise)}."
        yield Because(says, marking.book.fast_track.clause)
    for order in decided_by(marking, clock):
        body = order.order
        says = (
            f"On {public_day(body.on)} it was ordered that this case{_by_order(order.fact)}, be decided by "
            f"{public_day(body.decide_by)}: otherwise the last day would be {public_day(order.without)}."
        )
        yield Because(says, marking.book.fast_track.clause if marking.book.fast_track else None)
    for _, period in [] if clock.protects else marking.pauses:
        until = f" until {public_day(period.before)}" if period.before else ""
        yield Because(
            f"The case was paused from {public_day(period.since)}{until}: no day of that is counted."
        )
    for granted, given in clock.extensions:
        yield Because(f"On {public_day(granted)} more time was given, until {public_day(given)}.")


def _asked(standing: Standing, marking: Marking, running: tuple[Clock, ...]) -> str:
    theirs = [clock for clock in running if standing.is_theirs(clock) and clock.due and not clock.is_late]
    if not theirs:
        return "Nothing is asked of you now."
    steps = marking.book.steps
    chances = either([f"{own_act(steps[c.step])} until {public_day(c.due)}" for c in theirs if c.due])
    return f"Nothing is asked of you now. If you wish, you can {chances}."


def _hears(standing: Standing) -> str:
    by = standing.hears_by()
    if by is None:
        return ""
    if by < standing.on:
        return f"You should have heard from us by {public_day(by)}. That is late, and we are sorry."
    return f"You hear from us by {public_day(by)}, even if nothing has changed."


# --- where it stands -------------------------------------------------------------------------------------


def _steps(standing: Standing, marking: Marking, running: tuple[Clock, ...]) -> Iterator[PublicStep]:
    for done in standing.done():
        yield PublicStep(
            title=_done_title(marking, done),
            says=" ".join(_done_says(marking, done)),
            state=StepState.DONE,
            clause=done.step.clause or "",
        )
    for clock in standing.run_out():
        if clock.due is not None:
            said = f"The time for this was until {public_day(clock.due)}, and is over."
            yield _step(marking, clock.step, said, StepState.DONE)
    for clock in running[:1]:
        yield _step(marking, clock.step, _by_when(standing, marking, clock), StepState.NOW)
    order = list(marking.book.steps)
    later = {clock.step: _by_when(standing, marking, clock) for clock in reversed(running[1:])}
    later |= {step.name: _when(step.within) for step in standing.to_come()}
    for name in sorted(later.keys() - {clock.step for clock in running[:1]}, key=order.index):
        yield _step(marking, name, later[name], StepState.COMING)


def _step(marking: Marking, name: str, says: str, state: StepState) -> PublicStep:
    step = marking.book.steps[name]
    said = _COMING.get(step.is_) if step.is_ else None
    return PublicStep(
        title=said or sentence(step.title) or "A further step",
        says=says,
        state=state,
        clause=step.clause or "",
    )


def _by_when(standing: Standing, marking: Marking, clock: Clock) -> str:
    if clock.due is None:
        return "No day yet."
    late = f", {distance(marking, standing.on, clock.due)}" if clock.is_late else ""
    return f"By {public_day(clock.due)}{late}."


def _done_title(marking: Marking, done: Done) -> str:
    if done.step.is_ is Is.SIFT:
        accepted = done.act.outcome in accepting_outcomes(marking.book)
        outcome = "Accepted" if accepted else f"Decided: {words(done.act.outcome or '')}"
        return f"{outcome} as a case" if accepted else outcome
    if done.step.is_ in _DONE:
        return _DONE[done.step.is_]
    return f"Done: {done.step.title}" if done.step.title else "A further step was taken"


def _done_says(marking: Marking, done: Done) -> Iterator[str]:
    yield f"{public_day(done.act.on)}."
    clock = done.clock
    if clock is None or clock.due is None:
        return
    if clock.was_late and not clock.is_party and clock.ended_on is not None:
        late = distance(marking, clock.ended_on, clock.due).removesuffix(" late")
        yield f"That was {late} late: we had until {public_day(clock.due)}."
        yield "The duty was ours, and we are sorry."
    elif not clock.is_party:
        yield f"We had until {public_day(clock.due)}."


def _when(within: tuple[Timing, ...]) -> str:
    for timing in within:
        if isinstance(timing, Counted) and timing.direction is not Direction.BEFORE:
            return f"No day yet; {timing.length} once its time begins."
    return "No day yet."


def _ask(marking: Marking) -> str:
    keeping = [office.name for office in marking.book.offices.values() if office.accountable]
    watching = [name for name in marking.book.watchers if name not in keeping]
    first = f"Our {either([words(name) for name in keeping])} answers for our times." if keeping else ""
    then = (
        f" If you think we are not keeping to the rules, turn to the {either([words(n) for n in watching])}."
        if watching
        else ""
    )
    return f"{first}{then} Give the reference above, and never your code.".strip()
