"""What a move does to a marking: the engine's consequences and clockwork, on bits and without days.

Whatever the working out of a move looked at is noted, so that it is worked out once for all markings that
look the same to it.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from duly.lint.bits import members
from duly.lint.conditions import parts_of, timings_of
from duly.lint.logic import Condition, holds, reads
from duly.lint.machine import Clock, Machine, Move
from duly.rulebook.phrases import (
    Begins,
    BeginsStage,
    Closes,
    Consequence,
    CountsAs,
    Ends,
    EndsWhat,
    Event,
    FixedDay,
    GoesTo,
    Occasion,
    Part,
    Reference,
    StepDone,
    StepDue,
    Tells,
    TooLate,
    Which,
)
from duly.rulebook.steps import Is, Step


class Occurrence(NamedTuple):
    """Something a clock may start from; kinds are those of `duly.rulebook.occasions`."""

    kind: str
    name: str
    member: str = ""
    outcome: str = ""
    office: str = ""
    number: int = 0  # among all that occurred in one move


class Happened(NamedTuple):
    """Something that happened within a move: begins, ends, closes, told, started, restarted, again (what a
    clock that runs counts from), deemed, not deemed. `name` is what it happened to, `clock` the place of a
    clock among the machine's.
    """

    kind: str
    name: str
    clock: int = -1


@dataclass(slots=True, eq=False)
class Effect:
    """The bits a move sets to known values, and what happened."""

    touched: int
    value: int
    events: tuple[Happened, ...]

    def on(self, marking: int) -> int:
        return marking & ~self.touched | self.value


@dataclass(slots=True, eq=False)
class Effects:
    """Every effect worked out so far, by move and by what it looked at.

    `work` is how many clocks were looked at for it: the largest shipped rulebook takes some ten thousand.
    """

    machine: Machine
    work: int = 0
    _known: dict[Move, list[tuple[int, dict[int, Effect]]]] = field(
        default_factory=dict[Move, list[tuple[int, dict[int, Effect]]]]
    )

    def of(self, move: Move, marking: int) -> Effect:
        known = self._known.setdefault(move, [])
        for mask, effects in known:
            found = effects.get(marking & mask)
            if found is not None:
                return found
        self.work += len(self.machine.clocks)
        run = Working(self.machine, marking)
        run.carry_out(move)
        found = run.effect()
        for mask, effects in known:
            if mask == run.looked_at:
                effects[marking & mask] = found
                return found
        known.append((run.looked_at, {marking & run.looked_at: found}))
        return found

    def begin(self, start: int) -> Effect:
        """The case opens, with its receipt if the rulebook has a step for that."""
        run = Working(self.machine, start)
        run.open_the_case()
        return run.effect()


class Working:
    """One move on one marking."""

    def __init__(self, machine: Machine, marking: int) -> None:
        self.machine = machine
        self.book = machine.book
        self.bits = machine.bits
        self.now = marking
        self.touched = 0
        self.looked_at = 0
        self.events: list[Happened] = []
        self.queue: deque[Occurrence] = deque()
        self.number = 0
        self.ended: dict[str, int] = {}  # stage -> the number of its end in this move

    def effect(self) -> Effect:
        if self.now & self.machine.closed:
            gone = ~self.machine.kept_closed & ((1 << len(self.bits.of)) - 1)
            self.touched |= gone
            self.now &= ~gone
        return Effect(self.touched, self.now & self.touched, tuple(self.events))

    # --- bits --------------------------------------------------------------------------------------------

    def is_so(self, condition: Condition) -> bool:
        self.looked_at |= reads(condition) & ~self.touched
        return holds(condition, self.now)

    def has(self, bit: int) -> bool:
        self.looked_at |= bit & ~self.touched
        return self.now & bit != 0

    def put(self, bit: int) -> None:
        self.touched |= bit
        self.now |= bit

    def drop(self, bit: int) -> None:
        self.touched |= bit
        self.now &= ~bit

    def occurs(self, kind: str, name: str, member: str = "", outcome: str = "", office: str = "") -> None:
        self.number += 1
        self.queue.append(Occurrence(kind, name, member, outcome, office, self.number))

    def happened(self, kind: str, name: str, clock: int = -1) -> None:
        self.events.append(Happened(kind, name, clock))

    # --- moves -------------------------------------------------------------------------------------------

    def open_the_case(self) -> None:
        self.occurs("opens", "")
        self.begin(self.book.stages[0])
        first = next((s for s in self.book.steps_that_are(Is.RECEIPT)), None)
        if first is None:
            self.work_through()
        else:
            self.act(first, members(self.book, first)[0], next(iter(first.outcomes), ""), "")

    def carry_out(self, move: Move) -> None:
        if move.kind == "act":
            self.act(self.book.steps[move.step], move.member, move.outcome, move.office)
        elif move.kind == "over":
            self.end(move.measure)
            self.work_through()
        else:
            clock = next(c for c in self.machine.clocks if c.limit is move.limit and c.member == move.member)
            self.run_out(clock)

    def act(self, step: Step, member: str, outcome: str, office: str) -> None:
        self._mark(step, member, outcome, office)
        for clock in self.machine.clocks_of(step.name, member):
            self._stop(clock)
        for day in step.sets:
            self.put(self.bits.bit("day", day))
            self.put(self.bits.bit("seen", "fixed since the notice", day))
            self.occurs("day", day)
        self.occurs("step", step.name, member, outcome, office)
        self.follow(step.then, step, member)
        if outcome:
            self.follow(step.outcomes[outcome].then, step, member)
        for name, measure in self.book.measures.items():
            if step.name in measure.ends_with:
                self.end(name)
        self.work_through()

    def _mark(self, step: Step, member: str, outcome: str, office: str) -> None:
        once = self.bits.bit("mark", step.name, member, "", "")
        twice = self.bits.bit("twice", step.name, member)
        if twice:
            first = self.bits.bit("once", step.name, member)
            if self.has(first):
                self.put(twice)
            self.put(first)
        for bit in (
            once,
            self.bits.bit("mark", step.name, member, outcome, ""),
            self.bits.bit("mark", step.name, member, "", office),
            self.bits.bit("mark", step.name, member, outcome, office),
        ):
            if bit:
                self.put(bit)
        if step.is_ is Is.NOTICE:
            self.put(self.bits.bit("seen", "noticed"))
            self.drop(self.bits.bit("seen", "heard"))
            self.drop(self.bits.all("seen", "fixed since the notice"))
        elif step.is_ is Is.ANSWER:
            self.put(self.bits.bit("seen", "heard"))

    def run_out(self, clock: Clock) -> None:
        self.put(clock.up)
        step = self.book.steps[clock.limit.step]
        if step.is_ is Is.ANSWER and clock.limit.name == step.name:
            self.put(self.bits.bit("seen", "heard"))
        self.occurs("up", step.name, clock.member)
        self.follow(clock.phrases, step, clock.member)
        self.work_through()

    # --- what follows ------------------------------------------------------------------------------------

    def follow(self, phrases: Iterable[Consequence], step: Step, member: str) -> None:
        for phrase in phrases:
            if self.is_so(self.machine.tests[id(phrase)]):
                self._follow(phrase, step, member)

    def _follow(self, phrase: Consequence, step: Step, member: str) -> None:
        match phrase.what:
            case GoesTo(stage=stage):
                for left in step.stages or self.book.stages:
                    self.end(left)
                self.begin(stage)
            case BeginsStage(name=name):
                self.begin(name)
            case EndsWhat(name=name):
                self.end(name)
            case Closes(words=words):
                self.close(words)
            case CountsAs(step=other, outcome=outcome):
                self._count_as(self.book.steps[other], outcome, step, member)
            case Tells(office=office):
                self.happened("told", office)
            case TooLate():
                self.put(self.bits.bit("shut", step.name, member))
                self.fall_away()
            case _:
                pass

    def _count_as(self, step: Step, outcome: str, of: Step, member: str) -> None:
        whom = member if step.per is of.per else members(self.book, step)[0]
        can = self.is_so(self.machine.says.in_play(step))
        if not can or not self.is_so(self.machine.says.not_shut(step, whom)):
            self.happened("not deemed", step.name)
            return
        self.happened("deemed", step.name)
        self.act(step, whom, outcome, "")

    def begin(self, name: str) -> None:
        opened = self.bits.bit("open", name)
        if self.has(opened) or self.has(self.machine.closed):
            return
        self.put(opened)
        begun = self.bits.bit("begun", name)
        if begun:
            self.put(begun)
        self._fresh_round(name)
        self.happened("begins", name)
        self.occurs("begins", name)

    def _fresh_round(self, name: str) -> None:
        self.drop(self.machine.forgotten[name])

    def end(self, name: str) -> None:
        opened = self.bits.bit("open", name)
        if opened:
            if self.has(opened):
                self.drop(opened)
                ended = self.bits.bit("ended", name)
                if ended:
                    self.put(ended)
                self.happened("ends", name)
                self.occurs("ends", name)
                self.ended[name] = self.number
                self._leave(name)
                self.drop(self.machine.over[name])
        elif name in self.book.steps:
            self.put(self.bits.bit("gone", name))
            for clock in self.machine.clocks_of(name):
                self._stop(clock)
        self.fall_away()

    def _leave(self, stage: str) -> None:
        """An office's time on a step falls away with the step's last open stage."""
        for step in self.book.steps.values():
            if stage in step.stages and not any(self.has(self.bits.bit("open", s)) for s in step.stages):
                for clock in self.machine.clocks_of(step.name):
                    if not clock.is_party:
                        self._stop(clock)

    def close(self, words: str) -> None:
        if self.has(self.machine.closed):
            return
        for name in (*self.book.stages, *self.book.measures):
            self.end(name)
        self.put(self.machine.closed)
        self.happened("closes", words)
        self.occurs("closes", "")
        for clock in self.machine.clocks:
            if not self.book.steps[clock.limit.step].even_when_closed:
                self._stop(clock)
                self.drop(clock.wait)

    def fall_away(self) -> None:
        """A party's time falls away when the party no longer may; a shut door is owed by nobody."""
        for clock in self.machine.clocks:
            barred = clock.is_party and self.has(clock.run) and not self.is_so(clock.may_act)
            if barred or (clock.shut and self.has(clock.shut) and self.has(clock.run)):
                self._stop(clock)

    def _stop(self, clock: Clock) -> None:
        self.drop(clock.run)
        if not clock.keeps_up:
            self.drop(clock.up)

    # --- clocks ------------------------------------------------------------------------------------------

    def work_through(self) -> None:
        while self.queue:
            while self.queue:
                occurrence = self.queue.popleft()
                for place in self.machine.starting.get((occurrence.kind, occurrence.name), ()):
                    self._trigger(place, occurrence)
            self._release()
            self.fall_away()

    def _trigger(self, place: int, occurrence: Occurrence) -> None:
        clock = self.machine.clocks[place]
        step = self.book.steps[clock.limit.step]
        if self.has(self.machine.closed) and not step.even_when_closed:
            return
        for timing in timings_of(clock.limit):
            part = next((p for p in parts_of(timing) if is_of(p.reference, occurrence)), None)
            if part is not None and self._is_for(clock, step, part, occurrence):
                self._start(place, clock, part, parts_of(timing), occurrence)
                return

    def _is_for(self, clock: Clock, step: Step, part: Part, occurrence: Occurrence) -> bool:
        kinds = ("step", "up", "due")
        other = self.book.steps[occurrence.name].per if occurrence.kind in kinds else None
        if other is not None and other is step.per:
            return occurrence.member == clock.member
        if other is None or part.reference.which is not Which.UNSAID:
            return True
        return self.is_so(self.machine.groups[id(part), 1, ""])

    def _start(
        self, place: int, clock: Clock, part: Part, parts: tuple[Part, ...], occurrence: Occurrence
    ) -> None:
        kind = "started"
        if part.reference.which is Which.LATEST:
            kind = "restarted" if self.has(clock.run) else "started"
        elif self.has(clock.run) or (
            clock.started and not self._is_own(occurrence) and self.has(clock.started)
        ):
            self._runs_already(place, clock, part, occurrence)
            return
        for each in parts:
            known = is_of(each.reference, occurrence) or self.is_so(
                self.machine.groups[id(each), 0, clock.member]
            )
            if not known:
                return
        self.put(clock.started)
        self._stop(clock)
        self.drop(clock.up)
        if clock.is_party:
            self.put(clock.wait)
            return
        if self.is_so(clock.met) or self._ended_since(clock, occurrence):
            return
        self.put(clock.run)
        self._began(kind, place, clock)

    def _ended_since(self, clock: Clock, occurrence: Occurrence) -> bool:
        """A stage of the step ended after what the time counts from, in the same move, and none is open."""
        stages = self.book.steps[clock.limit.step].stages
        ended = any(self.ended.get(stage, 0) > occurrence.number for stage in stages)
        return ended and not any(self.has(self.bits.bit("open", stage)) for stage in stages)

    def _runs_already(self, place: int, clock: Clock, part: Part, occurrence: Occurrence) -> None:
        """An act that this clock counts from was done again, and the rulebook does not say which counts."""
        unsaid = part.reference.which is Which.UNSAID and not part.reference.or_time_up
        if occurrence.kind == "step" and unsaid and self.has(clock.run):
            self.happened("again", occurrence.name, place)

    def _is_own(self, occurrence: Occurrence) -> bool:
        """Each beginning and each ending is a round of its own."""
        return occurrence.kind in ("begins", "ends")

    def _release(self) -> None:
        for place, clock in enumerate(self.machine.clocks):
            if clock.is_party and self.has(clock.wait) and self.is_so(clock.may_act):
                self.drop(clock.wait)
                self.put(clock.run)
                self._began("started", place, clock)

    def _began(self, kind: str, place: int, clock: Clock) -> None:
        self.happened(kind, clock.limit.name, place)
        if ("due", clock.limit.step) in self.machine.starting:
            self.occurs("due", clock.limit.step, clock.member)


def is_of(ref: Reference, occurrence: Occurrence) -> bool:
    return any(_is_it(occasion, ref, occurrence) for occasion in ref.any_of)


def _is_it(occasion: Occasion, ref: Reference, occurrence: Occurrence) -> bool:
    match occasion:
        case StepDone(step=step, outcome=outcome, by=by):
            if occurrence.kind == "up":
                return ref.or_time_up and occurrence.name == step
            return (
                occurrence.kind == "step"
                and occurrence.name == step
                and outcome in (None, occurrence.outcome)
                and (by is None or by in (occurrence.office, occurrence.member))
            )
        case Begins(stage=stage):
            return occurrence.kind == "begins" and occurrence.name == stage
        case Ends(stage=stage):
            return occurrence.kind == "ends" and occurrence.name == stage
        case StepDue(step=step):
            return occurrence.kind == "due" and occurrence.name == step
        case FixedDay(day=day):
            return occurrence.kind == "day" and occurrence.name == day
        case Event.CASE_OPENS:
            return occurrence.kind == "opens"
        case Event.CASE_CLOSES:
            return occurrence.kind == "closes"
        case _:
            return False
