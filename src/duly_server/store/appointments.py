"""Who holds which office: an index of the organisation's own record."""

import uuid
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from duly.people import Appointment, Roll
from duly_server.store import rows
from duly_server.store.models import Account, AppointmentRow
from duly_server.store.once import forget, once

_SEATS = "seats"
_EVERY = """
    SELECT number, account_id, office, since, before, name, login
    FROM store_appointmentrow LEFT JOIN store_account ON store_account.id = account_id
    ORDER BY since, number"""


@dataclass(frozen=True, slots=True)
class Seat:
    """An appointment with the name and the login of whoever holds it, both "" where no account does."""

    appointment: Appointment
    name: str
    login: str

    def is_held(self, on: date) -> bool:
        return bool(self.login) and self.appointment.holds_on(on)


def every_seat() -> tuple[Seat, ...]:
    """Every appointment there was. An office has tens or hundreds, never more."""
    return _held().seats


def roll() -> Roll:
    """Every appointment there was, by number."""
    return _held().roll


class _Held(NamedTuple):
    seats: tuple[Seat, ...]
    roll: Roll


def _held() -> _Held:
    """The rows are read each time; what they come to is kept for as long as they say the same."""
    return once(_SEATS, lambda: _of(tuple(rows.read(_EVERY))))


@lru_cache(maxsize=4)
def _of(found: tuple[rows.Values, ...]) -> _Held:
    seats = tuple(
        Seat(
            Appointment(number=number, person=_person(account), office=office, since=since, before=before),
            name or "",
            login or "",
        )
        for number, account, office, since, before, name, login in found
    )
    return _Held(seats, Roll.of(seat.appointment for seat in seats))


def _person(account: uuid.UUID | str | None) -> str:
    """An account's id as text, in its one form: SQLite keeps it without its hyphens."""
    return str(uuid.UUID(account) if isinstance(account, str) else account)


def names(numbers: set[str]) -> dict[str, str]:
    """The names behind these appointments, for pages of the desk."""
    return {
        seat.appointment.number: seat.name
        for seat in every_seat()
        if seat.login and seat.appointment.number in numbers
    }


def who(number: str) -> str | None:
    """The name behind one appointment."""
    return names({number}).get(number)


def holders(offices: set[str], *, on: date) -> list[tuple[str, str, str]]:
    """(office, number, name) of everybody who holds one of these offices on the day, by office and name."""
    return sorted(
        (seat.appointment.office, seat.appointment.number, seat.name)
        for seat in every_seat()
        if seat.appointment.office in offices and seat.is_held(on)
    )


def alone(*, on: date) -> dict[str, tuple[str, str]]:
    """The offices that one appointment alone holds on the day: its number, and the name of whoever has it."""
    held: dict[str, list[tuple[str, str]]] = {}
    for seat in every_seat():
        if seat.is_held(on):
            held.setdefault(seat.appointment.office, []).append((seat.appointment.number, seat.name))
    return {office: seats[0] for office, seats in held.items() if len(seats) == 1}


def keep(appointment: Appointment, account: Account) -> None:
    """The index row of an appointment fact."""
    AppointmentRow.objects.update_or_create(
        number=appointment.number,
        defaults={
            "office": appointment.office,
            "account": account,
            "since": appointment.since,
            "before": appointment.before,
        },
    )
    forget(_SEATS)


def end(number: str, *, before: date) -> None:
    AppointmentRow.objects.filter(number=number).update(before=before)
    forget(_SEATS)


def row(number: str, *, office: str, account: str | None, since: date, before: date | None) -> AppointmentRow:
    """The row as it should stand, not saved."""
    return AppointmentRow(
        number=number,
        office=office,
        account_id=uuid.UUID(account) if account else None,
        since=since,
        before=before,
    )


def logins(offices: set[str], *, on: date) -> dict[str, list[tuple[str, str]]]:
    """(name, login) of everybody who holds one of these offices on the day, by office, in order of names."""
    found: dict[str, list[tuple[str, str]]] = {}
    for seat in every_seat():
        if seat.appointment.office in offices and seat.is_held(on):
            found.setdefault(seat.appointment.office, []).append((seat.name, seat.login))
    return {office: sorted(set(held)) for office, held in found.items()}
