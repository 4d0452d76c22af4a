"""Setting up an office: the rulebook and the calendar it adopts, and who holds which office in it."""

import secrets
from datetime import date, datetime

from django.db import transaction

from duly.people import Appointment
from duly.record.facts import Appointed, AppointmentEnded, Body, CalendarAdopted, Fact, RulebookAdopted
from duly.record.references import appointment_from
from duly.rulebook.book import Rulebook
from duly.timetable.calendar import Calendar
from duly.vocabulary import Problem
from duly_server.services.intake import written
from duly_server.services.premises import premises
from duly_server.store import accounts, appointments, editions
from duly_server.store.batch import Batch, NewFact

OFFICE = "office"
BY_SETUP = "time"  # before anybody is appointed, nobody can be named


class OfficeUnknownError(Exception):
    """Nobody can hold an office that no rulebook of this organisation has; `problem` says so."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def adopt(rulebook: str, calendar: str, *, on: date, at: datetime, by: str = BY_SETUP) -> Rulebook:
    """Adopt a rulebook and the calendar it names, both given as the text of their files."""
    with transaction.atomic():
        adopt_calendar(calendar, on=on, at=at, by=by)
        return adopt_edition(rulebook, on=on, at=at, by=by)


def adopt_calendar(text: str, *, on: date, at: datetime, by: str, reasons: str = "") -> Calendar:
    """Keep the calendar, which governs from the day `on`, and record that it was adopted."""
    days = editions.keep_calendar(text, adopted_on=on, place=_next_place())
    body = CalendarAdopted(calendar=days.name, edition=days.edition, digest=days.digest)
    _note([body], on=on, at=at, by=by, parts=_because(reasons))
    return days


def adopt_edition(text: str, *, on: date, at: datetime, by: str, reasons: str = "") -> Rulebook:
    """Keep the edition, which governs from the day it names, and record that it was adopted."""
    book = editions.keep_edition(text, adopted_on=on, place=_next_place())
    body = RulebookAdopted(edition=book.edition, rulebook=book.digest, in_force_from=book.in_force_from)
    _note([body], on=on, at=at, by=by, parts=_because(reasons))
    return book


def note(body: Body, *, on: date, at: datetime, by: str, reasons: str) -> Fact:
    """Add this to the record of the organisation, with reasons; the caller holds the transaction."""
    return _note([body], on=on, at=at, by=by, parts=_because(reasons))[-1]


def _next_place() -> int:
    """The place of the next fact in the record of the organisation, which the caller holds."""
    head = premises().journal.hold([OFFICE]).get(OFFICE)
    return (head.place if head else 0) + 1


def _because(reasons: str) -> dict[str, dict[str, object]]:
    return {"reasons": {"v": 1, "text": reasons}} if reasons else {}


def appoint(
    login: str,
    office: str,
    *,
    name: str,
    since: date,
    at: datetime,
    on: date,
    password: str | None = None,
    by: str = BY_SETUP,
    number: str | None = None,
) -> Appointment:
    """Give an office to somebody from a day on; their account is made if there is none of that login.

    The appointment's number is random unless one is given. Raises OfficeUnknownError where no edition that
    was adopted has the office, or it is a party's.
    """
    name = written(name)
    with transaction.atomic():
        _require_known(office)
        account = accounts.find_or_make(login, name=name, password=password)
        appointment = Appointment(
            number=number or appointment_from(secrets.token_bytes(16)),
            person=str(account.pk),
            office=office,
            since=since,
        )
        body = Appointed(appointment=appointment.number, office=office, since=since)
        holder = {"v": 1, "account": str(account.pk), "name": name}
        _note([body], on=on, at=at, by=by, parts={"holder": holder})
        appointments.keep(appointment, account)
    return appointment


def _require_known(office: str) -> None:
    """An appointment to what no edition knows would open the desk and let its holder do nothing there."""
    known = editions.offices()
    if office not in known:
        says = f"No rulebook that was adopted has the office {office!r}."
        remedy = (
            f"Choose one of {', '.join(known)}." if known else "Adopt a rulebook first: duly init does it."
        )
        raise OfficeUnknownError(Problem(code="office-in-no-edition", says=says, remedy=remedy))


def end_appointment(number: str, *, before: date, on: date, at: datetime, by: str) -> None:
    """From the day `before` on the appointment no longer holds."""
    with transaction.atomic():
        _note([AppointmentEnded(appointment=number, before=before)], on=on, at=at, by=by)
        appointments.end(number, before=before)


def _note(
    bodies: list[Body],
    *,
    on: date,
    at: datetime,
    by: str,
    parts: dict[str, dict[str, object]] | None = None,
) -> tuple[Fact, ...]:
    journal = premises().journal
    head = journal.heads([OFFICE]).get(OFFICE)
    facts = [NewFact(on=on, noted_at=at, by=by, body=body, parts=parts or {}) for body in bodies]
    return journal.append([Batch(OFFICE, head.place if head else 0, facts)])
