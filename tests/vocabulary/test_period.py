"""A stretch of days, its last day left out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.vocabulary import Period

APRIL_8, APRIL_9, APRIL_10 = date(2026, 4, 8), date(2026, 4, 9), date(2026, 4, 10)


def test_a_period_holds_its_first_day_and_not_its_last() -> None:
    paused = Period(APRIL_8, APRIL_10)
    assert [day in paused for day in (date(2026, 4, 7), APRIL_8, APRIL_9, APRIL_10)] == [
        False,
        True,
        True,
        False,
    ]
    assert paused.days() == 2


def test_a_period_without_an_end_holds_every_day_from_its_first() -> None:
    paused = Period(APRIL_8, None)
    assert date(2099, 1, 1) in paused
    assert date(2026, 4, 7) not in paused
    with pytest.raises(ValueError, match="say until when"):
        paused.days()


def test_a_period_without_an_end_is_read_as_if_it_had_ended_before_the_day_asked() -> None:
    paused = Period(APRIL_8, None)
    assert paused.ended_by(APRIL_10) == Period(APRIL_8, APRIL_10)
    assert paused.ended_by(date(2026, 4, 1)) == Period(APRIL_8, APRIL_8)
    assert Period(APRIL_8, APRIL_9).ended_by(APRIL_10) == Period(APRIL_8, APRIL_9)


def test_days_up_to_a_day_are_those_before_it() -> None:
    assert Period(APRIL_8, APRIL_10).days(APRIL_9) == 1
    assert Period(APRIL_8, None).days(APRIL_10) == 2
    assert Period(APRIL_8, None).days(date(2026, 4, 1)) == 0


def test_begun_and_ended_at_once_is_empty() -> None:
    assert APRIL_8 not in Period(APRIL_8, APRIL_8)
    assert Period(APRIL_8, APRIL_8).days() == 0


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end before"):
        Period(APRIL_9, APRIL_8)


@given(since=st.dates(date(2020, 1, 1), date(2030, 1, 1)), length=st.integers(0, 60))
def test_its_days_are_the_days_it_contains(since: date, length: int) -> None:
    period = Period(since, since + timedelta(days=length))
    around = [since + timedelta(days=n) for n in range(-3, length + 4)]
    assert sum(day in period for day in around) == period.days() == length
