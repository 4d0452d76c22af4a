"""The first day on which a case could be decided: every office acts at once, each party uses all its time.

A lower bound, worked out from what must come before the decision. It is asked before an order names a day, so
that none is named which only a party's time could pay for.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from duly.rulebook.phrases import (
    At,
    Begins,
    Direction,
    FixedDay,
    Occasion,
    Part,
    Reference,
    StepDone,
    StepDue,
)
from duly.rulebook.steps import Step
from duly.timetable.counting import first_day, last_day
from duly.timetable.deciding import steps_to_decide
from duly.timetable.marking import Marking, parts_of
from duly.timetable.milestones import begins

ONE_DAY = timedelta(days=1)


def decided_at_the_soonest(marking: Marking) -> date | None:
    """The marking's own day or a later one; None where nothing is to be decided any more.

    Raises what counting raises.
    """
    steps = steps_to_decide(marking)
    if steps is None:
        return None
    ways = _Soonest(marking).first_of(steps)
    return max([marking.on, *marking.days.values(), *_ends_of_running(marking), ways or marking.on])


def _ends_of_running(marking: Marking, step: str = "") -> Iterator[date]:
    """What is up at the end of a day is up from the next."""
    for clock in marking.clocks_of(step) if step else marking.clocks:
        if clock.is_party and clock.is_running and clock.ran_out_on is None and clock.due is not None:
            yield clock.due + ONE_DAY


class _Soonest:
    """What has not come yet comes at once, save for the times that lie before it; None: there is no way.

    Each occasion is worked out once in a round, from what the round before found; at first there is no way to
    any. A way that leads round to what it started from is never the shortest, so the rounds come to an end.
    """

    def __init__(self, marking: Marking) -> None:
        self.marking = marking
        self.found: dict[tuple[Occasion, bool], date | None] = {}
        self.looked: set[tuple[Occasion, bool]] = set()
        self.is_still = False

    def first_of(self, steps: Iterable[Step]) -> date | None:
        """The first day on which one of these steps may be done."""
        while True:
            self.looked, self.is_still = set(), True
            day = _least([self.of(step) for step in steps])
            if self.is_still:
                return day

    def of(self, step: Step) -> date | None:
        """The first day on which the step may be done."""
        needs = [self.come(reference) for reference in step.after]
        needs += [self.counted(part) for timing in step.not_before for part in parts_of(timing)]
        if step.stages and not any(stage in self.marking.open for stage in step.stages):
            needs.append(_least(self.way(Begins(stage)) for stage in step.stages))
        return _most([self.marking.on, *needs])

    def come(self, reference: Reference) -> date | None:
        if self.marking.holds(reference):
            return self.marking.on
        return _least(self.way(occasion, reference.or_time_up) for occasion in reference.any_of)

    def counted(self, part: Part) -> date | None:
        since = self._since(part)
        if since is None or isinstance(part, At):
            return since
        if part.direction is Direction.BEFORE:
            return self.marking.on
        marking, rules = self.marking, self.marking.book.counting
        paused, calendar = marking.paused_days(), marking.calendar
        return first_day(part.length, part.direction, since, calendar=calendar, rules=rules, paused=paused)

    def way(self, occasion: Occasion, or_time_up: bool = False) -> date | None:
        key = (occasion, or_time_up)
        if key not in self.looked:
            self.looked.add(key)
            day = self._way(occasion, or_time_up)
            self.is_still = self.is_still and day == self.found.get(key)
            self.found[key] = day
        return self.found.get(key)

    def _way(self, occasion: Occasion, or_time_up: bool) -> date | None:
        marking, book = self.marking, self.marking.book
        match occasion:
            case StepDone(step=name) | StepDue(step=name):
                step = book.steps[name]
                if not book.parties.issuperset(step.by):
                    return self.of(step)
                waits = isinstance(occasion, StepDue) or or_time_up
                return self._time_up(step) if waits else marking.on
            case Begins(stage=stage):
                return _least(self.of(step) for step in book.steps.values() if _begins(step, stage))
            case FixedDay(day=name):
                rule = book.days.get(name)
                bounds = [self.counted(p) for t in rule.not_before for p in parts_of(t)] if rule else []
                return _most([marking.on, *bounds])
            case _:
                return marking.on

    def _time_up(self, step: Step) -> date | None:
        """The day after a party's time, as it runs or would: of several the first, of parts the last."""
        if running := [*_ends_of_running(self.marking, step.name)]:
            return max(running)
        limits = self.marking.book.own_limits[step.name]
        if not limits:
            return self.marking.on
        ends = _least(_most(map(self._last, parts_of(self.marking.timing_of(limit)))) for limit in limits)
        return ends + ONE_DAY if ends is not None else None

    def _last(self, part: Part) -> date | None:
        since = self._since(part)
        if since is None or isinstance(part, At) or part.direction is Direction.BEFORE:
            return since
        marking, rules = self.marking, self.marking.book.counting
        paused, calendar = marking.paused_days(), marking.calendar
        return last_day(part.length, part.direction, since, calendar=calendar, rules=rules, paused=paused)

    def _since(self, part: Part) -> date | None:
        return self.marking.day_of(part.reference) or self.come(part.reference)


def _begins(step: Step, stage: str) -> bool:
    outcomes = (phrase for outcome in step.outcomes.values() for phrase in outcome.then)
    return any(begins(phrase.what) == stage for phrase in (*step.then, *outcomes))


def _least(ways: Iterable[date | None]) -> date | None:
    """Of several ways the first that there is."""
    return min((day for day in ways if day is not None), default=None)


def _most(needs: Iterable[date | None]) -> date | None:
    """Of everything that is needed the last; None where one of it cannot be had."""
    days = list(needs)
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None
