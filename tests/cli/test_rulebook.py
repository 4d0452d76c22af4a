"""`duly rulebook test` in a terminal: scenarios that hold, that part from the rules, that can't be read."""

import json
import shutil
from pathlib import Path

import pytest

from duly_server.cli.entry import main

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "rulebooks/example-association"


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["rulebook", "test", *arguments])
    said = capsys.readouterr()
    assert isinstance(left.value.code, int)
    return left.value.code, said.out, said.err


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The shipped rulebook with one file of scenarios."""
    folder = tmp_path / "own"
    (folder / "scenarios").mkdir(parents=True)
    shutil.copy(SHIPPED / "2026.toml", folder)
    shutil.copy(SHIPPED / "scenarios/3-second-look.toml", folder / "scenarios")
    return folder


def test_the_shipped_rulebook_does_what_its_scenarios_say(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = answered(capsys, "example-association")
    assert (code, err) == (0, "")
    *lines, _, last = out.splitlines()
    assert all(line.startswith("yes  ") for line in lines)
    assert last == f"{len(lines)} scenarios: the rules do what they say."
    assert len(lines) > 20


def test_a_rule_that_is_changed_parts_from_its_scenarios_with_the_day(
    capsys: pytest.CaptureFixture[str], own: Path
) -> None:
    book = own / "2026.toml"
    text = book.read_text("utf-8")
    assert 'within  = "14 days after serve-dismissal"' in text
    book.write_text(
        text.replace('"14 days after serve-dismissal"', '"13 days after serve-dismissal"'), "utf-8"
    )
    for named in (own, book):
        code, out, _ = answered(capsys, str(named))
        assert code == 1
        parted = [line for line in out.splitlines() if line.startswith("no  ")]
        assert parted
        assert f"{len(parted)} in which the rules do otherwise." in out
        assert "ask second look" in out.casefold().replace("-", " ")
    code, out, _ = answered(capsys, str(own), "--json")
    answer = json.loads(out)["scenarios"]
    assert code == 1
    assert [each["name"] for each in answer if not each["holds"]] == [
        line[4:].rpartition(" (")[0] for line in parted
    ]


def test_what_can_not_be_played_is_said(capsys: pytest.CaptureFixture[str], own: Path) -> None:
    assert answered(capsys, "nowhere")[0] == 2
    file = own / "scenarios/9-broken.toml"
    file.write_text('[[scenario]]\nname = "x"\n', "utf-8")
    code, out, err = answered(capsys, str(own))
    assert (code, out) == (2, "")
    assert err.strip() == "9-broken.toml: Scenario 1 needs a name and a sentence: name = ..., says = ..."
    shutil.rmtree(own / "scenarios")
    code, _, err = answered(capsys, str(own))
    assert code == 2
    assert "Write some into a folder “scenarios” next to the rulebook." in err
