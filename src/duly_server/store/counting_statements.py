"""The statements by which the desk counts (store/counting), put together once for viewers of the same sizes.

"Extra" are the live cases assigned to the viewer under an edition that none of their offices serves.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

AT_MOST = 200  # what is counted exactly; a greater count is only known to be greater
_STOP = AT_MOST + 1
_OPEN = "{0}closed_on IS NULL AND {0}accepted_on IS NOT NULL"
_HERE, _THERE = _OPEN.format(""), _OPEN.format("c.")
_NEW = "closed_on IS NULL AND accepted_on IS NULL"


class Sizes(NamedTuple):
    """On these the statements hang: how many editions the viewer's offices serve, how many appointments and
    offices the viewer holds, how many offices are held by one person alone, and how many appointments the
    viewer ever had."""

    editions: int
    numbers: int
    offices: int
    alone: int
    ever: int


# Each answers a row for each thing it counts: its name, how many rows, in how many cases, the first day, and
# how many are of today. What does not apply is NULL.


@lru_cache(maxsize=64)
def of_the_desk(sizes: Sizes) -> str:
    return _counting(sizes, _desk(sizes))


@lru_cache(maxsize=64)
def of_cases(sizes: Sizes) -> str:
    return _counting(sizes, _cases(sizes))


@lru_cache(maxsize=64)
def of_everything(sizes: Sizes) -> str:
    return _counting(sizes, [*_desk(sizes), *_cases(sizes)])


def _counting(sizes: Sizes, counted: Iterable[str]) -> str:
    beside = {"out": _out(sizes.ever), **_extra(sizes.editions, sizes.numbers)}
    if sizes.editions:
        beside |= {"unheld": _unheld(sizes.editions), "ungiven": _ungiven(sizes.editions)}
    named = ", ".join(f"{name} AS ({sql})" for name, sql in beside.items())
    return f"WITH RECURSIVE {named} {' UNION ALL '.join(counted)}"


def _desk(sizes: Sizes) -> list[str]:
    editions = sizes.editions
    office, party = "NOT is_party AND NOT paused", "is_party AND NOT paused"
    soon = "due_on >= %(today)s AND due_on <= %(five)s"
    late_rows = _either(
        _duties(editions, "due_on, case_id", f"{office} AND due_on < %(today)s"),
        [_of_extra("due_on, case_id", f"{office} AND due_on < %(today)s")],
    )
    soon_rows = _either(
        _until(_duties(editions, "due_on, case_id", f"{office} AND due_on >= %(today)s")),
        _until(_duties(editions, "due_on, case_id", f"{party} AND due_on >= %(today)s")),
        [_of_extra("due_on, case_id", f"NOT paused AND {soon}")],
    )
    waiting_rows = _either(
        _duties(editions, "started_on, case_id", party), [_of_extra("started_on, case_id", party)]
    )
    an_open = _either(_open_cases(editions, "due_on", _HERE), [_extra_cases("due_on", _HERE)])
    a_new = _either(_open_cases(editions, "received_on", _NEW), [_extra_cases("received_on", _NEW)])
    today = "COUNT(*) FILTER (WHERE due_on = %(today)s)"
    return [
        _count("late", late_rows, cases="COUNT(DISTINCT case_id)", first="MIN(due_on)"),
        _count("soon", soon_rows, cases="COUNT(DISTINCT case_id)", today=today),
        _count("waiting", waiting_rows, cases="COUNT(DISTINCT case_id)", first="MIN(started_on)"),
        _count("open", an_open),
        _count("sift", a_new),
    ]


def _cases(sizes: Sizes) -> list[str]:
    editions, numbers = sizes.editions, sizes.numbers
    in_force = "is_interim AND is_open AND since <= %(today)s"
    mine = _either([_assigned(numbers)], _owed_by(sizes), together="UNION")
    paused = _either(
        _with_such(editions, "store_dutyrow", "paused AND is_open"),
        [_of_extra("case_id", "paused AND is_open")],
        together="UNION",
    )
    interim = _either(
        _with_such(editions, "store_measurerow", f"before IS NULL AND {in_force}"),
        _with_such(editions, "store_measurerow", f"before > %(today)s AND {in_force}"),
        [
            f"SELECT case_id FROM store_measurerow WHERE {_among('case_id', _EXTRA)} AND {in_force}"  # noqa: S608 -- names and conditions that are written here
            " AND (before IS NULL OR before > %(today)s)"
        ],
        together="UNION",
    )
    nobodys = _either(
        _given_to_nobody(sizes),
        [_of_extra("offices, case_id", f"{_UNGIVEN}{_not_alone(sizes.alone, 'offices')}")],
    )
    return [
        _count("mine", mine),
        _count("paused", paused),
        _count("interim", interim),
        _count("unassigned", nobodys, cases="COUNT(DISTINCT case_id)"),
    ]


def _count(name: str, rows: str, *, cases: str = "NULL", first: str = "NULL", today: str = "NULL") -> str:
    if connection.vendor == "postgresql":  # which takes a NULL for text
        first = f"CAST({first} AS DATE)"
        cases, today = (f"CAST({each} AS BIGINT)" for each in (cases, today))
    return f"SELECT '{name}', COUNT(*), {cases}, {first}, {today} FROM ({rows}) {name}_rows"  # noqa: S608 -- names and conditions that are written here


def _either(*some: Sequence[str], together: str = "UNION ALL") -> str:
    return f" {together} ".join(each for branches in some for each in branches)


def _duties(editions: int, column: str, where: str) -> list[str]:
    return _branches(editions, f"{column} FROM store_dutyrow WHERE {where}", column.partition(",")[0])


def _until(branches: list[str]) -> list[str]:
    """Those of them that are due by the fifth working day: the first of a walk that would go on."""
    return [f"{each} WHERE due_on <= %(five)s" for each in branches]


def _open_cases(editions: int, column: str, where: str) -> list[str]:
    return _branches(editions, f"{column} FROM store_caserow WHERE {where}", column, _CASE_NOT_OUT)


def _with_such(editions: int, table: str, where: str) -> list[str]:
    """Cases that have such a row, each once."""
    return _branches(editions, f"DISTINCT case_id FROM {table} WHERE {where}", "case_id")


# Cases in which the viewer declared a conflict of interest: few, and there in no count.
_NOT_OUT = " AND {0} NOT IN (SELECT case_id FROM out)"
_CASE_NOT_OUT, _ITS_CASE_NOT_OUT = _NOT_OUT.format("reference"), _NOT_OUT.format("case_id")


def _out(ever: int) -> str:
    every = ", ".join(f"%(v{turn})s" for turn in range(ever))
    return f"SELECT case_id FROM store_conflictrow WHERE appointment IN ({every})"  # noqa: S608 -- names and conditions that are written here


def _branches(editions: int, select: str, order: str, not_out: str = _ITS_CASE_NOT_OUT) -> list[str]:
    """One for each edition, none of which goes on after two hundred: a walk along an index."""
    its = f"SELECT {select}{not_out}"
    return [
        f"SELECT * FROM ({its} AND edition = %(e{turn})s ORDER BY {order} LIMIT {_STOP}) b{turn}"  # noqa: S608 -- names and conditions that are written here
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
        "extra": f"SELECT * FROM store_caserow WHERE {_among('reference', mine)}{other}{_CASE_NOT_OUT}",  # noqa: S608 -- names and conditions that are written here
        "extra_duties": f"SELECT * FROM store_dutyrow WHERE {_among('case_id', _EXTRA)}",  # noqa: S608 -- names and conditions that are written here
    }


def _of_extra(columns: str, where: str) -> str:
    return f"SELECT {columns} FROM extra_duties WHERE {where}"  # noqa: S608 -- names and conditions that are written here


def _extra_cases(column: str, where: str) -> str:
    return f"SELECT {column} FROM extra WHERE {where}"  # noqa: S608 -- names and conditions that are written here


def _assigned(numbers: int) -> str:
    rows = f"store_assignmentrow WHERE is_live AND appointment IN ({_numbers(numbers)}) AND {_IS_OPEN}"
    rows += _ITS_CASE_NOT_OUT
    return f"SELECT * FROM (SELECT DISTINCT case_id FROM {rows} LIMIT {_STOP}) a"  # noqa: S608 -- names and conditions that are written here


_UNGIVEN = "NOT is_party AND NOT is_given"


def _unheld(editions: int) -> str:
    """What the cases of each edition have in `unheld`, each once; of most cases everything is held."""
    return _each_once(editions, "unheld", "store_caserow", "unheld", _HERE)


def _ungiven(editions: int) -> str:
    """The offices that owe what is given to nobody, by edition, each once."""
    return _each_once(editions, "ungiven", "store_dutyrow", "offices", _UNGIVEN)


def _each_once(editions: int, name: str, table: str, column: str, where: str) -> str:
    """The values of a column by edition but for "", as `held`: from one to the next along an index."""
    served = " UNION ALL ".join(f"SELECT CAST(%(e{turn})s AS TEXT) AS edition" for turn in range(editions))
    least = f"SELECT MIN({column}) FROM {table} WHERE {where} AND {table}.edition"  # noqa: S608 -- names and conditions that are written here
    return (
        f"SELECT edition, ({least} = served.edition AND {table}.{column} > '') AS held FROM ({served}) served"  # noqa: S608 -- names and conditions that are written here
        f" UNION ALL SELECT edition, ({least} = {name}.edition AND {table}.{column} > {name}.held)"
        f" FROM {name} WHERE held IS NOT NULL"
    )


def _owed_by(sizes: Sizes) -> list[str]:
    """Open cases that owe what an office of the viewer's owes and nobody is assigned to."""
    mine = " OR ".join(_has_word("held", f"o{turn}") for turn in range(sizes.offices))
    found = f"SELECT edition, held FROM unheld WHERE {mine}"  # noqa: S608 -- names and conditions that are written here
    which = f"store_caserow WHERE {_HERE}{_CASE_NOT_OUT} AND (edition, unheld)"
    return [_for_each("reference", which, found, "accepted_on")] if sizes.editions else []


def _given_to_nobody(sizes: Sizes) -> list[str]:
    """Duties that nobody is assigned to, of offices that no person alone holds."""
    found = f"SELECT edition, held FROM ungiven WHERE held IS NOT NULL{_not_alone(sizes.alone, 'held')}"  # noqa: S608 -- names and conditions that are written here
    which = f"store_dutyrow WHERE {_UNGIVEN}{_ITS_CASE_NOT_OUT} AND (edition, offices)"
    return [_for_each("offices, case_id", which, found, "due_on")] if sizes.editions else []


def _for_each(columns: str, which: str, found: str, order: str) -> str:
    """Rows that have one of the pairs of values found, and not on after two hundred.

    PostgreSQL, which can't know how many pairs there are, is asked for each by itself and in the order of an
    index: it would expect many rows of any, and begin with the table. SQLite would begin with the table if it
    were asked to join.
    """
    if connection.vendor == "postgresql":
        its = f"SELECT {columns} FROM {which} = (found.edition, found.held) ORDER BY {order} LIMIT {_STOP}"  # noqa: S608 -- names and conditions that are written here
        rows = f"SELECT its.* FROM ({found}) found CROSS JOIN LATERAL ({its}) its"  # noqa: S608 -- names and conditions that are written here
    else:
        rows = f"SELECT {columns} FROM {which} IN ({found})"  # noqa: S608 -- names and conditions that are written here
    return f"SELECT * FROM ({rows} LIMIT {_STOP}) few"  # noqa: S608 -- names and conditions that are written here


def _not_alone(alone: int, column: str) -> str:
    """That none of these offices is held by one person alone."""
    return "".join(f" AND NOT {_has_word(column, f'a{turn}')}" for turn in range(alone))


def _has_word(column: str, word: str) -> str:
    """Not LIKE: SQLite prepares a whole statement anew for each value that something is to be like."""
    place = "strpos" if connection.vendor == "postgresql" else "instr"
    return f"{place}(' ' || {column} || ' ', %({word})s) > 0"


def _numbers(numbers: int) -> str:
    return ", ".join(f"%(n{turn})s" for turn in range(numbers))
