"""A file that somebody thinks of adopting: read, linted, and held against what was adopted before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duly.rulebook.book import Rulebook
from duly.timetable.adopted import Change, NewCalendar, NewEdition
from duly.timetable.calendar import Calendar
from duly.vocabulary import Problem, Refused
from duly.vocabulary.day import desk_day
from duly_server.gateways.shelf import shipped_calendar
from duly_server.services.adoptable import adoptable_calendar, adoptable_rulebook
from duly_server.store import appointments, editions, proposals

LARGEST = 2**20  # bytes of a file; no rulebook needs to be larger


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A file that nothing keeps from being adopted. `change` is what it does to running cases.

    `book` is None where it is a calendar; `beside` the text of a calendar that is adopted with a rulebook,
    "" where the one it counts by was adopted before.
    """

    digest: str
    text: str
    beside: str
    book: Rulebook | None
    days: Calendar
    change: Change

    @property
    def name(self) -> str:
        return name_of(self.book, self.days)

    @property
    def since(self) -> date:
        return self.change.since


def name_of(book: Rulebook | None, days: Calendar) -> str:
    """A rulebook by its title and edition; without one, the calendar by its name and edition."""
    if book is not None:
        return f"“{book.title}”, edition {book.edition}"
    return f"the calendar {days.name}, edition {days.edition}"


def propose(text: str, *, on: date) -> Proposal | Refused:
    """Put the file before the desk. Refused, with every reason, where it could not be adopted today."""
    found = read(text, on=on)
    if isinstance(found, Proposal):
        is_calendar = found.book is None
        proposals.keep(found.digest, found.text, is_calendar=is_calendar, beside=found.beside, on=on)
    return found


def find(digest: str, *, on: date) -> Proposal | Refused | None:
    """What was proposed under this digest, as it could be adopted today; None: nothing was.

    Of what was adopted, and may be withdrawn, only how far it was looked at is kept, and no text.
    """
    kept = proposals.find(digest)
    return read(kept.text, on=on) if kept is not None and kept.text else None


def read(text: str, *, on: date) -> Proposal | Refused:
    """The file as it could be adopted on this day, or every reason why not."""
    if len(text.encode()) > LARGEST:
        says = f"The file is larger than {LARGEST // 2**20} MiB; no rulebook and no calendar needs to be."
        return Refused((Problem(code="too-large", says=says, remedy="Choose the right file."),))
    return _rulebook(text, on) if "[rulebook]" in text else _calendar(text, on)


# --- a rulebook -------------------------------------------------------------------------------------------


def _rulebook(text: str, on: date) -> Proposal | Refused:
    book = adoptable_rulebook(text)
    if isinstance(book, Refused):
        return book
    counts_by = _counts_by(book.calendar)
    against = list(_against_edition(book, on))
    if isinstance(counts_by, Refused) or against:
        more = counts_by.problems if isinstance(counts_by, Refused) else ()
        return Refused((*against, *more))
    days, beside = counts_by
    change = NewEdition(book.in_force_from, book, days)
    return Proposal(digest=book.digest, text=text, beside=beside, book=book, days=days, change=change)


def _counts_by(name: str) -> tuple[Calendar, str] | Refused:
    """The adopted calendar of this name; else the one that travels with Duly, to be adopted beside."""
    if any(each.calendar == name for each in editions.every()):
        return editions.calendar_named(name), ""
    shipped = shipped_calendar(name)
    if shipped is None:
        says = f"It counts by the calendar {name}, which was not adopted and does not travel with Duly."
        return Refused((Problem(code="no-calendar", says=says, remedy="Adopt that calendar first."),))
    whole = adoptable_calendar(shipped)
    return whole if isinstance(whole, Refused) else (whole.days, whole.text)


def _against_edition(book: Rulebook, on: date) -> Iterator[Problem]:
    known = editions.books()
    if book.digest in {each.digest for each in known}:
        yield _adopted_already("This very file")
    elif book.edition in {each.edition for each in known}:
        yield _name_taken(f"An edition {book.edition}")
    if book.in_force_from <= on:
        says = (
            f"It comes into force on {desk_day(book.in_force_from)}, which has come: people act by what was"
        )
        remedy = "Write a day from tomorrow on as in_force_from."
        yield Problem(code="in-force-too-soon", says=f"{says} in force then.", remedy=remedy)
    latest = max((each.in_force_from for each in known), default=None)
    if latest is not None and book.in_force_from <= latest and book.in_force_from > on:
        says = f"An edition that was adopted comes into force on {desk_day(latest)}, and this one not later."
        yield Problem(code="before-another-edition", says=says, remedy="Write a later day as in_force_from.")
    held = [
        seat.appointment
        for seat in appointments.every_seat()
        if seat.appointment.office in book.appointing and seat.appointment.before is None
    ]
    if not held:
        offices = " or ".join(book.appointing)
        says = (
            f"Nobody holds the office that appoints under it ({offices}), and nobody could give it to them."
        )
        remedy = "Keep the office that appoints now, or let the other appoint beside it."
        yield Problem(code="nobody-would-appoint", says=says, remedy=remedy)


# --- a calendar -------------------------------------------------------------------------------------------


def _calendar(text: str, on: date) -> Proposal | Refused:
    whole = adoptable_calendar(text)
    if isinstance(whole, Refused):
        return whole
    if against := tuple(_against_calendar(whole.days)):
        return Refused(against)
    change = NewCalendar(on, whole.days)
    digest = whole.days.digest
    return Proposal(digest=digest, text=whole.text, beside="", book=None, days=whole.days, change=change)


def _against_calendar(days: Calendar) -> Iterator[Problem]:
    known = [editions.calendar_of(each.digest) for each in editions.every() if each.calendar == days.name]
    if days.digest in {each.digest for each in known}:
        yield _adopted_already("This very calendar")
    elif days.edition in {each.edition for each in known}:
        yield _name_taken(f"An edition {days.edition} of {days.name}")
    if known and (days.first > known[0].first or days.last < known[0].last):
        says = (
            f"It knows the days from {desk_day(days.first)} to {desk_day(days.last)}, and the one before it "
            f"those from {desk_day(known[0].first)} to {desk_day(known[0].last)}: cases are counted by them."
        )
        remedy = "Let it cover all of those days as well."
        yield Problem(code="calendar-covers-less", says=says, remedy=remedy)


def _adopted_already(what: str) -> Problem:
    says = f"{what} was adopted before."
    return Problem(code="adopted-already", says=says, remedy="There is nothing to do.")


def _name_taken(what: str) -> Problem:
    says = f"{what} was adopted before, with another text: nobody could tell the two apart."
    return Problem(code="edition-name-taken", says=says, remedy="Give this one another edition in its file.")
