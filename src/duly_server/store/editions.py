"""The rulebooks and calendars the organisation adopted, whole and by digest."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from duly.rulebook.book import Rulebook
from duly.rulebook.countable import uncountable
from duly.rulebook.read import read
from duly.timetable.adopted import Change, NewCalendar, NewEdition
from duly.timetable.calendar import Calendar, read_calendar
from duly_server.store import held
from duly_server.store.models import CalendarRow, EditionRow
from duly_server.store.once import forget, once
from duly_server.store.zones import is_zone, zone_named

_ADOPTIONS = "adoptions"
_EVERY = """
    SELECT digest, in_force_from AS since, adopted_on, place, '' AS calendar, offices FROM store_editionrow
    WHERE withdrawn = 0
    UNION ALL
    SELECT digest, adopted_on, adopted_on, place, calendar, '' FROM store_calendarrow
    WHERE withdrawn = 0
    ORDER BY since DESC, adopted_on DESC, place DESC"""


@dataclass(frozen=True, slots=True)
class Adopted:
    """A file that was adopted, without its text. `serving` are the offices that serve an edition's cases.

    `since` is the first day it governs; `calendar` the name of a calendar, "" of a rulebook; `place` that of
    the fact in the record of the organisation.
    """

    digest: str
    since: date
    adopted_on: date
    place: int
    calendar: str
    serving: frozenset[str]

    @property
    def in_force_from(self) -> date:
        return self.since


class NotAdoptedError(Exception):
    """No edition is in force on that day, or a case pins one that is not here."""


def keep_edition(text: str, *, adopted_on: date, place: int = 0) -> Rulebook:
    """Keep the file of an edition that is adopted. It has been read without a fault before.

    `place` is that of the fact of its adoption in the record of the organisation. Raises NotAdoptedError
    where it says what no clock can count yet.
    """
    book = _book(text)
    if beyond := uncountable(book, is_zone=is_zone):
        raise NotAdoptedError("\n".join(map(str, beyond)))
    serving = [name for name, office in book.offices.items() if not office.party and not office.accountable]
    EditionRow.objects.update_or_create(
        digest=book.digest,
        defaults={
            "edition": book.edition,
            "in_force_from": book.in_force_from,
            "adopted_on": adopted_on,
            "place": place,
            "withdrawn": 0,
            "offices": " ".join(serving),
            "text": text.encode(),
        },
    )
    forget(_ADOPTIONS)
    return book


def keep_calendar(text: str, *, adopted_on: date, place: int = 0) -> Calendar:
    calendar = _calendar(text)
    CalendarRow.objects.update_or_create(
        digest=calendar.digest,
        defaults={
            "calendar": calendar.name,
            "edition": calendar.edition,
            "adopted_on": adopted_on,
            "place": place,
            "withdrawn": 0,
            "text": text.encode(),
        },
    )
    forget(_ADOPTIONS)
    return calendar


def withdraw(digest: str, *, place: int) -> None:
    """The file stays and governs nothing. `place` is that of the fact which says that it was withdrawn."""
    for table in (EditionRow, CalendarRow):
        table.objects.filter(digest=digest).update(withdrawn=place)
    forget(_ADOPTIONS)


def adopted() -> tuple[Adopted, ...]:
    """Every adopted edition that stands, that which comes into force last first. An office has a handful."""
    return tuple(each for each in every() if not each.calendar)


def every() -> tuple[Adopted, ...]:
    """Every adopted edition and calendar that stands, the one that governs last first; one query.

    Read within a transaction, it stays so until that ends: nothing is adopted meanwhile.
    """
    return once(_ADOPTIONS, _every)


def books() -> tuple[Rulebook, ...]:
    """Every adopted edition, read."""
    return tuple(edition(each.digest) for each in adopted())


def offices() -> tuple[str, ...]:
    """Every office that some adopted edition has for somebody to hold, which no party's is."""
    held = (office.name for book in books() for office in book.offices.values() if not office.party)
    return tuple(dict.fromkeys(held))


def _every() -> tuple[Adopted, ...]:
    return tuple(
        Adopted(digest, _day(since), _day(on), place, calendar, frozenset(offices.split()))
        for digest, since, on, place, calendar, offices in held.read(_EVERY)
    )


def _day(value: date | str) -> date:
    """SQLite gives the days of a union as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def in_force(on: date) -> tuple[Rulebook, Calendar]:
    """The newest edition in force on this day, with the newest adopted calendar it names."""
    known = every()
    found = next((each for each in known if not each.calendar and each.since <= on), None)
    if found is None:
        raise NotAdoptedError(f"No rulebook is in force on {on}. Adopt one first: duly init does it.")
    book = edition(found.digest)
    return book, calendar_named(book.calendar)


def calendar_named(name: str) -> Calendar:
    """The newest adopted calendar of this name."""
    digest = next((each.digest for each in every() if each.calendar == name), None)
    if digest is None:
        raise NotAdoptedError(f"The calendar {name} has not been adopted. duly init does it.")
    return calendar_of(digest)


def changes_since(opened_on: date) -> tuple[Change, ...]:
    """What was adopted and governs a case that opened on this day later, in the order in which it does.

    A calendar of that very day is among them: the case may have been opened before it came.
    """
    found: list[Change] = []
    known = every()
    for each in reversed(known):
        if each.calendar and each.since >= opened_on:
            found.append(NewCalendar(each.since, calendar_of(each.digest)))
        elif not each.calendar and each.since > opened_on:
            found.append(edition_from(each.digest, each.since, known))
    return tuple(found)


def edition_from(digest: str, since: date, known: Iterable[Adopted]) -> NewEdition:
    """The edition as it comes into force, with the newest calendar then of the name it counts by."""
    book = edition(digest)
    named = [each.digest for each in known if each.calendar == book.calendar]
    by_then = [each.digest for each in known if each.calendar == book.calendar and each.since <= since]
    newest = next(iter((*by_then, *named)), None)
    if newest is None:
        raise NotAdoptedError(f"The calendar {book.calendar} has not been adopted. duly init does it.")
    return NewEdition(since, book, calendar_of(newest))


@lru_cache(maxsize=64)
def edition(digest: str) -> Rulebook:
    """The edition with this digest: what a case pins never changes, so reading it once is enough."""
    row = EditionRow.objects.filter(digest=digest).first()
    if row is None:
        raise NotAdoptedError(f"The rulebook {digest[:12]} that a case is under is not in this office.")
    return _book(bytes(row.text).decode())


@lru_cache(maxsize=64)
def calendar_of(digest: str) -> Calendar:
    row = CalendarRow.objects.filter(digest=digest).first()
    if row is None:
        raise NotAdoptedError(f"The calendar {digest[:12]} that a case is under is not in this office.")
    return _calendar(bytes(row.text).decode())


def _book(text: str) -> Rulebook:
    book = read(text)
    if not isinstance(book, Rulebook):
        raise NotAdoptedError("\n".join(f"line {fault.line}: {fault.says}" for fault in book.problems))
    return book


def _calendar(text: str) -> Calendar:
    calendar = read_calendar(text)
    if not isinstance(calendar, Calendar):
        raise NotAdoptedError("This calendar can't be read.")
    return replace(calendar, zones=zone_named)
