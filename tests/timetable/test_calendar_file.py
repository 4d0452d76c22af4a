"""A calendar's file: read whole, or refused with every fault, each on its line."""

import hashlib
from datetime import date

import pytest

from duly.timetable.calendar import Calendar, UnreadableCalendar, read_calendar

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
    assert isinstance(read, UnreadableCalendar)
    return [(fault.line, fault.says, fault.remedy) for fault in read.faults]


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
closed = ["saturday", "sonday"]

[days]
2026-02-30 = "No such day"
2027-01-01 = 7
"""
    assert [f"{line}: {says} {remedy}" for line, says, remedy in faults(text)] == [
        '1: "calendar" must be a text on one line, in quotes. '
        'Write the name rulebooks call it by: calendar = "GB-ENG".',
        '1: "source" is missing. Write where the closed days were taken from, and what that source covers.',
        '1: "first" is missing. Write the first day the source covers: first = 2026-01-01.',
        '2: "edition" must be a text on one line, in quotes. Write which edition this is: edition = "1".',
        '3: A calendar has no "frist". Did you mean "first"?',
        '4: "last" must be a day, without quotes. Write the last day the source covers: last = 2026-01-01.',
        '5: "closed" names "sonday", which is no weekday. Did you mean "sunday"?',
        '8: "2026-02-30" is no day. Write year-month-day: 2026-04-03 = "Good Friday".',
        '9: Friday 1 January 2027 has no name. Write it in quotes: 2027-01-01 = "Good Friday".',
    ]


WEEKEND = '["saturday", "sunday"]'
WHOLE_WEEK = '["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]'


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("first = 2026-01-01", "first = 2026-01-01T00:00:00", 5, '"first" must be a day, without quotes.'),
        (
            "last = 2026-12-31",
            "last = 2025-12-31",
            6,
            '"last" (2025-12-31) comes before "first" (2026-01-01).',
        ),
        ("2026-12-31", "2026-05-31", 11, "Wednesday 24 June 2026 lies outside 2026-01-01 to 2026-05-31."),
        (WEEKEND, '"sunday"', 7, '"closed" must be a list: the weekdays that are never worked.'),
        (f"closed = {WEEKEND}", "", 1, '"closed" is missing: the weekdays that are never worked.'),
        (WEEKEND, WHOLE_WEEK, 7, '"closed" names every weekday: no day would be worked.'),
        (WEEKEND, "[6, 7]", 7, '"closed" names "6", which is no weekday.'),
        ('"Good Friday"', '" "', 10, "Friday 3 April 2026 has no name."),
        ("2026-04-03 =", "2026-W14-5 =", 10, '"2026-W14-5" is no day.'),
        ('"Feast of the bands"', '"Feast\\nof the bands"', 11, "Wednesday 24 June 2026 has no name."),
        ("[days]", "[holidays]", 9, 'A calendar has no "holidays".'),
        ("[days]", "days = 3\n[other]", 9, '"days" must be a table.'),
        ('edition = "2"', 'edition = "2', 3, "This is not TOML: Illegal character '\\n'."),
        ('edition = "2"', 'edition = "2"\nedition = "3"', 4, "This is not TOML: Cannot overwrite a value."),
    ],
)
def test_a_fault_names_its_line(old: str, new: str, line: int, says: str) -> None:
    assert old in GOOD
    assert faults(GOOD.replace(old, new, 1))[0][:2] == (line, says)


def test_a_file_cut_off_anywhere_is_read_or_refused_and_never_breaks() -> None:
    for end in range(len(GOOD)):
        assert isinstance(read_calendar(GOOD[:end]), (Calendar, UnreadableCalendar))


def test_a_file_nested_beyond_reason_is_refused() -> None:
    assert faults("closed = " + "[" * 100_000)[0][1].startswith("This is not TOML")


def test_the_refusal_reads_as_a_list_of_lines() -> None:
    read = read_calendar(GOOD.replace('edition = "2"', "edition = 2"))
    assert str(read) == (
        'line 3: "edition" must be a text on one line, in quotes. Write which edition this is: edition = "1".'
    )
