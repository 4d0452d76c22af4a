"""What `duly compare` answers: each difference as a sentence with its line, and who is worse off by it."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from duly.compare.difference import Difference, listed
from duly.compare.whole import compare
from duly.rulebook.book import Rulebook
from duly.rulebook.fault import Unreadable
from duly.rulebook.prose import words
from duly.rulebook.read import read
from duly_server.cli.office import say
from duly_server.gateways.shelf import NotOnShelfError, find_rulebook

FINE, UNREADABLE = 0, 2
SAME = "Both say the same. Comments, blank lines and the order of sections are no rules."


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0: compared, whatever was found; 2: one of them cannot be read."""
    books = [_read(name) for name in (arguments.old, arguments.new)]
    old, new = books
    if old is None or new is None:
        return UNREADABLE
    found = compare(old, new)
    if arguments.json:
        say(json.dumps({"differences": [asdict(one) for one in found]}, ensure_ascii=False, indent=2))
    else:
        _say_all(found)
    return FINE


def _read(name: str) -> Rulebook | None:
    """None where it can't be read, which was said then."""
    try:
        book = read(find_rulebook(name).text)
    except NotOnShelfError as missing:
        print(missing, file=sys.stderr)  # noqa: T201 -- this is what a command does
        return None
    if isinstance(book, Unreadable):
        for fault in book.problems:
            print(f"{name}, {fault}", file=sys.stderr)  # noqa: T201 -- the same
        return None
    return book


def _say_all(found: Sequence[Difference]) -> None:
    for one in found:
        say(f"{_lines(one)}{one.says}{_whom(one)}")
    if not found:
        say(SAME)
        return
    say(f"\n{len(found)} difference{'' if len(found) == 1 else 's'}.")
    for kind in ("worse", "better"):
        parties = dict.fromkeys(party for one in found for party in getattr(one, kind))
        for party in parties:
            times = sum(party in getattr(one, kind) for one in found)
            say(f"The {words(party)} is {kind} off by {times} of them.")


def _lines(one: Difference) -> str:
    if one.line is not None:
        return f"line {one.line}: "
    return f"line {one.old_line} of the older: " if one.old_line is not None else ""


def _whom(one: Difference) -> str:
    said = [
        f"{kind} for the {listed([words(party) for party in parties])}"
        for kind, parties in (("worse", one.worse), ("better", one.better))
        if parties
    ]
    return f" ({', '.join(said)})" if said else ""
