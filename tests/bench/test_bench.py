"""The command of the benches runs from end to end, with sizes so small that its figures mean nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def bench(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "bench", *arguments],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith(("DULY_", "DJANGO_"))},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("docket", ["2,000 cases, first page", "2,000 cases, last page", "<= 2.5"]),
        ("intake", ["complaint, sealed, chained, receipted", ">= 0.7", "32 in flight: 0 failures"]),
        ("record", ["journal, 100 facts in a transaction", ">= 0.8", "verified from the database", ">= 0.5"]),
    ],
)
def test_each_pair_is_measured_and_printed_with_its_aim(
    name: str, says: list[str], database_vendor: str
) -> None:
    done = bench(name, "--small", "--database", database_vendor)
    assert done.returncode == 0, done.stderr
    assert [each for each in says if each not in done.stdout] == [], done.stdout


def test_due_dates_are_measured_and_printed_with_their_aims() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.dates", "--dates", "2000", "--turns", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    says = ("2,000 due dates", "numpy.busday_offset", "(aim: <= 0.1)", "(aim: >= 100,000)")
    assert [each for each in says if each not in done.stdout] == [], done.stdout


def test_whatever_it_does_not_know_it_says_how_it_is_used() -> None:
    done = bench("--fast")
    assert (done.returncode, done.stdout.startswith("python -m bench")) == (2, True)
