"""Every library, down to the last that another one needs, is held at one version by pyproject.toml."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PINS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]["constraint-dependencies"]


def test_every_library_resolved_is_pinned() -> None:
    resolved = {package["name"] for package in tomllib.loads((ROOT / "uv.lock").read_text())["package"]}
    pinned = {re.split(r"[=\[ ]", pin)[0] for pin in PINS}
    missing = resolved - pinned - {"duly"}
    assert not missing, f"Run `uv run --no-sync python checks/pins.py`: no version is named for {missing}"


def test_a_pin_names_one_version() -> None:
    assert [pin for pin in PINS if not re.fullmatch(r"[a-z0-9-]+==[0-9][0-9.]*( ; .+)?", pin)] == []
