"""A rulebook and its calendar as somebody names them, once nothing keeps them from coming into force."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duly.lint.whole import check_whole
from duly.rulebook.book import Rulebook
from duly.rulebook.countable import uncountable
from duly.rulebook.fault import Fault, Unreadable
from duly.rulebook.finding import Finding, Severity
from duly.rulebook.read import read
from duly.timetable.calendar import Calendar, read_calendar
from duly.vocabulary import Problem, Refused
from duly_server.gateways.shelf import NotOnShelfError, find_calendar, find_rulebook


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
    days = read_calendar(listed.text)
    if isinstance(days, Unreadable):
        return Refused(tuple(_in_file("unreadable", days.problems)))
    return Adoptable(book, found.text, days, listed.text)


def _unfair(one: Finding) -> Problem:
    """An error of the lint, which keeps a rulebook from coming into force."""
    return Problem(code="unfair", says=f"line {one.line}, {one.rule}: {one.says}", remedy=one.remedy)


def _in_file(code: str, found: Iterable[Fault]) -> Iterator[Problem]:
    """Faults of a rulebook as what stands in the way, by their lines."""
    return (Problem(code=code, says=f"line {each.line}: {each.says}", remedy=each.remedy) for each in found)
