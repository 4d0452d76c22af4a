"""What was worked out of the cases this process read last: one read again costs what is new in it."""

from collections import OrderedDict
from threading import Lock

from duly.rulebook.book import Rulebook
from duly.timetable.calendar import Calendar
from duly.timetable.remembered import Remembered


class RememberedRuns:
    """Of at most so many cases; the one that was asked for longest ago is forgotten first.

    It decides nothing about who may see a case: whoever asks has read its facts, and what is remembered is
    used only where it was worked out from those very facts.
    """

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._kept: OrderedDict[tuple[str, str, str], Remembered] = OrderedDict()
        self._lock = Lock()

    def of(self, chain: str, book: Rulebook, calendar: Calendar) -> Remembered:
        """That of the case on this chain, as it counts under this edition by this calendar."""
        key = (chain, book.digest, calendar.digest)
        with self._lock:
            found = self._kept.setdefault(key, Remembered())
            self._kept.move_to_end(key)
            while len(self._kept) > self._at_most:
                self._kept.popitem(last=False)
        return found

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()
