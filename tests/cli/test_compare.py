"""`duly compare` in a terminal: sentences with lines, who is worse off, and what cannot be read."""

import json
from pathlib import Path

import pytest

from duly_server.cli.entry import main

ROOT = Path(__file__).parents[2]
BANDS = ROOT / "tests/rulebooks/village-bands.toml"


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    text = BANDS.read_text("utf-8")
    for before, after in (
        ('"21 days after the latest serve-notice"', '"14 days after the latest serve-notice"'),
        ('within  = "12 weeks after inquiry begins"', 'within  = "16 weeks after inquiry begins"'),
    ):
        assert before in text
        text = text.replace(before, after, 1)
    file = tmp_path / "newer.toml"
    file.write_text(text, "utf-8")
    return file


def compared(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["compare", *arguments])
    said = capsys.readouterr()
    assert isinstance(left.value.code, int)
    return left.value.code, said.out, said.err


def test_each_difference_is_a_sentence_with_its_line_and_whom_it_harms(
    capsys: pytest.CaptureFixture[str], newer: Path
) -> None:
    code, out, err = compared(capsys, str(BANDS), str(newer))
    assert (code, err) == (0, "")
    lines = out.splitlines()
    answer = next(
        n for n, text in enumerate(newer.read_text("utf-8").splitlines(), 1) if "14 days after the l" in text
    )
    assert lines[0] == (
        f"line {answer}: The time to answer falls from 21 to 14 days after the latest serve notice."
        " (worse for the respondent)"
    )
    assert lines[1].endswith("(worse for the complainant and respondent)")
    assert lines[3:] == [
        "2 differences.",
        "The respondent is worse off by 2 of them.",
        "The complainant is worse off by 1 of them.",
    ]


def test_as_json_with_paths_and_both_lines(capsys: pytest.CaptureFixture[str], newer: Path) -> None:
    code, out, _ = compared(capsys, str(BANDS), str(newer), "--json")
    assert code == 0
    found = json.loads(out)["differences"]
    assert [each["path"] for each in found] == ["inquiry.answer.within", "inquiry.report.within"]
    assert all(each["line"] == each["old_line"] for each in found)
    assert found[0]["worse"] == ["respondent"]


def test_of_the_same_rules_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = compared(capsys, str(BANDS), str(BANDS))
    assert (code, out.strip()) == (
        0, "Both say the same. Comments, blank lines and the order of sections are no rules."
    )  # fmt: skip


def test_both_that_cannot_be_read_are_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[rulebook\n", "utf-8")
    code, out, err = compared(capsys, str(broken), "nowhere")
    assert (code, out) == (2, "")
    assert f"{broken}, line 1" in err
    assert "There is no rulebook 'nowhere'." in err
