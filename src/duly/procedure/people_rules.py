"""The rules about people: office, separation, quorum; and the naming of parties, allegations and owners."""

from collections.abc import Iterator

from duly.procedure.acts import AddAllegation, AddParty, Assign, Part, Proposed, TakeStep
from duly.procedure.setting import Setting
from duly.record.facts import AllegationAdded, Assigned, PartyAdded, PartyRole, StepTaken
from duly.rulebook.prose import either, title, words
from duly.rulebook.steps import Step
from duly.vocabulary import Problem

_LETTER = {PartyRole.COMPLAINANT: "C", PartyRole.RESPONDENT: "R", PartyRole.WITNESS: "W"}


def objections_to_office(setting: Setting, step: Step, act: TakeStep) -> Iterator[Problem]:
    """The step belongs to another office; it is a party's, and the actor may not write it down for them."""
    offices = setting.marking.offices_of(step)
    parties = setting.book.parties
    if setting.actor.tag is not None or act.on_behalf is None:
        if not _acts_for(setting, offices):
            yield wrong_office(setting, step, offices)
        return
    if act.on_behalf not in offices or act.on_behalf not in parties:
        yield wrong_office(setting, step, offices)
    elif setting.actor.office not in setting.writers:
        yield Problem(
            code="wrong-office",
            says=f"What a party does is written down by the {either(_said(setting.writers))}.",
            remedy="Pass it to them.",
            clause=step.clause,
        )


def wrong_office(setting: Setting, step: Step, offices: tuple[str, ...]) -> Problem:
    return Problem(
        code="wrong-office",
        says=(
            f"“{title(step.name)}” belongs to the {either(_said(offices))}, "
            f"not to the {words(setting.actor.office)}."
        ),
        remedy=f"Ask the {words(offices[0])} to take it.",
        clause=step.clause,
    )


def _said(offices: frozenset[str] | tuple[str, ...]) -> list[str]:
    return [words(office) for office in (sorted(offices) if isinstance(offices, frozenset) else offices)]


def _acts_for(setting: Setting, offices: tuple[str, ...]) -> bool:
    """The actor holds one of the offices, or stands in for one that nobody holds."""
    mine = setting.actor.office
    if mine in offices:
        return True
    return any(
        setting.book.offices[office].stands_in == mine and not setting.roll.holders(office, on=setting.on)
        for office in offices
        if office in setting.book.offices
    )


def objections_to_separation(setting: Setting, act: TakeStep, step: Step) -> Iterator[Problem]:
    """Nobody acts in two separated offices of one case (R02), nor on the appeal from their own act."""
    offices = (act.on_behalf or setting.actor.office,)
    if act.on_behalf is not None:
        return  # writing down what a party did is no act in an office
    people = {p for number in (setting.actor.by, *act.present) if (p := setting.roll.person(number))}
    for apart in setting.book.separate:
        if offices[0] not in apart:
            continue
        others = _offices_served(setting, people) & (apart - {offices[0]})
        for other in sorted(others):
            yield Problem(
                code="separated",
                says=(
                    f"Whoever acted in this case as {words(other)} may not act in it as {words(offices[0])}."
                ),
                remedy="Somebody else must take this step.",
                clause=step.clause,
            )
    for earlier in step.not_the_people_of:
        if people & _people_of(setting, earlier):
            yield Problem(
                code="same-people",
                says=f"“{title(step.name)}” is not for anybody who took part in “{words(earlier)}”.",
                remedy="Somebody else must take this step.",
                clause=step.clause,
            )


def _offices_served(setting: Setting, people: set[str]) -> set[str]:
    served: set[str] = set()
    for fact in setting.case.facts:
        if not isinstance(fact.body, StepTaken) or fact.office is None:
            continue
        if fact.office in setting.book.parties or fact.place in setting.case.corrected:
            continue
        if any(setting.roll.person(number) in people for number in (fact.by, *fact.body.present)):
            served.add(fact.office)
    return served


def _people_of(setting: Setting, step: str) -> set[str]:
    found: set[str] = set()
    for fact in setting.case.facts:
        if isinstance(fact.body, StepTaken) and fact.body.step == step:
            found |= {p for n in (fact.by, *fact.body.present) if (p := setting.roll.person(n))}
    return found


def objections_to_quorum(setting: Setting, act: TakeStep, step: Step) -> Iterator[Problem]:
    """Enough members were there, each holding the office on the day, each counted once (R04)."""
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
    if count < office.quorum:
        yield Problem(
            code="no-quorum",
            says=(
                f"The {words(office.name)} decides with at least {office.quorum} members; "
                f"{count} {'is' if count == 1 else 'are'} named as present."
            ),
            remedy="Name the members who were there for all of it, or meet again.",
            clause=step.clause,
        )


def objections_to_naming(setting: Setting, act: AddParty | AddAllegation | Assign) -> Iterator[Problem]:
    """Parties and allegations are written down by those who deal with the parties, while the case is open."""
    if setting.marking.closed_on is not None:
        yield Problem(code="closed", says="The case is closed; its parties and allegations stand.")
    if setting.actor.office not in setting.writers and not isinstance(act, Assign):
        yield Problem(
            code="wrong-office",
            says=f"This is written down by the {either(_said(setting.writers))}.",
            remedy="Pass it to them.",
        )
    is_respondent = isinstance(act, AddParty) and act.role is PartyRole.RESPONDENT
    if is_respondent and setting.case.tags(PartyRole.RESPONDENT):
        yield Problem(
            code="second-respondent",
            says="A case is about one respondent's conduct, and this one has a respondent.",
            remedy="Open a case of its own for the other person.",
        )
    if isinstance(act, AddAllegation) and act.conduct not in setting.book.conduct:
        known = ", ".join(words(name) for name in setting.book.conduct)
        yield Problem(
            code="unknown-conduct",
            says=f"The rulebook knows no conduct “{words(act.conduct)}”.",
            remedy=f"Choose one of: {known}." if known else "The rulebook defines none yet.",
        )
    if isinstance(act, AddAllegation) and act.conduct_on is not None and act.conduct_on > setting.on:
        yield Problem(code="in-the-future", says="The day of the conduct lies ahead.", remedy="Mend the day.")
    if isinstance(act, Assign):
        yield from _objections_to_assigning(setting, act)


def _objections_to_assigning(setting: Setting, act: Assign) -> Iterator[Problem]:
    holders = {holder.number for holder in setting.roll.holders(act.office, on=setting.on)}
    if act.appointment not in holders:
        yield Problem(
            code="not-a-holder",
            says=f"That appointment is not to the office of {words(act.office)} on this day.",
            remedy="Choose somebody who holds the office today.",
        )


def facts_of_naming(setting: Setting, act: AddParty | AddAllegation | Assign) -> tuple[Proposed, ...]:
    by, office, on = setting.actor.by, setting.actor.office, setting.on
    match act:
        case AddParty():
            tag = next_tag(setting, act.role)
            parts: dict[str, Part] = {tag: act.identity} if act.identity is not None else {}
            body = PartyAdded(tag=tag, role=act.role, naming=act.naming, complaint=act.complaint)
            return (Proposed(on=on, by=by, office=office, body=body, parts=parts),)
        case AddAllegation():
            number = f"A{len(setting.case.allegations) + 1}"
            allegation = AllegationAdded(
                allegation=number, conduct=act.conduct, conduct_on=act.conduct_on, complaint=act.complaint
            )
            return (Proposed(on=on, by=by, office=office, body=allegation, parts=act.parts),)
        case Assign():
            given = Assigned(office=act.office, appointment=act.appointment)
            return (Proposed(on=on, by=by, office=office, body=given),)


def next_tag(setting: Setting, role: PartyRole) -> str:
    """ "C1", "C2" for complainants, "W1" for witnesses; the one respondent is "R"."""
    letter = _LETTER[role]
    return letter if role is PartyRole.RESPONDENT else f"{letter}{len(setting.case.tags(role)) + 1}"
