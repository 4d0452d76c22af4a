"""What the organisation adopted while a case was open, as entries of its record: no fact of it says so."""

from collections.abc import Iterator
from datetime import date

from duly.record.facts import Fact, StepTaken
from duly.timetable.adopted import Effect, Fate, NewCalendar, NewEdition
from duly.timetable.governed import edition_at, moves
from duly_server.services.adopting import telling
from duly_server.services.case_page import CasePage
from duly_server.web.desk.case_limits import clock_title, day_of
from duly_server.web.shared.chips import Glyph
from duly_server.web.shared.days import desk_day
from duly_server.web.shared.timeline import ClockEffect, EffectKind, Entry

BEFORE_FACTS, AFTER_FACTS = 0, 2  # of one day: an edition comes first, what follows from its facts last


def entries(page: CasePage) -> Iterator[tuple[tuple[date, int, int], Entry, list[ClockEffect]]]:
    """Each adoption with its place among the lines of the record, and what it did to the clocks."""
    for turn, effect in enumerate(page.marking.effects):
        comes_last = isinstance(effect.change, NewCalendar) or effect.place is not None
        order = (effect.on, AFTER_FACTS if comes_last else BEFORE_FACTS, turn)
        entry = Entry(
            on=effect.on,
            glyph=Glyph.EXTENDED if effect.moving or effect.ending else Glyph.CLOSED,
            title=telling.adopted(effect),
            by="adopted by the organisation",
        )
        yield order, entry, list(_effects(page, effect))


def _effects(page: CasePage, effect: Effect) -> Iterator[ClockEffect]:
    if effect.fate is not Fate.RECOUNTED:
        yield ClockEffect(EffectKind.SAYS, telling.fate(effect))
    for problem in effect.why:
        yield ClockEffect(EffectKind.SAYS, problem.says)
    for each in effect.moving:
        name = clock_title(page.marking, each.clock)
        if each.is_new:
            yield ClockEffect(
                EffectKind.STARTS, f"{name}, {day_of(page, each.after)}" if each.after else name
            )
        elif each.before and each.after:
            before, after = day_of(page, each.before), day_of(page, each.after)
            yield ClockEffect(EffectKind.MOVES, name, before=before, after=after)
        else:
            yield ClockEffect(EffectKind.SAYS, f"{name}: {telling.cause(effect, each)}")
    yield from (ClockEffect(EffectKind.SAYS, says) for says in _ends(effect))


def _ends(effect: Effect) -> Iterator[str]:
    """The measures and pauses whose last day moves."""
    for each in effect.ending:
        because = telling.cause(effect, each)
        yield f"{telling.ending(each)}{f' ({because})' if because else ''}"


def coming(page: CasePage) -> Iterator[str]:
    """What an edition that was adopted for a day to come will do to this case, as it now stands.

    Whatever begins after the preview of the adoption was seen is shown here, before it moves.
    """
    for change in page.marking.changes:
        if not isinstance(change, NewEdition) or change.since <= page.today:
            continue
        then = page.case.on(change.since)
        for effect in (each for each in then.effects if each.change is change):
            day = desk_day(change.since)
            yield f"On {day} edition {change.book.edition} comes into force: {telling.fate(effect)}"
            yield from (f"{telling.clock(each)} ({telling.cause(effect, each)})." for each in effect.moving)
            yield from (f"{says}." for says in _ends(effect))


def under(page: CasePage, fact: Fact) -> str:
    """The edition a step was taken under, in a case that an adoption has moved; "" in any other."""
    if not isinstance(fact.body, StepTaken) or not moves(page.marking):
        return ""
    return f"under edition {edition_at(page.marking, fact.on, fact.place)}"
