"""Read a calendar from its TOML file: the whole of it, or every fault with its line."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256

from duly.rulebook.fault import Fault, Unreadable, shown
from duly.rulebook.form import Form
from duly.rulebook.names import Reading, Spot
from duly.rulebook.values import as_list, read_values
from duly.timetable.calendar.days import Calendar
from duly.vocabulary.day import WEEKDAYS, public_day

_NAMES = tuple(name.lower() for name in WEEKDAYS)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST_SOURCE = 500  # characters; of a file that lies on top of another, so that both fit into one
_LONGEST_OF_TWO = 1_100

Find = Callable[[str], str | None]
"""From the name of a calendar to the text of its file; None where there is none."""


def read_calendar(text: str) -> Calendar | Unreadable:
    """The calendar that `text` (TOML) describes, or all that is wrong with it.

    `text` is the whole file, decoded, its line ends as they are: the digest is taken over its UTF-8 bytes.
    A file that lies on top of another is refused: `whole_calendar` makes one of the two.
    """
    return read_laid(text, None)


def read_laid(text: str, find: Find | None) -> Calendar | Unreadable:
    """The same, where `find` knows the file that this one may lie on top of: its days are closed as well.

    The digest is still that of `text` alone, which does not say all of such a calendar.
    """
    found = read_values(text)
    reading = Reading(found.outline.lines, found.outline.headings, faults=found.faults)
    calendar = _calendar(text, Form(found.values, Spot(reading, "", "")), find) if found.whole else None
    if calendar is None or reading.faults:
        ordered = sorted(dict.fromkeys(reading.faults), key=lambda fault: fault.line)
        return Unreadable(tuple(map(_of_a_calendar, ordered)))
    return calendar


def _of_a_calendar(fault: Fault) -> Fault:
    """The same fault, with examples that a calendar may have."""
    says = fault.says.removeprefix(": ").replace("rulebook", "calendar")
    return replace(
        fault,
        says=says,
        remedy=fault.remedy.replace("[stage.step]", "[days]").replace("rulebook", "calendar"),
    )


def _calendar(text: str, file: Form, find: Find | None) -> Calendar:
    under = _under(file, find)
    name = file.mark("calendar", needed='calendar = "GB-ENG"') or ""
    edition = file.mark("edition", needed='edition = "1"') or ""
    source = _line(
        file,
        "source",
        needed='source = "where these days are published, and for which years"',
        most=_LONGEST_SOURCE if under else _LONGEST_OF_TWO,
    )
    first = file.day("first", needed="first = 2026-01-01, the first day the source covers")
    last = file.day("last", needed="last = 2026-12-31, the last day the source covers")
    if first and last and last < first:
        file.note("last", f"it comes before first ({first}).", "Write the earlier day as first.")
        first = last = None
    if under:
        _keep_within(file, under, first, last)
    closed = _closed(file, under.closed if under else frozenset())
    days = dict(_days(file, first or date.min, last or date.max))
    file.finish("a calendar")
    calendar = Calendar(
        name=name,
        edition=edition,
        source=source,
        first=first or date.min,
        last=last or date.max,
        closed=closed,
        days=days,
        digest=sha256(text.encode()).hexdigest(),
    )
    return _laid(calendar, under) if under else calendar


def _under(file: Form, find: Find | None) -> Calendar | None:
    """The calendar that this one says it lies on top of."""
    if file.take("on_top_of") is None:
        return None
    name = file.mark("on_top_of", needed='on_top_of = "GB-ENG"')
    if name is None:
        return None
    if find is None:
        says = f"the days of {name}, on which this calendar lies, are not in the file."
        file.note("on_top_of", says, "Name the file to duly init or duly due, which make one of the two.")
        return None
    text = find(name)
    under = None if text is None else read_calendar(text)
    if isinstance(under, Calendar):
        return under
    says = f"there is no calendar {name} to lie on." if under is None else f"{name} does not stand by itself."
    file.note("on_top_of", says, 'Name one that travels with Duly, as in on_top_of = "GB-ENG".')
    return None


def _keep_within(file: Form, under: Calendar, first: date | None, last: date | None) -> None:
    if first and first < under.first:
        says = f"{under.name} knows no day before {public_day(under.first)}."
        file.note("first", says, f"Write first = {under.first}, or a later day.")
    if last and last > under.last:
        says = f"{under.name} knows no day after {public_day(under.last)}."
        file.note("last", says, f"Write last = {under.last}, or an earlier day.")


def _laid(calendar: Calendar, under: Calendar) -> Calendar:
    """Every day that either closes; one that both name keeps the name that everybody knows it by."""
    known = {day: name for day, name in under.days.items() if calendar.first <= day <= calendar.last}
    source = f"{calendar.source}; on top of {under.name}, edition {under.edition}: {under.source}"
    return replace(calendar, source=source, days={**calendar.days, **known})


def _line(file: Form, key: str, *, needed: str, most: int = 500) -> str:
    words = file.text(key, needed=needed, most=most) or ""
    if not words.isprintable():
        file.note(key, "there is something in it that cannot be printed.", "Write plain words on one line.")
    return words


def _closed(file: Form, under: frozenset[int]) -> frozenset[int]:
    """The weekdays that are never worked, Monday as 0: those of the calendar underneath among them."""
    if "closed" not in file:
        if "on_top_of" not in file:
            file.note_missing("closed", 'closed = ["saturday", "sunday"], or closed = [] if no weekday is')
    elif as_list(file.values["closed"]) is None and file.take("closed") is not None:
        file.note("closed", "I expected a list.", 'Write closed = ["saturday", "sunday"].')
        return frozenset()
    names = file.texts("closed")
    for name in names:
        if name not in _NAMES:
            remedy = file.spot.reading.instead_of(
                name.lower(), _NAMES, otherwise="Write it in English, in full."
            )
            file.note("closed", f'there is no weekday "{shown(name)}".', remedy)
    closed = under | {_NAMES.index(name) for name in names if name in _NAMES}
    if len(closed) == len(_NAMES):
        file.note("closed", "no day would be worked.", "Leave out the weekdays that are.")
    return closed


def _days(file: Form, first: date, last: date) -> Iterator[tuple[date, str]]:
    """The closed days besides, with their names."""
    if "days" in file and file.form("days") is None:
        return
    table = file.part("days")
    for key in table:
        day = _day(key)
        if day is None:
            table.note(key, "there is no such day.", 'Write a day as in 2026-04-03 = "Good Friday".')
        elif not first <= day <= last:
            outside = f"{public_day(day)} is not between first and last ({first} to {last})."
            table.note(
                key, outside, "Leave it out, or move first or last if the source covers every day till then."
            )
        elif name := _line(table, key, needed="", most=200):
            yield day, name


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
