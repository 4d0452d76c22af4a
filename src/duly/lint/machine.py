"""A rulebook made ready to be explored: its bits, its moves, and how a case begins."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

from duly.lint.asked import is_structural, phrases_when_late, questions_in, references_in
from duly.lint.bits import CLOSED, Bits, clock_names, is_of_party, members, shuts
from duly.lint.conditions import Conditions, parts_of, timings_of
from duly.lint.logic import Condition, holds, reads
from duly.rulebook.book import Rulebook
from duly.rulebook.phrases import (
    Consequence,
    Counted,
    CountsAs,
    Direction,
    EndsWhat,
    FixedDay,
    Part,
    StepDone,
    StepDue,
    Which,
)
from duly.rulebook.steps import Is, Limit, Step
from duly.rulebook.walk import following


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """An act of `step` for `member` with `outcome`; the running out of `limit`; or the end of a measure.

    Open in a marking that shows `value` under `mask` and in which each of `also` holds.
    """

    kind: Literal["act", "late", "over"]
    step: str = ""
    member: str = ""
    outcome: str = ""
    office: str = ""
    limit: Limit | None = None
    measure: str = ""
    mask: int = 0
    value: int = 0
    also: tuple[Condition, ...] = ()

    def is_open(self, marking: int) -> bool:
        return marking & self.mask == self.value and all(holds(each, marking) for each in self.also)


@dataclass(slots=True, eq=False)
class Clock:
    """One limit for one member: its bits, and whether anything but words follows when it runs out."""

    limit: Limit
    member: str
    is_party: bool
    run: int
    up: int
    wait: int
    started: int
    shut: int
    phrases: tuple[Consequence, ...]
    may_act: Condition
    met: Condition  # of a time before a day: the step was done in this round
    keeps_up: bool = False  # that it ran out is asked about, even when it is met


@dataclass(slots=True, eq=False)
class Machine:
    book: Rulebook
    bits: Bits
    says: Conditions
    clocks: list[Clock] = field(default_factory=list[Clock])
    by_step: dict[str, list[Clock]] = field(default_factory=dict[str, list[Clock]])  # the same clocks
    moves: list[Move] = field(default_factory=list[Move])
    tests: dict[int, Condition] = field(default_factory=dict[int, Condition])  # by id of a phrase
    groups: dict[tuple[int, int, str], Condition] = field(
        default_factory=dict[tuple[int, int, str], Condition]
    )
    starting: dict[tuple[str, str], tuple[int, ...]] = field(
        default_factory=dict[tuple[str, str], tuple[int, ...]]
    )  # from an occasion to the places of the clocks that may start from it
    forgotten: dict[str, int] = field(default_factory=dict[str, int])  # what a fresh round of a stage forgets
    over: dict[str, int] = field(default_factory=dict[str, int])  # of that, what nothing outside it asks for
    kept_closed: int = 0  # the bits that matter once the case is closed

    @property
    def closed(self) -> int:
        return self.bits.of[CLOSED]

    def clocks_of(self, step: str, member: str | None = None) -> Iterator[Clock]:
        return (clock for clock in self.by_step.get(step, ()) if member in (None, clock.member))

    def starts(self) -> Iterator[int]:
        """The bits set before anything happened: one marking for each way the questions may be answered."""
        asked = questions_in(self.book)
        for answers in product(*(self.book.questions[each].answers for each in asked)):
            yield sum(self.bits.bit("answer", *pair) for pair in zip(asked, answers, strict=True))


def machine(book: Rulebook) -> Machine:
    """Everything that exploring needs, worked out once."""
    bits = Bits()
    found = Machine(book, bits, Conditions(book, bits))
    _name_what_is_there(book, bits)
    found.moves = list(_moves(found))
    found.clocks = list(_clocks(found))
    for clock in found.clocks:
        found.by_step.setdefault(clock.limit.step, []).append(clock)
    for phrase in _phrases(book):
        found.tests[id(phrase)] = found.says.test(phrase.when)
    _name_late(found)
    found.moves += _moves_of_time(found)
    for step in book.steps.values():
        for member in members(book, step):
            if ("twice", step.name, member) in bits.of:
                bits.bit("once", step.name, member)
    _forget_what_is_not_asked(found)
    bits.freeze()
    for name in (*book.stages, *book.measures):
        found.forgotten[name] = _forgotten(found, name)
        found.over[name] = found.forgotten[name] & ~_asked_outside(found, name)
    found.starting = _starting(found)
    found.kept_closed = _kept_closed(found)
    return found


def _name_what_is_there(book: Rulebook, bits: Bits) -> None:
    bits.bit(*CLOSED)
    for name in (*book.stages, *book.measures):
        bits.bit("open", name)
    for each in following(book):
        what = each.consequence.what
        if isinstance(what, EndsWhat) and what.name in book.steps:
            bits.bit("gone", what.name)
    for limit in book.limits:
        if shuts(limit):
            for member in members(book, book.steps[limit.step]):
                bits.bit("shut", limit.step, member)
    for kind, seen in ((Is.NOTICE, "noticed"), (Is.ANSWER, "heard")):
        if book.steps_that_are(kind):
            bits.bit("seen", seen)
    for step in book.steps_that_are(Is.FINDING):
        for member in members(book, step):
            for outcome in step.adverse:
                bits.bit("mark", step.name, member, outcome, "")
    for name in book.days:
        bits.bit("seen", "fixed since the notice", name)


def _moves(found: Machine) -> Iterator[Move]:
    """Every way in which every step can be taken."""
    book, says = found.book, found.says
    for step in book.steps.values():
        for member in members(book, step):
            base = says.enabled(step, member)
            for outcome in step.outcomes or ("",):
                rules = [*base]
                if outcome:
                    rules += says.allows(step, member, step.outcomes[outcome])
                mask, value, also = joined(rules)
                for office in _offices(book, step):
                    yield Move("act", step.name, member, outcome, office, None, "", mask, value, also)


def _offices(book: Rulebook, step: Step) -> Sequence[str]:
    """Who takes it, where anything depends on that."""
    asked = {
        one.by
        for ref in references_in(book)
        for one in ref.any_of
        if isinstance(one, StepDone) and one.step == step.name
    }
    return step.by if len(step.by) > 1 and any(each in step.by for each in asked) else ("",)


def reads_all(conditions: Sequence[Condition]) -> int:
    found = 0
    for each in conditions:
        found |= reads(each)
    return found


def joined(rules: Sequence[Condition]) -> tuple[int, int, tuple[Condition, ...]]:
    """All of these as one mask and value, and what has several terms beside it."""
    mask = value = 0
    also: list[Condition] = []
    for rule in rules:
        if len(rule) != 1:
            also.append(rule)
            continue
        ((more, shows),) = rule
        if (value ^ shows) & mask & more:
            also.append(())
        mask, value = mask | more, value | shows
    return mask, value, tuple(dict.fromkeys(also))


def _clocks(found: Machine) -> Iterator[Clock]:
    book, bits, says = found.book, found.bits, found.says
    for limit in book.limits:
        step = book.steps[limit.step]
        party = is_of_party(book, limit)
        for member, name in clock_names(book, limit):
            yield Clock(
                limit=limit,
                member=member,
                is_party=party,
                run=bits.bit("run", *name),
                up=0,
                wait=bits.bit("wait", *name) if party else 0,
                started=bits.bit("started", *name) if _counts_starts(found, limit) else 0,
                shut=bits.of.get(("shut", limit.step, member), 0),
                phrases=phrases_when_late(book, limit),
                may_act=says.may_act(step, member) if party else (),
                met=says.done(StepDone(step.name), member) if _is_before(limit) else (),
            )
        _groups(found, limit)


def _is_before(limit: Limit) -> bool:
    """It is met by any earlier act in the round, though the day was fixed later."""
    parts = [part for timing in timings_of(limit) for part in parts_of(timing)]
    return any(isinstance(part, Counted) and part.direction is Direction.BEFORE for part in parts)


def _groups(found: Machine, limit: Limit) -> None:
    """What a clock asks when something occurs: has the rest of it come, and for all of a group?"""
    step = found.book.steps[limit.step]
    for timing in timings_of(limit):
        parts = parts_of(timing)
        for part in parts:
            if len(parts) > 1:
                for member in members(found.book, step):
                    found.groups[id(part), 0, member] = found.says.holds(part.reference, member, step.per)
            groups = {found.book.steps[name].per for name in _steps_in(part)} - {None, step.per}
            if groups and part.reference.which is Which.UNSAID:
                found.groups[id(part), 1, ""] = found.says.holds(part.reference, "", None)


def _steps_in(part: Part) -> Iterator[str]:
    return (one.step for one in part.reference.any_of if isinstance(one, StepDone | StepDue))


def _counts_starts(found: Machine, limit: Limit) -> bool:
    """Whether what it counts from may come twice in a round."""
    for timing in timings_of(limit):
        for part in parts_of(timing):
            done = [one for one in part.reference.any_of if isinstance(one, StepDone)]
            again = any(found.book.steps[one.step].times != 1 for one in done)
            fixed = any(isinstance(one, FixedDay) for one in part.reference.any_of)
            if len(part.reference.any_of) > 1 or again or fixed or (done and part.reference.or_time_up):
                return True
    return False


def _phrases(book: Rulebook) -> Iterator[Consequence]:
    return (each.consequence for each in following(book))


def _name_late(found: Machine) -> None:
    """A clock that has run out is another thing than one that runs where anything hangs on it."""
    for clock in found.clocks:
        name = ("up", clock.limit.name, str(clock.limit.part), clock.member)
        clock.keeps_up = name in found.bits.of
        if any(is_structural(phrase.what) for phrase in clock.phrases):
            found.bits.bit(*name)
        clock.up = found.bits.of.get(name, 0)


def _moves_of_time(found: Machine) -> Iterator[Move]:
    for clock in found.clocks:
        if clock.up:
            both = clock.run | clock.up
            yield Move("late", clock.limit.step, clock.member, limit=clock.limit, mask=both, value=clock.run)
    for name, measure in found.book.measures.items():
        if measure.at_most is not None:
            bit = found.bits.of["open", name]
            yield Move("over", measure=name, mask=bit, value=bit)


def _forget_what_is_not_asked(found: Machine) -> None:
    """Marks that no condition looks at."""
    asked = _asked_outside(found, "") | _found_against(found)
    marks = sum(found.bits.all(kind) for kind in ("mark", "begun", "ended"))
    found.bits.forget(marks & ~asked)


def _asked_outside(found: Machine, stage: str) -> int:
    """Every bit that is looked at for something other than the steps that stand in this stage alone."""
    steps = found.book.steps
    sanctions = found.book.steps_that_are(Is.SANCTION)
    asked = _found_against(found) if any(step.stages != (stage,) for step in sanctions) else 0
    inside = {name for name, step in steps.items() if step.stages == (stage,)}
    for move in found.moves:
        if move.step not in inside:
            asked |= move.mask | reads_all(move.also)
    for clock in found.clocks:
        if clock.limit.step not in inside:
            asked |= reads(clock.may_act) | reads(clock.met)
            for timing in timings_of(clock.limit):
                for part in parts_of(timing):
                    asked |= reads(found.groups.get((id(part), 0, clock.member), ()))
                    asked |= reads(found.groups.get((id(part), 1, ""), ()))
    for each in following(found.book):
        if each.step is None or each.step.name not in inside:
            asked |= reads(found.tests[id(each.consequence)])
            asked |= _asked_by(found, each.consequence)
    return asked


def _found_against(found: Machine) -> int:
    """The marks of findings against a party, which the observer of sanctions looks at (L16)."""
    return sum(
        bit
        for step in found.book.steps_that_are(Is.FINDING)
        for name, bit in found.bits.of.items()
        if name[:2] == ("mark", step.name) and name[3] in step.adverse
    )


def _asked_by(found: Machine, phrase: Consequence) -> int:
    """What counts as done must be in play."""
    if not isinstance(phrase.what, CountsAs):
        return 0
    step = found.book.steps[phrase.what.step]
    return reads(found.says.in_play(step)) | found.bits.all("shut", step.name)


def _forgotten(found: Machine, stage: str) -> int:
    """Acts, fixed days, shut doors and times run out of the steps that stand in this stage alone."""
    bits, gone = found.bits, 0
    for step in found.book.steps.values():
        if step.stages != (stage,):
            continue
        for kind in ("mark", "once", "twice", "shut"):
            gone |= bits.all(kind, step.name)
        gone |= bits.bit("gone", step.name)
        for day in step.sets:
            gone |= bits.bit("day", day) | bits.bit("seen", "fixed since the notice", day)
        for clock in found.clocks_of(step.name):
            gone |= clock.up
        for clock in found.clocks:
            if clock.started and step.name in _counts_from(found.book, clock.limit):
                gone |= clock.started
    return gone


def _counts_from(book: Rulebook, limit: Limit) -> frozenset[str]:
    """The steps that its time counts from, or that fix the day it counts from."""
    names: set[str] = set()
    for timing in timings_of(limit):
        for part in parts_of(timing):
            names |= set(_steps_in(part))
            days = {one.day for one in part.reference.any_of if isinstance(one, FixedDay)}
            names |= {step.name for step in book.steps.values() if days & set(step.sets)}
    return frozenset(names)


def _starting(found: Machine) -> dict[tuple[str, str], tuple[int, ...]]:
    return {
        occasion: tuple(
            place for place, clock in enumerate(found.clocks) if any(clock.limit is each for each in limits)
        )
        for occasion, limits in found.book.limits_by_occasion.items()
    }


def _kept_closed(found: Machine) -> int:
    """What is asked of a closed case, by the steps that can still be taken."""
    kept = found.bits.of[CLOSED]
    for step in found.book.steps.values():
        if step.even_when_closed:
            for move in found.moves:
                if move.step == step.name:
                    kept |= move.mask
                    kept |= reads_all(move.also)
            kept |= sum(c.run | c.up | c.started for c in found.clocks_of(step.name))
            kept |= found.bits.all("mark", step.name) | found.bits.all("twice", step.name)
            kept |= found.bits.all("shut", step.name)
    return kept & ~found.bits.all("open")
