"""What is wrong with days on top of a calendar is told by the lines of the file that they stand in."""

import pytest
from tests.timetable.test_calendar_on_top import FILES, OWN

from duly.rulebook.fault import Unreadable
from duly.timetable.calendar import Whole, read_calendar, whole_calendar


def faults(text: str) -> list[tuple[int, str, str]]:
    found = whole_calendar(text, FILES.get)
    assert isinstance(found, Unreadable)
    return [(fault.line, fault.says, fault.remedy) for fault in found.problems]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'on_top_of = "GB-ENG"',
            'on_top_of = "GB-XYZ"',
            (
                2,
                "on_top_of: there is no calendar GB-XYZ to lie on.",
                'Name one that travels with Duly, as in on_top_of = "GB-ENG".',
            ),
        ),
        (
            'on_top_of = "GB-ENG"',
            "on_top_of = 7",
            (
                2,
                "on_top_of: I expected words in quotation marks, not a number.",
                'Write on_top_of = "7".',
            ),
        ),
        (
            "first = 2026-01-01",
            "first = 2011-12-31",
            (
                5,
                "first: GB-ENG knows no day before Sunday 1 January 2012.",
                "Write first = 2012-01-01, or a later day.",
            ),
        ),
        (
            "last = 2026-12-31",
            "last = 2029-01-01",
            (
                6,
                "last: GB-ENG knows no day after Sunday 31 December 2028.",
                "Write last = 2028-12-31, or an earlier day.",
            ),
        ),
        (
            "last = 2026-12-31",
            'last = 2026-12-31\nclosed = ["monday", "tuesday", "wednesday", "thursday", "friday"]',
            (7, "closed: no day would be worked.", "Leave out the weekdays that are."),
        ),
        (
            "3 December 2025",
            "x" * 500,
            (
                4,
                "source: the text has 529 characters.",
                "Write from 1 to 500 characters, or leave the key out.",
            ),
        ),
    ],
)
def test_a_fault_is_told_by_the_line_of_the_file_on_top(
    old: str, new: str, expected: tuple[int, str, str]
) -> None:
    assert old in OWN
    assert faults(OWN.replace(old, new, 1)) == [expected]


def test_a_calendar_on_top_can_not_be_lain_on_again() -> None:
    found = whole_calendar(OWN, {"GB-ENG": OWN}.get)
    assert isinstance(found, Unreadable)
    assert [fault.says for fault in found.problems] == ["on_top_of: GB-ENG does not stand by itself."]


def test_alone_it_is_refused_and_says_what_makes_one_of_the_two() -> None:
    found = read_calendar(OWN)
    assert isinstance(found, Unreadable)
    (fault,) = found.problems
    assert fault.line == 2
    assert fault.says == "on_top_of: the days of GB-ENG, on which this calendar lies, are not in the file."
    assert fault.remedy == "Name the file to duly init or duly due, which make one of the two."


def test_a_file_cut_off_anywhere_is_made_whole_or_refused_and_never_breaks() -> None:
    for end in range(len(OWN)):
        assert isinstance(whole_calendar(OWN[:end], FILES.get), (Whole, Unreadable))
