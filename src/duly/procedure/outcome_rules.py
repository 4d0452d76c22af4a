"""What is decided: the agreement it needs, and the sanction it imposes or lifts."""

from collections.abc import Iterator

from duly.procedure.acts import TakeStep
from duly.procedure.setting import Setting
from duly.record.facts import FindingMade, SanctionImposed
from duly.rulebook.book import Sanction
from duly.rulebook.phrases import Reference, Which
from duly.rulebook.prose import either, title, words
from duly.rulebook.steps import Is, Step
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
_SHORTEST, _LONGEST = Length(1, Unit.DAYS), Length(10**6, Unit.YEARS)
_IMPOSE = (Is.SANCTION, Is.APPEAL_DECISION)


def objections_to_outcome(setting: Setting, act: TakeStep, step: Step) -> Iterator[Problem]:
    outcome = step.outcomes.get(act.outcome or "")
    wanted = dict.fromkeys((*step.agreed_by, *(outcome.agreed_by if outcome else ())))
    missing = [office for office in wanted if office not in act.agreed_by]
    if missing:
        yield Problem(
            code="not-agreed",
            says=f"“{title(act.outcome or step.name)}” needs the agreement of {either(_the(missing))}.",
            remedy="Record that they agreed, or choose another outcome.",
            clause=step.clause,
        )
    if act.sanction is not None or step.is_ is Is.SANCTION:
        yield from _sanction_objections(setting, act, step)
    if step.no_worse_than is not None and act.sanction is not None:
        yield from _no_worse(setting, act, step)
    if act.lifts:
        yield from _lift_objections(setting, act, step)


def _the(offices: list[str]) -> list[str]:
    return [f"the {words(office)}" for office in offices]


def _sanction_objections(setting: Setting, act: TakeStep, step: Step) -> Iterator[Problem]:
    if act.sanction is None:
        if act.outcome in step.adverse:
            yield Problem(
                code="missing-sanction",
                says="A sanction can't be imposed without saying which.",
                remedy=_known(setting),
                clause=step.clause,
            )
        return
    if step.is_ not in _IMPOSE:
        yield Problem(
            code="imposes-nothing",
            says=f"“{title(step.name)}” is no decision on a sanction, and imposes none.",
            remedy="Leave the sanction out.",
            clause=step.clause,
        )
    elif step.is_ is Is.SANCTION and act.outcome not in step.adverse:
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
            remedy=_known(setting),
            clause=step.clause,
        )
        return
    yield from _length_objections(act, rung, step)
    if not act.departs:
        yield from _range_objections(setting, act, step)


def _known(setting: Setting) -> str:
    return f"Choose one of: {', '.join(words(s) for s in setting.book.sanctions)}."


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
    elif not _rough(rung.least or _SHORTEST) <= _rough(act.length) <= _rough(rung.most or _LONGEST):
        yield Problem(
            code="outside-bounds",
            says=f"{act.length} lies outside the bounds of “{words(rung.name)}”: {bounds}.",
            remedy="Choose a length within them.",
            clause=rung.clause or step.clause,
        )


def _rough(length: Length) -> float:
    """In days, near enough to compare two lengths of a ladder; a year is twelve months."""
    if length.unit is Unit.YEARS:
        return length.amount * 12 * _DAYS_IN[Unit.MONTHS]
    return length.amount * _DAYS_IN[length.unit]


def _range_objections(setting: Setting, act: TakeStep, step: Step) -> Iterator[Problem]:
    """The sanction lies in the range of a proved allegation's conduct; leaving it needs reasons (R09)."""
    ladder = list(setting.book.sanctions)
    allowed: set[str] = set()
    for number, is_proved in _found(setting).items():
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


def _found(setting: Setting) -> dict[str, bool]:
    """Of each allegation whether its latest finding is against the respondent."""
    found: dict[str, bool] = {}
    for fact in setting.case.findings:
        if isinstance(fact.body, FindingMade):
            step = setting.book.steps.get(fact.body.step)
            found[fact.body.allegation] = step is not None and fact.body.outcome in step.adverse
    return found


def standing_sanctions(setting: Setting) -> dict[int, SanctionImposed]:
    """The sanctions that stand, by place: not lifted, and not of a round that was sent back."""
    found: dict[int, SanctionImposed] = {}
    for fact in setting.case.sanctions:
        if not isinstance(fact.body, SanctionImposed) or fact.place in setting.case.lifted:
            continue
        step = setting.book.steps.get(fact.body.step)
        acts = setting.marking.acts_in_round(step) if step is not None else []
        if any(act.place is not None and act.place <= fact.place for act in acts):
            found[fact.place] = fact.body
    return found


def _no_worse(setting: Setting, act: TakeStep, step: Step) -> Iterator[Problem]:
    """Whoever alone appeals can't end worse, not even where nothing was imposed at first."""
    rule = step.no_worse_than
    if rule is None:
        return
    if rule.unless is not None and setting.marking.holds(_any_of(rule.unless)):
        return
    ladder = list(setting.book.sanctions)
    imposed = [body for body in standing_sanctions(setting).values() if body.step == rule.step]
    old = max(imposed, key=lambda body: _gravity(ladder, body.sanction, _length(body)), default=None)
    if old is None and not setting.marking.last_act(rule.step):
        return
    before = _gravity(ladder, old.sanction, _length(old)) if old else (-1, 0.0)
    if _gravity(ladder, act.sanction or "", act.length) > before:
        least = f"Impose no more than “{words(old.sanction)}”." if old else "Impose nothing."
        if old is not None and (length := _length(old)):
            least = f"Impose no more than “{words(old.sanction)}” for {length}."
        yield Problem(
            code="worse-on-appeal",
            says="Only the person punished appealed; the appeal may not end worse for them.",
            remedy=least,
            clause=step.clause,
        )


def _any_of(ref: Reference) -> Reference:
    """It is enough that one of those who may appealed."""
    return Reference(ref.any_of, Which.FIRST, ref.or_time_up)


def _gravity(ladder: list[str], sanction: str, length: Length | None) -> tuple[int, float]:
    """By the ladder, then by length; without a length it is for good."""
    rank = ladder.index(sanction) if sanction in ladder else -1
    return rank, _rough(length) if length is not None else float("inf")


def _length(body: SanctionImposed) -> Length | None:
    if body.amount is None or body.unit is None:
        return None
    return Length(body.amount, Unit(body.unit))


def _lift_objections(setting: Setting, act: TakeStep, step: Step) -> Iterator[Problem]:
    """An appeal decision ends sanctions of this case that stand, and nothing else does."""
    if step.is_ is not Is.APPEAL_DECISION:
        yield Problem(
            code="lifts-nothing",
            says=f"“{title(step.name)}” is no decision on appeal, and ends no sanction.",
            remedy="Leave out the sanctions it should end.",
            clause=step.clause,
        )
    standing = standing_sanctions(setting)
    unknown = [str(place) for place in act.lifts if place not in standing]
    if unknown:
        yield Problem(
            code="nothing-to-lift",
            says=f"Fact {either(unknown)} is no sanction of this case that stands.",
            remedy="Name a sanction by its number on the case page.",
            clause=step.clause,
        )
