"""Two things measured against each other: in turns, in the same run, so that whatever else the machine does
meets both alike."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

HEADS = f"{'':44}{'least ms':>10}{'median ms':>11}{'ratio':>8}{'aim':>9}"


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of each turn."""

    turns: tuple[float, ...]

    @property
    def least(self) -> float:
        return min(self.turns)

    @property
    def median(self) -> float:
        return statistics.median(self.turns)


def in_turns(
    what: Mapping[str, Callable[[], object]], rounds: int, *, clock: Callable[[], float] = time.perf_counter
) -> dict[str, Took]:
    """Each of them once in every round, in an order that moves on; the first round only warms up."""
    names, turns = list(what), {name: list[float]() for name in what}
    for turn in range(rounds + 1):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            began = clock()
            what[name]()
            took = clock() - began
            if turn:
                turns[name].append(took)
    return {name: Took(tuple(some)) for name, some in turns.items()}


def line(name: str, took: Took, *, ratio: float | None = None, aim: str = "") -> str:
    """A row of the table; the ratio is that of the medians."""
    said = f"{ratio:>8.2f}{aim:>9}" if ratio is not None else ""
    return f"{name:44}{took.least * 1000:>10.2f}{took.median * 1000:>11.2f}{said}"
