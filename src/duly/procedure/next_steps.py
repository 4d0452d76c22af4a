"""Every step of the rulebook as it stands today: open, or closed with all its reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from duly.people import Actor, Roll
from duly.procedure import people_rules
from duly.procedure.acts import TakeStep
from duly.procedure.day_rules import objections_to_fixing
from duly.procedure.fairness import heard_first
from duly.procedure.refusals import if_it_can_be_counted
from duly.procedure.separation import acts_for
from duly.procedure.setting import Setting
from duly.rulebook.steps import Step
from duly.timetable.clock import Clock
from duly.timetable.marking import Marking
from duly.timetable.objections import objections, outcome_objections
from duly.vocabulary import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """One step, for one member of its group if it has one.

    `against` is empty when it is open to the actor. `owed` are its running clocks, earliest due first;
    `offices` those it belongs to now; `is_mine` whether the actor's office is one; `for_party` the party's
    office if it is a party's step that the actor may write down. `outcomes` says of each, while the step is
    in play, what stands in its way beyond that. `is_over`: its stage has ended, or the case is closed.
    `may_be_dated_back`: an earlier day may serve, so that what was done then can still be written down.
    """

    step: Step
    key: str | None
    against: tuple[Problem, ...]
    owed: tuple[Clock, ...]
    offices: tuple[str, ...]
    is_mine: bool
    actor: Actor
    is_over: bool
    may_be_dated_back: bool
    for_party: str | None = None
    outcomes: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict[str, tuple[Problem, ...]])

    @property
    def is_open(self) -> bool:
        return not self.against

    @property
    def opens_on(self) -> date | None:
        """The day on which every reason falls away by itself, where each says its day."""
        days = [problem.opens_on for problem in self.against]
        known = [day for day in days if day is not None]
        return max(known) if days and len(known) == len(days) else None


def next_steps(
    marking: Marking, *, actors: Sequence[Actor], roll: Roll, today: date, over: bool = True
) -> tuple[NextStep, ...]:
    """Every step: owed and late, owed, allowed, closed; within each by due day and the order of the file.

    Those of stages that are over and of a closed case are among the closed, unless `over` leaves them out.
    `actors` are all the appointments of whoever looks: each step is asked about for the one it fits; whoever
    has none may do nothing, and is shown nothing. Uses the code that `decide` uses, so that a closed button
    says why. What a form must still bring (an outcome, reasons, a quorum) closes no step.
    """
    settings = _settings(marking, actors, roll, today)
    if not settings:
        return ()
    found = [
        _next(_fitting(settings, step, key), step, key)
        for step in marking.book.steps.values()
        for key in (marking.members(step) if step.per is not None else (None,)) or (None,)
        if over or not marking.is_history(step, key)
    ]
    order = {step: place for place, step in enumerate(marking.book.steps)}
    return tuple(sorted(found, key=lambda n: (*_rank(n), order[n.step.name])))


def actor_for(
    marking: Marking,
    step: Step,
    *,
    actors: Sequence[Actor],
    roll: Roll,
    today: date,
    key: str | None = None,
) -> Actor:
    """Of one person's appointments, the one in which this step would be taken."""
    return _fitting(_settings(marking, actors, roll, today), step, key).actor


def _settings(marking: Marking, actors: Sequence[Actor], roll: Roll, today: date) -> list[Setting]:
    return [
        Setting(case=marking.case, marking=marking, actor=actor, roll=roll, on=marking.on, today=today)
        for actor in actors
    ]


def _fitting(settings: Sequence[Setting], step: Step, key: str | None) -> Setting:
    """Whose office the step is; else who may write down what a party did, or stands in; else the first."""
    offices = settings[0].marking.offices_of(step, key)
    theirs = [setting for setting in settings if setting.actor.office in offices]
    if set(offices) & settings[0].book.parties:
        theirs += [setting for setting in settings if setting.actor.office in setting.writers]
    theirs += [setting for setting in settings if acts_for(setting, offices)]
    return (theirs or list(settings))[0]


def _next(setting: Setting, step: Step, key: str | None) -> NextStep:
    marking = setting.marking
    offices = marking.offices_of(step, key)
    party = next((o for o in offices if o in setting.book.parties), None)
    writes = setting.actor.tag is None and setting.actor.office in setting.writers
    behalf = party if writes and setting.actor.office not in offices else None
    act = TakeStep(step=step.name, key=key, on_behalf=behalf)
    in_play = marking.in_play(step, key)
    against = (
        *objections(marking, step, key=key),
        *heard_first(setting, step),
        *(if_it_can_be_counted(objections_to_fixing(setting, step)) if in_play else ()),
        *people_rules.objections_to_people(setting, act, step),
    )
    owed = sorted(
        (c for c in marking.clocks_of(step.name) if c.is_running and key in (None, c.key)),
        key=lambda clock: clock.due or date.max,
    )
    return NextStep(
        step=step,
        key=key,
        against=tuple(dict.fromkeys(against)),
        owed=tuple(owed),
        offices=offices,
        is_mine=setting.actor.office in offices,
        is_over=marking.is_history(step, key),
        may_be_dated_back=_may_be_dated_back(setting, step, against, in_play=in_play),
        actor=setting.actor,
        for_party=behalf,
        outcomes=(
            {name: tuple(outcome_objections(marking, step, name, key=key)) for name in step.outcomes}
            if in_play
            else {}
        ),
    )


def _may_be_dated_back(setting: Setting, step: Step, against: Sequence[Problem], *, in_play: bool) -> bool:
    """Closed means closed for every day; a stage that never began was open on none; nor whose step it is."""
    marking = setting.marking
    if not in_play and marking.closed_on is not None:
        return False
    if not in_play and step.stages and not any(stage in marking.begun for stage in step.stages):
        return False
    possible = {*step.by, *(office for each in step.instead for office in each.by or ())}
    return setting.actor.office in possible or all(problem.code != "wrong-office" for problem in against)


def _rank(step: NextStep) -> tuple[int, date]:
    due = step.owed[0].due if step.owed and step.owed[0].due else date.max
    if not step.is_open:
        return 3, step.opens_on or date.max
    if step.owed:
        return (0 if step.owed[0].is_late else 1), due
    return 2, date.max
