"""Standing out of a case: by one's own word, at once, and from everything in it (R03)."""

from collections.abc import Iterator

from duly.people import Roll
from duly.procedure.acts import DeclareConflict, Proposed
from duly.procedure.setting import Setting
from duly.record.facts import ConflictDeclared
from duly.record.fold import CaseState
from duly.vocabulary import Problem


def objections_to_declaring(setting: Setting, act: DeclareConflict) -> Iterator[Problem]:
    """Nobody needs a reason, an office of the case, or an open case to say that they are not impartial.

    A party is not asked: that they are for themselves is no secret.
    """
    if setting.roll.person(setting.actor.by) is None:
        yield Problem(
            code="not-an-officer",
            says="A conflict of interest is declared by whoever holds an office.",
            remedy="Write to the office if somebody who deals with your case is not impartial.",
        )
    if setting.on != setting.today:
        yield Problem(
            code="declared-today",
            says="A conflict is declared on the day it is recorded.",
            remedy="Declare it as of today; say in the reasons since when it has been there.",
        )


def objections_to_conflict(setting: Setting) -> Iterator[Problem]:
    """Whoever stands out of the case does nothing in it, in whatever office."""
    if stands_out(setting, {setting.actor.by}):
        yield Problem(
            code="stands-out",
            says="Whoever declared a conflict of interest in this case takes no part in it.",
            remedy="Somebody else must do this.",
        )


def objections_to_present(setting: Setting, present: tuple[str, ...]) -> Iterator[Problem]:
    """Nor do they sit: who stands out counts for no quorum (R04)."""
    if out := sorted(number for number in present if stands_out(setting, {number})):
        yield Problem(
            code="stands-out",
            says=f"{', '.join(out)} declared a conflict of interest in this case.",
            remedy="Name only members who take part in it.",
        )


def stands_out(setting: Setting, numbers: set[str]) -> bool:
    """Whether one of these appointments is somebody's who declared a conflict in the case."""
    people = {person for number in numbers if (person := setting.roll.person(number))}
    return bool(people & setting.standing_out)


def has_declared(case: CaseState, roll: Roll, number: str) -> bool:
    """Whether the person of this appointment said that they know of no conflict in the case: to be asked
    before they first read anything sealed of it (R03). By whichever appointment of theirs, then or now."""
    person = roll.person(number)
    return any(roll.person(each) == person for each in case.unconflicted)


def appointments_of(roll: Roll, number: str) -> tuple[str, ...]:
    """Every appointment the person of this one ever had, in the order of their numbers: a case knows no
    person."""
    person = roll.person(number)
    return tuple(sorted(a.number for a in roll.appointments.values() if a.person == person))


def fact_of_declaring(setting: Setting, act: DeclareConflict) -> tuple[Proposed, ...]:
    """Every appointment the person ever had is named, and the case is hidden from each."""
    numbers = appointments_of(setting.roll, setting.actor.by)
    declared = ConflictDeclared(appointments=numbers, conflict=act.conflict)
    return (
        Proposed(
            on=setting.on, by=setting.actor.by, office=setting.actor.office, body=declared, parts=act.parts
        ),
    )
