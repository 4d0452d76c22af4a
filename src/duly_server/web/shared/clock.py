"""A clock as a page shows it: when it began, when it is due, when it was due at first, when it stopped."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from duly_server.web.shared.days import spoken_day


class Standing(StrEnum):
    NOT_STARTED = "not started"
    RUNNING = "running"
    PAUSED = "paused"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done late"


@dataclass(frozen=True, slots=True)
class Pause:
    """The days from `since`, before `before`; None while it lasts."""

    since: date
    before: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockView:
    """`due_on` None: no date can be given yet. `original_on` None or equal to it: the date never moved.

    `expected_on` is the day a clock that has not started is expected to. `is_partys`: the time belongs to a
    party, and is never drawn as a fault of the office.
    """

    due_on: date | None
    started_on: date | None = None
    expected_on: date | None = None
    original_on: date | None = None
    stopped_on: date | None = None
    is_partys: bool = False
    pauses: tuple[Pause, ...] = ()

    @property
    def has_moved(self) -> bool:
        return self.original_on is not None and self.original_on != self.due_on

    def standing(self, *, today: date) -> Standing:
        if self.started_on is None:
            return Standing.NOT_STARTED
        if self.stopped_on is not None:
            is_late = self.due_on is not None and self.stopped_on > self.due_on
            return Standing.DONE_LATE if is_late else Standing.DONE
        if any(pause.since <= today and (pause.before or date.max) > today for pause in self.pauses):
            return Standing.PAUSED
        is_late = self.due_on is not None and self.due_on < today
        return Standing.LATE if is_late else Standing.RUNNING

    def sentence(self, *, today: date) -> str:
        """What the drawing shows, for who cannot see it: "Started 26 March 2026, due 29 April 2026, ..."."""
        standing = self.standing(today=today)
        parts = [self._beginning(), self._due(standing)]
        if self.has_moved and self.original_on:
            parts.append(f"originally {spoken_day(self.original_on)}")
        parts += [_spoken_pause(pause) for pause in self.pauses]
        if self.stopped_on:
            parts.append(f"done {spoken_day(self.stopped_on)}")
        if standing in (Standing.LATE, Standing.DONE_LATE):
            parts.append(self._late())
        sentence = ", ".join(part for part in parts if part)
        return f"{sentence[:1].upper()}{sentence[1:]}."

    def _late(self) -> str:
        """What a party does not do in time is told, and is nobody's lateness."""
        if not self.is_partys:
            return "late"
        return "after its time was up" if self.stopped_on else "the time is up"

    def _beginning(self) -> str:
        if self.started_on:
            return f"started {spoken_day(self.started_on)}"
        if self.expected_on:
            return f"not started, expected to start {spoken_day(self.expected_on)}"
        return "not started"

    def _due(self, standing: Standing) -> str:
        if self.due_on is None:
            return "no due date yet"
        word = "at latest" if standing is Standing.NOT_STARTED else "due"
        return f"{word} {spoken_day(self.due_on)}"


def _spoken_pause(pause: Pause) -> str:
    if pause.before is None:
        return f"paused since {spoken_day(pause.since)}"
    last = pause.before - timedelta(days=1)
    if last <= pause.since:
        return f"paused {spoken_day(pause.since)}"
    return f"paused {spoken_day(pause.since)} to {spoken_day(last)}"
