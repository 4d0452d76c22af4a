"""A desk for tests: people in offices, acts asked of `decide`, and what it allows written into the record.

Every office has three holders, all different people: "investigator-1" is held by the person "investigator 1".
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from dataclasses import replace as changed
from datetime import date, timedelta
from typing import Any

from tests.timetable.casebook import Casebook, day

from duly.people import Actor, Appointment, Roll
from duly.procedure import NextStep, decide, next_steps
from duly.procedure.acts import Act, Parts, Proposed, TakeStep
from duly.procedure.day_rules import earliest_day
from duly.procedure.setting import Setting
from duly.record.facts import Channel, PartyRole
from duly.rulebook.book import DayRule, Rulebook
from duly.rulebook.steps import Is, Step
from duly.timetable.marking import Marking
from duly.vocabulary import Length, Problem, Refused

REASONS: Parts = {"reasons": {"v": 1, "text": "Both accounts were read."}}
HOLDERS = 3


def everybody(book: Rulebook) -> list[Appointment]:
    return [
        Appointment(number=f"{office}-{n}", person=f"{office} {n}", office=office, since=date(2020, 1, 1))
        for office in book.offices
        if office not in book.parties
        for n in range(1, HOLDERS + 1)
    ]


def officer(office: str, n: int = 1) -> Actor:
    return Actor(by=f"{office}-{n}", office=office, person=f"{office} {n}")


def party(office: str, tag: str) -> Actor:
    return Actor(by=office, office=office, tag=tag)


@dataclass
class Desk:
    """One case. `decide` answers as it does; `do` writes down what it allows; `codes` says why not."""

    casebook: Casebook
    people: list[Appointment] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.people = self.people or everybody(self.casebook.book)

    @property
    def roll(self) -> Roll:
        return Roll.of(self.people)

    def marking(self, on: str) -> Marking:
        return self.casebook.at(on)

    def answer(
        self, on: str, act: Act, actor: Actor, *, today: str | None = None
    ) -> tuple[Proposed, ...] | Refused:
        return decide(
            self.casebook.case,
            act,
            book=self.casebook.book,
            calendar=self.casebook.calendar,
            actor=actor,
            roll=self.roll,
            on=day(on),
            today=day(today or on),
        )

    def allowed(self, on: str, act: Act, actor: Actor, *, today: str | None = None) -> tuple[Proposed, ...]:
        found = self.answer(on, act, actor, today=today)
        assert not isinstance(found, Refused), str(found)
        return found

    def problems(self, on: str, act: Act, actor: Actor, *, today: str | None = None) -> tuple[Problem, ...]:
        found = self.answer(on, act, actor, today=today)
        return found.problems if isinstance(found, Refused) else ()

    def codes(self, on: str, act: Act, actor: Actor, *, today: str | None = None) -> list[str]:
        return [problem.code for problem in self.problems(on, act, actor, today=today)]

    def do(self, on: str, act: Act, actor: Actor, *, today: str | None = None) -> "Desk":
        for new in self.allowed(on, act, actor, today=today):
            self.casebook.note(new.on.isoformat(), new.body, office=new.office, by=new.by)
        return self

    def filled(
        self, on: str, step: str, outcome: str | None = None, *, key: str | None = None, **changes: Any
    ) -> TakeStep:
        """The step with everything its form must bring, and then what the test changes."""
        act = filled(self.setting(on), self.casebook.book.steps[step], outcome, key=key)
        return changed(act, **changes)

    def take(
        self, on: str, step: str, outcome: str | None = None, *, key: str | None = None, **changes: Any
    ) -> "Desk":
        """Take the step by the office it belongs to."""
        rule = self.casebook.book.steps[step]
        office = self.marking(on).offices_of(rule, key)[0]
        actor = self.a_party(office, key) if office in self.casebook.book.parties else officer(office)
        return self.do(on, self.filled(on, step, outcome, key=key, **changes), actor)

    def a_party(self, office: str, key: str | None = None) -> Actor:
        role = PartyRole(self.casebook.book.role_of(office) or office)
        tags = self.casebook.case.tags(role)
        return party(office, key if key in tags else tags[0])

    def setting(self, on: str, actor: Actor | None = None) -> Setting:
        return Setting(
            case=self.casebook.case,
            marking=self.marking(on),
            actor=actor or officer("nobody"),
            roll=self.roll,
            on=day(on),
            today=day(on),
        )

    def next_steps(self, on: str, actors: Sequence[Actor]) -> tuple[NextStep, ...]:
        return next_steps(self.marking(on), actors=actors, roll=self.roll, today=day(on))


def filled(setting: Setting, step: Step, outcome: str | None, *, key: str | None = None) -> TakeStep:
    """What a careful officer brings with this step: all that the rulebook asks for."""
    marking, rule = setting.marking, step.outcomes.get(outcome or "")
    office = marking.offices_of(step, key)[0]
    quorum = marking.book.offices[office].quorum or 0
    sanction, length = _sanction(marking.book, step, outcome)
    roles = {marking.book.role_of(each) for each in step.serve_on}
    return TakeStep(
        step=step.name,
        outcome=outcome,
        key=key,
        days={name: _fixed(setting, step, name) for name in step.sets},
        served_on=tuple(tag for tag, (role, _) in marking.parties.items() if role.value in roles),
        channel=Channel.HAND if step.serve_on or step.is_ is Is.NOTICE else None,
        stated=(*step.must_state, *(rule.must_state if rule else ())),
        ground=step.grounds[0] if step.grounds else None,
        agreed_by=(*step.agreed_by, *(rule.agreed_by if rule else ())),
        present=tuple(f"{office}-{n}" for n in range(2, quorum + 1)),
        sanction=sanction,
        length=length,
        parts=REASONS,
    )


def _sanction(book: Rulebook, step: Step, outcome: str | None) -> tuple[str | None, Length | None]:
    if step.is_ is not Is.SANCTION or outcome not in step.adverse:
        return None, None
    conduct = next(iter(book.conduct.values()), None)
    name = conduct.range[0] if conduct and conduct.range else next(iter(book.sanctions))
    rung = book.sanctions[name]
    return name, rung.least or rung.most


def _fixed(setting: Setting, step: Step, name: str) -> date:
    """The first working day on which the rules would have it: a day before they may be met is no use."""
    rule = setting.book.days.get(name, DayRule(name=name))
    day = earliest_day(setting, step, rule)
    now = setting.marking.days.get(name)
    if now is not None and now >= day:
        day = now + timedelta(days=1)
    return setting.marking.calendar.working_on_or_after(day)
