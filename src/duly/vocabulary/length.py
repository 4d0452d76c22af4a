"""A length of time as a rulebook writes it: a number and a unit."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """The units a limit may be written in; the value is the word the rulebook uses, in the plural."""

    HOURS = "hours"
    DAYS = "days"
    CLEAR_DAYS = "clear days"
    WORKING_DAYS = "working days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"

    @property
    def singular(self) -> str:
        return self.value[:-1]


@dataclass(frozen=True, slots=True)
class Length:
    """`amount` of `unit`; with `calendar`, days of a calendar of its own ("10 days in season")."""

    amount: int
    unit: Unit
    calendar: str | None = None

    def __str__(self) -> str:
        word = self.unit.singular if self.amount == 1 else self.unit.value
        return f"{self.amount} {word}" + (f" in {self.calendar}" if self.calendar else "")
