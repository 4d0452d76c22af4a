"""Withdrawing what was adopted and does not govern yet: looked at first, with reasons, as adopting is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from duly.record.facts import AdoptionWithdrawn
from duly.rulebook.book import Rulebook
from duly.rulebook.prose import title
from duly.timetable.adopted import Change, NewCalendar
from duly.timetable.calendar import Calendar
from duly.vocabulary import Problem, Refused
from duly.vocabulary.day import desk_day
from duly_server.services import setup
from duly_server.services.acting import Acting
from duly_server.services.adopting.adopt import against, still, wake_all
from duly_server.services.adopting.preview import Looked, Seen, look, looked_so_far
from duly_server.services.adopting.proposal import name_of
from duly_server.services.intake import written
from duly_server.services.premises import premises
from duly_server.store import appointments, editions, held, proposals


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What was adopted and may be withdrawn, by its digest. `change` is what it does to running cases.

    `along` are the digests of what goes with it: a calendar that came with an edition and that no other
    counts by. `places` are those of all these adoptions in the record of the organisation.
    """

    digest: str
    book: Rulebook | None
    days: Calendar
    change: Change
    along: tuple[str, ...]
    places: tuple[int, ...]

    @property
    def name(self) -> str:
        return name_of(self.book, self.days)

    @property
    def since(self) -> date:
        return self.change.since


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was withdrawn, and how many open cases are looked at anew because of it."""

    withdrawal: Withdrawal
    cases: int


def possible(on: date) -> tuple[Withdrawal, ...]:
    """Everything adopted that may be withdrawn on this day, what governs last first."""
    found = (find(each.digest, on=on) for each in editions.every())
    return tuple(each for each in found if isinstance(each, Withdrawal))


def find(digest: str, *, on: date) -> Withdrawal | Refused | None:
    """What was adopted under this digest, or every reason why it stands; None: nothing was."""
    known = editions.every()
    found = next((each for each in known if each.digest == digest), None)
    if found is None:
        return None
    if found.calendar:
        days = editions.calendar_of(digest)
        if stands := tuple(_against_calendar(days)):
            return Refused(stands)
        change: Change = NewCalendar(found.since, days)
        return Withdrawal(digest=digest, book=None, days=days, change=change, along=(), places=(found.place,))
    new = editions.edition_from(digest, found.since, known)
    if stands := tuple(_against_edition(new.book, on)):
        return Refused(stands)
    along = tuple(_came_with(found, new.book, known))
    return Withdrawal(
        digest=digest,
        book=new.book,
        days=new.calendar,
        change=new,
        along=tuple(each.digest for each in along),
        places=(found.place, *(each.place for each in along)),
    )


def look_at(withdrawal: Withdrawal, *, on: date, seen: Seen) -> Looked:
    """What the open cases would come to without it; how far it was looked at is kept, as of a proposal."""
    if proposals.find(withdrawal.digest) is None:
        is_calendar = withdrawal.book is None
        proposals.keep(withdrawal.digest, "", is_calendar=is_calendar, beside="", on=on)
    return look(withdrawal, on=on, seen=seen)


def withdraw(acting: Acting, digest: str, *, reasons: str, seen: str) -> Withdrawn | Refused:
    """Withdraw what was adopted under this digest, and record who did, and why.

    `seen` is the `heads` of the preview that was seen whole, as for adopting.
    """
    reasons = written(reasons).strip()
    with transaction.atomic():
        held.alone()
        premises().journal.hold([setup.OFFICE])
        actor = still(acting)
        withdrawal = find(digest, on=acting.today)
        if withdrawal is None:
            return Refused((not_adopted(digest),))
        if isinstance(withdrawal, Refused):
            return withdrawal
        looked = looked_so_far(withdrawal, on=acting.today)
        found = tuple(against(acting, actor, looked, reasons, seen, nothing="nothing was withdrawn"))
        if found or actor is None:
            return Refused(found)
        for each, place in zip((digest, *withdrawal.along), withdrawal.places, strict=True):
            body = AdoptionWithdrawn(adoption=place)
            fact = setup.note(body, on=acting.today, at=acting.at, by=actor.by, reasons=reasons)
            editions.withdraw(each, place=fact.place)
        cases = wake_all(acting.at)
        proposals.forget(digest)
    return Withdrawn(withdrawal, cases)


def not_adopted(what: str) -> Problem:
    return Problem(
        code="not-adopted",
        says=f"Nothing that stands was adopted as {what[:80]}.",
        remedy="Name the edition, or the calendar with its edition; it may have been withdrawn meanwhile.",
    )


def _came_with(
    edition: editions.Adopted, book: Rulebook, known: tuple[editions.Adopted, ...]
) -> Iterator[editions.Adopted]:
    """The calendar whose adoption stands just before that of the edition, if no other counts by it."""
    if any(other.calendar == book.calendar for other in _others(book)):
        return
    for each in known:
        is_beside = (each.calendar, each.place, each.adopted_on) == (
            book.calendar,
            edition.place - 1,
            edition.adopted_on,
        )
        if is_beside:
            yield each


def _others(book: Rulebook) -> tuple[Rulebook, ...]:
    return tuple(each for each in editions.books() if each.digest != book.digest)


# --- why it stands ----------------------------------------------------------------------------------------


def _against_edition(book: Rulebook, on: date) -> Iterator[Problem]:
    if book.in_force_from <= on:
        says = f"Edition {book.edition} governs since {desk_day(book.in_force_from)}, and people act by it."
        yield Problem(code="governs-already", says=says, remedy="Adopt another edition that follows it.")
        return
    others = _others(book)
    for each in others:
        if each.in_force_from > book.in_force_from:
            says = f"Edition {each.edition} was adopted to follow it, and was shown with this one in force."
            yield Problem(code="edition-rests-on-it", says=says, remedy=f"Withdraw {each.edition} first.")
    known = {office for each in others for office in each.offices}
    seats = [seat.appointment for seat in appointments.every_seat()]
    for office in sorted({seat.office for seat in seats if seat.before is None or seat.before > on}):
        if office in book.offices and office not in known:
            says = (
                f"Somebody is appointed to “{title(office)}”, an office that only edition {book.edition} has."
            )
            yield Problem(code="office-rests-on-it", says=says, remedy="End that appointment first.")


def _against_calendar(days: Calendar) -> Iterator[Problem]:
    """A calendar governs from the day it was adopted whatever counts by its name."""
    for each in editions.books():
        if each.calendar == days.name:
            says = f"Edition {each.edition} of the rulebook counts by {days.name}."
            remedy = "Adopt another edition of the calendar, with the days as they should be."
            yield Problem(code="edition-counts-by-it", says=says, remedy=remedy)
            return
