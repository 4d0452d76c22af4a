"""A rulebook or a calendar as the text of its file, once nothing in it keeps it from coming into force."""

from collections.abc import Iterable, Iterator

from duly.lint.whole import check_whole
from duly.rulebook.book import Rulebook
from duly.rulebook.countable import uncountable
from duly.rulebook.fault import Fault, Unreadable
from duly.rulebook.finding import Finding, Severity
from duly.rulebook.read import read
from duly.timetable.calendar import Calendar, whole_calendar
from duly.timetable.calendar.on_top import Whole
from duly.vocabulary import Problem, Refused
from duly_server.gateways.shelf import shipped_calendar
from duly_server.store.zones import is_zone

MOST_STEPS = 150  # the lint looks at every way through a procedure: with so many it takes some ten seconds
_TOO_MANY = Problem(
    code="too-many-steps",
    says=f"The rulebook has more than {MOST_STEPS} steps, and not every way through it can be checked.",
    remedy="Leave out steps, or make several rulebooks of it.",
)


def adoptable_rulebook(text: str) -> Rulebook | Refused:
    """Read and linted; refused for a fault, for what no clock counts yet, and for an error of the lint."""
    book = read(text)
    if isinstance(book, Unreadable):
        return Refused(tuple(_in_file(code="unreadable", found=book.problems)))
    if beyond := uncountable(book, is_zone=is_zone):
        return Refused(tuple(_in_file(code="uncountable", found=beyond)))
    if len(book.steps) > MOST_STEPS:
        return Refused((_TOO_MANY,))
    if unfair := [one for one in check_whole(book) if one.severity is Severity.ERROR]:
        return Refused(tuple(map(_unfair, unfair)))
    return book


def adoptable_calendar(text: str) -> Whole | Refused:
    """Read, and laid on the shipped one it names, if it names one: the text that is adopted says all."""
    whole = whole_calendar(text, shipped_calendar)
    return (
        Refused(tuple(_in_file(code="unreadable", found=whole.problems)))
        if isinstance(whole, Unreadable)
        else whole
    )


def of_another_name(days: Calendar, book: Rulebook) -> Problem:
    """Adopted, it would never be found: an office looks for the calendar that its rulebook names."""
    says = f"The rulebook counts by {book.calendar}, and this calendar is called {days.name}."
    remedy = f'Write calendar = "{book.calendar}" in its file, or name {days.name} in the rulebook.'
    return Problem(code="calendar-of-another-name", says=says, remedy=remedy)


def _unfair(one: Finding) -> Problem:
    """An error of the lint, which keeps a rulebook from coming into force."""
    return Problem(code="unfair", says=f"line {one.line}, {one.rule}: {one.says}", remedy=one.remedy)


def _in_file(code: str, found: Iterable[Fault]) -> Iterator[Problem]:
    """Faults of a file as what stands in the way, by their lines."""
    return (Problem(code=code, says=f"line {each.line}: {each.says}", remedy=each.remedy) for each in found)
