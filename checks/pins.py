"""Moves every library to its newest version allowed: `uv run --no-sync python checks/pins.py`.

The versions are written into pyproject.toml (`constraint-dependencies` under `[tool.uv]`), where a person can
read them and a reviewer sees them change. See docs/decisions/003-pins-in-pyproject-not-in-a-lock-file.md.
"""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "pyproject.toml"
PINS = re.compile(r"^constraint-dependencies = \[\n.*?^\]\n", re.MULTILINE | re.DOTALL)


def main() -> None:
    """Let go of the old pins, resolve afresh, write down what came out."""
    before = PROJECT.read_text(encoding="utf-8")
    if not PINS.search(before):
        raise SystemExit("pyproject.toml has no constraint-dependencies under [tool.uv]; put the list back.")
    PROJECT.write_text(_with_pins(before, []), encoding="utf-8")
    try:
        _uv("lock", "--quiet", "--upgrade")
        exported = _uv(
            "export",
            "--quiet",
            "--all-extras",
            "--all-groups",
            "--no-hashes",
            "--no-annotate",
            "--no-header",
            "--no-emit-project",
        )
    except subprocess.CalledProcessError:
        PROJECT.write_text(before, encoding="utf-8")
        raise
    PROJECT.write_text(_with_pins(before, exported.splitlines()), encoding="utf-8")
    _uv("lock", "--quiet")


def _with_pins(project: str, pins: list[str]) -> str:
    lines = "".join(f'    "{pin}",\n' for pin in pins)
    return PINS.sub(lambda _: f"constraint-dependencies = [\n{lines}]\n", project)


def _uv(*arguments: str) -> str:
    uv = os.environ.get("UV", "uv")
    return subprocess.run([uv, *arguments], cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE).stdout


if __name__ == "__main__":
    main()
