"""Each layer contract fails when the code breaks it: a guard that never fires guards nothing."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

# (contract, the file that is planted, what it says)
FAULTS = [
    (
        "The office may use the study and the rules; the rules know nothing of either",
        "duly/vocabulary/planted.py",
        "import duly_server.cli.entry",
    ),
    (
        "The office may use the study and the rules; the rules know nothing of either",
        "duly_lab/planted.py",
        "import duly_server.store",
    ),
    (
        "The rules: no Django, no clock, no chance, no disk, no network",
        "duly/people/planted.py",
        "from django.utils import timezone",
    ),
    ("Inside the rules, one direction", "duly/vocabulary/planted.py", "import duly.procedure"),
    ("Inside the rules, one direction", "duly/rulebook/planted.py", "import duly.record"),
    ("Inside the rules, one direction", "duly/drawer/__init__.py", ""),
    ("Inside the office, one direction", "duly_server/store/planted.py", "import duly_server.services"),
    ("Inside the office, one direction", "duly_server/services/planted.py", "import duly_server.web"),
    ("Inside the office, one direction", "duly_server/drawer/__init__.py", ""),
    (
        "Tables are touched only by the store",
        "duly_server/services/planted.py",
        "import duly_server.store.models",
    ),
    (
        "No two siblings import each other",
        "duly/timetable/planted.py",
        "import duly.timetable.planted_too\nimport duly.timetable.planted",
    ),
]


def test_every_contract_has_a_fault_that_breaks_it() -> None:
    assert {contract for contract, _, _ in FAULTS} == {contract["name"] for contract in CONTRACTS}


def test_the_code_as_it_is_keeps_every_contract(tmp_path: Path) -> None:
    code, report = _lint(_copy(tmp_path))
    assert (code, _broken(report)) == (0, set()), report


@pytest.mark.parametrize(("contract", "planted", "says"), FAULTS)
def test_a_planted_fault_breaks_its_contract(tmp_path: Path, contract: str, planted: str, says: str) -> None:
    source = _copy(tmp_path) / "src"
    (source / planted).parent.mkdir(exist_ok=True)
    (source / planted).write_text(says + "\n")
    if "planted_too" in says:
        (source / planted).with_name("planted_too.py").write_text(says + "\n")

    code, report = _lint(tmp_path)

    assert code != 0, report
    assert contract in _broken(report), report


def _copy(to: Path) -> Path:
    shutil.copytree(ROOT / "src", to / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", to)
    return to


def _lint(where: Path) -> tuple[int, str]:
    """The exit code and the report of import-linter on the copy, not on the code that is installed."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=where,
        env={**os.environ, "PYTHONPATH": str(where / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


def _broken(report: str) -> set[str]:
    return {line.removesuffix(" BROKEN") for line in report.splitlines() if line.endswith(" BROKEN")}
