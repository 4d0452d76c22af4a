"""A graph made ready to be asked: which clocks are whose, what is open, what can be reached from where."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from duly.lint.effects import Effect
from duly.lint.graph import Graph
from duly.lint.machine import Clock, Machine, Move
from duly.lint.timed import Longest, Timed, TooManyError
from duly.rulebook.book import Rulebook
from duly.rulebook.phrases import Closes, Tells
from duly.rulebook.steps import Is, Step
from duly.rulebook.walk import heading


@dataclass(slots=True, eq=False)
class Look:
    """One graph with what several rules ask of it."""

    graph: Graph
    first: list[int] = field(default_factory=list[int])  # of each marking its first edge; one more at the end
    having: dict[Effect, list[int]] = field(default_factory=dict[Effect, list[int]])  # the edges, by effect

    _last: tuple[Timed, Longest | None] | None = None

    def __post_init__(self) -> None:
        """Edges stand in the order of their sources."""
        for edge, effect in enumerate(self.graph.effect):
            self.having.setdefault(effect, []).append(edge)
        at, sources = 0, self.graph.source
        for place in range(len(self.graph.markings) + 1):
            while at < len(sources) and sources[at] < place:
                at += 1
            self.first.append(at)

    @property
    def book(self) -> Rulebook:
        return self.graph.book

    @property
    def machine(self) -> Machine:
        return self.graph.machine

    def last_moments(self) -> tuple[Timed, Longest | None]:
        """The run of last moments without extensions; None if it could not be followed."""
        if self._last is None:
            timed = Timed(self.machine, self.graph.effects, with_more=False)
            try:
                self._last = timed, timed.longest()
            except TooManyError:
                self._last = timed, None
        return self._last

    def clocks(self, which: Callable[[Clock], bool]) -> Iterator[Clock]:
        return (clock for clock in self.machine.clocks if which(clock))

    def owed(self, which: Callable[[Clock], bool]) -> int:
        """The bits of these clocks while they run, late or not."""
        return sum(clock.run for clock in self.clocks(which))

    def is_of(self, clock: Clock, kind: Is) -> bool:
        return self.step_of(clock).is_ is kind

    def step_of(self, clock: Clock) -> Step:
        return self.book.steps[clock.limit.step]

    def open_stages(self, marking: int) -> tuple[str, ...]:
        of = self.machine.bits.of
        return tuple(name for name in self.book.stages if marking & of["open", name])

    def open_markings(self) -> Iterator[tuple[int, int]]:
        """(place, marking) of every marking in which the case is open."""
        closed = self.machine.closed
        return ((n, each) for n, each in enumerate(self.graph.markings) if not each & closed)

    def leaving(self, place: int) -> range:
        """The edges that leave this marking."""
        return range(self.first[place], self.first[place + 1])

    def ahead(self, starts: Iterable[int], stop: Callable[[int, Move], bool]) -> Iterator[int]:
        """Every edge that can be taken from these markings without taking one that `stop` stops at."""
        todo = list(dict.fromkeys(starts))
        known = set(todo)
        while todo:
            for edge in self.leaving(todo.pop()):
                if stop(edge, self.graph.move[edge]):
                    continue
                yield edge
                target = self.graph.target[edge]
                if target not in known:
                    known.add(target)
                    todo.append(target)

    def taking(self, which: Callable[[Move], bool]) -> Iterator[tuple[Move, list[int]]]:
        """Each such move with the edges that take it, in the order in which markings were found."""
        edges: dict[Move, list[int]] = {}
        for effect, (move, _) in self.graph.seen.items():
            if effect in self.having and which(move):
                edges.setdefault(move, []).extend(self.having[effect])
        return ((move, sorted(several)) for move, several in edges.items())

    def reach(self, edges: Iterable[int]) -> bytearray:
        """Of each marking 1 if one of these edges can still be taken from it, else 0."""
        graph, first = self.graph, self.first
        found = bytearray(len(graph.markings))
        for edge in edges:
            found[graph.source[edge]] = 1
        pending = [place for place in range(len(found) - 1, -1, -1) if not found[place]]
        while True:
            still: list[int] = []
            for place in pending:
                for target in graph.target[first[place] : first[place + 1]]:
                    if found[target]:
                        found[place] = 1
                        break
                else:
                    still.append(place)
            if len(still) == len(pending):
                return found
            pending = still

    def happening(self, kind: str) -> dict[Effect, tuple[Move, int]]:
        """The effects in which something of this kind happens, each with where it was first met."""
        return {
            effect: where
            for effect, where in self.graph.seen.items()
            if any(event.kind == kind for event in effect.events)
        }


def is_told(stages: Iterable[str], told: Iterable[Iterable[str]]) -> bool:
    """The same was found with these stages open, or with some of them alone."""
    here = {*stages}
    return any({*each} <= here for each in told)


def escalates(clock: Clock) -> bool:
    """Whether its running out is told to somebody, or closes the case."""
    return any(isinstance(phrase.what, Tells | Closes) for phrase in clock.phrases)


def said(move: Move) -> str:
    """The move in the words of the file: "decide-appeal: sent-back"."""
    if move.kind == "over":
        return f"the end of {move.measure}"
    by = f" by {move.member}" if move.member not in ("", "one") else ""
    if move.kind == "late":
        return f"the time for {move.step}{by} running out"
    return f"{move.step}{f': {move.outcome}' if move.outcome else ''}{by}"


def the_way(moves: Iterable[Move]) -> str:
    """How a marking is reached, in the order of the moves."""
    words = [said(move) for move in moves]
    if not words:
        return "as soon as the case opens"
    start = "… then " if len(words) > 6 else ""
    return f"after {start}{', then '.join(words[-6:])}"


def place_of(book: Rulebook, move: Move) -> str:
    """The heading of the step that the move takes, or whose time runs out; of a measure its own."""
    if move.limit is not None and move.limit.name != move.step:
        return f"limit.{move.limit.name}"
    return heading(book.steps[move.step]) if move.step else f"measure.{move.measure}"


def first_step(book: Rulebook, stage: str) -> str:
    """Where a stage begins in the file: the heading of its first step, or the stage alone."""
    return next((heading(step) for step in book.steps.values() if step.home == stage), stage)
