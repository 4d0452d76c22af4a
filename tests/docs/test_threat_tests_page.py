"""The page of threats names tests that are there, for every threat of the first stage."""

import re

import pytest
from tests.services.office import ROOT

PAGE = (ROOT / "docs/reference/threat-tests.md").read_text("utf-8")
FIRST_STAGE = {
    *(
        "T01",
        "T02",
        "T03",
        "T04",
        "T06",
        "T07",
        "T14",
        "T15",
        "T17",
        "T18",
        "T19",
        "T25",
        "T26",
        "T27",
        "T28",
    ),
    *("T36", "T37", "T40", "T44", "T49", "T52", "T70"),
}
LATER = {"T45", "T58"}  # held already, of the stages that are being built
ROWS = re.findall(r"^\| (T\d\d) \| [^|]+ \| ([^|]+) \|$", PAGE, re.MULTILINE)
FILES = sorted({file for _, held_by in ROWS for file in re.findall(r"`([^`]+)`", held_by)})


def test_every_threat_of_the_first_stage_is_held_or_said_to_be_open() -> None:
    left_open = set(re.findall(r"^- (T\d\d):", PAGE, re.MULTILINE))
    assert {number for number, _ in ROWS} | left_open == FIRST_STAGE | LATER
    assert len(ROWS) == len({number for number, _ in ROWS})


@pytest.mark.parametrize("file", FILES)
def test_what_the_page_names_is_there_and_asserts_something(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    if file.startswith("bench/"):
        assert f"python -m {file.removesuffix('.py').replace('/', '.')}" in PAGE
        assert 'if __name__ == "__main__":' in text
    else:
        assert re.search(r"^def test_\w+\(", text, re.MULTILINE)
        assert "assert " in text
