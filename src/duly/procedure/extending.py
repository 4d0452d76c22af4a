"""More time: capped over the whole case, on a ground, with reasons, by somebody who is not late (R06)."""

from collections.abc import Iterator
from datetime import date, timedelta

from duly.procedure.acts import Extend
from duly.procedure.refusals import no_reasons, not_yours
from duly.procedure.separation import objections_to_separation
from duly.procedure.setting import Setting
from duly.procedure.step_rules import has_text
from duly.record.facts import Body, TimeExtended
from duly.record.shapes import slug
from duly.rulebook.phrases import Direction
from duly.rulebook.prose import either, words
from duly.rulebook.steps import Extension, Limit
from duly.timetable.clock import Clock
from duly.timetable.counting import first_day
from duly.timetable.due_day import due_day
from duly.timetable.objections import case_closed
from duly.vocabulary import Problem
from duly.vocabulary.day import desk_day


def objections_to_extension(setting: Setting, act: Extend) -> Iterator[Problem]:
    limit = _limit(setting, act)
    rule = limit.extend if limit is not None else None
    if limit is None or rule is None:
        step = setting.book.steps.get(act.step)
        yield Problem(
            code="no-extension",
            says=f"The rulebook lets nobody give more time for “{words(act.step)}”.",
            remedy="The date stands; if it is missed, the record will say so and say why.",
            clause=step.clause if step else None,
        )
        return
    step = setting.book.steps[act.step]
    clause = limit.clause or step.clause
    if setting.actor.office not in rule.by:
        yield not_yours(setting, rule.by, "More time is given", clause)
    elif setting.actor.office in setting.marking.offices_of(step, act.key):
        yield Problem(
            code="own-time",
            says=f"The {words(setting.actor.office)} owes “{words(act.step)}” and gives itself no more time.",
            remedy="Ask another office that may; the rulebook should name one.",
            clause=clause,
        )
    if step.per is not None and act.key is None:
        yield Problem(
            code="missing-key",
            says="More time is given to one at a time.",
            remedy=f"Say for which {step.per.value}.",
            clause=clause,
        )
    if rule.grounds and slug(act.ground or "") not in {slug(ground) for ground in rule.grounds}:
        yield Problem(
            code="missing-ground",
            says="More time is given only on a ground in the rulebook.",
            remedy=f"Choose a ground: {either(list(rule.grounds))}.",
            clause=clause,
        )
    if not has_text(act.parts):
        yield no_reasons("More time needs a reason that the parties will read.", clause)
    yield from _too_often(setting, act, rule, clause)
    yield from _until_objections(setting, act, rule, clause)
    yield from objections_to_separation(setting)


def _limit(setting: Setting, act: Extend) -> Limit | None:
    for limit in setting.book.limits:
        if limit.step == act.step and limit.name == (act.limit or act.step):
            return limit
    return None


def _too_often(setting: Setting, act: Extend, rule: Extension, clause: str | None) -> Iterator[Problem]:
    given = [f for f in setting.case.moves if _extends_the_same(f.body, act)]
    if len(given) >= rule.times:
        times = "one extension" if rule.times == 1 else f"{rule.times} extensions"
        yield Problem(
            code="extended-before",
            says=f"The time for “{words(act.step)}” was extended before; the rulebook allows {times}.",
            remedy="The date stands.",
            clause=clause,
        )


def _extends_the_same(body: Body, act: Extend) -> bool:
    if not isinstance(body, TimeExtended) or (body.step, body.limit) != (act.step, act.limit):
        return False
    return act.key is None or body.key in (act.key, None)


def _until_objections(
    setting: Setting, act: Extend, rule: Extension, clause: str | None
) -> Iterator[Problem]:
    clock = _running(setting, act)
    if clock is None or clock.due is None:
        yield case_closed(setting.marking, "No time runs in it: there is nothing to extend.") or Problem(
            code="no-clock",
            says=f"No time is running for “{words(act.step)}”.",
            remedy="There is nothing to extend.",
            clause=clause,
        )
        return
    if act.until <= clock.due:
        yield Problem(
            code="not-later",
            says=f"{desk_day(act.until)} is no later than the day that stands, {desk_day(clock.due)}.",
            remedy="Name a later day.",
            clause=clause,
        )
    longest = longest_extension(setting, clock, rule)
    if act.until > longest:
        left = f"until {desk_day(longest)}" if longest > clock.due else "and that was given"
        yield Problem(
            code="over-the-cap",
            says=f"The rulebook allows at most {rule.at_most} more: {left}.",
            remedy=f"Name {desk_day(longest)} or an earlier day."
            if longest > clock.due
            else "The date stands.",
            clause=clause,
        )


def _running(setting: Setting, act: Extend) -> Clock | None:
    name = act.limit or act.step
    for clock in setting.marking.clocks:
        if clock.is_running and clock.limit.name == name and act.key in (None, clock.key):
            return clock
    return None


def longest_extension(setting: Setting, clock: Clock, rule: Extension) -> date:
    """The last day an extension may name.

    Counted from the day that would stand had nothing been given, and less by what clocks before this one
    were given: caps count over the whole case, and serving again gives no fresh allowance.
    """
    marking = setting.marking
    without = due_day(marking, clock, extended=False) or clock.due or setting.on
    given = sum(
        other.gained
        for other in marking.clocks
        if other is not clock and other.limit is clock.limit and other.key == clock.key
    )
    calendar, rules = marking.calendar, setting.book.bounds
    longest = first_day(rule.at_most, Direction.AFTER, without, calendar=calendar, rules=rules)
    return longest - timedelta(days=given)
