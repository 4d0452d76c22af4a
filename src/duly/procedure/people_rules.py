"""The rules about who takes a step: its office, the party whose time it is, and enough members."""

from collections.abc import Iterator

from duly.procedure.acts import TakeStep
from duly.procedure.separation import acts_for, objections_to_separation
from duly.procedure.setting import Setting
from duly.rulebook.prose import either, title, words
from duly.rulebook.steps import Per, Step
from duly.vocabulary import Problem


def objections_to_people(setting: Setting, act: TakeStep, step: Step) -> Iterator[Problem]:
    """All but the quorum: what stands in the way of this actor before any form is filled in."""
    yield from _objections_to_office(setting, step, act)
    yield from _objections_to_key(setting, step, act)
    if act.on_behalf is None:
        yield from objections_to_separation(setting, present=act.present, step=step)


def _objections_to_office(setting: Setting, step: Step, act: TakeStep) -> Iterator[Problem]:
    """The step belongs to another office; it is a party's, and the actor may not write it down for them."""
    offices = setting.marking.offices_of(step, act.key)
    if setting.actor.tag is not None or act.on_behalf is None:
        if not acts_for(setting, offices):
            yield _wrong_office(setting, step, offices)
        return
    if act.on_behalf not in offices or act.on_behalf not in setting.book.parties:
        yield _wrong_office(setting, step, offices)
    elif setting.actor.office not in setting.writers:
        yield Problem(
            code="wrong-office",
            says=f"What a party does is written down by the {either(said(setting.writers))}.",
            remedy="Pass it to them.",
            clause=step.clause,
        )


def _wrong_office(setting: Setting, step: Step, offices: tuple[str, ...]) -> Problem:
    return Problem(
        code="wrong-office",
        says=(
            f"“{title(step.name)}” belongs to the {either(said(offices))}, "
            f"not to the {words(setting.actor.office)}."
        ),
        remedy=f"Ask the {words(offices[0])} to take it.",
        clause=step.clause,
    )


def said(offices: frozenset[str] | tuple[str, ...]) -> list[str]:
    return [words(office) for office in (sorted(offices) if isinstance(offices, frozenset) else offices)]


def _objections_to_key(setting: Setting, step: Step, act: TakeStep) -> Iterator[Problem]:
    """A party acts for itself, and about its own complaint."""
    tag, key = setting.actor.tag, act.key
    if tag is None or key is None:
        return
    party = setting.case.parties.get(tag)
    own_complaint = party.complaint if party is not None else None
    is_own = {Per.PARTY: tag, Per.COMPLAINT: own_complaint}.get(step.per or Per.ALLEGATION, key) == key
    if not is_own:
        yield Problem(
            code="not-yours",
            says=f"“{title(step.name)}” for {key} is not yours to take.",
            remedy="Take it for yourself.",
            clause=step.clause,
        )


def objections_to_quorum(setting: Setting, act: TakeStep, step: Step) -> Iterator[Problem]:
    """Of what decides: enough members were there, each in office that day, each counted once (R04)."""
    office = setting.book.offices.get(setting.actor.office)
    if office is None or not office.quorum or office.quorum < 2 or act.on_behalf is not None:
        return
    present = {setting.actor.by, *act.present}
    holders = {holder.number: holder.person for holder in setting.roll.holders(office.name, on=setting.on)}
    strangers = sorted(present - holders.keys())
    if strangers:
        yield Problem(
            code="not-a-member",
            says=f"{', '.join(strangers)} did not hold the office of {words(office.name)} on that day.",
            remedy="Name only members who hold the office and were there.",
            clause=step.clause,
        )
    count = len({holders[number] for number in present if number in holders})
    if count < office.quorum and step.decides:
        yield Problem(
            code="no-quorum",
            says=(
                f"The {words(office.name)} decides with at least {office.quorum} members; "
                f"{count} {'is' if count == 1 else 'are'} named as present."
            ),
            remedy="Name the members who were there for all of it, or meet again.",
            clause=step.clause,
        )
