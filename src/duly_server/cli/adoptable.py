"""A rulebook and its calendar as somebody names them, once nothing keeps them from coming into force."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duly.lint.whole import check_whole
from duly.rulebook.book import Rulebook
from duly.rulebook.countable import uncountable
from duly.rulebook.fault import Fault, Unreadable
from duly.rulebook.finding import Finding, Severity
from duly.rulebook.read import read
from duly.timetable.calendar import Calendar, whole_calendar
from duly.vocabulary import Problem, Refused
from duly_server.gateways.shelf import NotOnShelfError, find_calendar, find_rulebook, shipped_calendar


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
        book = read(found.text)
        if isinstance(book, Unreadable):
            return Refused(tuple(_in_file("unreadable", book.problems)))
        if beyond := uncountable(book):
            return Refused(tuple(_in_file("uncountable", beyond)))
        if unfair := [one for one in check_whole(book) if one.severity is Severity.ERROR]:
            return Refused(tuple(map(_unfair, unfair)))
        listed = find_calendar(calendar or book.calendar)
    except NotOnShelfError as missing:
        return Refused((Problem(code="not-found", says=str(missing)),))
    whole = whole_calendar(listed.text, shipped_calendar)
    if isinstance(whole, Unreadable):
        return Refused(tuple(_in_file("unreadable", whole.problems)))
    if whole.days.name != book.calendar:
        return Refused((_of_another_name(whole.days, book),))
    return Adoptable(book, found.text, whole.days, whole.text)


def _of_another_name(days: Calendar, book: Rulebook) -> Problem:
    """Adopted, it would never be found: an office looks for the calendar that its rulebook names."""
    says = f"The rulebook counts by {book.calendar}, and this calendar is called {days.name}."
    remedy = f'Write calendar = "{book.calendar}" in its file, or name {days.name} in the rulebook.'
    return Problem(code="calendar-of-another-name", says=says, remedy=remedy)


def _unfair(one: Finding) -> Problem:
    """An error of the lint, which keeps a rulebook from coming into force."""
    return Problem(code="unfair", says=f"line {one.line}, {one.rule}: {one.says}", remedy=one.remedy)


def _in_file(code: str, found: Iterable[Fault]) -> Iterator[Problem]:
    """Faults of a rulebook as what stands in the way, by their lines."""
    return (Problem(code=code, says=f"line {each.line}: {each.says}", remedy=each.remedy) for each in found)
