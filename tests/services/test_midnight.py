"""What ran out is noted from the first minute of the next day where the office is, in summer as in winter."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings
from tests.services.office import SmallOffice
from tests.services.test_casework import accepted

from duly.record.facts import Expired
from duly_server.services import work
from duly_server.services.premises import premises

LAST, NEXT = date(2026, 4, 7), date(2026, 4, 8)  # to serve notice; clocks were put forward on 29 March


def noted(reference: str) -> bool:
    return any(isinstance(fact.body, Expired) for fact in premises().journal.read(f"case/{reference}"))


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Auckland", "America/Los_Angeles"])
def test_the_worker_comes_at_the_office_s_midnight_and_not_before(
    small_office: SmallOffice, settings: Settings, zone: str
) -> None:
    settings.DULY_ZONE = zone
    reference, there = accepted(small_office), ZoneInfo(zone)
    last_minute = datetime.combine(LAST, time(23, 59), there).astimezone(UTC)
    assert work.work(today=LAST, at=last_minute) == 0
    first_minute = datetime.combine(NEXT, time(0, 1), there).astimezone(UTC)
    assert work.work(today=NEXT, at=first_minute) == 1
    assert noted(reference)
