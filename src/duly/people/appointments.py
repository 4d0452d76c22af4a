"""Who holds which office on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One person in one office from `since`, up to but not including `before`.

    `number` is what facts carry; `person` an opaque token that is equal for two appointments of one person.
    """

    number: str
    person: str
    office: str
    since: date
    before: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.before is None or day < self.before)


@dataclass(frozen=True, slots=True)
class Roll:
    """Every appointment there was, by number."""

    appointments: Mapping[str, Appointment]

    @classmethod
    def of(cls, appointments: Iterable[Appointment]) -> "Roll":
        return cls({appointment.number: appointment for appointment in appointments})

    def person(self, number: str) -> str | None:
        """The person behind an appointment's number; None if there is no such appointment."""
        found = self.appointments.get(number)
        return found.person if found else None

    def holders(self, office: str, *, on: date) -> tuple[Appointment, ...]:
        return tuple(a for a in self.appointments.values() if a.office == office and a.holds_on(on))
