"""The tables brought up to what the code expects: first what adds to them, later what takes away.

A migration with `contracts = True` takes away what the release before still uses. It waits until no process
of that release runs; everything else may be done while one does.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connections, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from duly.vocabulary import Problem
from duly_server.store import named, scrubbing

# What the web's role may not do, on PostgreSQL with an owner apart: the guards of the record
# (store/guards.py) stand above it. A sealed part may be deleted: without its key it is waste. A key is
# destroyed by emptying its row, which stays; an account stays for what was done from it.
_NEVER = {
    "store_factrow": "UPDATE, DELETE",
    "store_leafrow": "UPDATE, DELETE",
    "store_sealedpart": "UPDATE",
    "store_account": "DELETE",
    "store_editionrow": "DELETE",
    "store_calendarrow": "DELETE",
    "keys_unitkey": "DELETE",
    "django_migrations": "INSERT, UPDATE, DELETE",
    "django_content_type": "INSERT, UPDATE, DELETE",
    "auth_permission": "INSERT, UPDATE, DELETE",
    "auth_group": "INSERT, UPDATE, DELETE",
    "auth_group_permissions": "INSERT, UPDATE, DELETE",
}


@dataclass(frozen=True, slots=True)
class Pending:
    """Migrations that a database lacks: those for now, those that take away, those that wait for them."""

    now: tuple[Migration, ...] = ()
    contracting: tuple[Migration, ...] = ()
    blocked: tuple[Migration, ...] = ()


def sorted_out(plan: Sequence[Migration]) -> Pending:
    """What may be done of a plan while the release before still runs."""
    now: list[Migration] = []
    contracting: list[Migration] = []
    blocked: list[Migration] = []
    waiting: set[tuple[str, str]] = set()
    for each in plan:
        if getattr(each, "contracts", False):
            contracting.append(each)
        elif waiting.intersection(each.dependencies):
            blocked.append(each)
        else:
            now.append(each)
            continue
        waiting.add((each.app_label, each.name))
    return Pending(tuple(now), tuple(contracting), tuple(blocked))


def behind() -> tuple[Problem, ...]:
    """Why the code can't work with the tables as they are, or not under the name set; () when it can."""
    try:
        lacking = [alias for alias in connections if not _is_there(alias) or _lacks(alias)]
    except OperationalError:
        says = "A database of this office can't be reached."
        return (Problem(code="no-database", says=says, remedy="Start it, or mend its address in duly.toml."),)
    if not lacking:
        return named.otherwise()
    says = "The tables are older than this version of Duly, or not there."
    remedy = (
        "Run duly migrate, once the version before has backed the office up; for a new office run duly init."
    )
    return (Problem(code="tables-behind", says=says, remedy=remedy),)


def is_current() -> bool:
    """Whether both databases have had every change that this version needs; one question to each.

    What the code needs is read once: it does not change while a process runs. Raises what a database raises.
    """
    needed = _needed()
    for alias in connections:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            if not needed <= set(cursor.fetchall()):
                return False
    return True


@lru_cache(maxsize=1)
def _needed() -> frozenset[tuple[str, str]]:
    """The changes of this version that take nothing away, and wait for none that does."""
    graph = MigrationLoader(None).graph
    plan = {node: graph.nodes[node] for leaf in graph.leaf_nodes() for node in graph.forwards_plan(leaf)}
    return frozenset((each.app_label, each.name) for each in sorted_out([*plan.values()]).now)


def bring_up(*, contract: bool) -> tuple[int, int] | Problem:
    """How many migrations were done, and how many that take away still wait; or why not.

    With `contract` those are done too: when no process of the release before runs any more.
    """
    if not contract and any(_pending(alias).blocked for alias in connections):
        says = "The upgrade before this one was not finished: something waits for what takes away."
        remedy = "Stop every process of the older version, then run duly migrate --contract."
        return Problem(code="upgrade-unfinished", says=says, remedy=remedy)
    done: set[str] = set()  # each is noted in both databases, and done where its tables are
    waiting: set[str] = set()
    for alias in connections:
        pending = _pending(alias)
        executor = MigrationExecutor(connections[alias])
        targets = executor.loader.graph.leaf_nodes()
        if contract:
            executor.migrate(targets)
        else:
            executor.migrate(targets, plan=[(each, False) for each in pending.now])
        done |= {str(each) for each in pending.now}
        taking_away = {str(each) for each in (*pending.contracting, *pending.blocked)}
        if contract:
            done |= taking_away
        else:
            waiting |= taking_away
    return len(done), len(waiting)


@contextmanager
def as_owner() -> Iterator[tuple[Problem, ...]]:
    """Within it the databases are reached as the role that owns the tables, where the settings name one.

    At its end the web's role gets what it needs of them. What is given to `with` are problems: then nothing
    was changed.
    """
    wanted: dict[str, dict[str, object]] = settings.DULY_OWNER_DATABASES
    web = {alias: dict(connections[alias].settings_dict) for alias in wanted}
    nameless = [alias for alias, each in web.items() if not each["USER"]]
    if nameless:
        says = "The address of the web's database names no role, so that nothing can be granted to it."
        yield (
            Problem(code="no-role", says=says, remedy="Write the role into database: postgresql://ROLE@..."),
        )
        return
    for alias, owner in wanted.items():
        _reach(alias, owner)
    try:
        yield ()
        for alias in wanted:
            if web[alias]["USER"] != wanted[alias]["USER"]:
                _grant(alias, str(web[alias]["USER"]))
    finally:
        for alias, before in web.items():
            _reach(alias, before)


def _reach(alias: str, how: dict[str, object]) -> None:
    connection = connections[alias]
    connection.close()
    told = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    connection.settings_dict.update({name: how[name] for name in told})


def _grant(alias: str, role: str) -> None:
    """Rows, and no table: nothing is left of what it was granted before."""
    connection = connections[alias]
    name = connection.ops.quote_name(role)
    tables = set(connection.introspection.table_names())
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
        for table in sorted(tables & _NEVER.keys()):
            cursor.execute(f"REVOKE {_NEVER[table]} ON {table} FROM {name}")
        if "store_receiptrow" in tables:
            cursor.execute(f"GRANT EXECUTE ON FUNCTION public.{scrubbing.FUNCTION}() TO {name}")


def _pending(alias: str) -> Pending:
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return sorted_out([migration for migration, _ in plan])


def _lacks(alias: str) -> bool:
    pending = _pending(alias)
    return bool(pending.now or pending.blocked)


def _is_there(alias: str) -> bool:
    """Asking a file of SQLite that is not there would make an empty one."""
    connection = connections[alias]
    return connection.vendor != "sqlite" or Path(connection.settings_dict["NAME"]).is_file()
