"""Slips of writing: what is not TOML is found line by line, and the rest of the file is still judged."""

from collections.abc import Callable

import pytest

from duly.rulebook.outline import outline
from duly.rulebook.read import read
from duly.rulebook.values import read_values

Says = Callable[..., list[str]]

NO_VALUE = 'what stands after the = is no value. Put words in quotation marks: key = "words".'
BEHIND = (
    "something stands behind the end of the value. "
    "Put words in quotation marks, a day as 2026-01-31, and nothing after them but a # comment."
)
BRACES = (
    "a list in braces must be closed on its own line, with commas between its parts and none at the end. "
    'Write { one = "words", two = "words" }.'
)
LIST = 'a list is not closed, or a comma is missing in it. Write ["one", "two"].'
UNCLOSED = 'a quotation is not closed. End it with ".'
NO_HEADING = "this is no heading. Write [stage.step], in small letters, digits and hyphens."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('a = "x\n', f"line 1, a: {UNCLOSED}"),
        ('a = """x\n', f"line 1, a: {UNCLOSED}"),
        (
            "a = [1\nb = 2\n",
            'line 1, a: a list is not closed, or a comma is missing in it. Write ["one", "two"].',
        ),
        ("a = 1\n[b\nc = 2\n", f"line 2, {NO_HEADING}"),
        ("[b]]\n", f"line 1, [b]: {NO_HEADING}"),
        ("[[b]\n", f"line 1, {NO_HEADING}"),
        ("a = x\n", f"line 1, a: {NO_VALUE}"),
        ("a = “x”\n", f"line 1, a: {NO_VALUE}"),
        ("a = \n", f"line 1, a: {NO_VALUE}"),
        ("a = 07\n", f"line 1, a: {BEHIND}"),
        ("a = 2026-13-01\n", f"line 1, a: {BEHIND}"),
        ('a = "x" y\n', f"line 1, a: {BEHIND}"),
        ("a = 2026-02-30\n", "line 1, a: there is no such day or time. Write a day as 2026-01-31."),
        ("a = { b = 1\n", f"line 1, a: {BRACES}"),
        ("a = { b = 1, }\n", f"line 1, a: {BRACES}"),
        ("a = { b = 1, b = 2 }\n", "line 1, a: one key stands twice within the braces. Keep one of them."),
        ("a\n", 'line 1, a: there is no "=" after the key. Write key = "words".'),
        ('= "x"\n', 'line 1, this is neither a heading nor a key. Write [stage.step], or key = "words".'),
        ("é = 1\n", 'line 1, this is neither a heading nor a key. Write [stage.step], or key = "words".'),
        ('a = "\x00"\n', "line 1, a: there is a character that cannot stand in text. Delete it."),
        ('a = "\\q"\n', "line 1, a: a single \\ cannot stand in quotation marks. Write \\\\."),
        (f"a = {'9' * 5000}\n", "line 1, a: the number is far too long. Write a number of a few digits."),
        ("a = 1\na = 2\n", 'line 1 and line 2: "a" stands twice. Keep one of them.'),
        ("[a]\nb = 1\n[c]\n[a]\nb = 2\n", 'line 1 and line 4: "a" stands twice. Keep one of them.'),
    ],
)
def test_one_slip_one_sentence(text: str, says: str) -> None:
    assert [str(fault) for fault in read_values(text).faults] == [says]


def test_several_slips_and_a_wrong_name_at_once(says: Says) -> None:
    assert says(
        ("format        = 1\n", "format        = 1 = 2\n"),
        ('by      = "investigator"', "by      = investigator"),
        ('grounds = ["new evidence", "fraud"', 'grounds = ["new evidence" "fraud"'),
        ('instead = [{ when = "about-the-office is yes"', 'instead = [{ when = "about-the-ofice is yes"'),
    ) == [
        f"line 3, rulebook.format: {BEHIND}",
        'line 50, [intake.acknowledge], instead.when: there is no question "about-the-ofice". '
        'Did you mean "about-the-office" (line 40)?',
        f"line 78, inquiry.report.by: {NO_VALUE}",
        f"line 174, anytime.reopen.grounds: {LIST}",
    ]


def test_what_could_not_be_read_is_not_missed_as_well(says: Says) -> None:
    damaged = ('outcomes = ["proved", "not-proved",', 'outcomes = ["proved" "not-proved",')
    assert [fault.partition(":")[0] for fault in says(damaged)] == ["line 107, hearing.find.outcomes"]
    office = ("overseer           = {}", "overseer           = {")
    assert [fault.partition(":")[0] for fault in says(office)] == ["line 34, office.overseer"]
    stages = ('stages = ["intake", ', 'stages = ["intake" ')
    assert [fault.partition(":")[0] for fault in says(stages)] == ["line 1, stages"]


def test_a_heading_that_is_none_takes_what_is_under_it_along(says: Says) -> None:
    assert says(("[inquiry.serve-notice]", "[inquiry.serve notice]")) == [f"line 65, {NO_HEADING}"]


def test_lines_are_found_through_lists_and_texts_over_several_lines() -> None:
    text = 'a = """\n[no.heading]\nb = 1\n"""\nc = [  # one\n  "x",\n  { d = 1 },\n]\n'
    text += "[[e]]\nf = 1\n[[e]]\nf.g = 2\n"
    found = outline(text)
    assert found.lines == {
        **{"a": 1, "c": 5, "c.0": 6, "c.1": 7, "c.1.d": 7},
        **{"e": 9, "e.0": 9, "e.0.f": 10, "e.1": 11, "e.1.f": 12, "e.1.f.g": 12},
    }
    assert found.headings == {"e.0": 9, "e.1": 11}
    assert not any(statement.is_broken for statement in found.statements)


def test_other_line_ends_and_a_mark_at_the_start_make_no_difference(example: str) -> None:
    plain, other = read(example), read("\ufeff" + example.replace("\n", "\r\n"))
    assert getattr(plain, "steps", None) == getattr(other, "steps", "no book")
    assert getattr(plain, "digest", None) != getattr(other, "digest", None)  # it is of the bytes as they are
