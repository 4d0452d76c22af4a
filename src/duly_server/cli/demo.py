"""`duly demo`: a complete example office in the browser, with keys that are thrown away."""

import argparse
import json
import os
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("demo", help="a complete example office, served on this machine")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")
    parser.add_argument("--today", type=date.fromisoformat, help="the day it is in the demo (the real one)")
    parser.add_argument("--rulebook", default="example-association", help="a file or a shipped name")
    parser.add_argument("--complaints", type=int, default=1500, help=argparse.SUPPRESS)
    parser.add_argument("--no-work", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--build-only", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from duly_server.cli.office import say  # noqa: PLC0415 -- only where an office is
    from duly_server.cli.serve import serve  # noqa: PLC0415 -- the same

    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="duly-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        build(arguments, folder)
        if arguments.build_only:
            return 0
        say(f"The demo is ready: http://127.0.0.1:{arguments.port}/   (stop it with Ctrl+C)")
        say(f"Log in as any office: http://127.0.0.1:{arguments.port}/demo/people")
        return serve("127.0.0.1", arguments.port, with_worker=not arguments.no_work)
    finally:
        if arguments.folder is None:
            shutil.rmtree(folder, ignore_errors=True)


def build(arguments: argparse.Namespace, folder: Path) -> None:
    """An office in `folder`, with its keys in a folder apart, and everything the environment must say."""
    home, keys = folder / "data", folder / "keys"
    os.environ.update(
        DULY_HOME=str(home),
        DULY_KEYRING=str(keys),
        DULY_DATABASE="sqlite",
        DULY_NAME="Example Association",
        DULY_ORIGIN="demo.invalid/office",
        DULY_DAY_FILE=str(folder / "day"),
        DULY_ADDRESS=f"http://127.0.0.1:{arguments.port}",
        DULY_DEMO="1",
    )
    from duly_server.cli.office import migrate, open_office, say  # noqa: PLC0415 -- reads the environment

    open_office()
    from django.conf import settings  # noqa: PLC0415 -- after setup

    from duly_server.gateways.clock import Clock  # noqa: PLC0415 -- the same
    from duly_server.gateways.keys import FileKeyRing  # noqa: PLC0415 -- the same
    from duly_server.gateways.shelf import find_calendar, find_rulebook  # noqa: PLC0415 -- the same
    from duly_server.services.example.furnish import furnish  # noqa: PLC0415 -- the same
    from duly_server.services.premises import move_in  # noqa: PLC0415 -- the same

    clock = Clock(settings.DULY_ZONE, day_file=settings.DULY_DAY_FILE)
    today = arguments.today or clock.read()[0]
    clock.set_day(today)
    move_in(FileKeyRing.create(keys, on=today, demo=True))
    migrate()
    say("Making an example office: an association of 540,000 members and three years of its casework.")
    made = furnish(
        find_rulebook(arguments.rulebook).text,
        find_calendar("GB-ENG").text,
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


def _bar(done: int, of: int) -> None:
    width = 40
    filled = done * width // of
    end = "\n" if done == of else ""
    if sys.stdout.isatty() or done == of:
        print(f"\r[{'#' * filled}{'.' * (width - filled)}] {done} of {of}", end=end, flush=True)  # noqa: T201 -- progress
