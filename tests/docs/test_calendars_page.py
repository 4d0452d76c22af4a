"""The page on calendars: its example reads, and its table is what is shipped."""

from pathlib import Path

from duly.timetable.calendar import Calendar, Whole, read_calendar, whole_calendar
from duly_server.gateways.shelf import shipped_calendar

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/calendars.md").read_text(encoding="utf-8")


def test_the_example_is_a_calendar() -> None:
    example = PAGE.partition("```toml\n")[2].partition("```")[0]
    calendar = read_calendar(example)
    assert isinstance(calendar, Calendar), str(calendar)
    assert (calendar.name, len(calendar.days)) == ("VILLAGE", 2)


def test_the_example_of_days_on_top_is_a_calendar_with_both() -> None:
    example = PAGE.partition("## Days of your own on top")[2].partition("```toml\n")[2].partition("```")[0]
    found = whole_calendar(example, shipped_calendar)
    assert isinstance(found, Whole), str(found)
    assert list(found.days.days.values()).count("Office closed") == 1
    assert "Good Friday" in found.days.days.values()


def test_the_table_names_each_shipped_calendar_with_its_years() -> None:
    rows = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ")][1:]
    found: dict[str, str] = {}
    for path in (ROOT / "calendars").glob("*.toml"):
        calendar = read_calendar(path.read_text(encoding="utf-8"))
        assert isinstance(calendar, Calendar)
        found[calendar.name] = f"{calendar.first.year} to {calendar.last.year}"
    assert {row[0]: row[1][-len("2012 to 2028") :] for row in rows} == found
