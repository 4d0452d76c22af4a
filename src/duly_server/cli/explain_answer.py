"""What `duly explain` answers: Markdown, a heading for each part and a line for each rule with its clause."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from duly.explain.picture import picture
from duly.explain.told import Section
from duly.explain.whole import explain
from duly.rulebook.book import Rulebook
from duly.rulebook.fault import Unreadable
from duly.rulebook.read import read
from duly.vocabulary.day import public_day
from duly_server.cli.office import say
from duly_server.gateways.shelf import NotOnShelfError, find_rulebook

FINE, UNUSABLE = 0, 2


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0: said; 2: it cannot be read, or has no such party."""
    try:
        book = read(find_rulebook(arguments.rulebook).text)
        if isinstance(book, Unreadable):
            return _refuse([f"{arguments.rulebook}, {fault}" for fault in book.problems])
        sections = explain(book, arguments.role)
    except (NotOnShelfError, LookupError) as missing:
        return _refuse([str(missing.args[0])])
    if arguments.picture is not None:
        return _draw(book, arguments.picture)
    if arguments.json:
        answer = {
            "title": book.title,
            "edition": book.edition,
            "sections": [asdict(each) for each in sections],
        }
        say(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        _say(book, sections)
    return FINE


def _say(book: Rulebook, sections: Sequence[Section]) -> None:
    say(f"# {book.title}\n")
    say(f"Edition {book.edition}, in force from {public_day(book.in_force_from)}.")
    for section in sections:
        say(f"\n## {section.heading}\n")
        for sentence in section.sentences:
            say(f"- {sentence.says}{f' ({sentence.clause})' if sentence.clause else ''}")


def _draw(book: Rulebook, file: Path) -> int:
    try:
        file.write_text(picture(book), "utf-8")
    except OSError as fault:
        return _refuse([f"{file} can't be written: {fault.strerror}. Name another file."])
    say(f"The procedure is drawn in {file}.")
    return FINE


def _refuse(why: Sequence[str]) -> int:
    for each in why:
        print(each, file=sys.stderr)  # noqa: T201 -- this is what a command does
    return UNUSABLE
