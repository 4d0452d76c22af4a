"""Why a clock that has ended was due when it was: by what it was counted from then, whatever moved since.

The numbers are cases of tests/timetable/reference in which a fixed day or the first day moved later, after a
clock counted from it had ended; in 1587 the extension was given in a pause, and the pause moved it.
"""

import pytest
from tests.timetable.reference.compare import CALENDAR, LAST, case_of

from duly.timetable.clock import Clock
from duly.timetable.due_day import due_day
from duly.timetable.marking import Marking
from duly.timetable.state import state
from duly_server.services.clock_moves import moves
from duly_server.services.explain import explain

MOVED_LATER = (59, 180, 203, 691, 868, 995, 1020, 1234, 1587, 1988, 2167, 2366, 2509, 2519, 2644)
OTHERS = [number for number in range(60) if case_of(number)]


def at_the_end(number: int) -> Marking:
    case = case_of(number)
    assert case is not None
    return state(case.casebook().case, case.book, CALENDAR, on=LAST)


@pytest.mark.parametrize("number", sorted({*MOVED_LATER, *OTHERS}))
def test_the_working_of_a_clock_that_ended_gives_its_date(number: int) -> None:
    marking = at_the_end(number)
    for clock in marking.clocks:
        assert_explained(marking, clock)


def assert_explained(marking: Marking, clock: Clock) -> None:
    explained = explain(marking, clock)
    working = explained.working
    assert (working.due if working else None) == clock.due
    told = any("never moved earlier" in because.says for because in explained.sentences)
    assert clock.floor is not None or not told
    if working is None:
        return
    assert working.steps[-1].on == clock.due
    moved = moves(marking, clock)
    if moved and clock.floor is None:
        assert moved[-1].after == clock.due


def test_something_did_move_later_and_the_clocks_did_not() -> None:
    moved = [
        clock
        for marking in map(at_the_end, MOVED_LATER)
        for clock in marking.clocks
        if not clock.is_running and not marking.pauses and due_day(marking, clock) != clock.due
    ]
    assert len(moved) > len(MOVED_LATER) / 2


def test_what_each_clock_was_counted_from_is_kept_with_it() -> None:
    marking = at_the_end(59)
    (clock,) = [each for each in marking.clocks if each.step == "ask"]
    assert clock.due is not None
    assert clock.reckoned is not None
    assert clock.reckoned.since[0] is not None
    assert clock.reckoned.since[0] <= clock.due < marking.on
