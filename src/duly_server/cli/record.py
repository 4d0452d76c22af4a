"""`duly record verify` and `duly record rebuild`: the live record, and the indexes made from it."""

import argparse
import json


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


def verify(arguments: argparse.Namespace) -> int:
    from duly_server.cli.office import open_office, say  # noqa: PLC0415 -- only where an office is

    open_office()
    from django.conf import settings  # noqa: PLC0415 -- after setup

    from duly_server.gateways.clock import Clock  # noqa: PLC0415 -- the same
    from duly_server.services import keeping  # noqa: PLC0415 -- the same

    today, _ = Clock(settings.DULY_ZONE, day_file=settings.DULY_DAY_FILE).read()
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


def rebuild(arguments: argparse.Namespace) -> int:
    from duly_server.cli.office import open_office, say  # noqa: PLC0415 -- only where an office is

    open_office()
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
