"""Days that a step fixes: their bounds, how far they may be moved, and the time others have before them."""

from collections.abc import Iterator
from datetime import date

from duly.procedure.acts import TakeStep
from duly.procedure.setting import Setting
from duly.rulebook.book import DayRule
from duly.rulebook.phrases import Counted, Direction, FixedDay, Part, StepDone, Timing
from duly.rulebook.prose import either, say_timing, title, words
from duly.rulebook.steps import Step
from duly.timetable.clock import OnFixedDay
from duly.timetable.counting import first_day, last_day
from duly.timetable.marking import parts_of
from duly.vocabulary import Problem
from duly.vocabulary.day import desk_day


def objections_to_days(setting: Setting, act: TakeStep, step: Step) -> Iterator[Problem]:
    """A fixed day keeps to its bounds, and leaves the time that others have before it (rulebook-format 4)."""
    for name, day in act.days.items():
        if name not in step.sets:
            yield Problem(
                code="sets-no-day",
                says=f"“{title(step.name)}” does not fix a {words(name)}.",
                remedy="Leave the day out.",
                clause=step.clause,
            )
            continue
        rule = setting.book.days.get(name, DayRule(name=name))
        if name in setting.marking.days and any(_no_day_left(setting, step, rule)):
            continue  # it stays, as `objections_to_fixing` says: there is no day to name instead
        if day < setting.on:
            yield Problem(
                code="day-past",
                says=f"{desk_day(day)} has passed.",
                remedy="Fix a day ahead.",
                clause=step.clause,
            )
        yield from _too_early(setting, step, rule, day)
        if name in setting.marking.days:
            yield from _moving(setting, act, step, rule, day)
        else:
            yield from _too_late(setting, step, rule, day)
        yield from _no_room(setting, act, name, day, step)


def objections_to_fixing(setting: Setting, step: Step) -> Iterator[Problem]:
    """What stands in the way of fixing a day by this step, whichever day that would be."""
    for name in step.sets:
        rule = setting.book.days.get(name, DayRule(name=name))
        if name not in setting.marking.days or rule.moves is None:
            continue
        if rule.moves.by != step.name:
            yield Problem(
                code="moves-no-day",
                says=f"The {words(name)} is fixed; it is moved by “{words(rule.moves.by)}”.",
                remedy=f"Take “{words(rule.moves.by)}” instead.",
                clause=step.clause,
            )
        yield from _no_day_left(setting, step, rule)


def _no_day_left(setting: Setting, step: Step, rule: DayRule) -> Iterator[Problem]:
    """The last day that its cap allows has passed, or lies before the first day allowed."""
    longest, name = _longest_move(setting, rule), words(rule.name)
    if longest is None or rule.moves is None or longest >= earliest_day(setting, step, rule):
        return
    if longest < setting.on:
        why = f"the last day it could be moved to, {desk_day(longest)}, has passed"
    else:
        # Past today, so one of these bounds says it.
        found = [(day, say_timing(t)) for t in rule.not_before if (day := _earliest(setting, step, t))]
        first, said = max(found)
        why = (
            f"it may be moved by {rule.moves.at_most} in all, which end on {desk_day(longest)}, "
            f"and it may not be before {desk_day(first)} ({said})"
        )
    yield Problem(
        code="no-day-left",
        says=f"The {name} can't be moved: {why}.",
        remedy=f"It stays {desk_day(setting.marking.days[rule.name])}.",
        clause=step.clause,
    )


def earliest_day(setting: Setting, step: Step, rule: DayRule) -> date:
    """The first day on which it may be fixed by this step: today, or what `not_before` says."""
    bounds = [_earliest(setting, step, timing) for timing in rule.not_before]
    return max([setting.on, *filter(None, bounds)])


def latest_day(setting: Setting, step: Step, rule: DayRule) -> date | None:
    """The last day for which it may be fixed; None: no bound, or what it counts from has not come.

    Where fixing it is so late that no day is left, the length is counted from today: an obligation that
    cannot be met is a trap, and the notice that the parties are owed does not give way to it.
    """
    earliest = earliest_day(setting, step, rule)
    bounds = [_latest(setting, step, timing, earliest) for timing in rule.not_after]
    return min(filter(None, bounds), default=None)


def _earliest(setting: Setting, step: Step, timing: Timing) -> date | None:
    """What is counted from the very act that fixes the day is counted from today."""
    days = [_earliest_part(setting, step, part) for part in parts_of(timing)]
    return max(filter(None, days), default=None)


def _earliest_part(setting: Setting, step: Step, part: Part) -> date | None:
    if isinstance(part, Counted) and _is_of_the_act(step, part):
        return _first(setting, part, setting.on)
    return setting.marking.earliest(part)


def _is_of_the_act(step: Step, part: Part) -> bool:
    return StepDone(step.name) in part.reference.any_of


def _first(setting: Setting, part: Counted, start: date) -> date:
    return first_day(
        part.length,
        part.direction,
        start,
        calendar=setting.marking.calendar,
        rules=setting.book.counting,
        paused=setting.marking.paused_days(),
    )


def _latest(setting: Setting, step: Step, timing: Timing, earliest: date) -> date | None:
    days: list[date] = []
    for part in parts_of(timing):
        own = _is_of_the_act(step, part)
        start = setting.on if own else setting.marking.day_of(part.reference)
        if start is None:
            return None
        days.append(_count(setting, part, start) if isinstance(part, Counted) else start)
    latest = max(days)
    if latest >= earliest:
        return latest
    again = [_count(setting, p, setting.on) for p in parts_of(timing) if isinstance(p, Counted)]
    return max([*again, earliest])


def _count(setting: Setting, part: Counted, start: date) -> date:
    return last_day(
        part.length,
        part.direction,
        start,
        calendar=setting.marking.calendar,
        rules=setting.book.counting,
        paused=setting.marking.paused_days(),
    )


def _too_early(setting: Setting, step: Step, rule: DayRule, day: date) -> Iterator[Problem]:
    for timing in rule.not_before:
        earliest = _earliest(setting, step, timing)
        if earliest is not None and day < earliest:
            yield Problem(
                code="day-too-early",
                says=f"The {words(rule.name)} may not be before {desk_day(earliest)}: {say_timing(timing)}.",
                remedy=f"Fix {desk_day(earliest)} or later.",
                clause=step.clause,
            )


def _too_late(setting: Setting, step: Step, rule: DayRule, day: date) -> Iterator[Problem]:
    latest = latest_day(setting, step, rule)
    if latest is not None and day > latest:
        said = " and ".join(say_timing(timing) for timing in rule.not_after)
        yield Problem(
            code="day-too-late",
            says=f"The {words(rule.name)} may not be after {desk_day(latest)}: {said}.",
            remedy=f"Fix {desk_day(latest)} or earlier.",
            clause=step.clause,
        )


def _moving(setting: Setting, act: TakeStep, step: Step, rule: DayRule, day: date) -> Iterator[Problem]:
    """Within its cap over all moves; earlier only with those who lose time."""
    longest = _longest_move(setting, rule)
    if longest is not None and rule.moves is not None and day > longest:
        yield Problem(
            code="over-the-cap",
            says=f"The {words(rule.name)} may be moved by {rule.moves.at_most} in all, "
            f"to {desk_day(longest)}.",
            remedy=f"Name {desk_day(longest)} or an earlier day.",
            clause=step.clause,
        )
    if day < setting.marking.days[rule.name]:
        losing = [office for office in _counting_on(setting, rule.name) if office not in act.agreed_by]
        if losing:
            yield _not_agreed(step, losing, f"Moving the {words(rule.name)} earlier")


def _longest_move(setting: Setting, rule: DayRule) -> date | None:
    """The last day it may be moved to, counted from the day it was first fixed for in this round."""
    if rule.moves is None or rule.moves.at_most is None:
        return None
    return first_day(
        rule.moves.at_most,
        Direction.AFTER,
        setting.marking.fixed[rule.name][0],
        calendar=setting.marking.calendar,
        rules=setting.book.bounds,
    )


def _counting_on(setting: Setting, name: str) -> list[str]:
    """The parties with time that is counted to this day, or from it."""
    found = [
        office
        for clock in setting.marking.clocks
        if clock.is_running and clock.is_party and OnFixedDay(name) in clock.anchors
        for office in clock.offices
    ]
    return list(dict.fromkeys(found))


def _not_agreed(step: Step, offices: list[str], what: str) -> Problem:
    return Problem(
        code="not-agreed",
        says=f"{what} needs the agreement of {either([f'the {words(office)}' for office in offices])}.",
        remedy="Record that they agreed, or fix a later day.",
        clause=step.clause,
    )


def _no_room(setting: Setting, act: TakeStep, name: str, day: date, fixing: Step) -> Iterator[Problem]:
    """The check belongs at the fixing, not at the missing: who would be late at once must agree."""
    before = setting.marking.days.get(name)
    if before is not None and day >= before:
        return
    for limit in setting.book.limits:
        timing = setting.marking.timing_of(limit)
        if not isinstance(timing, Counted) or timing.direction is not Direction.BEFORE:
            continue
        step = setting.book.steps[limit.step]
        if FixedDay(name) not in timing.reference.any_of or setting.marking.last_act(step.name):
            continue
        last, owing = _count(setting, timing, day), setting.marking.offices_of(step)
        if last < setting.on and not set(owing) <= set(act.agreed_by):
            yield Problem(
                code="no-room",
                says=f"That leaves no time for “{words(step.name)}”, due {say_timing(timing)}.",
                remedy=f"Fix {desk_day(day + (setting.on - last))} or later, or record that "
                f"{either([f'the {words(office)}' for office in owing])} agreed.",
                clause=step.clause or fixing.clause,
            )
