"""Nothing grows past what a person can hold in mind, and no file is a drawer for whatever has no place."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted([*ROOT.glob("*.py"), *(ROOT / "src").rglob("*.py"), *(ROOT / "checks").rglob("*.py")])
LINES_OF_A_FILE = 500
LINES_OF_A_FUNCTION = 50
DRAWERS = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_and_its_functions_are_short_and_well_named(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    too_long = {
        node.name: length
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LINES_OF_A_FUNCTION
    }
    # urls.py may be long: it is a table.
    assert path.name == "urls.py" or len(source.splitlines()) <= LINES_OF_A_FILE
    assert too_long == {}
    assert path.stem not in DRAWERS
    assert path.parent.name not in DRAWERS


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_a_file_of_tests_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES_OF_A_FILE
