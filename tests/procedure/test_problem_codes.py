"""Each code of a refusal is documented, and nothing is documented that is never given."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = (
    "src/duly/procedure",
    "src/duly/timetable/objections.py",
    "src/duly/timetable/adopting.py",
    "src/duly/timetable/against_moving.py",
    "src/duly_server/services",
)


def _codes(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for keyword in node.keywords if isinstance(node, ast.Call) else ():
            match keyword:
                case ast.keyword(arg="code", value=ast.Constant(value=str(code))):
                    yield code


def given() -> set[str]:
    folders = [ROOT / place for place in PLACES]
    files = [file for each in folders for file in (each.rglob("*.py") if each.is_dir() else (each,))]
    return {code for file in files for code in _codes(file)}


def documented() -> list[str]:
    text = (ROOT / "docs/reference/problems.md").read_text(encoding="utf-8")
    return re.findall(r"^### (\S+)\n\S", text, re.MULTILINE)


def test_every_code_has_a_heading_with_a_text_under_it_and_every_heading_is_a_code() -> None:
    assert sorted(documented()) == sorted(given())


def test_what_is_looked_for_is_found() -> None:
    assert {"closed", "separated", "missing-reasons", "window-open"} <= given()
