"""Nobody acts in two separated offices of one case, and whoever stands in does so only when they must."""

from collections.abc import Iterator

from duly.procedure.conflicts import objections_to_present
from duly.procedure.setting import Setting
from duly.record.facts import StepTaken
from duly.rulebook.prose import title, words
from duly.rulebook.steps import Step
from duly.vocabulary import Problem


def acts_for(setting: Setting, offices: tuple[str, ...]) -> bool:
    """The actor holds one of the offices, or stands in for one whose holders are all away or in conflict."""
    mine = setting.actor.office
    if mine in offices:
        return True
    return any(
        setting.book.offices[office].stands_in == mine and not can_act(setting, office)
        for office in offices
        if office in setting.book.offices
    )


def can_act(setting: Setting, office: str) -> bool:
    """Somebody holds the office on the day who neither stands out nor acted in one kept apart from it."""
    people = {holder.person for holder in setting.roll.holders(office, on=setting.on)} - setting.standing_out
    return any(not barred_by(setting, {person}, office) for person in people)


def objections_to_separation(
    setting: Setting, *, present: tuple[str, ...] = (), step: Step | None = None
) -> Iterator[Problem]:
    """Nobody acts in two separated offices of one case (R02), nor on the appeal from their own act."""
    office = setting.actor.office
    if setting.actor.tag is not None or office in setting.book.parties:
        return
    yield from objections_to_present(setting, present)
    people = {p for number in (setting.actor.by, *present) if (p := setting.roll.person(number))}
    clause = step.clause if step else None
    for other in barred_by(setting, people, office):
        yield Problem(
            code="separated",
            says=f"Whoever acted in this case as {words(other)} may not act in it as {words(office)}.",
            remedy="Somebody else must do this.",
            clause=clause,
        )
    for earlier in step.not_the_people_of if step else ():
        if people & people_of(setting, earlier):
            yield Problem(
                code="same-people",
                says=f"“{title(step.name if step else '')}” is not for anybody who took part in "
                f"“{words(earlier)}”.",
                remedy="Somebody else must take this step.",
                clause=clause,
            )


def barred_by(setting: Setting, people: set[str], office: str) -> tuple[str, ...]:
    """The offices, kept apart from this one, in which one of these people has acted in this case."""
    apart = {other for group in setting.book.separate if office in group for other in group} - {office}
    if not apart:
        return ()
    served = frozenset[str]().union(*(setting.served.get(person, ()) for person in people))
    return tuple(sorted(served & apart))


def people_of(setting: Setting, step: str) -> set[str]:
    """Everybody who took part in this step, in whatever round."""
    found: set[str] = set()
    for fact in setting.case.moves:
        if isinstance(fact.body, StepTaken) and fact.body.step == step:
            found |= {p for n in (fact.by, *fact.body.present) if (p := setting.roll.person(n))}
    return found
