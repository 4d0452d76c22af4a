"""Every step of the rulebook as it stands today: open, or closed with all its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.people import Actor, Roll
from duly.procedure import people_rules
from duly.procedure.acts import TakeStep
from duly.procedure.setting import Setting
from duly.rulebook.steps import Step
from duly.timetable.clock import Clock
from duly.timetable.marking import Marking
from duly.timetable.objections import objections
from duly.vocabulary import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """One step, for one member of its group if it has one.

    `against` is empty when it is open to the actor. `owed` are its running clocks, earliest due first;
    `offices` those it belongs to now; `is_mine` whether the actor's office is one; `for_party` the party's
    office if it is a party's step that the actor may write down.
    """

    step: Step
    key: str | None
    against: tuple[Problem, ...]
    owed: tuple[Clock, ...]
    offices: tuple[str, ...]
    is_mine: bool
    actor: Actor
    for_party: str | None = None

    @property
    def is_open(self) -> bool:
        return not self.against

    @property
    def opens_on(self) -> date | None:
        """The day on which every reason falls away by itself, where each says its day."""
        days = [problem.opens_on for problem in self.against]
        known = [day for day in days if day is not None]
        return max(known) if days and len(known) == len(days) else None


def next_steps(marking: Marking, *, actors: Sequence[Actor], roll: Roll, today: date) -> tuple[NextStep, ...]:
    """Owed and late, owed, allowed, then closed; within each by due day and the order of the file.

    `actors` are all the appointments of whoever looks: each step is asked about for the one it fits. Uses the
    code that `decide` uses, so that a closed button says why. What a form must still bring (an outcome,
    reasons, a quorum) closes no step.
    """
    settings = _settings(marking, actors, roll, today)
    found = [
        _next(_fitting(settings, step), step, key)
        for step in marking.book.steps.values()
        for key in (marking.members(step) if step.per is not None else (None,)) or (None,)
        if _is_worth_showing(marking, step)
    ]
    order = {step: place for place, step in enumerate(marking.book.steps)}
    return tuple(sorted(found, key=lambda n: (*_rank(n), order[n.step.name])))


def actor_for(marking: Marking, step: Step, *, actors: Sequence[Actor], roll: Roll, today: date) -> Actor:
    """Of one person's appointments, the one in which this step would be taken."""
    return _fitting(_settings(marking, actors, roll, today), step).actor


def _settings(marking: Marking, actors: Sequence[Actor], roll: Roll, today: date) -> list[Setting]:
    return [
        Setting(case=marking.case, marking=marking, actor=actor, roll=roll, on=marking.on, today=today)
        for actor in actors
    ]


def _fitting(settings: Sequence[Setting], step: Step) -> Setting:
    """Whose office the step is; else one that may write down what a party did; else the first."""
    offices = settings[0].marking.offices_of(step)
    for setting in settings:
        if setting.actor.office in offices:
            return setting
    for setting in settings:
        if setting.actor.office in setting.writers or _stands_in(setting, offices):
            return setting
    return settings[0]


def _stands_in(setting: Setting, offices: Sequence[str]) -> bool:
    book = setting.book
    return any(o in book.offices and book.offices[o].stands_in == setting.actor.office for o in offices)


def _is_worth_showing(marking: Marking, step: Step) -> bool:
    """Steps of stages that are over, and of a closed case, are history and not what may happen next."""
    if marking.closed_on is not None:
        return step.even_when_closed
    gone = step.stages and all(s not in marking.open and s in marking.ended for s in step.stages)
    return not gone


def _next(setting: Setting, step: Step, key: str | None) -> NextStep:
    marking = setting.marking
    offices = marking.offices_of(step)
    party = next((o for o in offices if o in setting.book.parties), None)
    behalf = party if setting.actor.tag is None and setting.actor.office in setting.writers else None
    act = TakeStep(step=step.name, key=key, on_behalf=behalf)
    against = (
        *objections(marking, step, key=key),
        *people_rules.objections_to_office(setting, step, act),
        *people_rules.objections_to_separation(setting, act, step),
    )
    owed = sorted(
        (c for c in marking.clocks if c.is_running and c.step == step.name and key in (None, c.key)),
        key=lambda clock: clock.due or date.max,
    )
    return NextStep(
        step=step,
        key=key,
        against=against,
        owed=tuple(owed),
        offices=offices,
        is_mine=setting.actor.office in offices,
        actor=setting.actor,
        for_party=behalf,
    )


def _rank(step: NextStep) -> tuple[int, date]:
    due = step.owed[0].due if step.owed and step.owed[0].due else date.max
    if not step.is_open:
        return 3, step.opens_on or date.max
    if step.owed:
        return (0 if step.owed[0].is_late else 1), due
    return 2, date.max
