"""Who gives out in the example what came up by itself: the office that answers for the timetable.

What is owed since a complaint came, or since a time ran out, is nobody's until it is given to somebody. Most
of it is on the next working day; some is left, as everywhere.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from duly.people import Actor
from duly.rulebook.book import Rulebook
from duly.rulebook.steps import Is
from duly.timetable.marking import Marking

LEFT = 0.07  # of the offices that somebody should be given in a case

_Staff = Mapping[str, Sequence[Actor]]


@dataclass
class Given:
    """When each office of one case is given that owed something while nobody had it; None: it is left."""

    days: dict[str, date | None] = field(default_factory=dict)

    def next_day(self, marking: Marking, staff: _Staff, chance: random.Random) -> date | None:
        """The first day on which something is to be given out."""
        for office, since in _waiting(marking, staff):
            if office not in self.days:
                day = marking.calendar.working_on_or_after(since + timedelta(days=1))
                self.days[office] = None if chance.random() < LEFT else day
        days = [self.days[office] for office, _ in _waiting(marking, staff)]
        return min((day for day in days if day is not None), default=None)

    def due(self, marking: Marking, staff: _Staff, day: date) -> list[str]:
        """The offices to be given out by then."""
        waiting = {office: self.days.get(office) for office, _ in _waiting(marking, staff)}
        return [office for office, by in waiting.items() if by is not None and by <= day]

    def leave(self, office: str) -> None:
        """It cannot be given out: nobody is asked again."""
        self.days[office] = None


def accountable(book: Rulebook) -> str:
    """Who gives out: the office that answers for the timetable; else the one that gives notice."""
    notice = book.steps_that_are(Is.NOTICE)[0]
    return next((office.name for office in book.offices.values() if office.accountable), notice.by[0])


def _waiting(marking: Marking, staff: _Staff) -> Iterable[tuple[str, date]]:
    """Each office that owes something in this case and is nobody's here, with the day since when."""
    assigned = marking.case.assigned
    for clock in marking.clocks:
        if clock.is_running and not clock.is_party and clock.started_on is not None:
            serving = [office for office in clock.offices if office in staff]
            if serving and not any(office in assigned for office in serving):
                yield serving[0], clock.started_on
