"""`duly compare`: what changes from one edition of a rulebook to another, and who is worse off."""

import argparse


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("compare", help="say what changes between two editions of a rulebook")
    parser.add_argument("old", metavar="OLD", help="a file, a folder, or a shipped name")
    parser.add_argument("new", metavar="NEW", help="the same, of the newer edition")
    parser.add_argument("--json", action="store_true", help="print the differences as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from duly_server.cli import compare_answer  # noqa: PLC0415 -- the rules are read only when they are asked

    return compare_answer.run(arguments)
