"""From an occasion in the life of a case to the limits that may start from it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from duly.rulebook.phrases import (
    Begins,
    Ends,
    Event,
    FixedDay,
    IsDone,
    LaterOf,
    Reference,
    StepDone,
    StepDue,
    Timing,
)
from duly.rulebook.steps import Limit, Step

Token = tuple[str, str]


def by_occasion(
    limits: Iterable[Limit], shorter: Mapping[str, Sequence[Timing]]
) -> Mapping[Token, tuple[Limit, ...]]:
    """For each occasion, as (kind, name), the limits that may start from it, in the order of the file.

    Kinds are step, up (its time has run out), begins, ends, due, day, opens and closes. `shorter` are the
    times of the fast track.
    """
    found: dict[Token, dict[int, Limit]] = defaultdict(dict)
    for place, limit in enumerate(limits):
        timings = [limit.timing, *(t for each in limit.instead for t in each.within or ())]
        timings += shorter.get(limit.name, ())
        for timing in timings:
            for part in timing.parts if isinstance(timing, LaterOf) else (timing,):
                for token in _tokens(part.reference):
                    found[token][place] = limit
    return {token: tuple(several.values()) for token, several in found.items()}


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


def last_days_awaited(steps: Iterable[Step]) -> tuple[str, ...]:
    """The steps that some `after` or `only_if` names with "is due", each once."""
    found: dict[str, None] = {}
    for step in steps:
        claims = (each.claim for some in step.only_if.all_of for each in some)
        refs = [*step.after, *(claim.reference for claim in claims if isinstance(claim, IsDone))]
        found |= {o.step: None for ref in refs for o in ref.any_of if isinstance(o, StepDue)}
    return tuple(found)
