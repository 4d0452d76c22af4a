"""The files of services read as systemd reads them, as far as these tests need."""

import argparse
import importlib
import shlex
from collections import defaultdict
from pathlib import Path

from duly_server.cli.entry import COMMANDS

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
PROGRAM = "/opt/duly/bin/duly"


def settings_of(unit: Path) -> dict[str, list[str]]:
    """All values of each key, whatever its section."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in unit.read_text("utf-8").splitlines():
        if line and not line.startswith(("#", "[")):
            key, _, value = line.partition("=")
            found[key].append(value)
    return dict(found)


def command_of(unit: Path) -> list[str]:
    """The words after the program."""
    (line,) = settings_of(unit)["ExecStart"]
    program, *words = shlex.split(line)
    assert program == PROGRAM
    return words


def environment_of(unit: Path) -> dict[str, str]:
    return dict(each.split("=", 1) for each in settings_of(unit)["Environment"])  # type: ignore[misc]  # two of them


def understood(words: list[str]) -> argparse.Namespace:
    """What `duly` with these words would do. Raises SystemExit where it knows one of them not."""
    parser = argparse.ArgumentParser(prog="duly")
    subparsers = parser.add_subparsers(required=True)
    for name in COMMANDS:
        importlib.import_module(f"duly_server.cli.{name}").add_to(subparsers)
    return parser.parse_args(words)
