"""How a shipped rulebook is edited for a test: a small change in one of its blocks, or the block goes."""

import re
from functools import cache
from typing import NamedTuple

from tests.timetable.casebook import ROOT

from duly.lint.whole import by_exploring
from duly.rulebook.book import Rulebook
from duly.rulebook.check import by_fields
from duly.rulebook.finding import Finding
from duly.rulebook.read import read

ASSOCIATION, ATHLETICS, CARPENTRIES = "example-association", "athletics-club", "carpentries-conduct"
COMMITTEE, LANDLORD, NOTTING = "conduct-committee", "landlord-complaints", "nottinghack-complaints"
PARTY, UNION, VEREIN = "party-complaints", "union-discipline", "verein-schiedsordnung"
WHISTLE = "whistleblowing-channel"
SHIPPED = sorted(path.parent.name for path in ROOT.glob("rulebooks/*/2026.toml"))


class Change(NamedTuple):
    """In the block under `heading` ("" is the whole file), `old` becomes `new`; it stands there once.

    With neither, the whole block goes.
    """

    heading: str
    old: str = ""
    new: str = ""


class Edit(NamedTuple):
    """`at` is the place that the finding must name, `on` how the line begins on which it must stand."""

    rule: str
    book: str
    at: str
    on: str
    changes: tuple[Change, ...]


def edit(rule: str, book: str, at: str, on: str, *changes: Change) -> Edit:
    return Edit(rule, book, at, on, changes)


def before_sanctions(text: str) -> Change:
    """`text` in front of the table of sanctions."""
    return Change("", "\n[sanction]", f"\n{text}\n[sanction]")


def shipped(name: str) -> str:
    return (ROOT / "rulebooks" / name / "2026.toml").read_text(encoding="utf-8")


def edited(edit: Edit) -> str:
    text = shipped(edit.book)
    for change in edit.changes:
        block = block_of(text, change.heading) if change.heading else text
        assert text.count(block) == 1, (edit, change)
        if change.old:
            assert block.count(change.old) == 1, (edit, change, block.count(change.old))
        text = text.replace(block, block.replace(change.old, change.new) if change.old else "")
    return text


def block_of(text: str, heading: str) -> str:
    """From the heading to the next one."""
    start = text.index(f"\n[{heading}]") + 1
    after = re.search(r"^\[", text[start + 1 :], re.MULTILINE)
    return text[start : start + 1 + after.start()] if after else text[start:]


@cache
def found_in(text: str) -> tuple[Finding, ...]:
    """Everything the lint finds, before anything is accepted."""
    book = read(text)
    assert isinstance(book, Rulebook), str(book)
    return (*by_fields(book), *by_exploring(book))
