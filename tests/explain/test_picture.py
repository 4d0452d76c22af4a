"""The picture of a procedure: a file that stands by itself, every step in it and nothing over anything."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from tests.rulebooks.renaming import renamed

from duly.explain.picture import WIDTH, picture
from duly.rulebook.book import Rulebook
from duly.rulebook.prose import title, words
from duly.rulebook.read import read
from duly.rulebook.steps import Step

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
BANDS = (ROOT / "tests/rulebooks/village-bands.toml").read_text("utf-8")
EXAMPLE = (ROOT / "rulebooks/example-association/2026.toml").read_text("utf-8")
LONG = EXAMPLE.replace("refer-out", "refer-the-whole-of-the-matter-to-somebody-outside-the-body")
BOOKS = {"bands": BANDS, "example": EXAMPLE, "every name another": renamed(EXAMPLE), "a long name": LONG}


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 -- what we drew ourselves


def book(text: str) -> Rulebook:
    found = read(text)
    assert isinstance(found, Rulebook), "\n".join(map(str, found.problems))
    return found


@pytest.fixture(params=BOOKS)
def drawn(request: pytest.FixtureRequest) -> tuple[Rulebook, ET.Element]:
    rulebook = book(BOOKS[request.param])
    return rulebook, parsed(picture(rulebook))


def texts(root: ET.Element, look: str) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}text") if each.get("class") == look]


def test_every_stage_and_step_stands_in_it_with_its_office(drawn: tuple[Rulebook, ET.Element]) -> None:
    rulebook, root = drawn
    assert texts(root, "name") == [title(step.name) for step in _in_rows(rulebook)]
    assert set(texts(root, "stage")) >= {
        title(stage) for stage in rulebook.stages if _has_steps(rulebook, stage)
    }
    under = " ".join(texts(root, "under"))
    for step in rulebook.steps.values():
        assert all(words(office) in under for office in step.by)
        assert all(words(outcome) in under for outcome in step.outcomes)


def _has_steps(rulebook: Rulebook, stage: str) -> bool:
    return any(step.home == stage for step in rulebook.steps.values())


def _in_rows(rulebook: Rulebook) -> list[Step]:
    homes = dict.fromkeys((*rulebook.stages, *rulebook.measures, *(s.home for s in rulebook.steps.values())))
    return [step for home in homes for step in rulebook.steps.values() if step.home == home]


def test_no_box_lies_over_another_or_runs_off(drawn: tuple[Rulebook, ET.Element]) -> None:
    _, root = drawn
    boxes = [
        tuple(float(each.get(key, "")) for key in ("x", "y", "width", "height"))
        for each in root.iter(f"{SVG}rect")
    ]
    height = float(root.get("height", ""))
    for number, (x, y, width, tall) in enumerate(boxes):
        assert x >= 0
        assert x + width <= WIDTH
        assert y >= 0
        assert y + tall <= height
        for left, top, wide, high in boxes[number + 1 :]:
            apart = x + width <= left or left + wide <= x or y + tall <= top or top + high <= y
            assert apart, (x, y, left, top)


def test_a_partys_step_is_dashed_and_no_other(drawn: tuple[Rulebook, ET.Element]) -> None:
    rulebook, root = drawn
    dashed = [each.get("class") == "party" for each in root.iter(f"{SVG}rect")]
    assert dashed == [set(step.by) <= rulebook.parties for step in _in_rows(rulebook)]


def test_where_an_outcome_leads_is_said_under_its_step() -> None:
    under = texts(parsed(picture(book(EXAMPLE))), "under")
    for line in (
        "accepted → inquiry",
        "dismissed → second look",
        "→ closed as decided",
        "out of time → closing",
    ):
        assert line in under
    assert "or → closed as no case to answer" in under


def test_it_asks_for_nothing_from_elsewhere_and_bears_hostile_words() -> None:
    title_ = "A <script>alert(1)</script> & “quotes”"
    drawn = picture(book(EXAMPLE.replace("Complaints and discipline in the Example Association", title_)))
    root = parsed(drawn)
    assert title_ in (root.get("aria-label") or "")
    assert "<script" not in drawn
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
    assert root.get("role") == "img"
