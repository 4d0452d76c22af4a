"""A state and an act to new facts, or to every problem in words. The only place where the rules say yes."""

from collections.abc import Iterator
from datetime import date

from duly.people import Actor, Roll
from duly.procedure import conflicts, correcting, matters, naming, step_rules
from duly.procedure.acts import (
    Act,
    AddAllegation,
    AddParty,
    AnswerQuestion,
    Assign,
    Correct,
    DeclareConflict,
    Extend,
    FastTrack,
    Pause,
    Proposed,
    Resume,
    TakeStep,
    Waive,
)
from duly.procedure.refusals import if_it_can_be_counted
from duly.procedure.setting import Setting
from duly.procedure.trial import as_if_recorded
from duly.record.fold import CaseState
from duly.rulebook.book import Rulebook
from duly.rulebook.prose import words
from duly.timetable.calendar import Calendar
from duly.timetable.marking import Marking
from duly.timetable.objections import case_closed
from duly.timetable.state import state, state_as
from duly.vocabulary import Problem, Refused
from duly.vocabulary.day import desk_day


def decide(
    case: CaseState,
    act: Act,
    *,
    book: Rulebook,
    calendar: Calendar,
    actor: Actor,
    roll: Roll,
    on: date,
    today: date,
    marking: Marking | None = None,
) -> tuple[Proposed, ...] | Refused:
    """What the record gains if `actor` does `act` on the day `on`, written down `today`; or why not.

    Every objection is given, not the first. `on` may lie before `today` (an answer that came by post last
    week); it may not lie ahead. `marking` is that of this case on this day, from whoever has worked it out.
    """
    setting = Setting(
        case=case,
        marking=marking or state(case, book, calendar, on=on),
        actor=actor,
        roll=roll,
        on=on,
        today=today,
    )
    problems = [*_when_objections(setting, act), *if_it_can_be_counted(_objections(setting, act))]
    if problems:
        return Refused(tuple(dict.fromkeys(problems)))
    proposed = _facts(setting, act)
    if late := tuple(_late_at_once(setting, proposed)):
        return Refused(late)
    return proposed


def _when_objections(setting: Setting, act: Act) -> Iterator[Problem]:
    if setting.on > setting.today:
        yield Problem(
            code="in-the-future",
            says=f"{desk_day(setting.on)} lies ahead; only what has happened is recorded.",
            remedy="Record it on the day it is done.",
        )
    if setting.on < setting.today and setting.marking.closed_on is None and not isinstance(act, Correct):
        yield from _closed_since(setting, act)


def _closed_since(setting: Setting, act: Act) -> Iterator[Problem]:
    """Closed means closed (R12), also for what is said to have happened before."""
    step = setting.book.steps.get(act.step) if isinstance(act, TakeStep) else None
    now = state_as(setting.marking, setting.case, on=setting.today)
    closed = case_closed(now)
    if closed is not None and not (step is not None and step.even_when_closed):
        yield closed


def _objections(setting: Setting, act: Act) -> Iterator[Problem]:
    yield from conflicts.objections_to_conflict(setting)
    match act:
        case TakeStep():
            yield from step_rules.objections_to_step(setting, act)
        case Extend():
            yield from matters.objections_to_extension(setting, act)
        case Pause() | Resume():
            yield from matters.objections_to_pause(setting, act)
        case AnswerQuestion():
            yield from matters.objections_to_answer(setting, act)
        case AddParty() | AddAllegation() | Assign():
            yield from naming.objections_to_naming(setting, act)
        case DeclareConflict():
            yield from conflicts.objections_to_declaring(setting, act)
        case FastTrack():
            yield from matters.objections_to_fast_track(setting, act)
        case Waive():
            yield from matters.objections_to_waiver(setting, act)
        case Correct():
            yield from correcting.objections_to_correction(setting, act)


def _facts(setting: Setting, act: Act) -> tuple[Proposed, ...]:
    match act:
        case TakeStep():
            return step_rules.facts_of_step(setting, act)
        case AddParty() | AddAllegation() | Assign():
            return naming.facts_of_naming(setting, act)
        case DeclareConflict():
            return conflicts.fact_of_declaring(setting, act)
        case Correct():
            return correcting.facts_of_correction(setting, act)
        case _:
            return matters.facts_of(setting, act)


def _late_at_once(setting: Setting, proposed: tuple[Proposed, ...]) -> Iterator[Problem]:
    """Nobody is late for what they could not know (rulebook-format 4, back-dated triggers)."""
    if setting.on == setting.today:
        return
    case = setting.case
    trial = as_if_recorded(case, proposed, noted_at=setting.today)
    after = state_as(setting.marking, trial, on=setting.today)
    book = after.book
    places = range(case.head + 1, trial.head + 1)
    for clock in after.clocks:
        if clock.started_by in places and clock.is_party and clock.ran_out_on is not None:
            yield Problem(
                code="late-at-once",
                says=(
                    f"Recorded as of {desk_day(setting.on)}, this would make the {words(clock.offices[0])} "
                    f"late at once: the time for “{words(clock.step)}” would have run out on "
                    f"{desk_day(clock.ran_out_on)}."
                ),
                remedy="Serve it again as of today, so that the time to answer is a real one.",
                clause=clock.limit.clause or book.steps[clock.step].clause,
            )
