"""What the record says should stand in the indexes: held against what stands there, and put right.

Looking takes no lock and may be wrong about a record that goes on meanwhile. So whatever is put right is
worked out once more with the record held, by `put_right`, for a few records at a time.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from django.db import transaction

from duly.record.facts import Appointed, AppointmentEnded, Fact, Imported, Linked, PartyAdded, Submitted
from duly.timetable.marking import Marking
from duly.timetable.over import code_ends_on
from duly_server.services import casework, parties
from duly_server.services.history.standing import mark_in
from duly_server.services.premises import premises
from duly_server.services.setup import OFFICE
from duly_server.store import appointments, comparing, complaints, history, receipts
from duly_server.store.busy import patiently
from duly_server.store.parties import Token, of_case, replace

FEW = 5  # records worked out and written while others wait
_Said = Mapping[tuple[int, str], Mapping[str, object]]


class Recorded(Protocol):
    """What some record says should stand."""

    def is_otherwise(self) -> bool:
        """Whether anything of it stands otherwise."""
        ...

    def put_right(self) -> int:
        """Make it stand so; how many rows had to change."""
        ...


@dataclass(frozen=True, slots=True)
class CaseAsRecorded:
    """One case; `opened` are the tags of the parties whose part opens."""

    marking: Marking
    tokens: frozenset[Token]
    opened: frozenset[str]

    @property
    def reference(self) -> str:
        return self.marking.case.chain.partition("/")[2]

    def is_otherwise(self) -> bool:
        return comparing.is_case_otherwise(self.marking) or any(self._tokens())

    def put_right(self) -> int:
        stale, missing = self._tokens()
        if stale or missing:
            replace(self.reference, (of_case(self.reference) - stale) | missing)
        return comparing.put_case_right(self.marking) + len(stale) + len(missing)

    def _tokens(self) -> tuple[set[Token], set[Token]]:
        """Those that should not stand, and those that should. The tokens of a part that was erased or does
        not open cannot be made again: they are left."""
        standing = of_case(self.reference)
        stale = {row for row in standing - self.tokens if row.tag in self.opened}
        return stale, {*self.tokens} - standing


@dataclass(frozen=True, slots=True)
class ComplaintAsRecorded:
    """One complaint; `rows` and `mark` for one that came from a file (of others `rows` is None)."""

    row: complaints.ComplaintRow
    cases: Mapping[str, int]
    ends_on: date | None
    rows: int | None
    mark: bytes | None

    def is_otherwise(self) -> bool:
        reference = self.row.reference
        return (
            comparing.is_otherwise(self.row)
            or any(complaints.wrong_links(reference, self.cases))
            or receipts.wrong_ends(reference, self.ends_on).exists()
            or (self.rows is not None and history.is_otherwise(reference, self.mark, self.rows))
        )

    def put_right(self) -> int:
        reference = self.row.reference
        changed = comparing.put_row_right(self.row)
        changed += complaints.put_links_right(reference, self.cases)
        changed += receipts.put_end(reference, self.ends_on)
        if self.rows is not None:
            changed += history.put_right(reference, self.mark, self.rows)
        return changed


# --- the records in hand ----------------------------------------------------------------------------------


def put_cases_right(chains: Sequence[str], *, on: date) -> int:
    """The indexes of these cases as the record says on this day; how many rows had to change."""
    known = comparing.cases_that_stand(chains)
    looked = {chain: said.is_otherwise() for chain, said in _cases([*known], on=on).items()}
    wrong = [chain for chain in chains if looked.get(chain, True)]
    return sum(patiently(partial(_put_cases_right, some, on=on)) for some in _few(wrong))


def _put_cases_right(chains: Sequence[str], *, on: date) -> int:
    with transaction.atomic():
        premises().journal.hold(chains)
        return sum(said.put_right() for said in _cases(chains, on=on).values())


def _cases(chains: Sequence[str], *, on: date) -> dict[str, CaseAsRecorded]:
    records = premises().journal.read_many(chains)
    said: dict[str, dict[tuple[int, str], Mapping[str, object]]] = {chain: {} for chain in chains}
    for at, part in premises().journal.open_parts(chains).items():
        if isinstance(part, dict):
            said[at.chain][at.place, at.name] = part
    return {chain: _case(records[chain], said[chain], on=on) for chain in chains}


def _case(facts: Sequence[Fact], said: _Said, *, on: date) -> CaseAsRecorded:
    tags = {fact.body.tag for fact in facts if isinstance(fact.body, PartyAdded)}
    return CaseAsRecorded(
        marking=casework.of_facts(facts).on(on),
        tokens=frozenset(parties.rows(facts, said)),
        opened=frozenset(tags & {name for _, name in said}),
    )


def put_complaints_right(chains: Sequence[str], *, on: date) -> int:
    """The indexes of these complaints as the record says on this day; how many rows had to change."""
    looked = _complaints(chains, on=on)
    wrong = [chain for chain, said in looked.items() if said.is_otherwise()]
    return sum(patiently(partial(_put_complaints_right, some, on=on)) for some in _few(wrong))


def _put_complaints_right(chains: Sequence[str], *, on: date) -> int:
    """When a code ends hangs on the cases of the complaint, so these are held too, before the complaints as
    everybody does. A complaint that gets another case in between was put right by whoever gave it."""
    before = {chain: set(cases_in(facts)) for chain, facts in premises().journal.read_many(chains).items()}
    with transaction.atomic():
        premises().journal.hold([*chains, *(f"case/{each}" for each in set().union(*before.values()))])
        said = _complaints(chains, on=on)
        return sum(each.put_right() for chain, each in said.items() if set(each.cases) == before[chain])


def _complaints(chains: Sequence[str], *, on: date) -> dict[str, ComplaintAsRecorded]:
    records = premises().journal.read_many(chains)
    cases = {chain: cases_in(facts) for chain, facts in records.items()}
    closings = _closings({case for of_one in cases.values() for case in of_one}, on=on)
    rows = {
        chain: sum(isinstance(fact.body, Imported) and fact.body.row == "allegation" for fact in facts)
        for chain, facts in records.items()
        if any(isinstance(fact.body, Imported) for fact in facts)
    }
    marks = _marks(rows)
    return {
        chain: ComplaintAsRecorded(
            row=complaint_row(chain, facts),
            cases=cases[chain],
            ends_on=receipts.ends({case: closings[case] for case in cases[chain] if case in closings}),
            rows=rows.get(chain),
            mark=marks.get(chain),
        )
        for chain, facts in records.items()
    }


def _closings(cases: Collection[str], *, on: date) -> dict[str, tuple[date | None, date | None]]:
    """For each of these cases that is there: the days of its closing and of the end of its codes.

    Only a case whose row says that it is closed is worked out; the rows of cases are right by then.
    """
    is_closed = comparing.closed(cases)
    found: dict[str, tuple[date | None, date | None]] = dict.fromkeys(is_closed, (None, None))
    closed = [f"case/{case}" for case, is_over in is_closed.items() if is_over]
    for chain, facts in premises().journal.read_many(closed).items():
        marking = casework.of_facts(facts).on(on)
        found[chain.partition("/")[2]] = (marking.closed_on, code_ends_on(marking))
    return found


def _marks(chains: Collection[str]) -> dict[str, bytes | None]:
    """By what complaints that came from files are known again; None where that does not open."""
    said = premises().journal.open_parts(chains, names=["narrative"]) if chains else {}
    own = {at.chain: part for at, part in said.items() if at.place == 1 and isinstance(part, dict)}
    return {chain: mark_in({"narrative": own.get(chain, {})}) for chain in chains}


def _few(chains: Sequence[str]) -> Iterable[Sequence[str]]:
    return (chains[start : start + FEW] for start in range(0, len(chains), FEW))


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


# --- who holds which office -------------------------------------------------------------------------------


def put_appointments_right() -> int:
    """The rows of all appointments as the office's record says; how many had to change."""
    if not any(comparing.is_otherwise(row) for row in _appointments()):
        return 0

    def put_right() -> int:
        with transaction.atomic():
            premises().journal.hold([OFFICE])
            return sum(comparing.put_row_right(row) for row in _appointments())

    return patiently(put_right)


def _appointments() -> list[comparing.IndexRow]:
    journal = premises().journal
    facts = journal.read(OFFICE)
    holders = journal.open_parts([OFFICE], names=["holder"]) if facts else {}
    ends = {f.body.appointment: f.body.before for f in facts if isinstance(f.body, AppointmentEnded)}
    rows: list[comparing.IndexRow] = []
    for fact in facts:
        if isinstance(fact.body, Appointed):
            holder = next((part for at, part in holders.items() if at.place == fact.place), None)
            account = str(holder["account"]) if isinstance(holder, dict) else None
            rows.append(
                appointments.row(
                    fact.body.appointment,
                    office=fact.body.office,
                    account=account,
                    since=fact.body.since,
                    before=ends.get(fact.body.appointment, fact.body.until),
                )
            )
    return rows
