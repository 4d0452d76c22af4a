"""One day of a count, as the calendar of a working shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["trigger", "counted", "closed", "paused", "due"]


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a count. `number` is its place in it, None if it was not counted; `name` why it is closed.

    `trigger` is the day counted from (numbered only when counting begins with it), `due` the day arrived at
    (numbered unless it lies past the last day counted: at the far end of clear days, or off a closed day).
    """

    on: date
    kind: Kind
    number: int | None = None
    name: str | None = None
