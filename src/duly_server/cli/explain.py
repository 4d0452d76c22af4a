"""`duly explain`: a rulebook in plain English, for a complainant, a respondent, or anybody."""

import argparse
from pathlib import Path


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("explain", help="say a rulebook in plain English")
    parser.add_argument("rulebook", metavar="RULEBOOK", help="a file, a folder, or a shipped name")
    parser.add_argument(
        "--for",
        dest="role",
        choices=("complainant", "respondent"),
        help="whom it is told to, as “you”; without it nobody in particular",
    )
    parser.add_argument(
        "--picture", type=Path, metavar="FILE", help="draw the procedure into this SVG file instead"
    )
    parser.add_argument("--json", action="store_true", help="print the sections and sentences as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from duly_server.cli import explain_answer  # noqa: PLC0415 -- the rules are read only when they are asked

    return explain_answer.run(arguments)
