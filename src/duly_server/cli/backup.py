"""`duly backup`: the data as it is now, or with `--keys` the keys; each in a file that the sheet opens."""

import argparse
import sys
from pathlib import Path


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("backup", help="back up the data, or the keys apart from it")
    parser.add_argument("to", metavar="FILE-or-FOLDER", type=Path, help="a new file, or a folder for it")
    parser.add_argument("--keys", action="store_true", help="the keyring and the keys of all units instead")
    parser.add_argument("--reason", default="", help="why the keys are backed up; it stands in the record")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from duly_server.cli.office import complain, open_ready_office, say  # noqa: PLC0415 -- only where an office is

    open_ready_office()
    from django.conf import settings  # noqa: PLC0415 -- after setup

    from duly.vocabulary import Problem  # noqa: PLC0415 -- the same
    from duly_server.gateways.backup_file import BackupRefusedError  # noqa: PLC0415 -- the same
    from duly_server.gateways.clock import Clock  # noqa: PLC0415 -- the same
    from duly_server.gateways.keys import KeysRefusedError  # noqa: PLC0415 -- the same
    from duly_server.services import backup  # noqa: PLC0415 -- the same

    today, at = Clock(settings.DULY_ZONE, day_file=settings.DULY_DAY_FILE).read()
    reason = _reason(arguments)
    if arguments.keys and not reason:
        return complain(
            [
                Problem(
                    code="missing-reasons",
                    says="Who has the keys and the data reads all, so the record says why they were copied.",
                    remedy="Give the reason with --reason.",
                )
            ]
        )

    def progress(table: str, done: int) -> None:
        say(f"  {table}: {done} rows")

    try:
        if arguments.keys:
            made = backup.back_up_keys(arguments.to, reason=reason, on=today, at=at, progress=progress)
        else:
            made = backup.back_up_data(arguments.to, on=today, at=at, progress=progress)
    except (BackupRefusedError, KeysRefusedError) as refused:
        return complain(refused.problems)
    what = "keyring and keys" if arguments.keys else "data"
    say(f"The {what} of this office, {sum(made.rows.values())} rows, are in {made.path}.")
    if not arguments.keys:
        say("No key is in it. Back up the keys too, after the data and kept apart: duly backup --keys.")
    return 0


def _reason(arguments: argparse.Namespace) -> str:
    if arguments.keys and not arguments.reason and sys.stdin.isatty():
        return input("Why are the keys backed up? ").strip()
    return str(arguments.reason).strip()
