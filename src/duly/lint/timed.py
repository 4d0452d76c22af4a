"""The run of a case in which offices act on their last day: how long it can take, and who is late anyway.

A party acts at once, on its last day, or lets its time run out: each of these is tried. Times are whole
fifths of a day: a working day is seven of them, for five make a week. Holidays, and days moved to the next
working day, are left out; so are powers that nobody needs to use, and third rounds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from duly.lint.conditions import parts_of, timings_of
from duly.lint.effects import Effect, Effects
from duly.lint.machine import Clock, Machine, Move
from duly.rulebook.book import DayRule
from duly.rulebook.phrases import (
    Begins,
    Counted,
    Direction,
    Ends,
    Event,
    FixedDay,
    Occasion,
    Part,
    Reference,
    StepDone,
    Timing,
    Which,
)
from duly.rulebook.steps import Is, Step
from duly.vocabulary import Length, Unit

DAY = 5
MOST_MOMENTS = 60_000
MOST_HELD = 6_000_000  # times and days of all moments, and of the ways on from them: some seconds
MOST_WORK = 8_000_000  # clocks looked at for effects, those of the graph included
MOST_ROUNDS = 2
_FIFTHS = {
    Unit.DAYS: DAY,
    Unit.CLEAR_DAYS: DAY,
    Unit.WORKING_DAYS: 7,
    Unit.WEEKS: 7 * DAY,
    Unit.MONTHS: 31 * DAY,
    Unit.YEARS: 366 * DAY,
}
Key = tuple[str, str]


class Longest(NamedTuple):
    """From a moment, in fifths of a day: to the decision, to the closing, and to the respondent's first news.

    None: it does not come to that, in any run. `has_end` is False where a run comes to a moment at which
    nothing has a time.
    """

    decision: int | None = None
    closing: int | None = None
    news: int | None = None
    has_end: bool = True


@dataclass(frozen=True, slots=True)
class Moment:
    """`dues` are (clock, time left), `since` (occasion, time since the first, since the latest)."""

    marking: int
    dues: tuple[tuple[int, int], ...] = ()
    since: tuple[tuple[Key, int, int], ...] = ()
    fresh: tuple[int, ...] = ()  # clocks of parties that have just started
    waiting: tuple[int, ...] = ()  # clocks that ran out before their step was allowed
    rounds: tuple[int, ...] = ()
    given: frozenset[str] = frozenset()  # the limits that have been extended


@dataclass(slots=True, eq=False)
class _Visit:
    """A moment that is looked at: the ways on that are left, and the one that is followed."""

    moment: Moment
    ways: Iterator[tuple[int, Move | None, Moment | None]]
    found: Longest
    passed: int = 0
    move: Move | None = None


class TooManyError(Exception):
    """More moments than anybody could wait for."""


@dataclass(slots=True, eq=False)
class Timed:
    """`with_more`: every extension is given, and every fixed day is moved, as far as they can be.

    Filled by `longest`: `locked` are the clocks that ran out before their step was allowed, each with the way
    there; `endless` is the way to where the case is open and nothing has a time.
    """

    machine: Machine
    effects: Effects
    with_more: bool
    locked: dict[int, tuple[Move, ...]] = field(default_factory=dict[int, tuple[Move, ...]])
    endless: tuple[Move, ...] | None = None
    _known: dict[Moment, Longest] = field(default_factory=dict[Moment, Longest])
    _way: list[Move] = field(default_factory=list[Move])
    _held: int = 0  # times and days of all moments, and of the ways on
    _asked: frozenset[Key] = frozenset()
    _acts: Mapping[tuple[str, str], tuple[Move, ...]] = field(
        default_factory=dict[tuple[str, str], tuple[Move, ...]]
    )

    def __post_init__(self) -> None:
        self._asked = frozenset(_asked_for(self.machine))
        acts: dict[tuple[str, str], list[Move]] = {}
        for move in self.machine.moves:
            if move.kind == "act":
                acts.setdefault((move.step, move.member), []).append(move)
        self._acts = {key: tuple(moves) for key, moves in acts.items()}

    def longest(self) -> Longest:
        """The longest run of all; raises TooManyError."""
        found = Longest()
        for start in self.machine.starts():
            effect = self.effects.begin(start)
            moment = Moment(effect.on(start), rounds=(0,) * len(self.machine.book.stages))
            begun = self._after(moment, effect, None)
            if begun is not None:
                found = _longer(found, self._from(begun))
        return found

    # --- the run -----------------------------------------------------------------------------------------

    def _from(self, moment: Moment) -> Longest:
        """The longest run from here. As deep as the case is long, so it keeps its own path."""
        path = [self._visit(moment)]
        while True:
            here = path[-1]
            for passed, move, after in here.ways:
                here.passed, here.move = passed, move
                if after is None:
                    continue  # a third round
                ahead = self._known.get(after)
                if ahead is None:
                    self._way += [move] if move is not None else []
                    path.append(self._visit(after, depth=len(path)))
                    break
                here.found = _longer(here.found, self._seen_from(here, ahead))
            else:
                found = self._known[here.moment] = self._whole(here)
                path.pop()
                if not path:
                    return found
                if path[-1].move is not None:
                    self._way.pop()
                path[-1].found = _longer(path[-1].found, self._seen_from(path[-1], found))

    def _visit(self, moment: Moment, *, depth: int = 0) -> "_Visit":
        """Every way on from here; raises TooManyError."""
        if len(self._known) + depth > MOST_MOMENTS or self._held > MOST_HELD or self.effects.work > MOST_WORK:
            raise TooManyError
        if moment.marking & self.machine.closed:
            return _Visit(moment, iter(()), Longest(closing=0))
        ways = list(self._next(moment))
        self._held += (1 + len(ways)) * (len(moment.dues) + len(moment.since))
        if not ways:
            self.endless = self.endless or tuple(self._way)
        return _Visit(moment, iter(ways), Longest(has_end=bool(ways)))

    def _seen_from(self, here: "_Visit", ahead: Longest) -> Longest:
        """What is ahead once the way that is followed from here was gone."""
        if here.move is not None and self._tells(here.move):
            ahead = ahead._replace(news=0)
        return _later(ahead, here.passed)

    def _whole(self, here: "_Visit") -> Longest:
        return here.found._replace(decision=0) if self._is_decided(here.moment.marking) else here.found

    def _is_decided(self, marking: int) -> bool:
        """An appeal is possible, or the case is over."""
        appeals = self.machine.book.steps_that_are(Is.APPEAL)
        if marking & self.machine.closed:
            return True
        return any(m.is_open(marking) for m in self.machine.moves if any(m.step == s.name for s in appeals))

    def _tells(self, move: Move) -> bool:
        step = self.machine.book.steps.get(move.step)
        respondent = self.machine.book.party_office("respondent")
        if step is None or move.kind != "act":
            return False
        return step.is_ is Is.NOTICE or respondent in step.serve_on

    def _next(self, moment: Moment) -> Iterator[tuple[int, Move | None, Moment | None]]:
        """(time that passes, what is done, the moment after it) for each way in which it can go on."""
        for place in moment.waiting:
            acts, wait = self._acts_of(moment, self.machine.clocks[place])
            if acts:
                then = _pass(moment, wait)
                yield from ((wait, move, self._take(then, move)) for move in acts)
                return
        if not moment.dues:
            return
        if moment.fresh:
            clock = self.machine.clocks[moment.fresh[0]]
            yield 0, None, replace(moment, fresh=moment.fresh[1:])
            acts, wait = self._acts_of(moment, clock)
            yield from ((0, move, self._take(moment, move)) for move in acts if wait == 0)
            return
        place, left = min(moment.dues, key=lambda due: (due[1], due[0]))
        clock, passed = self.machine.clocks[place], max(left, 0)
        then = _pass(moment, passed)
        acts, wait = self._acts_of(then, clock)
        if clock.is_party:
            yield from ((passed, move, self._take(then, move)) for move in acts if wait == 0)
            yield passed, self._late_move(place), self._let_pass(then, place)
        elif acts and wait == 0:
            yield from ((passed, move, self._take(then, move)) for move in acts)
        else:
            self.locked.setdefault(place, tuple(self._way))
            dues = tuple(due for due in then.dues if due[0] != place)
            yield passed, None, replace(then, dues=dues, waiting=(*then.waiting, place))

    def _acts_of(self, moment: Moment, clock: Clock) -> tuple[tuple[Move, ...], int]:
        """The ways in which the step of this clock can be taken, and how long until its days allow it."""
        moves = self._acts.get((clock.limit.step, clock.member), ())
        open_ = tuple(move for move in moves if move.is_open(moment.marking))
        step = self.machine.book.steps[clock.limit.step]
        days = [self._day(moment, timing, earliest=True) for timing in step.not_before]
        return open_, max([0, *(day for day in days if day is not None)])

    def _late_move(self, place: int) -> Move | None:
        clock = self.machine.clocks[place]
        return next(
            (m for m in self.machine.moves if m.limit is clock.limit and m.member == clock.member), None
        )

    def _let_pass(self, moment: Moment, place: int) -> Moment | None:
        """A party's time runs out, with what follows."""
        move = self._late_move(place)
        dues = tuple(due for due in moment.dues if due[0] != place)
        moment = replace(moment, dues=dues)
        return moment if move is None or not move.is_open(moment.marking) else self._take(moment, move)

    # --- what a move changes -----------------------------------------------------------------------------

    def _take(self, moment: Moment, move: Move) -> Moment | None:
        return self._after(moment, self.effects.of(move, moment.marking), move)

    def _after(self, moment: Moment, effect: Effect, move: Move | None) -> Moment | None:
        stages = self.machine.book.stages
        rounds = list(moment.rounds)
        occurred: list[Key] = [("opens", "")] if move is None else []
        if move is not None and move.kind == "act":
            occurred.append(("step", move.step))
        for event in effect.events:
            if event.kind in ("begins", "ends"):
                occurred.append((event.kind, event.name))
            if event.kind == "begins" and event.name in stages:
                rounds[stages.index(event.name)] += 1
        if max(rounds) > MOST_ROUNDS:
            return None
        marking = effect.on(moment.marking)
        since = {key: (first, latest) for key, first, latest in moment.since}
        for key in occurred:
            if key in self._asked:
                since[key] = (since[key][0] if key in since else 0, 0)
        after = replace(moment, marking=marking, since=_sorted(since), rounds=tuple(rounds))
        if move is not None and move.kind == "act":
            after = self._fix_days(after, self.machine.book.steps[move.step])
        return self._start(after, effect)

    def _fix_days(self, moment: Moment, step: Step) -> Moment:
        """A day is fixed for the last day that it may be."""
        since = {key: (first, latest) for key, first, latest in moment.since}
        for name in step.sets:
            rule = self.machine.book.days.get(name)
            ahead = self._last_day(moment, rule) if rule is not None else 0
            since["day", name] = (-ahead, -ahead)
        return replace(moment, since=_sorted(since))

    def _last_day(self, moment: Moment, rule: DayRule) -> int:
        first = [self._day(moment, timing, earliest=True) for timing in rule.not_before]
        last = [self._day(moment, timing) for timing in rule.not_after]
        known = [day for day in last if day is not None]
        day = max([0, min(known) if known else 0, *(d for d in first if d is not None)])
        more = rule.moves.at_most if self.with_more and rule.moves else None
        return day + (_fifths(more) if more is not None else 0)

    def _start(self, moment: Moment, effect: Effect) -> Moment:
        """The clocks that run on, and those that start, each with its time left."""
        clocks = self.machine.clocks
        dues = {place: left for place, left in moment.dues if clocks[place].run & moment.marking}
        given, fresh = set(moment.given), [place for place in moment.fresh if place in dues]
        for event in effect.events:
            if event.kind not in ("started", "restarted"):
                continue
            clock = clocks[event.clock]
            if clock.run & moment.marking and self._counts(clock):
                dues[event.clock] = self._due(moment, clock, given)
                fresh += [event.clock] if clock.is_party else []
        waiting = tuple(place for place in moment.waiting if clocks[place].run & moment.marking)
        dues = {place: left for place, left in dues.items() if place not in waiting}
        return replace(
            moment,
            dues=tuple(sorted(dues.items())),
            fresh=tuple(place for place in dict.fromkeys(fresh) if place in dues),
            waiting=waiting,
            given=frozenset(given),
        )

    def _counts(self, clock: Clock) -> bool:
        step = self.machine.book.steps[clock.limit.step]
        return step.is_ is not Is.PROGRESS

    def _due(self, moment: Moment, clock: Clock, given: set[str]) -> int:
        days = [self._day(moment, timing) for timing in timings_of(clock.limit)]
        left = max((day for day in days if day is not None), default=0)
        extend = clock.limit.extend if self.with_more else None
        if extend is not None and clock.limit.name not in given:
            given.add(clock.limit.name)
            left += _fifths(extend.at_most)
        return left

    # --- counting ----------------------------------------------------------------------------------------

    def _day(self, moment: Moment, timing: Timing, *, earliest: bool = False) -> int | None:
        """How far the day is ahead; None while what it counts from has not come and is not now."""
        days = [self._part(moment, part, earliest=earliest) for part in parts_of(timing)]
        known = [day for day in days if day is not None]
        return max(known) if known else None

    def _fifths_of(self, length: Length) -> int:
        """A short period leaves closed days out, as working days do."""
        is_short = self.machine.book.counting.leaves_closed_days_out(length)
        days = length.amount * (7 if length.unit is Unit.WEEKS else 1)
        return days * _FIFTHS[Unit.WORKING_DAYS] if is_short else _fifths(length)

    def _part(self, moment: Moment, part: Part, *, earliest: bool) -> int | None:
        ago = self._ago(moment, part.reference)
        if ago is None:
            return None if earliest else 0
        if not isinstance(part, Counted):
            return -ago
        length = self._fifths_of(part.length)
        clear = DAY if part.length.unit is Unit.CLEAR_DAYS else 0
        match part.direction:
            case Direction.AFTER:
                return length + clear - ago
            case Direction.BEGINNING_WITH:
                return length - DAY - ago
            case Direction.BEFORE:
                return -length - clear - ago

    def _ago(self, moment: Moment, ref: Reference) -> int | None:
        since = {key: (first, latest) for key, first, latest in moment.since}
        keys = [key for one in ref.any_of if (key := _key(one)) is not None]
        times = [since[key] for key in keys if key in since]
        if not times:
            return None if any(key in self._asked for key in keys) else 0
        return max(t[0] for t in times) if ref.which is Which.FIRST else min(t[1] for t in times)


def _key(one: Occasion) -> Key | None:
    match one:
        case StepDone(step=step):
            return "step", step
        case Begins(stage=stage):
            return "begins", stage
        case Ends(stage=stage):
            return "ends", stage
        case FixedDay(day=day):
            return "day", day
        case Event.CASE_OPENS:
            return "opens", ""
        case _:
            return None


def _asked_for(machine: Machine) -> Iterator[Key]:
    """The occasions whose day is asked for later than on that day."""
    book = machine.book
    timings = [timing for step in book.steps.values() for timing in step.not_before]
    timings += [t for day in book.days.values() for t in (*day.not_before, *day.not_after)]
    timings += [t for limit in book.limits for t in timings_of(limit) if len(parts_of(t)) > 1]
    for timing in timings:
        for part in parts_of(timing):
            yield from (key for one in part.reference.any_of if (key := _key(one)) is not None)
    yield from (("day", name) for name in book.days)


def _fifths(length: Length) -> int:
    if length.unit is Unit.HOURS:
        return -(-length.amount // 24) * DAY
    return length.amount * _FIFTHS[length.unit]


def _sorted(since: Mapping[Key, tuple[int, int]]) -> tuple[tuple[Key, int, int], ...]:
    return tuple((key, *since[key]) for key in sorted(since))


def _pass(moment: Moment, time: int) -> Moment:
    if time == 0:
        return moment
    return replace(
        moment,
        dues=tuple((place, left - time) for place, left in moment.dues),
        since=tuple((key, first + time, latest + time) for key, first, latest in moment.since),
    )


def _later(found: Longest, time: int) -> Longest:
    decision, closing, news = (None if each is None else each + time for each in found[:3])
    return Longest(decision, closing, news, found.has_end)


def _longer(one: Longest, other: Longest) -> Longest:
    pairs = zip(one[:3], other[:3], strict=True)
    longest = [max((each for each in pair if each is not None), default=None) for pair in pairs]
    return Longest(longest[0], longest[1], longest[2], one.has_end and other.has_end)
