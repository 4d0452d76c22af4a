"""Nothing is written under a time that the record has left behind, at no door."""

from datetime import date, timedelta

import pytest
from tests.services.office import SmallOffice, instant
from tests.services.test_casework import accepted

from duly_server.gateways.trouble import Trouble, trouble_of
from duly_server.services import clock_back, work
from duly_server.services.clock_back import CORRECTED, ClockSetBackError
from duly_server.store import leaves

DAY = date(2026, 3, 26)


@pytest.fixture
def noted(small_office: SmallOffice) -> SmallOffice:
    """Something was noted at the desk on Thursday 26 March, and has its number."""
    accepted(small_office)
    small_office.acting("complaints-officer", DAY.isoformat())
    leaves.number(today=DAY)
    return small_office


def last(office: SmallOffice) -> date:
    return max(fact.noted_at for fact in leaves.last_noted() if type(fact.noted_at) is not date).date()


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
