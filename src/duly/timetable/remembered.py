"""Where a case stood after its last fact, kept, so that one more fact costs one fact."""

from collections.abc import Sequence
from datetime import date

from duly.record.facts import Fact
from duly.record.fold import CaseState
from duly.rulebook.book import Rulebook
from duly.timetable.adopted import Change
from duly.timetable.calendar import Calendar
from duly.timetable.marking import Marking
from duly.timetable.run import Run
from duly.timetable.state import state

MOST = 3  # runs kept: of the record, and of what it would be with an act that is tried


class Remembered:
    """`state`, of one case under one edition and calendar, with a memory.

    What is remembered is the run as it stood after some facts, before the days that came after them; nobody
    else has it, and it is never moved: several threads may ask at once. A case with the same facts and more
    goes on from there; any other, and one that an adoption meets, is run through afresh. The answer is always
    that of `state`.
    """

    def __init__(self) -> None:
        self._kept: list[tuple[tuple[Fact, ...], Run]] = []  # the newest first

    def state(
        self, case: CaseState, book: Rulebook, calendar: Calendar, *, on: date, changes: Sequence[Change] = ()
    ) -> Marking:
        """Where the case stands on this day, as `duly.timetable.state.state` says."""
        if changes:
            return state(case, book, calendar, on=on, changes=changes)
        facts = tuple(fact for fact in case.moves if fact.on <= on)
        known, kept = self._known(facts, book, calendar)
        run = Run(case, book, calendar) if kept is None else kept.copied(case)
        if known < len(facts):
            for fact in facts[known:]:
                run.pass_time(until=fact.on)
                run.apply(fact)
            self._kept = [(facts, run), *self._kept][:MOST]
            run = run.copied(case)
        run.end_facts_of(on)
        run.settle(on=on)
        return run.marking

    def _known(self, facts: tuple[Fact, ...], book: Rulebook, calendar: Calendar) -> tuple[int, Run | None]:
        """How many of the facts were run through before, and the run that did: the one with the most."""
        found: tuple[int, Run | None] = (0, None)
        for before, run in self._kept:
            same = run.marking.book is book and run.marking.calendar is calendar
            if same and len(before) > found[0] and facts[: len(before)] == before:
                found = (len(before), run)
        return found
