"""Every marking that a case can come to under a rulebook, and the moves between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from duly.lint.effects import Effect, Effects
from duly.lint.machine import Machine, Move, machine
from duly.rulebook.book import Rulebook

MOST_MARKINGS = 400_000
# What nobody would wait for, of a rulebook with hundreds of steps: some ten seconds each.
MOST_EDGES = 4_000_000
MOST_TRIED = 60_000_000  # moves, in one marking after another
MOST_WORK = 4_000_000  # clocks looked at for effects


@dataclass(slots=True, eq=False)
class Graph:
    """`markings` in the order in which they were found: the way to each is as short as any.

    Edge n leads from `source[n]` by `move[n]`, with `effect[n]`, to `target[n]`; sources and targets are
    places in `markings`, moves and effects themselves. A move that changes nothing is no edge. `seen` has
    every effect that any move ever had, with the move and the first marking it was taken in. `came[n]` is the
    edge by which marking n was found, -1 for a beginning. `is_whole` is False where the rulebook has more
    markings than anybody could wait for.
    """

    machine: Machine
    effects: Effects
    markings: list[int] = field(default_factory=list[int])
    source: list[int] = field(default_factory=list[int])
    target: list[int] = field(default_factory=list[int])
    move: list[Move] = field(default_factory=list[Move])
    effect: list[Effect] = field(default_factory=list[Effect])
    came: list[int] = field(default_factory=list[int])
    seen: dict[Effect, tuple[Move, int]] = field(default_factory=dict[Effect, tuple[Move, int]])
    is_whole: bool = True

    @property
    def book(self) -> Rulebook:
        return self.machine.book

    def edges(self) -> Iterator[tuple[int, Move, Effect, int]]:
        return zip(self.source, self.move, self.effect, self.target, strict=True)

    def way_to(self, place: int) -> tuple[Move, ...]:
        """The moves by which the marking at this place is first reached."""
        found: list[Move] = []
        while (edge := self.came[place]) >= 0:
            found.append(self.move[edge])
            place = self.source[edge]
        return tuple(reversed(found))


def explore(book: Rulebook) -> Graph:
    """From every beginning, every act and every running out of time, in the order of the rulebook."""
    compiled = machine(book)
    effects = Effects(compiled)
    graph = Graph(compiled, effects)
    place_of: dict[int, int] = {}
    for start in compiled.starts():
        first = effects.begin(start).on(start)
        if first not in place_of:
            place_of[first] = len(graph.markings)
            graph.markings.append(first)
            graph.came.append(-1)
    moves = [(move, move.mask, move.value, move.also) for move in compiled.moves]
    at = 0
    while at < len(graph.markings):
        _leave(graph, at, place_of, moves)
        at += 1
        if _is_enough(graph, tried=at * len(moves)):
            graph.is_whole = at == len(graph.markings)
            break
    return graph


def _is_enough(graph: Graph, *, tried: int) -> bool:
    return (
        len(graph.markings) > MOST_MARKINGS
        or len(graph.source) > MOST_EDGES
        or tried > MOST_TRIED
        or graph.effects.work > MOST_WORK
    )


def _leave(
    graph: Graph,
    at: int,
    place_of: dict[int, int],
    moves: list[tuple[Move, int, int, tuple[tuple[tuple[int, int], ...], ...]]],
) -> None:
    marking = graph.markings[at]
    of, seen = graph.effects.of, graph.seen
    for move, mask, value, also in moves:
        if marking & mask != value:
            continue
        for condition in also:
            for more, shows in condition:
                if marking & more == shows:
                    break
            else:
                break
        else:
            effect = of(move, marking)
            if effect not in seen:
                seen[effect] = move, at
            after = marking & ~effect.touched | effect.value
            if after == marking:
                continue
            place = place_of.get(after)
            if place is None:
                place = place_of[after] = len(graph.markings)
                graph.markings.append(after)
                graph.came.append(len(graph.source))
            graph.source.append(at)
            graph.target.append(place)
            graph.move.append(move)
            graph.effect.append(effect)
