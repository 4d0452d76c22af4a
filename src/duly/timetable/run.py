"""The run of a case: facts and the passing of time, in order, to a marking."""

from collections.abc import Sequence
from datetime import date, timedelta

from duly.record.facts import (
    AllegationAdded,
    DecisionDaySet,
    Expired,
    Fact,
    FastTracked,
    PartyAdded,
    Paused,
    QuestionAnswered,
    Resumed,
    StepTaken,
    TimeExtended,
    TrackedByOrder,
    Waived,
)
from duly.record.fold import CaseState
from duly.rulebook.book import Rulebook
from duly.rulebook.phrases import Direction
from duly.rulebook.steps import Is, Per, Step
from duly.timetable.adopted import Change
from duly.timetable.adopting import Adopting
from duly.timetable.calendar import Calendar
from duly.timetable.clock import ClockState, with_clocks
from duly.timetable.consequences import Follower
from duly.timetable.counting import last_day
from duly.timetable.deciding import to_be_decided
from duly.timetable.ends import End, Kind, next_end
from duly.timetable.going_on import GoingOn
from duly.timetable.marking import Irregular, Marking
from duly.timetable.objections import objections
from duly.timetable.triggers import Occurrence
from duly.vocabulary import Length, Period

ONE_DAY = timedelta(days=1)


class Run:
    """Moves a marking. One for each reading; what it hands out is not touched again."""

    def __init__(
        self, case: CaseState, book: Rulebook, calendar: Calendar, changes: Sequence[Change] = ()
    ) -> None:
        first = case.moves[0].on if case.moves else date.min
        self.marking = Marking(
            book=book,
            calendar=calendar,
            case=case,
            on=first,
            pinned=(book, calendar),
            changes=tuple(changes),
        )
        self.clockwork = GoingOn(self.marking)
        self.follower = Follower(self.marking, self.clockwork)
        self.adopting = Adopting(self.marking, self.clockwork, changes)
        self.follower.before_stage = self.adopting.before_stage

    def copied(self, case: CaseState) -> "Run":
        """The same, of a case that may have more facts: moved on, it leaves this one as it is.

        Only of a case that no adoption meets, and between two facts.
        """
        book, calendar = self.marking.book, self.marking.calendar
        # What ended stays as it is, save what is counted from a clock that may go on.
        moving = (clock for clock in self.marking.clocks if clock.is_running or clock.is_on_a_clock)
        copies = {clock: clock.copied() for clock in moving}
        for clock in copies.values():
            clock.anchors = with_clocks(clock.anchors, copies)
        found = Run(case, book, calendar)
        found._have(self.marking.copied(case, copies))
        found.clockwork.go_on_from(self.clockwork, copies)
        return found

    def _have(self, marking: Marking) -> None:
        self.marking = self.clockwork.marking = self.follower.marking = self.adopting.marking = marking

    # --- time --------------------------------------------------------------------------------------------

    def pass_time(self, *, until: date) -> None:
        """Let every day before `until` end, in order, with what follows from each.

        An edition that was adopted governs from the start of its day; a calendar after what it has of facts.
        """
        while (change := self.adopting.next_until(until)) is not None:
            self._pass_time(until=change.since)
            self.adopting.adopt_next()
        self._pass_time(until=until)

    def end_facts_of(self, day: date) -> None:
        """Every fact up to this day was applied: what governs after them governs."""
        self.pass_time(until=day)
        while self.adopting.next_until(day, and_its_facts=True) is not None:
            self.adopting.adopt_next()

    def _pass_time(self, *, until: date) -> None:
        marking = self.marking
        if until <= self.clockwork.quiet_until:
            self._come_to(until)
            return
        while (end := next_end(self.clockwork)) is not None and end.day < until:
            # A day that was moved to before today is over today: nothing is dated before it could be known.
            self._come_to(end.day + ONE_DAY)
            self._let_end(end)
            self.clockwork.work_through(on=marking.on, place=None)
            self.adopting.after_stage()
        self._come_to(until)
        self.clockwork.quiet_until = date.max if end is None else end.day  # while paused: and later each day

    def _come_to(self, day: date) -> None:
        """While a pause lasts every due day reads "as if resumed today", and today is another day now."""
        if day > self.marking.on:
            self.marking.on = day
            if self.marking.is_paused():
                self.clockwork.recount()

    def settle(self, *, on: date) -> None:
        """Count every clock once more as of the day asked."""
        self.marking.on = on
        self.clockwork.recount()
        for clock in self.clockwork.running:
            self.clockwork.due(clock)

    def _let_end(self, end: End) -> None:
        on = self.marking.on
        if end.kind is Kind.LIMIT and end.clock is not None:
            self.follower.run_out(end.clock, due=end.day, on=on)
        elif end.kind is Kind.MEASURE:
            self.follower.end(end.name, on=on, place=None)
        elif end.kind is Kind.PAUSE:
            self._resume(end.name, on=on)
            self.follower.note("resumes", end.name, on=on, place=None)
        elif end.kind is Kind.VOID:
            # "A pause still running on the day voids the day" (section 4).
            del self.marking.days[end.name], self.marking.fixed[end.name]
            self.clockwork.recount()
            self.clockwork.owe_again(end.name, since=end.day)
            self.follower.note("voided", end.name, on=on, place=None)

    def _plain(self, length: Length, start: date) -> date:
        """Counted with no pause taken out: the post takes its time."""
        marking = self.marking
        return last_day(length, Direction.AFTER, start, calendar=marking.calendar, rules=marking.book.bounds)

    # --- facts -------------------------------------------------------------------------------------------

    def apply(self, fact: Fact) -> None:
        marking = self.marking
        match fact.body:
            case StepTaken() as taken:
                self._take(taken, fact)
            case TimeExtended() as extended:
                self._extend(extended, fact)
            case Paused(pause=pause):
                lasts = any(name == pause and period.before is None for name, period in marking.pauses)
                if pause in marking.book.pauses and not lasts:  # else it was reviewed, and goes on
                    marking.pauses.append((pause, Period(fact.on, None)))
                    self.clockwork.recount()
            case Resumed(pause=pause):
                self._resume(pause, on=fact.on)
            case QuestionAnswered(question=question, answer=answer):
                self.clockwork.hold_to_what_was_told()
                marking.answers[question] = answer
                self.clockwork.retime(on=fact.on)
            case FastTracked() | TrackedByOrder():
                marking.fast_tracked_on = fact.on
                self.clockwork.retime(on=fact.on)
            case DecisionDaySet() as ordered:
                self._order(ordered, fact)
            case PartyAdded() as party:
                is_new = party.tag not in marking.parties
                marking.parties.setdefault(party.tag, (party.role, fact.on))
                if party.complaint is not None:
                    self._join_complaint(party.complaint, fact)
                if is_new:
                    self.clockwork.join(Per.PARTY, party.tag, on=fact.on, place=fact.place)
            case AllegationAdded(allegation=allegation):
                if allegation not in marking.allegations:
                    marking.allegations[allegation] = fact.on
                    self.clockwork.join(Per.ALLEGATION, allegation, on=fact.on, place=fact.place)
            case Waived(step=step, key=key):
                self._waive(step, key, fact)
            case Expired() as expired:
                self._noted_expiry(expired, fact)
            case _:
                return
        self.clockwork.work_through(on=fact.on, place=fact.place)
        self.adopting.after_stage()

    def _order(self, body: DecisionDaySet, fact: Fact) -> None:
        """The office's days may be sooner; a party's that hangs on one of them stays as it was told."""
        told = [(clock, self.clockwork.due(clock)) for clock in self.clockwork.running if clock.is_party]
        self.marking.ordered.append(to_be_decided(self.marking, body, fact))
        self.clockwork.recount()
        for clock in self.clockwork.running:
            self.clockwork.due(clock)
        for clock, day in told:
            clock.settled = False
            now = self.clockwork.due(clock)
            if day is not None and now is not None and now < day:
                clock.floor = day
        self.clockwork.recount()

    def _take(self, taken: StepTaken, fact: Fact) -> None:
        marking = self.marking
        step = marking.book.steps.get(taken.step)
        if step is None:
            says = f"This edition has no step “{taken.step}”."
            marking.irregular.append(Irregular(place=fact.place, says=says))
            return
        if step.is_ is Is.RECEIPT:
            if marking.opened_on is None:
                self._open(fact)
            if taken.key is not None:
                self._join_complaint(taken.key, fact)
        against = next(iter(objections(marking, step, key=taken.key, outcome=taken.outcome)), None)
        if against is not None:
            marking.irregular.append(Irregular(place=fact.place, says=against.says))
        self.follower.act(
            step,
            on=fact.on,
            outcome=taken.outcome,
            key=taken.key,
            office=fact.office,
            place=fact.place,
            counts_on=self._takes_effect(step, taken, fact.on),
            days=dict(taken.days),
        )

    def _open(self, fact: Fact) -> None:
        """The case opens with its first receipt, in the rulebook's first stage."""
        self.marking.opened_on = fact.on
        self.clockwork.doubt_all()  # until then other steps were in play
        opening = Occurrence(
            kind="opens", name="", seq=self.clockwork.next_seq(), on=fact.on, place=fact.place
        )
        self.clockwork.queue(opening)
        self.follower.begin(self.marking.book.stages[0], on=fact.on, place=fact.place)

    def _join_complaint(self, complaint: str, fact: Fact) -> None:
        if complaint not in self.marking.complaints:
            self.marking.complaints[complaint] = fact.on
            self.marking.joined[complaint] = self.clockwork.next_seq()
            self.clockwork.join(Per.COMPLAINT, complaint, on=fact.on, place=fact.place)

    def _takes_effect(self, step: Step, taken: StepTaken, on: date) -> date:
        """What is served by post (or otherwise) takes effect when the rulebook says, not when it was sent."""
        if taken.channel is None:
            return on
        after = self.marking.book.counting.takes_effect_after(taken.channel)
        serves = step.serve_on or step.is_ is Is.NOTICE or step.per is Per.PARTY
        by_office = not set(step.by) <= self.marking.book.parties
        if after is not None and serves and by_office:
            return self._plain(after, on)
        return on

    def _extend(self, extended: TimeExtended, fact: Fact) -> None:
        """A late one lets the clock run again; the breach stays recorded, and what followed stays."""
        name = extended.limit or extended.step
        for clock in self.clockwork.running:
            if clock.limit.name == name and extended.key in (None, clock.key):
                before = self.clockwork.due(clock)
                clock.extensions.append((fact.on, extended.until))
                clock.settled = False
                after = self.clockwork.due(clock)
                if before is not None and after is not None:
                    clock.gained += (after - before).days
        self.clockwork.recount()
        self.clockwork.run_again(on=fact.on)

    def _resume(self, pause: str, *, on: date) -> None:
        marking = self.marking
        for at, (name, period) in enumerate(marking.pauses):
            if name == pause and period.before is None:
                marking.pauses[at] = (name, Period(period.since, max(period.since, on)))
        self.clockwork.recount()

    def _waive(self, step: str, key: str | None, fact: Fact) -> None:
        """A party gave up the rest of its time: time is up at once, and nothing is late."""
        for clock in list(self.clockwork.running):
            if clock.is_running and clock.step == step and key in (None, clock.key):
                self.clockwork.stop(clock, ClockState.WAIVED, on=fact.on, place=fact.place)
                clock.ran_out_on = fact.on
                self.clockwork.queue(
                    Occurrence(
                        kind="up",
                        name=step,
                        seq=self.clockwork.next_seq(),
                        on=fact.on,
                        place=fact.place,
                        key=clock.key,
                    )
                )
                phrases = clock.limit.if_late or ()
                rule = self.marking.book.steps[step]
                self.follower.follow(
                    phrases, rule, clock.key, on=fact.on, place=fact.place, limit=clock.limit
                )

    def _noted_expiry(self, expired: Expired, fact: Fact) -> None:
        """A limit that was noted to have run out has, though facts noted later would count otherwise."""
        name = expired.limit or expired.step
        clocks = [c for c in self.marking.clocks if c.limit.name == name and c.key == expired.key]
        if any(expired.due in clock.breaches for clock in clocks):
            return
        running = [clock for clock in clocks if clock.is_running and clock.ran_out_on is None]
        if running:
            # Of two times on one step, the one that would have run out first.
            first = min(running, key=lambda clock: (self.clockwork.due(clock) or date.max, clock.order))
            self.follower.run_out(first, due=expired.due, on=max(expired.due + ONE_DAY, fact.on))
