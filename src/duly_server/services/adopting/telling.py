"""What an adoption does to cases, in the words that the command line and the desk share."""

from collections.abc import Iterator

from duly.rulebook.prose import title, words
from duly.timetable.adopted import Effect, Fate, Moving, NewEdition
from duly.vocabulary.day import desk_day
from duly_server.services.adopting.preview import CaseEffect, Looked, moving_first


def case_lines(case: CaseEffect) -> Iterator[str]:
    """One case in lines: what becomes of it, then each time that runs in it, those that move first."""
    effect = case.effect
    if effect is None:
        return
    yield f"{case.reference}: {fate(effect)}"
    for problem in effect.why:
        yield f"    {problem.says}"
    for each in moving_first(effect):
        yield f"    {clock(each)}"


def fate(effect: Effect) -> str:
    """What becomes of the case, in words, with the edition or calendar it has and that it then has."""
    edition = effect.change.book.edition if isinstance(effect.change, NewEdition) else ""
    stages = " and ".join(f"“{title(stage)}”" for stage in effect.stages)
    match effect.fate:
        case Fate.RECOUNTED:
            calendar = effect.change.calendar
            return f"counted by {calendar.name}, edition {effect.calendar} now, {calendar.edition} then."
        case Fate.MOVED:
            return f"under edition {effect.edition} now, {edition} then."
        case Fate.WAITS:
            return f"under edition {effect.edition} until {stages} is over, then under {edition}."
        case Fate.STAYS:
            return f"stays under edition {effect.edition} to its end."
        case Fate.NOT_MOVED:
            return f"stays under edition {effect.edition}, for it can't be moved:"


def clock(each: Moving) -> str:
    name = words(each.clock.limit.name)
    key = f" ({each.clock.key})" if each.clock.key else ""
    before = desk_day(each.before) if each.before else "no day"
    after = desk_day(each.after) if each.after else "no day"
    if each.is_new:
        return f"“{name}”{key}: new, due {after}"
    return f"“{name}”{key}: {before} -> {after}" if each.moves else f"“{name}”{key}: {before}, as it is"


def summary(looked: Looked) -> Iterator[str]:
    """The whole in a few lines."""
    yield f"{looked.cases} open cases; {looked.moving} times that run would move."
    said = {
        Fate.RECOUNTED: "are counted by the new calendar",
        Fate.MOVED: "move to the new edition on its day",
        Fate.WAITS: "finish the stage they are in first",
        Fate.STAYS: "stay under their edition",
        Fate.NOT_MOVED: "stay, for they can't be moved",
    }
    for each, says in said.items():
        if looked.count(each):
            yield f"{looked.count(each)} {says}."
