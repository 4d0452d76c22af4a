"""The one command: `duly`. Sub-commands import what they need only when they run."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import NoReturn

# Each has `add_to(subparsers)`; the order is that of the help.
COMMANDS = (
    "demo",
    "init",
    "adopt",
    "serve",
    "work",
    "migrate",
    "check",
    "due",
    "compare",
    "explain",
    "rulebook",
    "imports",
    "record",
    "officer",
    "recovery",
    "backup",
    "restore",
)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a sub-command and leave with its exit code: 0 fine, 1 refused or errors found, 2 can't be read."""
    parser = argparse.ArgumentParser(
        prog="duly", description="Complaints and discipline: swiftly, fairly, and with proof."
    )
    parser.add_argument("--version", action="version", version=f"duly {version('duly')}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in COMMANDS:
        importlib.import_module(f"duly_server.cli.{name}").add_to(subparsers)
    found = parser.parse_args(arguments)
    try:
        sys.exit(found.run(found))
    except ModuleNotFoundError as missing:
        root = (missing.name or "").partition(".")[0]
        if root in ("duly", "duly_lab", "duly_server"):
            raise
        sys.exit(_extra_missing(root))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read the answer has seen enough (`duly explain ... | head`): what is left goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


def _extra_missing(module: str) -> int:
    print(  # noqa: T201 -- this is what a command does
        f"This command needs {module}, which is not installed. Install the office with it: "
        "pip install 'duly[server]'",
        file=sys.stderr,
    )
    return 2
