"""`duly rulebook test`: the scenarios beside a rulebook, played through the rules. It needs no office."""

import argparse


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("rulebook", help="play the scenarios of a rulebook")
    verbs = parser.add_subparsers(title="what to do", metavar="VERB", required=True)
    test = verbs.add_parser("test", help="say for each scenario whether the rules do what it says")
    test.add_argument("rulebook", metavar="RULEBOOK", help="a file, a folder, or a shipped name")
    test.add_argument("--calendar", metavar="C", help="a file or a shipped name (the rulebook's own)")
    test.add_argument("--json", action="store_true", help="print the answer as JSON")
    test.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from duly_server.cli import rulebook_answer  # noqa: PLC0415 -- the rules are read only when they are asked

    return rulebook_answer.run(arguments)
