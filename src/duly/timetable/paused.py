"""The pauses of a case as they stand, and what they come to: worked out once, until one begins or ends."""

from dataclasses import InitVar, dataclass, field
from datetime import date, timedelta

from duly.rulebook.book import Rulebook
from duly.rulebook.phrases import Direction
from duly.timetable.calendar import Calendar
from duly.timetable.counting import PausedDays, first_day
from duly.vocabulary import Length, Period, Unit


@dataclass(slots=True, eq=False)
class Pauses:
    """Every pause by its kind, in the order in which they began. The list is a copy and does not change.

    `before` are the pauses as they stood before one more began or ended: what was over then is in order.
    """

    every: list[tuple[str, Period]]
    book: Rulebook = field(repr=False)
    calendar: Calendar = field(repr=False)
    before: InitVar["Pauses | None"] = None
    open: tuple[tuple[str, Period], ...] = field(init=False)
    _over: PausedDays = field(init=False, default=PausedDays())  # those at the head that do not last
    _days: tuple[date | None, PausedDays] | None = field(init=False, default=None)
    _worst: PausedDays | None = field(init=False, default=None)
    _caps: dict[tuple[str, date], date] = field(init=False, default_factory=dict[tuple[str, date], date])

    def __post_init__(self, before: "Pauses | None") -> None:
        self.open = tuple(each for each in self.every if each[1].before is None)
        if before is not None and before.every[: len(before._over)] == self.every[: len(before._over)]:
            self._over = before._over
        for _, period in self.every[len(self._over) :]:
            if period.before is None:
                break
            self._over = self._over.followed_by(period)

    @property
    def open_since(self) -> date | None:
        """The day the first began of those that last."""
        return min((period.since for _, period in self.open), default=None)

    def days(self, on: date) -> PausedDays:
        """An open one "as if resumed today"; without one the day makes no difference."""
        until = on if self.open else None
        found = self._days  # markings of several threads may share this
        if found is None or found[0] != until:
            days = self._over
            for _, period in self.every[len(days) :]:
                days = days.followed_by(period.ended_by(on))
            found = self._days = (until, days)
        return found[1]

    def worst(self) -> PausedDays:
        """An open one as long as it may last."""
        if self._worst is None:
            self._worst = PausedDays(
                period if period.before is not None else period.ended_by(self.cap(name, period.since))
                for name, period in self.every
            )
        return self._worst

    def cap(self, pause: str, since: date) -> date:
        """The first day that counts again, at the latest, of a pause of this kind begun on `since`.

        Pauses of one kind share the longest time they may last (R06: "total within caps"); no closed day
        lengthens it.
        """
        found = self._caps.get((pause, since))
        if found is None:
            found = self._caps[pause, since] = self._cap(pause, since)
        return found

    def _cap(self, pause: str, since: date) -> date:
        at_most = self.book.pauses[pause].at_most
        earlier = [p for name, p in self.every if name == pause and p.since < since and p.before]
        in_working_days = at_most.unit is Unit.WORKING_DAYS
        used = sum(self._days_in(period, working=in_working_days) for period in earlier)
        if in_working_days:
            left = Length(at_most.amount - used, at_most.unit)
            return self._count_from(since, left) if left.amount > 0 else since
        return max(since, self._count_from(since, at_most) - timedelta(days=used))

    def _days_in(self, period: Period, *, working: bool) -> int:
        if not working or period.before is None:
            return period.days(period.before)
        return self.calendar.working_before(period.before) - self.calendar.working_before(period.since)

    def _count_from(self, since: date, length: Length) -> date:
        """The first day after a stretch of this length that begins with `since`."""
        rules = self.book.bounds
        last = first_day(length, Direction.BEGINNING_WITH, since, calendar=self.calendar, rules=rules)
        return last + timedelta(days=1)
