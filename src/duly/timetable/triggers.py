"""Occasions as they occur, and whether a reference speaks of one."""

from dataclasses import dataclass
from datetime import date

from duly.rulebook.phrases import (
    Begins,
    Ends,
    Event,
    FixedDay,
    Occasion,
    Part,
    Reference,
    StepDone,
    StepDue,
)
from duly.rulebook.steps import Limit
from duly.timetable.clock import Clock
from duly.timetable.marking import Act, matches


@dataclass(slots=True, eq=False, kw_only=True)
class Occurrence:
    """Something a clock may start from. `kind` is step, up, begins, ends, day, due, opens or closes.

    A last day ("x is due") occurs when its clock starts, for it is known from then on, and once more when the
    clock is met (`is_over`). `via` are the limits whose last days led to it.
    """

    kind: str
    name: str
    seq: int
    on: date  # the day lengths are counted from
    place: int | None
    act: Act | None = None
    key: str | None = None
    step: str | None = None  # of a day: the step that fixed it
    clock: Clock | None = None
    via: tuple[Limit, ...] = ()
    is_over: bool = False


def part_for(parts: tuple[Part, ...], occurrence: Occurrence) -> Part | None:
    """The first of these parts of a time that counts from it."""
    for part in parts:
        if is_of(part.reference, occurrence):
            return part
    return None


def is_of(ref: Reference, occurrence: Occurrence) -> bool:
    for occasion in ref.any_of:  # noqa: SIM110 -- asked several times of every fact: no generator
        if _is_it(occasion, ref, occurrence):
            return True
    return False


def _is_it(occasion: Occasion, ref: Reference, occurrence: Occurrence) -> bool:
    match occasion:
        case StepDone(step=step):
            if occurrence.kind == "up":
                return ref.or_time_up and occurrence.name == step
            return occurrence.act is not None and matches(occasion, occurrence.act)
        case Begins(stage=stage):
            return occurrence.kind == "begins" and occurrence.name == stage
        case Ends(stage=stage):
            return occurrence.kind == "ends" and occurrence.name == stage
        case StepDue(step=step):
            return occurrence.kind == "due" and occurrence.name == step
        case FixedDay(day=day):
            return occurrence.kind == "day" and occurrence.name == day
        case Event.CASE_OPENS:
            return occurrence.kind == "opens"
        case Event.CASE_CLOSES:
            return occurrence.kind == "closes"
        case _:
            return False
