"""Does a test fail when a line says something else? `uv run --no-sync python -m checks.mutation MODULE ...`.

    uv run --no-sync python -m checks.mutation duly.timetable.counting
    uv run --no-sync python -m checks.mutation duly.procedure.fairness --tests tests/procedure --budget 60
    uv run --no-sync python -m checks.mutation duly.procedure.fairness --again /tmp/printed.txt

Each mutant is shown, in a process of its own, to the tests that pass over its line, the shortest first, until
one fails. What survives is printed: kill it with a test, or argue in docs/reference/mutation.md why
nobody could tell the two.
"""

import argparse
import importlib
import sys
from collections import Counter
from pathlib import Path

import pytest

from checks.mutation.trying import Fate, Tried, Trying, survivors

ROOT = Path(__file__).resolve().parents[2]
TESTS = {
    "duly.timetable": ["tests/timetable", "tests/procedure", "tests/explain"],
    "duly.procedure": ["tests/procedure", "tests/timetable"],
    "duly.rulebook": ["tests/rulebook", "tests/rulebooks_shipped", "tests/compare", "tests/lint"],
}
DEAD = (Fate.KILLED, Fate.STOPPED)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("modules", metavar="MODULE", nargs="+")
    parser.add_argument("--tests", nargs="+", help="folders or files of tests (else those of the package)")
    parser.add_argument(
        "--budget", type=float, default=30, help="seconds of tests for one mutant at the most"
    )
    parser.add_argument("--seen", type=Path, help="a file for what each test passes over, used again")
    parser.add_argument("--only", nargs="+", default=(), help="only these functions and constants")
    parser.add_argument(
        "--again", type=Path, help="only what survived in this file, the output of another run"
    )
    said = parser.parse_args()
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    tests = said.tests or [each for name in _packages(said.modules) for each in TESTS[name]]
    files = {str(importlib.import_module(name).__file__): name for name in said.modules}
    again = survivors(said.again.read_text(encoding="utf-8")) if said.again else None
    trying = Trying(files, said.budget, frozenset(said.only), again, said.seen)
    plain = [
        "-c",
        str(ROOT / "pyproject.toml"),
        "--capture=no",
        "--assert=plain",
        "--tb=native",
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
    ]
    pytest.main([*plain, *tests], plugins=[trying])
    return _told(trying)


def _packages(modules: list[str]) -> list[str]:
    return list(dict.fromkeys(".".join(name.split(".")[:2]) for name in modules))


def _told(trying: Trying) -> int:
    """The table, and what survived; 1 if a tenth or more did."""
    for name in trying.failing:
        print(f"fails by itself, and was left out: {name}")
    everything: list[Tried] = []
    for path, tried in trying.tried.items():
        everything += tried
        _told_of(trying.modules[path], tried)
    if len(trying.tried) > 1:
        _told_of("all", everything)
    alive = [each for each in everything if each.fate not in (*DEAD, Fate.NOT_MADE)]
    return int(len(alive) * 10 > len(everything))


def _told_of(name: str, tried: list[Tried]) -> None:
    counted = Counter(each.fate for each in tried)
    made = len(tried) - counted[Fate.NOT_MADE]
    dead = sum(counted[fate] for fate in DEAD)
    share = f"{dead / made:.1%}" if made else "none made"
    print(f"\n{name}: {made} mutants, {dead} killed ({share}), {counted[Fate.NOT_MADE]} could not be made")
    if name != "all":
        for each in tried:
            if each.fate not in DEAD:
                one = each.mutant
                print(
                    f"  {one.line} {one.owner}: {one.was} -> {one.becomes}  [{each.fate.value}, {each.tests}]"
                )


if __name__ == "__main__":
    sys.exit(main())
