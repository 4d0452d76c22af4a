"""What was remembered of a case gives the marking of reading it afresh, and leaves what was handed out."""

from datetime import date, timedelta
from random import Random

import pytest
from tests.timetable.reference.compare import CALENDAR, LAST, case_of, seen_by_engine
from tests.timetable.reference.generate import FIRST
from tests.timetable.small_books import small_case

from duly.record.fold import fold
from duly.timetable.explanation import explanation
from duly.timetable.marking import Marking
from duly.timetable.remembered import Remembered
from duly.timetable.state import state

NUMBERS = (*range(0, 420, 30), 8340)  # in 8366 a party waits to be let in for a time counted from another


def all_of(marking: Marking) -> tuple[object, ...]:
    """Everything that anybody may ask of it."""
    clocks = [
        (
            *(clock.limit.name, clock.limit.part, clock.key, clock.state, clock.due, clock.original_due),
            *(
                clock.started_on,
                clock.started_by,
                clock.ended_on,
                clock.ended_by,
                clock.ran_out_on,
                clock.floor,
            ),
            *(tuple(clock.breaches), tuple(clock.extensions), clock.gained, clock.shift, clock.trigger_seq),
            *(clock.offices, clock.order, clock.for_day, clock.uncounted, explanation(clock)),
        )
        for clock in marking.clocks
    ]
    of_each_step = {name: [clock.due for clock in marking.clocks_of(name)] for name in marking.book.steps}
    said = [(each.seq, each.on, each.kind, each.name, each.place, each.key) for each in marking.happenings]
    acts = {name: list(acts) for name, acts in marking.acts.items()}
    return seen_by_engine(marking), clocks, of_each_step, said, acts, list(marking.irregular), marking.on


@pytest.mark.parametrize("first", NUMBERS)
def test_whatever_was_asked_before_the_answer_is_that_of_reading_afresh(first: int) -> None:
    for number in range(first, first + 30):
        case = case_of(number)
        if case is None:
            continue
        rng = Random(number)  # noqa: S311 -- chance for a test, and the same each time
        facts, remembered = case.casebook().facts, Remembered()
        handed_out: list[tuple[Marking, tuple[object, ...]]] = []
        for n in sorted(rng.choices(range(4, len(facts) + 1), k=6)):
            on = rng.choice([FIRST + timedelta(days=rng.randint(0, 90)), LAST])
            folded = fold(facts[:n])
            found = remembered.state(folded, case.book, CALENDAR, on=on)
            afresh = all_of(state(folded, case.book, CALENDAR, on=on))
            assert all_of(found) == afresh, (number, n, on)
            handed_out.append((found, afresh))
        for found, afresh in handed_out:
            assert all_of(found) == afresh, number


CHAIN = """
[one.ask]
by = "officer"
within = "10 days after receive"
extend = { by = "chair", at_most = "30 days", grounds = ["illness"] }
[one.call]
by = "officer"
within = "5 days after ask is due"
[one.bind]
by = "officer"
within = "5 days after call is due"
"""


def test_what_is_counted_from_a_met_clock_that_counts_from_a_running_one_moves_with_that() -> None:
    case, remembered = small_case(CHAIN).step("2026-03-03", "call"), Remembered()
    for given in (None, "2026-03-20"):
        if given:
            case.extend("2026-03-04", "ask", given)
        found = remembered.state(case.case, case.book, case.calendar, on=date(2026, 3, 5))
        assert all_of(found) == all_of(case.at("2026-03-05"))
    assert str(case.clock("2026-03-05", "bind").due) == "2026-03-30"


def test_another_edition_or_calendar_is_not_answered_from_memory() -> None:
    one, other = [case for case in map(case_of, range(40)) if case is not None][:2]
    remembered = Remembered()
    for case in (one, other, one):
        folded = case.casebook().case
        found = remembered.state(folded, case.book, CALENDAR, on=date(2026, 5, 1))
        assert all_of(found) == all_of(state(folded, case.book, CALENDAR, on=date(2026, 5, 1)))
