"""What the page of a case is made from: its record, where it stands today, what may happen next."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import TypeVar

from duly.people import Actor, Roll
from duly.procedure.next_steps import NextStep, next_steps
from duly.record.facts import Assigned, StepTaken
from duly.record.fold import CaseState
from duly.rulebook.book import Rulebook
from duly.sanctions import Restriction, restrictions
from duly.timetable.calendar import Calendar
from duly.timetable.marking import Marking
from duly_server.services import casework
from duly_server.services.acting import Acting
from duly_server.services.casework import Case, NoSuchCaseError
from duly_server.services.premises import premises
from duly_server.store import appointments, editions
from duly_server.store.complaints import ComplaintRow
from duly_server.store.visible import complaints_of, may_open, visible

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """One case as one viewer sees it today.

    `names` are the people behind appointments that stand in its record; `linked` the records it points to
    that this viewer may see (case references); `complaints` the rows of its complaints, as far as visible.
    `kept` is shared with every other page of the same record on the same day: see `once`.
    """

    acting: Acting
    reference: str
    case: Case
    marking: Marking
    actors: tuple[Actor, ...]
    roll: Roll
    names: Mapping[str, str]
    linked: frozenset[str]
    complaints: tuple[ComplaintRow, ...]
    kept: dict[Hashable, object]

    @property
    def state(self) -> CaseState:
        return self.case.state

    @property
    def book(self) -> Rulebook:
        return self.marking.book

    @property
    def calendar(self) -> Calendar:
        return self.marking.calendar

    @property
    def today(self) -> date:
        return self.acting.today

    @property
    def offices(self) -> frozenset[str]:
        """The offices the viewer holds today."""
        return frozenset(actor.office for actor in self.actors)

    def once(self, what: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` makes, made once for this record as it stands today.

        Only for what every viewer sees alike, made from the marking and the names alone; `what` tells it from
        other such things.
        """
        key = (what, tuple(sorted(self.names.items())))
        if key not in self.kept:
            self.kept[key] = make()
        return self.kept[key]  # type: ignore[return-value]  # made by the same `make`, above or before

    def steps(self, *, over: bool = True) -> tuple[NextStep, ...]:
        """Every step as it stands for this viewer; without `over` none that is history."""
        return next_steps(self.marking, actors=self.actors, roll=self.roll, today=self.today, over=over)

    def holders(self, office: str) -> tuple[tuple[str, str], ...]:
        """(number, name) of everybody who holds this office today; one query."""
        found = appointments.holders({office}, on=self.today)
        return tuple((number, name) for _, number, name in found)

    def measures(self) -> tuple[Restriction, ...]:
        return restrictions(self.marking)


def read(acting: Acting, reference: str) -> CasePage:
    """The case, if this viewer may see it. Raises NoSuchCaseError. The number of queries is constant."""
    if not may_open(acting.viewer, reference, on=acting.today):
        raise NoSuchCaseError(reference)
    case, marking, kept = _as_of(f"case/{reference}", acting.today)
    roll = appointments.roll()
    numbers = _numbers(case.state) & roll.appointments.keys()
    # With the viewer's own, so that there is one query even where nobody of the office has acted yet.
    known = appointments.names(numbers | acting.viewer.numbers(acting.today))
    return CasePage(
        acting=acting,
        reference=reference,
        case=case,
        marking=marking,
        actors=acting.actors(),
        roll=roll,
        names={number: name for number, name in known.items() if number in numbers},
        linked=_linked(acting, case.state),
        complaints=tuple(complaints_of(reference, case.state.complaints)),
        kept=kept,
    )


def _linked(acting: Acting, state: CaseState) -> frozenset[str]:
    linked = [link.chain.removeprefix("case/") for link in state.links if link.chain.startswith("case/")]
    if not linked:
        return frozenset()
    seen = visible(acting.viewer, on=acting.today).filter(reference__in=linked)
    return frozenset(seen.values_list("reference", flat=True))


def _numbers(state: CaseState) -> set[str]:
    """The appointments that stand in this record."""
    found = {fact.by for fact in state.facts} | set(state.assigned.values())
    for fact in state.facts:
        if isinstance(fact.body, StepTaken):
            found.update(fact.body.present)
        elif isinstance(fact.body, Assigned):
            found.add(fact.body.appointment)
    return found


# A marking is a pure function of the facts, of the edition and calendar they pin, of what was adopted since,
# and of the day. The digest of a record's head stands for all the facts before it.
_AT_MOST = 64
Known = tuple[Case, Marking, dict[Hashable, object]]
_known: OrderedDict[tuple[str, bytes, date, object], Known] = OrderedDict()
_lock = Lock()


def _as_of(chain: str, today: date) -> Known:
    head = premises().journal.heads([chain]).get(chain)
    if head is None:
        raise NoSuchCaseError(chain)
    adopted = tuple(each.digest for each in editions.every())
    key = (chain, head.digest, today, adopted)
    with _lock:
        if key in _known:
            _known.move_to_end(key)
            return _known[key]
    case = casework.just_written.take(chain, head.digest)
    if case is None or case.changes != editions.changes_since(case.state.facts[0].on):
        case = casework.read_record(chain)
    found: Known = (case, case.on(today), {})
    if case.state.head == head.place:
        with _lock:
            _known[key] = found
            while len(_known) > _AT_MOST:
                _known.popitem(last=False)
    return found


def forget() -> None:
    """Read every record afresh from now on."""
    casework.just_written.forget()
    casework.remembered_runs.forget()
    with _lock:
        _known.clear()
