"""The clocks of a case as its page names them: a title, an anchor, whose duty, how far from today."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from duly.rulebook.prose import either, title, words
from duly.timetable.calendar import Calendar
from duly.timetable.calendar.days import DayOutsideCalendarError
from duly.timetable.clock import Clock
from duly.timetable.marking import Marking
from duly_server.services.case_page import CasePage
from duly_server.web.shared.days import desk_day, short_day


@dataclass(frozen=True, slots=True)
class NamedClock:
    """A clock with the anchor its row has on the page: "limit-answer", "limit-find-a1-2"."""

    clock: Clock
    anchor: str


def named_clocks(marking: Marking) -> tuple[NamedClock, ...]:
    """Every clock the case ever had, in the order in which they started; anchors stay as the case goes on."""
    turns: Counter[str] = Counter()
    found: list[NamedClock] = []
    for clock in marking.clocks:
        part = str(clock.limit.part + 1) if clock.limit.part else ""
        stem = "-".join(filter(None, ("limit", clock.limit.name, part, (clock.key or "").lower())))
        turns[stem] += 1
        found.append(NamedClock(clock, stem if turns[stem] == 1 else f"{stem}-{turns[stem]}"))
    return tuple(found)


def clock_title(marking: Marking, clock: Clock) -> str:
    """ "Serve notice"; of a limit with a name of its own that name; of a group also for whom."""
    own = clock.limit.name == clock.step
    said = title(clock.step) if own else f"{title(clock.limit.name)}: {words(clock.step)}"
    return f"{said} · {clock.key}" if clock.key and is_one_of_several(marking, clock.step) else said


def is_one_of_several(marking: Marking, step: str) -> bool:
    """Whether the group of this step has more than one member, so that one must be named."""
    rule = marking.book.steps.get(step)
    return rule is not None and len(marking.members(rule)) > 1


def offices_in_words(offices: tuple[str, ...]) -> str:
    return either([words(office) for office in offices]) if offices else "nobody"


def whose(page: CasePage, offices: tuple[str, ...]) -> str:
    """Whose duty it is, in a sentence: "Your duty", "The duty of the chair"."""
    if page.offices & set(offices):
        return "Your duty"
    return f"The duty of the {offices_in_words(offices)}"


def day_of(page: CasePage, day: date) -> str:
    """With its year only where that is not the present one."""
    return short_day(day) if day.year == page.today.year else desk_day(day)


def working_days(calendar: Calendar, since: date, until: date) -> int | None:
    """How many working days lie after `since`, up to and with `until`; None past the calendar."""
    try:
        return calendar.working_between(since, until)
    except DayOutsideCalendarError:
        return None
