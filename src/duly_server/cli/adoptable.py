"""A rulebook and its calendar as somebody names them, once nothing keeps them from coming into force."""

from dataclasses import dataclass

from duly.rulebook.book import Rulebook
from duly.timetable.calendar import Calendar
from duly.vocabulary import Problem, Refused
from duly_server.gateways.shelf import NotOnShelfError, find_calendar, find_rulebook
from duly_server.services.adoptable import adoptable_calendar, adoptable_rulebook, of_another_name


@dataclass(frozen=True, slots=True)
class Adoptable:
    """Both as they were read, and as the text that is adopted."""

    book: Rulebook
    rulebook: str
    days: Calendar
    calendar: str


def adoptable(rulebook: str, calendar: str | None = None) -> Adoptable | Refused:
    """Find, read and lint them; `calendar` is for another than the rulebook names."""
    try:
        found = find_rulebook(rulebook)
        book = adoptable_rulebook(found.text)
        if isinstance(book, Refused):
            return book
        listed = find_calendar(calendar or book.calendar)
    except NotOnShelfError as missing:
        return Refused((Problem(code="not-found", says=str(missing)),))
    whole = adoptable_calendar(listed.text)
    if isinstance(whole, Refused):
        return whole
    if whole.days.name != book.calendar:
        return Refused((of_another_name(whole.days, book),))
    return Adoptable(book, found.text, whole.days, whole.text)
