"""`duly record verify` and `duly record rebuild`: the live record, and the indexes made from it."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

LONGEST_PROMISE = 4096  # characters


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("record", help="verify the live record, or rebuild the indexes from it")
    verbs = parser.add_subparsers(title="what to do", metavar="VERB", required=True)
    for verb, run, says in (
        ("verify", verify, "check every digest, chain and sealed part"),
        ("rebuild", rebuild, "make every index row afresh from the record"),
    ):
        each = verbs.add_parser(verb, help=says)
        each.add_argument("--json", action="store_true", help="print the answer as JSON")
        each.set_defaults(run=run)
        if verb == "verify":
            says = "hold the promise in this file against the record, not the record against itself"
            each.add_argument("--promise", type=Path, metavar="FILE", help=says)


def verify(arguments: argparse.Namespace) -> int:
    from duly_server.cli.office import open_ready_office, say  # noqa: PLC0415 -- only where an office is

    open_ready_office()
    from django.conf import settings  # noqa: PLC0415 -- after setup

    from duly_server.gateways.clock import Clock  # noqa: PLC0415 -- the same
    from duly_server.services import keeping  # noqa: PLC0415 -- the same

    today, _ = Clock(settings.DULY_ZONE, day_file=settings.DULY_DAY_FILE).read()
    if arguments.promise is not None:
        return check_promise(arguments.promise, today, as_json=arguments.json)
    problems = list(keeping.verify_record(on=today))
    if arguments.json:
        found = [{"chain": p.chain, "place": p.place, "says": p.says} for p in problems]
        say(json.dumps({"ok": not problems, "problems": found}))
    else:
        for problem in problems:
            say(f"{problem.chain} {problem.place}: {problem.says}")
        say(
            f"{len(problems)} problems." if problems else "The record is whole: every chain, digest and part."
        )
    return 1 if problems else 0


def check_promise(file: Path, today: date, *, as_json: bool) -> int:
    """What became of a promise on a receipt. Exit codes: 0 kept or not yet due, 1 not, 2 no such file."""
    from duly.record.promise import PromiseError  # noqa: PLC0415 -- after setup
    from duly_server.cli.office import say  # noqa: PLC0415 -- the same
    from duly_server.services import promising  # noqa: PLC0415 -- the same

    try:
        with file.open(encoding="utf-8", newline="") as opened:
            text = opened.read(LONGEST_PROMISE)
    except OSError as fault:
        return _say_none(f"{file} can't be read: {fault.strerror}. Name the file the promise was saved in.")
    except UnicodeDecodeError:
        return _say_none(f"{file.name} is no promise. It cannot be read as text.")
    try:
        found = promising.check(text, on=today)
    except PromiseError as fault:
        return _say_none(f"{file.name} is no promise. {fault}")
    if as_json:
        say(json.dumps({"ok": found.holds, "says": found.says, "number": found.number}))
    else:
        say(found.says)
    return 0 if found.holds else 1


def _say_none(why: str) -> int:
    print(why, file=sys.stderr)  # noqa: T201 -- this is what a command does
    return 2


def rebuild(arguments: argparse.Namespace) -> int:
    from duly_server.cli.office import open_ready_office, say  # noqa: PLC0415 -- only where an office is

    open_ready_office()
    from django.conf import settings  # noqa: PLC0415 -- after setup

    from duly_server.gateways.clock import Clock  # noqa: PLC0415 -- the same
    from duly_server.services import keeping  # noqa: PLC0415 -- the same

    today, _ = Clock(settings.DULY_ZONE, day_file=settings.DULY_DAY_FILE).read()
    rebuilt = keeping.rebuild(on=today)
    if arguments.json:
        say(json.dumps({"read": rebuilt.read, "changed": rebuilt.changed}))
    else:
        say(f"{rebuilt.read} records read, {rebuilt.changed} index rows changed.")
    return 0
