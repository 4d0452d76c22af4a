"""`duly due`: one limit of a rulebook counted from one day, with its working. It needs no office."""

import argparse


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("due", help="count one limit of a rulebook from one day")
    parser.add_argument("rulebook", metavar="RULEBOOK", help="a file, a folder, or a shipped name")
    parser.add_argument("limit", metavar="LIMIT", help="a step that has a time, or a [limit]")
    parser.add_argument(
        "--from",
        dest="starts",
        metavar="[TRIGGER=]DATE",
        action="append",
        required=True,
        help="the day to count from, as 2026-03-26; may be given again for a trigger by its name",
    )
    parser.add_argument(
        "--set",
        dest="answers",
        metavar="QUESTION=ANSWER",
        action="append",
        default=[],
        help="the answer to a question of the rulebook (else its first); may be given again",
    )
    parser.add_argument("--calendar", metavar="C", help="a file or a shipped name (the rulebook's own)")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from duly_server.cli import due_answer  # noqa: PLC0415 -- the rules are read only when they are asked

    return due_answer.run(arguments)
