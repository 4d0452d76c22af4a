"""The lower sections of a case page: parties, allegations with findings, measures, complaints, questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never
from urllib.parse import urlencode

from django.urls import reverse

from duly.procedure.next_steps import NextStep
from duly.record.facts import AllegationAdded, Fact, FindingMade, Naming, Relation, SanctionImposed
from duly.rulebook.prose import title, words
from duly.rulebook.steps import Is, Step
from duly.sanctions import Restriction, Standing
from duly.timetable.milestones import accepted_on
from duly_server.services.case_page import CasePage
from duly_server.web.desk.case_happened import conduct_title, length_of
from duly_server.web.desk.case_next import about_url
from duly_server.web.shared.chips import Chip, Glyph, Shape, finding
from duly_server.web.shared.days import desk_day
from duly_server.web.shared.people import PartyRow

# The five shapes go by the order of the rulebook's outcomes: first those against a party, then the others.
_AGAINST = (Shape.FULL, Shape.HALF)
_OTHERS = (Shape.EMPTY, Shape.BARRED, Shape.OUTSIDE)

_NAMING = {
    Naming.NAMED: "",
    Naming.CONFIDENTIAL: "asked that the name be kept from the respondent",
    Naming.ANONYMOUS: "anonymous: no name is held",
}


def party_rows(page: CasePage) -> tuple[PartyRow, ...]:
    """Every party by tag and role; the name stays sealed until somebody gives a reason."""
    sealed = {name for fact in page.state.facts for name, _ in fact.parts}
    seals = seal_url(page.reference)
    return tuple(
        PartyRow(
            tag=tag,
            role=title(party.role.value),
            note=_NAMING[party.naming],
            has_name=tag in sealed,
            seal_url=f"{seals}?{urlencode({'party': tag})}" if tag in sealed else "",
        )
        for tag, party in page.state.parties.items()
    )


def seal_url(reference: str, **query: str) -> str:
    url = reverse("desk-case-seals", args=[reference])
    return f"{url}?{urlencode(query)}" if query else url


# --- allegations -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationRow:
    """`findings` in their order, the last one stands; `may_be_made` says from when, while there is none."""

    number: str
    conduct: str
    text: str
    clause: str
    conduct_on: str
    seal_url: str
    findings: tuple[Chip, ...]
    may_be_made: str


def allegation_rows(page: CasePage, steps: tuple[NextStep, ...]) -> tuple[AllegationRow, ...]:
    sealed = {
        fact.body.allegation: fact.place
        for fact in page.state.facts
        if isinstance(fact.body, AllegationAdded) and fact.parts
    }
    rows: list[AllegationRow] = []
    for number, allegation in page.state.allegations.items():
        conduct = page.book.conduct.get(allegation.conduct)
        made = [f.body for f in page.state.findings if isinstance(f.body, FindingMade)]
        own = [each for each in made if each.allegation == number]
        rows.append(
            AllegationRow(
                number=number,
                conduct=conduct_title(page, allegation.conduct),
                text=(conduct.text if conduct else "") or "",
                clause=(conduct.clause if conduct else "") or "",
                conduct_on=desk_day(allegation.conduct_on) if allegation.conduct_on else "",
                seal_url=seal_url(page.reference, fact=str(sealed[number])) if number in sealed else "",
                findings=tuple(finding_chip(page, each.step, each.outcome) for each in own)
                or (Chip(Glyph.NOT_STARTED, "No finding yet"),),
                may_be_made="" if own else _may_be_made(page, steps, number),
            )
        )
    return tuple(rows)


def finding_chip(page: CasePage, step: str, outcome: str) -> Chip:
    """All findings weigh the same, whichever way they go."""
    rule = page.book.steps.get(step)
    return finding(title(outcome), shapes_of(rule).get(outcome) if rule else None)


def shapes_of(step: Step) -> dict[str, Shape]:
    against = [name for name in step.outcomes if name in step.adverse]
    others = [name for name in step.outcomes if name not in step.adverse]
    return {**dict(zip(against, _AGAINST, strict=False)), **dict(zip(others, _OTHERS, strict=False))}


def finding_key(page: CasePage) -> tuple[Chip, ...]:
    """Every finding there can be, in one line, so that none stands out."""
    return tuple(
        finding_chip(page, step.name, name)
        for step in page.book.steps_that_are(Is.FINDING)
        for name in step.outcomes
    )


def _may_be_made(page: CasePage, steps: tuple[NextStep, ...], allegation: str) -> str:
    if page.marking.closed_on is not None:
        return "no more: the case is closed"
    for step in steps:
        if step.step.is_ is Is.FINDING and step.key in (None, allegation):
            if step.is_open or {p.code for p in step.against} == {"wrong-office"}:
                return "from today"
            return f"from {desk_day(step.opens_on)}" if step.opens_on else "not yet: see Next steps"
    return "in a later stage"


# --- sanctions and measures ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    what: str
    kind: str
    chip: Chip
    since: str
    until: str
    clause: str


def measure_rows(page: CasePage) -> tuple[MeasureRow, ...]:
    """Interim measures and sanctions as different things; an interim measure says that it is no finding."""
    by_place = {fact.place: fact for fact in page.state.facts}
    return tuple(_measure(page, each, by_place) for each in page.measures())


def _measure(page: CasePage, each: Restriction, by_place: dict[int, Fact]) -> MeasureRow:
    body = by_place[each.place].body if each.place is not None else None
    length = length_of(body) if isinstance(body, SanctionImposed) else ""
    no_finding = "it is no finding" if page.state.findings else "no finding has been made"
    return MeasureRow(
        what=f"{title(each.measure)}{length}",
        kind=f"interim: {no_finding}" if each.is_interim else "sanction",
        chip=_standing(each),
        since=desk_day(each.since) if each.since else "",
        until=_until(each),
        clause=each.clause or "",
    )


def _standing(each: Restriction) -> Chip:
    match each.standing:
        case Standing.IN_FORCE:
            return Chip(Glyph.RESTRICTED, "in force")
        case Standing.STAYED:
            return Chip(Glyph.PAUSED, "stayed until no appeal is left")
        case Standing.OVER | Standing.LIFTED | Standing.SET_ASIDE:
            return Chip(Glyph.CLOSED, each.standing.value)


def _until(each: Restriction) -> str:
    """The first day it no longer binds, or the day by which it must be reviewed."""
    if each.review_due is not None:
        return f"lapses after {desk_day(each.review_due)} unless reviewed"
    if each.before is not None:
        return f"before {desk_day(each.before)}"
    return "for good" if each.standing is Standing.IN_FORCE and not each.is_interim else ""


# --- complaints, links, questions, offices ---------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintLine:
    reference: str
    received: str
    how: str
    seal_url: str


def complaint_lines(page: CasePage) -> tuple[ComplaintLine, ...]:
    """The complaints about this case that this viewer may see."""
    return tuple(
        ComplaintLine(
            reference=row.reference,
            received=desk_day(row.received_on),
            how="history, from a file" if row.is_history else f"{row.naming}, by {row.channel}",
            seal_url=seal_url(page.reference, complaint=row.reference),
        )
        for row in page.complaints
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkLine:
    reference: str
    relation: str
    url: str


def link_lines(page: CasePage) -> tuple[LinkLine, ...]:
    """Linked cases; one that this viewer may not see is not there."""
    linked = [(link.chain.removeprefix("case/"), link.relation) for link in page.state.links]
    return tuple(
        LinkLine(reference=reference, relation=_how(relation), url=reverse("desk-case", args=[reference]))
        for reference, relation in linked
        if reference in page.linked
    )


def _how(relation: Relation) -> str:
    match relation:
        case Relation.SPLIT_INTO:
            return "another respondent's, on the same complaint; split from this case"
        case Relation.SPLIT_FROM:
            return "another respondent's, on the same complaint; this case was split from it"
        case Relation.OPENS | Relation.JOINS | Relation.FOLLOWS:
            return f"this case {relation.value} that one"
        case _:
            assert_never(relation)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledLine:
    """A question or an office of the case: what holds, and where it can be changed ("" where it can't)."""

    ask: str
    holds: str
    note: str
    url: str
    does: str


def question_lines(page: CasePage) -> tuple[SettledLine, ...]:
    is_open = page.marking.closed_on is None
    return tuple(
        SettledLine(
            ask=question.ask,
            holds=words(page.marking.answer(name)),
            note="" if name in page.marking.answers else "holds until it is answered",
            url=about_url(page.reference, "answers", question=name) if is_open else "",
            does="Answer",
        )
        for name, question in page.book.questions.items()
    )


def office_lines(page: CasePage) -> tuple[SettledLine, ...]:
    """Who was given which office in this case."""
    is_open = page.marking.closed_on is None
    return tuple(
        SettledLine(
            ask=title(office),
            holds=page.names.get(number, number),
            note="",
            url=about_url(page.reference, "assignments", office=office) if is_open else "",
            does="Assign",
        )
        for office, number in page.state.assigned.items()
    )


def offices_to_assign(page: CasePage) -> tuple[tuple[str, str], ...]:
    """The other offices that can be given to somebody: (what it is, where)."""
    if page.marking.closed_on is not None:
        return ()
    return tuple(
        (title(name), about_url(page.reference, "assignments", office=name))
        for name in _offices(page)
        if name not in page.state.assigned
    )


def _offices(page: CasePage) -> Iterator[str]:
    served = {office for step in page.book.steps.values() for office in step.by}
    for name, office in page.book.offices.items():
        if not office.party and not office.accountable and name in served:
            yield name


def also(page: CasePage) -> tuple[tuple[str, str], ...]:
    """What can be written down beside the steps: (what, where)."""
    naming = (
        ("Add a party", about_url(page.reference, "parties")),
        ("Add an allegation", about_url(page.reference, "allegations")),
    )
    always = (
        ("Correct a fact", about_url(page.reference, "corrections")),
        ("Declare a conflict of interest", about_url(page.reference, "conflicts")),
    )
    return always if page.marking.closed_on is not None else (*naming, *always)


def is_at_the_sift(page: CasePage) -> bool:
    return accepted_on(page.marking) is None and page.marking.closed_on is None
