"""What is true of a case at one moment: section 3 of the format, "Marking", "In play" and "Enabled"."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from tests.timetable.reference.days import ONE, Days
from tests.timetable.reference.plain import PARTIES, Book, Claim, Occ, Part, Ref, Step, Test, Time


@dataclass(eq=False)
class Did:
    """An act. `n` says when among all that happened."""

    n: int
    on: date
    step: str
    outcome: str | None
    key: str | None
    by: str | None


@dataclass(eq=False)
class Ticking:
    """A clock, or one that waits for its party to be let in (`runs` False, `state` waiting)."""

    limit: str
    part: int
    step: str
    order: int
    key: str | None
    n: int  # when its trigger occurred
    times: Time
    from_: list["date | str | Ticking"]  # a day, the name of a fixed day, or a clock whose due day it is
    of_party: bool
    state: str = "waiting"
    original: date | None = None
    due: date | None = None
    up: date | None = None  # the due day that passed unmet
    breaches: list[date] = field(default_factory=list)
    more: list[tuple[date, date]] = field(default_factory=list)
    told: date | None = None  # no party's day is earlier than that
    along: int = 0
    for_day: str | None = None
    behind: tuple[tuple[str, int], ...] = ()
    replaced: list["Ticking"] = field(default_factory=list)

    @property
    def runs(self) -> bool:
        return self.state == "running"


class Asking:
    """The case as plain lists, and questions to it."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.today = date.min
        self.n = 0
        self.opened: date | None = None
        self.closed: date | None = None
        self.closed_as: str | None = None
        self.open: list[str] = []
        self.begun: dict[str, list[tuple[int, date]]] = {}
        self.ended: dict[str, list[tuple[int, date]]] = {}
        self.acts: list[Did] = []
        self.ended_steps: set[str] = set()
        self.shut: set[tuple[str, str | None]] = set()
        self.fixed: dict[str, date] = {}
        self.answers: dict[str, str] = {}
        self.pauses: list[tuple[str, date, date | None]] = []
        self.clocks: list[Ticking] = []
        self.said: list[tuple[str, str, date]] = []
        self.parties: list[str] = []
        self.allegations: list[str] = []

    # --- days --------------------------------------------------------------------------------------------

    def paused(self, day: date) -> bool:
        """A pause without an end is read as if it ended today."""
        return any(since <= day < (until or self.today) for _, since, until in self.pauses)

    def days(self, *, runs_on: bool = False) -> Days:
        return Days((lambda _: False) if runs_on else self.paused, self.book.rolls, self.book.short)

    # --- groups and rounds -------------------------------------------------------------------------------

    def members(self, step: Step) -> list[str]:
        if step.per == "allegation":
            return self.allegations
        own = {PARTIES[office] for office in step.by if office in PARTIES}
        return [tag for tag in self.parties if not own or tag in own]

    def round_since(self, step: Step) -> int:
        """Steps with several stages or none: since the case opened."""
        begun = self.begun.get(step.stages[0], []) if len(step.stages) == 1 else []
        return begun[-1][0] if begun else 0

    def done(self, occ: Occ) -> list[Did]:
        step = self.book.steps[occ.name]
        since = self.round_since(step)
        return [act for act in self.acts if act.step == occ.name and act.n > since and fits(occ, act)]

    # --- references --------------------------------------------------------------------------------------

    def holds(self, ref: Ref, key: str | None = None, per: str | None = None) -> bool:
        return any(self._came(occ, ref, key, per) for occ in ref.any_of)

    def _came(self, occ: Occ, ref: Ref, key: str | None, per: str | None) -> bool:
        match occ.kind:
            case "step":
                step = self.book.steps[occ.name]
                if step.per is None:
                    return bool(self.done(occ)) or (ref.time_up and self.out_of_time(occ.name, None))
                own = [key] if per == step.per and key is not None else self.members(step)
                if not ref.time_up and ref.which and per != step.per:
                    return bool(self.done(occ))
                return self._each(occ, own, time_up=ref.time_up)
            case "begins":
                return bool(self.begun.get(occ.name))
            case "ends":
                return bool(self.ended.get(occ.name))
            case "due":
                due = self.due_of(occ.name, key)
                return due is not None and due <= self.today
            case "day":
                return occ.name in self.fixed and self.fixed[occ.name] <= self.today
            case "opens":
                return self.opened is not None
            case _:
                return self.closed is not None

    def _each(self, occ: Occ, members: Iterable[str | None], *, time_up: bool) -> bool:
        """Each member has done it, or is out of time where that will do."""
        acts, members = self.done(occ), list(members)
        if not time_up and not acts:
            return False
        return (bool(members) or not time_up) and all(
            any(act.key in (None, key) for act in acts) or (time_up and self.out_of_time(occ.name, key))
            for key in members
        )

    def clocks_now(self, step: str, key: str | None) -> list[Ticking]:
        """The latest clock in this round of each of the step's own times (and for each member)."""
        since = self.round_since(self.book.steps[step])
        latest: dict[tuple[int, str | None], Ticking] = {}
        for clock in self.clocks:
            is_now = clock.limit == step and clock.state != "waiting" and clock.n >= since
            if is_now and (key is None or clock.key in (None, key)):
                latest[clock.part, clock.key] = clock
        return list(latest.values())

    def out_of_time(self, step: str, key: str | None) -> bool:
        return any(clock.up is not None for clock in self.clocks_now(step, key))

    def due_of(self, step: str, key: str | None) -> date | None:
        dues = [c.due for c in self.clocks_now(step, key) if c.state not in ("restarted", "fell away")]
        return max((due for due in dues if due), default=None)

    def day_of(self, ref: Ref, key: str | None = None, per: str | None = None) -> date | None:
        found = [day for occ in ref.any_of for day in self._days_of(occ, ref, key, per)]
        return (min(found) if ref.which == "first" else max(found)) if found else None

    def _days_of(self, occ: Occ, ref: Ref, key: str | None, per: str | None) -> list[date]:
        match occ.kind:
            case "step":
                if not self._came(occ, ref, key, per):
                    return []
                same = per is not None and self.book.steps[occ.name].per == per
                days = [act.on for act in self.done(occ) if not same or act.key in (None, key)]
                return days or [c.up for c in self.clocks if c.step == occ.name and c.up]
            case "begins" | "ends":
                when = (self.begun if occ.kind == "begins" else self.ended).get(occ.name, [])
                return [on for _, on in when[-1:]]
            case "due":
                due = self.due_of(occ.name, key)
                return [due] if due else []
            case "day":
                return [self.fixed[occ.name]] if occ.name in self.fixed else []
            case kind:
                day = self.opened if kind == "opens" else self.closed
                return [day] if day else []

    # --- tests -------------------------------------------------------------------------------------------

    def test(self, test: Test) -> bool:
        return all(any(self.claim(claim) for claim in some) for some in test)

    def claim(self, claim: Claim) -> bool:
        match claim.kind:
            case "question":
                found = self.answers.get(claim.name, self.book.questions[claim.name][0]) == claim.answer
            case "open":
                found = claim.name in self.open
            case "owed":
                found = self.owed(claim.name) or self._to_be_owed(self.book.steps[claim.name])
            case _:
                assert claim.ref is not None
                found = self.holds(claim.ref)
        return found is not claim.no

    def owed(self, step: str, key: str | None = None) -> bool:
        return any(c.runs and c.step == step and (key is None or c.key in (None, key)) for c in self.clocks)

    def _to_be_owed(self, step: Step) -> bool:
        """A party's time not begun, for an office still owes that party what it counts from."""
        if step.per != "party" or not self.in_play(step):
            return False
        refs = [part.ref for time in self.times_of(step.name, step) for part in time]
        froms = [o.name for ref in refs for o in ref.any_of if o.kind == "step"]
        return any(
            self.owed(name, key)
            and not self.is_shut(step, key)
            and not self._each(Occ("step", step.name), [key], time_up=True)
            for name in froms
            if self.book.steps[name].per == "party"
            for key in self.members(step)
        )

    # --- play and doors ----------------------------------------------------------------------------------

    def in_play(self, step: Step) -> bool:
        if self.opened is None:
            return step.name == "receive"
        if self.closed is not None:
            return step.closed_too
        return step.name not in self.ended_steps and (
            not step.stages or any(stage in self.open for stage in step.stages)
        )

    def is_shut(self, step: Step, key: str | None) -> bool:
        return (step.name, key) in self.shut or (step.name, None) in self.shut

    def may_act(self, step: Step, key: str | None) -> bool:
        """Whether a party is not barred; days still to come put its time off, and bar nobody."""
        return (
            self.in_play(step)
            and not self.is_shut(step, key)
            and all(self.holds(ref, key, step.per) for ref in step.after)
            and self.test(step.only_if)
            and all(self.earliest(time, key, step.per) is not None for time in step.not_before)
        )

    def earliest(self, time: Time, key: str | None, per: str | None) -> date | None:
        days: list[date] = []
        for part in time:
            since = self.day_of(part.ref, key, per)
            if since is None:
                return None
            counted = part.n and self.days().first(part.n, part.unit, part.way, since)
            days.append(counted or since)
        return max(days)

    def times_of(self, limit: str, step: Step) -> tuple[Time, ...]:
        """The step's own times (or those of a limit of another name) as the answers now have them."""
        if limit != step.name:
            return tuple(each.within for each in self.book.limits if each.name == limit)
        for instead in step.instead:
            if instead.within and self.test(instead.when):
                return instead.within
        return step.within

    def offices(self, step: Step, key: str | None) -> tuple[str, ...]:
        by = next((i.by for i in step.instead if i.by and self.test(i.when)), step.by)
        if step.per == "party" and key in self.parties:
            return tuple(o for o in by if PARTIES.get(o, key) == key) or by
        return by

    def enabled(self, step: Step, key: str | None, outcome: str | None) -> bool:
        if not self.in_play(step) or self.is_shut(step, key):
            return False
        done = [act for act in self.done(Occ("step", step.name)) if key is None or act.key in (None, key)]
        if step.times is not None and len(done) >= step.times and not self.owed(step.name, key):
            return False
        return (
            all(self.holds(ref, key, step.per) for ref in step.after)
            and self._trigger_came(step, key)
            and all(self._may_be(time, key, step.per) for time in step.not_before)
            and self.test(step.only_if)
            and all(self.holds(r, key, step.per) for r in step.outcome_after.get(outcome or "", ()))
        )

    def _may_be(self, time: Time, key: str | None, per: str | None) -> bool:
        earliest = self.earliest(time, key, per)
        return earliest is not None and earliest <= self.today

    def _trigger_came(self, step: Step, key: str | None) -> bool:
        """At least one in a list, all in `later_of`; not for `before` and `is due`."""
        needed = [
            [p for p in time if p.way != "before" and not any(o.kind == "due" for o in p.ref.any_of)]
            for time in self.times_of(step.name, step)
        ]
        came = [[self._part_came(part, key, step.per) for part in parts] for parts in needed]
        return not came or any(all(each) for each in came)

    def _part_came(self, part: Part, key: str | None, per: str | None) -> bool:
        if part.n is None:
            return self.day_of(part.ref, key, per) is not None
        return self.holds(part.ref, key, per)

    def all_steps(self) -> Iterator[tuple[Step, str | None, str | None]]:
        """Each step for each member with each outcome."""
        for step in self.book.steps.values():
            for key in self.members(step) if step.per else [None]:
                for outcome in step.outcomes or [None]:
                    yield step, key, outcome


def fits(occ: Occ, act: Did) -> bool:
    return act.step == occ.name and occ.outcome in (None, act.outcome) and occ.by in (None, act.by)


__all__ = ["ONE", "Asking", "Did", "Ticking", "fits"]
