"""Opening a case from history: from then on it is a case like any other, received the day it is opened.

What happened elsewhere binds nobody here: the case is under the edition in force, its clocks start on the day
it is opened, and no step of it counts as taken before.
"""

from datetime import date

from django.db import transaction

from duly.people import Actor
from duly.procedure import decide
from duly.procedure.acts import Proposed, TakeStep
from duly.procedure.trial import as_if_recorded
from duly.record.facts import Linked, Naming, Opened, PartyAdded, PartyRole, Relation
from duly.record.fold import CaseState
from duly.rulebook.book import Rulebook
from duly.rulebook.steps import Is, Per, Step
from duly.timetable.calendar import Calendar
from duly.vocabulary import Problem, Refused
from duly_server.services import parties
from duly_server.services.acting import Acting
from duly_server.services.casework import UnableToActError, of_facts
from duly_server.services.history.shelf import History, read
from duly_server.services.intake import new_reference
from duly_server.services.premises import premises
from duly_server.store import appointments, complaints, editions, projections
from duly_server.store.batch import Batch, NewFact, Part, PartUnopenedError, SomeoneElseActedError


class OpenedAlreadyError(Exception):
    """A case was opened from it before: `case` is its reference."""

    def __init__(self, case: str) -> None:
        super().__init__(case)
        self.case = case


def open_case(acting: Acting, reference: str, *, reasons: str) -> str:
    """The reference of the new case. Its receipt is taken by this person, with these reasons.

    Raises NoSuchHistoryError, OpenedAlreadyError, and UnableToActError where the rulebook lets nobody of
    their offices receive.
    """
    try:
        with transaction.atomic():
            found = read(acting, reference)
            if found.row.case_id is not None:
                raise OpenedAlreadyError(found.row.case_id)
            return _open(acting, found, reasons)
    except SomeoneElseActedError as first:
        now = read(acting, reference).row.case_id
        if now is None:
            raise
        raise OpenedAlreadyError(now) from first


def receipt_of(book: Rulebook) -> Step:
    """The step by which a case begins."""
    return book.steps_that_are(Is.RECEIPT)[0]


def who_may(acting: Acting) -> tuple[str, ...]:
    """The offices that receive, under the edition in force."""
    book, _ = editions.in_force(acting.today)
    return receipt_of(book).by


def _open(acting: Acting, found: History, reasons: str) -> str:
    book, calendar = editions.in_force(acting.today)
    actor = _actor(acting, receipt_of(book))
    case = new_reference()
    case_chain, complaint_chain = f"case/{case}", found.row.chain
    proposed = _proposed(acting, found, book, calendar, actor, reasons)
    new = [
        NewFact(on=p.on, noted_at=acting.at, by=p.by, office=p.office, body=p.body, parts=dict(p.parts))
        for p in proposed
    ]
    linked = NewFact(
        on=acting.today,
        noted_at=acting.at,
        by=actor.by,
        office=actor.office,
        body=Linked(chain=case_chain, relation=Relation.OPENS),
    )
    facts = premises().journal.append(
        [Batch(complaint_chain, found.head, [linked]), Batch(case_chain, 0, new)]
    )
    of_case = [fact for fact in facts if fact.chain == case_chain]
    said = {
        (fact.place, name): part
        for fact, n in zip(of_case, new, strict=True)
        for name, part in n.parts.items()
    }
    parties.index(of_case, said)
    complaints.keep(
        found.reference,
        case=case,
        received_on=found.row.received_on,
        naming=found.row.naming,
        channel=found.row.channel,
        is_history=True,
        place=found.head + 1,
    )
    projections.project(of_facts(of_case).on(acting.today))
    return case


def _actor(acting: Acting, receipt: Step) -> Actor:
    """Of the offices they hold, one that receives; else the first, for the rules to refuse in words."""
    actors = acting.actors()
    if not actors:
        raise UnableToActError([_NO_OFFICE])
    return next((actor for actor in actors if actor.office in receipt.by), actors[0])


_NO_OFFICE = Problem(
    code="no-appointment", says="You hold no office today.", remedy="Ask the secretary to appoint you."
)


def _proposed(
    acting: Acting, found: History, book: Rulebook, calendar: Calendar, actor: Actor, reasons: str
) -> list[Proposed]:
    today: date = acting.today
    complainant = _complainant(found)
    party = PartyAdded(
        tag="C1",
        role=PartyRole.COMPLAINANT,
        naming=Naming.NAMED if complainant else Naming.ANONYMOUS,
        complaint=found.reference,
    )
    opened = Opened(edition=book.edition, rulebook=book.digest, calendar=calendar.digest)
    first = [
        Proposed(on=today, by=actor.by, office=actor.office, body=opened),
        Proposed(
            on=today,
            by=actor.by,
            office=actor.office,
            body=party,
            parts={"C1": complainant} if complainant else {},
        ),
    ]
    receipt = receipt_of(book)
    answer = decide(
        as_if_recorded(CaseState(), first, noted_at=acting.at, chain="case/new"),
        TakeStep(
            step=receipt.name,
            key=found.reference if receipt.per is Per.COMPLAINT else None,
            parts={"reasons": {"v": 1, "text": reasons.strip()}},
        ),
        book=book,
        calendar=calendar,
        actor=actor,
        roll=appointments.roll(),
        on=today,
        today=today,
    )
    if isinstance(answer, Refused):
        raise UnableToActError(answer.problems)
    return [*first, *answer]


def _complainant(found: History) -> Part | None:
    """Who complained, if the file said so and it was not erased."""
    place, names = found.facts[0].place, {name for name, _ in found.facts[0].parts}
    if "complainant" not in names:
        return None
    try:
        return premises().journal.open_part(found.row.chain, place, "complainant")
    except PartUnopenedError:
        return None
