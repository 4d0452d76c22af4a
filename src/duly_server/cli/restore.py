"""`duly restore`: an office set up again from its backups and its sheet; `--rehearse` tries that out."""

import argparse
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from duly.vocabulary import Problem

if TYPE_CHECKING:
    from duly_server.services.restoring.office import Found
    from duly_server.services.restoring.papers import Papers


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("restore", help="set an office up again from its backups, or rehearse it")
    parser.add_argument("data", metavar="FILE", type=Path, help="the backup of the data")
    parser.add_argument("--keys", metavar="FILE", type=Path, help="the backup of the keys, made after it")
    parser.add_argument("--sheet", metavar="FILE", type=Path, required=True, help="the recovery sheet, typed")
    parser.add_argument(
        "--rehearse", action="store_true", help="in a temporary place, and touch nothing that is there"
    )
    parser.add_argument("--accept-loss", action="store_true", help="although parts have no key any more")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0: all as it was; 1: refused, or something is not as it should be."""
    if not arguments.rehearse:
        return _run(arguments)
    place = Path(tempfile.mkdtemp(prefix="duly-rehearsal-"))
    os.environ.update(
        DULY_HOME=str(place),
        DULY_DATABASE="sqlite",
        DULY_KEYS_DATABASE="",
        DULY_OWNER_DATABASE="",
        DULY_OWNER_KEYS_DATABASE="",
        DULY_KEYRING=str(place / "none"),
    )
    try:
        return _run(arguments)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _run(arguments: argparse.Namespace) -> int:
    from duly_server.cli.office import complain, open_office, say  # noqa: PLC0415 -- only where an office is

    open_office()
    from django.conf import settings  # noqa: PLC0415 -- after setup
    from django.db import connections  # noqa: PLC0415 -- the same
    from django.db.migrations.exceptions import MigrationSchemaMissing  # noqa: PLC0415 -- the same

    from duly_server.gateways.backup_file import BackupRefusedError  # noqa: PLC0415 -- the same
    from duly_server.gateways.clock import Clock  # noqa: PLC0415 -- the same
    from duly_server.gateways.keys import KeysRefusedError, misplaced  # noqa: PLC0415 -- the same
    from duly_server.services.restoring import office  # noqa: PLC0415 -- the same
    from duly_server.services.restoring.papers import read_papers  # noqa: PLC0415 -- the same
    from duly_server.store.tables import as_owner  # noqa: PLC0415 -- the same

    try:
        papers = read_papers(arguments.data, arguments.keys, arguments.sheet, say=say)
        if arguments.rehearse:
            found = office.rehearse(papers, say=say, accept_loss=arguments.accept_loss)
        elif against := misplaced(settings.DULY_KEYRING, data_folder=settings.DULY_HOME):
            return complain(against)
        else:
            today, at = Clock(settings.DULY_ZONE, day_file=settings.DULY_DAY_FILE).read()
            with as_owner() as against:  # tables are made: the web's role may not
                if against:
                    return complain(against)
                found = office.restore(papers, on=today, at=at, say=say, accept_loss=arguments.accept_loss)
            _write_settings(papers.origin)
    except (BackupRefusedError, KeysRefusedError) as refused:
        return complain(refused.problems)
    except MigrationSchemaMissing:
        return complain([_no_tables_made()])
    finally:
        connections.close_all()
    return _report(papers, found, rehearsed=arguments.rehearse)


def _no_tables_made() -> Problem:
    return Problem(
        code="may-not-make-tables",
        says="The role that the settings name may make no tables in the database. Nothing was changed.",
        remedy="Name the role that owns the tables, as for duly init: DULY_OWNER_DATABASE and "
        "DULY_OWNER_KEYS_DATABASE.",
    )


def _write_settings(origin: str) -> None:
    """Settings are in no backup: those of this moment are kept, or the next start would know none of them."""
    from django.conf import settings  # noqa: PLC0415 -- after setup

    from duly_server.cli.office import say  # noqa: PLC0415 -- only where an office is
    from duly_server.gateways.office_file import FILE, said_in, write_once  # noqa: PLC0415 -- the same

    if write_once(settings.DULY_HOME, {**said_in(os.environ), "origin": origin}):
        say(f"Settings are in no backup. Those given now are in {settings.DULY_HOME / FILE}: look through it")
        say("before you start the office, above all at name, address and zone.")


def _report(papers: "Papers", found: "Found", *, rehearsed: bool) -> int:
    from duly_server.cli.office import say  # noqa: PLC0415 -- only where an office is

    rows = found.rows
    say(f"Log {papers.origin}, as it was at {papers.of_data.head['taken_at']}.")
    say(
        f"{rows.get('store_factrow', 0)} facts in {found.records} records of cases and complaints, "
        f"{rows.get('store_sealedpart', 0)} sealed parts, {rows.get('keys_unitkey', 0)} keys of units, "
        f"{sum(rows.values())} rows in all."
    )
    for problem in found.problems:
        say(f"NOT WELL: {problem}")
    if not found.problems:
        say("Every chain verifies and every sealed part opens.")
        say("The indexes made afresh from the record are the same, row by row, as those in the backup.")
        if found.migrated:
            say("The backup is of an older release; its tables were brought to this one first.")
    if rehearsed:
        verdict = "would be set up again whole" if not found.problems else "would come back as said above"
        say(f"This was a rehearsal: from these files the office {verdict}. Nothing was kept.")
    else:
        say("The office is set up again. Whether anything was noted after the backup, Duly cannot know yet.")
        say("Start it with: duly serve")
    return 1 if found.problems else 0
