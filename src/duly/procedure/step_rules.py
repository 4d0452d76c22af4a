"""What stands in the way of taking a step, and the facts it makes."""

from collections.abc import Iterator

from duly.procedure import outcome_rules, people_rules
from duly.procedure.acts import Parts, Proposed, TakeStep
from duly.procedure.day_rules import objections_to_days, objections_to_fixing
from duly.procedure.fairness import heard_first
from duly.procedure.setting import Setting
from duly.record.facts import FindingMade, Naming, SanctionEnded, SanctionImposed, StepTaken
from duly.record.shapes import slug
from duly.rulebook.prose import either, title, words
from duly.rulebook.steps import Is, Step
from duly.timetable.objections import objections
from duly.vocabulary import Problem

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
    yield from heard_first(setting, step)
    yield from people_rules.objections_to_people(setting, act, step)
    yield from people_rules.objections_to_quorum(setting, act, step)
    yield from outcome_rules.objections_to_outcome(setting, act, step)
    if not setting.marking.in_play(step, act.key):
        return
    yield from objections_to_fixing(setting, step)
    yield from _what_is_missing(setting, act, step)
    yield from objections_to_days(setting, act, step)


def _what_is_missing(setting: Setting, act: TakeStep, step: Step) -> Iterator[Problem]:
    """What the form must bring: a member, an outcome, things to state, whom it was served on, a ground."""
    if step.per is not None and act.key is None:
        yield _missing(f"Say for which {step.per.value}.", step, code="missing-key")
    if step.outcomes and act.outcome is None:
        outcomes = either([words(outcome) for outcome in step.outcomes])
        yield _missing(f"Choose an outcome: {outcomes}.", step, code="missing-outcome")
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
    yield from _not_served(setting, act, step)
    if step.grounds and slug(act.ground or "") not in {slug(ground) for ground in step.grounds}:
        yield _missing(f"Choose a ground: {either(list(step.grounds))}.", step, code="missing-ground")
    if step.is_ in NEED_REASONS and act.on_behalf is None and not has_text(act.parts):
        yield _missing("Give reasons: the parties will read them.", step, code="missing-reasons")
    for day in step.sets:
        if day not in act.days:
            yield _missing(f"Fix the {words(day)}.", step, code="missing-day")


def _not_served(setting: Setting, act: TakeStep, step: Step) -> Iterator[Problem]:
    """On everybody it must be served on. Whoever gave no name is served by the status page."""
    known = [tag for tag in act.served_on if tag not in setting.marking.parties]
    if known:
        yield Problem(
            code="unknown-member",
            says=f"{either(known)} is no party of this case.",
            remedy=f"Choose among {', '.join(setting.marking.parties) or 'the parties, once there are any'}.",
            clause=step.clause,
        )
    roles = {setting.book.role_of(office) for office in step.serve_on}
    owed = [
        tag
        for tag, (role, _) in setting.marking.parties.items()
        if role.value in roles and setting.case.parties[tag].naming is not Naming.ANONYMOUS
    ]
    left_out = [tag for tag in owed if tag not in act.served_on]
    if left_out:
        yield _missing(f"Say that it was served on {_and(left_out)}.", step, code="missing-served-on")
    if (step.serve_on or step.is_ is Is.NOTICE) and act.channel is None:
        yield _missing("Say how it was served.", step, code="missing-channel")


def _and(tags: list[str]) -> str:
    return " and ".join(tags)


def _missing(remedy: str, step: Step, *, code: str) -> Problem:
    return Problem(
        code=code,
        says=f"“{title(step.name)}” can't be recorded without it.",
        remedy=remedy,
        clause=step.clause,
    )


def has_text(parts: Parts) -> bool:
    """Somebody wrote reasons."""
    reasons = parts.get("reasons")
    return reasons is not None and any(isinstance(v, str) and v.strip() for v in reasons.values())


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
    for place in _lifted(setting, act, step):
        ended = SanctionEnded(sanction=place, step=step.name)
        facts.append(Proposed(on=on, by=by, office=office, body=ended))
    return tuple(facts)


def _lifted(setting: Setting, act: TakeStep, step: Step) -> tuple[int, ...]:
    """What the act ends. A sanction imposed on appeal takes the place of those that stood."""
    if act.lifts or act.sanction is None or step.is_ is not Is.APPEAL_DECISION:
        return act.lifts
    return tuple(outcome_rules.standing_sanctions(setting))
