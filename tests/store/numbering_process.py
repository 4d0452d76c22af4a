"""A process of its own that numbers or appends, to be killed.

Run with the environment of an office. It reads commands, a line each, and answers each with a line:
`number K` and `append K` do so in a process that kills itself before its K-th statement (K "commit" or
"committed": at its commit, before or after); the answer is "killed", "done" or what went wrong. `keep on`
numbers again and again until standard input ends.
"""

import os
import select
import signal
import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

TODAY = date(2026, 4, 3)
ORIGIN = "office.example/duly"


def main() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "duly_server.conf.settings"
    django.setup()
    print("ready", flush=True)  # noqa: T201 -- it answers so
    for line in sys.stdin:
        what, _, when = line.strip().partition(" ")
        if what == "keep":
            keep_on()
            return
        print(in_a_process(what, when), flush=True)  # noqa: T201 -- it answers so


def in_a_process(what: str, when: str) -> str:
    child = os.fork()
    if not child:
        act(what, when)
    return how_it_ended(child)


def how_it_ended(child: int) -> str:
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return "killed"
    return "done" if status == 0 else f"broken off with {os.waitstatus_to_exitcode(status)}"


def act(what: str, when: str) -> NoReturn:
    from django.db import connection

    try:
        connection.ensure_connection()  # what a connection asks when it begins is none of its statements
        lay_in_wait(connection, when)
        with connection.execute_wrapper(Killing(int(when) if when.isdigit() else 0)):
            number() if what == "number" else append()
    except BaseException as fault:
        print(repr(fault), file=sys.stderr, flush=True)  # noqa: T201 -- for whoever reads why the test failed
        os._exit(1)
    os._exit(0)


class Killing:
    """Before the statement of this turn, from 1, the process is no more."""

    def __init__(self, turn: int) -> None:
        self.left = turn

    def __call__(self, execute: Any, *arguments: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            die()
        return execute(*arguments)


def lay_in_wait(connection: Any, when: str) -> None:
    commit = connection._commit
    if when == "commit":
        connection._commit = die
    if when == "committed":
        connection._commit = lambda: (commit(), die())


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def number() -> None:
    from duly_server.store import leaves

    leaves.number(today=TODAY)


def append() -> None:
    from tests.store.sample import OTHER, batch, step, text

    from duly_server.gateways.keys import FileKeyRing
    from duly_server.store.journal import DjangoJournal
    from duly_server.store.units import UnitKeys

    keyring = FileKeyRing.open(Path(os.environ["DULY_KEYRING"]))
    journal = DjangoJournal(ORIGIN, UnitKeys(keyring))
    head = journal.heads([OTHER]).get(OTHER)
    new = batch(step(reasons=text("So.")), step(), expected=head.place if head else 0, chain=OTHER)
    journal.append([new])


def keep_on() -> None:
    while not select.select([sys.stdin], [], [], 0.002)[0]:
        number()


if __name__ == "__main__":
    main()
