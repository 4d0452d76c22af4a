"""Keeping the record: verifying it, and making the indexes afresh from it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from duly.record.facts import Appointed, AppointmentEnded, Fact, Imported, Linked, PartyAdded, Submitted
from duly.timetable.over import code_ends_on
from duly_server.services import casework, parties
from duly_server.services.history.standing import mark_in
from duly_server.services.premises import premises
from duly_server.store import appointments, comparing, complaints, history, leaves, receipts
from duly_server.store import parties as tokens
from duly_server.store.verify import RecordProblem, verify


def _nobody(count: int) -> None:
    """Nobody is told how far it is."""


def verify_record(
    *, on: date | None = None, seen: Callable[[int], object] = _nobody
) -> Iterable[RecordProblem]:
    """Every break of every chain and of the log, and every part that is missing or does not open, as found.

    With `on`, today, also what should long be in the log. `seen` is told how many chains were read.
    """
    return verify(premises().journal, on=on, seen=seen)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many records were read, and how many index rows were not as the record says."""

    read: int
    changed: int


def rebuild(*, on: date, seen: Callable[[int], object] = _nobody) -> Rebuilt:
    """Bring every index row to what the record says, as of this day; `seen` is told how many were read."""
    read = changed = 0
    closed: dict[str, tuple[date | None, date | None]] = {}
    changed += _appointments()
    for chains in comparing.chains("case/"):
        with transaction.atomic():
            premises().journal.hold(chains)  # what is put right is what the record says at this moment
            records = premises().journal.read_many(chains)
            said = premises().journal.open_parts(chains)
            for chain in chains:
                marking = casework.of_facts(records[chain]).on(on)
                changed += comparing.put_case_right(marking)
                closed[chain.partition("/")[2]] = (marking.closed_on, code_ends_on(marking))
                mine = {
                    (at.place, at.name): part
                    for at, part in said.items()
                    if at.chain == chain and isinstance(part, dict)
                }
                changed += _tokens(records[chain], mine)
                read += 1
        seen(read)
    for chains in comparing.chains("complaint/"):
        with transaction.atomic():
            records = premises().journal.read_many(chains)
            for chain, facts in records.items():
                changed += comparing.put_complaint_right(complaint_row(chain, facts))
                reference, cases = chain.partition("/")[2], cases_in(facts)
                changed += complaints.put_links_right(reference, cases)
                found = {case: closed[case] for case in cases if case in closed}
                changed += receipts.put_end(reference, receipts.ends(found))
                read += 1
            changed += _marks(records)
        seen(read)
    changed += leaves.put_waiting_right()
    return Rebuilt(read, changed + comparing.remove_strays())


def _tokens(facts: Iterable[Fact], said: Mapping[tuple[int, str], Mapping[str, object]]) -> int:
    facts = tuple(facts)
    reference = facts[0].chain.partition("/")[2]
    wanted = set(parties.rows(facts, said))
    standing = tokens.of_case(reference)
    opened = {fact.body.tag for fact in facts if isinstance(fact.body, PartyAdded)} & {t for _, t in said}
    # The tokens of a part that was erased or does not open cannot be made again: leave them out of it.
    stale = {row for row in standing - wanted if row.tag in opened}
    if stale or wanted - standing:
        tokens.replace(reference, wanted | (standing - stale))
    return len(stale) + len(wanted - standing)


def _marks(records: Mapping[str, Iterable[Fact]]) -> int:
    """For complaints that came from files: by what they are known again, and how many rows they have."""
    rows = {
        chain: sum(isinstance(fact.body, Imported) and fact.body.row == "allegation" for fact in facts)
        for chain, facts in records.items()
        if any(isinstance(fact.body, Imported) for fact in facts)
    }
    if not rows:
        return 0
    said = premises().journal.open_parts(rows, names=["narrative"])
    own = {at.chain: part for at, part in said.items() if at.place == 1 and isinstance(part, dict)}
    return sum(
        history.put_right(chain.partition("/")[2], mark_in({"narrative": own.get(chain, {})}), count)
        for chain, count in rows.items()
    )


def cases_in(facts: Iterable[Fact]) -> dict[str, int]:
    """The cases that a complaint's record says it led to, with the place of each fact; the first first."""
    found: dict[str, int] = {}
    for fact in facts:
        if isinstance(fact.body, Linked) and fact.body.chain.startswith("case/"):
            found.setdefault(fact.body.chain.partition("/")[2], fact.place)
    return found


def complaint_row(chain: str, facts: Iterable[Fact]) -> complaints.ComplaintRow:
    """The index row of one complaint's record."""
    facts = tuple(facts)
    naming = channel = ""
    is_history = False
    for fact in facts:
        match fact.body:
            case Submitted(naming=n, channel=c):
                naming, channel = n.value, c.value
            case Imported():
                is_history = True
            case _:
                pass
    return complaints.row(
        chain.partition("/")[2],
        case=next(iter(cases_in(facts)), None),
        received_on=facts[0].on,
        naming=naming,
        channel=channel,
        is_history=is_history,
    )


def _appointments() -> int:
    journal = premises().journal
    facts = journal.read("office")
    holders = journal.open_parts(["office"], names=["holder"]) if facts else {}
    ends = {f.body.appointment: f.body.before for f in facts if isinstance(f.body, AppointmentEnded)}
    changed = 0
    for fact in facts:
        if isinstance(fact.body, Appointed):
            holder = next((part for at, part in holders.items() if at.place == fact.place), None)
            account = str(holder["account"]) if isinstance(holder, dict) else None
            row = appointments.row(
                fact.body.appointment,
                office=fact.body.office,
                account=account,
                since=fact.body.since,
                before=ends.get(fact.body.appointment, fact.body.until),
            )
            changed += comparing.put_appointment_right(row)
    return changed
