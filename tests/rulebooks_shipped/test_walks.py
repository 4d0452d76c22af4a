"""Cases played at random: none gets stuck, and no party's time runs while the party is barred."""

import random
from datetime import date, timedelta

import pytest

from duly.procedure.rehearsal import Rehearsal
from duly.procedure.scenario import Does
from duly.record.fold import fold
from duly.rulebook.book import Rulebook
from duly.rulebook.steps import Is, Step
from duly.timetable.calendar import Calendar
from duly.timetable.marking import Marking
from duly.timetable.objections import objections
from duly.timetable.state import state

FIRST = date(2023, 1, 9)
LONGEST = timedelta(days=3 * 365)
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize("seed", range(8))
def test_a_case_played_at_random_comes_to_an_end(seed: int, book: Rulebook, calendar: Calendar) -> None:
    walk = Walk(random.Random(seed), book, calendar)  # noqa: S311 -- the same walk each time
    while (marking := walk.marking()).closed_on is None and walk.day < FIRST + LONGEST:
        walk.look(marking)
        walk.move(marking)
    assert walk.wrong == []
    assert marking.closed_as in {"dismissed", "no case to answer", "left before notice", "decided"}


class Walk:
    """Everybody does at random what may be done: what is owed often, what is only allowed seldom."""

    def __init__(self, chance: random.Random, book: Rulebook, calendar: Calendar) -> None:
        self.chance, self.book, self.calendar = chance, book, calendar
        self.rehearsal = Rehearsal(book, calendar)
        self.day = FIRST
        self.wrong: list[str] = []
        self.diligence = chance.choice([0.4, 0.6, 0.9])
        self.do(Does(on=FIRST, party="complainant", complaint="K1"))
        self.do(Does(on=FIRST, step="receive", key="K1"))
        self.do(Does(on=FIRST, party="respondent"))
        for conduct in chance.sample(list(book.conduct), chance.choice([1, 2])):
            self.do(Does(on=FIRST, allegation=conduct))

    def marking(self) -> Marking:
        return state(fold(self.rehearsal.facts), self.book, self.calendar, on=self.day)

    def do(self, does: Does) -> None:
        """Whatever is open succeeds; only a day may be chosen badly (a hearing moved too far)."""
        refusal = self.rehearsal.play(does)
        if refusal is not None and not does.days:
            self.wrong.append(f"{self.day}: {refusal}")

    def look(self, marking: Marking) -> None:
        running = [clock for clock in marking.clocks if clock.is_running]
        if all(self.is_progress(clock.step) for clock in running):
            self.wrong.append(f"{self.day}: nobody owes anything")
        for clock in running:
            step = self.book.steps[clock.step]
            if clock.is_party and list(objections(marking, step, key=clock.key)):
                self.wrong.append(f"{self.day}: {clock.step} runs, and the party may not do it")

    def is_progress(self, step: str) -> bool:
        return self.book.steps[step].is_ is Is.PROGRESS

    def move(self, marking: Marking) -> None:
        """One thing is done, or the day ends; now and then the case stands still for a while."""
        paused = next((name for name, period in marking.pauses if period.before is None), None)
        if paused is not None and self.chance.random() < 0.2:
            self.do(Does(on=self.day, resume=paused))
        elif paused is None and self.chance.random() < 0.01:
            self.do(Does(on=self.day, pause=self.chance.choice(list(self.book.pauses))))
        elif self.chance.random() < self.diligence and (owed := self.steps(marking, owed=True)):
            self.take(*self.chance.choice(owed), marking)
        elif self.chance.random() < 0.05 and (allowed := self.steps(marking, owed=False)):
            self.take(*self.chance.choice(allowed), marking)
        else:
            self.day += ONE_DAY * self.chance.choice([1, 1, 2, 5])

    def steps(self, marking: Marking, *, owed: bool) -> list[tuple[Step, str | None]]:
        return [
            (step, key)
            for step in self.book.steps.values()
            if step.is_ not in (Is.RECEIPT, Is.REOPENING)
            for key in (marking.members(step) if step.per is not None else (None,))
            if marking.is_owed(step.name, key) is owed and not list(objections(marking, step, key=key))
        ]

    def take(self, step: Step, key: str | None, marking: Marking) -> None:
        outcomes = [o for o in step.outcomes if not list(objections(marking, step, key=key, outcome=o))]
        outcome = self.chance.choice(outcomes) if outcomes else None
        sanction = "warning" if step.is_ is Is.SANCTION and outcome in step.adverse else None
        by = {"R": "respondent", None: None}.get(key, "complainant") if self.is_of_parties(step) else None
        days = {name: self.day + ONE_DAY * self.chance.choice([8, 9, 10]) for name in step.sets}
        self.do(
            Does(on=self.day, step=step.name, key=key, outcome=outcome, by=by, days=days, sanction=sanction)
        )

    def is_of_parties(self, step: Step) -> bool:
        return set(step.by) <= self.book.parties
