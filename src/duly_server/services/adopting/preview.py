"""What an adoption does, or a withdrawal undoes, case by case, worked out by what then governs the cases."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from duly.rulebook.prose import title
from duly.timetable.adopted import Change, Effect, Fate, Moving, NewCalendar
from duly.timetable.state import state
from duly_server.services import casework
from duly_server.services.casework import Case
from duly_server.services.premises import premises
from duly_server.store import proposals

AT_ONCE = 25  # records in memory
MOST_STOPS = 20  # named; the others are counted

# Told how many cases were looked at, and of how many; False: that is enough for now.
Seen = Callable[[int, int], bool]


class LookedAt(Protocol):
    """A change that is proposed, or one that was adopted and may be withdrawn, by the digest of its file."""

    @property
    def digest(self) -> str: ...

    @property
    def change(self) -> Change: ...


@dataclass(frozen=True, slots=True)
class CaseEffect:
    """What the adoption does to one case; None: it does not touch it. `stops` is what forbids it."""

    reference: str
    effect: Effect | None
    stops: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """How far the open cases were looked at: `cases` of them up to `reached`, and what was found.

    `heads` is the state of the record it was found in; `moving` counts clocks whose day moves, `ending` the
    measures and pauses whose last day does, `fates` cases by what becomes of them; of `stops`, what forbids
    the adoption, the first are named.
    """

    heads: str
    total: int
    cases: int = 0
    reached: str = ""
    is_whole: bool = False
    moving: int = 0
    ending: int = 0
    fates: dict[str, int] = field(default_factory=dict[str, int])
    stops: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    stopped: int = 0

    def count(self, fate: Fate) -> int:
        return self.fates.get(fate.value, 0)

    @property
    def untouched(self) -> int:
        return self.cases - sum(self.fates.values())


def look(proposal: LookedAt, *, on: date, seen: Seen) -> Looked:
    """Look at open cases, from where it was left, until all were looked at or `seen` says that it is enough.

    What was found is kept; if the record went on meanwhile, it begins afresh.
    """
    looked = looked_so_far(proposal, on=on)
    while not looked.is_whole:
        some = cases(proposal, on=on, after=looked.reached, at_most=AT_ONCE)
        looked = _with(looked, some)
        if not seen(looked.cases, looked.total):
            break
    proposals.note(proposal.digest, looked=_written(looked), heads=looked.heads)
    return looked


def looked_so_far(proposal: LookedAt, *, on: date) -> Looked:
    """What `look` has found, if the record is still what it was found in; else nothing."""
    kept, heads = proposals.find(proposal.digest), proposals.heads(on)
    if kept is not None and kept.looked and kept.heads == heads:
        said = json.loads(kept.looked)
        return Looked(**{**said, "stops": [(reference, says) for reference, says in said["stops"]]})
    return Looked(heads=heads, total=proposals.how_many())


def cases(proposal: LookedAt, *, on: date, after: str = "", at_most: int = AT_ONCE) -> Sequence[CaseEffect]:
    """What it would do to the open cases after this reference, in their order."""
    references = proposals.open_cases(after, at_most)
    records = premises().journal.read_many([f"case/{reference}" for reference in references])
    found: list[CaseEffect] = []
    for reference in references:
        facts = records[f"case/{reference}"]
        # A row that no record knows is a stray, which `record rebuild` removes: nothing runs in it.
        case = casework.of_facts(facts) if facts else None
        found.append(effect_on(case, proposal, on=on) if case else CaseEffect(reference, None))
    return found


def effect_on(case: Case, proposal: LookedAt, *, on: date) -> CaseEffect:
    """What it does to this case: the case run on to the day it governs, as adopted, or as if it were."""
    change, reference = proposal.change, case.state.chain.partition("/")[2]
    until = max(change.since, on)
    is_adopted = any(_is_of(proposal.digest, each) for each in case.changes)
    changes = case.changes if is_adopted else _in_order((*case.changes, change))
    marking = state(case.state, case.book, case.calendar, on=until, changes=changes)
    effect = next((each for each in marking.effects if _is_of(proposal.digest, each.change)), None)
    return CaseEffect(reference, effect, tuple(_stops(effect)) if effect else ())


def _is_of(digest: str, change: Change) -> bool:
    return digest == (change.calendar if isinstance(change, NewCalendar) else change.book).digest


def _in_order(changes: Sequence[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda each: each.since))


def _stops(effect: Effect) -> Iterator[str]:
    """No time that runs is left without a day because a calendar does not reach."""
    for each in effect.clocks:
        if each.before is not None and each.after is None and each.uncounted:
            yield f"“{title(each.clock.limit.name)}” would have no last day: {each.uncounted}"


def moving_first(effect: Effect) -> tuple[Moving, ...]:
    """The clocks that ran, those whose day moves first, then by their day."""
    ordered = sorted(effect.clocks, key=lambda each: each.before or each.after or date.max)
    return tuple(sorted(ordered, key=lambda each: not each.moves))


def _with(looked: Looked, some: Sequence[CaseEffect]) -> Looked:
    found = [each.effect for each in some if each.effect is not None]
    fates = Counter(looked.fates) + Counter(effect.fate.value for effect in found)
    stops = [(each.reference, says) for each in some for says in each.stops]
    return replace(
        looked,
        cases=looked.cases + len(some),
        reached=some[-1].reference if some else looked.reached,
        is_whole=len(some) < AT_ONCE,
        moving=looked.moving + sum(len(effect.moving) for effect in found),
        ending=looked.ending + sum(len(effect.ending) for effect in found),
        fates=dict(fates),
        stops=[*looked.stops, *stops][:MOST_STOPS],
        stopped=looked.stopped + len(stops),
    )


def _written(looked: Looked) -> str:
    return json.dumps({name: getattr(looked, name) for name in Looked.__slots__})
