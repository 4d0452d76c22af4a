"""Which days a body works: the calendar, and reading it from its file, or from two that lie on each other."""

from duly.timetable.calendar.days import Calendar, ClosedDay, DayOutsideCalendarError, Zones
from duly.timetable.calendar.file import read_calendar
from duly.timetable.calendar.on_top import Whole, whole_calendar

__all__ = [
    "Calendar",
    "ClosedDay",
    "DayOutsideCalendarError",
    "Whole",
    "Zones",
    "read_calendar",
    "whole_calendar",
]
