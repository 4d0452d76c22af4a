"""`duly demo`: a complete example office in the browser, with keys that are thrown away."""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from duly.vocabulary import Problem, Refused
from duly.vocabulary.day import public_day
from duly_server.cli.listening import port, taken

if TYPE_CHECKING:
    from duly_server.cli.adoptable import Adoptable

HOST = "127.0.0.1"
AHEAD = timedelta(days=400)  # what a step of today may make due is counted within it


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("demo", help="a complete example office, served on this machine")
    parser.add_argument("--port", type=port, default=8000, help="the port to listen on (8000)")
    parser.add_argument("--today", type=_day, help="the day it is in the demo (the real one)")
    parser.add_argument("--rulebook", default="example-association", help="a file or a shipped name")
    parser.add_argument("--complaints", type=int, default=1500, help=argparse.SUPPRESS)
    parser.add_argument("--no-work", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--build-only", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from duly_server.cli.adoptable import adoptable  # noqa: PLC0415 -- only where an office is
    from duly_server.cli.office import complain, say  # noqa: PLC0415 -- the same
    from duly_server.cli.serve import serve  # noqa: PLC0415 -- the same

    # Before anything is made, which takes most of a minute.
    found = adoptable(arguments.rulebook)
    against = [*(found.problems if isinstance(found, Refused) else ())]
    if not arguments.build_only:
        against += taken(HOST, arguments.port)
    if against or isinstance(found, Refused):
        complain(against)
        return 2
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="duly-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        if against := build(arguments, folder, found):
            complain(against)
            return 2
        if arguments.build_only:
            return 0
        say(f"The demo is ready: http://{HOST}:{arguments.port}/   (stop it with Ctrl+C)")
        say(f"Log in as any office: http://{HOST}:{arguments.port}/demo/people")
        return serve(HOST, arguments.port, with_worker=not arguments.no_work)
    finally:
        if arguments.folder is None:
            shutil.rmtree(folder, ignore_errors=True)


def build(arguments: argparse.Namespace, folder: Path, papers: "Adoptable") -> list[Problem]:
    """An office in `folder`, with its keys in a folder apart, and everything the environment must say.

    What is answered stands in the way, and nothing was made.
    """
    home, keys = folder / "data", folder / "keys"
    os.environ.update(
        DULY_HOME=str(home),
        DULY_KEYRING=str(keys),
        DULY_DATABASE="sqlite",
        DULY_NAME="Example Association",
        DULY_ORIGIN="demo.invalid/office",
        DULY_DAY_FILE=str(folder / "day"),
        DULY_ADDRESS=f"http://{HOST}:{arguments.port}",
        DULY_DEMO="1",
    )
    from duly_server.cli.office import migrate, open_office, say  # noqa: PLC0415 -- reads the environment

    open_office()
    from django.conf import settings  # noqa: PLC0415 -- after setup

    from duly_server.gateways.clock import Clock  # noqa: PLC0415 -- the same
    from duly_server.gateways.keys import FileKeyRing  # noqa: PLC0415 -- the same
    from duly_server.services.example.furnish import BEFORE, furnish  # noqa: PLC0415 -- the same
    from duly_server.services.premises import move_in  # noqa: PLC0415 -- the same

    clock = Clock(settings.DULY_ZONE, day_file=settings.DULY_DAY_FILE)
    today: date = arguments.today or clock.read()[0]
    if against := list(_out_of_reach(today, papers, BEFORE)):
        return against
    clock.set_day(today)
    move_in(FileKeyRing.create(keys, on=today, demo=True))
    migrate()
    say("Making an example office: an association of 540,000 members and three years of its casework.")
    made = furnish(
        papers.rulebook,
        papers.calendar,
        today=today,
        complaints=arguments.complaints,
        progress=_bar,
    )
    codes = [
        {"code": each.code, "received_on": each.received_on.isoformat(), "is_accepted": each.is_accepted}
        for each in made.codes
    ]
    (folder / "codes.json").write_text(json.dumps(codes), "utf-8")
    say(f"{made.complaints} complaints, {made.cases} cases.")
    return []


def _out_of_reach(today: date, papers: "Adoptable", before: timedelta) -> Iterator[Problem]:
    """Its years of casework need the rulebook in force, and its times a calendar that goes far enough."""
    earliest = max(papers.book.in_force_from, papers.days.first) + before
    latest = papers.days.last - AHEAD
    if not earliest <= today <= latest:
        says = (
            f"The example office can't be made for {public_day(today)}: the rulebook is in force from "
            f"{public_day(papers.book.in_force_from)}, and its calendar {papers.days.name} ends on "
            f"{public_day(papers.days.last)}."
        )
        remedy = f"Choose a day from {earliest} to {latest} with --today."
        yield Problem(code="out-of-reach", says=says, remedy=remedy)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}” is no day. Write it as year-month-day: --today 2026-03-26."
        ) from None


def _bar(done: int, of: int) -> None:
    width = 40
    filled = done * width // of
    end = "\n" if done == of else ""
    if sys.stdout.isatty() or done == of:
        print(f"\r[{'#' * filled}{'.' * (width - filled)}] {done} of {of}", end=end, flush=True)  # noqa: T201 -- progress
