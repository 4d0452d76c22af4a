"""Taking in a complaint: its own record, a receipt code, and the case record that its receipt opens."""

import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from duly.people import Actor
from duly.procedure import decide
from duly.procedure.acts import Proposed, TakeStep
from duly.procedure.trial import as_if_recorded
from duly.record.facts import Channel, Linked, Naming, Opened, PartyAdded, PartyRole, Relation, Submitted
from duly.record.fold import CaseState
from duly.record.references import receipt_code_from, reference_from
from duly.rulebook.book import Rulebook
from duly.rulebook.steps import Is, Per
from duly.timetable.calendar import Calendar
from duly.vocabulary import Refused
from duly_server.gateways.keys import Purpose
from duly_server.services import parties
from duly_server.services.casework import Case, UnableToActError, of_facts
from duly_server.services.premises import premises
from duly_server.store import appointments, complaints, editions, outbox, projections, receipts, rows
from duly_server.store.batch import Batch, NewFact
from duly_server.store.linking import LinkedFact
from duly_server.store.once import reading

REPORTER = "complainant"
CAME_IN = 1  # the place of the fact that a complaint came in, in its own record


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a reporter tells us. `about` says who it is about; `contact` is how to reach a named reporter."""

    narrative: str
    about: str
    naming: Naming
    name: str = ""
    contact: str = ""
    when: str = ""
    where: str = ""
    wish: str = ""
    in_danger: bool = False
    channel: Channel = Channel.WEB


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the reporter gets. The code is shown once and kept nowhere but as a digest.

    `digest` is that of the fact that the complaint came in, which the office promises to whoever asks for it
    (services/promising.py) to have in its log.
    """

    code: str
    complaint: str
    case: str
    received_on: date
    digest: bytes


def submit(report: Report, *, on: date, groups: int = 5) -> Receipt:
    """Take the complaint in: one transaction; nothing of it is kept if anything fails.

    There is no instant in it: what the record says of a reporter tells no minute (threats 2.7).
    """
    with transaction.atomic():
        return receive(report, on=on, groups=groups)


def receive(report: Report, *, on: date, groups: int) -> Receipt:
    """What `submit` does; the caller holds the transaction.

    What is adopted and who holds which office is read once: all of a complaint rests on one reading of it.
    """
    with reading():
        return _receive(report, on=on, groups=groups)


def _receive(report: Report, *, on: date, groups: int) -> Receipt:
    complaint, case = new_reference(), new_reference()
    code = receipt_code_from(secrets.token_bytes(16), groups)
    book, calendar = editions.in_force(on)
    recorded = _record(report, complaint, case, book, calendar, on=on)
    fast = premises().keyring.mac(Purpose.RECEIPT, code.encode())
    marking = recorded.case.only_on(on)
    rows.write([*recorded.rows, *projections.new(marking), *receipts.new(fast, complaint)])
    projections.end_codes(marking)
    return Receipt(code=code, complaint=complaint, case=case, received_on=on, digest=recorded.came_in.digest)


def take_in(
    report: Report, complaint: str, case: str, book: Rulebook, calendar: Calendar, *, on: date
) -> Case:
    """Both records of a new complaint, without a code and without the indexes of its case, for whoever does
    more with it first; the caller holds the transaction."""
    recorded = _record(report, complaint, case, book, calendar, on=on)
    rows.write(recorded.rows)
    return recorded.case


@dataclass(frozen=True, slots=True)
class _Recorded:
    """The fact that a complaint came in, the case it opened, and the rows that have to stand beside them."""

    came_in: LinkedFact
    case: Case
    rows: list[rows.New]


def _record(
    report: Report, complaint: str, case: str, book: Rulebook, calendar: Calendar, *, on: date
) -> _Recorded:
    opening = open_case(report, complaint, book, calendar, on=on)
    case_chain, complaint_chain = f"case/{case}", f"complaint/{complaint}"
    submitted = NewFact(
        on=on,
        noted_at=on,
        by=REPORTER,
        body=Submitted(channel=report.channel, naming=report.naming, in_danger=report.in_danger),
        parts=parts_of(report),
    )
    linked = NewFact(on=on, noted_at=on, by=REPORTER, body=Linked(chain=case_chain, relation=Relation.OPENS))
    came_in, _, *opened = premises().journal.append_linked(
        [Batch(complaint_chain, 0, [submitted, linked]), Batch(case_chain, 0, opening)]
    )
    of_case = [each.fact for each in opened]
    beside = [
        *parties.new(of_case, {(2, tag): said for tag, said in identity_of(report).items()}),
        *complaints.new(
            complaint, case=case, received_on=on, naming=report.naming.value, channel=report.channel.value
        ),
        *outbox.new([outbox.ToTell("desk", complaint_chain, 1)]),
    ]
    return _Recorded(came_in, of_facts(of_case), beside)


def open_case(
    report: Report, complaint: str, book: Rulebook, calendar: Calendar, *, on: date
) -> list[NewFact]:
    """The first facts of a case record: what it pins, who complains, and the receipt, as decided.

    The public form is the office's letterbox: what falls into it is received by the office that receives.
    """
    pinned = Opened(edition=book.edition, rulebook=book.digest, calendar=calendar.digest)
    party = PartyAdded(tag="C1", role=PartyRole.COMPLAINANT, naming=report.naming, complaint=complaint)
    first = [
        Proposed(on=on, by=REPORTER, office=None, body=pinned),
        Proposed(on=on, by=REPORTER, office=None, body=party, parts=identity_of(report)),
    ]
    receipt = book.steps_that_are(Is.RECEIPT)[0]
    answer = decide(
        as_if_recorded(CaseState(), first, noted_at=on, chain="case/new"),
        TakeStep(step=receipt.name, key=complaint if receipt.per is Per.COMPLAINT else None),
        book=book,
        calendar=calendar,
        actor=Actor(by=REPORTER, office=receipt.by[0], tag="C1"),
        roll=appointments.roll(),
        on=on,
        today=on,
    )
    if isinstance(answer, Refused):
        raise UnableToActError(answer.problems)
    return [
        NewFact(on=on, noted_at=on, by=p.by, office=p.office, body=p.body, parts=dict(p.parts))
        for p in (*first, *answer)
    ]


def parts_of(report: Report) -> dict[str, Mapping[str, object]]:
    """What the complaint names and narrates, in erasure units of its own."""
    told = {"text": report.narrative, "when": report.when, "where": report.where, "wish": report.wish}
    parts: dict[str, Mapping[str, object]] = {
        "narrative": {"v": 1, **{k: written(v) for k, v in told.items() if v}},
        "respondent": {"v": 1, "about": written(report.about)},
    }
    if report.naming is not Naming.ANONYMOUS:
        parts["complainant"] = identity_of(report)["C1"]
    return parts


def identity_of(report: Report) -> dict[str, Mapping[str, object]]:
    if report.naming is Naming.ANONYMOUS:
        return {}
    return {"C1": {"v": 1, "name": written(report.name), "contact": written(report.contact)}}


def written(text: str) -> str:
    """As the record keeps text: in the one composed form (threats 3.1), without what no page can show."""
    return unicodedata.normalize("NFC", text.replace("\0", ""))


def new_reference() -> str:
    return reference_from(secrets.token_bytes(16))
