"""Under which edition what happened in a case stands, where an adoption has moved it."""

from datetime import date

from duly.timetable.adopted import Effect, NewEdition
from duly.timetable.marking import Marking


def moves(marking: Marking) -> tuple[Effect, ...]:
    """The adoptions that took the case under another edition, in order."""
    return tuple(effect for effect in marking.effects if effect.leads_on)


def edition_at(marking: Marking, on: date, place: int | None) -> str:
    """The name of the edition that governed what was done on this day, by the fact at this place.

    The fact that led out of the last stage under the old edition was done under that.
    """
    name = marking.pinned[0].edition if marking.pinned else marking.book.edition
    for effect in moves(marking):
        is_before = on < effect.on or (
            on == effect.on and effect.place is not None and place is not None and place <= effect.place
        )
        if is_before:
            return name
        if isinstance(effect.change, NewEdition):
            name = effect.change.book.edition
    return name
