"""What the commands of an office share: where it lies, and its database brought up to date."""

import logging
import os
import sys
from collections.abc import Iterable
from types import TracebackType

from duly.vocabulary import Problem


def open_office() -> None:
    """Set Django up for the office that the environment names; leave with 2 where settings are wrong."""
    import django  # noqa: PLC0415 -- only commands of an office need it

    from duly_server.gateways.office_file import SettingsRefusedError  # noqa: PLC0415 -- the same

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duly_server.conf.settings")
    sys.excepthook = fault
    try:
        django.setup()
    except SettingsRefusedError as refused:
        complain(refused.problems)
        raise SystemExit(2) from None


def open_ready_office() -> None:
    """Open it for a command that reads or writes its tables; leave with 1 where they are not up to date."""
    open_office()
    from duly_server.store import tables  # noqa: PLC0415 -- after setup

    if against := tables.behind():
        raise SystemExit(complain(against))


def fault(kind: type[BaseException], what: BaseException, trace: TracebackType | None) -> None:
    """What a command says when it breaks off: class and place; a traceback prints what it had in hand."""
    from duly_server.gateways.keys import KeysRefusedError  # noqa: PLC0415 -- only where an office is

    if isinstance(what, KeysRefusedError):
        complain(what.problems)
    else:
        logging.getLogger("duly").critical("broken off", exc_info=(kind, what, trace))


def migrate() -> None:
    """Make the tables of a new office, whole."""
    from django.conf import settings  # noqa: PLC0415 -- only commands of an office need it

    from duly_server.store import tables  # noqa: PLC0415 -- the same

    settings.DULY_HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tables.as_owner() as against:
        if not against:
            tables.bring_up(contract=True)
    if against:
        raise SystemExit(complain(against))


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 -- this is what a command does


def complain(problems: Iterable[Problem]) -> int:
    """Print why not, to standard error; the exit code of a refusal."""
    for problem in problems:
        print(problem, file=sys.stderr)  # noqa: T201 -- this is what a command does
    return 1
