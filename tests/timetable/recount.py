"""A reader of explanations: from the plain data of one alone, with no rulebook and no calendar, to its date.

It counts on its fingers. Nothing here may come from Duly.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any

ONE = timedelta(days=1)
Data = dict[str, Any]  # what JSON gave


def recounted(told: Data) -> date:
    due = max(map(_count, told["counts"]))
    ordered = [(each["by"]["granted_on"], 0, _ordered(each)) for each in told["ordered"]]
    for _, more, day in sorted(ordered + [(each["granted_on"], 1, _given(each)) for each in told["given"]]):
        due = max(due, day) if more else min(due, day)
    return max(due, date.fromisoformat(told["told"] or due.isoformat()))


def _count(told: Data) -> date:
    day, way = date.fromisoformat(told["start"]), told["direction"]
    if told["length"] is None:
        return day
    amount, unit = told["length"]["amount"], told["length"]["unit"]
    if unit == "hours":
        return _hours(told, -amount if way == "before" else amount)
    step = -ONE if way == "before" else ONE
    left_out = _closed(told["closed"]) | _paused(told["paused"])
    months = amount * {"months": 1, "years": 12}.get(unit, 0)
    left = _days_of_months(day, months, way) if months else amount * (7 if unit == "weeks" else 1)
    day -= step if way == "beginning with" else 0 * ONE
    while left:
        day += step
        left -= day not in left_out
    day += step if unit == "clear days" else 0 * ONE
    day = _off(day, _closed(told["passed"]) | _paused(told["paused"]))
    if told["along"]:
        day = _off(day + told["along"] * ONE, _closed(told["passed_then"]) | _paused(told["paused"]))
    return day


def _hours(told: Data, hours: int) -> date:
    over = datetime.fromisoformat(told["start_at"]) + timedelta(hours=hours)
    day = over.astimezone(datetime.fromisoformat(told["over_at"]).tzinfo).date()
    for each in sorted(_paused(told["paused"])):
        day += ONE if date.fromisoformat(told["start"]) < each <= day else 0 * ONE
    return day


def _days_of_months(start: date, months: int, way: str) -> int:
    year, month = divmod(start.year * 12 + start.month - 1 + (-months if way == "before" else months), 12)
    longest = monthrange(year, month + 1)[1]
    clamped = start.day > longest
    days = abs((date(year, month + 1, min(start.day, longest)) - start).days)
    return days + 1 if way == "beginning with" and clamped else days


def _given(told: Data) -> date:
    day, closed, paused = date.fromisoformat(told["until"]), _closed(told["closed"]), _paused(told["paused"])
    for each in sorted(paused - closed):
        day = _off(day + ONE, closed) if each <= day else day
    return _off(day, closed | paused) if paused or closed else day


def _ordered(told: Data) -> date:
    return max(_given(told["by"]), date.fromisoformat(told["not_before"] or told["by"]["due"]))


def _off(day: date, days: set[date]) -> date:
    while day in days:
        day += ONE
    return day


def _closed(told: list[Data]) -> set[date]:
    return {date.fromisoformat(each["on"]) for each in told}


def _paused(told: list[Data]) -> set[date]:
    spans = [(date.fromisoformat(each["first"]), date.fromisoformat(each["last"])) for each in told]
    return {first + n * ONE for first, last in spans for n in range((last - first).days + 1)}
