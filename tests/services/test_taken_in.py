"""A complaint taken in rests on one reading of what is adopted, and its rows stand as the record says."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.services.office import SmallOffice

from duly.record.facts import Naming
from duly_server.services import intake
from duly_server.services.casework import read_record
from duly_server.store.comparing import is_case_otherwise

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 2)
REPORT = intake.Report(
    narrative="It happened at the rehearsal.", about="The conductor", naming=Naming.ANONYMOUS
)


def test_what_is_adopted_is_read_once(small_office: SmallOffice) -> None:
    with CaptureQueriesContext(connection) as asked:
        intake.submit(REPORT, on=ON)
    assert sum("store_editionrow" in each["sql"] for each in asked) == 1


def test_where_it_stands_is_what_its_record_says(small_office: SmallOffice) -> None:
    receipt = intake.submit(REPORT, on=ON)
    assert not is_case_otherwise(read_record(f"case/{receipt.case}").on(ON))


def test_asked_once_or_again_a_case_stands_the_same(small_office: SmallOffice) -> None:
    case = read_record(f"case/{intake.submit(REPORT, on=ON).case}")
    once, again = case.only_on(ON), case.on(ON)
    assert [(clock.step, clock.due) for clock in once.clocks] == [
        (clock.step, clock.due) for clock in again.clocks
    ]
    assert once.open == again.open
