"""Moveable feasts, worked out here and not taken from a library: what shipped calendars are held against."""

from datetime import date, timedelta

from duly.timetable.calendar import Calendar

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
ONE_DAY = timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the method of Gauss with Lilius's corrections."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact -= (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    return date(year, 3, 28) + timedelta(days=epact - weekday)


def from_easter(year: int, days: int) -> date:
    return easter(year) + timedelta(days=days)


def nth(n: int, weekday: int, year: int, month: int) -> date:
    """The n-th such weekday of the month; the last one for -1."""
    found = [
        day
        for number in range(1, 32)
        if (day := date(year, month, 1) + timedelta(days=number - 1)).month == month
        and day.weekday() == weekday
    ]
    return found[n - 1] if n > 0 else found[n]


_MONTH, _DAY, _HOUR = 765_433, 25_920, 1_080  # in parts of an hour: a mean month has 29 d 12 h 793 p
_FIRST_NEW_MOON = 1 * _DAY + 5 * _HOUR + 204  # of the year 1, counted from a Sunday
_THAT_SUNDAY = -1_373_428  # as an ordinal of Python's, which has 1 January of the year 1 as 1


def hebrew_new_year(year: int) -> date:
    """1 Tishri of a Hebrew year: the day of its mean new moon, put off by the four rules of postponement."""
    months = (235 * (year - 1) + 1) // 19
    day, time = divmod(_FIRST_NEW_MOON + months * _MONTH, _DAY)
    weekday = day % 7  # Sunday is 0
    late_tuesday = weekday == 2 and not _is_leap(year) and time >= 9 * _HOUR + 204
    late_monday = weekday == 1 and _is_leap(year - 1) and time >= 15 * _HOUR + 589
    if time >= 18 * _HOUR or late_tuesday or late_monday:
        day += 1
    if day % 7 in {0, 3, 5}:  # never a Sunday, a Wednesday or a Friday
        day += 1
    return date.fromordinal(_THAT_SUNDAY + day)


def _is_leap(hebrew_year: int) -> bool:
    return (7 * hebrew_year + 1) % 19 < 7


def of_year(calendar: Calendar, year: int) -> dict[date, str]:
    """The named closed days of a year, in order."""
    return {day: name for day, name in sorted(calendar.days.items()) if day.year == year}


def closed_weekdays(calendar: Calendar, year: int) -> int:
    """How many days that would be worked the list closes in a year."""
    return sum(day.weekday() not in calendar.closed for day in of_year(calendar, year))
