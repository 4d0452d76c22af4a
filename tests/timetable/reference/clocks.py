"""Clocks: section 3 of the format, "A clock starts" and "Due day", and what section 4 settles about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tests.timetable.reference.asking import ONE, Asking, Did, Ticking, fits
from tests.timetable.reference.days import closed
from tests.timetable.reference.plain import PARTIES, Book, Occ, Part, Ref, Step, Time


@dataclass(eq=False)
class Event:
    """Something a time may be counted from. `kind` is an occasion's, or up, or void."""

    kind: str
    name: str
    n: int
    on: date
    act: Did | None = None
    key: str | None = None
    setter: str | None = None
    clock: Ticking | None = None
    met: bool = False  # a last day that is known for good, for the clock is met
    behind: tuple[tuple[str, int], ...] = ()  # the times whose last days led to this one


class Clocks(Asking):
    """The clocks of a case, and the list of what has just occurred."""

    def __init__(self, book: Book) -> None:
        super().__init__(book)
        self.news: list[Event] = []
        # "By instant, then order in the file": a limit of another name stands with its step.
        self.limits: list[tuple[str, int, Step]] = []
        for name, step in book.steps.items():
            self.limits += [(name, part, step) for part in range(len(step.within))]
            self.limits += [(limit.name, 0, step) for limit in book.limits if limit.step == name]

    def next(self) -> int:
        self.n += 1
        return self.n

    # --- due days ----------------------------------------------------------------------------------------

    def count_all(self) -> None:
        for clock in self.clocks:
            if clock.runs:
                self.count(clock)

    def count(self, clock: Ticking) -> None:
        clock.due = self.due_now(clock)
        clock.original = clock.original or clock.due

    def due_now(self, clock: Ticking) -> date | None:
        step = self.book.steps[clock.step]
        days = self.days(runs_on=step.runs_on)
        dues: list[date] = []
        for part, start in zip(clock.times, clock.from_, strict=True):
            since = self._start_of(start)
            if since is None:
                return None
            if part.n is None:
                dues.append(since)
                continue
            if clock.of_party and part.way != "before":
                since = max([since, *self._first_days(step, clock.key)])
            due = days.last(part.n, part.unit, part.way, since)
            if clock.along and not isinstance(start, str):
                due += clock.along * ONE
                while days.paused(due) or (days.rolls and closed(due)):
                    due += ONE
            dues.append(due)
        unit = next((part.unit for part in clock.times if part.n is not None), "days")
        named = [days.named(until, granted, unit) for granted, until in clock.more]
        return max([max(dues), *named, *([clock.told] if clock.told else [])])

    def _start_of(self, start: "date | str | Ticking") -> date | None:
        if isinstance(start, str):
            return self.fixed.get(start)
        return self.due_now(start) if isinstance(start, Ticking) else start

    def _first_days(self, step: Step, key: str | None) -> list[date]:
        days = [self.earliest(time, key, step.per) for time in step.not_before]
        return [day for day in days if day is not None]

    # --- starting ----------------------------------------------------------------------------------------

    def start_what_starts(self) -> None:
        """New clocks start; parties that may now act have their time; what may no longer run falls away."""
        while True:
            while self.news:
                event = self.news.pop(0)
                for limit, part, step in self.limits:
                    self._hear(event, limit, part, step)
            self._let_parties_in()
            self.fall_away()
            if not self.news:
                return

    def _hear(self, event: Event, limit: str, at: int, step: Step) -> None:
        if self.closed is not None and not step.closed_too:
            return
        if event.clock is not None and event.met is not (
            event.clock.limit == limit and event.clock.part == at
        ):
            return
        if event.clock is not None and not event.met and (limit, at) in event.behind:
            return
        times = self.time_now(limit, at, step)
        heard = next((part for part in times if is_of(part.ref, event)), None)
        if heard is None:
            return
        for key in self._for_whom(event, heard.ref, step):
            if heard.ref.which != "latest" and self._had(event, limit, at, key):
                continue
            starts = [self._count_from(part, event, heard, step, key) for part in times]
            known = [start for start in starts if start is not None]
            if len(known) == len(starts):
                self._start(event, limit, at, step, key, times, known, latest=heard.ref.which == "latest")

    def time_now(self, limit: str, at: int, step: Step) -> Time:
        times = self.times_of(limit, step)
        return times[min(at, len(times) - 1)]

    def _for_whom(self, event: Event, ref: Ref, step: Step) -> Iterator[str | None]:
        """Same group on both: each from its own. Only the trigger has one: from the last, or as it says."""
        theirs = self.book.steps[event.name].per if event.kind in ("step", "up", "due") else None
        if theirs is not None and theirs == step.per:
            yield from [m for m in self.members(step) if event.key in (None, m)]
        elif theirs is None or ref.which or self.holds(ref):
            yield from self.members(step) if step.per else [None]

    def _had(self, event: Event, limit: str, at: int, key: str | None) -> bool:
        """Not the first: it runs, or it has started in this round."""
        if event.kind in ("begins", "ends"):
            since = event.n - 1
        else:
            trigger = self.book.steps.get(event.setter or event.name)
            since = self.round_since(trigger) if trigger else 0
        return any(
            (c.limit, c.part, c.key) == (limit, at, key) and (c.runs or c.n > since) for c in self.clocks
        )

    def _count_from(
        self, part: Part, event: Event, heard: Part, step: Step, key: str | None
    ) -> "date | str | Ticking | None":
        ref = part.ref
        if part is heard or is_of(ref, event):
            if event.kind == "day":
                return event.name
            if event.clock is not None:
                return event.clock
            if ref.which or event.act is None or event.act.key is None:
                return event.on
            return self.day_of(ref, key, step.per) or event.on
        fixed = next((o.name for o in ref.any_of if o.kind == "day" and o.name in self.fixed), None)
        return fixed or self.day_of(ref, key, step.per)

    def _start(
        self,
        event: Event,
        limit: str,
        at: int,
        step: Step,
        key: str | None,
        times: Time,
        starts: list["date | str | Ticking"],
        *,
        latest: bool = False,
        for_day: str | None = None,
    ) -> None:
        of_party = set(self.offices(step, key)) <= set(PARTIES)
        order = next(n for n, each in enumerate(self.limits) if each[:2] == (limit, at))
        clock = Ticking(limit, at, step.name, order, key, event.n, times, starts, of_party, for_day=for_day)
        clock.behind = (*event.behind, (limit, at))
        if latest:
            for old in list(self.clocks):
                if (old.limit, old.part, old.key) != (limit, at, key):
                    continue
                if old.runs:
                    clock.replaced.append(old)
                    self.stop(old, "restarted")
                elif old.state == "waiting":
                    clock.replaced += old.replaced
                    self.clocks.remove(old)
        self.clocks.append(clock)
        if not of_party:
            self._run(clock)

    def _let_parties_in(self) -> None:
        """A party's clock starts at the later of the trigger and the day the party may act."""
        for clock in [each for each in self.clocks if each.state == "waiting"]:
            if self.may_act(self.book.steps[clock.step], clock.key):
                clock.from_ = [max(day, self.today) if isinstance(day, date) else day for day in clock.from_]
                self.clocks.remove(clock)
                self.clocks.append(clock)  # they stand in the order in which they began to run
                self._run(clock)

    def _run(self, clock: Ticking) -> None:
        clock.state = "running"
        told = [old.due for old in clock.replaced if old.of_party and old.due]
        if clock.of_party and told:
            clock.told = max(told)
        for other in self.clocks:
            other.from_ = [clock if each in clock.replaced else each for each in other.from_]
        self.count(clock)
        if any(part.n is not None and part.way == "before" for part in clock.times):
            acts = self.done(Occ("step", clock.step))
            if any(clock.key is None or act.key in (None, clock.key) for act in acts):
                self.stop(clock, "done")
        self.news.append(
            Event(
                "due", clock.step, self.next(), self.today, None, clock.key, clock=clock, behind=clock.behind
            )
        )

    # --- ending ------------------------------------------------------------------------------------------

    def stop(self, clock: Ticking, state: str) -> None:
        clock.state = state
        if state == "done":
            event = Event("due", clock.step, self.next(), self.today, None, clock.key, clock=clock, met=True)
            self.news.append(event)

    def fall_away(self) -> None:
        for clock in self.clocks:
            if clock.runs and not self._may_run(clock, self.book.steps[clock.step]):
                self.stop(clock, "fell away")

    def _may_run(self, clock: Ticking, step: Step) -> bool:
        if clock.of_party:
            return self.may_act(step, clock.key)
        if self.is_shut(step, clock.key):
            return False
        if self.closed is not None:
            return step.closed_too
        if step.name in self.ended_steps:
            return False
        # An office's runs wherever the case stands, until a stage of its own ends.
        ends = [self.ended[stage][-1][0] for stage in step.stages if stage in self.ended]
        return any(stage in self.open for stage in step.stages) or all(n <= clock.n for n in ends)

    def run_again(self) -> None:
        """Late, and given more time: it runs again; the breach and what followed stay."""
        for clock in self.clocks:
            if clock.runs and clock.up is not None:
                self.count(clock)
                if clock.due is not None and clock.due >= self.today:
                    clock.up = None


def is_of(ref: Ref, event: Event) -> bool:
    return any(_is_it(occ, ref, event) for occ in ref.any_of)


def _is_it(occ: Occ, ref: Ref, event: Event) -> bool:
    if occ.kind == "step":
        if event.kind == "up":
            return ref.time_up and event.name == occ.name
        return event.kind == "step" and event.act is not None and fits(occ, event.act)
    return event.kind == occ.kind and event.name == occ.name
