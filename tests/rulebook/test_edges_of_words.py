"""Lengths, shares, faults and words nearly known, where only a slight difference shows."""

from fractions import Fraction

import pytest

from duly.rulebook.criteria import open_longer_than, share
from duly.rulebook.fault import Fault, Unreadable, shown
from duly.rulebook.lengths_compared import longest_days, shortest_days
from duly.rulebook.nearness import nearest, slips
from duly.vocabulary import Length, Unit


@pytest.mark.parametrize(
    ("length", "fewest", "most"),
    [
        (Length(48, Unit.HOURS), 2, 2),
        (Length(25, Unit.HOURS), 25 / 24, 2),
        (Length(1, Unit.DAYS), 1, 1),
        (Length(10, Unit.CLEAR_DAYS), 10, 11),
        (Length(4, Unit.WORKING_DAYS), 5.6, 6),
        (Length(5, Unit.WORKING_DAYS), 7, 7),
        (Length(6, Unit.WORKING_DAYS), 8.4, 10),
        (Length(10, Unit.WORKING_DAYS), 14, 14),
        (Length(2, Unit.WEEKS), 14, 14),
        (Length(2, Unit.MONTHS), 56, 62),
        (Length(2, Unit.YEARS), 730, 732),
    ],
)
def test_how_many_days_a_length_is_at_the_fewest_and_at_the_most(
    length: Length, fewest: float, most: int
) -> None:
    assert shortest_days(length) == pytest.approx(fewest)
    assert longest_days(length) == most


@pytest.mark.parametrize(
    ("criterion", "length"),
    [
        ("open longer than 26 weeks", Length(26, Unit.WEEKS)),
        ("open  longer than\n1 year", Length(1, Unit.YEARS)),
        ("open longer than 10 working days", Length(10, Unit.WORKING_DAYS)),
        ("open longer than 26 fortnights", None),
        ("open longer than people can bear", None),
        ("not open longer than 26 weeks", None),
        ("somebody is ill", None),
    ],
)
def test_one_criterion_is_counted_and_every_other_sentence_is_for_people(
    criterion: str, length: Length | None
) -> None:
    assert open_longer_than(criterion) == length


@pytest.mark.parametrize(
    ("at_most", "part"),
    [
        ("1 in 10", Fraction(1, 10)),
        ("3  in 4", Fraction(3, 4)),
        ("1 in 1", Fraction(1)),
        ("10 per cent", Fraction(1, 10)),
        ("15%", Fraction(3, 20)),
        ("100 %", Fraction(1)),
        ("0 in 10", None),
        ("0 per cent", None),
        ("2 in 1", None),
        ("101 per cent", None),
        ("1 in 0", None),
        ("a few", None),
    ],
)
def test_a_share_is_a_part_of_a_whole_and_neither_nothing_nor_more(
    at_most: str, part: Fraction | None
) -> None:
    assert share(at_most) == part


def test_a_fault_names_its_line_or_both_lines_in_their_order() -> None:
    assert str(Fault(3, "there is no stage.", "Add one.")) == "line 3, there is no stage. Add one."
    assert str(Fault(3, "and so on.", "")) == "line 3, and so on."
    assert str(Fault(9, "it stands twice.", "Keep one.", also=3)) == (
        "line 3 and line 9: it stands twice. Keep one."
    )
    assert str(Fault(9, "it stands twice.", "", also=12)) == "line 9 and line 12: it stands twice."
    both = Unreadable((Fault(1, "this.", ""), Fault(2, "that.", "Mend it.")))
    assert str(both) == "line 1, this.\nline 2, that. Mend it."


@pytest.mark.parametrize(
    ("text", "most", "on_the_page"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("a  b\n c", 60, "a b c"),
        ("a\x00b\u202ec", 60, "a?b?c"),
        ("a" + " " * 11, 3, "a"),
        ("a" + " " * 12, 3, "a…"),
        ("a" + " " * 11 + "b", 3, "a…"),
        ("x" * 60, 60, "x" * 60),
        ("x" * 61, 60, "x" * 59 + "…"),
    ],
)
def test_what_a_sentence_shows_of_a_text(text: str, most: int, on_the_page: str) -> None:
    """Of a text no more is read than four times the room; what is behind it is cut."""
    assert shown(text, most) == on_the_page
    assert shown("y" * 61) == "y" * 59 + "…"


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [
        ("sift", "sift", 0),
        ("sift", "sit", 1),
        ("sift", "shift", 1),
        ("sift", "sifts", 1),
        ("sift", "gift", 1),
        ("sift", "isft", 1),
        ("sift", "sitf", 1),
        ("sift", "tifs", 2),
        ("sift", "gifts", 2),
        ("", "ab", 2),
        ("ab", "", 2),
        ("ab", "ca", 2),
        ("abcd", "badc", 2),
        ("abc", "cab", 2),
        ("ababb", "ab", 3),
        ("abcd", "wxyz", 4),
    ],
)
def test_slips_are_letters_added_dropped_changed_or_swapped(one: str, other: str, number: int) -> None:
    assert slips(one, other, 9) == number
    for allowed in range(5):
        told = slips(one, other, allowed)
        assert told == number if number <= allowed else told > allowed


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("find", ["fimd"], "fimd"),
        ("find", ["fimt"], None),
        ("finds", ["fimts"], "fimts"),
        ("finds", ["bimts"], None),
        ("report", ["repo"], "repo"),
        ("report", ["rep"], None),
        ("sift", ["sit", "sift"], "sift"),
        ("sits", ["sift", "site"], "site"),
        ("side", ["site", "hide"], "site"),
        ("notice", ["serve-notice"], "serve-notice"),
        ("notice", ["serve-notice", "read-notice"], None),
        ("noti", ["serve-notice"], None),
        ("a" * 60, ["a" * 59], "a" * 59),
        ("a" * 61, ["a" * 60], None),
        ("a" * 60, ["a" * 61], None),
        ("a" * 59, ["a" * 60], "a" * 60),
        ("anything", [], None),
    ],
)
def test_the_nearest_word_is_the_one_with_the_fewest_slips_and_none_if_there_are_too_many(
    word: str, known: list[str], meant: str | None
) -> None:
    assert nearest(word, known) == meant
