"""How a day is written in a sentence; the same in every locale of the machine."""

from datetime import date

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def desk_day(day: date) -> str:
    """As officers read it: "Thu 23 Apr 2026"."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def public_day(day: date) -> str:
    """As everybody else reads it: "Thursday 23 April 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day_and_month(day)} {day.year}"


def day_and_month(day: date) -> str:
    """Beside a name or another day that says the rest: "3 April"."""
    return f"{day.day} {MONTHS[day.month - 1]}"
