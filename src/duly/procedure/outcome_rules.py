"""What is decided: the rules of fairness that hold whatever the rulebook says, and bounds of sanctions."""

from collections.abc import Iterator
from datetime import date

from duly.procedure.acts import TakeStep
from duly.procedure.setting import Setting
from duly.record.facts import SanctionImposed
from duly.rulebook.book import Sanction
from duly.rulebook.phrases import Counted, Reference, StepDone, Timing
from duly.rulebook.prose import either, title, words
from duly.rulebook.steps import Is, Step
from duly.timetable.counting import last_day
from duly.timetable.marking import parts_of
from duly.vocabulary import Length, Problem, Unit

_DAYS_IN = {
    Unit.DAYS: 1,
    Unit.CLEAR_DAYS: 1,
    Unit.WORKING_DAYS: 1.4,
    Unit.WEEKS: 7,
    Unit.MONTHS: 30.44,
    Unit.YEARS: 365.25,
    Unit.HOURS: 1 / 24,
}


def objections_to_outcome(setting: Setting, act: TakeStep, step: Step) -> Iterator[Problem]:
    outcome = step.outcomes.get(act.outcome or "")
    wanted = outcome.agreed_by if outcome and outcome.agreed_by else step.agreed_by
    missing = [office for office in wanted if office not in act.agreed_by]
    if missing:
        yield Problem(
            code="not-agreed",
            says=f"“{title(act.outcome or step.name)}” needs the agreement of {either(_the(missing))}.",
            remedy="Record that they agreed, or choose another outcome.",
            clause=step.clause,
        )
    if step.is_ is Is.FINDING and setting.marking.in_play(step):
        yield from _heard_first(setting, step)
    if act.sanction is not None or step.is_ is Is.SANCTION:
        yield from _sanction_objections(setting, act, step)
    if step.no_worse_than is not None and act.sanction is not None:
        yield from _no_worse(setting, act, step)


def _the(offices: list[str]) -> list[str]:
    return [f"the {words(office)}" for office in offices]


def _heard_first(setting: Setting, step: Step) -> Iterator[Problem]:
    """No finding before served particulars and an answer, or its time run out or waived (R01).

    The rulebook normally says so itself; this holds whatever it says.
    """
    marking = setting.marking
    for notice in setting.book.steps_that_are(Is.NOTICE):
        if marking.acts.get(notice.name) is None:
            yield Problem(
                code="no-notice",
                says="No finding is made before the particulars have been served on the respondent.",
                remedy=f"Take “{words(notice.name)}” first.",
                clause=notice.clause or step.clause,
            )
            return
    for answer in setting.book.steps_that_are(Is.ANSWER):
        ref = Reference((StepDone(answer.name),), or_time_up=True)
        done_ever = bool(marking.acts.get(answer.name))
        was_up = any(c.ran_out_on is not None for c in marking.clocks if c.step == answer.name)
        if not marking.holds(ref) and not done_ever and not was_up:
            yield Problem(
                code="not-heard",
                says="No finding is made before the respondent has answered or the time to answer is up.",
                remedy="Wait for the answer, the end of its time, or a waiver in writing.",
                clause=answer.clause or step.clause,
            )


def _sanction_objections(setting: Setting, act: TakeStep, step: Step) -> Iterator[Problem]:
    if act.sanction is None:
        if act.outcome in step.adverse and step.is_ is Is.SANCTION:
            yield Problem(
                code="missing-sanction",
                says="A sanction can't be imposed without saying which.",
                remedy=f"Choose one of: {', '.join(words(s) for s in setting.book.sanctions)}.",
                clause=step.clause,
            )
        return
    if step.is_ is Is.SANCTION and act.outcome not in step.adverse:
        yield Problem(
            code="sanction-without-outcome",
            says=f"The outcome “{words(act.outcome or 'none')}” imposes no sanction.",
            remedy="Choose the outcome that imposes one, or leave the sanction out.",
            clause=step.clause,
        )
    rung = setting.book.sanctions.get(act.sanction)
    if rung is None:
        yield Problem(
            code="unknown-sanction",
            says=f"The rulebook knows no sanction “{words(act.sanction)}”.",
            remedy=f"Choose one of: {', '.join(words(s) for s in setting.book.sanctions)}.",
            clause=step.clause,
        )
        return
    yield from _length_objections(act, rung, step)
    if not act.departs:
        yield from _range_objections(setting, act, step)


def _length_objections(act: TakeStep, rung: Sanction, step: Step) -> Iterator[Problem]:
    if rung.least is None and rung.most is None:
        if act.length is not None:
            yield Problem(
                code="no-length",
                says=f"“{title(rung.name)}” has no length in the rulebook.",
                remedy="Leave the length out.",
                clause=rung.clause or step.clause,
            )
        return
    bounds = f"from {rung.least or 'any length'} to {rung.most or 'any length'}"
    if act.length is None:
        yield Problem(
            code="missing-length",
            says=f"“{title(rung.name)}” needs a length, {bounds}.",
            remedy="Say how long.",
            clause=rung.clause or step.clause,
        )
    elif (rung.least and _rough(act.length) < _rough(rung.least)) or (
        rung.most and _rough(act.length) > _rough(rung.most)
    ):
        yield Problem(
            code="outside-bounds",
            says=f"{act.length} lies outside the bounds of “{words(rung.name)}”: {bounds}.",
            remedy="Choose a length within them.",
            clause=rung.clause or step.clause,
        )


def _rough(length: Length) -> float:
    """In days, near enough to compare two lengths of a ladder."""
    return length.amount * _DAYS_IN[length.unit]


def _range_objections(setting: Setting, act: TakeStep, step: Step) -> Iterator[Problem]:
    """The sanction lies in the range of a proved allegation's conduct; leaving it needs reasons (R09)."""
    ladder = list(setting.book.sanctions)
    allowed: set[str] = set()
    proved: dict[str, bool] = {}
    for fact in setting.case.findings:
        finding = setting.book.steps.get(getattr(fact.body, "step", ""))
        if finding is not None:
            proved[getattr(fact.body, "allegation", "")] = (
                getattr(fact.body, "outcome", "") in finding.adverse
            )
    for number, is_proved in proved.items():
        allegation = setting.case.allegations.get(number)
        conduct = setting.book.conduct.get(allegation.conduct) if allegation else None
        if is_proved and conduct is not None and conduct.range:
            low, high = ladder.index(conduct.range[0]), ladder.index(conduct.range[-1])
            allowed |= set(ladder[low : high + 1])
    if allowed and act.sanction not in allowed:
        named = [words(s) for s in ladder if s in allowed]
        yield Problem(
            code="outside-range",
            says=f"For what was proved the rulebook's range is {either(named)}.",
            remedy="Choose one of these, or say that your reasons explain the departure.",
            clause=step.clause,
        )


def _no_worse(setting: Setting, act: TakeStep, step: Step) -> Iterator[Problem]:
    rule = step.no_worse_than
    if rule is None or (rule.unless is not None and setting.marking.holds(rule.unless)):
        return
    ladder = list(setting.book.sanctions)
    imposed = [f.body for f in setting.case.sanctions if isinstance(f.body, SanctionImposed)]
    before = [body for body in imposed if body.step == rule.step]
    if not before or act.sanction not in ladder or before[-1].sanction not in ladder:
        return
    old = before[-1]
    new_rank, old_rank = ladder.index(act.sanction), ladder.index(old.sanction)
    longer = (
        new_rank == old_rank
        and act.length is not None
        and old.amount is not None
        and old.unit is not None
        and _rough(act.length) > _rough(Length(old.amount, Unit(old.unit)))
    )
    if new_rank > old_rank or longer:
        yield Problem(
            code="worse-on-appeal",
            says="Only the person punished appealed; the appeal may not end worse for them.",
            remedy=f"Impose no more than “{words(old.sanction)}”.",
            clause=step.clause,
        )


def counted_from_today(setting: Setting, timing: Counted) -> date:
    """The day a bound names when it is counted from the very act that is being taken."""
    return count(setting, timing, setting.on)


def count(setting: Setting, timing: Counted, start: date) -> date:
    return last_day(
        timing.length,
        timing.direction,
        start,
        calendar=setting.marking.calendar,
        rules=setting.book.counting,
        paused=setting.marking.paused_days(),
    )


def latest(setting: Setting, timing: Timing) -> date | None:
    """The last day a `not_after` allows; None while what it counts from has not come."""
    days: list[date] = []
    for part in parts_of(timing):
        start = setting.marking.day_of(part.reference)
        if start is None:
            return None
        days.append(count(setting, part, start) if isinstance(part, Counted) else start)
    return max(days)
