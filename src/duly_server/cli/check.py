"""`duly check`: what is wrong or unfair in a rulebook, and what to write instead. It needs no office."""

import argparse


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("check", help="find what is wrong or unfair in a rulebook")
    parser.add_argument("rulebook", metavar="RULEBOOK", help="a file, a folder, or a shipped name")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from duly_server.cli import check_answer  # noqa: PLC0415 -- the rules are read only when they are asked

    return check_answer.run(arguments)
