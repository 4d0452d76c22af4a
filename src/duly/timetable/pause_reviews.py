"""When a pause that lasts is to be reviewed: so long after it began, and after each review."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from duly.record.facts import Fact, Paused, Resumed
from duly.rulebook.phrases import Direction
from duly.timetable.calendar import DayOutsideCalendarError
from duly.timetable.counting import CannotCountError, last_day
from duly.timetable.marking import Marking


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseReview:
    """The review owed on a pause: by whom, and by when; None where the calendar does not reach so far.

    `since` is the day the pause began, `last` that of its latest review.
    """

    pause: str
    by: tuple[str, ...]
    since: date
    last: date | None
    due: date | None
    clause: str | None


def reviews_owed(marking: Marking) -> tuple[PauseReview, ...]:
    """One for each pause that lasts and whose rule says `review`, in the order in which they began.

    No pause stops a review: it protects whoever waits. It is recorded as the pause was, once more: the fact
    says that the pause goes on, with reasons.
    """
    found: list[PauseReview] = []
    for name, period in marking.pauses:
        rule = marking.book.pauses[name]
        if period.before is not None or rule.review_every is None:
            continue
        last = max((fact.on for fact in _reviews(marking, name, period.since)), default=None)
        found.append(
            PauseReview(
                pause=name,
                by=rule.by,
                since=period.since,
                last=last,
                due=_due(marking, name, last or period.since),
                clause=rule.clause,
            )
        )
    return tuple(found)


def review_places(moves: Iterable[Fact]) -> frozenset[int]:
    """The places of those facts that say of a pause which lasts already that it goes on."""
    lasting: set[str] = set()
    found: set[int] = set()
    for fact in moves:
        match fact.body:
            case Paused(pause=pause):
                if pause in lasting:
                    found.add(fact.place)
                lasting.add(pause)
            case Resumed(pause=pause):
                lasting.discard(pause)
            case _:
                pass
    return frozenset(found)


def _reviews(marking: Marking, pause: str, since: date) -> list[Fact]:
    """Those of the pause begun on this day: every further fact that the case is paused on this ground."""
    said = [
        fact
        for fact in marking.case.moves
        if isinstance(fact.body, Paused) and fact.body.pause == pause and since <= fact.on <= marking.on
    ]
    return said[1:]


def _due(marking: Marking, pause: str, start: date) -> date | None:
    every = marking.book.pauses[pause].review_every
    if every is None:
        return None
    try:
        return last_day(every, Direction.AFTER, start, calendar=marking.calendar, rules=marking.book.bounds)
    except (CannotCountError, DayOutsideCalendarError):
        return None
