"""The lint's rules by fields, where only a slight difference shows: each of these was a mutant that lived."""

import pytest
from tests.rulebook.test_edges import book

from duly.rulebook.check import by_fields
from duly.rulebook.finding import Finding


def found(rule: str, steps: str, *changes: tuple[str, str]) -> list[Finding]:
    return [each for each in by_fields(book(steps, *changes)) if each.rule == rule]


@pytest.mark.parametrize(
    ("least", "most", "is_bounded"),
    [
        ("7 days", "1 week", True),
        ("1 week", "7 days", True),
        ("8 days", "1 week", False),
        ("1 month", "31 days", True),
        ("31 days", "1 month", False),
        ("1 year", "366 days", True),
        ("366 days", "1 year", False),
        ("12 months", "1 year", True),
        ("13 months", "1 year", False),
        ("5 working days", "1 week", True),
        ("6 working days", "1 week", False),
        ("24 hours", "1 day", True),
        ("25 hours", "1 day", False),
        ("1 day", "24 hours", True),
    ],
)
def test_the_shortest_of_a_rung_is_no_longer_than_the_longest(
    least: str, most: str, is_bounded: bool
) -> None:
    rung = f'[sanction]\nbar = {{ from = "{least}", to = "{most}" }}\n'
    assert (found("L22", rung) == []) is is_bounded


DUTIES = (
    '[one.sift]\nby = "{sift}"\n[one.report]\nby = "{report}"\n[one.find]\nby = "{find}"\n'
    '[one.decide-appeal]\nby = "{appeal}"\n{separate}'
)
BY = {"sift": "officer", "report": "chair", "find": "panel", "appeal": "overseer"}


def kept_apart(*groups: str, **by: str) -> list[str]:
    separate = "".join(
        "[[separate]]\noffices = [{}]\n".format(", ".join(f'"{name}"' for name in group.split()))
        for group in groups
    )
    return [each.says for each in found("L10", DUTIES.format(**BY | by, separate=separate))]


def test_each_pair_of_duties_lies_in_one_of_the_separate_groups() -> None:
    assert kept_apart("officer chair panel overseer") == []
    assert len(kept_apart()) == 6
    assert kept_apart("officer chair panel", "officer overseer", "chair overseer") == [
        "Nothing keeps a holder of panel from acting as overseer in the same case."
    ]


def test_one_office_for_two_duties_is_told_once_and_a_party_is_none_of_them() -> None:
    assert kept_apart("officer panel overseer", report="officer") == [
        "The officer sifts complaints and investigates in the same case."
    ]
    assert kept_apart("officer panel overseer", report="respondent") == []
    assert kept_apart("chair panel overseer", sift="respondent") == []
    both = kept_apart(sift="officer", report="officer", find="officer", appeal="officer")
    assert both == ["The officer sifts complaints and investigates in the same case."]


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ('["low", "high"]', None),
        ('["low", "middle", "high"]', None),
        ('["high", "low"]', 'Write range = ["low", "high"].'),
        ('["low", "high", "middle"]', 'Write range = ["low", "middle", "high"].'),
    ],
)
def test_a_range_runs_from_the_lightest_to_the_gravest(order: str, says: str | None) -> None:
    rungs = "[sanction]\nlow = {}\nmiddle = {}\nhigh = {}\n"
    several = found("L22", f"{rungs}[conduct.rude]\nrange = {order}\n")
    assert [each.remedy for each in several] == ([says] if says else [])


def test_sanctions_that_are_decided_are_listed() -> None:
    deciding = '[one.decide-sanction]\nby = "panel"\n'
    assert [each.says for each in found("L22", deciding)] == [
        "Sanctions are decided, but no [sanction] says which there are."
    ]
    assert found("L22", "") == []


@pytest.mark.parametrize(
    ("rung", "lasts"),
    [("", True), ('to = "2 years"', False), ('spent = "2 years after it ends"', False)],
)
def test_what_never_ends_and_is_never_looked_at_again_is_told(rung: str, lasts: bool) -> None:
    assert bool(found("L23", f"[sanction]\nbar = {{ {rung} }}\n")) is lasts


def test_each_way_of_closing_has_its_time_and_its_key_is_written_as_the_file_needs_it() -> None:
    closing = (
        '[one.end]\nby = "officer"\nthen = "closes the case as {words}"\n'
        '[retention]\nhold = {{ by = "chair", review = "every year" }}\n'
    )
    keys = {"over": "over", "set-aside": "set-aside", "left before notice": '"left before notice"'}
    for words, key in keys.items():
        (told,) = found("L33", closing.format(words=words))
        assert told.remedy == f'Add {key} = "1 year after the case closes", or as long as it is needed.'
