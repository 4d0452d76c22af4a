"""How much of a file is read and told, and what a misspelt name was meant for: where only one more shows."""

from collections.abc import Callable

import pytest
from tests.rulebook.test_edges import book, faults

from duly.rulebook.fault import Unreadable
from duly.rulebook.names import Kind, Names, Reading, Spot
from duly.rulebook.outline import outline
from duly.rulebook.read import read
from duly.rulebook.values import MOST_CHARACTERS, read_values

Says = Callable[..., list[str]]
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def reading(**names: Kind) -> Reading:
    found = Reading({}, {})
    found.names.kinds.update(names)
    found.names.lines.update(dict.fromkeys(names, 7))
    return found


def told(of: Reading) -> list[str]:
    return [str(fault) for fault in of.faults]


def test_a_hundred_times_a_word_is_suggested_and_then_no_more() -> None:
    of = reading()
    assert [of.meant("sfit", ["sift"]) for _ in range(101)] == [*["sift"] * 100, None]


@pytest.mark.parametrize(
    ("word", "known", "remedy"),
    [
        ("sfit", ["sift"], 'Did you mean "sift"?'),
        ("other", [], "Name one."),
        ("other", ["one"], "Say one of: one."),
        ("other", WORDS[:8], "Say one of: one, two, three, four, five, six, seven, eight."),
        ("other", WORDS, "Name one."),
    ],
)
def test_the_known_words_are_listed_if_they_are_few(word: str, known: list[str], remedy: str) -> None:
    assert reading(sift=Kind.STEP).instead_of(word, known, otherwise="Name one.") == remedy


def test_a_name_that_is_suggested_comes_with_its_line_where_it_has_one() -> None:
    of = reading(sift=Kind.STEP)
    assert of.instead_of("sfit", ["sift"], otherwise="", are_names=True) == 'Did you mean "sift" (line 7)?'
    assert of.instead_of("fnid", ["find"], otherwise="", are_names=True) == 'Did you mean "find"?'


def test_five_hundred_faults_are_told_and_the_rest_is_counted() -> None:
    of = reading()
    for turn in range(503):
        assert of.is_full is (turn >= 500)
        of.note("", f"fault {turn}.", "")
    assert (len(of.faults), of.more) == (500, 3)
    assert Spot(of, "", "").is_name("sift", Kind.STEP) is False
    assert of.more == 4
    text = 'stages = ["one"]\n' + "".join(f"[one.a{n}]\nb = 1\n" for n in range(300))
    found = read(text)
    assert isinstance(found, Unreadable)
    assert len(found.problems) == 501
    assert found.problems[-1].says.startswith("and ")
    assert found.problems[-1].says.endswith(" more faults in this file.")
    assert found.problems[-1].line == found.problems[-2].line


@pytest.mark.parametrize(("number", "more"), [(500, None), (501, 1), (1700, 1200)])
def test_what_is_left_out_is_counted(number: int, more: int | None) -> None:
    found = read('stages = ["one"]\n' + "".join(f"z{n:04} = 1\n" for n in range(number - missing())))
    assert isinstance(found, Unreadable)
    last = found.problems[-1].says
    assert (f"and {more:,} more" in last) if more else len(found.problems) == 500


def missing() -> int:
    """How many faults a file has of which nothing but the stages is there."""
    found = read('stages = ["one"]\n')
    assert isinstance(found, Unreadable)
    return len(found.problems)


def test_an_example_of_a_time_is_what_comes_before_at_home_or_the_beginning_of_it() -> None:
    kinds = {"hearing": Kind.STAGE, "bar": Kind.MEASURE}
    order = [("receive", "intake"), ("sift", "intake"), ("fix", "hearing"), ("find", "hearing")]
    names = Names(kinds=kinds, order=order)
    assert names.example("find", "hearing") == "fix"
    assert names.example("fix", "hearing") == "hearing begins"
    assert names.example("review", "bar") == "bar begins"
    assert names.example("sift", "intake") == "receive"
    assert names.example("update", "anytime") == "the case opens"


def test_a_place_has_its_line_or_that_of_what_is_around_it() -> None:
    of = Reading({"a.b": 4, "a": 3}, {})
    assert [of.line(path) for path in ("a.b.c.0", "a.b", "a.c", "d", "")] == [4, 4, 3, 1, 1]


def test_what_stands_under_a_misspelt_heading_is_found_under_the_right_one() -> None:
    of = Reading({"sanctoin": 3, "sanctoin.bar": 4, "sanctoins": 9}, {"sanctoin": 3})
    of.read_as("sanctoin", "sanction")
    assert (of.lines["sanction"], of.lines["sanction.bar"]) == (3, 4)
    assert "sanctions" not in of.lines
    assert of.headings == {"sanctoin": 3, "sanction": 3}


@pytest.mark.parametrize(("number", "is_read"), [(100, True), (101, False)])
def test_a_list_has_at_most_a_hundred_members(number: int, is_read: bool) -> None:
    listed = ", ".join(f'"ground {n}"' for n in range(number))
    step = f'[one.act]\nby = "officer"\ngrounds = [{listed}]\n'
    if is_read:
        assert len(book(step).steps["act"].grounds) == number
    else:
        assert any("the list has 101 members. Keep it to 100." in each for each in faults(step))


@pytest.mark.parametrize(("number", "is_read"), [(1990, True), (1991, False)])
def test_a_book_has_at_most_two_thousand_names(number: int, is_read: bool) -> None:
    """Two stages, six offices and two steps are there beside these days."""
    days = "".join(f"[day.d{n}]\n" for n in range(number))
    found = faults(days + '[one.act]\nby = "nobody"\n')
    says = "this is one of more than 2,000 stages, steps, offices and other names."
    assert any(says in each for each in found) is not is_read
    assert any('"nobody"' in each for each in found) is is_read
    assert is_read or (len(found), found[0].partition(",")[0]) == (1, "line 2009")


@pytest.mark.parametrize(("least", "is_read"), [(0, True), (1, False)])
def test_a_file_has_at_most_half_a_million_characters(least: int, is_read: bool) -> None:
    text = "a = 1\n" + "#" * (MOST_CHARACTERS - 6 + least)
    found = read_values(text)
    assert found.whole is is_read
    assert [str(fault) for fault in found.faults] == (
        []
        if is_read
        else [
            "line 2, here the file passes 500,000 characters: too long for a rulebook. "
            "Keep each rulebook in a file of its own, and long documents outside it."
        ]
    )


def test_what_is_no_text_is_refused_on_its_line() -> None:
    found = read_values('a = 1\nb = 2\nc = "\ud800"\n')
    assert [str(fault) for fault in found.faults] == [
        "line 3, this is not text in UTF-8. Save the file again with the encoding UTF-8."
    ]
    assert not found.whole


DEEP = "Use at most 8 names joined by dots, and at most 8 brackets within each other."


@pytest.mark.parametrize(
    ("text", "is_deep"),
    [
        ("b = 1\n" + "a." * 7 + "a = 1\n", False),
        ("b = 1\n" + "a." * 8 + "a = 1\n", True),
        ("b = 1\n[" + "a." * 7 + "a]\n", False),
        ("b = 1\n[" + "a." * 8 + "a]\n", True),
        ("b = 1\na = " + "[" * 7 + "]" * 7 + "\n", False),
        ("b = 1\na = " + "[" * 7 + "1" + "]" * 7 + "\n", False),
        ("b = 1\na = " + "[" * 8 + "1" + "]" * 8 + "\n", True),
        ("b = 1\na = " + "{ a = " * 7 + "1" + "}" * 7 + "\n", False),
        ("b = 1\na = " + "{ a = " * 8 + "1" + "}" * 8 + "\n", True),
    ],
)
def test_nothing_lies_deeper_than_eight(text: str, is_deep: bool) -> None:
    found = read_values(text)
    assert [str(fault) for fault in found.faults] == (
        [f"line 2, this lies deeper than any rulebook needs. {DEEP}"] if is_deep else []
    )
    assert found.whole is not is_deep


@pytest.mark.parametrize(
    ("slip", "number", "is_whole"),
    [
        ("k{} = x\n", 199, True),
        ("k{} = x\n", 200, False),
        ('k{} = "\n', 200, True),
        ('k{} = "\n', 201, False),
    ],
)
def test_a_file_of_nothing_but_slips_is_given_up_after_two_hundred(
    slip: str, number: int, is_whole: bool
) -> None:
    found = read_values("".join(slip.format(n) for n in range(number)))
    assert found.whole is is_whole
    assert len(found.faults) == min(number, 200)


def test_lines_are_told_through_comments_and_blank_lines() -> None:
    text = "# one\n\n  a = 1  # two\n\n\t[b]\n c = [ 1,\n # three\n 2 ]\n d . e = { f = 1, g = [2] }\n"
    found = outline(text)
    assert found.lines == {
        **{"a": 3, "b": 5, "b.c": 6, "b.c.0": 6, "b.c.1": 8},
        **{"b.d": 9, "b.d.e": 9, "b.d.e.f": 9, "b.d.e.g": 9, "b.d.e.g.0": 9},
    }
    assert [(each.first, each.last) for each in found.statements] == [(3, 3), (5, 5), (6, 8), (9, 9)]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("a = ['x' 'y']\nb = 1\n", [("a", True), ("b", False)]),
        ("a = {b = 'x' c = 2}\nb = 1\n", [("a", True), ("b", False)]),
        ("x\nb = 1\n", [("x", True), ("b", False)]),
        ("x y\n[b]\nc = 1", [("x", True), ("b", False), ("b.c", False)]),
        ("=", [("?", True)]),
    ],
)
def test_after_a_slip_the_next_line_is_read(text: str, paths: list[tuple[str, bool]]) -> None:
    assert [(each.path, each.is_broken) for each in outline(text).statements] == paths
