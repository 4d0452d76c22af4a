"""What the desk counts of what a viewer sees: exactly up to two hundred, and no further.

A count that goes on to the end costs more with every case that is open, on every page of the desk; whoever
answers for the timetable has a page that counts to the end. Each of these walks an index by the editions that
the viewer's offices serve, and stops after two hundred; the cases of other editions that are assigned to the
viewer are few and counted one by one. A test holds every count to the list it counts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.utils import CursorWrapper

from duly_server.store import appointments
from duly_server.store.visible import Viewer, editions_served_by

if TYPE_CHECKING:
    from duly_server.store.postgresql.base import DatabaseWrapper  # for PostgreSQL alone

AT_MOST = 200  # what is counted exactly; a greater count is only known to be greater
_STOP = AT_MOST + 1
_OPEN = "{0}closed_on IS NULL AND {0}accepted_on IS NOT NULL"
_HERE, _THERE = _OPEN.format(""), _OPEN.format("c.")
_NEW = "closed_on IS NULL AND accepted_on IS NULL"


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
    found = _ask(viewer, span, _of_the_desk)
    if found is None:
        return Counts()
    late, late_cases, longest_late, soon, soon_cases, today = found[:6]
    waiting, waiting_cases, longest_waiting, still_open, sift = found[6:]
    return Counts(
        late=late,
        late_cases=late_cases,
        soon=soon,
        soon_cases=soon_cases,
        today=today,
        waiting=waiting,
        waiting_cases=waiting_cases,
        longest_late=_day(longest_late),
        longest_waiting=_day(longest_waiting),
        open=still_open,
        sift=sift,
    )


_OF_CASES = ("mine", "paused", "interim", "unassigned", "unassigned_cases")


def count_cases(viewer: Viewer, span: Span) -> dict[str, int]:
    """mine, paused, interim among the open cases; the duties that are unassigned, and in how many cases. One
    query."""
    found = _ask(viewer, span, _of_cases)
    return dict(zip(_OF_CASES, found or (0,) * len(_OF_CASES), strict=True))


class _Sizes(NamedTuple):
    """On these the statements hang: how many editions the viewer's offices serve, how many appointments and
    offices the viewer holds, and how many offices are held by one person alone."""

    editions: int
    numbers: int
    offices: int
    alone: int


def _ask(viewer: Viewer, span: Span, statement: Callable[[_Sizes], str]) -> Sequence[Any] | None:
    """The one row that the statement answers; None for a viewer who holds no office on the day."""
    offices, numbers = sorted(viewer.offices(span.today)), sorted(viewer.numbers(span.today))
    if not numbers:
        return None
    editions = editions_served_by(frozenset(offices))
    day = connection.ops.adapt_datefield_value
    values: dict[str, Any] = {"today": day(span.today), "five": day(span.five)}
    values |= {f"e{turn}": digest for turn, digest in enumerate(editions)}
    values |= {f"n{turn}": number for turn, number in enumerate(numbers)}
    values |= {f"o{turn}": _word(office) for turn, office in enumerate(offices)}
    alone = sorted(appointments.alone(on=span.today))
    values |= {f"a{turn}": _word(office) for turn, office in enumerate(alone)}
    sizes = _Sizes(len(editions), len(numbers), len(offices), len(alone))
    with _cursor() as cursor:
        cursor.execute(statement(sizes), values)
        found: Sequence[Any] = cursor.fetchone()
    return found


def _cursor() -> CursorWrapper:
    """These statements take PostgreSQL longer to plan than to answer."""
    if connection.vendor == "postgresql":
        return cast("DatabaseWrapper", connections[DEFAULT_DB_ALIAS]).planned_cursor()
    return connection.cursor()


def _word(office: str) -> str:
    """A pattern for names separated by spaces: some have a _ in them, which would stand for any letter."""
    return f"% {office.replace('_', chr(92) + '_')} %"


def _day(found: object) -> date | None:
    """SQLite gives a day back as text."""
    return date.fromisoformat(found) if isinstance(found, str) else found if isinstance(found, date) else None


# --- the statements --------------------------------------------------------------------------------------
#
# "Extra" are the live cases assigned to the viewer under an edition that none of their offices serves.


@lru_cache(maxsize=64)
def _of_the_desk(sizes: _Sizes) -> str:
    editions = sizes.editions
    office, party = "NOT is_party AND NOT paused", "is_party AND NOT paused"
    soon = "due_on >= %(today)s AND due_on <= %(five)s"
    parts = {
        **_extra(editions, sizes.numbers),
        "late": _either(
            _duties(editions, "due_on, case_id", f"{office} AND due_on < %(today)s"),
            [_of_extra("due_on, case_id", f"{office} AND due_on < %(today)s")],
        ),
        "soon": _either(
            _duties(editions, "due_on, case_id", f"{office} AND {soon}"),
            _duties(editions, "due_on, case_id", f"{party} AND {soon}"),
            [_of_extra("due_on, case_id", f"NOT paused AND {soon}")],
        ),
        "waiting": _either(
            _duties(editions, "started_on, case_id", party),
            [_of_extra("started_on, case_id", party)],
        ),
        "an_open": _either(_cases(editions, "due_on", _HERE), [_extra_cases("due_on", _HERE)]),
        "a_new": _either(
            _cases(editions, "received_on", _NEW),
            [_extra_cases("received_on", _NEW)],
        ),
    }
    return _with(parts) + _COUNTED


_COUNTED = """
    SELECT late.n, late.cases, late.first, soon.n, soon.cases, soon.today,
        waiting.n, waiting.cases, waiting.first, an_open.n, a_new.n
    FROM (SELECT COUNT(*) AS n, COUNT(DISTINCT case_id) AS cases, MIN(due_on) AS first FROM late) late,
        (SELECT COUNT(*) AS n, COUNT(DISTINCT case_id) AS cases,
            COUNT(*) FILTER (WHERE due_on = %(today)s) AS today FROM soon) soon,
        (SELECT COUNT(*) AS n, COUNT(DISTINCT case_id) AS cases, MIN(started_on) AS first
            FROM waiting) waiting,
        (SELECT COUNT(*) AS n FROM an_open) an_open,
        (SELECT COUNT(*) AS n FROM a_new) a_new"""


@lru_cache(maxsize=64)
def _of_cases(sizes: _Sizes) -> str:
    editions, numbers = sizes.editions, sizes.numbers
    in_force = "is_interim AND since <= %(today)s"
    parts = {
        **_extra(editions, numbers),
        "unheld": _unheld(editions),
        "mine": _either(
            [_assigned(numbers)],
            _owed_by(sizes),
            together="UNION",
        ),
        "a_paused": _either(
            _with_such(editions, "store_dutyrow", "paused"),
            [_of_extra("case_id", f"paused AND {_IS_OPEN}")],
            together="UNION",
        ),
        "an_interim": _either(
            _with_such(editions, "store_measurerow", f"before IS NULL AND {in_force}"),
            _with_such(editions, "store_measurerow", f"before > %(today)s AND {in_force}"),
            [
                f"SELECT case_id FROM store_measurerow WHERE {_among('case_id', _EXTRA)} AND {in_force}"  # noqa: S608 -- names and conditions that are written here
                f" AND (before IS NULL OR before > %(today)s) AND {_IS_OPEN}"
            ],
            together="UNION",
        ),
        "ungiven": _ungiven(editions),
        "nobodys": _either(
            _given_to_nobody(sizes),
            [_of_extra("offices, case_id", f"{_UNGIVEN}{_not_alone(sizes.alone, 'offices')}")],
        ),
    }
    if not editions:
        del parts["unheld"], parts["ungiven"]
    return _with(parts) + _COUNTED_CASES


_COUNTED_CASES = """
    SELECT (SELECT COUNT(*) FROM mine), (SELECT COUNT(*) FROM a_paused), (SELECT COUNT(*) FROM an_interim),
        nobodys.n, nobodys.cases
    FROM (SELECT COUNT(*) AS n, COUNT(DISTINCT case_id) AS cases FROM nobodys) nobodys"""


def _with(parts: Mapping[str, str]) -> str:
    return "WITH RECURSIVE " + ", ".join(f"{name} AS ({sql})" for name, sql in parts.items())


def _either(*some: Sequence[str], together: str = "UNION ALL") -> str:
    return f" {together} ".join(each for branches in some for each in branches)


def _duties(editions: int, column: str, where: str) -> list[str]:
    return _branches(editions, f"{column} FROM store_dutyrow WHERE {where}", column.partition(",")[0])


def _cases(editions: int, column: str, where: str) -> list[str]:
    return _branches(editions, f"{column} FROM store_caserow WHERE {where}", column)


def _with_such(editions: int, table: str, where: str) -> list[str]:
    """Cases that are open and have such a row, each once, by edition."""
    its = f"SELECT DISTINCT case_id FROM {table} WHERE {where} AND edition"  # noqa: S608 -- names and conditions that are written here
    return [
        _and_stop("case_id", f"({its} = %(e{turn})s ORDER BY case_id) its", _IS_OPEN)
        for turn in range(editions)
    ]


def _branches(editions: int, select: str, order: str) -> list[str]:
    """One for each edition, none of which goes on after two hundred: a walk along an index."""
    return [
        f"SELECT * FROM (SELECT {select} AND edition = %(e{turn})s ORDER BY {order} LIMIT {_STOP}) b{turn}"  # noqa: S608 -- names and conditions that are written here
        for turn in range(editions)
    ]


def _among(column: str, select: str) -> str:
    """That the column has one of the values selected, which are few: each is looked up by an index.

    PostgreSQL would rather read a whole table through, if it took them for a table to be joined.
    """
    return (
        f"{column} = ANY(ARRAY({select}))" if connection.vendor == "postgresql" else f"{column} IN ({select})"
    )


_EXTRA = "SELECT reference FROM extra"
# Looked up for each row: as a join, the database may begin with all that is open.
_IS_OPEN = f"(SELECT 1 FROM store_caserow c WHERE c.reference = case_id AND {_THERE}) = 1"  # noqa: S608 -- names and conditions that are written here


def _extra(editions: int, numbers: int) -> dict[str, str]:
    served = ", ".join(f"%(e{turn})s" for turn in range(editions))
    other = f" AND edition NOT IN ({served})" if editions else ""
    mine = f"SELECT case_id FROM store_assignmentrow WHERE is_live AND appointment IN ({_numbers(numbers)})"  # noqa: S608 -- names and conditions that are written here
    return {
        "extra": f"SELECT * FROM store_caserow WHERE {_among('reference', mine)}{other}",  # noqa: S608 -- names and conditions that are written here
        "extra_duties": f"SELECT * FROM store_dutyrow WHERE {_among('case_id', _EXTRA)}",  # noqa: S608 -- names and conditions that are written here
    }


def _of_extra(columns: str, where: str) -> str:
    return f"SELECT {columns} FROM extra_duties WHERE {where}"  # noqa: S608 -- names and conditions that are written here


def _extra_cases(column: str, where: str) -> str:
    return f"SELECT {column} FROM extra WHERE {where}"  # noqa: S608 -- names and conditions that are written here


def _assigned(numbers: int) -> str:
    rows = f"store_assignmentrow WHERE is_live AND appointment IN ({_numbers(numbers)}) AND {_IS_OPEN}"
    return f"SELECT * FROM (SELECT DISTINCT case_id FROM {rows} LIMIT {_STOP}) a"  # noqa: S608 -- names and conditions that are written here


def _unheld(editions: int) -> str:
    """What the cases of each edition have in `unheld`, each once."""
    return _each_once(editions, "unheld", "store_caserow", "unheld", _UNHELD)


_UNHELD = f"{_HERE} AND unheld > ''"  # of most cases everything is held
_UNGIVEN = "NOT is_party AND NOT is_given"


def _ungiven(editions: int) -> str:
    """The offices that owe what is given to nobody, by edition, each once."""
    return _each_once(editions, "ungiven", "store_dutyrow", "offices", _UNGIVEN)


def _each_once(editions: int, name: str, table: str, column: str, where: str) -> str:
    """The values of a column by edition, as `held`: from one to the next along an index."""
    served = " UNION ALL ".join(f"SELECT CAST(%(e{turn})s AS TEXT) AS edition" for turn in range(editions))
    least = f"SELECT MIN({column}) FROM {table} WHERE {where} AND {table}.edition"  # noqa: S608 -- names and conditions that are written here
    return (
        f"SELECT edition, ({least} = served.edition) AS held FROM ({served}) served UNION ALL "  # noqa: S608 -- names and conditions that are written here
        f"SELECT edition, ({least} = {name}.edition AND {table}.{column} > {name}.held) FROM {name} "
        "WHERE held IS NOT NULL"
    )


def _owed_by(sizes: _Sizes) -> list[str]:
    """Open cases, by edition, that owe what an office of the viewer's owes and nobody is assigned to."""
    mine = " OR ".join(_has_word("held", f"o{turn}") for turn in range(sizes.offices))
    return [
        _and_stop("reference", "store_caserow", f"{_UNHELD} AND {_found('unheld', 'unheld', turn, mine)}")
        for turn in range(sizes.editions)
    ]


def _given_to_nobody(sizes: _Sizes) -> list[str]:
    """Duties, by edition, that nobody is assigned to, of offices that no person alone holds."""
    nobodys = f"held IS NOT NULL{_not_alone(sizes.alone, 'held')}"
    return [
        _and_stop(
            "offices, case_id",
            "store_dutyrow",
            f"{_UNGIVEN} AND {_found('offices', 'ungiven', turn, nobodys)}",
        )
        for turn in range(sizes.editions)
    ]


def _found(column: str, among: str, turn: int, where: str) -> str:
    """That the column has one of the values found, of this edition."""
    edition = f"edition = %(e{turn})s"
    held = f"SELECT held FROM {among} WHERE {edition} AND ({where})"  # noqa: S608 -- names and conditions that are written here
    return f"{edition} AND {_among(column, held)}"


def _and_stop(columns: str, table: str, where: str) -> str:
    return f"SELECT * FROM (SELECT {columns} FROM {table} WHERE {where} LIMIT {_STOP}) few"  # noqa: S608 -- names and conditions that are written here


def _not_alone(alone: int, column: str) -> str:
    """That none of these offices is held by one person alone."""
    return "".join(f" AND NOT {_has_word(column, f'a{turn}')}" for turn in range(alone))


def _has_word(column: str, pattern: str) -> str:
    return f"(' ' || {column} || ' ' LIKE %({pattern})s ESCAPE '\\')"


def _numbers(numbers: int) -> str:
    return ", ".join(f"%(n{turn})s" for turn in range(numbers))
