"""Nothing is written under a time that the record has left behind, at no door."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.services.office import SmallOffice, instant
from tests.services.test_casework import accepted

from duly_server.gateways.trouble import Trouble, trouble_of
from duly_server.services import clock_back, setup, work
from duly_server.services.clock_back import CORRECTED, ClockSetBackError
from duly_server.store import leaves
from duly_server.store.models import WaitingRow

DAY = date(2026, 3, 26)


@pytest.fixture
def noted(small_office: SmallOffice) -> SmallOffice:
    """Something was noted at the desk on Thursday 26 March, and has its number."""
    accepted(small_office)
    small_office.acting("complaints-officer", DAY.isoformat())
    leaves.number(today=DAY)
    return small_office


def last(office: SmallOffice) -> date:
    return max(noted for noted in leaves.last_noted() if isinstance(noted, datetime)).date()


def test_an_earlier_day_is_refused_and_the_same_and_the_next_are_not(noted: SmallOffice) -> None:
    day = last(noted)
    clock_back.check(today=day, at=instant(day))
    clock_back.check(today=day + timedelta(days=1), at=instant(day + timedelta(days=1)))
    with pytest.raises(ClockSetBackError) as raised:
        clock_back.check(today=day - timedelta(days=1), at=instant(day - timedelta(days=1)))
    assert trouble_of(raised.value) is Trouble.CLOCK


def test_a_clock_that_is_merely_put_right_is_not_set_back(noted: SmallOffice) -> None:
    day = last(noted)
    clock_back.check(today=day, at=instant(day) - CORRECTED)
    with pytest.raises(ClockSetBackError):
        clock_back.check(today=day, at=instant(day) - CORRECTED - timedelta(seconds=1))


def test_what_a_reporter_did_is_behind_an_earlier_day_at_once_and_with_a_number(
    small_office: SmallOffice,
) -> None:
    """It waits for its number until its day is over, and tells no minute: the whole day goes on."""
    small_office.complaint(DAY.isoformat())
    for given in (False, True):
        if given:
            assert leaves.number(today=DAY + timedelta(days=1))
        assert WaitingRow.objects.exists() is not given
        clock_back.check(today=DAY, at=datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC))
        before = DAY - timedelta(days=1)
        with pytest.raises(ClockSetBackError):
            clock_back.check(today=before, at=instant(before))


def test_the_last_of_many_reports_counts_and_not_the_first(small_office: SmallOffice) -> None:
    days = [DAY + timedelta(days=turn) for turn in (3, 9, 0)]
    for day in days:
        small_office.complaint(day.isoformat())
    clock_back.check(today=max(days), at=instant(max(days)))
    before = max(days) - timedelta(days=1)
    with pytest.raises(ClockSetBackError):
        clock_back.check(today=before, at=instant(before))


def test_what_was_noted_at_the_desk_is_behind_before_it_has_a_number(small_office: SmallOffice) -> None:
    leaves.number(today=DAY)
    setup.appoint("clerk", "complaints-officer", name="An invented clerk", since=DAY, at=instant(DAY), on=DAY)
    clock_back.check(today=DAY, at=instant(DAY) - CORRECTED)
    with pytest.raises(ClockSetBackError):
        clock_back.check(today=DAY, at=instant(DAY) - CORRECTED - timedelta(seconds=1))


def test_the_last_act_counts_wherever_among_the_numbers_of_its_batch_it_is(small_office: SmallOffice) -> None:
    """A batch is in no order of time: here the latest of ten comes first."""
    leaves.number(today=DAY)
    for back in range(10):
        day = DAY - timedelta(days=back)
        setup.appoint(
            f"clerk-{back}", "complaints-officer", name="Somebody", since=day, at=instant(day), on=day
        )
    assert leaves.number(today=DAY) == 10
    clock_back.check(today=DAY, at=instant(DAY))
    before = DAY - timedelta(days=1)
    with pytest.raises(ClockSetBackError):
        clock_back.check(today=before, at=instant(before))


def test_a_check_costs_one_statement_whatever_waits(
    small_office: SmallOffice, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        with django_assert_num_queries(1):
            clock_back.check(today=DAY, at=instant(DAY))
        small_office.complaint(DAY.isoformat())


def test_an_office_whose_record_is_empty_has_no_time_behind_it(db: None) -> None:
    clock_back.check(today=DAY, at=instant(DAY))


def test_the_worker_does_nothing_until_the_clock_is_right_again(noted: SmallOffice) -> None:
    noted.complaint(last(noted).isoformat())
    before, faults = last(noted) - timedelta(days=1), list[Exception]()
    assert work.work(today=before, at=instant(before), on_fault=faults.append) == 0
    assert [type(fault) for fault in faults] == [ClockSetBackError]
    with pytest.raises(ClockSetBackError):
        work.work(today=before, at=instant(before))
    faults.clear()
    later, given = last(noted) + timedelta(days=3), leaves.count()
    work.work(today=later, at=instant(later), on_fault=faults.append)
    assert faults == []
    assert leaves.count() > given
