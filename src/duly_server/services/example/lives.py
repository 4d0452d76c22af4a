"""The life of one complaint in the example: what is owed is done, in time or late, by those who owe it."""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from duly.people import Actor, Roll
from duly.procedure import decide
from duly.procedure.acts import Act, AddAllegation, AddParty, Assign, Proposed, TakeStep
from duly.record.facts import PartyRole
from duly.rulebook.book import Rulebook
from duly.rulebook.steps import ANYTIME, Is, Step
from duly.timetable.clock import Clock
from duly.timetable.marking import Marking
from duly.timetable.milestones import accepted_on, accepting_outcomes, begins
from duly.vocabulary import Refused
from duly_server.services import casework
from duly_server.services.casework import Case, UnableToActError
from duly_server.services.example import assigning, plans, splitting, stories
from duly_server.services.example.names import MEMBERS, member_name, membership_number
from duly_server.services.example.turns import Turn
from duly_server.services.example.turns import turns as plan_turns
from duly_server.services.work import expiries

ASSIGN = -1  # among what comes next, beside the places of turns
TRIES = 8  # a refused act is tried again on a later day, so often


@dataclass
class Life:
    """One case on its way. `staff` names, for each office, the appointments that serve in this case."""

    case: Case
    chance: random.Random
    staff: Mapping[str, Sequence[Actor]]
    roll: Roll
    today: date
    day: date
    planned: dict[tuple[object, ...], date | None] = field(default_factory=dict)
    tries: dict[tuple[object, ...], int] = field(default_factory=dict)
    turns: list[tuple[date, Turn, str]] = field(default_factory=list)  # what somebody does without owing it
    given: assigning.Given = field(default_factory=assigning.Given)
    accepted: bool = False
    others: "list[Life]" = field(default_factory=list)  # of further respondents of the same complaint

    def run(self) -> Marking:
        """Live until nothing more happens by today; the marking on that day."""
        while (found := self._next()) is not None and found[0] <= self.today:
            day, what = found
            self.day = max(day, self.day)
            marking = self._note_expiries(self.case.on(self.day))
            if isinstance(what, Clock):
                self._do_owed(marking, what)
            elif what is ASSIGN:
                self._assign(marking)
            else:
                self._do_turn(marking, what)
            self.accept()
        self.day = self.today
        marking = self._note_expiries(self.case.on(self.today))
        self.accept()
        return self.case.on(self.today)

    def _next(self) -> tuple[date, Clock | int] | None:
        marking = self.case.on(self.day)
        found: list[tuple[date, int, Clock | int]] = [
            (max(day, self.day), -1, at) for at, (day, _, _) in enumerate(self.turns)
        ]
        for clock in marking.clocks:
            if clock.is_running and clock.due is not None:
                planned = self._plan(marking, clock)
                if planned is not None:
                    found.append((max(planned, self.day), clock.order, clock))
        assigned_on = self.given.next_day(marking, self.staff, self.chance)
        if assigned_on is not None:
            found.append((max(assigned_on, self.day), -2, ASSIGN))
        first = min(found, key=lambda each: each[:2], default=None)
        return (first[0], first[2]) if first else None

    def _plan(self, marking: Marking, clock: Clock) -> date | None:
        which = _which(marking, clock)
        if which not in self.planned:
            self.planned[which] = plans.planned_day(marking, clock, self.chance)
        return self.planned[which]

    def _do_owed(self, marking: Marking, owed: Clock) -> None:
        clock = next(
            (c for c in marking.clocks if c.is_running and (c.limit, c.key) == (owed.limit, owed.key)), None
        )
        which = _which(marking, owed)
        if clock is None:
            self.planned[which] = None
            return
        step = marking.book.steps[clock.step]
        act = plans.form(marking, step, clock.key, self.chance, self._present(step))
        before = self.case
        answer = self.decide(self.naming(marking, step, act), step)
        if isinstance(answer, Refused):
            opens = max((p.opens_on for p in answer.problems if p.opens_on), default=None)
            self._try_later(which, marking, opens)
            return
        self.write([*answer, *self._giving(step, act)])
        if self.is_accepting(step, act) and self.chance.random() < plans.SPLIT:
            self._split(before, step, act)
        if any(each.limit.step == clock.step for each in marking.clocks):
            self.planned.pop(which, None)

    def _split(self, before: Case, step: Step, act: TakeStep) -> None:
        """One or two further cases of this complaint, from the day on which the sift accepted it."""
        self.others = [self._another(before, step, act) for _ in range(self.chance.choice((1, 1, 2)))]
        cases = [other.case for other in self.others]
        self.write(splitting.pointed(self.case, cases, at=self.at(), on=self.day))

    def _another(self, before: Case, step: Step, act: TakeStep) -> "Life":
        by = self.case.state.facts[-1].by
        other = replace(
            self,
            case=splitting.another(before, chance=self.chance, by=by, at=self.at(), on=self.day),
            chance=random.Random(self.chance.randbytes(16)),  # noqa: S311 -- the same each time
            planned={},
            tries={},
            turns=[],
            given=assigning.Given(),
            accepted=False,
            others=[],
        )
        answer = other.decide(other.naming(other.case.on(self.day), step, act), step)
        if isinstance(answer, Refused):
            raise UnableToActError(answer.problems)
        other.write(answer)
        other.accept()
        return other

    def accept(self) -> None:
        """On the day it becomes a case, by the sift, on a second look or by time: who is accused of what is
        written down if it was not before, and the offices of the stage are given to those who serve."""
        marking = self.case.on(self.day)
        if self.accepted or accepted_on(marking) is None or marking.closed_on is not None:
            return
        self.accepted = True
        notice = marking.book.steps_that_are(Is.NOTICE)[0]
        if not marking.case.allegations:
            answer = self.decide(self._accusing(marking), notice)
            if not isinstance(answer, Refused):
                self.write(answer)
        publishing = [office for step in marking.book.steps_that_are(Is.PUBLICATION) for office in step.by]
        self.write(self._given([*_served(marking.book, set(marking.open)), *publishing]))
        plan_turns(self, self.day)

    def is_accepting(self, step: Step, act: TakeStep) -> bool:
        return step.is_ is Is.SIFT and act.outcome in accepting_outcomes(self.case.book)

    def _assign(self, marking: Marking) -> None:
        """Whoever answers for the timetable gives to somebody what came up by itself."""
        accountable = assigning.accountable(marking.book)
        proposed: list[Proposed] = []
        for office in self.given.due(marking, self.staff, self.day):
            given = Assign(office=office, appointment=self.staff[office][0].by)
            answer = self.decide([given], None, office=accountable)
            if isinstance(answer, Refused):
                self.given.leave(office)
            else:
                proposed += answer
        if proposed:
            self.write(proposed)

    def _giving(self, step: Step, act: TakeStep) -> list[Proposed]:
        """With an act in a case: the offices of a stage that it begins, and the panel of the one it is in."""
        if not self.accepted:
            return []
        book = self.case.book
        rule = step.outcomes.get(act.outcome or "")
        phrases = (*step.then, *(rule.then if rule else ()))
        begun = {begins(phrase.what) for phrase in phrases} - {None}
        offices = [*_served(book, begun), *_served(book, {step.home} - {ANYTIME}, seats=True)]
        return self._given(offices)

    def _given(self, offices: Sequence[str]) -> list[Proposed]:
        """Each to the first of those who serve in it here, unless somebody holds it in the case."""
        notice = self.case.book.steps_that_are(Is.NOTICE)[0]
        found: list[Proposed] = []
        for office in dict.fromkeys(offices):
            if office in self.staff and office not in self.case.state.assigned:
                given = Assign(office=office, appointment=self.staff[office][0].by)
                answer = self.decide([given], notice)
                found += [] if isinstance(answer, Refused) else answer
        return found

    def _try_later(self, which: tuple[object, ...], marking: Marking, opens: date | None) -> None:
        self.tries[which] = self.tries.get(which, 0) + 1
        later = marking.calendar.working_on_or_after(self.day + timedelta(days=2))
        self.planned[which] = None if self.tries[which] > TRIES else (opens or later)

    def _do_turn(self, marking: Marking, at: int) -> None:
        """What nobody owes: done if the rules allow it on the day, else let be."""
        _, turn, office = self.turns.pop(at)
        act = turn(self, marking)
        if act is None:
            return
        step = marking.book.steps.get(act.step) if isinstance(act, TakeStep) else None
        answer = self.decide([act], step, office=office)
        if not isinstance(answer, Refused):
            self.write(answer)

    def naming(self, marking: Marking, step: Step, act: TakeStep) -> list[Act]:
        """Whoever accepts says first who it is about and what is alleged; the notice at the latest."""
        accepts = self.is_accepting(step, act)
        if not accepts and not (step.is_ is Is.NOTICE and not marking.case.allegations):
            return [act]
        return [*self._accusing(marking), replace(act, served_on=("R",)) if step.is_ is Is.NOTICE else act]

    def _accusing(self, marking: Marking) -> list[Act]:
        number = self.chance.randint(1, MEMBERS)
        identity = {"v": 1, "name": member_name(number), "member": membership_number(number)}
        naming: list[Act] = [AddParty(role=PartyRole.RESPONDENT, identity=identity)]
        for _ in range(self.chance.choice((1, 1, 1, 2, 2, 3))):
            conduct = self.chance.choice(list(marking.book.conduct))
            told = {"v": 1, "text": stories.allegation(self.chance)}
            conduct_on = self.day - timedelta(days=self.chance.randint(15, 200))
            naming.append(AddAllegation(conduct=conduct, conduct_on=conduct_on, parts={"narrative": told}))
        return naming

    def decide(
        self, acts: Sequence[Act], step: Step | None, *, office: str = ""
    ) -> tuple[Proposed, ...] | Refused:
        proposed: list[Proposed] = []
        working = self.case
        for act in acts:
            answer = decide(
                working.state,
                act,
                book=self.case.book,
                calendar=self.case.calendar,
                actor=self._actor(working, act, step, office),
                roll=self.roll,
                on=self.day,
                today=self.day,
                marking=working.on(self.day),
            )
            if isinstance(answer, Refused):
                return answer
            proposed += answer
            if len(acts) > 1:
                working = casework.as_if(self.case, proposed, noted_at=self.at())
        return tuple(proposed)

    def _actor(self, case: Case, act: Act, step: Step | None, office: str) -> Actor:
        if office and office in self.staff:
            return self.staff[office][0]
        offices = case.on(self.day).offices_of(step) if step is not None else ()
        if isinstance(act, TakeStep) and act.on_behalf:
            offices = self.case.book.steps_that_are(Is.NOTICE)[0].by
        return next(self.staff[each][0] for each in offices if each in self.staff)

    def _present(self, step: Step) -> tuple[str, ...]:
        """All of a panel's members who serve in this case; of another office, nobody but who acts."""
        office = next((o for o in step.by if o in self.staff), None)
        seats = self.case.book.offices[office].seats if office else None
        return tuple(actor.by for actor in self.staff[office]) if office and seats else ()

    def _note_expiries(self, marking: Marking) -> Marking:
        noted = expiries(marking)
        for fact in noted:
            self.write((fact,), on=fact.on)
        return self.case.on(marking.on) if noted else marking

    def write(self, proposed: Sequence[Proposed], *, on: date | None = None) -> None:
        at = self.at(on)
        facts = casework.write(self.case, proposed, at=at, today=self.day, project=False)
        self.case = casework.with_facts(self.case, facts)

    def at(self, on: date | None = None) -> datetime:
        minutes = 9 * 60 + (self.case.state.head * 37) % 480
        return datetime.combine(on or self.day, time(minutes // 60, minutes % 60), UTC)


def _served(book: Rulebook, stages: Collection[str | None], *, seats: bool = False) -> list[str]:
    """The offices that have steps in these stages: those of one seat, or with `seats` the panels."""
    offices = [o for each in book.steps.values() if each.home in stages for o in each.by]
    return [o for o in offices if o not in book.parties and bool(book.offices[o].seats) is seats]


def _which(marking: Marking, clock: Clock) -> tuple[object, ...]:
    """A panel finds on all allegations in one sitting; everything else is planned for itself."""
    key = None if marking.book.steps[clock.step].is_ is Is.FINDING else clock.key
    return clock.limit.name, clock.limit.part, key, clock.trigger_seq if key else clock.started_on
