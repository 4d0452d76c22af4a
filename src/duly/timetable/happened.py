"""What happened in a case, as a run of it finds it: acts, what followed from them, and what was irregular."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from duly.rulebook.phrases import StepDone


class Act(NamedTuple):
    """One doing of one step. `counts_on` is the day lengths are counted from (later than `on` by post)."""

    seq: int
    on: date
    counts_on: date
    step: str
    outcome: str | None
    key: str | None
    office: str | None
    place: int | None  # None: counted as done by time


class Happening(NamedTuple):
    """What followed by the rulebook: a stage that began or ended, a limit that ran out, somebody told.

    `kind` is one of begins, ends, closes, ran out, counts as, told, linked, resumes (a pause at its longest),
    voided (a fixed day). `name` is the stage, measure, step, office, pause, day or the closing words;
    `place` the fact it followed from, None if from time; `key` the member of a group that it concerns.
    """

    seq: int
    on: date
    kind: str
    name: str
    place: int | None = None
    step: str | None = None
    outcome: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What closed a case: an act of `step`, or its time being up (`by_time`: run out, or given up).

    `clause` is that of the provision: of the limit that ran out, else of the step.
    """

    step: str
    clause: str | None
    by_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Irregular:
    """A fact that stands in the record though the rulebook did not allow it when it was done."""

    place: int
    says: str


def matches(done: StepDone, act: Act) -> bool:
    """Whether this act is the one spoken of."""
    return (
        act.step == done.step
        and (done.outcome is None or act.outcome == done.outcome)
        and (done.by is None or act.office == done.by)
    )
