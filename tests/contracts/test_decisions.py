"""Each decision has one number, said alike in its file name and its title, and the same four parts."""

import re
from pathlib import Path

import pytest

DECISIONS = sorted((Path(__file__).resolve().parents[2] / "docs" / "decisions").glob("*.md"))
PARTS = ["Context", "Decision", "What gets easier", "What gets harder"]


def test_the_numbers_run_from_one_without_gap_or_double() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert numbers == [f"{number:03}-" for number in range(1, len(DECISIONS) + 1)]
    assert len(numbers) >= 3


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.name)
def test_file_name_and_title_agree(path: Path) -> None:
    title = path.read_text(encoding="utf-8").splitlines()[0]
    number, words = title.removeprefix("# ").split(". ", maxsplit=1)
    assert path.stem == f"{number}-" + re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.name)
def test_a_decision_says_what_gets_harder_too(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == PARTS
    assert all(re.search(rf"^## {part}\n\n\S", text, re.MULTILINE) for part in PARTS)
