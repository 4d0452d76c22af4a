"""Starting, stopping and releasing the clocks of one run."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from duly.rulebook.phrases import Counted, Direction, Part, Reference, Which
from duly.rulebook.steps import Limit, Per, Step
from duly.timetable.clock import Anchor, Clock, ClockState, OnClock, OnDay, with_clocks
from duly.timetable.counted_from import anchors, no_earlier
from duly.timetable.due_day import UNCOUNTABLE, by_rule, due_instant, last_day_of, reckon
from duly.timetable.marking import Act, Marking, is_protected
from duly.timetable.triggers import Occurrence, part_for

ONE_DAY = timedelta(days=1)
_NOBODY: tuple[str | None, ...] = (None,)  # of a step without a group: nobody in particular


@dataclass(slots=True, eq=False, kw_only=True)
class _Start:
    """A clock about to start; of a party that may not yet act it waits, and no time runs."""

    limit: Limit
    key: str | None
    parts: tuple[Part, ...]
    anchors: tuple[Anchor, ...]
    occurrence: Occurrence
    replaces: tuple[Clock, ...] = ()  # the clocks that a later occurrence of their trigger stopped
    for_day: str | None = None


@dataclass(slots=True)
class Clockwork:
    """The clocks of one marking while it is being made."""

    marking: Marking
    running: list[Clock] = field(default_factory=list[Clock])
    quiet_until: date = date.min  # nothing runs out or is over on an earlier day; `min`: not looked yet
    _waiting: list[_Start] = field(default_factory=list[_Start])
    _queue: list[Occurrence] = field(default_factory=list[Occurrence])
    _unsure: list[Clock] = field(default_factory=list[Clock])  # started since it was looked what falls away
    _conditioned: list[Clock] = field(default_factory=list[Clock])  # those of parties on `book.conditioned`
    _started: dict[tuple[int, str | None], list[Clock]] = field(
        default_factory=dict[tuple[int, str | None], list[Clock]]
    )
    _seq: int = 0

    def next_seq(self) -> int:
        self._seq += 1
        return self._seq

    def go_on_from(self, other: "Clockwork", copies: Mapping[Clock, Clock]) -> None:
        """Take over where `other` stands between two facts, with these clocks in the place of its own."""
        self.running = [copies[clock] for clock in other.running]
        self._unsure = [copies[clock] for clock in other._unsure if clock.is_running]
        self._conditioned = [copies[clock] for clock in other._conditioned]
        self.quiet_until, self._seq = other.quiet_until, other._seq
        self._waiting = [
            replace(
                each,
                anchors=with_clocks(each.anchors, copies),
                replaces=tuple(copies.get(clock, clock) for clock in each.replaces),
            )
            for each in other._waiting
        ]
        self._started = {
            name: [copies.get(clock, clock) for clock in clocks] for name, clocks in other._started.items()
        }

    # --- due days ----------------------------------------------------------------------------------------

    def due(self, clock: Clock) -> date | None:
        if not clock.settled:
            clock.due, clock.uncounted = None, None
            try:
                clock.reckoned = reckon(self.marking, clock)
                clock.due = last_day_of(clock, clock.reckoned)
                clock.due_at = due_instant(clock, clock.reckoned, clock.due)
            except UNCOUNTABLE as error:
                clock.uncounted = str(error)
            clock.settled = True
            if clock.original_due is None:
                clock.original_due = by_rule(clock)
            if clock.due is not None and clock.ran_out_on is None:
                is_awaited = clock.limit.step in self.marking.book.last_days_awaited
                self.look_on(clock.due - ONE_DAY if is_awaited else clock.due)
        return clock.due

    def look_on(self, day: date) -> None:
        """At the end of this day something may run out or be over."""
        if day < self.quiet_until:
            self.quiet_until = day

    def recount(self) -> None:
        """Something that days depend on has changed: count every running clock afresh when next asked."""
        for clock in self.running:
            clock.settled = False
        self.quiet_until = date.min

    def retime(self, *, on: date) -> None:
        """Times and offices may be others now (an answer, a fast track): same start, new length."""
        for clock in self.running:
            parts = self.marking.parts_of(clock.limit)
            if len(parts) == len(clock.parts):
                clock.parts = parts
            clock.offices = self.marking.offices_of(self.marking.book.steps[clock.step], clock.key)
        for start in self._waiting:
            parts = self.marking.parts_of(start.limit)
            if len(parts) == len(start.parts):
                start.parts = parts
        self.recount()
        self.run_again(on=on)

    def run_again(self, *, on: date) -> None:
        """Late, and given more time: it runs again, the breach stays recorded, what followed stays."""
        for clock in self.running:
            if clock.ran_out_on is not None and (due := self.due(clock)) is not None and due >= on:
                clock.ran_out_on = None

    def hold_to_what_was_told(self) -> None:
        """Nothing moves a party's day earlier than it was told (rulebook-format 3)."""
        for clock in self.running:
            if clock.is_party:
                told = self.due(clock)
                clock.floor = max(filter(None, (clock.floor, told)), default=None)

    # --- ending ------------------------------------------------------------------------------------------

    def stop(self, clock: Clock, state: ClockState, *, on: date, place: int | None) -> None:
        self.due(clock)
        clock.state, clock.ended_on, clock.ended_by = state, on, place
        self.running.remove(clock)
        if clock in self._conditioned:
            self._conditioned.remove(clock)
        if state is ClockState.DONE:
            self._queue_due(clock, on=on, place=place, is_over=True)

    def meet(self, act: Act) -> None:
        """The act meets every running clock of its step and key."""
        for clock in list(self.running):
            if clock.limit.step == act.step and (act.key is None or clock.key in (act.key, None)):
                self.stop(clock, ClockState.DONE, on=act.on, place=act.place)
                if clock.due_at is not None:
                    clock.ended_at = self.marking.instant_of(act.place, act.on)

    def meet_day(self, name: str, *, on: date, place: int | None) -> None:
        """The day that somebody had to fix afresh is fixed, by whichever step."""
        for clock in list(self.running):
            if clock.for_day == name:
                self.stop(clock, ClockState.DONE, on=on, place=place)

    def fall_away(self, *, on: date, place: int | None) -> None:
        """Clocks of steps that have just gone out of play fall away; beginning again revives none."""
        self._unsure.clear()
        self._let_fall(list(self.running), on=on, place=place)

    def doubt_all(self) -> None:
        """What runs may no longer run, for another reason than what `fall_away` is called for."""
        self._unsure = list(self.running)
        conditioned = self.marking.book.conditioned
        self._conditioned = [clock for clock in self.running if clock.is_party and clock.step in conditioned]

    def _fall_away_besides(self, *, on: date, place: int | None) -> None:
        """The same where nothing has gone out of play since `fall_away`.

        A clock that started may fall at once, and what lets a party act or bars it may be anything.
        """
        unsure, self._unsure = self._unsure, []
        if self._conditioned:
            unsure = [*(clock for clock in self._conditioned if clock not in unsure), *unsure]
        self._let_fall(unsure, on=on, place=place)

    def _let_fall(self, clocks: list[Clock], *, on: date, place: int | None) -> None:
        steps = self.marking.book.steps
        for clock in clocks:
            if clock.is_running and not self._still_runs(clock, steps[clock.limit.step]):
                self.stop(clock, ClockState.FELL_AWAY, on=on, place=place)

    def _still_runs(self, clock: Clock, step: Step) -> bool:
        marking = self.marking
        if marking.is_shut(step, clock.key):
            return False
        if clock.is_party:
            return self.may_act(step, clock.key)
        if marking.closed_on is not None:
            return step.even_when_closed
        if step.name in marking.ended_steps:
            return False
        if marking.is_open(step):
            return True
        # Not begun yet is no excuse; ended since the clock started is the end of it.
        return not any(
            ended[-1][0] > clock.trigger_seq for stage in step.stages if (ended := marking.ended.get(stage))
        )

    def may_act(self, step: Step, key: str | None) -> bool:
        """Whether the party may do it, leaving aside days that are still to come."""
        marking = self.marking
        if not marking.in_play(step, key) or marking.is_shut(step, key):
            return False
        return step.name not in marking.book.conditioned or (
            all(marking.holds(ref, key=key, per=step.per) for ref in step.after)
            and marking.test(step.only_if)
            and all(marking.earliest(t, key=key, per=step.per) is not None for t in step.not_before)
        )

    # --- starting ----------------------------------------------------------------------------------------

    def queue(self, occurrence: Occurrence) -> None:
        self._queue.append(occurrence)

    def work_through(self, *, on: date, place: int | None) -> None:
        """Start what the queued occurrences start, let fall what may no longer run, until all is still."""
        while self._queue:
            occurrence = self._queue.pop(0)
            for limit in self.marking.book.limits_by_occasion.get((occurrence.kind, occurrence.name), ()):
                self._trigger(limit, occurrence)
        if self._waiting:
            self._release(on=on, place=place)
        if self._unsure or self._conditioned:
            self._fall_away_besides(on=on, place=place)  # also what an act that ended its own stage began
        if self._queue:
            self.work_through(on=on, place=place)
        if self.marking.ordered:
            self.recount()  # a day that was ordered gives way to a party's time that began
        if self._conditioned:
            self._recount_first_days()

    def _recount_first_days(self) -> None:
        """A party's first day may be another now, and with it its last: told at once, and held to."""
        for clock in self._conditioned:
            if self.marking.book.steps[clock.step].not_before:
                told, clock.settled = clock.due, False
                if self.due(clock) != told:
                    self.recount()  # others may count from that last day

    def join(self, per: Per, key: str, *, on: date, place: int | None) -> None:
        """A group gains a member: what already runs for the others starts for it, from the day it joined."""
        marking = self.marking
        joined = Occurrence(kind="joins", name="", seq=self.next_seq(), on=on, place=place)
        for limit in marking.book.limits:
            step = marking.book.steps[limit.step]
            if step.per is not per or key not in marking.members(step) or step.name in marking.ended_steps:
                continue
            if marking.is_shut(step, key) or (marking.is_over(step) and not marking.in_play(step, key)):
                continue
            self._start_since(limit, key, joined)

    def _start_since(self, limit: Limit, key: str | None, now: Occurrence) -> None:
        """Start it for this member if what it counts from has come; counted from this day at the earliest."""
        parts = self.marking.parts_of(limit)
        found = anchors(self.marking, limit, parts, key, now)
        if found is not None:
            since = no_earlier(found, now.on)
            self._start(_Start(limit=limit, key=key, parts=parts, anchors=since, occurrence=now))

    def owe_again(self, name: str, *, since: date) -> None:
        """A pause voided a day: who fixed it owes another, in the time of that step, paused days left out.

        Without this nobody would owe anything with a date, and the case could lie for ever.
        """
        marking = self.marking
        voided = Occurrence(kind="voided", name=name, seq=self.next_seq(), on=since, place=None)
        for limit in marking.book.limits:
            step = marking.book.steps[limit.step]
            if name in step.sets and marking.in_play(step) and marking.acts_in_round(step):
                parts = marking.parts_of(limit)
                from_then = tuple(OnDay(since) for _ in parts)
                self._start(
                    _Start(
                        limit=limit, key=None, parts=parts, anchors=from_then, occurrence=voided, for_day=name
                    )
                )

    def _trigger(self, limit: Limit, occurrence: Occurrence) -> None:
        step = self.marking.book.steps[limit.step]
        if self.marking.closed_on is not None and not step.even_when_closed:
            return
        if occurrence.clock is not None and not _may_start_from_due(limit, occurrence):
            return
        parts = self.marking.parts_of(limit)
        part = part_for(parts, occurrence)
        if part is None:
            return
        for key in self._keys(step, part.reference, occurrence):
            self._trigger_for(limit, key, parts, part, occurrence)

    def _keys(self, step: Step, ref: Reference, occurrence: Occurrence) -> tuple[str | None, ...]:
        """The members for whom this occurrence starts a clock (`None`: the step has no group)."""
        marking = self.marking
        other = marking.book.steps[occurrence.name].per if occurrence.kind in ("step", "up", "due") else None
        if other is not None and other is step.per:
            members = marking.members(step)
            if occurrence.key is None:
                return members
            return (occurrence.key,) if occurrence.key in members else ()
        if other is not None and ref.which is Which.UNSAID and not marking.holds(ref):
            return ()  # a trigger with a group, a limit without: counted from the last of them
        return marking.members(step) if step.per is not None else _NOBODY

    def _trigger_for(
        self, limit: Limit, key: str | None, parts: tuple[Part, ...], part: Part, occurrence: Occurrence
    ) -> None:
        latest = part.reference.which is Which.LATEST
        if not latest and self._has_started(limit, key, occurrence):
            return
        found = anchors(self.marking, limit, parts, key, occurrence, trigger=part)
        if found is None:
            return
        replaces = self._give_way(limit, key, occurrence) if latest else ()
        self._start(
            _Start(limit=limit, key=key, parts=parts, anchors=found, occurrence=occurrence, replaces=replaces)
        )

    def _give_way(self, limit: Limit, key: str | None, occurrence: Occurrence) -> tuple[Clock, ...]:
        """Stop the clock that runs of this limit, or waits: what it was is what the new one replaces."""
        found = [clock for clock in self.running if clock.limit is limit and clock.key == key]
        for clock in found:
            self.stop(clock, ClockState.RESTARTED, on=occurrence.on, place=occurrence.place)
        if not self._waiting:
            return tuple(found)
        waiting = [each for each in self._waiting if each.limit is limit and each.key == key]
        self._waiting = [each for each in self._waiting if each not in waiting]
        return (*found, *(clock for each in waiting for clock in each.replaces))

    def _has_started(self, limit: Limit, key: str | None, occurrence: Occurrence) -> bool:
        """Whether this limit runs already, or has run in the round of its trigger."""
        since = self._round_of(occurrence)
        order = self.marking.book.places_of_limits[limit.name, limit.part]
        for clock in self._started.get((order, key), ()):
            if clock.trigger_seq > since or clock.is_running:
                return True
        return bool(self._waiting) and any(
            w.limit is limit and w.key == key and w.occurrence.seq > since for w in self._waiting
        )

    def _round_of(self, occurrence: Occurrence) -> int:
        if occurrence.kind in ("begins", "ends"):
            return occurrence.seq - 1  # each beginning is a round of its own
        step = self.marking.book.steps.get(occurrence.step or occurrence.name)
        return self.marking.round_of(step) if step is not None else 0

    def _start(self, start: _Start) -> None:
        offices = self.marking.offices_of(self.marking.book.steps[start.limit.step], start.key)
        if self.marking.book.parties.issuperset(offices):
            self._waiting.append(start)
        else:
            self._run(start, offices, is_party=False)

    def _release(self, *, on: date, place: int | None) -> None:
        """A party's clock starts at the later of the trigger and the day the party may act."""
        still: list[_Start] = []
        for start in self._waiting:
            step = self.marking.book.steps[start.limit.step]
            if self.may_act(step, start.key):
                start.anchors = no_earlier(start.anchors, on)
                self._run(start, self.marking.offices_of(step, start.key), is_party=True)
            else:
                still.append(start)
        self._waiting = still

    def _run(self, start: _Start, offices: tuple[str, ...], *, is_party: bool) -> None:
        marking, occurrence = self.marking, start.occurrence
        step = marking.book.steps[start.limit.step]
        before = 0
        for part in start.parts:
            before += isinstance(part, Counted) and part.direction is Direction.BEFORE
        clock = Clock(
            limit=start.limit,
            key=start.key,
            offices=offices,
            is_party=is_party,
            parts=start.parts,
            anchors=start.anchors,
            started_on=marking.on if before == len(start.parts) else _started_on(start),
            trigger_seq=occurrence.seq,
            order=marking.book.places_of_limits[start.limit.name, start.limit.part],
            protects=is_protected(step),
            started_by=occurrence.place,
            for_day=start.for_day,
        )
        marking.add_clock(clock)
        self.running.append(clock)
        self._unsure.append(clock)
        if is_party and clock.step in marking.book.conditioned:
            self._conditioned.append(clock)
        self._started.setdefault((clock.order, clock.key), []).append(clock)
        if start.replaces:
            self._take_the_place(clock, start.replaces)
        self.due(clock)
        if before:
            self._met_before(clock)
        self._queue_due(clock, on=occurrence.on, place=occurrence.place, occurred=occurrence)

    def _take_the_place(self, clock: Clock, of: tuple[Clock, ...]) -> None:
        """What counts from the last day of the clocks replaced counts from this one's.

        Their extensions are gone; but a party keeps the day it was told, for nothing moves that earlier.
        """
        told = [old.due for old in of if old.is_party and old.due is not None]
        if clock.is_party and told:
            clock.floor = max(told)
        for other in self.running:
            if any(isinstance(a, OnClock) and a.clock in of for a in other.anchors):
                other.anchors = tuple(
                    OnClock(clock) if isinstance(a, OnClock) and a.clock in of else a for a in other.anchors
                )
                self.recount()  # and others may count from that one's

    def _queue_due(
        self,
        clock: Clock,
        *,
        on: date,
        place: int | None,
        occurred: Occurrence | None = None,
        is_over: bool = False,
    ) -> None:
        """A last day that others may count from: it is known from now on, or its clock is met (`is_over`)."""
        if ("due", clock.limit.step) not in self.marking.book.limits_by_occasion:
            return
        self.queue(
            Occurrence(
                kind="due",
                name=clock.step,
                seq=self.next_seq(),
                on=on,
                place=place,
                key=clock.key,
                clock=clock,
                via=(*occurred.via, clock.limit) if occurred else (),
                is_over=is_over,
            )
        )

    def _met_before(self, clock: Clock) -> None:
        """A `before` limit is met by any earlier act in the round, though the day was fixed later."""
        act = self.marking.last_act(clock.step, clock.key)
        if act is not None:
            self.stop(clock, ClockState.DONE, on=act.on, place=act.place)


def _may_start_from_due(limit: Limit, occurrence: Occurrence) -> bool:
    """Counted from a last day, a clock starts with the clock that has it; from its own, when that is met.

    Two limits that count from each other's last day start each other once and no more.
    """
    own = occurrence.clock is not None and occurrence.clock.limit is limit
    return own if occurrence.is_over else all(limit is not each for each in occurrence.via)


def _started_on(start: _Start) -> date:
    """The day time is counted from."""
    found: date | None = None
    for anchor in start.anchors:
        if isinstance(anchor, OnDay) and (found is None or anchor.day > found):
            found = anchor.day
    return start.occurrence.on if found is None else found
