"""Whether the clock was set back: nothing is written under a time that the record has already left behind.

What was noted tomorrow cannot be followed by what is noted today: the record would tell a wrong order, and
what a rulebook counts would be counted from a wrong day.
"""

from datetime import date, datetime, timedelta

from duly_server.store import leaves

CORRECTED = timedelta(minutes=5)  # what a clock is set back by when it is merely put right


class ClockSetBackError(Exception):
    """The machine's clock says an earlier time than facts of the record."""

    trouble = "CLOCK"


def check(*, today: date, at: datetime) -> None:
    """Raises ClockSetBackError. A reporter's facts are of a day, all others of an instant."""
    for noted in leaves.last_noted():
        is_later = noted > at + CORRECTED if isinstance(noted, datetime) else noted > today
        if is_later:
            raise ClockSetBackError
