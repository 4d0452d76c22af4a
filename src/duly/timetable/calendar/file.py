"""Read a calendar from its TOML file: the whole of it, or every fault with its line."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, cast

from duly.timetable.calendar.days import Calendar
from duly.vocabulary.day import WEEKDAYS, public_day

_NAMES = tuple(name.lower() for name in WEEKDAYS)
_WORDS = {
    "calendar": 'the name rulebooks call it by: calendar = "GB-ENG"',
    "edition": 'which edition this is: edition = "1"',
    "source": "where the closed days were taken from, and what that source covers",
}
_KEYS = (*_WORDS, "first", "last", "closed", "days")
_HEADING = re.compile(r"\s*\[\s*([\w-]+)\s*\]")
_KEY = re.compile(r"""\s*["']?([\w-]+)["']?\s*=""")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file: the line (counted from 1), what is wrong, what to write instead."""

    line: int
    says: str
    remedy: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.says} {self.remedy}"


@dataclass(frozen=True, slots=True)
class UnreadableCalendar:
    """Nothing was taken from the file, and these are all the reasons, in the order of its lines."""

    faults: tuple[Fault, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


def read_calendar(text: str) -> Calendar | UnreadableCalendar:
    """The calendar that `text` (TOML) describes; its format is in docs/reference/calendars.md."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return UnreadableCalendar((_not_toml(str(error)),))
    reading = _Reading(table, _lines(text))
    words = {key: reading.words(key, wanted) for key, wanted in _WORDS.items()}
    first, last = reading.bounds()
    closed, days = reading.closed(), reading.days(first, last)
    reading.unknown_keys()
    if reading.faults:
        return UnreadableCalendar(tuple(sorted(reading.faults, key=lambda fault: fault.line)))
    return Calendar(
        name=words["calendar"],
        edition=words["edition"],
        source=words["source"],
        first=first,
        last=last,
        closed=closed,
        days=days,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def _not_toml(message: str) -> Fault:
    found = re.search(r"\(at line (\d+), column \d+\)", message)
    says = re.sub(r"\s*\(at [^)]*\)", "", message) or "It is nested too deeply"
    return Fault(
        int(found[1]) if found else 1,
        f"This is not TOML: {says}.",
        'Write one setting on each line, texts in quotes, days without: first = 2026-01-01, edition = "1".',
    )


def _lines(text: str) -> dict[tuple[str, str], int]:
    """The line of each key, by its table ("" at the top) and name; of each table by its name and ""."""
    found: dict[tuple[str, str], int] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if heading := _HEADING.match(line):
            table = heading[1]
            found.setdefault((table, ""), number)
        elif key := _KEY.match(line):
            found.setdefault((table, key[1]), number)
    return found


@dataclass(slots=True)
class _Reading:
    """One reading of one file, gathering its faults; what it returns is used only if there are none."""

    table: Mapping[str, Any]
    lines: Mapping[tuple[str, str], int]
    faults: list[Fault] = field(default_factory=list[Fault])

    def fault(self, key: str, says: str, remedy: str, *, table: str = "") -> None:
        line = self.lines.get((table, key)) or self.lines.get((key, "")) or self.lines.get((table, "")) or 1
        self.faults.append(Fault(line, says, remedy))

    def words(self, key: str, wanted: str) -> str:
        value = self.table.get(key)
        if isinstance(value, str) and value.strip() and value.isprintable():
            return value
        said = "is missing" if value is None else "must be a text on one line, in quotes"
        self.fault(key, f'"{key}" {said}.', f"Write {wanted}.")
        return ""

    def bounds(self) -> tuple[date, date]:
        first, last = self._bound("first"), self._bound("last")
        if first and last and last < first:
            self.fault(
                "last",
                f'"last" ({last}) comes before "first" ({first}).',
                "Write the earlier of the two days as first and the later as last.",
            )
        return first or date.min, last or date.max

    def _bound(self, key: str) -> date | None:
        value = self.table.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        said = "is missing" if value is None else "must be a day, without quotes"
        which = "first" if key == "first" else "last"
        self.fault(key, f'"{key}" {said}.', f"Write the {which} day the source covers: {key} = 2026-01-01.")
        return None

    def closed(self) -> frozenset[int]:
        value = self.table.get("closed")
        listed = cast(list[object], value) if isinstance(value, list) else None
        if listed is None:
            said = "is missing" if value is None else "must be a list"
            remedy = 'Write closed = ["saturday", "sunday"], or closed = [] if none is.'
            self.fault("closed", f'"closed" {said}: the weekdays that are never worked.', remedy)
            return frozenset()
        for name in listed:
            if name not in _NAMES:
                near = _nearest(str(name).lower(), _NAMES)
                self.fault(
                    "closed",
                    f'"closed" names "{name}", which is no weekday.',
                    near or f"Use {_list(_NAMES)}.",
                )
        found = frozenset(_NAMES.index(str(name)) for name in listed if name in _NAMES)
        if len(found) == len(_NAMES):
            self.fault("closed", '"closed" names every weekday: no day would be worked.', "Leave one out.")
        return found

    def days(self, first: date, last: date) -> dict[date, str]:
        value = self.table.get("days", {})
        if not isinstance(value, dict):
            self.fault(
                "days", '"days" must be a table.', 'Write [days] and below it 2026-04-03 = "Good Friday".'
            )
            return {}
        return dict(self._closed_days(cast(dict[str, object], value), first, last))

    def _closed_days(
        self, listed: Mapping[str, object], first: date, last: date
    ) -> Iterator[tuple[date, str]]:
        for key, name in listed.items():
            day = _day(key)
            if day is None:
                self.fault(
                    key,
                    f'"{key}" is no day.',
                    'Write year-month-day: 2026-04-03 = "Good Friday".',
                    table="days",
                )
            elif not first <= day <= last:
                self.fault(
                    key,
                    f"{public_day(day)} lies outside {first} to {last}.",
                    "Move first or last if the source covers that whole year; else leave the day out.",
                    table="days",
                )
            elif not isinstance(name, str) or not name.strip() or not name.isprintable():
                remedy = f'Write it in quotes: {key} = "Good Friday".'
                self.fault(key, f"{public_day(day)} has no name.", remedy, table="days")
            else:
                yield day, name

    def unknown_keys(self) -> None:
        for key in self.table:
            if key not in _KEYS:
                near = _nearest(key, _KEYS)
                self.fault(key, f'A calendar has no "{key}".', near or f"It has {_list(_KEYS)}.")


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    near = get_close_matches(word, known, n=1)
    return f'Did you mean "{near[0]}"?' if near else None


def _list(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"
