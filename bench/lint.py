"""How long the lint takes: `uv run python -m bench.lint [RULEBOOK ...]`.

Two speeds, each the median of some runs, in time of the processor: what an editor asks on every keystroke
(reading, fields and words: aim 50 ms), and what exploring adds (every marking, and the run of last moments:
aim 3 s). Without a name: the example of the format and every rulebook that is shipped.
"""

import argparse
from pathlib import Path

from bench.engine import measured

from duly.lint.graph import explore
from duly.lint.look import Look
from duly.lint.whole import GRAPH_CHECKS
from duly.rulebook.book import Rulebook
from duly.rulebook.check import check
from duly.rulebook.read import read

ROOT = Path(__file__).parents[1]
RULEBOOKS = (
    "tests/rulebooks/village-bands.toml",
    *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("rulebooks/*/*.toml")),
)


def at_once(text: str) -> Rulebook:
    """What is said on every keystroke."""
    book = read(text)
    if not isinstance(book, Rulebook):
        raise SystemExit(str(book))
    check(book)
    return book


def explored(book: Rulebook) -> Look:
    """What is said when it is ready, nothing kept from before."""
    look = Look(explore(book))
    for checks in GRAPH_CHECKS.values():
        for check_one in checks:
            list(check_one(look))
    return look


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rulebooks", metavar="RULEBOOK", nargs="*", default=RULEBOOKS)
    for name in parser.parse_args().rulebooks:
        text = (ROOT / name).read_text(encoding="utf-8")
        book = at_once(text)
        graph = explored(book).graph
        print(name)
        print(f"  {len(graph.markings):,} markings, {len(graph.source):,} moves, whole: {graph.is_whole}")
        print(f"  reading, fields, words {measured(lambda text=text: at_once(text), 9):9.1f} ms")
        print(f"  exploring              {measured(lambda book=book: explored(book), 5):9.1f} ms")


if __name__ == "__main__":
    main()
