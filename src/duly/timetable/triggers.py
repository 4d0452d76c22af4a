"""Occasions as they occur, and which limits may start from each."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duly.rulebook.book import Rulebook
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
    Timing,
)
from duly.rulebook.steps import Limit
from duly.timetable.clock import Clock
from duly.timetable.marking import Act, matches, parts_of

Token = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """Something a clock may start from. `kind` is step, up, begins, ends, day, due, opens or closes."""

    kind: str
    name: str
    seq: int
    on: date  # the day lengths are counted from
    place: int | None
    act: Act | None = None
    key: str | None = None
    clock: Clock | None = None


def triggers_of(book: Rulebook) -> dict[Token, list[Limit]]:
    """For each occasion, the limits that may start from it, in the order of the file."""
    found: dict[Token, list[Limit]] = defaultdict(list)
    for limit in book.limits:
        timings = [limit.timing, *(t for each in limit.instead for t in each.within or ())]
        if book.fast_track and limit.name == limit.step:
            timings += book.fast_track.shorter.get(limit.step, ())
        for timing in timings:
            for part in parts_of(timing):
                for token in _tokens(part.reference):
                    if limit not in found[token]:
                        found[token].append(limit)
    return dict(found)


def _tokens(ref: Reference) -> Iterator[Token]:
    for occasion in ref.any_of:
        match occasion:
            case StepDone(step=step):
                yield "step", step
                if ref.or_time_up:
                    yield "up", step
            case Begins(stage=stage):
                yield "begins", stage
            case Ends(stage=stage):
                yield "ends", stage
            case StepDue(step=step):
                yield "due", step
            case FixedDay(day=day):
                yield "day", day
            case Event.CASE_OPENS:
                yield "opens", ""
            case Event.CASE_CLOSES:
                yield "closes", ""
            case _:
                pass


def part_for(timing: Timing, occurrence: Occurrence) -> Part | None:
    return next((part for part in parts_of(timing) if is_of(part.reference, occurrence)), None)


def is_of(ref: Reference, occurrence: Occurrence) -> bool:
    return any(_is_it(occasion, ref, occurrence) for occasion in ref.any_of)


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
