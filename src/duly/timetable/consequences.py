"""What an act does, and what follows from it and from the running out of time."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from duly.rulebook.phrases import (
    BeginsStage,
    Closes,
    Consequence,
    CountsAs,
    EndsWhat,
    GoesTo,
    NothingFollows,
    StartsLinked,
    Tells,
    TooLate,
)
from duly.rulebook.steps import Limit, Step
from duly.timetable.clock import Clock, OnDay
from duly.timetable.clockwork import Clockwork
from duly.timetable.marking import Act, Closing, Happening, Marking
from duly.timetable.triggers import Occurrence


class Follower:
    """Carries out the phrases of what follows, in written order, on one marking."""

    def __init__(self, marking: Marking, clockwork: Clockwork) -> None:
        self.marking = marking
        self.clockwork = clockwork
        # A stage is about to begin, on this day, with the fact at this place: the name it has from then on.
        self.before_stage: Callable[[str, date, int | None], str] = lambda name, on, place: name

    # --- acts --------------------------------------------------------------------------------------------

    def act(
        self,
        step: Step,
        *,
        on: date,
        outcome: str | None = None,
        key: str | None = None,
        office: str | None = None,
        place: int | None = None,
        counts_on: date | None = None,
        days: dict[str, date] | None = None,
    ) -> None:
        """One doing of one step with all it brings about, in the order of rulebook-format 3, "Effect"."""
        act = Act(
            seq=self.clockwork.next_seq(),
            on=on,
            counts_on=counts_on or on,
            step=step.name,
            outcome=outcome,
            key=key,
            office=office,
            place=place,
        )
        self.marking.acts.setdefault(step.name, []).append(act)
        self.clockwork.meet(act)
        self.clockwork.queue(
            Occurrence(
                kind="step", name=step.name, seq=act.seq, on=act.counts_on, place=place, act=act, key=key
            )
        )
        if days:
            self._fix_days(step, days, on=on, place=place)
        self.follow(step.then, step, key, on=on, place=place)
        if outcome is not None and outcome in step.outcomes:
            self.follow(step.outcomes[outcome].then, step, key, on=on, place=place)
        for name, measure in self.marking.book.measures.items():
            if step.name in measure.ends_with and name in self.marking.open:
                self.end(name, on=on, place=place)
        self.clockwork.work_through(on=on, place=place)

    def _fix_days(self, step: Step, days: dict[str, date], *, on: date, place: int | None) -> None:
        for name, day in days.items():
            before = self.marking.days.get(name)
            self.marking.days[name] = day
            self.marking.fixed.setdefault(name, []).append(day)
            self.clockwork.meet_day(name, on=on, place=place)
            rule = self.marking.book.days.get(name)
            if before is not None and rule is not None and rule.moves is not None:
                self._take_along(rule.moves.takes_along, (day - before).days)
            self.clockwork.recount()
            self.clockwork.run_again(on=on)
            seq = self.clockwork.next_seq()
            self.clockwork.queue(
                Occurrence(kind="day", name=name, seq=seq, on=day, place=place, step=step.name)
            )

    def _take_along(self, steps: Iterable[str], days: int) -> None:
        """Postponing must not punish the panel twice: these clocks gain or lose as many days."""
        for clock in self.clockwork.running:
            if clock.step in steps and any(isinstance(anchor, OnDay) for anchor in clock.anchors):
                clock.shift += days

    # --- what follows ------------------------------------------------------------------------------------

    def run_out(self, clock: Clock, *, due: date, on: date) -> None:
        """The end of the due day has come; what follows is dated the next day, `on`."""
        clock.ran_out_on = due
        clock.breaches.append(due)
        step = self.marking.book.steps[clock.step]
        self.note("ran out", step.name, on=on, place=None, key=clock.key)
        self.clockwork.queue(
            Occurrence(
                kind="up",
                name=step.name,
                seq=self.clockwork.next_seq(),
                on=on - timedelta(days=1),
                place=None,
                key=clock.key,
            )
        )
        phrases = clock.limit.if_late
        if phrases is None:
            phrases = () if clock.is_party else self.marking.book.if_an_office_is_late or ()
        self.follow(phrases, step, clock.key, on=on, place=None, limit=clock.limit)
        self.clockwork.work_through(on=on, place=None)

    def follow(
        self,
        phrases: Iterable[Consequence],
        step: Step,
        key: str | None,
        *,
        on: date,
        place: int | None,
        limit: Limit | None = None,
    ) -> None:
        """`limit` is the time that is up, where the phrases follow from that and not from an act."""
        for phrase in phrases:
            if self.marking.test(phrase.when):
                self._follow(phrase, step, key, on=on, place=place, limit=limit)

    def _follow(
        self,
        phrase: Consequence,
        step: Step,
        key: str | None,
        *,
        on: date,
        place: int | None,
        limit: Limit | None,
    ) -> None:
        match phrase.what:
            case GoesTo(stage=stage):
                for left in self._stages_left(step):
                    self.end(left, on=on, place=place)
                self.begin(stage, on=on, place=place)
            case BeginsStage(name=name):
                self.begin(name, on=on, place=place)
            case EndsWhat(name=name):
                self.end(name, on=on, place=place)
            case Closes(words=words):
                clause = limit.clause if limit else None
                by = Closing(step=step.name, clause=clause or step.clause, by_time=limit is not None)
                self.close(words, by=by, on=on, place=place)
            case CountsAs(step=other, outcome=outcome):
                counted = self.marking.book.steps[other]
                self._count_as(counted, outcome, key if counted.per is step.per else None, on=on)
            case StartsLinked(under=under):
                self.note("linked", under or "", on=on, place=place, step=step.name)
            case Tells(office=office):
                self.note("told", office, on=on, place=place, step=step.name, key=key)
            case TooLate():
                self.marking.shut.add((step.name, key))
                self.clockwork.fall_away(on=on, place=place)  # what is shut is owed no more
            case NothingFollows():
                pass

    def _stages_left(self, step: Step) -> tuple[str, ...]:
        """`goes to` ends the stage or measure of the step: its own, or those it names, or every stage."""
        return step.stages or tuple(s for s in self.marking.open if s in self.marking.book.stages)

    def _count_as(self, step: Step, outcome: str, key: str | None, *, on: date) -> None:
        """Free of `after` and `only_if`, but only in play; else whoever watches is told (section 4)."""
        if not self.marking.in_play(step) or self.marking.is_shut(step, key):
            for office in self.marking.book.watchers:
                self.note("told", office, on=on, place=None, step=step.name, key=key)
            return
        self.note("counts as", step.name, on=on, place=None, outcome=outcome, key=key)
        self.act(step, on=on, outcome=outcome, key=key)

    # --- stages and the case -----------------------------------------------------------------------------

    def begin(self, name: str, *, on: date, place: int | None) -> None:
        """A stage or measure begins, and with it a fresh round; one that is open runs on."""
        if name in self.marking.open or self.marking.closed_on is not None:
            return
        name = self.before_stage(name, on, place)
        seq = self.clockwork.next_seq()
        self.marking.open[name] = on
        if name in self.marking.book.measures:
            self.clockwork.look_on(on)  # it may have a last day
        self.marking.begun.setdefault(name, []).append((seq, on))
        self._fresh_round(name)
        self.note("begins", name, on=on, place=place)
        self.clockwork.queue(Occurrence(kind="begins", name=name, seq=seq, on=on, place=place))

    def _fresh_round(self, name: str) -> None:
        """A fresh round forgets fixed days and shut doors of the stage's steps; the record keeps them."""
        for step in self.marking.book.steps_within.get(name, ()):
            self.marking.shut -= {door for door in self.marking.shut if door[0] == step.name}
            self.marking.ended_steps.discard(step.name)
            for day in step.sets:
                self.marking.fixed.pop(day, None)
                if self.marking.days.pop(day, None) is not None:
                    self.clockwork.recount()  # what counts to it has no last day now

    def end(self, name: str, *, on: date, place: int | None) -> None:
        """A stage, a measure or a step ends; its running clocks fall away."""
        if name in self.marking.open:
            del self.marking.open[name]
            seq = self.clockwork.next_seq()
            self.marking.ended.setdefault(name, []).append((seq, on))
            self.note("ends", name, on=on, place=place)
            self.clockwork.queue(Occurrence(kind="ends", name=name, seq=seq, on=on, place=place))
        elif name in self.marking.book.steps:
            self.marking.ended_steps.add(name)
        self.clockwork.fall_away(on=on, place=place)

    def close(self, words: str, *, by: Closing, on: date, place: int | None) -> None:
        """Closing ends every stage, measure and clock, save of steps `even_when_closed`."""
        if self.marking.closed_on is not None:
            return
        for name in list(self.marking.open):
            self.end(name, on=on, place=place)
        self.marking.pauses = [
            (pause, period.ended_by(on) if period.before is None else period)
            for pause, period in self.marking.pauses
        ]
        self.clockwork.look_on(on)  # what was paused has its last day again
        self.marking.closed_on, self.marking.closed_as, self.marking.closed_by = on, words, by
        self.note("closes", words, on=on, place=place)
        self.clockwork.queue(
            Occurrence(kind="closes", name="", seq=self.clockwork.next_seq(), on=on, place=place)
        )
        self.clockwork.fall_away(on=on, place=place)

    def note(
        self,
        kind: str,
        name: str,
        *,
        on: date,
        place: int | None,
        step: str | None = None,
        outcome: str | None = None,
        key: str | None = None,
    ) -> None:
        self.marking.happenings.append(
            Happening(
                seq=self.clockwork.next_seq(),
                on=on,
                kind=kind,
                name=name,
                place=place,
                step=step,
                outcome=outcome,
                key=key,
            )
        )
