"""What README says of where the two commands write."""

import argparse
import tempfile
from pathlib import Path

import pytest

from duly.vocabulary import Problem
from duly_server.cli import demo

README = " ".join((Path(__file__).parents[2] / "README.md").read_text("utf-8").split())


def test_readme_tells_of_every_place_outside_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo builds its office in a folder of the system's temporary one, and removes it at the end."""
    built: list[Path] = []

    def build(_: argparse.Namespace, folder: Path, __: object) -> list[Problem]:
        built.append(folder)
        (folder / "data").mkdir()
        return []

    monkeypatch.setattr(demo, "build", build)
    arguments = argparse.Namespace(folder=None, build_only=True, rulebook="example-association")
    assert demo.run(arguments) == 0
    (folder,) = built
    assert folder.parent == Path(tempfile.gettempdir())
    assert not folder.exists()
    said = README.partition("Outside the folder are written: ")[2].partition(". On Debian")[0]
    for place in (
        "that browser",
        "the caches of uv, pip and npm",
        "the system's temporary folder",
        "in memory (`/dev/shm`)",
    ):
        assert place in said, place
    assert "The demo removes its own when it is stopped." in README
    assert "Nothing is written outside" not in README
