"""`duly import`: history from files into the record of this office."""

import argparse
from pathlib import Path


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("import", help="take in complaints decided or pending elsewhere")
    verbs = parser.add_subparsers(title="what to take in", metavar="WHAT", required=True)
    complaints = verbs.add_parser("complaints", help="complaints, allegations and findings, as history")
    complaints.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a CSV file; .gz is unpacked")
    complaints.add_argument(
        "--map", metavar="MAP.toml", type=Path, required=True, help="says which column is what"
    )
    complaints.add_argument("--json", action="store_true", help="print the counts as JSON")
    complaints.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from duly_server.cli.office import open_ready_office  # noqa: PLC0415 -- only where an office is

    open_ready_office()
    from duly_server.cli import imports_answer  # noqa: PLC0415 -- after setup

    return imports_answer.run(arguments)
