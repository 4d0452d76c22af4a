"""Which days a body works: the calendar, and reading it from its file."""

from duly.timetable.calendar.days import Calendar, DayOutsideCalendarError
from duly.timetable.calendar.file import read_calendar

__all__ = ["Calendar", "DayOutsideCalendarError", "read_calendar"]
