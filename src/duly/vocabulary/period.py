"""A stretch of days: from a first day up to, not including, another."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` up to, not including, `before`; `before` None: its end is not known yet.

    `Period(day, day)` is empty: begun and ended at once. Raises ValueError if it ends before it begins.
    """

    since: date
    before: date | None

    def __post_init__(self) -> None:
        if self.before is not None and self.before < self.since:
            raise ValueError(f"A period from {self.since} cannot end before {self.before}.")

    def __contains__(self, day: date) -> bool:
        return self.since <= day and (self.before is None or day < self.before)

    def ended_by(self, until: date) -> "Period":
        """The same days, read as if a period without an end had ended before `until`."""
        return self if self.before is not None else Period(self.since, max(self.since, until))

    def days(self, until: date | None = None) -> int:
        """How many days it holds, of those before `until` if that is given.

        Raises ValueError for a period without an end when `until` is not given.
        """
        end = self.before if until is None else until if self.before is None else min(self.before, until)
        if end is None:
            raise ValueError(f"The period from {self.since} has no end yet: say until when to count.")
        return max((end - self.since).days, 0)
