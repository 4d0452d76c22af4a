"""Who holds which office on a day: for the page on which a demonstration lets one be anybody."""

from dataclasses import dataclass
from datetime import date

from duly_server.store import appointments, editions


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody in an office, and the login of their account."""

    name: str
    login: str


def everybody(on: date) -> dict[str, tuple[Seat, ...]]:
    """Every office of the edition in force that is no party, in the rulebook's order, with its holders."""
    book, _ = editions.in_force(on)
    offices = [office.name for office in book.offices.values() if not office.party]
    held = appointments.logins(set(offices), on=on)
    return {
        office: tuple(Seat(name=name, login=login) for name, login in held.get(office, ()))
        for office in offices
    }
