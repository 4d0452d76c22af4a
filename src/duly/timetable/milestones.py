"""Where a case has got to, whatever its rulebook calls the places."""

from datetime import date

from duly.record.facts import Expired
from duly.rulebook.book import Rulebook
from duly.rulebook.phrases import BeginsStage, GoesTo, What
from duly.rulebook.steps import Is
from duly.timetable.clock import Clock
from duly.timetable.clockwork import Clockwork
from duly.timetable.due_day import UNCOUNTABLE, due_day
from duly.timetable.ends import next_end
from duly.timetable.marking import Marking


def accepted_on(marking: Marking) -> date | None:
    """The day the sift accepted it: the first on which a stage began in which notice is given.

    Until then it is a complaint at the sift; from then on a case (design 5).
    """
    days = [
        begun[0][1]
        for step in marking.book.steps_that_are(Is.NOTICE)
        for stage in step.stages
        if (begun := marking.begun.get(stage))
    ]
    return min(days, default=None)


def accepting_outcomes(book: Rulebook) -> tuple[str, ...]:
    """The outcomes of the sift that make a complaint a case: those that begin a stage with a notice in it."""
    stages = {stage for step in book.steps_that_are(Is.NOTICE) for stage in step.stages}
    return tuple(
        outcome.name
        for step in book.steps_that_are(Is.SIFT)
        for outcome in step.outcomes.values()
        if any(begins(phrase.what) in stages for phrase in outcome.then)
    )


def begins(what: What) -> str | None:
    """The stage that this consequence begins, if it begins one."""
    match what:
        case GoesTo(stage=stage):
            return stage
        case BeginsStage(name=name):
            return name
        case _:
            return None


def main_stages(marking: Marking) -> tuple[str, ...]:
    """The stages that are open, in the order of the rulebook; measures are not stages."""
    return tuple(stage for stage in marking.book.stages if stage in marking.open)


def open_measures(marking: Marking) -> tuple[str, ...]:
    return tuple(name for name in marking.book.measures if name in marking.open)


def owed(marking: Marking) -> tuple[Clock, ...]:
    """Every running clock with a due day, the earliest first, then in the order of the file.

    What a party let pass comes last: nobody waits for it any more, and it must not hide what the office owes.
    """
    running = [clock for clock in marking.clocks if clock.is_running and clock.due is not None]
    return tuple(
        sorted(
            running,
            key=lambda clock: (
                clock.is_party and clock.ran_out_on is not None,
                clock.due or date.max,
                clock.order,
                clock.key or "",
            ),
        )
    )


def not_noted(marking: Marking) -> tuple[tuple[date, Clock], ...]:
    """What ran out and no fact notes yet: the last day and its clock, in the order in which they ran out."""
    noted = {
        (body.limit or body.step, body.key, body.due)
        for fact in marking.case.facts
        if isinstance(body := fact.body, Expired)
    }
    found = {
        (clock.limit.name, clock.key, due): clock
        for clock in marking.clocks
        for due in clock.breaches
        if (clock.limit.name, clock.key, due) not in noted
    }
    by_day = sorted(found.items(), key=lambda each: (each[0][2], each[1].order))
    return tuple((due, clock) for (_, _, due), clock in by_day)


def looks_again_on(marking: Marking) -> date | None:
    """The next day at whose end time alone changes the case: a limit runs out, a measure or pause is over."""
    running = [clock for clock in marking.clocks if clock.is_running]
    end = next_end(Clockwork(marking, running))
    return None if end is None else max(end.day, marking.on)


def worst_due(marking: Marking, clock: Clock) -> date | None:
    """The due day at the latest: a pause without an end lasts as long as it may. None if it can't be told."""
    if not clock.is_running or clock.due is None:
        return clock.due
    try:
        return due_day(marking, clock, worst=True)
    except UNCOUNTABLE:
        return None
