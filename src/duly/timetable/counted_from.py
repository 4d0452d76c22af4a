"""What each part of a time counts from, where an occasion has come: the anchors of a clock that starts."""

from datetime import date

from duly.rulebook.phrases import Counted, FixedDay, Part, Which
from duly.rulebook.steps import Limit, Per
from duly.timetable.clock import Anchor, OnClock, OnDay, OnFixedDay
from duly.timetable.marking import Marking
from duly.timetable.triggers import Occurrence, is_of
from duly.vocabulary import Unit


def anchors(
    marking: Marking,
    limit: Limit,
    parts: tuple[Part, ...],
    key: str | None,
    occurrence: Occurrence,
    *,
    trigger: Part | None = None,
) -> tuple[Anchor, ...] | None:
    """Of each part, in order, for this member; None while one is not known: no invented date.

    `trigger` is the part that the occurrence is known to be an occasion of.
    """
    per = marking.book.steps[limit.step].per
    found: list[Anchor] = []
    for part in parts:
        occurs = part is trigger or is_of(part.reference, occurrence)
        anchor = _at(marking, occurrence, part, key, per) if occurs else before(marking, part, key, per)
        if anchor is None:
            return None
        found.append(anchor)
    return tuple(found)


def _at(marking: Marking, occurrence: Occurrence, part: Part, key: str | None, per: Per | None) -> Anchor:
    """A part that counts from what occurs now."""
    if occurrence.kind == "day":
        return OnFixedDay(occurrence.name)
    if occurrence.clock is not None:
        return OnClock(occurrence.clock)
    is_of_a_group = occurrence.act is not None and occurrence.act.key is not None
    day = occurrence.on
    if is_of_a_group and part.reference.which is Which.UNSAID:
        # Of a group the last to take effect, which by post need not be the last that was done.
        day = marking.day_of(part.reference, key=key, per=per) or day
    if isinstance(part, Counted) and part.length.unit is Unit.HOURS:
        return OnDay(day, marking.instant_of(occurrence.place, day))
    return OnDay(day)


def before(marking: Marking, part: Part, key: str | None, per: Per | None) -> Anchor | None:
    """A part that counts from what occurred before; None where it has not."""
    fixed = next((o for o in part.reference.any_of if isinstance(o, FixedDay)), None)
    if fixed is not None and fixed.day in marking.days:
        return OnFixedDay(fixed.day)
    day = marking.day_of(part.reference, key=key, per=per)
    return None if day is None else OnDay(day)


def no_earlier(found: tuple[Anchor, ...], day: date) -> tuple[Anchor, ...]:
    """The same, counted from this day at the earliest."""
    return tuple(OnDay(day) if isinstance(each, OnDay) and each.day < day else each for each in found)
