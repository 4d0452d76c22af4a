"""A calendar's file: read whole, or refused with every fault, each on its line."""

import hashlib
from datetime import date

import pytest

from duly.rulebook.fault import Unreadable
from duly.timetable.calendar import Calendar, read_calendar

GOOD = """\
# A made-up calendar.
calendar = "VILLAGE"
edition = "2"
source = "Resolution of the village council, 2026"
first = 2026-01-01
last = 2026-12-31
closed = ["saturday", "sunday"]

[days]
2026-04-03 = "Good Friday"
2026-06-24 = "Feast of the bands"
"""


def faults(text: str) -> list[tuple[int, str, str]]:
    read = read_calendar(text)
    assert isinstance(read, Unreadable)
    return [(fault.line, fault.says, fault.remedy) for fault in read.problems]


def test_a_good_file_is_a_calendar() -> None:
    assert read_calendar(GOOD) == Calendar(
        name="VILLAGE",
        edition="2",
        source="Resolution of the village council, 2026",
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        closed=frozenset({5, 6}),
        days={date(2026, 4, 3): "Good Friday", date(2026, 6, 24): "Feast of the bands"},
        digest=hashlib.sha256(GOOD.encode()).hexdigest(),
    )


def test_a_body_may_work_every_day_and_have_no_holidays() -> None:
    text = GOOD.partition("[days]")[0].replace('["saturday", "sunday"]', "[]")
    read = read_calendar(text)
    assert isinstance(read, Calendar)
    assert (read.closed, read.days) == (frozenset(), {})


def test_lines_are_right_whichever_way_they_end() -> None:
    assert isinstance(read_calendar(GOOD.replace("\n", "\r\n")), Calendar)
    assert faults(GOOD.replace('"2"', "2").replace("\n", "\r\n"))[0][0] == 3


def test_every_fault_is_reported_at_once_in_the_order_of_the_lines() -> None:
    text = """\
calendar = ""
edition = 2
frist = 2026-01-01
last = "2026-12-31"
closed = ["saterday", "sunday"]

[days]
2026-02-30 = "No such day"
2027-01-01 = 7
"""
    assert [f"{line}: {says} {remedy}" for line, says, remedy in faults(text)] == [
        "1: calendar: there are no words in it. Write from 1 to 40 characters, or leave the key out.",
        '1: source is missing. Add source = "where these days are published, and for which years".',
        "1: first is missing. Add first = 2026-01-01, the first day the source covers.",
        '2: edition: I expected words in quotation marks, not a number. Write edition = "2".',
        '3: frist: a calendar has no such key. Did you mean "first"?',
        "4: last: I expected a day, not words. Write last = 2026-01-31.",
        '5: closed: there is no weekday "saterday". Did you mean "saturday"?',
        '8: [days], 2026-02-30: there is no such day. Write a day as in 2026-04-03 = "Good Friday".',
        '9: [days], 2027-01-01: I expected words in quotation marks, not a number. Write 2027-01-01 = "7".',
    ]


WEEKEND = '["saturday", "sunday"]'
WHOLE_WEEK = '["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]'


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("2026-01-01", "2026-01-01T00:00:00", 5, "first: I expected a day, not an instant."),
        ("2026-12-31", "2025-12-31", 6, "last: it comes before first (2026-01-01)."),
        (
            "2026-12-31",
            "2026-05-31",
            11,
            "[days], 2026-06-24: Wednesday 24 June 2026 is not between first and last "
            "(2026-01-01 to 2026-05-31).",
        ),
        (WEEKEND, '"sunday"', 7, "closed: I expected a list."),
        (f"closed = {WEEKEND}", "", 1, "closed is missing."),
        (WEEKEND, WHOLE_WEEK, 7, "closed: no day would be worked."),
        (WEEKEND, "[6]", 7, "closed: I expected words in quotation marks, not a number."),
        ('"Good Friday"', '" "', 10, "[days], 2026-04-03: there are no words in it."),
        ("2026-04-03 =", "2026-W14-5 =", 10, "[days], 2026-W14-5: there is no such day."),
        (
            "VILLAGE",
            "VIL\\nLAGE",
            2,
            'calendar: "VIL LAGE" holds more than letters from A to Z, digits, points and hyphens.',
        ),
        ("[days]", "[holidays]", 9, "[holidays]: a calendar has no such key."),
        ("[days]\n", "days = 3\n#", 9, "days: I expected a table, not a number."),
        ("[days]", "[days", 9, "this is no heading."),
        ('edition = "2"', 'edition = "2', 3, "edition: a quotation is not closed."),
        ('edition = "2"', 'edition = "2"\nedition = "3"', 4, '"edition" stands twice.'),
    ],
)
def test_a_fault_names_its_line(old: str, new: str, line: int, says: str) -> None:
    assert old in GOOD
    assert faults(GOOD.replace(old, new, 1))[0][:2] == (line, says)


def test_a_heading_left_open_is_mended_with_a_heading_of_a_calendar() -> None:
    remedy = faults(GOOD.replace("[days]", "[days"))[0][2]
    assert remedy == "Write [days], in small letters, digits and hyphens."


def test_a_file_cut_off_anywhere_is_read_or_refused_and_never_breaks() -> None:
    for end in range(len(GOOD)):
        assert isinstance(read_calendar(GOOD[:end]), (Calendar, Unreadable))


def test_a_file_nested_beyond_reason_is_refused() -> None:
    assert faults("closed = " + "[" * 100_000)[0][1] == "this lies deeper than any calendar needs."


def test_the_refusal_reads_as_a_list_of_lines() -> None:
    assert str(read_calendar(GOOD.replace('edition = "2"', "edition = 2"))) == (
        'line 3, edition: I expected words in quotation marks, not a number. Write edition = "2".'
    )
