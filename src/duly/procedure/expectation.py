"""What a scenario expects of a day, held against the marking of that day."""

from collections.abc import Iterable, Iterator

from duly.procedure.scenario import Expects
from duly.rulebook.steps import Step
from duly.timetable.clock import Clock
from duly.timetable.marking import Marking
from duly.timetable.objections import objections
from duly.vocabulary import Problem
from duly.vocabulary.day import desk_day

NOT_STARTED = "not started"


def differences(marking: Marking, expects: Expects) -> Iterator[str]:
    """Sentences for what is otherwise than expected; none when it is as expected."""
    if expects.limit is not None:
        yield from _limit(marking, expects, expects.limit)
    elif expects.open_step is not None or expects.closed_step is not None:
        yield from _step(marking, expects)
    elif expects.owed is not None:
        owed = {clock.step for clock in marking.clocks if clock.is_running}
        yield from _all_there("owed", expects.owed, owed)
    elif expects.stages is not None:
        stages = {name for name in marking.open if name in marking.book.stages}
        yield from _the_same("open stages", expects.stages, stages)
    elif expects.in_force is not None:
        measures = {name for name in marking.open if name in marking.book.measures}
        yield from _the_same("measures in force", expects.in_force, measures)
    elif expects.told is not None:
        yield from _told(marking, expects, expects.told)
    elif expects.case is not None:
        stands = marking.closed_as or "open"
        if stands != expects.case:
            yield f"the case should be “{expects.case}”; it is “{stands}”."


def _limit(marking: Marking, expects: Expects, name: str) -> Iterator[str]:
    clocks = [c for c in marking.clocks if c.limit.name == name and expects.key in (None, c.key)]
    if not clocks:
        if name not in {limit.name for limit in marking.book.limits}:
            yield f"the rulebook has no limit “{name}”."
        elif expects.state != NOT_STARTED:
            yield f"“{name}” has not started."
        return
    clock = clocks[-1]
    what = f"“{' '.join(filter(None, (name, expects.key)))}”"
    if expects.state is not None and expects.state != clock.state.value:
        yield f"{what} should be {expects.state}; it is {clock.state.value}."
    if expects.due is not None and expects.due != clock.due:
        yield f"{what} should be due {desk_day(expects.due)}; it is due {_said(clock)}."
    if expects.original is not None and expects.original != clock.original_due:
        now = desk_day(clock.original_due) if clock.original_due else "on no day yet"
        yield f"{what} should have been due {desk_day(expects.original)} at first; it was due {now}."
    if expects.late is not None and expects.late is not (clock.is_late or clock.was_late):
        yield f"{what} should {'' if expects.late else 'not '}be late."


def _said(clock: Clock) -> str:
    return desk_day(clock.due) if clock.due else "on no day yet"


def _step(marking: Marking, expects: Expects) -> Iterator[str]:
    name = expects.open_step or expects.closed_step or ""
    step: Step | None = marking.book.steps.get(name)
    if step is None:
        yield f"the rulebook has no step “{name}”."
        return
    against = tuple(objections(marking, step, key=expects.key, outcome=expects.outcome))
    reasons = " ".join(map(str, against))
    if expects.open_step is not None:
        if against:
            yield f"“{name}” should be open; it is closed: {reasons}"
    elif not against:
        yield f"“{name}” should be closed; it is open."
    else:
        yield from _reasons(name, expects, against, reasons)


def _reasons(name: str, expects: Expects, against: tuple[Problem, ...], reasons: str) -> Iterator[str]:
    if expects.because is not None and expects.because not in reasons:
        yield f"“{name}” should be closed because “{expects.because}”; it says: {reasons}"
    if expects.opens_on is not None:
        days = [problem.opens_on for problem in against if problem.opens_on is not None]
        opens = max(days) if len(days) == len(against) else None
        if opens != expects.opens_on:
            said = desk_day(opens) if opens else "on a day not known yet"
            yield f"“{name}” should open {desk_day(expects.opens_on)}; it opens {said}."


def _told(marking: Marking, expects: Expects, office: str) -> Iterator[str]:
    told = {
        each.step
        for each in marking.happenings
        if (each.kind, each.name, each.on) == ("told", office, expects.on)
    }
    if not told or (expects.about is not None and expects.about not in told):
        about = f" about “{expects.about}”" if expects.about else ""
        yield f"the {office} should be told{about}."


def _all_there(what: str, wanted: Iterable[str], found: set[str]) -> Iterator[str]:
    for name in wanted:
        if name not in found:
            yield f"“{name}” should be {what}; {what} are {', '.join(sorted(found)) or 'none'}."


def _the_same(what: str, wanted: Iterable[str], found: set[str]) -> Iterator[str]:
    if set(wanted) != found:
        now = ", ".join(sorted(found)) or "none"
        yield f"{what} should be {', '.join(wanted) or 'none'}; they are {now}."
