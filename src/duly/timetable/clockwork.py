"""Starting, counting and ending the clocks of one run."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duly.rulebook.phrases import At, Counted, Direction, FixedDay, Part, Reference, Timing, Which
from duly.rulebook.steps import Limit, Per, Step
from duly.timetable.clock import Anchor, Clock, ClockState, OnClock, OnDay, OnFixedDay
from duly.timetable.counting import last_day
from duly.timetable.marking import Act, Marking, is_protected, parts_of
from duly.timetable.triggers import Occurrence, is_of, part_for, triggers_of
from duly.vocabulary import Length, Period, Unit


@dataclass(slots=True, kw_only=True)
class _Waiting:
    """A party's trigger has come, but the party may not yet act: its time does not run."""

    limit: Limit
    key: str | None
    parts: tuple[Part, ...]
    anchors: tuple[Anchor, ...]
    occurrence: Occurrence


class Clockwork:
    """The clocks of one marking while it is being made."""

    def __init__(self, marking: Marking) -> None:
        self.marking = marking
        self.running: list[Clock] = []
        self._waiting: list[_Waiting] = []
        self._queue: list[Occurrence] = []
        self._seq = 0
        self._triggers = triggers_of(marking.book)

    def next_seq(self) -> int:
        self._seq += 1
        return self._seq

    # --- due days ----------------------------------------------------------------------------------------

    def due(self, clock: Clock) -> date | None:
        if not clock.settled:
            clock.due = self._count(clock)
            clock.settled = True
        return clock.due

    def recount(self) -> None:
        """Something that days depend on has changed: count every running clock afresh when next asked."""
        for clock in self.running:
            clock.settled = False

    def retime(self, clock: Clock) -> None:
        """The limit's time may be another now (an answer, a fast track): same start, new length."""
        parts = parts_of(self.marking.timing_of(clock.limit))
        if len(parts) == len(clock.parts):
            clock.parts = parts

    def hold_to_what_was_told(self) -> None:
        """Nothing moves a party's day earlier than it was told (rulebook-format 3)."""
        for clock in self.running:
            if clock.is_party:
                told = self.due(clock)
                clock.floor = max(filter(None, (clock.floor, told)), default=None)

    def _count(self, clock: Clock) -> date | None:
        paused = () if clock.protects else self.marking.paused_days()
        days: list[date] = []
        for part, anchor in zip(clock.parts, clock.anchors, strict=True):
            day = self._count_part(part, anchor, paused, clock.shift)
            if day is None:
                return None
            days.append(day)
        due = max(days)
        for granted_on, until in clock.extensions:
            due = max(due, self._moved(granted_on, until, paused))
        return max(due, clock.floor) if clock.floor is not None else due

    def _count_part(self, part: Part, anchor: Anchor, paused: tuple[Period, ...], shift: int) -> date | None:
        match anchor:
            case OnDay(day=day):
                start: date | None = day
            case OnFixedDay(name=name):
                start, shift = self.marking.days.get(name), 0
            case OnClock(clock=other):
                start = self.due(other)
        if start is None or isinstance(part, At):
            return start
        due = self._last_day(part.length, part.direction, start, paused)
        return self._last_day(Length(shift, Unit.DAYS), Direction.AFTER, due) if shift else due

    def _moved(self, granted_on: date, until: date, paused: tuple[Period, ...]) -> date:
        """The day an extension names, moved by paused days that come after the grant."""
        later = tuple(p for p in paused if p.since >= granted_on)
        if not later:
            return until
        return self._last_day(
            Length((until - granted_on).days, Unit.DAYS), Direction.AFTER, granted_on, later
        )

    def _last_day(
        self, length: Length, direction: Direction, start: date, paused: tuple[Period, ...] = ()
    ) -> date:
        return last_day(
            length,
            direction,
            start,
            calendar=self.marking.calendar,
            rules=self.marking.book.counting,
            paused=paused,
        )

    # --- ending ------------------------------------------------------------------------------------------

    def stop(self, clock: Clock, state: ClockState, *, on: date, place: int | None) -> None:
        self.due(clock)
        clock.state, clock.ended_on, clock.ended_by = state, on, place
        self.running.remove(clock)

    def meet(self, act: Act) -> None:
        """The act meets every running clock of its step and key."""
        for clock in list(self.running):
            if clock.step == act.step and (act.key is None or clock.key in (act.key, None)):
                self.stop(clock, ClockState.DONE, on=act.on, place=act.place)

    def fall_away(self, *, on: date, place: int | None) -> None:
        """Clocks of steps that have just gone out of play fall away; beginning again revives none."""
        for clock in list(self.running):
            step = self.marking.book.steps[clock.step]
            if not self._still_runs(clock, step):
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
        if not step.stages or any(stage in marking.open for stage in step.stages):
            return True
        # Not begun yet is no excuse; ended since the clock started is the end of it.
        return not any(
            ended[-1][0] > clock.trigger_seq for stage in step.stages if (ended := marking.ended.get(stage))
        )

    def may_act(self, step: Step, key: str | None) -> bool:
        """Whether the party may do it, leaving aside days that are still to come."""
        marking = self.marking
        return (
            marking.in_play(step)
            and not marking.is_shut(step, key)
            and all(marking.holds(ref, key=key, per=step.per) for ref in step.after)
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
            for limit in self._triggers.get((occurrence.kind, occurrence.name), ()):
                self._trigger(limit, occurrence)
        self._release(on=on, place=place)
        self.fall_away(on=on, place=place)
        if self._queue:
            self.work_through(on=on, place=place)

    def join(self, per: Per, key: str, *, on: date, place: int | None) -> None:
        """A group gains a member: what already runs for the others starts for it, from the day it joined."""
        marking = self.marking
        for limit in marking.book.limits:
            step = marking.book.steps[limit.step]
            if step.per is not per or key not in marking.members(step) or not marking.in_play(step):
                continue
            parts = parts_of(marking.timing_of(limit))
            days = [marking.day_of(part.reference, key=key, per=per) for part in parts]
            if all(day is not None for day in days):
                anchors = tuple(OnDay(max(day, on)) for day in days if day is not None)
                self._start(limit, key, parts, anchors, self._joined(on, place))

    def _joined(self, on: date, place: int | None) -> Occurrence:
        return Occurrence(kind="joins", name="", seq=self.next_seq(), on=on, place=place)

    def _trigger(self, limit: Limit, occurrence: Occurrence) -> None:
        step = self.marking.book.steps[limit.step]
        if self.marking.closed_on is not None and not step.even_when_closed:
            return
        timing = self.marking.timing_of(limit)
        part = part_for(timing, occurrence)
        if part is None:
            return
        for key in self._keys(step, part.reference, occurrence):
            self._trigger_for(limit, key, timing, part.reference, occurrence)

    def _keys(self, step: Step, ref: Reference, occurrence: Occurrence) -> Iterator[str | None]:
        """The members for whom this occurrence starts a clock (`None`: the step has no group)."""
        marking = self.marking
        other = marking.book.steps[occurrence.name].per if occurrence.kind in ("step", "up", "due") else None
        members = marking.members(step)
        if other is not None and other is step.per:
            if occurrence.key is None:
                yield from members
            elif occurrence.key in members:
                yield occurrence.key
            return
        if other is not None and ref.which is Which.UNSAID and not self._complete(ref):
            return  # a trigger with a group, a limit without: counted from the last of them
        if step.per is None:
            yield None
        else:
            yield from members

    def _complete(self, ref: Reference) -> bool:
        return self.marking.holds(ref)

    def _trigger_for(
        self, limit: Limit, key: str | None, timing: Timing, ref: Reference, occurrence: Occurrence
    ) -> None:
        latest = ref.which is Which.LATEST
        if not latest and self._has_started(limit, key, occurrence):
            return
        parts = parts_of(timing)
        anchors = self._anchors(parts, key, limit, occurrence)
        if anchors is None:
            return
        if latest:
            for clock in list(self.running):
                if clock.limit is limit and clock.key == key:
                    self.stop(clock, ClockState.RESTARTED, on=occurrence.on, place=occurrence.place)
            self._waiting = [w for w in self._waiting if w.limit is not limit or w.key != key]
        self._start(limit, key, parts, anchors, occurrence)

    def _has_started(self, limit: Limit, key: str | None, occurrence: Occurrence) -> bool:
        """Whether this limit runs already, or has run in the round of its trigger."""
        since = self._round_of(occurrence)
        return any(
            clock.limit is limit and clock.key == key and (clock.is_running or clock.trigger_seq > since)
            for clock in self.marking.clocks
        ) or any(w.limit is limit and w.key == key and w.occurrence.seq > since for w in self._waiting)

    def _round_of(self, occurrence: Occurrence) -> int:
        if occurrence.kind in ("step", "up", "due"):
            return self.marking.round_of(self.marking.book.steps[occurrence.name])
        if occurrence.kind in ("begins", "ends"):
            return occurrence.seq - 1  # each beginning is a round of its own
        return 0

    def _anchors(
        self, parts: tuple[Part, ...], key: str | None, limit: Limit, occurrence: Occurrence
    ) -> tuple[Anchor, ...] | None:
        step = self.marking.book.steps[limit.step]
        anchors: list[Anchor] = []
        for part in parts:
            if is_of(part.reference, occurrence):
                anchors.append(_anchor(occurrence))
                continue
            fixed = next((o for o in part.reference.any_of if isinstance(o, FixedDay)), None)
            if fixed is not None and fixed.day in self.marking.days:
                anchors.append(OnFixedDay(fixed.day))
                continue
            day = self.marking.day_of(part.reference, key=key, per=step.per)
            if day is None:
                return None  # no invented date: one part of `later_of` is not known yet
            anchors.append(OnDay(day))
        return tuple(anchors)

    def _start(
        self,
        limit: Limit,
        key: str | None,
        parts: tuple[Part, ...],
        anchors: tuple[Anchor, ...],
        occurrence: Occurrence,
    ) -> None:
        step = self.marking.book.steps[limit.step]
        offices = self.marking.offices_of(step)
        if all(office in self.marking.book.parties for office in offices):
            self._waiting.append(
                _Waiting(limit=limit, key=key, parts=parts, anchors=anchors, occurrence=occurrence)
            )
            return
        self._run(limit, key, parts, anchors, occurrence, is_party=False)

    def _release(self, *, on: date, place: int | None) -> None:
        """A party's clock starts at the later of the trigger and the day the party may act."""
        still: list[_Waiting] = []
        for waiting in self._waiting:
            step = self.marking.book.steps[waiting.limit.step]
            if not self.may_act(step, waiting.key):
                still.append(waiting)
                continue
            allowed = [self.marking.earliest(t, key=waiting.key, per=step.per) for t in step.not_before]
            opens_on = max([on, *filter(None, allowed)])
            anchors = tuple(
                OnDay(max(a.day, opens_on)) if isinstance(a, OnDay) else a for a in waiting.anchors
            )
            self._run(waiting.limit, waiting.key, waiting.parts, anchors, waiting.occurrence, is_party=True)
        self._waiting = still

    def _run(
        self,
        limit: Limit,
        key: str | None,
        parts: tuple[Part, ...],
        anchors: tuple[Anchor, ...],
        occurrence: Occurrence,
        *,
        is_party: bool,
    ) -> None:
        marking = self.marking
        step = marking.book.steps[limit.step]
        clock = Clock(
            limit=limit,
            key=key,
            offices=marking.offices_of(step),
            is_party=is_party,
            parts=parts,
            anchors=anchors,
            started_on=_started_on(parts, anchors, occurrence, marking.on),
            trigger_seq=occurrence.seq,
            order=marking.book.limits.index(limit),
            protects=is_protected(step),
            started_by=occurrence.place,
        )
        marking.clocks.append(clock)
        self.running.append(clock)
        clock.original_due = self.due(clock)
        if any(part.direction is Direction.BEFORE for part in clock.counts):
            self._met_before(clock)
        self.queue(
            Occurrence(
                kind="due",
                name=limit.step,
                seq=self.next_seq(),
                on=occurrence.on,
                place=occurrence.place,
                key=key,
                clock=clock,
            )
        )

    def _met_before(self, clock: Clock) -> None:
        """A `before` limit is met by any earlier act in the round, though the day was fixed later."""
        act = self.marking.last_act(clock.step, clock.key)
        if act is not None:
            self.stop(clock, ClockState.DONE, on=act.on, place=act.place)


def _anchor(occurrence: Occurrence) -> Anchor:
    if occurrence.kind == "day":
        return OnFixedDay(occurrence.name)
    if occurrence.kind == "due" and occurrence.clock is not None:
        return OnClock(occurrence.clock)
    return OnDay(occurrence.on)


def _started_on(
    parts: tuple[Part, ...], anchors: tuple[Anchor, ...], occurrence: Occurrence, on: date
) -> date:
    """The day time is counted from; of a limit that runs up to a day, the day on which that day was fixed."""
    if all(isinstance(part, Counted) and part.direction is Direction.BEFORE for part in parts):
        return on
    days = [anchor.day for anchor in anchors if isinstance(anchor, OnDay)]
    return max(days) if days else occurrence.on
