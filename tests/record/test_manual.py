"""The manual cannot lag behind the record: every kind, field, part and digest is in it."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from duly.record.bodies import KINDS
from duly.record.shapes import PART

MANUAL = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "record.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", MANUAL, re.MULTILINE | re.DOTALL))


def test_every_kind_of_fact_has_its_heading_and_no_other() -> None:
    assert set(SECTIONS) == set(KINDS)
    assert len(re.findall(r"^### ", MANUAL, re.MULTILINE)) == len(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_field_of_a_kind_is_explained_in_order(kind: str) -> None:
    listed = re.findall(r"^- ((?:`\w+`(?:, )?)+): \S", SECTIONS[kind], re.MULTILINE)
    assert re.findall(r"`(\w+)`", " ".join(listed)) == [each.name for each in fields(KINDS[kind])]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_parts_that_a_kind_names_are_parts(kind: str) -> None:
    for line in re.findall(r"Parts?: (.*)", SECTIONS[kind]):
        assert all(PART.fits(name) for name in re.findall(r"`(\w+)`", line))


def test_every_name_of_a_part_is_explained() -> None:
    section = MANUAL.split("## Parts")[1].split("\n## ")[0]
    named = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))
    assert named == {"complainant", "respondent", "narrative", "reasons", "holder"}
    assert all(PART.fits(name) for name in named)


@pytest.mark.parametrize(
    "said",
    [
        r"duly/part/1\0",
        r"duly/fact/1\0",
        r"duly/chain/1\0",
        r"duly/pad/1\0",
        r"duly/promise/1\0",
        "duly/sealed/1",
        "DULYK1",
        "DULY1",
    ],
)
def test_every_mark_in_the_bytes_is_in_the_manual(said: str) -> None:
    assert said in MANUAL
