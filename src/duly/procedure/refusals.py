"""Refusals that several kinds of act share."""

from collections.abc import Iterable, Iterator

from duly.procedure.setting import Setting
from duly.rulebook.prose import either, words
from duly.timetable.calendar import DayOutsideCalendarError
from duly.timetable.counting import CannotCountError
from duly.vocabulary import Problem


def no_reasons(says: str, clause: str | None) -> Problem:
    return Problem(code="missing-reasons", says=says, remedy="Say it in a sentence or two.", clause=clause)


def not_yours(setting: Setting, offices: tuple[str, ...], what: str, clause: str | None) -> Problem:
    """`what` is done by these offices: "More time is given by the panel chair, not by the panel"."""
    by = f"by the {either([words(o) for o in offices])}" if offices else "by nobody"
    return Problem(
        code="wrong-office",
        says=f"{what} {by}, not by the {words(setting.actor.office)}.",
        remedy=f"Ask the {words(offices[0])}." if offices else "",
        clause=clause,
    )


def if_it_can_be_counted(objections: Iterable[Problem]) -> Iterator[Problem]:
    """The same objections; where the calendar does not reach, that instead of the rest."""
    try:
        yield from objections
    except (CannotCountError, DayOutsideCalendarError) as error:
        yield Problem(code="cannot-count", says=error.says, remedy=error.remedy)
