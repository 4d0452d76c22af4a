"""A process that is forked from one with the libraries read is like one that begins with nothing."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.running import ready

TELLS = """
import json, os, random, sys
print(json.dumps({"words": sys.argv[1:], "folder": os.getcwd(), "typed": sys.stdin.read(), "is": __name__,
    "environment": {name: value for name, value in os.environ.items() if name.startswith("DULY_")},
    "settings": os.environ.get("DJANGO_SETTINGS_MODULE")}))
print("and an error: \\u00e9", file=sys.stderr)
"""


def begun(
    code: str, *words: str, environment: dict[str, str], folder: Path, typed: str
) -> "subprocess.CompletedProcess[str]":
    """As `ready.run`, from nothing."""
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(
        command, env=environment, cwd=folder, input=typed, capture_output=True, text=True, check=False
    )


@pytest.fixture
def environment() -> dict[str, str]:
    return {**os.environ, "DULY_ZONE": "Europe/Zurich"}


@pytest.mark.parametrize(
    "code",
    [
        TELLS,
        "import sys; sys.exit(7)",
        "import sys; sys.exit('Said, and left.')",
        "import atexit; atexit.register(print, 'at the end'); print('first')",
        "import threading; threading.Timer(0.1, print, ['later']).start(); print('first')",
        "import os; os.kill(os.getpid(), 9)",
    ],
)
def test_it_does_what_a_process_of_its_own_does(
    environment: dict[str, str], tmp_path: Path, code: str
) -> None:
    said = ready.run("a", "b", code=code, environment=environment, folder=tmp_path, typed="typed\n")
    alone = begun(code, "a", "b", environment=environment, folder=tmp_path, typed="typed\n")
    assert (said.returncode, said.stdout, said.stderr) == (alone.returncode, alone.stdout, alone.stderr)


def test_what_breaks_off_says_so(environment: dict[str, str]) -> None:
    done = ready.run(code="raise LookupError('here')", environment=environment)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "LookupError: here"


def test_each_is_another_process_with_nothing_of_the_one_before(environment: dict[str, str]) -> None:
    seen = "vars(sys).setdefault('seen', os.getpid())"
    code = f"import os, random, sys; print(os.getpid(), random.random(), {seen})"
    with ThreadPoolExecutor(4) as pool:
        said = list(
            pool.map(lambda _: ready.run(code=code, environment=environment).stdout.split(), range(8))
        )
    numbers, chances, first = zip(*said, strict=True)
    assert len({str(os.getpid()), *numbers}) == 9
    assert len(set(chances)) == 8
    assert first == numbers


def test_whoever_does_not_end_is_ended(environment: dict[str, str]) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        ready.run(code="import time; time.sleep(600)", environment=environment, timeout=0.2)


def test_what_only_a_python_that_begins_would_read_is_not_given(environment: dict[str, str]) -> None:
    with pytest.raises(AssertionError):
        ready.run(environment={**environment, "PYTHONUTF8": "1"})
