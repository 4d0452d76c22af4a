"""A body's own closed days on top of a calendar that everybody shares, made into one of the two."""

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from duly.rulebook.fault import Unreadable
from duly.rulebook.values import read_values
from duly.timetable.calendar.days import Calendar
from duly.timetable.calendar.file import Find, read_calendar, read_laid
from duly.vocabulary.day import WEEKDAYS


class Whole(NamedTuple):
    """A calendar, and the text that says all of it: what an office adopts and a case pins."""

    days: Calendar
    text: str


def whole_calendar(text: str, find: Find) -> Whole | Unreadable:
    """The calendar of a file, with the days of the one it lies on top of (`on_top_of`) if it says so.

    The text of a file that stands by itself stays as it is, byte for byte. Two files are written out as one:
    what is closed then changes with neither of them any more. Faults are those of `text`, by its lines.
    """
    if "on_top_of" not in read_values(text).values:
        alone = read_calendar(text)
        return alone if isinstance(alone, Unreadable) else Whole(alone, text)
    laid = read_laid(text, find)
    if isinstance(laid, Unreadable):
        return laid
    written = "".join(f"{line}\n" for line in _lines(laid))
    return Whole(replace(laid, digest=sha256(written.encode()).hexdigest()), written)


def _lines(calendar: Calendar) -> Iterator[str]:
    yield "# Written out from two files: a body's own days, and the calendar that they lie on top of."
    yield f"calendar = {_quoted(calendar.name)}"
    yield f"edition = {_quoted(calendar.edition)}"
    yield f"source = {_quoted(calendar.source)}"
    yield f"first = {calendar.first}"
    yield f"last = {calendar.last}"
    yield f"closed = [{', '.join(_quoted(WEEKDAYS[day].lower()) for day in sorted(calendar.closed))}]"
    yield ""
    yield "[days]"
    for day, name in sorted(calendar.days.items()):
        yield f"{day} = {_quoted(name)}"


def _quoted(words: str) -> str:
    """As TOML writes words that can be printed: there JSON's escapes are its own."""
    return json.dumps(words, ensure_ascii=False)
