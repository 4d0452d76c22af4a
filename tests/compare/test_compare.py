"""What changes between two editions, as sentences; who is worse off; and that no change goes unsaid."""

import os
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from tests.compare.same import is_same

from duly.compare.difference import Difference
from duly.compare.outcomes import OF_AN_OUTCOME
from duly.compare.sections import OF_A_RULEBOOK
from duly.compare.steps import OF_A_STEP
from duly.compare.whole import compare
from duly.rulebook.book import Rulebook
from duly.rulebook.read import read
from duly.rulebook.steps import Outcome, Step

ROOT = Path(__file__).parents[2]
BANDS = (ROOT / "tests/rulebooks/village-bands.toml").read_text("utf-8")
EXAMPLE = (ROOT / "rulebooks/example-association/2026.toml").read_text("utf-8")
BOOKS = {"village bands": BANDS, "example association": EXAMPLE}
EVERY = {"village bands": 2, "example association": 13}
IS_LONG = os.environ.get("DULY_TEST_LONG") == "1"


def book(text: str) -> Rulebook:
    read_ = read(text)
    assert isinstance(read_, Rulebook), "\n".join(map(str, read_.problems))
    return read_


def edited(*edits: tuple[str, str], text: str = BANDS) -> tuple[Difference, ...]:
    """The differences that these edits of the text make; each must fit."""
    new = text
    for before, after in edits:
        assert before in new, before
        new = new.replace(before, after, 1)
    return compare(book(text), book(new))


def says(*edits: tuple[str, str], text: str = BANDS) -> list[str]:
    return [one.says for one in edited(*edits, text=text)]


def test_every_field_of_a_rulebook_of_a_step_and_of_an_outcome_is_compared() -> None:
    """A field that is added to the format is compared, or this fails."""
    assert set(OF_A_RULEBOOK) == {one.name for one in fields(Rulebook)} - {"digest", "lines"}
    # What is worked out from other fields (`stages`) is compared with them.
    assert set(OF_A_STEP) == {one.name for one in fields(Step) if one.init} - {"name", "line"}
    assert set(OF_AN_OUTCOME) == {one.name for one in fields(Outcome)} - {"name"}


def test_a_shorter_time_of_a_party_that_nobody_may_extend_any_more_harms_it() -> None:
    found = edited(
        (
            'within  = "21 days after the latest serve-notice"',
            'within  = "14 days after the latest serve-notice"',
        ),
        (
            'extend  = { by = "panel-chair", at_most = "14 days", times = 1, '
            'grounds = ["illness", "adviser away"] }\n',
            "",
        ),
    )
    assert [one.says for one in found] == [
        "The time to answer falls from 21 to 14 days after the latest serve notice.",
        "The time to answer: nobody may now extend it.",
    ]
    assert [(one.worse, one.better) for one in found] == [(("respondent",), ())] * 2
    assert [one.path for one in found] == ["inquiry.answer.within", "inquiry.answer.extend"]


def test_a_longer_time_of_an_office_harms_all_who_wait() -> None:
    (found,) = edited(
        ('within  = "12 weeks after inquiry begins"', 'within  = "16 weeks after inquiry begins"')
    )
    assert found.says == "The time to report rises from 12 to 16 weeks after the beginning of inquiry."
    assert found.worse == ("complainant", "respondent")


def test_fewer_days_before_a_day_are_more_time_for_the_office_and_less_for_the_parties() -> None:
    (found,) = edited(('"14 clear days before hearing-day"', '"7 clear days before hearing-day"'))
    assert found.says == "The time to disclose falls from 14 to 7 clear days before the hearing day."
    assert found.worse == ("complainant", "respondent")


def test_of_lengths_that_only_a_calendar_can_tell_apart_none_is_called_longer() -> None:
    (found,) = edited(('"12 months before receive', '"52 weeks before receive'))
    assert "52 weeks" in found.says
    (found,) = edited(
        ('within  = "12 weeks after inquiry begins"', 'within  = "3 months after inquiry begins"')
    )
    assert (
        found.says == "The time to report changes from 12 weeks to 3 months after the beginning of inquiry."
    )
    assert (found.worse, found.better) == ((), ())


def test_a_step_that_goes_takes_a_right_away_and_one_that_comes_gives_it() -> None:
    gone = (
        '[interim-suspension.appeal-suspension]\nby      = "respondent"\nthen    = "begins interim-appeal"\n',
        "",
    )
    with_it = BANDS.replace(*gone)
    assert with_it != BANDS
    without, whole = read(with_it), book(BANDS)
    if isinstance(without, Rulebook):
        (found,) = [one for one in compare(whole, without) if one.path.endswith("appeal-suspension")]
        assert found.says == "Gone: the respondent may no longer appeal suspension in interim suspension."
        assert found.worse == ("respondent",)
        (back,) = [one for one in compare(without, whole) if one.path.endswith("appeal-suspension")]
        assert back.says == "New: the respondent may now appeal suspension in interim suspension."
        assert back.better == ("respondent",)


def test_what_a_notice_need_no_longer_state_harms_whoever_it_is_served_on() -> None:
    (found,) = edited(('"conduct", "possible sanctions", "evidence"]', '"conduct", "possible sanctions"]'))
    assert found.says == "Serve notice: what must be stated, no longer with evidence."
    assert found.worse == ("respondent",)


def test_what_follows_and_outcomes_are_said_in_words() -> None:
    assert says(('if_late = "closes the case as dismissed"', 'if_late = "goes to inquiry"')) == [
        "Ask second look: what follows if the time to ask second look runs out is now that the case goes to"
        " inquiry; it was that the case is closed as “dismissed”."
    ]
    assert says(('dismissed = "goes to second-look" }', 'dismissed = "closes the case as dismissed" }')) == [
        "Sift, dismissed: what follows is now that the case is closed as “dismissed”; it was that the case"
        " goes to second look."
    ]
    found = says(
        ('outcomes = ["proved", "not-proved", "withdrawn", ', 'outcomes = ["proved", "not-proved", ')
    )
    assert found == ["Find may no longer end in “withdrawn”."]


@pytest.mark.parametrize(
    ("before", "after", "sentence", "worse"),
    [
        (
            'to = "2 years"',
            'to = "3 years"',
            "Suspension: the most rises from 2 to 3 years.",
            ("respondent",),
        ),
        (
            'at_most = "6 months"',
            'at_most = "1 year"',
            "Interim suspension: the longest it may last rises from 6 months to 1 year.",
            ("respondent",),
        ),
        (
            'at_most = "26 weeks"',
            'at_most = "20 weeks"',
            "Pause, police: the longest it may last falls from 26 to 20 weeks.",
            (),
        ),
        (
            'last_day_closed = "next working day"',
            'last_day_closed = "stays"',
            "Counting of days: what a closed last day becomes is now stays; it was next working day.",
            (),
        ),
        (
            "small_numbers = 5",
            "small_numbers = 10",
            "Publication: the least number that is shown is now 10; it was 5.",
            (),
        ),
        (
            'standard = "more likely than not"',
            'standard = "beyond doubt"',
            "The rulebook: the standard of proof is now “beyond doubt”, to be met by the presenter; it was"
            " “more likely than not”, to be met by the presenter.",
            (),
        ),
        (
            'quorum = 3, drawn = "by lot", majority = "more than half", mix',
            'quorum = 2, drawn = "by lot", majority = "more than half", mix',
            "Panel: its quorum is now “2”; it was “3”.",
            (),
        ),
    ],
)
def test_what_stands_outside_the_steps(
    before: str, after: str, sentence: str, worse: tuple[str, ...]
) -> None:
    (found,) = edited((before, after))
    assert (found.says, found.worse) == (sentence, worse)


def test_a_key_that_says_what_holds_without_it_is_stated_when_it_comes_or_goes() -> None:
    said = edited(('running_cases = "finish the stage they are in"\n', ""), text=EXAMPLE)
    assert [one.says for one in said] == [
        "[rulebook]: running_cases is no longer said, and holds all the same."
    ]
    without = EXAMPLE.replace('running_cases = "finish the stage they are in"\n', "")
    (back,) = compare(book(without), book(EXAMPLE))
    assert back.says == "[rulebook]: running_cases is said now, and held before without being said."


@pytest.mark.parametrize("name", BOOKS)
def test_comments_and_blank_lines_are_no_difference(name: str) -> None:
    text = BOOKS[name]
    other = "# another comment\n\n" + text.replace("\n[", "\n\n# here\n[")
    assert compare(book(text), book(other)) == ()
    assert book(text).digest != book(other).digest


@pytest.mark.parametrize("name", BOOKS)
def test_whatever_line_is_left_out_doubled_or_moved_compare_states_it_or_nothing_differs(name: str) -> None:
    """Every edit of one line that leaves a rulebook which can be read; every day of every so many lines.

    With DULY_TEST_LONG=1 of every line of both.
    """
    every = 1 if IS_LONG else EVERY[name]
    lines = BOOKS[name].splitlines(keepends=True)
    whole = book(BOOKS[name])
    tried = 0
    for number, line in list(enumerate(lines))[::every]:
        for other in (
            [*lines[:number], *lines[number + 1 :]],
            [*lines[:number], line, *lines[number:]],
            [
                *lines[: max(number - 1, 0)],
                *reversed(lines[max(number - 1, 0) : number + 1]),
                *lines[number + 1 :],
            ],
        ):
            now = read("".join(other))
            if isinstance(now, Rulebook):
                tried += 1
                assert (compare(whole, now) == ()) is is_same(whole, now), (number + 1, line)
                assert (compare(now, whole) == ()) is is_same(whole, now), (number + 1, line)
    assert tried > len(lines) / every / 2


@pytest.mark.parametrize("name", BOOKS)
def test_every_number_and_every_word_that_is_changed_is_stated(name: str) -> None:
    """Of the short file every day, of the long one every fourth; with DULY_TEST_LONG=1 all of both."""
    every = 4 if name == "example association" and not IS_LONG else 1
    whole = book(BOOKS[name])
    tried = 0
    for value in sorted(_texts(tomllib.loads(BOOKS[name])))[::every]:
        for changed in {value.replace("1", "7"), value.replace("2", "9"), f"{value} indeed"} - {value}:
            if f'"{value}"' not in BOOKS[name]:
                continue
            now = read(BOOKS[name].replace(f'"{value}"', f'"{changed}"', 1))
            if isinstance(now, Rulebook) and not is_same(whole, now):
                tried += 1
                assert compare(whole, now), (value, changed)
    assert tried > 40


def _texts(value: object) -> set[str]:
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        return {text for each in value.values() for text in _texts(each)}
    if isinstance(value, list):
        return {text for each in value for text in _texts(each)}
    return set()
