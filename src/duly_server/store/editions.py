"""The rulebooks and calendars the organisation adopted, whole and by digest."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from duly.rulebook.book import Rulebook
from duly.rulebook.countable import uncountable
from duly.rulebook.read import read
from duly.timetable.calendar import Calendar, read_calendar
from duly_server.store import rows
from duly_server.store.models import CalendarRow, EditionRow
from duly_server.store.once import forget, once

_EDITIONS, _CALENDARS = "editions", "calendars"
_ADOPTED = """
    SELECT digest, in_force_from, offices FROM store_editionrow
    ORDER BY in_force_from DESC, adopted_on DESC"""
_CALENDARS_BY_AGE = "SELECT calendar, digest FROM store_calendarrow ORDER BY adopted_on DESC, edition DESC"


@dataclass(frozen=True, slots=True)
class Adopted:
    """An edition that was adopted, without its text. `serving` are the offices that serve its cases."""

    digest: str
    in_force_from: date
    serving: frozenset[str]


class NotAdoptedError(Exception):
    """No edition is in force on that day, or a case pins one that is not here."""


def keep_edition(text: str, *, adopted_on: date) -> Rulebook:
    """Keep the file of an edition that is adopted. It has been read without a fault before.

    Raises NotAdoptedError where it says what no clock can count yet.
    """
    book = _book(text)
    if beyond := uncountable(book):
        raise NotAdoptedError("\n".join(map(str, beyond)))
    serving = [name for name, office in book.offices.items() if not office.party and not office.accountable]
    EditionRow.objects.update_or_create(
        digest=book.digest,
        defaults={
            "edition": book.edition,
            "in_force_from": book.in_force_from,
            "adopted_on": adopted_on,
            "offices": " ".join(serving),
            "text": text.encode(),
        },
    )
    forget(_EDITIONS)
    return book


def keep_calendar(text: str, *, adopted_on: date) -> Calendar:
    calendar = _calendar(text)
    CalendarRow.objects.update_or_create(
        digest=calendar.digest,
        defaults={
            "calendar": calendar.name,
            "edition": calendar.edition,
            "adopted_on": adopted_on,
            "text": text.encode(),
        },
    )
    forget(_CALENDARS)
    return calendar


def adopted() -> tuple[Adopted, ...]:
    """Every adopted edition, the one that came into force last first. An office has a handful."""
    return once(_EDITIONS, _adopted)


def offices() -> tuple[str, ...]:
    """Every office that some adopted edition has for somebody to hold, which no party's is."""
    books = [edition(each.digest) for each in adopted()]
    held = (office.name for book in books for office in book.offices.values() if not office.party)
    return tuple(dict.fromkeys(held))


def _adopted() -> tuple[Adopted, ...]:
    return tuple(
        Adopted(digest, since, frozenset(offices.split())) for digest, since, offices in rows.read(_ADOPTED)
    )


def in_force(on: date) -> tuple[Rulebook, Calendar]:
    """The newest edition in force on this day, with the newest adopted calendar it names."""
    found = next((each for each in adopted() if each.in_force_from <= on), None)
    if found is None:
        raise NotAdoptedError(f"No rulebook is in force on {on}. Adopt one first: duly init does it.")
    book = edition(found.digest)
    digest = next((digest for name, digest in once(_CALENDARS, _calendars) if name == book.calendar), None)
    if digest is None:
        raise NotAdoptedError(f"The calendar {book.calendar} has not been adopted. duly init does it.")
    return book, calendar_of(digest)


def _calendars() -> tuple[tuple[str, str], ...]:
    """The name and the digest of every adopted calendar, the newest first."""
    return tuple((calendar, digest) for calendar, digest in rows.read(_CALENDARS_BY_AGE))


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
    return calendar
