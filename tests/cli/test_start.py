"""A command of an office does not start with wrong settings: it says all that is wrong, and leaves with 2."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest


def run(home: Path, *arguments: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DULY_")}
    command = [sys.executable, "-c", "from duly_server.cli.entry import main; main()", *arguments]
    return subprocess.run(
        command,
        env={**environment, "DULY_HOME": str(home), **environ},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("command", ["serve", "work", "init"])
def test_every_fault_is_said_and_nothing_is_made(tmp_path: Path, command: str) -> None:
    (tmp_path / "duly.toml").write_text('nmae = "Harbour Club"\naccent = "#FFEE00"\n')
    done = run(tmp_path, command, DULY_ZONE="Europe/Lodnon")
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "duly.toml, line 1",
        "duly.toml, line 2",
        "DULY_ZONE",
    ]
    assert "Did you mean name?" in lines[0]
    assert "on the page; text needs 4.5" in lines[1]
    assert done.stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == ["duly.toml"]


def test_it_says_which_version_it_is(tmp_path: Path) -> None:
    done = run(tmp_path, "--version")
    assert (done.returncode, done.stdout) == (0, f"duly {version('duly')}\n")
