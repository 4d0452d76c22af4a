"""`duly adopt`: a second edition of the rulebook, or a changed calendar, in an office at work."""

import argparse


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "adopt", help="adopt another edition or calendar, or withdraw it: first shown case by case"
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("rulebook", nargs="?", help="a file, a folder (its newest edition), or a shipped name")
    what.add_argument("--calendar", help="a changed calendar instead: a file or a shipped name")
    what.add_argument(
        "--withdraw",
        metavar="EDITION",
        help="withdraw what was adopted, before its first day: an edition, or CALENDAR EDITION",
    )
    parser.add_argument("--preview", action="store_true", help="only show what it would do, case by case")
    parser.add_argument("--seen", metavar="CODE", help="what the preview ended with: that it was seen")
    parser.add_argument("--by", metavar="LOGIN", help="who adopts it: the login of who answers for it")
    parser.add_argument(
        "--because", metavar="REASONS", help="who decided it, and why; it stays in the record"
    )
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from duly_server.cli.office import open_ready_office  # noqa: PLC0415 -- only where an office is

    open_ready_office()
    from duly_server.cli import adopt_answer  # noqa: PLC0415 -- after setup

    return adopt_answer.run(arguments)
