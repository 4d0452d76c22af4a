"""Closed days of a body's own, on top of a calendar that everybody shares: both made into one file."""

import hashlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.timetable.test_calendars_shipped import SHIPPED, shipped

from duly.timetable.calendar import Whole, read_calendar, whole_calendar

OWN = """\
calendar = "GB-ENG"
on_top_of = "GB-ENG"
edition = "1-bands-2026"
source = "Resolution of the council of 3 December 2025"
first = 2026-01-01
last = 2026-12-31

[days]
2026-06-24 = "Feast of the bands"
2026-12-24 = "Office closed"
2026-12-25 = "Office closed"
"""
FILES = {path.stem: path.read_text(encoding="utf-8") for path in SHIPPED}


def whole(text: str) -> Whole:
    found = whole_calendar(text, FILES.get)
    assert isinstance(found, Whole), str(found)
    return found


def test_what_either_closes_is_closed_and_a_shared_holiday_keeps_its_name() -> None:
    days, england = whole(OWN).days, shipped("GB-ENG")
    assert (days.name, days.edition) == ("GB-ENG", "1-bands-2026")
    assert days.name_of(date(2026, 6, 24)) == "Feast of the bands"
    assert days.name_of(date(2026, 12, 24)) == "Office closed"
    assert days.name_of(date(2026, 12, 25)) == "Christmas Day"
    assert days.name_of(date(2026, 4, 3)) == "Good Friday"
    assert days.name_of(date(2026, 4, 4)) == "Saturday"
    year = (date(2026, 1, 1), date(2026, 12, 31))
    assert (days.first, days.last) == year
    assert days.working_days(*year) == england.working_days(*year) - 2


def test_both_are_written_out_as_one_file_that_stands_by_itself() -> None:
    made = whole(OWN)
    assert "on_top_of" not in made.text
    assert read_calendar(made.text) == made.days
    assert made.days.digest == hashlib.sha256(made.text.encode()).hexdigest()
    assert made.text.startswith("# Written out from two files")
    assert made.text.endswith('2026-12-25 = "Christmas Day"\n2026-12-28 = "Boxing Day (substitute day)"\n')


def test_the_source_is_that_of_both() -> None:
    england = shipped("GB-ENG")
    assert whole(OWN).days.source == (
        f"Resolution of the council of 3 December 2025; on top of GB-ENG, edition 1: {england.source}"
    )


def test_another_edition_underneath_is_another_calendar() -> None:
    """A case pins the digest of what was closed when it was opened, from either file."""
    later = FILES["GB-ENG"].replace('2026-05-25 = "Spring bank holiday"\n', "")
    found = whole_calendar(OWN, {"GB-ENG": later}.get)
    assert isinstance(found, Whole)
    assert found.days.digest != whole(OWN).days.digest
    assert found.days.is_working(date(2026, 5, 25))


def test_a_file_that_stands_by_itself_stays_as_it_is_to_the_byte() -> None:
    text = FILES["GB-ENG"].replace("\n", "\r\n")
    made = whole(text)
    assert made.text == text
    assert made.days == read_calendar(text)


def test_it_knows_the_days_that_the_file_on_top_covers_and_no_others() -> None:
    days = whole(OWN.replace("last = 2026-12-31", "last = 2026-12-28")).days
    assert (days.first, days.last) == (date(2026, 1, 1), date(2026, 12, 28))
    assert days.holiday_on(date(2026, 1, 1)) == "New Year’s Day"
    assert days.holiday_on(date(2026, 12, 28)) == "Boxing Day (substitute day)"
    assert min(days.days) == days.first
    assert max(days.days) == days.last


def test_weekdays_may_be_closed_besides() -> None:
    made = whole(OWN.replace("\n[days]", 'closed = ["friday", "sunday"]\n\n[days]'))
    assert made.days.closed == {4, 5, 6}
    assert read_calendar(made.text) == made.days


def test_a_body_of_a_land_adds_what_the_land_keeps() -> None:
    bavaria = OWN.replace('on_top_of = "GB-ENG"', 'on_top_of = "DE"').replace('"GB-ENG"', '"DE-BY"')
    bavaria = (
        bavaria.partition("[days]")[0] + '[days]\n2026-01-06 = "Epiphany"\n2026-06-04 = "Corpus Christi"\n'
    )
    days = whole(bavaria).days
    assert not days.is_working(date(2026, 1, 6))
    assert not days.is_working(date(2026, 10, 3))
    assert days.name_of(date(2026, 10, 3)) == "Day of German Unity"


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_shipped_calendar_can_be_lain_on(name: str) -> None:
    under = shipped(name)
    assert len(under.source) <= 500  # so that the two sources fit into one line
    own = OWN.replace('on_top_of = "GB-ENG"', f'on_top_of = "{name}"').partition("[days]")[0]
    own = own.replace("2026-01-01", str(under.first)).replace("2026-12-31", str(under.last))
    made = whole(own.replace("Resolution of the council of 3 December 2025", "x" * 500))
    assert (made.days.days, made.days.closed) == (under.days, under.closed)
    assert read_calendar(made.text) == made.days


WRITABLE = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=60)


@settings(max_examples=60)
@given(name=WRITABLE, source=WRITABLE)
def test_whatever_words_the_two_files_hold_are_read_again(name: str, source: str) -> None:
    own = OWN.replace('"Feast of the bands"', toml(name))
    under = FILES["GB-ENG"].replace(toml(shipped("GB-ENG").source), toml(source))
    found = whole_calendar(own, {"GB-ENG": under}.get)
    assert isinstance(found, Whole), str(found)
    assert found.days.name_of(date(2026, 6, 24)) == name
    assert found.days.source.endswith(f": {source}")
    assert read_calendar(found.text) == found.days


def toml(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
