"""What stands in the way of taking a step, and the facts it makes."""

from collections.abc import Iterator
from datetime import date

from duly.procedure import outcome_rules, people_rules
from duly.procedure.acts import Proposed, TakeStep
from duly.procedure.setting import Setting
from duly.record.facts import FindingMade, SanctionEnded, SanctionImposed, StepTaken
from duly.record.shapes import slug
from duly.rulebook.phrases import Counted, Direction, FixedDay
from duly.rulebook.prose import either, say_timing, title, words
from duly.rulebook.steps import Is, Step
from duly.timetable.objections import objections
from duly.vocabulary import Problem
from duly.vocabulary.day import desk_day

NEED_REASONS = frozenset(
    {Is.SIFT, Is.FINDING, Is.SANCTION, Is.APPEAL_DECISION, Is.INTERIM_MEASURE, Is.REVIEW, Is.REOPENING}
)


def objections_to_step(setting: Setting, act: TakeStep) -> Iterator[Problem]:
    """Every reason why not: of the graph, about people, about what is decided, about what must be given."""
    step = setting.book.steps.get(act.step)
    if step is None:
        yield Problem(
            code="unknown-step",
            says=f"The rulebook has no step “{words(act.step)}”.",
            remedy="Choose a step of the edition that this case is under.",
        )
        return
    yield from objections(setting.marking, step, key=act.key, outcome=act.outcome)
    yield from people_rules.objections_to_office(setting, step, act)
    yield from people_rules.objections_to_separation(setting, act, step)
    yield from people_rules.objections_to_quorum(setting, act, step)
    yield from outcome_rules.objections_to_outcome(setting, act, step)
    if not setting.marking.in_play(step):
        return
    yield from _what_is_missing(setting, act, step)
    yield from _day_objections(setting, act, step)


def _what_is_missing(setting: Setting, act: TakeStep, step: Step) -> Iterator[Problem]:
    """What the form must bring: a member, an outcome, things to state, whom it was served on, a ground."""
    if step.per is not None and act.key is None:
        yield _missing("key", f"Say for which {step.per.value}.", step)
    if step.outcomes and act.outcome is None:
        yield _missing("outcome", f"Choose an outcome: {either([words(o) for o in step.outcomes])}.", step)
    stated = {slug(each) for each in act.stated}
    outcome = step.outcomes.get(act.outcome or "")
    needed = (*step.must_state, *(outcome.must_state if outcome else ()))
    unstated = [each for each in needed if slug(each) not in stated]
    if unstated:
        yield Problem(
            code="must-state",
            says=f"“{title(step.name)}” must state: {', '.join(unstated)}.",
            remedy="Add it to the document, then tick it here.",
            clause=step.clause,
        )
    if step.serve_on and not act.served_on:
        yield _missing("served-on", f"Say on whom it was served: {either(_named(step.serve_on))}.", step)
    if (step.serve_on or step.is_ is Is.NOTICE) and act.channel is None:
        yield _missing("channel", "Say how it was served.", step)
    if step.grounds and slug(act.ground or "") not in {slug(ground) for ground in step.grounds}:
        yield _missing("ground", f"Choose a ground: {either(list(step.grounds))}.", step)
    if step.is_ in NEED_REASONS and act.on_behalf is None and not _has_reasons(act):
        yield _missing("reasons", "Give reasons: the parties will read them.", step)
    for day in step.sets:
        if day not in act.days:
            yield _missing("day", f"Fix the {words(day)}.", step)


def _named(offices: tuple[str, ...]) -> list[str]:
    return [f"the {words(office)}" for office in offices]


def _missing(code: str, remedy: str, step: Step) -> Problem:
    return Problem(
        code=f"missing-{code}",
        says=f"“{title(step.name)}” can't be recorded without it.",
        remedy=remedy,
        clause=step.clause,
    )


def _has_reasons(act: TakeStep) -> bool:
    reasons = act.parts.get("reasons")
    return reasons is not None and any(isinstance(v, str) and v.strip() for v in reasons.values())


def _day_objections(setting: Setting, act: TakeStep, step: Step) -> Iterator[Problem]:
    """A fixed day keeps to its bounds, and leaves the time that others have before it (section 4)."""
    marking = setting.marking
    for name, day in act.days.items():
        if name not in step.sets:
            yield Problem(code="sets-no-day", says=f"“{title(step.name)}” does not fix a {words(name)}.")
            continue
        rule = setting.book.days.get(name)
        if day < setting.on:
            yield Problem(code="day-past", says=f"{desk_day(day)} has passed.", remedy="Fix a day ahead.")
        for timing in rule.not_before if rule else ():
            earliest = marking.earliest(timing)
            # What is counted from the very act that fixes the day is counted from today.
            if earliest is None and isinstance(timing, Counted):
                earliest = outcome_rules.counted_from_today(setting, timing)
            if earliest is not None and day < earliest:
                yield Problem(
                    code="day-too-early",
                    says=f"The {words(name)} may not be before {desk_day(earliest)}: {say_timing(timing)}.",
                    remedy=f"Fix {desk_day(earliest)} or later.",
                    clause=step.clause,
                    opens_on=earliest,
                )
        for timing in rule.not_after if rule else ():
            latest = outcome_rules.latest(setting, timing)
            if latest is not None and day > latest:
                yield Problem(
                    code="day-too-late",
                    says=f"The {words(name)} may not be after {desk_day(latest)}: {say_timing(timing)}.",
                    remedy=f"Fix {desk_day(latest)} or earlier.",
                    clause=step.clause,
                )
        yield from _room_before(setting, name, day)


def _room_before(setting: Setting, name: str, day: date) -> Iterator[Problem]:
    for limit in setting.book.limits:
        timing = limit.timing
        if not isinstance(timing, Counted) or timing.direction is not Direction.BEFORE:
            continue
        if FixedDay(name) not in timing.reference.any_of:
            continue
        last = outcome_rules.count(setting, timing, day)
        step = setting.book.steps[limit.step]
        if last < setting.on and setting.marking.last_act(limit.step) is None:
            yield Problem(
                code="no-room",
                says=f"That leaves no time for “{words(step.name)}”, due {say_timing(timing)}.",
                remedy="Fix a later day.",
                clause=step.clause,
            )


def facts_of_step(setting: Setting, act: TakeStep) -> tuple[Proposed, ...]:
    """The step's fact and, of a finding or a sanction, the typed fact beside it."""
    step = setting.book.steps[act.step]
    office = act.on_behalf or setting.actor.office
    by, on = setting.actor.by, setting.on
    taken = StepTaken(
        step=step.name,
        outcome=act.outcome,
        key=act.key,
        days=dict(act.days),
        served_on=act.served_on,
        channel=act.channel,
        stated=tuple(slug(each) for each in act.stated),
        ground=slug(act.ground) if act.ground else None,
        agreed_by=act.agreed_by,
        present=act.present,
    )
    facts = [Proposed(on=on, by=by, office=office, body=taken, parts=act.parts)]
    if step.is_ is Is.FINDING and act.outcome is not None:
        for allegation in (act.key,) if act.key in setting.case.allegations else setting.case.allegations:
            if allegation is not None:
                finding = FindingMade(allegation=allegation, outcome=act.outcome, step=step.name)
                facts.append(Proposed(on=on, by=by, office=office, body=finding))
    if act.sanction is not None:
        imposed = SanctionImposed(
            sanction=act.sanction,
            step=step.name,
            amount=act.length.amount if act.length else None,
            unit=act.length.unit.value if act.length else None,
        )
        facts.append(Proposed(on=on, by=by, office=office, body=imposed))
    for place in act.lifts:
        ended = SanctionEnded(sanction=place, step=step.name)
        facts.append(Proposed(on=on, by=by, office=office, body=ended))
    return tuple(facts)
