"""The rulebooks and calendars the organisation adopted, whole and by digest."""

from datetime import date
from functools import lru_cache

from duly.rulebook.book import Rulebook
from duly.rulebook.read import read
from duly.timetable.calendar import Calendar, read_calendar
from duly_server.store.models import CalendarRow, EditionRow


class NotAdoptedError(Exception):
    """No edition is in force on that day, or a case pins one that is not here."""


def keep_edition(text: str, *, adopted_on: date) -> Rulebook:
    """Keep the file of an edition that is adopted. It has been read without a fault before."""
    book = _book(text)
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
    return calendar


def in_force(on: date) -> tuple[Rulebook, Calendar]:
    """The newest edition in force on this day, with the newest adopted calendar it names."""
    row = EditionRow.objects.filter(in_force_from__lte=on).order_by("-in_force_from", "-adopted_on").first()
    if row is None:
        raise NotAdoptedError(f"No rulebook is in force on {on}. Adopt one first: duly init does it.")
    book = edition(row.digest)
    found = CalendarRow.objects.filter(calendar=book.calendar).order_by("-adopted_on", "-edition").first()
    if found is None:
        raise NotAdoptedError(f"The calendar {book.calendar} has not been adopted. duly init does it.")
    return book, calendar_of(found.digest)


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
