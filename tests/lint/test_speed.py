"""The lint is fast enough for an editor; `bench/lint.py` says by how much."""

from collections.abc import Callable
from time import process_time

import pytest
from bench.lint import ROOT, RULEBOOKS, at_once, explored


def least(work: Callable[[], object], times: int) -> float:
    """The best of so many runs, in seconds of the processor: what else runs is not counted."""
    took: list[float] = []
    for _ in range(times):
        start = process_time()
        work()
        took.append(process_time() - start)
    return min(took)


@pytest.mark.parametrize("name", RULEBOOKS)
def test_what_fields_show_is_said_on_every_keystroke_and_the_rest_soon(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert least(lambda: at_once(text), 5) < 0.05
    assert least(lambda: explored(at_once(text)), 2) < 3
