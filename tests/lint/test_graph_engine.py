"""The graph is the engine's: whatever a case played with days comes to, exploring without days comes to."""

import random
from collections.abc import Iterator

import pytest
from tests.procedure.walking import LAST, Tape, Walk
from tests.rulebooks.renaming import renamed
from tests.timetable.casebook import ROOT, calendar

from duly.lint.graph import Graph, explore
from duly.people import Actor
from duly.procedure.acts import Act, AddAllegation, AddParty, Pause, Waive
from duly.rulebook.book import Rulebook
from duly.rulebook.read import read
from duly.timetable.marking import Marking

PATHS = ("tests/rulebooks/village-bands.toml", "rulebooks/example-association/2026.toml")

Projected = tuple[frozenset[str], frozenset[tuple[str, int, str]], bool]


class Single(Walk):
    """One complaint, one allegation, one party on each side, and no pause, as the graph has them."""

    def others(self) -> Iterator[tuple[Act, Actor]]:
        left_out = AddAllegation | AddParty | Waive | Pause
        return ((act, actor) for act, actor in super().others() if not isinstance(act, left_out))


def book_of(text: str) -> Rulebook:
    book = read(text)
    assert isinstance(book, Rulebook), str(book)
    return book


def of_engine(marking: Marking) -> Projected:
    members = {None: "", "K1": "one", "A1": "one", "C1": "complainant", "R": "respondent"}
    owed = {(c.limit.name, c.limit.part, members[c.key]) for c in marking.clocks if c.is_running}
    return frozenset(marking.open), frozenset(owed), marking.closed_on is not None


def of_graph(graph: Graph) -> set[Projected]:
    machine = graph.machine
    opens = [(n, machine.bits.of["open", n]) for n in (*graph.book.stages, *graph.book.measures)]
    runs = [((c.limit.name, c.limit.part, c.member), c.run) for c in machine.clocks]
    return {
        (
            frozenset(name for name, bit in opens if each & bit),
            frozenset(name for name, bit in runs if each & bit),
            bool(each & machine.closed),
        )
        for each in graph.markings
    }


@pytest.mark.parametrize("path", PATHS)
def test_every_case_that_is_played_is_in_the_graph(path: str) -> None:
    book = book_of((ROOT / path).read_text())
    known = of_graph(explore(book))
    chance = random.Random(7)  # noqa: S311 -- the same walks each time
    stages: set[str] = set()
    for _ in range(6):
        tape = Tape([chance.randrange(10_000) for _ in range(140)])
        walk = Single(book, calendar(), tape)
        while tape.at < len(tape.numbers) and walk.day < LAST and walk.marking.closed_on is None:
            walk.move()
            stages |= set(walk.marking.open)
            assert of_engine(walk.marking) in known, f"{walk.day} {walk.facts[-1]}"
    assert len(stages) >= 5


@pytest.mark.parametrize("path", PATHS)
def test_a_renamed_rulebook_has_the_same_graph(path: str) -> None:
    text = (ROOT / path).read_text()
    one, other = explore(book_of(text)), explore(book_of(renamed(text)))
    assert (len(one.markings), len(one.source)) == (len(other.markings), len(other.source))
    assert len(one.seen) == len(other.seen)
    assert one.is_whole
