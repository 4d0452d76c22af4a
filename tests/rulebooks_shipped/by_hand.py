"""Days counted the slow way, for checking the dates that scenarios expect; imports nothing of Duly's.

The bank holidays are those of England and Wales, from https://www.gov.uk/bank-holidays.json (Open Government
Licence v3.0), read on 23 April 2026. Those of other calendars are the days their files name.
"""

import re
import tomllib
from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

_IN_YEAR = {
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}
BANK_HOLIDAYS = {
    date.fromisoformat(f"{year}-{day}") for year, days in _IN_YEAR.items() for day in days.split()
}
ONE_DAY = timedelta(days=1)
_COUNTED = re.compile(
    r"(?P<amount>\d+) (?P<unit>working days?|clear days?|days?|weeks?|months?) "
    r"(?P<direction>after|before|beginning with) (?P<start>\d{4}-\d\d-\d\d)"
    r"(?:, not counting (?P<since>\d{4}-\d\d-\d\d)(?: to (?P<until>\d{4}-\d\d-\d\d))?)?"
)


def holidays_of(calendar: str) -> Collection[date]:
    """The closed days beside weekends, for a calendar closed on Saturdays and Sundays."""
    if calendar == "GB-ENG":
        return BANK_HOLIDAYS
    text = (Path(__file__).parents[2] / f"calendars/{calendar}.toml").read_text(encoding="utf-8")
    return {date.fromisoformat(str(day)) for day in tomllib.loads(text).get("days", {})}


def is_working(day: date, holidays: Collection[date] = BANK_HOLIDAYS) -> bool:
    return day.weekday() < 5 and day not in holidays


def counted(said: str, *, moves: bool = True, holidays: Collection[date] = BANK_HOLIDAYS) -> date:
    """The day that words like "15 working days after 2026-03-26, not counting 2026-04-08 to 2026-04-09" name.

    A last day that is closed moves to the next working day; with `moves` False (a first day) it stays.
    """
    match = _COUNTED.fullmatch(said)
    if match is None:
        raise ValueError(f"no words for counting by hand: {said}")
    amount, unit = int(match["amount"]), match["unit"].rstrip("s")
    start = date.fromisoformat(match["start"])
    paused = _days_from(match["since"], match["until"] or match["since"])
    if match["direction"] == "before":
        return start - (amount + 1) * ONE_DAY if unit == "clear day" else start - amount * ONE_DAY
    if match["direction"] == "beginning with":  # the day itself is the first
        start -= ONE_DAY
    day = _walk(amount, unit, start, paused, holidays)
    while moves and (not is_working(day, holidays) or day in paused):
        day += ONE_DAY
    return day


def _walk(amount: int, unit: str, start: date, paused: set[date], holidays: Collection[date]) -> date:
    if unit == "month":
        month = start.month - 1 + amount
        day = date(start.year + month // 12, month % 12 + 1, 1) + (start.day - 1) * ONE_DAY
        return day + sum(start < each <= day for each in paused) * ONE_DAY
    left = {"week": 7 * amount, "clear day": amount + 1}.get(unit, amount)
    day = start
    while left:
        day += ONE_DAY
        if day not in paused and (unit != "working day" or is_working(day, holidays)):
            left -= 1
    return day


def _days_from(since: str | None, until: str | None) -> set[date]:
    if since is None or until is None:
        return set()
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    return {first + n * ONE_DAY for n in range((last - first).days + 1)}
