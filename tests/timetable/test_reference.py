"""The engine against a naive reference that shares nothing with it, over small rulebooks at random.

Each run plays some three hundred, the same each time; with DULY_TEST_LONG=1 some five thousand, day by day.
What that found is in test_reference_found.py.
"""

import ast
import os
from collections import Counter
from pathlib import Path

import pytest
from tests.timetable.reference.compare import case_of, differences, told
from tests.timetable.reference.plain import Book, Occ, Phrase, Ref, Step

IS_LONG = os.environ.get("DULY_TEST_LONG") == "1"
NUMBERS = 12_000 if IS_LONG else 720
EVERY = 1 if IS_LONG else 4  # days on which the engine is asked
SHARE = 60
COMPARES = "compare.py"  # asks both; nothing else here may know the engine


@pytest.mark.parametrize("first", range(0, NUMBERS, SHARE))
def test_the_engine_says_what_the_reference_says(first: int) -> None:
    for number in range(first, first + SHARE):
        case = case_of(number)
        if case is not None:
            found = differences(case, every=EVERY)
            assert not found, "\n".join([f"number {number}", *found, told(case)])


def test_the_reference_knows_nothing_of_the_engine() -> None:
    files = [path for path in (Path(__file__).parent / "reference").glob("*.py") if path.name != COMPARES]
    assert files
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.split(".")[0].startswith("duly")], path.name


def test_the_rulebooks_at_random_say_everything_that_is_to_be_compared() -> None:
    """A generator that stops making something would find nothing wrong with it."""
    found: Counter[str] = Counter()
    for number in range(720):
        if (case := case_of(number)) is not None:
            found.update(set(_said(case.plain)))
            found.update({fact.kind for fact in case.facts})
            found["out of order"] += case.facts != sorted(case.facts, key=lambda fact: fact.on)
            found["rulebooks"] += 1
    missing = [what for what in EVERYTHING if found[what] < 5]
    assert not missing, missing
    assert found["rulebooks"] > 250


LATE = ("goes", "begins", "ends", "closes", "counts", "linked", "tells", "late", "nothing")
REFERENCES = (
    "step",
    "begins",
    "ends",
    "due",
    "day",
    "opens",
    "closes",
    "first",
    "latest",
    "time up",
    "outcome",
)
EVERYTHING = (
    *(f"if_late {verb}" for verb in LATE),
    *(f"reference {each}" for each in REFERENCES),
    *(f"unit {unit}" for unit in ("days", "working days", "clear days", "weeks", "months")),
    *(f"way {way}" for way in ("after", "before", "beginning with")),
    *("later_of", "two times", "limit", "instead", "not_before", "only_if", "per party", "per allegation"),
    *(
        "short",
        "measure",
        "sets",
        "moves",
        "takes along",
        "anytime",
        "during",
        "even when closed",
        "runs on",
        "test",
    ),
    *("act", "extend", "pause", "resume", "answer", "waive", "out of order"),
)


def _said(book: Book) -> list[str]:
    found = ["short"] * bool(book.short) + ["measure"] * bool(book.measures) + ["limit"] * bool(book.limits)
    for moved in book.days.values():
        found += ["moves"] * bool(moved) + ["takes along"] * bool(moved and moved[1])
    for step in book.steps.values():
        found += _said_of(step)
    return found


def _said_of(step: Step) -> list[str]:
    says = {
        "two times": len(step.within) > 1,
        "instead": step.instead,
        "not_before": step.not_before,
        "only_if": step.only_if,
        "sets": step.sets,
        "anytime": step.section == "anytime",
        "during": len(step.stages) > 1,
        "even when closed": step.closed_too,
        "runs on": step.runs_on,
        f"per {step.per}": step.per,
    }
    found = [name for name, holds in says.items() if holds]
    phrases: tuple[Phrase, ...] = step.if_late or ()
    found += [f"if_late {phrase.verb}" for phrase in phrases] + ["test" for phrase in phrases if phrase.when]
    for time in (*step.within, *step.not_before):
        found += ["later_of"] * (len(time) > 1)
        found += [f"unit {part.unit}" for part in time] + [f"way {part.way}" for part in time]
    refs = [*step.after, *(part.ref for time in step.within for part in time)]
    return found + [f"reference {word}" for ref in refs for word in _words(ref)]


def _words(ref: Ref) -> list[str]:
    occasions: tuple[Occ, ...] = ref.any_of
    words = [occ.kind for occ in occasions] + ["outcome" for occ in occasions if occ.outcome]
    return words + [ref.which] * bool(ref.which) + ["time up"] * ref.time_up
