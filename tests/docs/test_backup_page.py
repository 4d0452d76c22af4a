"""docs/reference/backup.md and the how-to say what the code does."""

import re
from pathlib import Path

from duly_server.cli import entry
from duly_server.store.backup import lines, tables

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/backup.md").read_text(encoding="utf-8")
HOWTO = (ROOT / "docs/howto/back-up-and-restore.md").read_text(encoding="utf-8")


def test_every_type_of_a_column_is_explained() -> None:
    section = PAGE.split("| type | a value |")[1].split("\n\n")[0]
    named = {
        name
        for first in re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
        for name in first.split("`")[1::2]
    }
    assert named == set(tables._TYPES.values())


def test_the_format_is_named_and_the_commands_are_there() -> None:
    assert f"`{lines.FORMAT}`" in PAGE
    commands = set(re.findall(r"duly (backup|restore|recovery|serve|init)\b", PAGE + HOWTO))
    assert commands <= set(entry.COMMANDS)
    assert {"backup", "restore", "recovery"} <= commands
