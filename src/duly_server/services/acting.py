"""Who is acting, on which day, at which instant: read once at the door and passed on."""

from dataclasses import dataclass
from datetime import date, datetime

from duly.people import Actor
from duly_server.store.visible import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """A viewer at a door. `today` is the day in the organisation's zone, `at` the instant, with its zone."""

    viewer: Viewer
    today: date
    at: datetime

    def actors(self, on: date | None = None) -> tuple[Actor, ...]:
        """Every appointment held on the day, as somebody who may act by it."""
        day = on or self.today
        return tuple(
            Actor(by=held.number, office=held.office, person=held.person)
            for held in self.viewer.appointments
            if held.holds_on(day)
        )
