"""Taking a mistaken fact out of the reckoning: by whom, with what goes with it, and never to undo the end."""

from collections.abc import Iterator

from duly.procedure.acts import Correct, Proposed
from duly.procedure.refusals import no_reasons, not_yours
from duly.procedure.setting import Setting
from duly.procedure.step_rules import has_text
from duly.procedure.trial import as_if_recorded
from duly.record.facts import Corrected, Fact, FindingMade, SanctionEnded, SanctionImposed, StepTaken
from duly.timetable.state import state_as
from duly.vocabulary import Problem


def objections_to_correction(setting: Setting, act: Correct) -> Iterator[Problem]:
    fact = next((f for f in setting.case.facts if f.place == act.place), None)
    if fact is None or act.place in setting.case.corrected:
        yield Problem(
            code="nothing-to-correct",
            says=f"There is no fact {act.place} that still counts.",
            remedy="Name the fact by its number on the case page.",
        )
        return
    if act.place == 1:
        yield Problem(
            code="first-fact",
            says="The fact that opened the record can't be taken out.",
            remedy="Open another record, and link the two.",
        )
        return
    if not has_text(act.parts):
        yield no_reasons("A correction needs reasons.", None)
    offices = _who_may(setting, fact)
    if setting.actor.tag is not None or setting.actor.office not in offices:
        yield not_yours(setting, offices, "This fact is corrected", None)
    yield from _undoes_the_end(setting, act)


def _who_may(setting: Setting, fact: Fact) -> tuple[str, ...]:
    """Whoever acted, those who deal with the parties, and those who watch over what time did."""
    own = (fact.office,) if fact.office is not None and fact.office not in setting.book.parties else ()
    watchers = setting.book.watchers if fact.office is None else ()
    return tuple(dict.fromkeys((*own, *sorted(setting.writers), *watchers)))


def _undoes_the_end(setting: Setting, act: Correct) -> Iterator[Problem]:
    """Closed means closed (R12): mistakes are mended, the end is not undone."""
    marking, today = setting.marking, setting.today
    now = state_as(marking, setting.case, on=today)
    if now.closed_on is None:
        return
    trial = as_if_recorded(setting.case, facts_of_correction(setting, act), noted_at=today)
    after = state_as(marking, trial, on=today)
    if (after.closed_on, after.closed_as) != (now.closed_on, now.closed_as):
        yield Problem(
            code="closed",
            says="The case is closed, and without this fact it would not be, or otherwise.",
            remedy="A closed case stays closed; where the rulebook has a step for reopening, take that.",
        )


def facts_of_correction(setting: Setting, act: Correct) -> tuple[Proposed, ...]:
    """The correction of the fact, and of the findings and sanctions that its act wrote beside it."""
    return tuple(
        Proposed(
            on=setting.on,
            by=setting.actor.by,
            office=setting.actor.office,
            body=Corrected(corrects=place),
            parts=act.parts if place == act.place else {},
        )
        for place in (act.place, *_beside(setting, act.place))
    )


def _beside(setting: Setting, place: int) -> Iterator[int]:
    """The typed facts of the same act stand right behind the step's own."""
    facts = setting.case.facts
    first = next(f for f in facts if f.place == place)
    if not isinstance(first.body, StepTaken):
        return
    for fact in facts[facts.index(first) + 1 :]:
        typed = isinstance(fact.body, FindingMade | SanctionImposed | SanctionEnded)
        if not typed or (fact.on, fact.by) != (first.on, first.by):
            return
        if fact.place not in setting.case.corrected:
            yield fact.place
