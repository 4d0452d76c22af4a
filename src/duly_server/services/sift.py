"""The sift: a complaint is accepted, as one case for each respondent, or it is not; always with reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from duly.procedure.acts import Act, AddAllegation, AddParty, Proposed, TakeStep
from duly.record.facts import (
    AllegationAdded,
    Fact,
    Linked,
    Opened,
    PartyAdded,
    PartyRole,
    QuestionAnswered,
    Relation,
    StepTaken,
)
from duly.rulebook.steps import Is
from duly.timetable.milestones import accepting_outcomes
from duly.vocabulary import Problem, Refused
from duly_server.services import casework, parties
from duly_server.services.acting import Acting
from duly_server.services.casework import ActedFirstError, Case, UnableToActError
from duly_server.services.intake import new_reference
from duly_server.services.premises import premises
from duly_server.store import complaints, projections
from duly_server.store.batch import Batch, NewFact, SomeoneElseActedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One allegation as the sift puts it: a conduct of the rulebook, the day if known, what is said."""

    conduct: str
    narrative: str
    conduct_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accused:
    """One respondent and what is alleged against them."""

    name: str
    member: str = ""
    charges: tuple[Charge, ...] = ()


def settle(
    acting: Acting,
    reference: str,
    *,
    outcome: str,
    reasons: str,
    accused: Sequence[Accused] = (),
    on: date | None = None,
    seen: int | None = None,
    taken: TakeStep | None = None,
) -> tuple[str, ...]:
    """Record the sift's outcome; the references of the cases it made (the complaint's own first).

    `taken` is the step with whatever else the rulebook asks of it (what it must state, whom it is served on).

    An outcome that accepts needs at least one respondent with an allegation; further respondents get a case
    of their own, which keeps the dates of receipt. The complaint points to all of them, and they to each
    other. Raises what `casework.take` raises.
    """
    day = on or acting.today
    with transaction.atomic():
        case = casework.read(acting, reference)
        casework.check_seen(case, seen)
        book = case.on(day).book
        step = book.steps_that_are(Is.SIFT)[0]
        accepts = outcome in accepting_outcomes(book)
        if accepts and (not accused or not all(each.charges for each in accused)):
            raise UnableToActError([_NOBODY])
        decision = replace(
            taken or TakeStep(step=step.name),
            step=step.name,
            outcome=outcome or None,
            parts={"reasons": {"v": 1, "text": reasons}},
        )
        first = accused[0] if accepts else None
        others = [(new_reference(), each) for each in accused[1:]] if accepts else []
        split = [_split(acting, case, other, each, decision, on=day) for other, each in others]
        facts = _record(acting, case, first, decision, on=day)
        if split:
            _point_to(acting, casework.with_facts(case, facts), split, facts[-1], on=day)
        return (reference, *split)


_NOBODY = Problem(
    code="nobody-accused",
    says="A complaint can't be accepted before it is said who it is about and what is alleged.",
    remedy="Name the respondent and put at least one allegation.",
)


def _record(
    acting: Acting, case: Case, accused: Accused | None, decision: TakeStep, *, on: date
) -> tuple[Fact, ...]:
    """Who is accused of what, then the decision. Where nobody may be named, what stands against the decision
    itself is said first: it is what was asked for."""
    naming = _naming(accused)
    try:
        return casework.record(acting, case, [*naming, decision], on=on)
    except UnableToActError as unable:
        if unable.turn >= len(naming):
            raise
        answer = casework.asked(acting, case, decision, on=on)
        against = answer.problems if isinstance(answer, Refused) else ()
        raise UnableToActError(list(dict.fromkeys([*against, *unable.problems]))) from unable


def _naming(accused: Accused | None) -> list[Act]:
    if accused is None:
        return []
    identity = {"v": 1, "name": accused.name} | ({"member": accused.member} if accused.member else {})
    return [
        AddParty(role=PartyRole.RESPONDENT, identity=identity),
        *(
            AddAllegation(
                conduct=charge.conduct,
                conduct_on=charge.conduct_on,
                parts={"narrative": {"v": 1, "text": charge.narrative}},
            )
            for charge in accused.charges
        ),
    ]


def _split(
    acting: Acting, case: Case, reference: str, accused: Accused, decision: TakeStep, *, on: date
) -> str:
    """A case of its own for another respondent: the same receipt and the same days, then its own way."""
    copied = copied_facts(case, at=acting.at, by=acting.actors(on)[0].by, on=on)
    opened = open_with(f"case/{reference}", copied)
    projections.project(opened.on(on))
    _record(acting, opened, accused, decision, on=on)
    return reference


def copied_facts(case: Case, *, at: datetime, by: str, on: date) -> list[NewFact]:
    """What the record of another respondent's case begins with: how the complaint came and what was done
    with it, each on its own day, and where the case was split from, by whoever splits it."""
    parts = premises().journal.open_parts([case.state.chain])
    copied = [
        NewFact(
            on=fact.on,
            noted_at=at,
            by=fact.by,
            office=fact.office,
            body=fact.body,
            parts={
                name: dict(opened)
                for (_, place, name), opened in parts.items()
                if place == fact.place and isinstance(opened, dict)
            },
        )
        for fact in case.state.facts
        if isinstance(fact.body, Opened | PartyAdded | StepTaken | QuestionAnswered | AllegationAdded)
    ]
    link = Linked(chain=case.state.chain, relation=Relation.SPLIT_FROM)
    return [*copied, NewFact(on=on, noted_at=at, by=by, body=link)]


def open_with(chain: str, new: Sequence[NewFact]) -> Case:
    """A new case whose record begins with these facts; its indexes are for the caller to make."""
    facts: tuple[Fact, ...] = premises().journal.append([Batch(chain, 0, new)])
    said = {
        (fact.place, name): part
        for fact, each in zip(facts, new, strict=True)
        for name, part in each.parts.items()
    }
    parties.index(facts, said)
    return casework.of_facts(facts)


def _point_to(acting: Acting, case: Case, split: Sequence[str], decided: Fact, *, on: date) -> None:
    """The first case and every complaint of it say which cases were made of them, by who decided it."""
    said = pointers(split, by=decided.by, office=decided.office, on=on)
    casework.write(case, said, at=acting.at, today=acting.today)
    try:
        point_complaints(case.state.complaints, said, at=acting.at)
    except SomeoneElseActedError as error:
        raise casework.acted_first([error.fact]) from error


def pointers(split: Sequence[str], *, by: str, office: str | None, on: date) -> list[Proposed]:
    """What the first case says of the cases that were split from it, by their references."""
    links = [Linked(chain=f"case/{each}", relation=Relation.SPLIT_INTO) for each in split]
    return [Proposed(on=on, by=by, office=office, body=link) for link in links]


def point_complaints(references: Sequence[str], said: Sequence[Proposed], *, at: datetime) -> None:
    """Every complaint says of these cases, too, that it opened them. Raises SomeoneElseActedError."""
    links = [(each, each.body) for each in said if isinstance(each.body, Linked)]
    opened = [
        NewFact(
            on=each.on,
            noted_at=at,
            by=each.by,
            office=each.office,
            body=replace(link, relation=Relation.OPENS),
        )
        for each, link in links
    ]
    journal = premises().journal
    chains = [f"complaint/{each}" for each in references]
    heads = journal.heads(chains)
    journal.append([Batch(chain, heads[chain].place, opened) for chain in chains])
    for turn, (_, link) in enumerate(links, start=1):
        places = {chain.partition("/")[2]: heads[chain].place + turn for chain in chains}
        complaints.link(places, link.chain.partition("/")[2])


__all__ = ["Accused", "ActedFirstError", "Charge", "settle"]
