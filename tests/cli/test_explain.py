"""`duly explain` in a terminal."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from duly_server.cli.entry import main


def explained(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["explain", *arguments])
    said = capsys.readouterr()
    assert isinstance(left.value.code, int)
    return left.value.code, said.out, said.err


def test_it_is_a_page_of_headings_and_rules_with_clauses(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = explained(capsys, "example-association", "--for", "complainant")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "# Complaints and discipline in the Example Association"
    assert lines[2] == "Edition 2026, in force from Wednesday 1 January 2020."
    assert "## What you may do, and by when" in lines
    assert "- Ask for a second look, in second look: within 14 days after serve dismissal. (r 4.8)" in lines
    assert out.index("## What you may do") < out.index("## Receipt") < out.index("## How days are counted")


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = explained(capsys, "example-association", "--json")
    assert code == 0
    sections = json.loads(out)["sections"]
    assert sections[0]["heading"] == "Receipt"
    assert sections[0]["sentences"][1]["clause"] == "r 3.1"


def test_what_cannot_be_read_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[rulebook\n", "utf-8")
    code, out, err = explained(capsys, str(broken))
    assert (code, out) == (2, "")
    assert f"{broken}, line 1" in err
    code, _, err = explained(capsys, "nowhere")
    assert code == 2
    assert err.startswith("There is no rulebook 'nowhere'.")


def test_whoever_has_read_enough_ends_it_without_a_word() -> None:
    program = "from duly_server.cli.entry import main; main(['explain', 'example-association'])"
    command, pipe = [sys.executable, "-c", program], subprocess.PIPE
    # The pipe holds less than there is to read: the writer cannot be done before the reader is.
    asked = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, pipesize=4096)
    assert asked.stdout is not None
    assert asked.stderr is not None
    assert asked.stdout.readline().startswith("# ")
    asked.stdout.close()
    assert (asked.stderr.read(), asked.wait(60)) == ("", 141)
    asked.stderr.close()


def test_a_picture_is_drawn_into_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "procedure.svg"
    code, out, _ = explained(capsys, "example-association", "--picture", str(file))
    assert (code, out.strip()) == (0, f"The procedure is drawn in {file}.")
    assert file.read_text("utf-8").startswith("<svg ")
    code, out, err = explained(capsys, "example-association", "--picture", str(tmp_path / "no" / "such.svg"))
    assert (code, out) == (2, "")
    assert "can't be written" in err
