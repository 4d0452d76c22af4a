"""What the desk counts of what a viewer sees: exactly up to two hundred, and no further.

A count that goes on to the end costs more with every case that is open, on every page of the desk; whoever
answers for the timetable has a page that counts to the end. Each of these walks an index by the editions that
the viewer's offices serve, and stops after two hundred; the cases of other editions that are assigned to the
viewer are few and counted one by one. A test holds every count to the list it counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.utils import CursorWrapper

from duly_server.store import appointments
from duly_server.store.counting_statements import AT_MOST, Sizes, of_cases, of_everything, of_the_desk
from duly_server.store.visible import Viewer, editions_served_by

if TYPE_CHECKING:
    from duly_server.store.postgresql.base import DatabaseWrapper  # for PostgreSQL alone

__all__ = ["AT_MOST", "Counts", "Span", "count", "count_all", "count_cases"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Today, the last day that is soon for a chip (four working days on), and the fifth working day."""

    today: date
    soon: date
    five: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What every page of the desk counts: duties that are late, soon, of those today, and waiting on a party,
    and in how many cases; open cases, and those at the sift.

    `longest_late` is the earliest day of a late duty, `longest_waiting` the day on which the party that is
    awaited longest was asked; None where there is none. A number greater than AT_MOST says no more than that,
    and in how many cases so many duties are is not known.
    """

    late: int = 0
    late_cases: int = 0
    soon: int = 0
    soon_cases: int = 0
    today: int = 0
    waiting: int = 0
    waiting_cases: int = 0
    longest_late: date | None = None
    longest_waiting: date | None = None
    open: int = 0
    sift: int = 0


def count(viewer: Viewer, span: Span) -> Counts:
    """The counts of the desk, of what this viewer may see; one query."""
    return _counts(_ask(viewer, span, of_the_desk))


def count_cases(viewer: Viewer, span: Span) -> dict[str, int]:
    """mine, paused, interim among the open cases; the duties that are unassigned, and in how many cases. One
    query."""
    return _of_cases(_ask(viewer, span, of_cases))


def count_all(viewer: Viewer, span: Span) -> tuple[Counts, dict[str, int]]:
    """`count` and `count_cases` for a page that says both; one query."""
    found = _ask(viewer, span, of_everything)
    return _counts(found), _of_cases(found)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a statement tells of one thing that is counted."""

    rows: int = 0
    cases: int = 0
    first: date | None = None
    today: int = 0


_NOTHING = _Found()


def _counts(found: Mapping[str, _Found]) -> Counts:
    late, soon, waiting = (found.get(name, _NOTHING) for name in ("late", "soon", "waiting"))
    return Counts(
        late=late.rows,
        late_cases=late.cases,
        soon=soon.rows,
        soon_cases=soon.cases,
        today=soon.today,
        waiting=waiting.rows,
        waiting_cases=waiting.cases,
        longest_late=late.first,
        longest_waiting=waiting.first,
        open=found.get("open", _NOTHING).rows,
        sift=found.get("sift", _NOTHING).rows,
    )


def _of_cases(found: Mapping[str, _Found]) -> dict[str, int]:
    rows = {name: found.get(name, _NOTHING).rows for name in ("mine", "paused", "interim", "unassigned")}
    return {**rows, "unassigned_cases": found.get("unassigned", _NOTHING).cases}


def _ask(viewer: Viewer, span: Span, statement: Callable[[Sizes], str]) -> dict[str, _Found]:
    """What the statement answers; nothing for a viewer who holds no office on the day."""
    offices, numbers = sorted(viewer.offices(span.today)), sorted(viewer.numbers(span.today))
    if not numbers:
        return {}
    editions = editions_served_by(frozenset(offices))
    day = connection.ops.adapt_datefield_value
    values: dict[str, Any] = {"today": day(span.today), "five": day(span.five)}
    values |= {f"e{turn}": digest for turn, digest in enumerate(editions)}
    values |= {f"n{turn}": number for turn, number in enumerate(numbers)}
    values |= {f"o{turn}": f" {office} " for turn, office in enumerate(offices)}
    alone = sorted(appointments.alone(on=span.today))
    values |= {f"a{turn}": f" {office} " for turn, office in enumerate(alone)}
    ever = sorted(viewer.ever())
    values |= {f"v{turn}": number for turn, number in enumerate(ever)}
    sizes = Sizes(len(editions), len(numbers), len(offices), len(alone), len(ever))
    with _cursor() as cursor:
        cursor.execute(statement(sizes), values)
        rows = cursor.fetchall()
    return {name: _Found(n, cases or 0, _day(first), today or 0) for name, n, cases, first, today in rows}


def _cursor() -> CursorWrapper:
    """These statements take PostgreSQL longer to plan than to answer."""
    if connection.vendor == "postgresql":
        return cast("DatabaseWrapper", connections[DEFAULT_DB_ALIAS]).planned_cursor()
    return connection.cursor()


def _day(found: object) -> date | None:
    """SQLite gives a day back as text."""
    return date.fromisoformat(found) if isinstance(found, str) else found if isinstance(found, date) else None
