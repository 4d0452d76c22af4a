"""A page of history costs the same wherever it begins: the plan of its one query, on either database."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.services.office import SmallOffice

from duly_server.services.history import shelf
from duly_server.store.models import ComplaintRow

FIRST = date(2016, 1, 4)
THERE = 3000


def furnished() -> None:
    """Three thousand complaints of history, and as many of our own that led to no case."""
    ComplaintRow.objects.bulk_create(
        ComplaintRow(
            reference=f"{n:04}-{'HIST' if is_history else 'OURS'}",
            received_on=FIRST + timedelta(days=n % 1100),
            is_history=is_history,
        )
        for is_history in (True, False)
        for n in range(THERE)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE store_complaintrow")


def planned(sql: str) -> list[str]:
    """What SQLite says it does, step by step."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [str(row[3]) for row in cursor.fetchall()]


def done(sql: str) -> dict[str, Any]:
    """What PostgreSQL did, as a tree of nodes with the rows each one read."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        (said,) = cursor.fetchone()
    found = json.loads(said) if isinstance(said, str) else said
    root: dict[str, Any] = found[0]["Plan"]
    return root


def nodes(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(each for child in node.get("Plans", ()) for each in nodes(child))]


@pytest.mark.parametrize("after", [None, (FIRST + timedelta(days=90), "0090-HIST")], ids=["first", "late"])
def test_a_page_reads_its_own_rows_by_the_index_and_sorts_none(
    small_office: SmallOffice, after: tuple[date, str] | None
) -> None:
    furnished()
    officer = small_office.acting("complaints-officer", "2026-03-09")
    with CaptureQueriesContext(connection) as queries:
        found = shelf.listed(officer, after=after)
    assert len(found.lines) == shelf.PAGE
    assert all(line.reference.endswith("HIST") for line in found.lines)
    (sql,) = [each["sql"] for each in queries if "ORDER BY" in each["sql"] and "complaintrow" in each["sql"]]
    if connection.vendor == "sqlite":
        plan = planned(sql)
        assert "USING INDEX complaints_of_history" in plan[0], plan
        assert not any("TEMP B-TREE" in line for line in plan), plan
        return
    tree = nodes(done(sql))
    assert not any("Sort" in node["Node Type"] for node in tree), tree
    assert any(node.get("Index Name") == "complaints_of_history" for node in tree), tree
    read = [node for node in tree if "Relation Name" in node and node["Actual Loops"]]
    rows = sum(
        (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"] for node in read
    )
    assert rows == shelf.PAGE + 1, read  # one more says whether another page follows
