"""The working of a date: the days add up to it, and the sentences say how."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duly.rulebook.book import Counting, LastDayClosed
from duly.rulebook.phrases import Direction
from duly.timetable.calendar import Calendar
from duly.timetable.counted_day import CountedDay
from duly.timetable.counting import CannotCountError, days_in, first_day, last_day
from duly.timetable.working import Working, carried_on, explain_count, explain_extension
from duly.vocabulary import Because, Length, Period, Unit
from duly.vocabulary.day import desk_day

ONE_DAY = timedelta(days=1)
STAYS = Counting(last_day_closed=LastDayClosed.STAYS)
ROLLS = Counting(last_day_closed=LastDayClosed.NEXT_WORKING_DAY)
GB_ENG = Calendar(
    name="GB-ENG",
    edition="1",
    source="a part of it",
    first=date(2020, 1, 1),
    last=date(2034, 12, 31),
    days={
        date(2026, 4, 3): "Good Friday",
        date(2026, 4, 6): "Easter Monday",
        date(2026, 5, 4): "Early May bank holiday",
        date(2026, 5, 25): "Spring bank holiday",
        date(2026, 12, 25): "Christmas Day",
        date(2027, 1, 1): "New Year’s Day",
    },
)
PORTAL_DOWN = Period(date(2026, 4, 8), date(2026, 4, 10))
SERVED = date(2026, 3, 26)

around = st.dates(date(2025, 12, 1), date(2027, 3, 31))
pauses = st.lists(
    st.builds(lambda since, n: Period(since, since + n * ONE_DAY), around, st.integers(0, 40)), max_size=3
)
lengths = st.one_of(
    st.builds(Length, st.integers(1, 60), st.sampled_from([Unit.DAYS, Unit.CLEAR_DAYS, Unit.WORKING_DAYS])),
    st.builds(Length, st.integers(1, 8), st.sampled_from([Unit.WEEKS, Unit.MONTHS])),
    st.builds(Length, st.just(1), st.just(Unit.YEARS)),
)
counts = {
    "length": lengths,
    "direction": st.sampled_from(Direction),
    "start": around,
    "paused": pauses,
    "rolls": st.booleans(),
    "earliest": st.booleans(),
}


def whole(length: Length, direction: Direction, start: date) -> int:
    """How many days are counted in all; the far end of clear days is none of them."""
    if length.unit in (Unit.WORKING_DAYS, Unit.CLEAR_DAYS):
        return length.amount
    return days_in(length, direction, start)


def recomputed(steps: tuple[CountedDay, ...], needed: int, *, one_more: bool) -> date:
    """The due day, from the steps alone: count the days that are neither closed nor paused.

    What closes a day that is past the last one counted pushes the date on (it is neither counted nor due).
    """
    counted, found = 0, steps[0].on
    for step in steps:
        if counted < needed + one_more and step.kind in ("trigger", "counted", "due"):
            is_counted = step.number is not None or counted == needed
            counted += is_counted and not (step.kind == "trigger" and step.number is None)
            found = step.on
        elif step.kind == "due":
            found = step.on
    return found


@settings(deadline=None)
@given(**counts)
def test_the_steps_add_up_to_the_date(
    length: Length, direction: Direction, start: date, paused: list[Period], rolls: bool, earliest: bool
) -> None:
    rules = ROLLS if rolls else STAYS
    working = explain_count(
        length, direction, start, calendar=GB_ENG, rules=rules, paused=paused, earliest=earliest
    )
    count = first_day if earliest else last_day
    assert working.due == count(length, direction, start, calendar=GB_ENG, rules=rules, paused=paused)
    assert working.original == count(length, direction, start, calendar=GB_ENG, rules=rules)
    assert working.steps[-1].on == working.due
    assert working.steps[-1].kind == "due"
    assert working.counted == whole(length, direction, start)
    is_clear = length.unit is Unit.CLEAR_DAYS
    assert recomputed(working.steps, working.counted, one_more=is_clear) == working.due


@settings(deadline=None)
@given(**counts)
def test_every_day_from_the_trigger_is_there_once_and_is_what_it_is_said_to_be(
    length: Length, direction: Direction, start: date, paused: list[Period], rolls: bool, earliest: bool
) -> None:
    rules = ROLLS if rolls else STAYS
    working = explain_count(
        length, direction, start, calendar=GB_ENG, rules=rules, paused=paused, earliest=earliest
    )
    way = -ONE_DAY if direction is Direction.BEFORE else ONE_DAY
    assert [step.on for step in working.steps] == [start + n * way for n in range(len(working.steps))]
    numbers = [step.number for step in working.steps if step.number is not None]
    assert numbers == list(range(1, len(numbers) + 1))
    effective = [] if direction is Direction.BEFORE else paused
    for step in working.steps[1:]:
        is_paused = any(step.on in each for each in effective)
        if step.kind == "paused":
            assert is_paused
        if step.kind in ("counted", "due"):
            assert not is_paused
        if step.kind == "closed":
            assert step.name == GB_ENG.name_of(step.on) is not None
        if step.number is not None and length.unit is Unit.WORKING_DAYS:
            assert GB_ENG.is_working(step.on)


@settings(deadline=None)
@given(**counts)
def test_the_sentences_name_the_day_it_began_the_original_day_and_the_date(
    length: Length, direction: Direction, start: date, paused: list[Period], rolls: bool, earliest: bool
) -> None:
    rules = ROLLS if rolls else STAYS
    working = explain_count(
        length, direction, start, calendar=GB_ENG, rules=rules, paused=paused, earliest=earliest
    )
    assert desk_day(start) in working.sentences[0].says
    assert desk_day(working.due) in working.sentences[-1].says
    assert any(desk_day(working.original) in sentence.says for sentence in working.sentences)
    assert not any("  " in sentence.says or ".." in sentence.says for sentence in working.sentences)


def told(working: Working) -> list[str]:
    return [str(sentence) for sentence in working.sentences]


def answer(*paused: Period) -> Working:
    return explain_count(
        Length(15, Unit.WORKING_DAYS),
        Direction.AFTER,
        SERVED,
        calendar=GB_ENG,
        rules=ROLLS,
        paused=paused,
        what="Served",
        clause="r 6.2",
        reasons={PORTAL_DOWN: Because("portal out of service.", "r 4.6(d)")},
    )


def test_why_this_date() -> None:
    working = answer(PORTAL_DOWN)
    working = explain_extension(
        working,
        date(2026, 4, 29),
        granted_on=date(2026, 4, 17),
        because=Because("Extended 5 working days by the chair.", "r 6.5"),
        unit=Unit.WORKING_DAYS,
        calendar=GB_ENG,
        rules=ROLLS,
        paused=[PORTAL_DOWN],
    )
    assert told(working) == [
        "Served Thu 26 Mar 2026. Day 1 is Fri 27 Mar 2026. (r 6.2)",
        "Skipped: 8 weekend days, Good Friday 3 April, Easter Monday 6 April. "
        "Day 15 was Mon 20 Apr 2026, the original date.",
        "Paused 8 and 9 April: portal out of service. Day 15 moved to Wed 22 Apr 2026. (r 4.6(d))",
        "Extended 5 working days by the chair. Skipped: 2 weekend days. Day 20 is Wed 29 Apr 2026. (r 6.5)",
    ]
    assert (working.due, working.original) == (date(2026, 4, 29), date(2026, 4, 20))
    assert (working.counted, working.paused) == (20, 2)
    numbers = {step.on: step.number for step in working.steps}
    assert [numbers[date(2026, 4, day)] for day in (8, 9, 10, 20, 22, 23, 29)] == [
        None,
        None,
        7,
        13,
        15,
        16,
        20,
    ]
    assert [step for step in working.steps if step.kind in ("trigger", "due")] == [
        CountedDay(SERVED, "trigger"),
        CountedDay(date(2026, 4, 29), "due", 20),
    ]
    assert CountedDay(date(2026, 4, 3), "closed", None, "Good Friday") in working.steps


def test_without_a_pause_the_date_is_said_plainly() -> None:
    assert told(answer()) == [
        "Served Thu 26 Mar 2026. Day 1 is Fri 27 Mar 2026. (r 6.2)",
        "Skipped: 8 weekend days, Good Friday 3 April, Easter Monday 6 April. Day 15 is Mon 20 Apr 2026.",
    ]


def test_a_pause_that_still_runs_is_read_as_if_resumed_on_the_day_asked() -> None:
    running = Period(date(2026, 4, 8), None)
    working = explain_count(
        Length(15, Unit.WORKING_DAYS),
        Direction.AFTER,
        SERVED,
        calendar=GB_ENG,
        rules=ROLLS,
        paused=[running],
        as_of=date(2026, 4, 10),
    )
    assert working.due == date(2026, 4, 22)
    assert told(working)[2] == (
        "Paused since 8 April, read as if resumed on Fri 10 Apr 2026, 2 working days. "
        "Day 15 moved to Wed 22 Apr 2026."
    )
    with pytest.raises(CannotCountError):
        explain_count(
            Length(15, Unit.DAYS), Direction.AFTER, SERVED, calendar=GB_ENG, rules=ROLLS, paused=[running]
        )


def test_an_extension_to_an_earlier_day_leaves_the_date_and_says_so() -> None:
    working = answer()
    after = carried_on(
        working,
        date(2026, 4, 17),
        because=Because("Extended to Fri 17 Apr 2026.", "r 6.5"),
        unit=Unit.WORKING_DAYS,
        calendar=GB_ENG,
    )
    assert (after.due, after.steps) == (working.due, working.steps)
    assert told(after)[-1] == "Extended to Fri 17 Apr 2026. The last day stays Mon 20 Apr 2026. (r 6.5)"


def test_an_extension_that_a_later_pause_moves_says_how_many_days_it_lost() -> None:
    pause = Period(date(2026, 4, 23), date(2026, 4, 25))
    after = explain_extension(
        answer(),
        date(2026, 4, 27),
        granted_on=date(2026, 4, 17),
        because=Because("Extended 5 working days."),
        unit=Unit.WORKING_DAYS,
        calendar=GB_ENG,
        rules=ROLLS,
        paused=[pause],
    )
    assert after.due == date(2026, 4, 29)
    assert (after.counted, after.paused) == (20, 2)
    assert told(after)[-1] == (
        "Extended 5 working days. 2 paused days not counted. Skipped: 2 weekend days. "
        "Day 20 is Wed 29 Apr 2026."
    )


def test_an_extension_to_a_closed_day_stays_there() -> None:
    after = carried_on(
        answer(),
        date(2026, 4, 25),
        because=Because("Extended to a Saturday."),
        unit=Unit.WORKING_DAYS,
        calendar=GB_ENG,
    )
    assert after.steps[-1] == CountedDay(date(2026, 4, 25), "due", None, "Saturday")
    assert told(after)[-1] == "Extended to a Saturday. The last day is Sat 25 Apr 2026."


def test_an_extension_to_the_same_day_changes_nothing_and_says_so() -> None:
    working = answer()
    after = carried_on(
        working, working.due, because=Because("Extended."), unit=Unit.WORKING_DAYS, calendar=GB_ENG
    )
    assert (after.due, after.steps) == (working.due, working.steps)
    assert told(after)[-1] == "Extended. The last day stays Mon 20 Apr 2026."


def test_a_counted_day_is_named_only_if_it_is_closed_and_the_last() -> None:
    working = explain_count(
        Length(14, Unit.DAYS), Direction.AFTER, date(2026, 4, 18), calendar=GB_ENG, rules=ROLLS
    )
    assert [step for step in working.steps if step.name] == [
        CountedDay(date(2026, 5, 2), "counted", 14, "Saturday"),
        CountedDay(date(2026, 5, 3), "closed", None, "Sunday"),
        CountedDay(date(2026, 5, 4), "closed", None, "Early May bank holiday"),
    ]


def test_nothing_counted_is_a_working_of_one_day() -> None:
    working = explain_count(Length(0, Unit.DAYS), Direction.AFTER, SERVED, calendar=GB_ENG, rules=STAYS)
    assert (working.counted, working.steps) == (0, (CountedDay(SERVED, "due"),))
