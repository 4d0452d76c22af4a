"""`duly init`: an office of its own, ready to serve: keys, tables, rulebook, calendar, first officer."""

import argparse
import getpass
import secrets
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from duly.rulebook.fault import Fault
from duly.vocabulary import Problem


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("init", help="set up an office in the folder DULY_HOME names")
    parser.add_argument(
        "--rulebook", default="example-association", help="a file, a folder, or a shipped name"
    )
    parser.add_argument("--calendar", help="a file or a shipped name (the rulebook's own)")
    parser.add_argument("--login", default="secretary", help="login of the first officer (secretary)")
    parser.add_argument("--name", default="First officer", help="their name")
    parser.add_argument(
        "--office", action="append", default=[], help="an office they hold; may be given again (all of them)"
    )
    parser.add_argument("--password-from-stdin", action="store_true", help="read their password from stdin")
    parser.add_argument("--sheet", type=Path, help="write the recovery sheet there instead of printing it")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from duly_server.cli.office import complain, migrate, open_office, say  # noqa: PLC0415 -- an office's
    from duly_server.cli.recovery import give_sheet, misplaced_sheet  # noqa: PLC0415 -- the same

    open_office()
    from django.conf import settings  # noqa: PLC0415 -- after setup

    from duly.rulebook.book import Rulebook  # noqa: PLC0415 -- the same
    from duly.rulebook.countable import uncountable  # noqa: PLC0415 -- the same
    from duly.rulebook.read import read  # noqa: PLC0415 -- the same
    from duly_server.gateways.clock import Clock  # noqa: PLC0415 -- the same
    from duly_server.gateways.keys import FileKeyRing, KeysRefusedError, misplaced  # noqa: PLC0415 -- the same
    from duly_server.gateways.shelf import NotOnShelfError, find_calendar, find_rulebook  # noqa: PLC0415 -- the same
    from duly_server.services import setup  # noqa: PLC0415 -- the same

    try:
        rulebook = find_rulebook(arguments.rulebook)
        book = read(rulebook.text)
        if not isinstance(book, Rulebook):
            return complain(_in_file("unreadable", book.problems))
        if beyond := uncountable(book):
            return complain(_in_file("uncountable", beyond))
        calendar = find_calendar(arguments.calendar or book.calendar)
    except NotOnShelfError as missing:
        return complain([Problem(code="not-found", says=str(missing))])
    against = misplaced(settings.DULY_KEYRING, data_folder=settings.DULY_HOME)
    against += misplaced_sheet(arguments.sheet)
    if against:
        return complain(against)
    today, at = Clock(settings.DULY_ZONE).read()
    try:
        FileKeyRing.create(settings.DULY_KEYRING, on=today)
    except KeysRefusedError as refused:
        return complain(refused.problems)
    migrate()
    setup.adopt(rulebook.text, calendar.text, on=today, at=at)
    password = _password(arguments)
    offices = arguments.office or [o.name for o in book.offices.values() if not o.party]
    for office in offices:
        setup.appoint(
            arguments.login, office, name=arguments.name, since=today, at=at, on=today, password=password
        )
    say(f"An office under “{book.title}”, edition {book.edition}, is ready in {settings.DULY_HOME}.")
    say(f"Its keys are in {settings.DULY_KEYRING}: keep a copy apart from the data and its backups.")
    say("Start it with: duly serve")
    return give_sheet(arguments.sheet, on=today, at=at)


def _in_file(code: str, found: Iterable[Fault]) -> Iterator[Problem]:
    """Faults of a rulebook as what stands in the way, by their lines."""
    return (Problem(code=code, says=f"line {each.line}: {each.says}", remedy=each.remedy) for each in found)


def _password(arguments: argparse.Namespace) -> str:
    from duly_server.cli.office import say  # noqa: PLC0415 -- an office's

    if arguments.password_from_stdin:
        return sys.stdin.readline().rstrip("\n")
    if sys.stdin.isatty():
        return getpass.getpass(f"Password for {arguments.login}: ")
    made = secrets.token_urlsafe(12)
    say(f"Password for {arguments.login}, shown once: {made}")
    return made
