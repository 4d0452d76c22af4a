"""How far `duly adopt` is, told to whoever waits longer than two seconds."""

from collections.abc import Iterator

import pytest

from duly_server.cli import adopt_shown
from duly_server.cli.adopt_shown import Progress


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the clock on the wall says, one after another; the first is when it begins."""
    said: list[float] = []

    def now() -> Iterator[float]:
        yield from said

    clock = now()
    monkeypatch.setattr(adopt_shown.time, "monotonic", lambda: next(clock))
    return said


def test_nothing_is_said_before_two_seconds_and_then_each_second(
    seconds: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    seconds += [0, 1.9, 2, 2, 2.9, 3, 3]
    progress = Progress()

    assert all(progress(done, 100) for done in (25, 50, 75, 80))

    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == ["50 of 100 open cases looked at", "80 of 100 open cases looked at"]


def test_the_end_is_not_told_as_a_part(seconds: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    seconds += [0, 9]
    Progress(of=100).cases(100)

    assert capsys.readouterr().err == ""
