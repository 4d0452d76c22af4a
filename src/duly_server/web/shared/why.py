""" "Why this date": the sentences with their clauses, and the calendar that is a picture of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from duly_server.web.shared.days import month_day

DRAWN_WEEKS = 20  # a longer count is told in sentences, and its middle is not drawn


class DayKind(StrEnum):
    OUTSIDE = "outside"  # a weekend, or a day before and after the count
    TRIGGER = "trigger"
    COUNTED = "counted"
    CLOSED = "closed"  # a closed day with a name
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day as the count met it: its number when counted, else a word ("served", "holiday", "paused")."""

    on: date
    kind: DayKind
    number: int | None = None
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    on: date
    kind: DayKind
    below: str  # the number of a counted day, or the word
    is_due: bool
    is_original: bool
    is_today: bool
    is_to_come: bool

    @property
    def classes(self) -> str:
        """Class names for the cell; each of them changes a shape or a line, not only a colour."""
        marks = {
            "day-due": self.is_due,
            "day-original": self.is_original and not self.is_due,
            "day-today": self.is_today,
            "day-to-come": self.is_to_come and not self.is_due,
        }
        return " ".join([f"day-{self.kind.value}", *(name for name, holds in marks.items() if holds)])

    @property
    def spoken(self) -> str:
        """What the look of the cell says, for who hears it."""
        words = {
            "counted": self.kind is DayKind.COUNTED,
            "due day": self.is_due,
            "original date": self.is_original and not self.is_due,
            "today": self.is_today,
            "still to come": self.is_to_come and not self.is_due,
        }
        return ", ".join(name for name, holds in words.items() if holds)


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """Seven days from a Monday; `left_out` weeks before it are not drawn."""

    label: str
    days: tuple[CalendarDay, ...]
    left_out: int = 0


def calendar_weeks(
    counted: Iterable[CountedDay], *, due_on: date, today: date, original_on: date | None = None
) -> tuple[CalendarWeek, ...]:
    """Whole weeks from the first counted day to the due day; days nobody counted stand bare."""
    known = {day.on: day for day in counted}
    marked = [*known, due_on, original_on or due_on]
    first = min(marked) - timedelta(days=min(marked).weekday())
    last = max(marked)
    days = [
        CalendarDay(
            on=day.on,
            kind=day.kind,
            below=str(day.number) if day.number is not None else day.word,
            is_due=day.on == due_on,
            is_original=original_on is not None and original_on != due_on and day.on == original_on,
            is_today=day.on == today,
            is_to_come=day.kind is DayKind.COUNTED and day.on > today,
        )
        for day in _every_day(first, last, known)
    ]
    weeks = [CalendarWeek(month_day(days[at].on), tuple(days[at : at + 7])) for at in range(0, len(days), 7)]
    return _shortened(weeks)


def _every_day(first: date, last: date, known: dict[date, CountedDay]) -> Iterator[CountedDay]:
    length = (last - first).days // 7 * 7 + 7
    for after in range(length):
        day = first + timedelta(days=after)
        yield known.get(day, CountedDay(day, DayKind.OUTSIDE))


def _shortened(weeks: list[CalendarWeek]) -> tuple[CalendarWeek, ...]:
    """The first and last weeks of a long count, and how many between are not drawn."""
    if len(weeks) <= DRAWN_WEEKS:
        return tuple(weeks)
    head, tail = weeks[: DRAWN_WEEKS // 2], weeks[-DRAWN_WEEKS // 2 :]
    resumed = CalendarWeek(tail[0].label, tail[0].days, left_out=len(weeks) - len(head) - len(tail))
    return (*head, resumed, *tail[1:])


@dataclass(frozen=True, slots=True)
class ClauseLink:
    """A clause as printed ("r 6.2"), and where its words can be read ("" where they cannot)."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class WhySentence:
    says: str
    clauses: tuple[ClauseLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyThisDate:
    """`total` and `arithmetic` are one line: "20 days counted" + "= 15 by the rule + 5 extended."

    `basis` names rulebook, calendar and their editions; `facts` is the link to what it was computed from.
    """

    title: str
    lead: str
    total: str
    arithmetic: str
    sentences: tuple[WhySentence, ...]
    basis: str
    weeks: tuple[CalendarWeek, ...] = ()
    if_missed: WhySentence | None = None
    told: str = ""
    facts: str = ""
    facts_url: str = ""
    close_url: str = ""
    weekdays: tuple[str, ...] = field(default=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
