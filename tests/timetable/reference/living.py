"""A case lived through day by day: section 3 of the format, from "Effect of an act" to "Closing"."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tests.timetable.reference.asking import ONE, Did, Ticking
from tests.timetable.reference.clocks import Clocks, Event
from tests.timetable.reference.generate import Noted
from tests.timetable.reference.plain import Phrase, Step


@dataclass(frozen=True)
class Seen:
    """What can be said of the case on one day."""

    open: list[str]
    closed: tuple[date | None, str | None]
    clocks: list[tuple[object, ...]]
    enabled: list[tuple[str, str | None, str | None]]
    said: list[tuple[str, str, date]]


class Living(Clocks):
    """Every day has a morning, on which what was over at midnight follows, and then what is done on it."""

    def live(self, facts: Iterable[Noted], until: date) -> dict[date, Seen]:
        in_order = sorted(facts, key=lambda fact: fact.on)  # those of one day as they were noted
        self.parties, self.allegations = ["C1", "R"], ["A1", "A2"]
        self.today, seen = in_order[0].on, dict[date, Seen]()
        while self.today <= until:
            self.over_at_midnight()
            for fact in in_order:
                if fact.on == self.today:
                    self.take(fact)
                    self.over_at_midnight()  # a time made so short that it is gone
            seen[self.today] = self.look()
            self.today += ONE
        return seen

    def look(self) -> Seen:
        self.count_all()
        return Seen(
            open=list(self.open),
            closed=(self.closed, self.closed_as),
            clocks=sorted(
                ((*self._ticks(c), c.up, tuple(c.breaches)) for c in self.clocks if c.state != "waiting"),
                key=str,
            ),
            enabled=[(s.name, k, o) for s, k, o in self.all_steps() if self.enabled(s, k, o)],
            said=list(self.said),
        )

    @staticmethod
    def _ticks(clock: Ticking) -> tuple[object, ...]:
        """What fell away or was restarted in the middle of an act has no last day that anybody was told."""
        is_gone = clock.state in ("fell away", "restarted")
        days = (None, None) if is_gone else (clock.original, clock.due)
        return clock.limit, clock.part, clock.key, clock.state, *days

    # --- what is noted -----------------------------------------------------------------------------------

    def take(self, fact: Noted) -> None:
        match fact.kind:
            case "act":
                self._open_with(fact)
                self.act(self.book.steps[fact.name], fact.outcome, fact.key, fact.by, fact.days)
            case "extend":
                assert fact.until is not None
                for clock in self.clocks:
                    if clock.runs and clock.limit == fact.name and fact.key in (None, clock.key):
                        self.count(clock)
                        clock.more.append((self.today, fact.until))
                self.run_again()
            case "pause":
                if all(until is not None for _, _, until in self.pauses):
                    self.pauses.append((fact.name, self.today, None))
            case "resume":
                self.resume()
            case "answer":
                self._answer(fact)
            case _:
                for clock in list(self.clocks):
                    if clock.runs and clock.step == fact.name and fact.key in (None, clock.key):
                        self.stop(clock, "waived")
                        self.time_up(clock, self.today, self.today, late=False)
        self.start_what_starts()

    def _open_with(self, fact: Noted) -> None:
        if fact.name == "receive" and self.opened is None:
            self.opened = self.today
            self.news.append(Event("opens", "", self.next(), self.today))
            self.begin(self.book.stages[0])

    def resume(self) -> None:
        self.pauses = [(name, since, until or self.today) for name, since, until in self.pauses]

    def _answer(self, fact: Noted) -> None:
        """Running clocks are counted afresh from the same start, a party's never earlier than it was told."""
        assert fact.outcome is not None
        self.count_all()
        for clock in self.clocks:
            if clock.runs and clock.of_party and clock.due:
                clock.told = max(clock.told or clock.due, clock.due)
        self.answers[fact.name] = fact.outcome
        for clock in self.clocks:
            times = self.time_now(clock.limit, clock.part, self.book.steps[clock.step])
            if clock.state in ("running", "waiting") and len(times) == len(clock.times):
                clock.times = times
        self.run_again()

    # --- acts and what follows ---------------------------------------------------------------------------

    def act(
        self, step: Step, outcome: str | None, key: str | None, by: str | None, days: dict[str, date]
    ) -> None:
        did = Did(self.next(), self.today, step.name, outcome, key, by)
        self.acts.append(did)
        for clock in self.clocks:
            if clock.runs and clock.step == step.name and (key is None or clock.key in (None, key)):
                self.stop(clock, "done")
        self.news.append(Event("step", step.name, did.n, self.today, did, key))
        for name, day in days.items():
            self.fix(name, day, step)
        self.follow(step.then, step, key)
        self.follow(step.outcomes.get(outcome or "", ()), step, key)
        for name, (_, ends_with) in self.book.measures.items():
            if step.name in ends_with and name in self.open:
                self.end(name)
        self.start_what_starts()

    def fix(self, name: str, day: date, step: Step) -> None:
        before, moves = self.fixed.get(name), self.book.days.get(name)
        self.fixed[name] = day
        for clock in self.clocks:
            if clock.runs and clock.for_day == name:
                self.stop(clock, "done")
            goes_along = before and moves and clock.runs and clock.step in moves[1]
            if before and goes_along and any(isinstance(start, date) for start in clock.from_):
                clock.along += (day - before).days
        self.run_again()
        self.news.append(Event("day", name, self.next(), day, setter=step.name))

    def follow(self, phrases: Iterable[Phrase], step: Step, key: str | None) -> None:
        for phrase in phrases:
            if self.test(phrase.when):
                self._follow(phrase, step, key)

    def _follow(self, phrase: Phrase, step: Step, key: str | None) -> None:
        match phrase.verb:
            case "goes":
                for stage in step.stages or [each for each in self.open if each in self.book.stages]:
                    self.end(stage)
                self.begin(phrase.name)
            case "begins":
                self.begin(phrase.name)
            case "ends":
                self.end(phrase.name)
            case "closes":
                self.close(phrase.name)
            case "counts":
                other = self.book.steps[phrase.name]
                its = key if other.per == step.per else None
                if self.in_play(other) and not self.is_shut(other, its):
                    self.said.append(("counts as", other.name, self.today))
                    self.act(other, phrase.outcome, its, None, {})
                else:
                    self.said.append(("told", "overseer", self.today))
            case "linked":
                self.said.append(("linked", "", self.today))
            case "tells":
                self.said.append(("told", phrase.name, self.today))
            case "late":
                self.shut.add((step.name, key))
                self.fall_away()

    def begin(self, name: str) -> None:
        if name in self.open or self.closed is not None:
            return
        n = self.next()
        self.open.append(name)
        self.begun.setdefault(name, []).append((n, self.today))
        for step in self.book.steps.values():  # a fresh round forgets doors and days; acts by their number
            if step.stages == (name,):
                self.shut = {door for door in self.shut if door[0] != step.name}
                self.ended_steps.discard(step.name)
                for day in step.sets:
                    self.fixed.pop(day, None)
        self.news.append(Event("begins", name, n, self.today))

    def end(self, name: str) -> None:
        if name in self.open:
            self.open.remove(name)
            n = self.next()
            self.ended.setdefault(name, []).append((n, self.today))
            self.news.append(Event("ends", name, n, self.today))
        elif name in self.book.steps:
            self.ended_steps.add(name)
        self.fall_away()

    def close(self, words: str) -> None:
        if self.closed is not None:
            return
        for name in list(self.open):
            self.end(name)
        self.resume()
        self.closed, self.closed_as = self.today, words
        self.said.append(("closes", words, self.today))
        self.news.append(Event("closes", "", self.next(), self.today))
        self.fall_away()

    # --- midnight ----------------------------------------------------------------------------------------

    def over_at_midnight(self) -> None:
        """What was over with yesterday, one after the other, each seeing what the one before did."""
        while True:
            self.start_what_starts()  # with today somebody may be let in
            self.count_all()
            if self._a_day_is_void() or self._a_pause_is_over():
                continue
            over = [c for c in self.clocks if self._is_over(c)]
            first = min(over, key=lambda c: (c.due or self.today, c.order), default=None)
            if self._a_measure_is_over(first.due if first else None):
                continue
            if first is None or first.due is None:
                return
            self.time_up(first, first.due, self.today - ONE, late=True)
            self.start_what_starts()

    def _is_over(self, clock: Ticking) -> bool:
        """Nothing runs out while a pause lasts, save what no pause stops."""
        lasts = any(until is None for _, _, until in self.pauses)
        stands = lasts and not self.book.steps[clock.step].runs_on
        return (
            clock.runs
            and clock.up is None
            and not stands
            and clock.due is not None
            and clock.due < self.today
        )

    def time_up(self, clock: Ticking, due: date, on: date, *, late: bool) -> None:
        step = self.book.steps[clock.step]
        clock.up = due
        if late:
            clock.breaches.append(due)
            self.said.append(("ran out", step.name, self.today))
        self.news.append(Event("up", step.name, self.next(), on, key=clock.key))
        named = next((limit.if_late for limit in self.book.limits if limit.name == clock.limit), step.if_late)
        if named is None and late and not clock.of_party and self.book.default_late:
            named = (Phrase("tells", "overseer"),)
        self.follow(named or (), step, clock.key)

    def _a_pause_is_over(self) -> bool:
        """At its longest a pause ends by itself; pauses of one kind share that."""
        for name, since, until in self.pauses:
            earlier = sum((b - a).days for n, a, b in self.pauses if n == name and a < since and b)
            if until is None and self.today >= since + max(0, self.book.pauses[name] - earlier) * ONE:
                self.resume()
                self.said.append(("resumes", name, self.today))
                return True
        return False

    def _a_measure_is_over(self, unless: date | None) -> bool:
        for name, (at_most, _) in self.book.measures.items():
            if name in self.open and at_most is not None:
                last = self.begun[name][-1][1] + (at_most - 1) * ONE
                if last < self.today and (unless is None or last <= unless):
                    self.end(name)
                    return True
        return False

    def _a_day_is_void(self) -> bool:
        """A pause still running on a fixed day voids it; who fixed it owes another, in the time for that."""
        for name, day in list(self.fixed.items()):
            since = next((since for _, since, until in self.pauses if until is None), None)
            if since is not None and since <= day < self.today:
                del self.fixed[name]
                void = Event("void", name, self.next(), day)
                for limit, at, step in self.limits:
                    if name in step.sets and self.in_play(step) and self.done_in_round(step):
                        times = self.time_now(limit, at, step)
                        self._start(void, limit, at, step, None, times, [day for _ in times], for_day=name)
                self.said.append(("voided", name, self.today))
                return True
        return False

    def done_in_round(self, step: Step) -> bool:
        since = self.round_since(step)
        return any(act.step == step.name and act.n > since for act in self.acts)
