"""Opening a seal: what names and narrates is shown for a reason, and that it was opened is itself a fact."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db import transaction

from duly.people import Actor
from duly.procedure.acts import Proposed
from duly.procedure.conflicts import appointments_of, has_declared
from duly.record.facts import (
    AllegationAdded,
    Fact,
    Imported,
    NoConflictDeclared,
    PartyAdded,
    SealOpened,
    Submitted,
)
from duly.vocabulary import Problem
from duly_server.services import casework
from duly_server.services.acting import Acting
from duly_server.services.casework import ActedFirstError, Case, UnableToActError
from duly_server.services.premises import premises
from duly_server.store import appointments
from duly_server.store.batch import Batch, NewFact, PartAt, SomeoneElseActedError, Unopened
from duly_server.store.visible import visible_complaints

FIRST = ("narrative",)
TRIES = 3  # somebody may write between our reading and our writing; reading contradicts nothing, so try again


DECLARE_FIRST = Problem(
    code="declare-first",
    says="Nobody reads anything sealed of a case before they said whether they have a conflict of interest.",
    remedy="Say that you know of none, or declare it and stand out of the case.",
)


class Seal(NamedTuple):
    """One sealed part: where it stands, and its name there."""

    chain: str
    place: int
    name: str

    @property
    def code(self) -> str:
        """As a form sends it: "case:7:R", "K7QH-3M2C:1:narrative" of a complaint."""
        record = "case" if self.chain.startswith("case/") else self.chain.partition("/")[2]
        return f"{record}:{self.place}:{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A seal as it is listed before it is opened. `fact` is the fact it belongs to."""

    seal: Seal
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What stood behind a seal, or in `unopened` why it does not open."""

    seal: Seal
    fact: Fact
    said: dict[str, object]
    unopened: str = ""


def seals_of(acting: Acting, case: Case) -> tuple[Sealed, ...]:
    """Every sealed part of a case and of its complaints, as far as this viewer may see them; none opened."""
    found = [sealed for fact in case.state.facts for sealed in _parts_of(fact)]
    return (*_of_complaints(acting, case), *found)


def _parts_of(fact: Fact) -> list[Sealed]:
    """In the order in which one reads them: what is told before who told it."""
    names = sorted((name for name, _ in fact.parts), key=lambda name: (name not in FIRST, name))
    return [Sealed(seal=Seal(fact.chain, fact.place, name), fact=fact) for name in names]


def complaint_facts(acting: Acting, case: Case) -> dict[str, tuple[Fact, ...]]:
    """The records of the case's complaints by chain, as far as this viewer may see them, the oldest first."""
    rows = visible_complaints(acting.viewer, on=acting.today).filter(reference__in=case.state.complaints)
    chains = [row.chain for row in rows.order_by("received_on", "reference")]
    read = premises().journal.read_many(chains)
    return {chain: read[chain] for chain in chains}


def _of_complaints(acting: Acting, case: Case) -> Iterator[Sealed]:
    for facts in complaint_facts(acting, case).values():
        for fact in facts:
            if isinstance(fact.body, Submitted | Imported):
                yield from _parts_of(fact)


def is_declared(acting: Acting, case: Case) -> bool:
    """Whether this person said of the case that they know of no conflict of interest."""
    roll = appointments.roll()
    return any(has_declared(case.state, roll, actor.by) for actor in acting.actors())


def open_seals(
    acting: Acting, reference: str, codes: Collection[str], *, reason: str, no_conflict: bool = False
) -> tuple[Opened, ...]:
    """Open these seals of one case for this reason, and note it in the record first.

    Whoever opens the first says with `no_conflict` that they know of no conflict of interest in it (R03).

    The fact stands on the chain of the case, by the actor, and names the facts whose parts were opened; of a
    complaint's parts, the facts that brought the complaint into the case. Raises NoSuchCaseError, and
    UnableToActError where there is no reason, no office or nothing to open.
    """
    for turn in range(TRIES):
        try:
            with transaction.atomic():
                return _open(acting, reference, codes, reason, no_conflict)
        except (ActedFirstError, SomeoneElseActedError):
            if turn == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def still_open(acting: Acting, case: Case) -> tuple[Opened, ...]:
    """What this person opened of the case's complaints today, as the complaints' own records say.

    So that a page that is sent back for another line of a form need not ask and note the same again.
    """
    numbers = acting.viewer.numbers(acting.today)
    wanted: list[Sealed] = []
    for facts in complaint_facts(acting, case).values():
        noted = [fact for fact in facts if fact.by in numbers and fact.on == acting.today]
        places = {p for fact in noted if isinstance(fact.body, SealOpened) for p in fact.body.places}
        wanted += [sealed for fact in facts if fact.place in places for sealed in _parts_of(fact)]
    return tuple(_opened(wanted)) if wanted else ()


def _open(
    acting: Acting, reference: str, codes: Collection[str], reason: str, no_conflict: bool
) -> tuple[Opened, ...]:
    case = casework.read(acting, reference)
    declares = not is_declared(acting, case)
    wanted = [sealed for sealed in seals_of(acting, case) if sealed.seal.code in codes]
    actors = acting.actors()
    problems = list(_objections(wanted, reason, actors))
    if declares and not no_conflict:
        problems.append(DECLARE_FIRST)
    if problems:
        raise UnableToActError(problems)
    _note(acting, case, wanted, reason, _whose(case, actors), declares=declares)
    return tuple(_opened(wanted))


def _objections(wanted: list[Sealed], reason: str, actors: tuple[Actor, ...]) -> Iterator[Problem]:
    if not wanted:
        yield Problem(
            code="nothing-to-open", says="No seal was chosen.", remedy="Choose what you need to read."
        )
    if not reason.strip():
        yield Problem(
            code="missing-reasons",
            says="A seal is opened for a reason.",
            remedy="Choose a reason, or write one. The overseer will read it.",
        )
    if not actors:
        yield Problem(code="no-appointment", says="You hold no office today.", remedy="Ask to be appointed.")


def _whose(case: Case, actors: tuple[Actor, ...]) -> Actor:
    """The office assigned to this person in the case if there is one, else the first they hold."""
    assigned = set(case.state.assigned.values())
    return next((actor for actor in actors if actor.by in assigned), actors[0])


def _note(
    acting: Acting, case: Case, wanted: list[Sealed], reason: str, actor: Actor, *, declares: bool
) -> None:
    parts = {"reasons": {"v": 1, "text": reason.strip()}}
    places = sorted({place for sealed in wanted for place in _places(case, sealed)})
    noted = Proposed(
        on=acting.today, by=actor.by, office=actor.office, body=SealOpened(places=tuple(places)), parts=parts
    )
    numbers = appointments_of(appointments.roll(), actor.by)
    first = replace(noted, body=NoConflictDeclared(appointments=numbers), parts={})
    casework.write(case, [first, noted] if declares else [noted], at=acting.at, today=acting.today)
    _note_on_complaints(acting, wanted, actor)


def _places(case: Case, sealed: Sealed) -> Iterator[int]:
    if sealed.seal.chain == case.state.chain:
        yield sealed.seal.place
        return
    complaint = sealed.seal.chain.partition("/")[2]
    for fact in case.state.facts:
        if isinstance(fact.body, PartyAdded | AllegationAdded) and fact.body.complaint == complaint:
            yield fact.place


def _note_on_complaints(acting: Acting, wanted: list[Sealed], actor: Actor) -> None:
    """A complaint's own record knows as well that it was read; why, the record of the case says."""
    journal = premises().journal
    read = sorted({sealed.seal.chain for sealed in wanted if sealed.seal.chain.startswith("complaint/")})
    heads = journal.heads(read)
    batches = [
        Batch(
            chain,
            heads[chain].place,
            [
                NewFact(
                    on=acting.today,
                    noted_at=acting.at,
                    by=actor.by,
                    office=actor.office,
                    body=SealOpened(
                        places=tuple(sorted({s.seal.place for s in wanted if s.seal.chain == chain}))
                    ),
                )
            ],
        )
        for chain in read
    ]
    if batches:
        journal.append(batches)


def _opened(wanted: list[Sealed]) -> Iterator[Opened]:
    chains = {sealed.seal.chain for sealed in wanted}
    names = {sealed.seal.name for sealed in wanted}
    parts = premises().journal.open_parts(chains, names=names)
    for sealed in wanted:
        part = parts.get(PartAt(*sealed.seal), Unopened("It is not there."))
        if isinstance(part, Unopened):
            yield Opened(seal=sealed.seal, fact=sealed.fact, said={}, unopened=part.says)
        else:
            yield Opened(seal=sealed.seal, fact=sealed.fact, said=part)
