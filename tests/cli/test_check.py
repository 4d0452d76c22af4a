"""`duly check`: every fault at once, and exit codes that scripts rely on."""

import json
from pathlib import Path

import pytest

from duly_server.cli.entry import main


def check(*words: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["check", *words])
    return int(left.value.code or 0)


def test_a_shipped_rulebook_can_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("example-association", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"findings": []}


def test_every_fault_is_said_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (Path(__file__).parents[1] / "rulebooks/village-bands.toml").read_text()
    broken = tmp_path / "broken.toml"
    broken.write_text(
        text.replace('"answer or time up"', '"anwser"').replace('by      = "investigator"', 'by = "x"')
    )
    assert check(str(broken), "--json") == 2
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert len(problems) >= 2
    assert any("anwser" in each["says"] and each["line"] for each in problems)


def test_what_is_not_there_is_said_with_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("no-such-book") == 2
    assert "example-association" in capsys.readouterr().err
