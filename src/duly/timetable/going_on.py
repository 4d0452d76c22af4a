"""Clocks that go on when another edition or another calendar comes to govern their case."""

from dataclasses import dataclass
from datetime import date

from duly.rulebook.book import Rulebook
from duly.rulebook.phrases import Counted, Direction, Part, Reference, StepDone
from duly.rulebook.steps import Limit
from duly.timetable.calendar import Calendar
from duly.timetable.clock import Clock, ClockState
from duly.timetable.clockwork import Clockwork
from duly.timetable.counted_from import before
from duly.timetable.marking import is_protected, parts_of
from duly.timetable.triggers import Occurrence


@dataclass(slots=True)
class GoingOn(Clockwork):
    """The clocks of a run, which an adoption may meet while they run."""

    def count_by(self, calendar: Calendar, *, on: date) -> None:
        """Count what runs by this calendar from now on; a party's day is never earlier than it was told."""
        self.hold_to_what_was_told()
        self.marking.go_under(self.marking.book, calendar)
        self.recount()
        self.run_again(on=on)

    def go_under(self, book: Rulebook, calendar: Calendar, *, on: date, keep: bool) -> None:
        """This edition governs from now on: each clock goes on by the limit of its name there.

        With `keep` it keeps the time it has. Else one without a limit there, or whose trigger there has not
        come, falls away, and a party's day is never earlier than it was told.
        """
        self.hold_to_what_was_told()
        self.marking.go_under(book, calendar)
        limits = {(limit.name, limit.part): limit for limit in book.limits}
        gone: list[Clock] = []
        for clock in list(self.running):
            limit = limits.get((clock.limit.name, clock.limit.part))
            if limit is not None and (keep or self._retimed(clock, limit)):
                self._go_on_by(clock, limit)
            else:
                self.stop(clock, ClockState.FELL_AWAY, on=on, place=None)
                gone.append(clock)
        self._wait_by(limits, keep=keep)
        self._number_anew(gone)
        self.doubt_all()
        self.recount()
        self.run_again(on=on)

    def _retimed(self, clock: Clock, limit: Limit) -> bool:
        """Give it the time of this limit, counted from where that counts; False where that has not come."""
        parts, per = parts_of(self.marking.timing_of(limit)), self.marking.book.steps[limit.step].per
        if _froms(parts) != _froms(clock.parts):
            anchors = [before(self.marking, part, clock.key, per) for part in parts]
            known = tuple(anchor for anchor in anchors if anchor is not None)
            if len(known) < len(parts):
                return False
            clock.anchors = known
        clock.parts = parts
        return True

    def _go_on_by(self, clock: Clock, limit: Limit) -> None:
        step = self.marking.book.steps[limit.step]
        clock.limit, clock.protects = limit, is_protected(step)
        clock.offices = self.marking.offices_of(step, clock.key)

    def _wait_by(self, limits: dict[tuple[str, int], Limit], *, keep: bool) -> None:
        """A party's clock that waits until the party may act was told to nobody: it takes the new time."""
        waiting, self._waiting = self._waiting, []
        for start in waiting:
            limit = limits.get((start.limit.name, start.limit.part))
            if limit is None:
                continue
            parts = parts_of(self.marking.timing_of(limit))
            if _froms(parts) != _froms(start.parts):
                continue  # what it counts from now has not come, or comes anew
            start.limit, start.parts = limit, start.parts if keep else parts
            self._waiting.append(start)

    def _number_anew(self, gone: list[Clock]) -> None:
        """The places of limits are another file's. What fell away just now may start by its new trigger."""
        self._started = {}
        for clock in self.marking.clocks:
            place = self.marking.book.places_of_limits.get((clock.limit.name, clock.limit.part))
            if place is not None:
                clock.order = place
                if clock not in gone:
                    self._started.setdefault((place, clock.key), []).append(clock)

    def start_what_is_new(self, old: Rulebook, *, on: date) -> None:
        """What only the present edition gives a time for is counted from today at the earliest.

        Nobody is late for what they could not know. Only what is in play and not done in this round.
        """
        marking = self.marking
        now = Occurrence(kind="joins", name="", seq=self.next_seq(), on=on, place=None)
        for limit in marking.book.limits:
            step = marking.book.steps[limit.step]
            if (limit.name, limit.part) in old.places_of_limits or not marking.in_play(step):
                continue
            for key in marking.members(step) if step.per else (None,):
                done = marking.is_done(StepDone(step.name), key=key)
                if not (done or marking.is_shut(step, key) or self._has_started(limit, key, now)):
                    self._start_since(limit, key, now)
        self.work_through(on=on, place=None)


def _froms(parts: tuple[Part, ...]) -> list[tuple[Reference, Direction | None]]:
    """What each is counted from, and which way."""
    return [(part.reference, part.direction if isinstance(part, Counted) else None) for part in parts]
