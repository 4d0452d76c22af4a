"""The steps of a case that are history: of stages that are over, and all that closed with the case."""

from collections import defaultdict
from collections.abc import Iterator

from duly.rulebook.prose import either, title, words
from duly.rulebook.steps import Step
from duly.timetable.marking import Marking
from duly.timetable.objections import case_closed
from duly_server.services.case_page import CasePage
from duly_server.web.desk.case_limits import day_of, offices_in_words
from duly_server.web.shared.steps import ClosedStep, OverSteps, Reason


def steps_over(page: CasePage) -> OverSteps:
    """One row for each stage (or for the case): the reason once, then each step with whose it was.

    Made from the marking alone: it is the same for everybody who looks.
    """
    over = list(_over(page.marking))
    closed = case_closed(page.marking)
    if closed is not None:
        why = Reason(closed.says, closed.remedy, closed.clause or "")
        rows = [_row(page, "Closed with the case", why, over)] if over else []
    else:
        stages: defaultdict[tuple[str, ...], list[tuple[Step, list[str]]]] = defaultdict(list)
        for step, keys in over:
            stages[step.stages].append((step, keys))
        rows = [_row(page, f"Steps of {_named(of)}", _ended(page, of), each) for of, each in stages.items()]
    return OverSteps(len(over), tuple(rows), with_the_case=closed is not None)


def _over(marking: Marking) -> Iterator[tuple[Step, list[str]]]:
    """Each with the members of its group for whom it is over, where not for all of them."""
    for step in marking.book.steps.values():
        members = marking.members(step)
        keys = [key for key in members if marking.is_history(step, key)]
        if keys or (not members and marking.is_history(step)):
            yield step, keys if len(keys) < len(members) else []


def _named(stages: tuple[str, ...]) -> str:
    return either([words(stage) for stage in stages])


def _ended(page: CasePage, stages: tuple[str, ...]) -> Reason:
    last, on = page.marking.last_ended(stages)
    by = _ended_by(page.marking, last)
    when = f"ended on {day_of(page, on)}" if on else "ended"
    with_ = f", with “{title(by.name)}”" if by else ""
    clause = (by.clause or "") if by else ""
    again = f"They open again if {_named(stages)} begins again."
    if len(stages) > 1:
        says = f"The last of these stages to be open, {words(last)}, {when}{with_}."
        return Reason(says, again, clause)
    return Reason(f"{title(last)} {when}{with_}.", again, clause)


def _ended_by(marking: Marking, stage: str) -> Step | None:
    """The step whose doing ended the stage last; None where its time did, which no act stands for."""
    ends = [each for each in marking.happenings if each.kind == "ends" and each.name == stage]
    if not ends or ends[-1].place is None:
        return None
    of_place = (a for acts in marking.acts.values() for a in acts if a.place == ends[-1].place)
    found = next(of_place, None)
    return marking.book.steps[found.step] if found else None


def _row(page: CasePage, named: str, why: Reason, over: list[tuple[Step, list[str]]]) -> ClosedStep:
    return ClosedStep(title=named, reasons=(why, *(_step(page, step, keys) for step, keys in over)))


def _step(page: CasePage, step: Step, keys: list[str]) -> Reason:
    of = f" · {', '.join(keys)}" if keys else ""
    done = page.marking.last_act(step.name)
    when = f"; done {day_of(page, done.on)}" if done else ""
    offices = offices_in_words(page.marking.offices_of(step))
    return Reason(f"{title(step.name)}{of}: {offices}{when}.", clause=step.clause or "")
