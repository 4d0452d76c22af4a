"""`duly recovery sheet` and `duly recovery confirm`: the sheet of paper that opens every backup."""

import argparse
import os
import sys
from datetime import date, datetime
from pathlib import Path

from duly.vocabulary import Problem


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("recovery", help="the recovery sheet, without which no backup opens")
    verbs = parser.add_subparsers(title="what to do", metavar="VERB", required=True)
    made = verbs.add_parser("sheet", help="make a recovery key and print its sheet, once")
    made.add_argument("--sheet", type=Path, metavar="FILE", help="write it there instead of printing it")
    made.add_argument("--replace", action="store_true", help="although there is one; old backups keep theirs")
    made.set_defaults(run=run_sheet)
    confirm = verbs.add_parser("confirm", help="show that the sheet is in your hands")
    confirm.add_argument("letters", nargs="?", help="the six letters of its last group (asked for)")
    confirm.set_defaults(run=run_confirm)


def run_sheet(arguments: argparse.Namespace) -> int:
    from duly_server.cli.office import open_ready_office  # noqa: PLC0415 -- only where an office is

    open_ready_office()
    from django.conf import settings  # noqa: PLC0415 -- after setup

    from duly_server.gateways.clock import Clock  # noqa: PLC0415 -- the same

    today, at = Clock(settings.DULY_ZONE, day_file=settings.DULY_DAY_FILE).read()
    return give_sheet(arguments.sheet, on=today, at=at, replace=arguments.replace)


def run_confirm(arguments: argparse.Namespace) -> int:
    from duly_server.cli.office import complain, open_office, say  # noqa: PLC0415 -- only where an office is

    open_office()
    from django.conf import settings  # noqa: PLC0415 -- after setup

    from duly_server.gateways.clock import Clock  # noqa: PLC0415 -- the same
    from duly_server.gateways.keys import KeysRefusedError, recovery  # noqa: PLC0415 -- the same

    today, _ = Clock(settings.DULY_ZONE, day_file=settings.DULY_DAY_FILE).read()
    try:
        recovery.find(settings.DULY_KEYRING)
        letters = arguments.letters or _asked()
        if not recovery.confirm(settings.DULY_KEYRING, letters, on=today):
            return complain([_not_its_letters()])
    except KeysRefusedError as refused:
        return complain(refused.problems)
    say("The recovery sheet is in your hands. Keep it on paper, away from this machine and its backups.")
    return 0


def give_sheet(to: Path | None, *, on: date, at: datetime, replace: bool = False) -> int:
    """Make a recovery key, print its sheet or write it into a file, and ask six letters of it back.

    They are asked for where somebody sits at a terminal; elsewhere it is said how to confirm them later.
    """
    from django.conf import settings  # noqa: PLC0415 -- after setup

    from duly_server.cli.office import complain, say  # noqa: PLC0415 -- the same
    from duly_server.gateways.keys import KeysRefusedError, recovery  # noqa: PLC0415 -- the same
    from duly_server.services.recovery import set_key  # noqa: PLC0415 -- the same

    if against := misplaced_sheet(to):
        return complain(against)
    try:
        text = set_key(on=on, at=at, replace=replace)
    except KeysRefusedError as refused:
        return complain(refused.problems)
    if to is None:
        say(f"\n{text}")
    else:
        _write(to, text)
        say(f"The recovery sheet is in {to}. Print it, and then remove the file.")
    if sys.stdin.isatty():
        for _ in range(3):
            if recovery.confirm(settings.DULY_KEYRING, _asked(), on=on):
                say("Confirmed.")
                return 0
            complain([_not_its_letters()])
    say("Until the sheet is confirmed (duly recovery confirm), Duly serves this machine alone.")
    return 0


def misplaced_sheet(to: Path | None) -> tuple[Problem, ...]:
    """Why a sheet must not be written there; nothing against printing it."""
    against = None if to is None else _misplaced(to)
    return () if against is None else (against,)


def _misplaced(to: Path) -> Problem | None:
    from django.conf import settings  # noqa: PLC0415 -- after setup

    folder = to.absolute().parent.resolve()
    if to.exists():
        return Problem(
            code="file-there-already", says=f"There is a file {to} already.", remedy="Name another one."
        )
    if not folder.is_dir():
        return Problem(code="no-such-folder", says=f"There is no folder {folder}.", remedy="Make it first.")
    for lies in (settings.DULY_HOME, settings.DULY_KEYRING):
        if folder.is_relative_to(Path(lies).resolve()):
            return Problem(
                code="sheet-with-the-data",
                says=f"The recovery sheet must not lie in {lies}: a copy of it would open every backup.",
                remedy="Name a file elsewhere, best on a stick that you take away.",
            )
    return None


def _write(to: Path, text: str) -> None:
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _asked() -> str:
    if sys.stdin.isatty():
        return input("The six letters of group 14 of the recovery sheet: ")
    return sys.stdin.readline()


def _not_its_letters() -> Problem:
    return Problem(
        code="not-on-the-sheet",
        says="These are not the letters of group 14, the last, of this office's recovery sheet.",
        remedy="Look again; if the sheet is lost, make a new one with duly recovery sheet --replace.",
    )
