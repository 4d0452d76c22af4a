"""Each rule that exploring decides finds its hole wherever it is made, and none in a rulebook as it is."""

from collections import Counter
from functools import cache

import pytest
from tests.lint.holes_of_fairness import OF_FAIRNESS
from tests.lint.holes_of_ways import OF_WAYS
from tests.lint.making import PATHS, Hole, base, text_of
from tests.rulebooks.renaming import names_of, renamed

from duly.lint.whole import GRAPH_CHECKS, by_exploring
from duly.rulebook.book import Rulebook
from duly.rulebook.check import by_fields
from duly.rulebook.finding import RULES, Finding
from duly.rulebook.read import read

HOLES = [*OF_FAIRNESS, *OF_WAYS]


@cache
def found_in(text: str) -> tuple[Finding, ...]:
    book = read(text)
    assert isinstance(book, Rulebook), str(book)
    return (*by_fields(book), *by_exploring(book))


def named(hole: Hole) -> str:
    return f"{hole.rule}-{hole.base}-{hole.at}"


@pytest.mark.parametrize("hole", HOLES, ids=named)
def test_the_hole_is_found_where_it_is(hole: Hole) -> None:
    text = text_of(hole)
    found = [each for each in found_in(text) if each.rule == hole.rule and each.at == hole.at]
    before = {each.says for each in found_in(base(hole.base)) if each.rule == hole.rule}
    new = [each for each in found if each.says not in before]
    assert new, [f"{each.rule} {each.at}: {each.says}" for each in found_in(text)]
    assert all(each.remedy and each.why == RULES[hole.rule].why for each in new)
    line = text.splitlines()[new[0].line - 1]
    last = hole.at.split(".")[-1]
    block = "\n".join(text.splitlines()[max(0, new[0].line - 12) : new[0].line])
    assert last in line or last in block


@pytest.mark.parametrize("name", PATHS)
def test_the_rulebook_as_it_is_has_none(name: str) -> None:
    errors = [each for each in found_in(base(name)) if each.severity == "error"]
    assert errors == []


def test_every_rule_is_tripped_by_five_rulebooks() -> None:
    counted = Counter(hole.rule for hole in HOLES)
    assert set(counted) == set(GRAPH_CHECKS)
    assert min(counted.values()) >= 5
    assert len({text_of(hole) for hole in HOLES}) == len(HOLES)


@pytest.mark.parametrize("hole", {h.rule: h for h in HOLES if h.base == "V"}.values(), ids=named)
def test_renaming_everything_changes_only_the_names(hole: Hole) -> None:
    """And the order: the names of one home are written together."""
    text = text_of(hole)
    names = names_of(text)
    said = Counter((f.rule, f.severity, place(f.at, names)) for f in found_in(text))
    assert said == Counter((f.rule, f.severity, f.at) for f in found_in(renamed(text)))


def place(at: str, names: dict[str, str]) -> str:
    return ".".join(names.get(part, part) for part in at.split("."))


@pytest.mark.parametrize("name", PATHS)
def test_a_whole_rulebook_renamed_has_the_same_findings(name: str) -> None:
    text = base(name)
    names = names_of(text)
    said = Counter((f.rule, f.severity, place(f.at, names)) for f in found_in(text))
    assert said == Counter((f.rule, f.severity, f.at) for f in found_in(renamed(text)))
