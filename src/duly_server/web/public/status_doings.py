"""What a complainant can do in the case, and what they can't yet and why."""

from collections.abc import Iterator

from duly.record.facts import PartyRole
from duly.rulebook.phrases import Counted
from duly.rulebook.prose import either, say_reference, title, words
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
        if any(objections(marking, step, key=key)) and not marking.is_over(step) and (opens := _opens(step))
    )


def _own(standing: Standing, marking: Marking) -> Iterator[tuple[Step, str | None]]:
    for step in marking.book.steps.values():
        if any(marking.book.role_of(office) == PartyRole.COMPLAINANT for office in step.by):
            yield step, standing.tag if step.per is not None else None


def _label(step: Step) -> str:
    return "Appeal" if step.is_ is Is.APPEAL else title(step.name)


def _opens(step: Step) -> str:
    for timing in step.within:
        for part in parts_of(timing):
            since = say_reference(part.reference)
            length = f" You then have {part.length}." if isinstance(part, Counted) else ""
            return f"Its time begins with “{since}”.{length}"
    return ""


def _door(marking: Marking) -> str:
    """The office that takes complaints in: the one door a complainant knows."""
    offices = [office for step in marking.book.steps_that_are(Is.RECEIPT) for office in step.by]
    return either([words(office) for office in dict.fromkeys(offices)]) if offices else "office"
