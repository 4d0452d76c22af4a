"""What an adoption does to cases, in the words that the command line and the desk share."""

from collections.abc import Iterator
from datetime import date

from duly.rulebook.prose import say_limit, title, words
from duly.timetable.adopted import Effect, Ending, Fate, Moving, NewEdition
from duly.timetable.clock import Clock
from duly.timetable.marking import Marking
from duly.vocabulary import Because
from duly.vocabulary.day import desk_day
from duly_server.services.adopting.preview import CaseEffect, Looked, moving_first


def case_lines(case: CaseEffect, *, undone: bool = False) -> Iterator[str]:
    """One case in lines: what becomes of it, then each time that runs in it, those that move first.

    `undone`: of an adoption that is withdrawn.
    """
    effect = case.effect
    if effect is None:
        return
    yield f"{case.reference}: {fate_undone(effect) if undone else fate(effect)}"
    for problem in () if undone else effect.why:
        yield f"    {problem.says}"
    for each in moving_first(effect):
        because = cause(effect, each)
        yield f"    {clock(each, undone=undone)}{f' ({because})' if because else ''}"
    for end in effect.ends:
        because = cause(effect, end)
        yield f"    {ending(end, undone=undone)}{f' ({because})' if because else ''}"


def fate(effect: Effect) -> str:
    """What becomes of the case, in words, with the edition or calendar it has and that it then has."""
    edition = effect.change.book.edition if isinstance(effect.change, NewEdition) else ""
    stages = " and ".join(f"“{title(stage)}”" for stage in effect.stages)
    match effect.fate:
        case Fate.RECOUNTED:
            calendar = effect.change.calendar
            return (
                f"counted by {calendar.name}, edition {effect.calendar.edition} now, {calendar.edition} then."
            )
        case Fate.MOVED:
            return f"under edition {effect.edition} now, {edition} then."
        case Fate.WAITS:
            return f"under edition {effect.edition} until {stages} is over, then under {edition}."
        case Fate.STAYS:
            return f"stays under edition {effect.edition} to its end."
        case Fate.NOT_MOVED:
            return f"stays under edition {effect.edition}, since it can’t be moved:"


def fate_undone(effect: Effect) -> str:
    """What becomes of the case where this adoption is withdrawn before its day."""
    if not isinstance(effect.change, NewEdition):
        return f"counted by {effect.calendar.name}, edition {effect.calendar.edition}."
    stays, edition = f"stays under edition {effect.edition}", effect.change.book.edition
    match effect.fate:
        case Fate.MOVED:
            return f"{stays}, and does not go under {edition}."
        case Fate.WAITS:
            return f"{stays}, and does not go under {edition} later."
        case _:
            return f"{stays}, as it would have."


def clock(each: Moving, *, undone: bool = False) -> str:
    """One time that ran then, with its day before and after; of what is `undone`, with it and without."""
    name = words(each.clock.limit.name)
    key = f" ({each.clock.key})" if each.clock.key else ""
    if each.is_new and not undone:
        return f"“{name}”{key}: new, due {desk_day(each.after) if each.after else 'no day'}"
    return f"“{name}”{key}: {_days(each, undone=undone)}"


def lasting(each: Ending) -> str:
    """The measure or the pause by its name."""
    return f"{'pause' if each.is_pause else 'measure'} “{words(each.name)}”"


def ending(each: Ending, *, undone: bool = False) -> str:
    """A measure or a pause, with the day on which it ends by itself before and after, as `clock` says it."""
    return f"{lasting(each)}, last day: {_days(each, undone=undone)}"


def _days(each: Moving | Ending, *, undone: bool) -> str:
    before, after = (desk_day(day) if day else "no day" for day in (each.before, each.after))
    if not each.moves:
        return f"{before}, as it is"
    return f"{after} with it, {before} without" if undone else f"{before} -> {after}"


def cause(effect: Effect, each: Moving | Ending) -> str:
    """What moves this day: the days that the calendars differ in on its way, or its words in the edition."""
    if not each.moves:
        return ""
    if isinstance(effect.change, NewEdition):
        if isinstance(each, Ending):
            return "the new edition counts otherwise"
        if each.after is None:
            return "the new edition gives no such time, or counts it from what has not happened yet"
        return f"the new edition gives {say_limit(each.clock.limit.timing)}"
    old, new = effect.calendar.days, effect.change.calendar.days
    first = each.since if isinstance(each, Ending) else each.clock.started_on or date.min
    last = max(filter(None, (each.before, each.after)), default=date.max)
    closed = sorted(day for day in new.keys() - old.keys() if first <= day <= last)
    opened = sorted(day for day in old.keys() - new.keys() if first <= day <= last)
    said = [f"{desk_day(day)} is closed: {new[day]}" for day in closed]
    return "; ".join([*said, *(f"{desk_day(day)} is worked" for day in opened)])


def adopted(effect: Effect) -> str:
    """What was adopted, as a line of the record of the case."""
    if isinstance(effect.change, NewEdition):
        edition = effect.change.book.edition
        if effect.fate is Fate.MOVED:
            return f"The case goes on under edition {edition} of the rulebook"
        return f"Edition {edition} of the rulebook came into force"
    calendar = effect.change.calendar
    return f"The calendar {calendar.name}, edition {calendar.edition}, was adopted"


def moved(marking: Marking, clock: Clock) -> Iterator[Because]:
    """Each adoption that moved the last day of this clock, with the day before and after, and why."""
    for effect in marking.effects:
        for each in effect.clocks:
            if each.clock is clock and each.moves and not each.is_new and each.before and each.after:
                way = f"the last day moved from {desk_day(each.before)} to {desk_day(each.after)}"
                because = cause(effect, each)
                yield Because(
                    f"{adopted(effect)} on {desk_day(effect.on)}: {way}{f' ({because})' if because else ''}."
                )


def summary(looked: Looked, *, undone: bool = False) -> Iterator[str]:
    """The whole in a few lines; `undone`: of an adoption that is withdrawn."""
    cases = "1 open case" if looked.cases == 1 else f"{looked.cases} open cases"
    times = "1 time that runs" if looked.moving == 1 else f"{looked.moving} times that run"
    if undone:
        yield (
            f"{cases}; {times} would not move after all."
            if looked.moving
            else f"{cases}; no time would have moved."
        )
    else:
        yield f"{cases}; {times} would move."
    said = _SAID_UNDONE if undone else _SAID
    if looked.ending:
        lasting = "1 measure or pause" if looked.ending == 1 else f"{looked.ending} measures or pauses"
        yield f"{lasting} would {'not end on another day after all' if undone else 'end on another day'}."
    for each, says in said.items():
        if looked.count(each):
            yield f"{looked.count(each)} {says}."


_SAID = {
    Fate.RECOUNTED: "counted by the new calendar",
    Fate.MOVED: "moved to the new edition on its day",
    Fate.WAITS: "moved once no stage of it is open that began under the old one",
    Fate.STAYS: "left under the edition they have",
    Fate.NOT_MOVED: "left where they are, since they can’t be moved",
}
_SAID_UNDONE = {
    Fate.MOVED: "not moved to it on its day",
    Fate.WAITS: "not moved to it once no stage of it is open",
    Fate.STAYS: "left under the edition they have, as they would have been",
    Fate.NOT_MOVED: "left where they are, as they would have been",
}
