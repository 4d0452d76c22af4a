"""What a complainant can do in the case, and what they can't yet and why."""

from collections.abc import Iterator

from duly.record.facts import PartyRole
from duly.rulebook.phrases import Counted, Direction, LaterOf, Reference, StepDone, Timing
from duly.rulebook.prose import either, later_of, words
from duly.rulebook.steps import Is, Step
from duly.timetable.marking import Marking, parts_of
from duly.timetable.objections import objections
from duly_server.services.status import Standing
from duly_server.web.shared.days import public_day
from duly_server.web.shared.status import Doing


def can_do(standing: Standing, marking: Marking) -> tuple[Doing, ...]:
    """The complainant's own steps that are open, until when, and how: nothing is done by code yet."""
    found: list[Doing] = []
    for step, key in _own(standing, marking):
        if not any(objections(marking, step, key=key)):
            until = marking.window(step.name, key)
            last = f" until {public_day(until)}" if until else ""
            how = f"You can do this{last}, by writing to our {_door(marking)}."
            found.append(Doing(label=_label(step), reason=how, clause=step.clause or ""))
    return tuple(found)


def cannot_do_yet(standing: Standing, marking: Marking) -> tuple[Doing, ...]:
    """Those that may open later, and with what; of a closed case, and of a stage that is over, nothing."""
    if marking.closed_on is not None:
        return ()
    return tuple(
        Doing(label=_label(step), reason=opens, clause=step.clause or "")
        for step, key in _own(standing, marking)
        if any(objections(marking, step, key=key))
        and not marking.is_over(step)
        and (opens := _opens(marking, step))
    )


def _own(standing: Standing, marking: Marking) -> Iterator[tuple[Step, str | None]]:
    for step in marking.book.steps.values():
        if any(marking.book.role_of(office) == PartyRole.COMPLAINANT for office in step.by):
            yield step, standing.tag if step.per is not None else None


def own_act(step: Step) -> str:
    """What the complainant does in it, as after "you can": "appeal", "ask for a second look"."""
    return "appeal" if step.is_ is Is.APPEAL else step.title or "take the next step"


def sentence(said: str | None) -> str:
    """At the head of a line; "" for nothing."""
    return said[:1].upper() + said[1:] if said else ""


def _label(step: Step) -> str:
    return sentence(own_act(step)) if step.title or step.is_ is Is.APPEAL else "A further step"


def _opens(marking: Marking, step: Step) -> str:
    for timing in step.within:
        for part in parts_of(timing):
            length = f" You then have {part.length}." if isinstance(part, Counted) else ""
            return f"{_begins(marking, part.reference)}{length}"
    return ""


def _begins(marking: Marking, since: Reference) -> str:
    """When its time begins, as far as the rulebook has words for that."""
    steps = [marking.book.steps[each.step] for each in since.any_of if isinstance(each, StepDone)]
    if len(steps) == len(since.any_of) and all(step.title for step in steps):
        return f"Its time begins after this step: {either([step.title or '' for step in steps])}."
    return "Its time has not begun."


def time_given(timing: Timing) -> str:
    """How long a rule gives, without the names of what it counts from: "15 working days"."""
    match timing:
        case LaterOf(parts=parts):
            return later_of([time_given(part) for part in parts])
        case Counted(length=length, direction=Direction.BEFORE):
            return f"the time until {length} before another day that is fixed"
        case Counted(length=length):
            return str(length)
        case _:
            return "the time until another day that is fixed"


def _door(marking: Marking) -> str:
    """The office that takes complaints in: the one door a complainant knows."""
    offices = [office for step in marking.book.steps_that_are(Is.RECEIPT) for office in step.by]
    return either([words(office) for office in dict.fromkeys(offices)]) if offices else "office"
