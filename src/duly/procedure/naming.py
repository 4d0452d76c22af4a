"""Who is party to a case, what is alleged in it, and who deals with it: naming, and its rules."""

from collections.abc import Iterator
from datetime import date

from duly.procedure.acts import AddAllegation, AddParty, Assign, Part, Proposed
from duly.procedure.conflicts import objections_to_present
from duly.procedure.people_rules import said
from duly.procedure.separation import barred_by
from duly.procedure.setting import Setting
from duly.record.facts import AllegationAdded, Assigned, PartyAdded, PartyRole
from duly.rulebook.phrases import Counted, Reference, Timing, Which
from duly.rulebook.prose import either, say_timing, words
from duly.rulebook.steps import Per
from duly.timetable.counting import first_day
from duly.timetable.marking import parts_of
from duly.timetable.objections import case_closed
from duly.vocabulary import Problem
from duly.vocabulary.day import desk_day

Naming = AddParty | AddAllegation | Assign

_LETTER = {PartyRole.COMPLAINANT: "C", PartyRole.RESPONDENT: "R", PartyRole.WITNESS: "W"}


def objections_to_naming(setting: Setting, act: Naming) -> Iterator[Problem]:
    """Parties and allegations are written down by those who deal with the parties, while the case is open."""
    stand = "Its parties and allegations stand; where the rulebook has a step for reopening, take that."
    if (closed := case_closed(setting.marking, stand)) is not None:
        yield closed
    if setting.actor.tag is not None or not (_may_name(setting, act) or isinstance(act, Assign)):
        yield Problem(
            code="wrong-office",
            says=f"This is written down by the {either(said(setting.writers))}.",
            remedy="Pass it to them.",
        )
    match act:
        case AddParty():
            yield from _objections_to_party(setting, act)
        case AddAllegation():
            yield from _objections_to_allegation(setting, act)
        case Assign():
            yield from _objections_to_assigning(setting, act)


def _may_name(setting: Setting, act: Naming) -> bool:
    """Who deals with the parties; and who may allow an allegation that is too old writes it down."""
    allows = _allows(setting, act.conduct) if isinstance(act, AddAllegation) else None
    return setting.actor.office in setting.writers or setting.actor.office == allows


def _allows(setting: Setting, conduct: str) -> str | None:
    rule = setting.book.conduct.get(conduct)
    return rule.too_old.unless if rule and rule.too_old else None


def _objections_to_party(setting: Setting, act: AddParty) -> Iterator[Problem]:
    if act.role is PartyRole.RESPONDENT and setting.case.tags(PartyRole.RESPONDENT):
        yield Problem(
            code="second-respondent",
            says="A case is about one respondent's conduct, and this one has a respondent.",
            remedy="Open a case of its own for the other person.",
        )


def _objections_to_allegation(setting: Setting, act: AddAllegation) -> Iterator[Problem]:
    if act.conduct not in setting.book.conduct:
        known = ", ".join(words(name) for name in setting.book.conduct)
        yield Problem(
            code="unknown-conduct",
            says=f"The rulebook knows no conduct “{words(act.conduct)}”.",
            remedy=f"Choose one of: {known}." if known else "The rulebook defines none yet.",
        )
    if act.conduct_on is not None and act.conduct_on > setting.on:
        yield Problem(code="in-the-future", says="The day of the conduct lies ahead.", remedy="Mend the day.")
    yield from _too_old(setting, act)
    if act.complaint is not None and act.complaint not in setting.case.complaints:
        known = ", ".join(setting.case.complaints) or "none"
        yield Problem(
            code="unknown-complaint",
            says=f"{act.complaint} is no complaint of this case.",
            remedy=f"Its complaints are: {known}.",
        )


def _too_old(setting: Setting, act: AddAllegation) -> Iterator[Problem]:
    """After a time conduct is dealt with no more, unless an office of the rulebook allows it."""
    rule = setting.book.conduct.get(act.conduct)
    if rule is None or rule.too_old is None or act.conduct_on is None:
        return
    since = _admitted_since(setting, rule.too_old.timing, act.complaint)
    allows = rule.too_old.unless
    if since is not None and act.conduct_on < since and setting.actor.office != allows:
        remedy = f"Where the {words(allows)} allows it, the {words(allows)} writes it down." if allows else ""
        yield Problem(
            code="too-old",
            says=f"Conduct before {desk_day(since)} is too old: {say_timing(rule.too_old.timing)}.",
            remedy=remedy or "It is not dealt with any more.",
            clause=rule.clause,
        )


def _admitted_since(setting: Setting, timing: Timing, complaint: str | None) -> date | None:
    """The first day of conduct that is not too old, by the complaint named, or else by the first."""
    days: list[date] = []
    for part in parts_of(timing):
        first = Reference(part.reference.any_of, Which.FIRST)
        own = setting.marking.day_of(first, key=complaint, per=Per.COMPLAINT) if complaint else None
        start = own or setting.marking.day_of(first)
        if start is None:
            return None
        days.append(_count(setting, part, start) if isinstance(part, Counted) else start)
    return min(days)


def _count(setting: Setting, part: Counted, start: date) -> date:
    calendar, rules = setting.marking.calendar, setting.book.counting
    return first_day(part.length, part.direction, start, calendar=calendar, rules=rules)


def _objections_to_assigning(setting: Setting, act: Assign) -> Iterator[Problem]:
    holders = {holder.number: holder for holder in setting.roll.holders(act.office, on=setting.on)}
    if act.appointment not in holders:
        yield Problem(
            code="not-a-holder",
            says=f"That appointment is not to the office of {words(act.office)} on this day.",
            remedy="Choose somebody who holds the office today.",
        )
        return
    yield from objections_to_present(setting, (act.appointment,))
    for other in barred_by(setting, {holders[act.appointment].person}, act.office):
        yield Problem(
            code="separated",
            says=f"Whoever acted in this case as {words(other)} may not act in it as {words(act.office)}.",
            remedy="Choose somebody else.",
        )


def facts_of_naming(setting: Setting, act: Naming) -> tuple[Proposed, ...]:
    by, office, on = setting.actor.by, setting.actor.office, setting.on
    match act:
        case AddParty():
            tag = next_tag(setting, act.role)
            parts: dict[str, Part] = {tag: act.identity} if act.identity is not None else {}
            body = PartyAdded(tag=tag, role=act.role, naming=act.naming, complaint=act.complaint)
            return (Proposed(on=on, by=by, office=office, body=body, parts=parts),)
        case AddAllegation():
            allegation = AllegationAdded(
                allegation=_next_allegation(setting),
                conduct=act.conduct,
                conduct_on=act.conduct_on,
                complaint=act.complaint,
            )
            return (Proposed(on=on, by=by, office=office, body=allegation, parts=act.parts),)
        case Assign():
            given = Assigned(office=act.office, appointment=act.appointment)
            return (Proposed(on=on, by=by, office=office, body=given),)


def next_tag(setting: Setting, role: PartyRole) -> str:
    """ "C1", "C2" for complainants, "W1" for witnesses; the one respondent is "R".

    A tag that was taken out by a correction is not given again: acts may speak of it.
    """
    given = [f.body.tag for f in setting.case.facts if isinstance(f.body, PartyAdded) and f.body.role is role]
    letter = _LETTER[role]
    return letter if role is PartyRole.RESPONDENT else f"{letter}{len(given) + 1}"


def _next_allegation(setting: Setting) -> str:
    given = [fact for fact in setting.case.facts if isinstance(fact.body, AllegationAdded)]
    return f"A{len(given) + 1}"
