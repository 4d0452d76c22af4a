"""The rules read no clock, no disk, no network and no chance: shown by walking their syntax trees.

An import contract can't see `datetime.now()`, `open()` or an import made by name; this can.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RULES = sorted((ROOT / "src" / "duly").rglob("*.py"))

# Beside those the import contract names: each opens the world by another way.
DOORS = {
    "builtins", "concurrent", "ctypes", "dbm", "email", "fcntl", "fileinput", "ftplib", "getpass", "glob",
    "imaplib", "importlib", "inspect", "linecache", "locale", "mmap", "multiprocessing", "pickle", "pkgutil",
    "platform", "posix", "queue", "runpy", "select", "selectors", "shelve", "shutil", "signal", "smtplib",
    "socketserver", "sys", "sysconfig", "syslog", "tempfile", "uuid", "warnings", "webbrowser", "zipfile",
    "zoneinfo",
}  # fmt: skip
CLOCKS = {"now", "today", "utcnow"}
CALLS = {"__import__", "breakpoint", "compile", "eval", "exec", "input", "open", "print"}


def _forbidden() -> set[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (of_the_rules,) = (contract for contract in contracts if contract["type"] == "forbidden")
    return DOORS | set(of_the_rules["forbidden_modules"])


def _impurities(source: str) -> Iterator[str]:
    allowed = (sys.stdlib_module_names | {"duly"}) - _forbidden()
    tree = ast.parse(source)
    of_datetime = _names_from_datetime(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (f"imports {a.name}" for a in names if a.name.split(".")[0] not in allowed)
            case ast.ImportFrom(module=str(module), level=0) if module.split(".")[0] not in allowed:
                yield f"imports {module}"
            case ast.Call(func=ast.Attribute(attr=attr)) if attr in CLOCKS:
                yield f"reads the clock with {attr}"
            case ast.Attribute(value=value, attr=attr) if (
                attr in CLOCKS and ast.unparse(value) in of_datetime
            ):
                yield f"hands on the clock with {attr}"
            case ast.Call(func=ast.Attribute(attr="astimezone"), args=[]):
                yield "reads the zone of the machine with astimezone"
            case ast.Call(func=ast.Name(id=name)) if name in CALLS:
                yield f"uses {name}"
            case _:
                pass


def _names_from_datetime(tree: ast.Module) -> set[str]:
    """What the file calls `date` and `datetime`: `setting.today` is an argument, `date.today` a clock."""
    names = {"datetime.date", "datetime.datetime"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "datetime":
            names |= {a.asname or a.name for a in node.names}
        if isinstance(node, ast.Import):
            for a in (a for a in node.names if a.name == "datetime" and a.asname):
                names |= {f"{a.asname}.date", f"{a.asname}.datetime"}
    return names


@pytest.mark.parametrize("path", RULES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_the_rules_are_pure(path: Path) -> None:
    assert list(_impurities(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import django.db", "imports django.db"),
        ("from os import path", "imports os"),
        ("import os.path as p", "imports os.path"),
        ("import attrs", "imports attrs"),
        ("from importlib import import_module", "imports importlib"),
        ("def f():\n    import random", "imports random"),
        ("clock.now()", "reads the clock with now"),
        ("from datetime import date as d\ndefault = d.today", "hands on the clock with today"),
        ("import datetime\ndefault = datetime.date.today", "hands on the clock with today"),
        ("import datetime as t\ndefault = t.datetime.now", "hands on the clock with now"),
        ("at.astimezone()", "reads the zone of the machine with astimezone"),
        ("open('rules.toml')", "uses open"),
        ("__import__('os')", "uses __import__"),
    ],
)
def test_an_impurity_is_found(source: str, found: str) -> None:
    assert list(_impurities(source)) == [found]


def test_a_clock_that_is_called_is_found_however_it_came_in() -> None:
    assert "reads the clock with now" in set(_impurities("from datetime import datetime as d\nd.now(UTC)"))


def test_what_the_rules_need_of_the_standard_library_is_allowed() -> None:
    source = (
        "import tomllib, hashlib, json, re\nfrom datetime import date\nfrom duly.vocabulary import answer\n"
    )
    assert (
        list(_impurities(source + "from . import book\nat.astimezone(zone)\nassert on <= setting.today\n"))
        == []
    )


def test_there_are_rules_to_look_at() -> None:
    assert len(RULES) > 10
