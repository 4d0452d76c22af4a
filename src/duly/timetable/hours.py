"""Hours: from one instant to another, whatever the clocks on the wall do in between."""

from datetime import UTC, datetime, timedelta

from duly.rulebook.phrases import Direction
from duly.vocabulary import Length
from duly.vocabulary.day import desk_day


def end(length: Length, direction: Direction, start: datetime) -> datetime:
    """The instant so many hours after `start`, or before it, in the zone of `start`."""
    hours = timedelta(hours=-length.amount if direction is Direction.BEFORE else length.amount)
    return (start.astimezone(UTC) + hours).astimezone(start.tzinfo)


def by_the_wall(length: Length, direction: Direction, start: datetime) -> datetime:
    """The other reading: so many hours by a clock on the wall, which is put forward or back."""
    hours = timedelta(hours=-length.amount if direction is Direction.BEFORE else length.amount)
    return start + hours  # of one zone: the time that the wall shows


def both_readings(length: Length, direction: Direction, start: datetime) -> str:
    """The sentence that says what the change of the clocks does; empty where they are not changed."""
    holds, other = end(length, direction, start), by_the_wall(length, direction, start)
    if holds.utcoffset() == start.utcoffset():
        return ""
    later, earlier = max(holds, start), min(holds, start)
    forward = (later.utcoffset() or timedelta()) > (earlier.utcoffset() or timedelta())
    way = "forward" if forward else "back"
    return (
        f"The clocks go {way} in between: by the clock on the wall it would be {other:%H:%M} on "
        f"{desk_day(other.date())}. What counts is the time that passes."
    )
