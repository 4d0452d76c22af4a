"""The marking of a case on a day: what is open, done, owed and late, and how to ask it questions."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime

from duly.record.facts import PartyRole
from duly.record.fold import CaseState
from duly.rulebook.book import Rulebook
from duly.rulebook.phrases import (
    At,
    Begins,
    Condition,
    Counted,
    Direction,
    Ends,
    Event,
    FixedDay,
    IsDone,
    IsOpen,
    IsOwed,
    LaterOf,
    Occasion,
    Part,
    QuestionIs,
    Reference,
    StepDone,
    StepDue,
    Test,
    Timing,
    Which,
)
from duly.rulebook.steps import Is, Limit, Per, Step
from duly.timetable.adopted import Change, Effect
from duly.timetable.calendar import Calendar, DayOutsideCalendarError
from duly.timetable.clock import Clock, ClockState, ToBeDecided, copied
from duly.timetable.counting import CannotCountError, PausedDays, first_day
from duly.timetable.happened import Act, Closing, Happening, Irregular, matches
from duly.timetable.paused import Pauses
from duly.vocabulary import Period

__all__ = [
    "Act",
    "Closing",
    "Happening",
    "Irregular",
    "Marking",
    "is_protected",
    "is_trigger",
    "matches",
    "parts_of",
]

_TABLES = (
    *("open", "acts", "begun", "ended", "days", "fixed", "answers", "complaints", "joined", "allegations"),
    *("parties", "_clocks_of"),
)
_LISTS = ("pauses", "ordered", "happenings", "irregular", "effects")
_GONE = (ClockState.RESTARTED, ClockState.FELL_AWAY)


@dataclass(slots=True, eq=False, kw_only=True)
class Marking:
    """Where a case stands at the end of what happened by `on`. Made by `timetable.state.state`; read only.

    `book` and `calendar` are those that govern it on that day.
    """

    book: Rulebook
    calendar: Calendar
    case: CaseState
    on: date
    opened_on: date | None = None
    closed_on: date | None = None
    closed_as: str | None = None
    closed_by: Closing | None = None
    open: dict[str, date] = field(default_factory=dict[str, date])  # stage or measure -> begun on
    clocks: list[Clock] = field(default_factory=list[Clock])
    acts: dict[str, list[Act]] = field(default_factory=dict[str, list[Act]])
    begun: dict[str, list[tuple[int, date]]] = field(default_factory=dict[str, list[tuple[int, date]]])
    ended: dict[str, list[tuple[int, date]]] = field(default_factory=dict[str, list[tuple[int, date]]])
    ended_steps: set[str] = field(default_factory=set[str])
    shut: set[tuple[str, str | None]] = field(default_factory=set[tuple[str, str | None]])
    days: dict[str, date] = field(default_factory=dict[str, date])
    fixed: dict[str, list[date]] = field(default_factory=dict[str, list[date]])  # every day, in this round
    answers: dict[str, str] = field(default_factory=dict[str, str])
    pauses: list[tuple[str, Period]] = field(default_factory=list[tuple[str, Period]])
    fast_tracked_on: date | None = None
    ordered: list[ToBeDecided] = field(default_factory=list[ToBeDecided])  # by which days, in their order
    complaints: dict[str, date] = field(default_factory=dict[str, date])
    joined: dict[str, int] = field(default_factory=dict[str, int])  # complaint -> when, among all that was
    allegations: dict[str, date] = field(default_factory=dict[str, date])
    parties: dict[str, tuple[PartyRole, date]] = field(default_factory=dict[str, tuple[PartyRole, date]])
    happenings: list[Happening] = field(default_factory=list[Happening])
    irregular: list[Irregular] = field(default_factory=list[Irregular])
    pinned: tuple[Rulebook, Calendar] | None = None  # what the case opened under
    changes: tuple[Change, ...] = ()  # what the organisation adopted since, also for days to come
    effects: list[Effect] = field(default_factory=list[Effect])  # what became of the case by each
    _clocks_of: dict[str, list[Clock]] = field(default_factory=dict[str, list[Clock]])
    _paused: Pauses | None = field(init=False, default=None)

    def add_clock(self, clock: Clock) -> None:
        self.clocks.append(clock)
        self._clocks_of.setdefault(clock.limit.step, []).append(clock)

    def copied(self, case: CaseState, copies: Mapping[Clock, Clock]) -> "Marking":
        """The same of a case that may have more facts, to be moved on without this one; with these clocks."""
        found = copy(self)
        found.case = case
        for name in _TABLES:
            table: dict[str, object] = getattr(self, name)
            setattr(found, name, {key: copied(each, copies) for key, each in table.items()})
        for name in _LISTS:
            setattr(found, name, list(getattr(self, name)))
        found.clocks = [copies.get(each, each) for each in self.clocks]
        found.ended_steps, found.shut = set(self.ended_steps), set(self.shut)
        return found

    def go_under(self, book: Rulebook, calendar: Calendar) -> None:
        """Another edition or calendar governs from now on; stages keep their rounds under their new names."""
        for name, old in book.was.items():
            for of in (self.open, self.begun, self.ended):
                if book is not self.book and old in of:
                    of[name] = of.pop(old)  # type: ignore[assignment]  # the same table gives and takes
        self.book, self.calendar, self._paused = book, calendar, None

    def clocks_of(self, step: str) -> Sequence[Clock]:
        """Every clock that this step ever had, in the order in which they started."""
        return self._clocks_of.get(step, ())

    # --- groups ------------------------------------------------------------------------------------------

    def members(self, step: Step, *, by: str | None = None) -> tuple[str, ...]:
        """The keys of a step that has a `per` group, in the order in which they joined.

        `by` leaves only those who can do it in that party's office.
        """
        match step.per:
            case None:
                return ()
            case Per.COMPLAINT:
                return tuple(self.complaints)
            case Per.ALLEGATION:
                return tuple(self.allegations)
            case Per.PARTY:
                known = self.book.roles
                offices = (by,) if by is not None and by in known else step.by
                roles = [known[office] for office in offices if office in known]
                joined = self.parties.items()
                parties = [(tag, role) for tag, (role, _) in joined if role is not PartyRole.WITNESS]
                return tuple([tag for tag, role in parties if not roles or role in roles])

    # --- what was done -----------------------------------------------------------------------------------

    def round_of(self, step: Step) -> int:
        """The number after which acts of this step count: the latest beginning of its only stage."""
        stages = step.stages
        if len(stages) != 1:
            return 0
        begun = self.begun.get(stages[0])
        return begun[-1][0] if begun else 0

    def acts_in_round(self, step: Step) -> list[Act]:
        """Acts stand in the order in which they happened: those of the round are the last."""
        acts = self.acts.get(step.name)
        if not acts:
            return []
        first, since = len(acts), self.round_of(step)
        while first and acts[first - 1].seq > since:
            first -= 1
        return acts[first:]

    def _matching(self, done: StepDone) -> list[Act]:
        acts = self.acts_in_round(self.book.steps[done.step])
        is_any = done.outcome is None and done.by is None
        return acts if is_any else [act for act in acts if matches(done, act)]

    def last_act(self, step: str, key: str | None = None) -> Act | None:
        """The latest act of this step (and key) in its present round."""
        acts = self.acts_in_round(self.book.steps[step])
        return next((a for a in reversed(acts) if key is None or a.key in (key, None)), None)

    def is_done(self, done: StepDone, *, key: str | None = None, which: Which = Which.UNSAID) -> bool:
        """Done in this round: for `key`; or, of a group, by the first of it; or by all of it."""
        acts = self._matching(done)
        if not acts:
            return False
        step = self.book.steps[done.step]
        if step.per is None or which is not Which.UNSAID:
            return True
        if key is not None:
            return any(act.key in (key, None) for act in acts)
        keys = {act.key for act in acts}
        return None in keys or keys.issuperset(self.members(step, by=done.by))

    def is_out_of_time(self, step: str, key: str | None) -> bool:
        """The time of this step (and key) has run out in this round, and none has begun since."""
        since = self.round_of(self.book.steps[step])
        latest = {
            clock.limit.part: clock
            for clock in self.clocks_of(step)
            if clock.limit.name == step and (key is None or clock.key in (key, None))
            if clock.trigger_seq >= since
        }
        return any(clock.ran_out_on is not None for clock in latest.values())

    def window(self, step: str, key: str | None) -> date | None:
        """The last day of its own time while that runs, for this member."""
        clocks = (clock for clock in reversed(self.clocks_of(step)) if clock.limit.name == step)
        return next((c.due for c in clocks if c.is_running and c.ran_out_on is None and c.key == key), None)

    def _is_done_or_time_up(self, done: StepDone, key: str | None) -> bool:
        step = self.book.steps[done.step]
        if step.per is None:
            return self.is_done(done) or self.is_out_of_time(done.step, None)
        keys = (key,) if key is not None else self.members(step)
        return bool(keys) and all(
            self.is_done(done, key=each) or self.is_out_of_time(done.step, each) for each in keys
        )

    def _due_of(self, step: str, key: str | None) -> date | None:
        """The last day of the step's own time in this round: of this member, or the last of all."""
        since = self.round_of(self.book.steps[step])
        latest = {
            (clock.key, clock.limit.part): clock.due
            for clock in self.clocks_of(step)
            if clock.limit.name == step and clock.trigger_seq >= since and clock.state not in _GONE
            if key is None or clock.key in (key, None)
        }
        return max((due for due in latest.values() if due is not None), default=None)

    def instant_of(self, place: int | None, day: date) -> datetime | None:
        """When it was done, in the rulebook's zone, if it was noted that day; else only the day is known."""
        noted = self.case.facts[place - 1].noted_at if place else None
        zone = self.calendar.zones(self.book.counting.zone) if self.calendar.zones else None
        if zone is None or not isinstance(noted, datetime):
            return None
        at = noted.astimezone(zone)
        return at if at.date() == day else None

    # --- truth -------------------------------------------------------------------------------------------

    def holds(self, reference: Reference, *, key: str | None = None, per: Per | None = None) -> bool:
        """Whether the occasion has come, for one member (`key` of `per`) or for all that are asked for."""
        for occasion in reference.any_of:  # noqa: SIM110 -- asked several times of every fact: no generator
            if self._occurred(occasion, reference, key, per):
                return True
        return False

    def _occurred(self, occasion: Occasion, ref: Reference, key: str | None, per: Per | None) -> bool:
        match occasion:
            case StepDone():
                same = per is not None and self.book.steps[occasion.step].per is per
                own = key if same else None
                if ref.or_time_up:
                    return self._is_done_or_time_up(occasion, own)
                return self.is_done(occasion, key=own, which=Which.UNSAID if same else ref.which)
            case Begins(stage=stage):
                return bool(self.begun.get(stage))
            case Ends(stage=stage):
                return bool(self.ended.get(stage))
            case StepDue(step=step):
                return (due := self._due_of(step, key)) is not None and due <= self.on
            case FixedDay(day=day):
                return day in self.days and self.days[day] <= self.on
            case Event.CASE_OPENS:
                return self.opened_on is not None
            case Event.CASE_CLOSES:
                return self.closed_on is not None
            case _:
                return False

    def test(self, test: Test) -> bool:
        for either in test.all_of:  # noqa: SIM110 -- no generator, as most tests are empty
            if not any(self.condition(each) for each in either):
                return False
        return True

    def condition(self, condition: Condition) -> bool:
        match condition.claim:
            case QuestionIs(question=question, answer=answer):
                found = self.answer(question) == answer
            case IsOpen(name=name):
                found = name in self.open
            case IsOwed(step=step):
                found = self.is_owed(step) or self._will_be_owed(self.book.steps[step])
            case IsDone(reference=reference):
                found = self.holds(reference)
        return found is not condition.negated

    def answer(self, question: str) -> str:
        """What holds: the answer recorded, or until then the first in the rulebook's list."""
        return self.answers.get(question, self.book.questions[question].answers[0])

    def is_owed(self, step: str, key: str | None = None) -> bool:
        return any(
            clock.is_running and (key is None or clock.key in (key, None)) for clock in self.clocks_of(step)
        )

    def _will_be_owed(self, step: Step) -> bool:
        """A party's time that has not begun, because an office still owes that party what it counts from.

        "One party's silence must not cut off the other's" (section 4), nor may an office's slowness.
        """
        if step.per is not Per.PARTY or not self.in_play(step):
            return False
        owed = [
            occasion.step
            for limit in self.book.own_limits[step.name]
            for part in parts_of(self.timing_of(limit))
            for occasion in part.reference.any_of
            if isinstance(occasion, StepDone) and self.book.steps[occasion.step].per is Per.PARTY
        ]
        return any(
            self.is_owed(trigger, key)
            and not self.is_shut(step, key)
            and not self._is_done_or_time_up(StepDone(step.name), key)
            for trigger in owed
            for key in self.members(step)
        )

    # --- play --------------------------------------------------------------------------------------------

    def in_play(self, step: Step, key: str | None = None) -> bool:
        """Not ended singly; one of its stages or measures open, if it has any; the case open."""
        if self.opened_on is None:
            return step.is_ is Is.RECEIPT  # a case opens with its first receipt
        if self.closed_on is not None:
            return step.even_when_closed
        if step.name in self.ended_steps:
            return False
        return self.is_open(step) or self._joined_after(step, key)

    def is_open(self, step: Step) -> bool:
        """One of its stages or measures is, if it has any."""
        stages = step.stages
        for stage in stages:
            if stage in self.open:
                return True
        return not stages

    def _joined_after(self, step: Step, key: str | None) -> bool:
        """A complaint that joins a case further on is received and acknowledged like the first.

        "The joined complaint is owed its acknowledgement" (section 4), and what is owed can be done.
        """
        joined = self.joined.get(key or "") if step.per is Per.COMPLAINT else None
        if joined is None:
            return False
        ended = [seq for stage in step.stages for seq, _ in self.ended.get(stage, [])[-1:]]
        return bool(ended) and joined > max(ended)

    def is_over(self, step: Step) -> bool:
        """Every stage of the step has ended, or never begun, and one has ended."""
        return not any(stage in self.open for stage in step.stages) and any(
            stage in self.ended for stage in step.stages
        )

    def is_history(self, step: Step, key: str | None = None) -> bool:
        """Out of play, since its stage is over or the case is closed."""
        return not self.in_play(step, key) and (self.closed_on is not None or self.is_over(step))

    def last_ended(self, stages: Sequence[str]) -> tuple[str, date | None]:
        """Of these stages and measures the one that ended last, and when; None where none has."""
        ends = [(*self.ended[stage][-1], stage) for stage in stages if self.ended.get(stage)]
        if not ends:
            return "", None
        _, on, stage = max(ends)
        return stage, on

    def is_shut(self, step: Step, key: str | None) -> bool:
        return bool(self.shut) and ((step.name, key) in self.shut or (step.name, None) in self.shut)

    def offices_of(self, step: Step, key: str | None = None) -> tuple[str, ...]:
        """Who may do it now: the first `instead` that holds and names an office, else its own `by`.

        Of a step that each party has for itself, for the party `key` only that party's office.
        """
        offices = step.by
        for instead in step.instead:
            if instead.by is not None and self.test(instead.when):
                offices = instead.by
                break
        party = self.parties.get(key or "") if step.per is Per.PARTY else None
        if party is None:
            return offices
        roles = self.book.roles
        return tuple([office for office in offices if roles.get(office, party[0]) == party[0]]) or offices

    def timing_of(self, limit: Limit) -> Timing:
        """The limit as it now is: shorter on a fast track, other under an `instead` that holds."""
        track = self.book.fast_track if self.fast_tracked_on else None
        if track and limit.name in track.shorter:
            shorter = track.shorter[limit.name]
            return shorter[min(limit.part, len(shorter) - 1)]
        for instead in limit.instead:
            if instead.within and self.test(instead.when):
                return instead.within[min(limit.part, len(instead.within) - 1)]
        return limit.timing

    def parts_of(self, limit: Limit) -> tuple[Part, ...]:
        """The same, part by part."""
        timing = self.timing_of(limit)
        return timing.parts if isinstance(timing, LaterOf) else (timing,)

    @property
    def paused(self) -> Pauses:
        """The pauses as they stand now."""
        kept = self._paused
        if kept is None or kept.every != self.pauses:
            kept = self._paused = Pauses(list(self.pauses), self.book, self.calendar, kept)
        return kept

    def is_paused(self) -> bool:
        return bool(self.pauses) and bool(self.paused.open)

    def paused_days(self, *, worst: bool = False) -> PausedDays:
        """Every pause, an open one "as if resumed today"; with `worst`, as long as it may last."""
        return self.paused.worst() if worst else self.paused.days(self.on)

    def pause_cap(self, pause: str, since: date) -> date:
        """The first day that counts again, at the latest, of a pause of this kind begun on `since`."""
        return self.paused.cap(pause, since)

    def earliest(self, timing: Timing, *, key: str | None = None, per: Per | None = None) -> date | None:
        """The first day a `not_before` allows; None while what it counts from has not come."""
        days = [self._earliest(part, key, per) for part in parts_of(timing)]
        known = [day for day in days if day is not None]
        return max(known) if len(known) == len(days) else None

    def _earliest(self, part: Part, key: str | None, per: Per | None) -> date | None:
        since = self.day_of(part.reference, key=key, per=per)
        if since is None or isinstance(part, At):
            return since
        try:
            return first_day(
                part.length,
                part.direction,
                since,
                calendar=self.calendar,
                rules=self.book.counting,
                paused=self.paused_days(),
            )
        except (CannotCountError, DayOutsideCalendarError):
            return None  # no invented date

    def day_of(self, ref: Reference, *, key: str | None = None, per: Per | None = None) -> date | None:
        """The day the reference names: the first, the latest, or of a group the last; None if not yet."""
        found = [day for each in ref.any_of for day in self._days_of(each, ref, key, per)]
        if not found:
            return None
        return min(found) if ref.which is Which.FIRST else max(found)

    def _days_of(
        self, occasion: Occasion, ref: Reference, key: str | None, per: Per | None
    ) -> Iterable[date]:
        match occasion:
            case StepDone():
                same = per is not None and self.book.steps[occasion.step].per is per
                if not self._occurred(occasion, ref, key, per):
                    return []
                acts = self._matching(occasion)
                days = [a.counts_on for a in acts if not same or a.key in (key, None)]
                return days or [c.ran_out_on for c in self.clocks_of(occasion.step) if c.ran_out_on]
            case Begins(stage=stage):
                return [on for _, on in self.begun.get(stage, [])[-1:]]
            case Ends(stage=stage):
                return [on for _, on in self.ended.get(stage, [])[-1:]]
            case StepDue(step=step):
                due = self._due_of(step, key)
                return [] if due is None else [due]
            case FixedDay(day=day):
                return [self.days[day]] if day in self.days else []
            case Event.CASE_OPENS:
                return [self.opened_on] if self.opened_on else []
            case Event.CASE_CLOSES:
                return [self.closed_on] if self.closed_on else []
            case _:
                return []


def parts_of(timing: Timing) -> tuple[Part, ...]:
    return timing.parts if isinstance(timing, LaterOf) else (timing,)


def is_trigger(part: Part) -> bool:
    """Whether the act must come after it ("not for `before` and `is due`", rulebook-format 3)."""
    if isinstance(part, Counted) and part.direction is Direction.BEFORE:
        return False
    for occasion in part.reference.any_of:  # noqa: SIM110 -- asked of every fact: no generator
        if isinstance(occasion, StepDue):
            return False
    return True


def is_protected(step: Step) -> bool:
    """Whether no pause stops its clock: it protects a person (rulebook-format 9.3)."""
    return step.runs_on or step.is_ is Is.REVIEW or step.is_ is Is.PROGRESS
