"""What may not come about by lapse of time: no decision against a person is made by nobody (R19)."""

from collections.abc import Mapping

from duly.rulebook import spoken
from duly.rulebook.book import Rulebook
from duly.rulebook.names import Reading
from duly.rulebook.phrases import BeginsStage, Consequence, CountsAs, EndsWhat, Tells
from duly.rulebook.steps import Is, Step
from duly.rulebook.walk import Following, following

_BY_PEOPLE = {Is.FINDING: "a finding", Is.SANCTION: "a sanction", Is.INTERIM_MEASURE: "an interim measure"}


def check_lapse(book: Rulebook, reading: Reading) -> None:
    """Refuse a finding, a sanction, and a measure begun or kept, by `counts as` or by `if_late`."""
    deciding = {name: _decides_on(step, book) for name, step in book.steps.items()}
    for each in following(book):
        reached = _reached(each, book, deciding)
        if reached:
            phrase = spoken.consequence(each.consequence)
            says = f'{each.key}: "{phrase}": {reached}, which only people may decide, never time (R19).'
            reading.note(each.path, says, _remedy(each, book, deciding))


def _reached(each: Following, book: Rulebook, deciding: Mapping[str, set[str]]) -> str:
    """What would come about without anybody deciding it, in words; empty if nothing of the kind."""
    what = each.consequence.what
    if isinstance(what, CountsAs):
        step = book.steps.get(what.step)
        return _counted(step, what.outcome, book, deciding[step.name]) if step else ""
    if not each.when_late:
        return ""
    if isinstance(what, BeginsStage) and what.name in book.measures:
        return f"this begins {what.name}"
    if isinstance(what, EndsWhat) and each.step and what.name in (each.step.name, each.step.home):
        kept = deciding[each.step.name] - _ended(each.step.if_late or (), book)
        return f"this keeps {min(kept)}" if kept else ""
    return ""


def _counted(step: Step, outcome: str, book: Rulebook, decides_on: set[str]) -> str:
    if step.is_ and step.is_ in _BY_PEOPLE:
        return f"{step.name} is {_BY_PEOPLE[step.is_]}"
    if outcome in step.adverse:
        return f"{outcome} is a decision against a party"
    then = (*step.then, *(step.outcomes[outcome].then if outcome in step.outcomes else ()))
    begun = {each.what.name for each in then if isinstance(each.what, BeginsStage)} & set(book.measures)
    if begun:
        return f"{step.name} begins {min(begun)}"
    kept = decides_on - _ended(then, book)
    return f"this keeps {min(kept)}" if kept else ""


def _ended(then: tuple[Consequence, ...], book: Rulebook) -> set[str]:
    return {each.what.name for each in then if isinstance(each.what, EndsWhat)} & set(book.measures)


def _decides_on(step: Step, book: Rulebook) -> set[str]:
    """The measures whose end or going on this step decides.

    It stands in the measure, or in a stage that a step of the measure begins (its appeal), and one of its
    outcomes ends the measure.
    """
    ends = {name for outcome in step.outcomes.values() for name in _ended(outcome.then, book)}
    return {
        measure
        for measure in ends
        if step.home == measure
        or any(
            isinstance(each.what, BeginsStage) and each.what.name == step.home
            for other in book.steps.values()
            if other.home == measure
            for each in other.then
        )
    }


def _remedy(each: Following, book: Rulebook, deciding: Mapping[str, set[str]]) -> str:
    told = [one.what.office for one in book.if_an_office_is_late or () if isinstance(one.what, Tells)]
    offices = [name for name, office in book.offices.items() if not office.party]
    tell = f'"tells {(told or offices or ["OFFICE"])[0]}"'
    kept = min(deciding[each.step.name], default=None) if each.step else None
    return f'Say "ends {kept}" or {tell} instead.' if kept else f"Say {tell} instead."
