"""The days that one limit is counted from outside any case: one for all its triggers, or each by name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from duly.rulebook.phrases import (
    Begins,
    Ends,
    Event,
    FixedDay,
    LaterOf,
    Occasion,
    Reference,
    StepDone,
    StepDue,
    Timing,
    Which,
)


@dataclass(frozen=True, slots=True)
class Starts:
    """`every` holds for each trigger that `named` does not name; None: all that matter are to be named."""

    every: date | None = None
    named: Mapping[str, date] = field(default_factory=dict[str, date])

    def of(self, reference: Reference) -> date | None:
        """The day of this trigger: of several that are named the first or the latest, as the phrase says."""
        days = [self.named[name] for name in names_of(reference) if name in self.named]
        if not days:
            return self.every
        return max(days) if reference.which is Which.LATEST else min(days)

    def missing(self, timings: Iterable[Timing]) -> tuple[Reference, ...]:
        """The triggers of these times for which no day was given."""
        asked = (one for timing in timings for one in references(timing))
        return tuple(dict.fromkeys(one for one in asked if self.of(one) is None))


def references(timing: Timing) -> Iterator[Reference]:
    """Everything that the time counts from."""
    if isinstance(timing, LaterOf):
        for part in timing.parts:
            yield from references(part)
    else:
        yield timing.reference


def names_of(reference: Reference) -> tuple[str, ...]:
    """What its triggers are called: a step, a stage, a fixed day, or "the-case-opens"."""
    return tuple(_name(each) for each in reference.any_of)


def _name(occasion: Occasion) -> str:
    match occasion:
        case (
            StepDone(step=name)
            | StepDue(step=name)
            | Begins(stage=name)
            | Ends(stage=name)
            | FixedDay(day=name)
        ):
            return name
        case Event():
            return occasion.value.replace(" ", "-")
