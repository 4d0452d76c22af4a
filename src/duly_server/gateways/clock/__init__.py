"""What time it is: read once at a door and passed on as an argument.

Only tests and `duly demo --today` may set it, by a file that holds a day; an office has no such file, and the
setting that names it is refused outside the demo.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo


class Clock:
    """The day and the instant, in the organisation's zone."""

    def __init__(self, zone: str, *, day_file: Path | None = None) -> None:
        self._zone = ZoneInfo(zone)
        self._day_file = day_file

    def read(self) -> tuple[date, datetime]:
        """Today, and the present instant in UTC; under a set day, this time of that day."""
        now = datetime.now(UTC)  # noqa: TID251 -- the one place where the time is read
        here = now.astimezone(self._zone)
        today = self._set_day() or here.date()
        if today == here.date():
            return today, now
        moved = datetime.combine(today, here.timetz()).astimezone(UTC)
        return today, moved

    def set_day(self, day: date) -> None:
        """The day it is from now on. Raises RuntimeError in an office, whose clock nobody sets."""
        if self._day_file is None:
            raise RuntimeError("The clock of an office cannot be set.")
        self._day_file.write_text(day.isoformat(), "ascii")

    def next_day(self) -> date:
        """One day further (the demo's button)."""
        day = self.read()[0] + timedelta(days=1)
        self.set_day(day)
        return day

    @property
    def is_set(self) -> bool:
        return self._set_day() is not None

    def _set_day(self) -> date | None:
        if self._day_file is None or not self._day_file.is_file():
            return None
        return date.fromisoformat(self._day_file.read_text("ascii").strip())
