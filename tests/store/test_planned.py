"""What the desk counts is planned once for a connection, and nothing else is."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duly.people import Appointment
from duly_server.store import docket
from duly_server.store.docket import Counts, Span
from duly_server.store.models import CaseRow, EditionRow
from duly_server.store.visible import Viewer

TODAY = date(2026, 4, 9)
SPAN = Span(today=TODAY, soon=TODAY + timedelta(days=5), five=TODAY + timedelta(days=6))
CLERK = Viewer(
    appointments=(Appointment(number="N-1", person="somebody", office="clerk", since=date(2026, 1, 1)),)
)


@pytest.mark.django_db
def test_counting_is_one_statement_and_planned_once(database_vendor: str) -> None:
    EditionRow.objects.create(
        digest="a" * 64, edition="1", in_force_from=TODAY, adopted_on=TODAY, offices="clerk", text=b""
    )
    for turn in range(3):
        CaseRow.objects.create(
            reference=f"CASE{turn}",
            edition="a" * 64,
            calendar="c" * 64,
            received_on=TODAY,
            accepted_on=TODAY,
            head=1,
        )
        with CaptureQueriesContext(connection) as asked:
            found = docket.count(CLERK, SPAN)
        assert found == Counts(open=turn + 1)
        assert sum("WITH RECURSIVE" in each["sql"] for each in asked) == 1
    if database_vendor == "sqlite":
        # It keeps the statements of a connection by itself, but one with a LIKE it prepares for each value.
        assert not any(" LIKE " in each["sql"] for each in asked)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement LIKE 'WITH RECURSIVE%', generic_plans, custom_plans FROM pg_prepared_statements"
        )
        assert cursor.fetchall() == [(True, 3, 0)]
