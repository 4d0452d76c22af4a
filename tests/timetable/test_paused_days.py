"""Pauses put in order once count as the same pauses do one by one, and follow the marking as it changes."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.timetable import village

from duly.rulebook.book import Counting, LastDayClosed
from duly.rulebook.phrases import Direction
from duly.timetable.calendar import Calendar
from duly.timetable.counting import PausedDays, first_day, last_day, moved_by_pauses
from duly.timetable.marking import Marking
from duly.vocabulary import Length, Period, Unit

CALENDAR = Calendar(
    name="TEST", edition="1", source="invented", first=date(2020, 1, 1), last=date(2030, 12, 31)
)
DAY = date(2026, 3, 2)
near = st.integers(-40, 90).map(lambda days: DAY + timedelta(days=days))
periods = st.lists(
    st.tuples(near, st.integers(0, 20)).map(lambda pair: Period(pair[0], pair[0] + timedelta(days=pair[1]))),
    max_size=8,
)
lengths = st.builds(Length, st.integers(0, 40), st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS, Unit.WEEKS]))
ways = st.sampled_from([Direction.AFTER, Direction.BEGINNING_WITH])


@given(paused=periods, length=lengths, way=ways, closed=st.sampled_from(LastDayClosed))
def test_in_order_or_not_they_give_the_same_days(
    paused: list[Period], length: Length, way: Direction, closed: LastDayClosed
) -> None:
    rules = Counting(last_day_closed=closed)
    known = PausedDays(paused)
    for count in (last_day, first_day):
        one_by_one = count(length, way, DAY, calendar=CALENDAR, rules=rules, paused=paused)
        for _ in range(2):
            assert count(length, way, DAY, calendar=CALENDAR, rules=rules, paused=known) == one_by_one
    moved = [
        moved_by_pauses(
            DAY + timedelta(days=9), after=DAY, unit=length.unit, calendar=CALENDAR, rules=rules, paused=some
        )
        for some in (paused, known)
    ]
    assert moved[0] == moved[1]


def marking() -> Marking:
    case = village.sent_back()
    return Marking(book=case.book, calendar=case.calendar, case=case.case, on=DAY)


def test_a_marking_reads_its_pauses_as_they_stand_at_that_moment() -> None:
    found = marking()
    ground = next(iter(found.book.pauses))
    assert (found.is_paused(), tuple(found.paused_days())) == (False, ())
    found.pauses.append((ground, Period(DAY, None)))
    found.on = DAY + timedelta(days=3)
    assert found.is_paused()
    assert tuple(found.paused_days()) == (Period(DAY, found.on),)
    assert tuple(found.paused_days(worst=True)) == (Period(DAY, found.pause_cap(ground, DAY)),)
    found.on = DAY + timedelta(days=5)
    assert tuple(found.paused_days()) == (Period(DAY, found.on),)
    found.pauses[0] = (ground, Period(DAY, DAY + timedelta(days=1)))
    assert not found.is_paused()
    for worst in (False, True):
        assert tuple(found.paused_days(worst=worst)) == (Period(DAY, DAY + timedelta(days=1)),)


def test_what_an_earlier_pause_used_up_is_taken_from_the_next() -> None:
    found = marking()
    ground = next(iter(found.book.pauses))
    later = DAY + timedelta(days=30)
    whole = found.pause_cap(ground, later)
    found.pauses.append((ground, Period(DAY, DAY + timedelta(days=10))))
    assert found.pause_cap(ground, later) < whole


@given(paused=periods)
def test_one_more_at_a_time_they_are_in_the_same_order(paused: list[Period]) -> None:
    grown = PausedDays()
    for period in paused:
        grown = grown.followed_by(period)
    assert grown == PausedDays(paused)
    assert grown.stretches == PausedDays(paused).stretches


@given(begun=st.lists(st.tuples(near, st.integers(0, 20), st.booleans()), max_size=6), ask=near)
def test_pauses_that_begin_and_end_one_after_the_other_read_as_if_read_at_once(
    begun: list[tuple[date, int, bool]], ask: date
) -> None:
    followed = marking()
    ground = next(iter(followed.book.pauses))
    for since, days, ends in sorted(begun):
        followed.pauses.append((ground, Period(since, None)))
        followed.paused_days()
        if ends:
            followed.pauses[-1] = (ground, Period(since, since + timedelta(days=days)))
        followed.on = ask
        at_once = [period.ended_by(ask) for _, period in followed.pauses]
        assert followed.paused_days() == tuple(at_once)
        assert followed.paused_days().stretches == PausedDays(at_once).stretches
