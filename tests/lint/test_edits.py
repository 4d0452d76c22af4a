"""Each rule that the graph decides is tripped by five edits of shipped rulebooks, wherever they are made.

Nothing but the names changes when every name is another: a finding that hung on an English word, or on the
order of the alphabet, would show here.
"""

import os
import re
from collections import Counter
from dataclasses import replace

import pytest
from tests.lint.editing import SHIPPED, Edit, edited, found_in, shipped
from tests.lint.edits_of_bearing import OF_BEARING
from tests.lint.edits_of_fields import OF_FIELDS
from tests.lint.edits_of_hearing import OF_HEARING
from tests.lint.edits_of_people import OF_PEOPLE
from tests.lint.edits_of_ways import OF_WAYS
from tests.rulebooks.renaming import names_of, renamed, rewritten
from tests.timetable.small_books import FRAME

from duly.rulebook.finding import RULES, Finding, Severity

EDITS = (*OF_HEARING, *OF_PEOPLE, *OF_BEARING, *OF_WAYS, *OF_FIELDS)
BY_GRAPH = (  # as rulebook-format.md 6 has it, in whole or in part
    *("L01", "L03", "L07", "L08", "L09", "L10", "L11", "L12", "L13", "L14", "L15", "L16"),
    *("L21", "L24", "L25", "L30", "L31", "L35", "L36"),
)
FIVE = 5
ENDS_BY_ITSELF = (
    '[one.look]\nby = "officer"\nwithin = "10 days after receive"\n'
    'if_late = "closes the case as not looked at"\nthen = "closes the case as looked at"\n'
)
SMALL = [edit for edit in EDITS if edit.book not in ("example-association", "union-discipline")]


def named(edit: Edit) -> str:
    return f"{edit.rule}-{edit.book}-{edit.at}"


@pytest.mark.parametrize("edit", EDITS, ids=named)
def test_an_edit_trips_the_rule_on_the_line_that_it_names(edit: Edit) -> None:
    lines = edited(edit).splitlines()
    found = [each for each in found_in("\n".join(lines)) if (each.rule, each.at) == (edit.rule, edit.at)]
    before = [each for each in found_in(shipped(edit.book)) if (each.rule, each.at) == (edit.rule, edit.at)]
    assert before == []
    assert any(lines[each.line - 1].startswith(edit.on) for each in found), found
    assert all(each.why == RULES[edit.rule].why and each.remedy for each in found)


def test_every_rule_of_the_graph_is_tripped_by_five_edits_of_several_rulebooks() -> None:
    made = Counter(edit.rule for edit in EDITS)
    books = Counter(rule for rule, _ in {(edit.rule, edit.book) for edit in EDITS})
    assert {rule: made[rule] for rule in BY_GRAPH if made[rule] < FIVE} == {}
    assert {rule: books[rule] for rule in BY_GRAPH if books[rule] < 3} == {}
    assert len({edited(edit) for edit in EDITS}) == len(EDITS)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_rulebook_that_trips_it_and_one_that_does_not(rule: str) -> None:
    """Of one rulebook, before the edit and after it, where one of the shipped has nothing of the rule."""
    edits = [edit for edit in EDITS if edit.rule == rule]
    assert edits
    clean = [shipped(edit.book) for edit in edits]
    if (
        rule == "L03"
    ):  # every shipped rulebook lets the telling be the end of it, and says why that is accepted
        clean = [FRAME.format(stages='"one"', steps=ENDS_BY_ITSELF)]
    assert any(all(found.rule != rule for found in found_in(text)) for text in clean)


@pytest.mark.parametrize("edit", [e for e in EDITS if e.rule == "L16"], ids=named)
def test_that_a_sanction_needs_a_finding_is_an_error_of_the_lint(edit: Edit) -> None:
    """The reader takes such a file, and the engine would play it: nothing but the lint stands in its way."""
    found = [each for each in found_in(edited(edit)) if each.rule == "L16"]
    assert [each.severity for each in found] == [Severity.ERROR]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_rulebook_renamed_has_the_same_findings(name: str) -> None:
    text = shipped(name)
    assert told_back(text) == of_its_own(text)


RENAMED = EDITS if os.environ.get("DULY_TEST_LONG") == "1" else list({e.rule: e for e in SMALL}.values())


@pytest.mark.parametrize("edit", RENAMED, ids=named)
def test_an_edited_rulebook_renamed_has_the_same_findings(edit: Edit) -> None:
    text = edited(edit)
    assert told_back(text) == of_its_own(text)


def of_its_own(text: str) -> list[Finding]:
    return list(found_in(rewritten(text)))


def told_back(text: str) -> list[Finding]:
    """What is found in the renamed file, every invented word turned back into the name it stands for."""
    meant = {word: name for name, word in names_of(text).items()}
    assert not set(meant) & set(names_of(text))

    def back(said: str) -> str:
        return re.sub(r"\b[xX][a-z]{6}\b", lambda word: _as(word.group(), meant), said)

    return [
        replace(each, says=back(each.says), remedy=back(each.remedy), at=back(each.at))
        for each in found_in(renamed(text))
    ]


def _as(word: str, meant: dict[str, str]) -> str:
    name = meant[word.lower()]
    return name if word[0] == "x" else name.capitalize()
