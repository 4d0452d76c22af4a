"""The starter: whoever ends `python3 run.py demo`, and be it not by Ctrl+C, ends the office."""

import importlib.util
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_the_demo_takes_the_place_of_its_starter(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("starter", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    starter = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(starter)
    monkeypatch.setattr(starter, "_ready", lambda: ("/somewhere/uv", {"A": "b"}))
    begun: list[tuple[str, list[str], dict[str, str]]] = []

    def instead(program: str, words: list[str], environment: dict[str, str]) -> None:
        begun.append((program, words, environment))
        raise SystemExit(0)  # what is put in another's place never comes back

    monkeypatch.setattr(os, "execve", instead)
    with pytest.raises(SystemExit):
        starter.main(["demo", "--port", "8001"])
    ((program, words, environment),) = begun
    assert program == words[0] == "/somewhere/uv"
    assert words[-4:] == ["duly", "demo", "--port", "8001"]
    assert environment == {"A": "b"}
