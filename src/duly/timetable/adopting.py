"""What an adoption does to one running case: the one place that says which edition and calendar govern it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from duly.rulebook.book import Rulebook, RunningCases
from duly.rulebook.prose import words
from duly.timetable.adopted import Change, Effect, Ending, Fate, Moving, NewCalendar, NewEdition
from duly.timetable.against_moving import against_moving
from duly.timetable.calendar import Calendar
from duly.timetable.clock import Clock
from duly.timetable.ends import ONE_DAY, measure_ends
from duly.timetable.going_on import GoingOn
from duly.timetable.marking import Marking
from duly.vocabulary import Problem

_Lasting = tuple[str, bool, date]  # the name, whether it is a pause, the day since which it lasts


@dataclass(frozen=True, slots=True)
class _Told:
    """The last day of each clock that runs, as everybody was told it, and of what ends by itself."""

    clocks: dict[Clock, date | None]
    ends: dict[_Lasting, date | None]


class Adopting:
    """The adoptions that one run meets, in the order in which they come into force.

    A case under an edition stays under it until a newer one takes it: at once ("move at once"), or between
    two stages, when no stage of it is open ("finish the stage they are in"). What would change the meaning of
    anything the case has used is no such edition, and the case stays where it is (`against_moving`).
    """

    def __init__(self, marking: Marking, clockwork: GoingOn, changes: Sequence[Change]) -> None:
        self.marking = marking
        self.clockwork = clockwork
        self._to_come = _to_come(changes, calendar=marking.calendar)
        self._newest: dict[str, Calendar] = {}  # of each name, as far as adopted on the way
        self._waits: NewEdition | None = None  # until no stage is open
        self._left: Rulebook | None = None  # the edition that was just gone from

    def next_until(self, until: date, *, and_its_facts: bool = False) -> Change | None:
        """The next adoption that governs before this day's facts; or, with `and_its_facts`, after them."""
        change = self._to_come[0] if self._to_come else None
        if change is None or change.since > until:
            return None
        is_later = isinstance(change, NewCalendar) and change.since == until and not and_its_facts
        return None if is_later else change

    def adopt_next(self) -> None:
        change = self._to_come.pop(0)
        if isinstance(change, NewCalendar):
            self._newest[change.calendar.name] = change.calendar
            is_other = change.calendar.digest != self.marking.calendar.digest
            if is_other and change.calendar.name == self.marking.calendar.name:
                self._recount(change)
        elif self.marking.closed_on is None and change.book.digest != self.marking.book.digest:
            self._meet(change)

    def _recount(self, change: NewCalendar) -> None:
        told = self._told()
        edition, calendar = self.marking.book.edition, self.marking.calendar
        self.clockwork.count_by(change.calendar, on=change.since)
        self._note(change, Fate.RECOUNTED, edition, calendar, on=change.since, told=told)

    def _meet(self, change: NewEdition) -> None:
        on, now = change.since, (self.marking.book.edition, self.marking.calendar)
        match change.book.running_cases:
            case RunningCases.STAY:
                self._note(change, Fate.STAYS, *now, on=on, told=self._told())
            case RunningCases.MOVE:
                if self._go_under(change, on=on, keep=False):
                    self.after_stage()
            case RunningCases.FINISH_STAGE:
                self._waits = change
                if self._is_in_a_stage():
                    self._note(change, Fate.WAITS, *now, on=on, told=self._told())
                elif self._go_between_stages(on=on):
                    self.after_stage()

    # --- between two stages ------------------------------------------------------------------------------

    def before_stage(self, name: str, on: date, place: int | None) -> str:
        """A stage is about to begin: the name it has in the edition that then governs."""
        waits = self._waits
        if waits is None or self._is_in_a_stage() or name in self.marking.book.measures:
            return name
        if not self._go_between_stages(on=on, beginning=name):
            return name
        self.marking.effects[-1] = replace(self.marking.effects[-1], place=place)
        return next((new for new, old in waits.book.was.items() if old == name), name)

    def after_stage(self) -> None:
        """Whatever led into the new edition is done: what only that has a time for begins to count."""
        if self._left is None:
            return
        left, self._left = self._left, None
        there = {*self.clockwork.running}
        self.clockwork.start_what_is_new(left, on=self.marking.on)
        effect = self.marking.effects[-1]
        new = [clock for clock in self.clockwork.running if clock not in there]
        self.marking.effects[-1] = replace(
            effect,
            clocks=(
                *self._moving({each.clock: each.before for each in effect.clocks}),
                *(replace(each, is_new=True) for each in self._moving(dict.fromkeys(new))),
            ),
        )

    def _is_in_a_stage(self) -> bool:
        return any(stage in self.marking.open for stage in self.marking.book.stages)

    def _go_between_stages(self, *, on: date, beginning: str | None = None) -> bool:
        waits = self._waits
        return waits is not None and self._go_under(waits, on=on, keep=True, beginning=beginning)

    # --- going -------------------------------------------------------------------------------------------

    def _go_under(self, change: NewEdition, *, on: date, keep: bool, beginning: str | None = None) -> bool:
        marking, told = self.marking, self._told()
        now = (marking.book.edition, marking.calendar)
        calendar = self._newest.get(change.calendar.name, change.calendar)
        why = against_moving(marking, change.book, beginning=beginning)
        if keep:
            why = (*why, *self._against_keeping(change.book, calendar))
        stages = self._stages()
        if not (keep and why and all(each.code in _PASSING for each in why)):
            self._waits = None  # else it is asked again between the next two stages
        if why:
            self._note(change, Fate.NOT_MOVED, *now, on=on, told=told, why=why)
            return False
        self._left = marking.book
        self.clockwork.go_under(change.book, calendar, on=on, keep=keep)
        self._note(change, Fate.MOVED, *now, on=on, told=told, stages=stages)
        return True

    def _against_keeping(self, book: Rulebook, calendar: Calendar) -> Iterator[Problem]:
        """Between two stages nobody looks: a time that runs then must keep its day."""
        running, now = self.clockwork.running, self.marking
        if running and (book.counting != now.book.counting or calendar.digest != now.calendar.digest):
            yield _COUNTS_OTHERWISE
        for clock in running:
            if (clock.limit.name, clock.limit.part) not in book.places_of_limits:
                says = f"“{words(clock.limit.name)}” is owed, and has no time in the new edition."
                remedy = "It is asked again between the next two stages."
                yield Problem(code="no-time-in-edition", says=says, remedy=remedy)

    def _stages(self) -> tuple[str, ...]:
        return tuple(stage for stage in self.marking.book.stages if stage in self.marking.open)

    def _told(self) -> _Told:
        return _Told(
            {clock: self.clockwork.due(clock) for clock in self.clockwork.running},
            dict(_lasting(self.marking)),
        )

    def _moving(self, told: dict[Clock, date | None]) -> tuple[Moving, ...]:
        return tuple(
            Moving(
                clock,
                before,
                self.clockwork.due(clock) if clock.is_running else None,
                uncounted=clock.uncounted if clock.is_running else None,
            )
            for clock, before in told.items()
        )

    def _note(
        self,
        change: Change,
        fate: Fate,
        edition: str,
        calendar: Calendar,
        *,
        on: date,
        told: _Told,
        stages: tuple[str, ...] | None = None,
        why: tuple[Problem, ...] = (),
    ) -> None:
        self.marking.effects.append(
            Effect(
                on=on,
                change=change,
                fate=fate,
                edition=edition,
                calendar=calendar,
                clocks=self._moving(told.clocks),
                ends=_ending(told.ends, dict(_lasting(self.marking))),
                stages=self._stages() if stages is None else stages,
                why=why,
            )
        )


def _lasting(marking: Marking) -> Iterator[tuple[_Lasting, date | None]]:
    """Each measure in force and each pause that lasts, with its last day if it ends by itself."""
    for name, begun in marking.open.items():
        if name in marking.book.measures:
            yield (name, False, begun), measure_ends(marking, name, begun)
    for name, period in marking.paused.open:
        yield (name, True, period.since), marking.paused.cap(name, period.since) - ONE_DAY


def _ending(before: dict[_Lasting, date | None], after: dict[_Lasting, date | None]) -> tuple[Ending, ...]:
    return tuple(Ending(*what, last, after.get(what)) for what, last in before.items())


def _to_come(changes: Sequence[Change], *, calendar: Calendar) -> list[Change]:
    """In the order in which they govern, without the calendars that came before the one it opened under."""
    digests = [each.calendar.digest if isinstance(each, NewCalendar) else "" for each in changes]
    known = digests.index(calendar.digest) + 1 if calendar.digest in digests else 0
    left = [
        change
        for place, change in enumerate(changes)
        if not (place < known and isinstance(change, NewCalendar) and change.calendar.name == calendar.name)
    ]
    return sorted(left, key=lambda each: (each.since, isinstance(each, NewCalendar)))


_COUNTS_OTHERWISE = Problem(
    code="counts-otherwise",
    says="A time runs in the case, and the new edition counts every time otherwise.",
    remedy="It is asked again between the next two stages.",
)
# What may be over by then; a name that is missing stays missing.
_PASSING = (_COUNTS_OTHERWISE.code, "no-time-in-edition", "lasting-under-another-rule")
