"""Facts of one case record to what was done in it; knows no rulebook."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import assert_never

from duly.record.facts import (
    AdoptionWithdrawn,
    AllegationAdded,
    Appointed,
    AppointmentEnded,
    Assigned,
    CalendarAdopted,
    ConflictDeclared,
    Corrected,
    DecisionDayOrdered,
    DecisionDaySet,
    Expired,
    Fact,
    FastTracked,
    FastTrackOrdered,
    FileImported,
    FindingMade,
    Imported,
    KeysBackedUp,
    Linked,
    NoConflictDeclared,
    Opened,
    PartyAdded,
    PartyRole,
    Paused,
    QuestionAnswered,
    RecoveryKeySet,
    Restored,
    Resumed,
    RulebookAdopted,
    SanctionEnded,
    SanctionImposed,
    SealOpened,
    SignInReset,
    StepTaken,
    Submitted,
    TimeExtended,
    Told,
    TrackedByOrder,
    Waived,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseState:
    """What was done in one case.

    `moves` are the facts that move the marking, in the order in which they count: by day, then by place.
    Facts that a later fact corrects are left out of everything but `facts`.
    """

    facts: tuple[Fact, ...] = ()
    moves: tuple[Fact, ...] = ()
    opened: Opened | None = None
    parties: Mapping[str, PartyAdded] = field(default_factory=dict[str, PartyAdded])
    allegations: Mapping[str, AllegationAdded] = field(default_factory=dict[str, AllegationAdded])
    complaints: tuple[str, ...] = ()
    findings: tuple[Fact, ...] = ()
    sanctions: tuple[Fact, ...] = ()
    assigned: Mapping[str, str] = field(default_factory=dict[str, str])
    conflicts: Mapping[str, date] = field(default_factory=dict[str, date])  # appointment -> day declared
    unconflicted: frozenset[str] = frozenset()  # appointments of those who said that they know of none
    links: tuple[Linked, ...] = ()
    lifted: Mapping[int, date] = field(default_factory=dict[int, date])  # place of the sanction -> day
    corrected: frozenset[int] = frozenset()

    @property
    def chain(self) -> str:
        return self.facts[0].chain if self.facts else ""

    @property
    def head(self) -> int:
        """The place of the last fact, 0 for none: what the next writer must have seen."""
        return self.facts[-1].place if self.facts else 0

    @property
    def last_on(self) -> date | None:
        """The latest day on which something moved."""
        return self.moves[-1].on if self.moves else None

    def tags(self, role: PartyRole) -> tuple[str, ...]:
        return tuple(tag for tag, party in self.parties.items() if party.role is role)


def fold(facts: Iterable[Fact]) -> CaseState:
    """The state after these facts, which stand in the order of their places."""
    every = tuple(facts)
    corrected = _corrected(every)
    gathered = _Gathered()
    for fact in every:
        if fact.place not in corrected:
            _gather(gathered, fact)
    moves = sorted(gathered.moves, key=_when_it_counts)
    return CaseState(
        facts=every,
        moves=tuple(moves),
        opened=gathered.opened,
        parties=gathered.parties,
        allegations=gathered.allegations,
        complaints=tuple(gathered.complaints),
        findings=tuple(gathered.findings),
        sanctions=tuple(gathered.sanctions),
        assigned=gathered.assigned,
        conflicts=gathered.conflicts,
        unconflicted=frozenset(gathered.unconflicted),
        links=tuple(gathered.links),
        lifted=gathered.lifted,
        corrected=corrected,
    )


def _corrected(facts: tuple[Fact, ...]) -> frozenset[int]:
    """The places of the facts that no longer count. A correction that was corrected takes nothing out."""
    found: set[int] = set()
    for fact in reversed(facts):
        if isinstance(fact.body, Corrected) and fact.place not in found:
            found.add(fact.body.corrects)
    return frozenset(found)


@dataclass(slots=True)
class _Gathered:
    moves: list[Fact] = field(default_factory=list[Fact])
    opened: Opened | None = None
    parties: dict[str, PartyAdded] = field(default_factory=dict[str, PartyAdded])
    allegations: dict[str, AllegationAdded] = field(default_factory=dict[str, AllegationAdded])
    complaints: dict[str, None] = field(default_factory=dict[str, None])
    findings: list[Fact] = field(default_factory=list[Fact])
    sanctions: list[Fact] = field(default_factory=list[Fact])
    assigned: dict[str, str] = field(default_factory=dict[str, str])
    conflicts: dict[str, date] = field(default_factory=dict[str, date])
    unconflicted: set[str] = field(default_factory=set[str])
    links: list[Linked] = field(default_factory=list[Linked])
    lifted: dict[int, date] = field(default_factory=dict[int, date])


def _gather(into: _Gathered, fact: Fact) -> None:
    match fact.body:
        case StepTaken() | QuestionAnswered() | TimeExtended() | Paused() | Resumed() | FastTracked():
            into.moves.append(fact)
        case Waived() | Expired() | TrackedByOrder() | DecisionDaySet():
            into.moves.append(fact)
        case PartyAdded() as party:
            into.moves.append(fact)
            into.parties[party.tag] = party
            if party.complaint:
                into.complaints[party.complaint] = None
        case AllegationAdded() as allegation:
            into.moves.append(fact)
            into.allegations[allegation.allegation] = allegation
        case FindingMade():
            into.findings.append(fact)
        case SanctionImposed():
            into.sanctions.append(fact)
        case SanctionEnded(sanction=place):
            into.lifted[place] = fact.on
        case Opened() as opened:
            into.opened = opened
        case Assigned(office=office, appointment=appointment):
            into.assigned[office] = appointment
        case ConflictDeclared(appointments=numbers):
            into.conflicts |= dict.fromkeys(numbers, fact.on)
            # Whoever stands out holds nothing in the case: what was theirs waits for somebody else.
            into.assigned = {o: held for o, held in into.assigned.items() if held not in numbers}
        case NoConflictDeclared(appointments=numbers):
            into.unconflicted.update(numbers)
        case Linked() as link:
            into.links.append(link)
        case Corrected() | Told() | SealOpened():
            pass  # a correction was read before; the others move nothing
        case Submitted() | Imported():
            pass  # stand on the record of a complaint
        case Appointed() | AppointmentEnded() | RulebookAdopted() | CalendarAdopted() | FileImported():
            pass  # stand on the record of the organisation
        case RecoveryKeySet() | KeysBackedUp() | Restored() | SignInReset():
            pass  # likewise
        case FastTrackOrdered() | DecisionDayOrdered() | AdoptionWithdrawn():
            pass  # the same
        case _:
            assert_never(fact.body)


def _when_it_counts(fact: Fact) -> tuple[date, int]:
    """By day; within a day by place ("place orders facts of one day", rulebook-format 3)."""
    return fact.on, fact.place
