"""Blanks of model rules: filled within their bounds, used in phrases, in the way of adoption while open."""

from pathlib import Path

import pytest

from duly.compare.whole import compare
from duly.explain.whole import explain
from duly.rulebook.book import Rulebook
from duly.rulebook.countable import uncountable
from duly.rulebook.fault import Unreadable
from duly.rulebook.phrases import Counted
from duly.rulebook.read import read
from duly.vocabulary import Length, Unit

ROOT = Path(__file__).parents[2]
BANDS = (ROOT / "tests/rulebooks/village-bands.toml").read_text("utf-8")
USED = '"21 days after the latest serve-notice"'
BLANK = 'time-to-answer = { from = "14 days", to = "28 days", ask = "How long may a party answer?" }'


def model(blank: str = BLANK) -> str:
    assert USED in BANDS
    return (
        BANDS.replace(USED, '"{time-to-answer} after the latest serve-notice"', 1) + f"\n[blank]\n{blank}\n"
    )


def book(text: str) -> Rulebook:
    found = read(text)
    assert isinstance(found, Rulebook), "\n".join(map(str, found.problems))
    return found


def time_to_answer(rulebook: Rulebook) -> Length:
    (timing,) = rulebook.steps["answer"].within
    assert isinstance(timing, Counted)
    return timing.length


def faults(blank: str) -> list[str]:
    found = read(model(blank))
    assert isinstance(found, Unreadable)
    return [str(each) for each in found.problems]


def test_a_blank_that_is_filled_stands_where_a_phrase_uses_it() -> None:
    rulebook = book(model(BLANK.replace(", ask", ', is = "21 days", ask')))
    assert time_to_answer(rulebook) == Length(21, Unit.DAYS)
    assert uncountable(rulebook) == ()
    filled = rulebook.blanks["time-to-answer"]
    assert (filled.least, filled.most, filled.filled) == (
        Length(14, Unit.DAYS),
        Length(28, Unit.DAYS),
        Length(21, Unit.DAYS),
    )


def test_one_that_is_open_is_read_at_its_lower_bound_and_keeps_the_rules_from_coming_into_force() -> None:
    rulebook = book(model())
    assert time_to_answer(rulebook) == Length(14, Unit.DAYS)
    (fault,) = uncountable(rulebook)
    assert str(fault) == (
        f"line {len(model().splitlines())}, [blank], time-to-answer: it is not filled"
        " (How long may a party answer?)."
        ' Write is = "14 days", or more, up to 28 days.'
    )


@pytest.mark.parametrize(
    ("blank", "says"),
    [
        (
            'time-to-answer = { from = "14 days", to = "28 days", is = "13 days" }',
            "13 days is less than the model allows.",
        ),
        (
            'time-to-answer = { from = "14 days", to = "28 days", is = "5 weeks" }',
            "5 weeks is more than the model allows.",
        ),
        ('time-to-answer = { from = "28 days", to = "14 days" }', "14 days is shorter than 28 days."),
        ('time-to-answer = { from = "14 days" }', "to is missing."),
        ('time-to-answer = { from = "14 days", to = "soon" }', "a length is a number and a unit."),
        (f'{BLANK}\nother = {{ from = "1 week", to = "2 weeks" }}', "nothing in the file uses this blank."),
        (f'{BLANK}\nsift = {{ from = "1 week", to = "2 weeks" }}', "“sift”"),
    ],
)
def test_a_blank_that_cannot_stand_is_refused_with_its_line(blank: str, says: str) -> None:
    found = faults(blank)
    assert any(says.replace("“", '"').replace("”", '"') in each for each in found), found
    assert all(each.startswith("line ") for each in found)


def test_bounds_of_another_unit_are_compared_only_where_no_calendar_decides() -> None:
    rulebook = book(model('time-to-answer = { from = "1 month", to = "3 months", is = "30 days" }'))
    assert time_to_answer(rulebook) == Length(30, Unit.DAYS)


def test_a_phrase_that_uses_a_blank_nobody_defined_is_a_fault_of_the_phrase() -> None:
    found = read(
        BANDS.replace(USED, '"{time-to-anwser} after the latest serve-notice"', 1) + f"\n[blank]\n{BLANK}\n"
    )
    assert isinstance(found, Unreadable)
    assert any("{time-to-anwser}" in str(each) for each in found.problems)


def test_what_is_filled_in_is_compared_and_told() -> None:
    open_, filled = book(model()), book(model(BLANK.replace(", ask", ', is = "21 days", ask')))
    assert [each.says for each in compare(open_, filled)] == [
        "The time to answer rises from 14 to 21 days after the latest serve notice.",
        "Blank, time to answer: what is filled in is now 21 days; before, nothing was said of it.",
    ]
    (section,) = [each for each in explain(filled) if each.heading == "Figures that were left open"]
    assert [each.says for each in section.sentences] == [
        "Time to answer: 21 days; the model allows 14 days to 28 days."
    ]
