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


def doings(standing: Standing, marking: Marking) -> tuple[Doing, ...]:
    """Each step that is the complainant's own: open, and how; or not yet, and when it opens."""
    return tuple(
        doing
        for step in marking.book.steps.values()
        if any(marking.book.role_of(office) == PartyRole.COMPLAINANT for office in step.by)
        for doing in _doing(standing, marking, step)
    )


def _doing(standing: Standing, marking: Marking, step: Step) -> Iterator[Doing]:
    key = standing.tag if step.per is not None else None
    against = list(objections(marking, step, key=key))
    label = "Appeal" if step.is_ is Is.APPEAL else title(step.name)
    if not against:
        until = marking.window(step.name, key)
        last = f" until {public_day(until)}" if until else ""
        office = _writes_down(marking)
        yield Doing(
            label=label,
            reason=f"You can do this{last}, by writing to our {office}.",
            clause=step.clause or "",
        )
    elif not marking.is_over(step) and marking.closed_on is None and (opens := _opens(step)):
        yield Doing(label=label, reason=opens, clause=step.clause or "")


def _opens(step: Step) -> str:
    for timing in step.within:
        for part in parts_of(timing):
            since = say_reference(part.reference)
            length = f" You then have {part.length}." if isinstance(part, Counted) else ""
            return f"Not yet: it opens with {since}.{length}"
    return ""


def _writes_down(marking: Marking) -> str:
    """The office that takes complaints in: the one door a complainant knows."""
    offices = [office for step in marking.book.steps_that_are(Is.RECEIPT) for office in step.by]
    return either([words(office) for office in dict.fromkeys(offices)]) if offices else "office"
