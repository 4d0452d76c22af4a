"""`duly init`: an office of its own, ready to serve: settings, keys, tables, rulebook, first officer."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from duly.rulebook.book import Rulebook
from duly.vocabulary import Problem, Refused

# Options that say a setting, and the variable that says the same.
SETTINGS = {
    "organisation": "DULY_NAME",
    "address": "DULY_ADDRESS",
    "origin": "DULY_ORIGIN",
    "zone": "DULY_ZONE",
}


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("init", help="set up an office in the folder DULY_HOME names")
    parser.add_argument("--organisation", help="what the organisation is called")
    parser.add_argument("--address", help="the address people will use (https://complaints.example.org)")
    parser.add_argument("--origin", help="the name of the record, for ever (the address and /duly)")
    parser.add_argument("--zone", help="the time zone days are counted in (Europe/London)")
    parser.add_argument(
        "--rulebook", default="example-association", help="a file, a folder, or a shipped name"
    )
    parser.add_argument("--calendar", help="a file or a shipped name (the rulebook's own)")
    parser.add_argument("--name", default="First officer", help="the name of the first officer")
    parser.add_argument(
        "--office",
        action="append",
        default=[],
        help="an office they hold; may be given again (those that appoint the others)",
    )
    parser.add_argument(
        "--password-from-stdin",
        action="store_true",
        help="for scripts: no invitation, but this password, and every office unless --office says which",
    )
    parser.add_argument("--login", default="secretary", help="their login then (secretary)")
    parser.add_argument("--sheet", type=Path, help="write the recovery sheet there instead of printing it")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from duly_server.cli.adoptable import adoptable  # noqa: PLC0415 -- the rules are read only when asked
    from duly_server.cli.init_whole import BrokenOffError, whole  # noqa: PLC0415 -- an office's
    from duly_server.cli.office import complain, open_office, say  # noqa: PLC0415 -- an office's
    from duly_server.cli.recovery import give_sheet, misplaced_sheet  # noqa: PLC0415 -- the same

    if against := tuple(_say_settings(arguments)):
        return complain(against)
    open_office()
    from django.conf import settings  # noqa: PLC0415 -- after setup

    from duly_server.gateways.clock import Clock  # noqa: PLC0415 -- the same
    from duly_server.gateways.keys import FileKeyRing, KeysRefusedError, misplaced  # noqa: PLC0415 -- the same
    from duly_server.gateways.office_file import FILE  # noqa: PLC0415 -- the same
    from duly_server.services import setup  # noqa: PLC0415 -- the same

    found = adoptable(arguments.rulebook, arguments.calendar)
    if isinstance(found, Refused):
        return complain(found.problems)
    book = found.book
    against = misplaced(settings.DULY_KEYRING, data_folder=settings.DULY_HOME)
    against += (*misplaced_sheet(arguments.sheet), *_unknown_offices(arguments.office, book))
    if against:
        return complain(against)
    if against := tuple(_there_already(settings.DULY_KEYRING)):
        return complain(against)
    today, at = Clock(settings.DULY_ZONE).read()
    try:
        with whole(settings.DULY_HOME / FILE, settings.DULY_KEYRING):
            FileKeyRing.create(settings.DULY_KEYRING, on=today)
            _write_settings(settings.DULY_HOME)
            setup.adopt(found.rulebook, found.calendar, on=today, at=at)
            token = _first_officer(arguments, book, today, at)
    except KeysRefusedError as refused:
        return complain(refused.problems)
    except BrokenOffError as broken:
        return complain([broken.problem])
    say(f"An office under “{book.title}”, edition {book.edition}, is ready in {settings.DULY_HOME}.")
    say(f"Its settings are in {settings.DULY_HOME / 'duly.toml'}: look through them before you start it.")
    say(f"Its keys are in {settings.DULY_KEYRING}: keep a copy apart from the data and its backups.")
    say("Start it with: duly serve")
    _say_way_in(arguments.name, token)
    return give_sheet(arguments.sheet, on=today, at=at)


def _say_settings(arguments: argparse.Namespace) -> Iterator[Problem]:
    """What the options say goes into the environment, where the settings look and duly.toml is made from."""
    from duly_server.gateways.office_file import FILE  # noqa: PLC0415 -- only commands of an office need it
    from duly_server.gateways.office_file.keys import KEYS  # noqa: PLC0415 -- the same

    told = {option: getattr(arguments, option) for option in SETTINGS if getattr(arguments, option)}
    path = Path(os.environ.get("DULY_HOME", "var")) / FILE
    if told and path.is_file():
        options = ", ".join(f"--{option}" for option in told)
        says = f"{path} is there already and says what {options} would."
        yield Problem(code="settings-there", says=says, remedy="Write it there, and leave the options out.")
        return
    of_variable = {key.variable: key for key in KEYS}
    for option, value in told.items():
        if (wrong := of_variable[SETTINGS[option]].check(value)) is not None:
            yield Problem(code="setting-refused", says=f"--{option}: {wrong[0]}", remedy=wrong[1])
    os.environ.update({SETTINGS[option]: value for option, value in told.items()})
    host = urlsplit(os.environ.get("DULY_ADDRESS", "")).hostname or ""
    if "." in host and not host.replace(".", "").isdigit() and not path.is_file():
        os.environ.setdefault("DULY_ORIGIN", f"{host}/duly")


def _write_settings(home: Path) -> None:
    from duly_server.gateways.office_file import said_in, write_once  # noqa: PLC0415 -- the same

    write_once(home, said_in(os.environ))


def _unknown_offices(asked: Iterable[str], book: Rulebook) -> Iterator[Problem]:
    known = [office.name for office in book.offices.values() if not office.party]
    for office in asked:
        if office not in known:
            says = f"The rulebook has no office {office!r}."
            yield Problem(code="unknown-office", says=says, remedy=f"It has {', '.join(known)}.")


def _first_officer(arguments: argparse.Namespace, book: Rulebook, today: date, at: datetime) -> str:
    """Appoint them; they come in by the invitation that is answered, or ("") by a script's password."""
    import uuid  # noqa: PLC0415 -- the same

    from duly_server.services import invitations, setup  # noqa: PLC0415 -- the same
    from duly_server.store.accounts import placeholder  # noqa: PLC0415 -- the same

    by_password: bool = arguments.password_from_stdin
    password = sys.stdin.readline().rstrip("\n") if by_password else None
    login = arguments.login if by_password else placeholder()
    every = [office.name for office in book.offices.values() if not office.party]
    person = ""
    for office in arguments.office or (every if by_password else book.appointing):
        made = setup.appoint(
            login, office, name=arguments.name, since=today, at=at, on=today, password=password
        )
        person = made.person
    return "" if by_password or not person else invitations.invite(uuid.UUID(person), at=at)


def _say_way_in(name: str, token: str) -> None:
    """The invitation, once; it stands nowhere else. Nothing where there is none."""
    from django.conf import settings  # noqa: PLC0415 -- after setup

    from duly_server.cli.office import say  # noqa: PLC0415 -- an office's
    from duly_server.services import invitations  # noqa: PLC0415 -- the same

    if token:
        say(f"{name} comes in once, within seven days, by this address, and appoints the others there:")
        say(f"\n    {invitations.link(settings.DULY_ADDRESS, token)}\n")
        say("Whoever has it comes in as them. It stands nowhere else; if it is lost: duly officer reset")


def _there_already(keyring: Path) -> Iterator[Problem]:
    """A keyring that is there belongs to an office: before any table is touched."""
    from duly_server.gateways.keys.checks import KEYRING  # noqa: PLC0415 -- only commands of an office need it

    if (keyring / KEYRING).exists():
        says = f"There is a keyring in {keyring} already."
        remedy = "Name another folder with DULY_KEYRING. A keyring that is lost takes the names with it."
        yield Problem(code="keyring-there-already", says=says, remedy=remedy)
