"""Cases played at random: acts chosen from `next_steps`, days that pass, pauses, more time, newcomers.

A walk is driven by a tape of numbers, so that a failing one can be shortened. What must hold is looked at
after every move.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.procedure.desk import REASONS, Desk, filled, officer
from tests.timetable.casebook import Casebook

from duly.people import Actor
from duly.procedure import NextStep
from duly.procedure.acts import (
    Act,
    AddAllegation,
    AddParty,
    AnswerQuestion,
    Extend,
    FastTrack,
    Pause,
    Resume,
    Waive,
)
from duly.procedure.matters import open_criteria
from duly.record.facts import Corrected, Fact, PartyRole, SanctionEnded
from duly.record.fold import fold
from duly.rulebook.book import Rulebook
from duly.rulebook.steps import Is, Per
from duly.timetable.calendar import Calendar
from duly.timetable.clock import Clock
from duly.timetable.marking import Marking
from duly.timetable.objections import objections
from duly.timetable.state import state
from duly.vocabulary import Problem, Refused

FIRST, LAST = date(2023, 1, 9), date(2027, 6, 30)
ONE_DAY = timedelta(days=1)


@dataclass
class Tape:
    """Numbers to choose by; past its end every choice is the first."""

    numbers: list[int]
    at: int = 0

    def choose(self, among: int) -> int:
        number = self.numbers[self.at] if self.at < len(self.numbers) else 0
        self.at += 1
        return number % among


class Walk:
    def __init__(self, book: Rulebook, calendar: Calendar, tape: Tape) -> None:
        self.book, self.tape, self.day = book, tape, FIRST
        self.desk = Desk(Casebook(book, calendar))
        self.everybody = [officer(office) for office in book.offices if office not in book.parties]
        self.writer = officer(next(o for s in book.steps_that_are(Is.RECEIPT) for o in s.by))
        case = self.desk.casebook
        case.party(str(FIRST), "C1", "complainant", complaint="K1").party(str(FIRST), "R", "respondent")
        case.allegation(str(FIRST), "A1", next(iter(book.conduct)))
        receipt = book.steps_that_are(Is.RECEIPT)[0]
        case.step(str(FIRST), receipt.name, key="K1" if receipt.per is Per.COMPLAINT else None)
        self.marking = self.seen()

    @property
    def facts(self) -> list[Fact]:
        return self.desk.casebook.facts

    def seen(self, on: date | None = None) -> Marking:
        case = self.desk.casebook
        return state(case.case, case.book, case.calendar, on=on or self.day)

    # --- moves -------------------------------------------------------------------------------------------

    def move(self) -> None:
        """One move, and a look at what it did."""
        before, facts = self.marking, len(self.facts)
        kind = self.tape.choose(20)
        if kind < 11:
            self.take_a_step()
        elif kind < 16:
            self.let_days_pass()
        else:
            self.do_something_else(kind)
        self.marking = self.seen()
        self.look(before, acted=len(self.facts) > facts)

    def take_a_step(self) -> None:
        shown = self.desk.next_steps(str(self.day), self.everybody)
        self.look_at_steps(shown)
        open_ = [step for step in shown if step.is_open]
        # What is owed half of the time: else a walk tells of progress and does little besides.
        owed = [step for step in open_ if step.owed and step.step.is_ is not Is.PROGRESS]
        chosen = owed if owed and self.tape.choose(2) else open_
        if chosen:
            step = chosen[self.tape.choose(len(chosen))]
            if (
                step.step.is_ is not Is.LEAVING or self.tape.choose(8) == 1
            ):  # or every other case would end so
                self.take(step)

    def take(self, next_step: NextStep) -> None:
        """Open, and the form brings what is missing: `decide` says yes."""
        open_ = [name for name, against in next_step.outcomes.items() if not against]
        outcome = open_[self.tape.choose(len(open_))] if next_step.outcomes else None
        setting = self.desk.setting(str(self.day), next_step.actor)
        act = filled(setting, next_step.step, outcome, key=next_step.key)
        act = replace(act, on_behalf=next_step.for_party, agreed_by=tuple(self.book.offices))
        answer = self.desk.answer(str(self.day), act, next_step.actor)
        assert not isinstance(answer, Refused), f"{self.day} {act}: {answer}"
        self.desk.do(str(self.day), act, next_step.actor)

    def let_days_pass(self) -> None:
        """To the last day of something, to the day after, or for some days."""
        dues = sorted({c.due for c in self.marking.clocks if c.is_running and c.due and c.due >= self.day})
        kind = self.tape.choose(3)
        if kind == 0 or not dues:
            self.day += timedelta(days=1 + self.tape.choose(40))
        else:
            self.day = dues[self.tape.choose(len(dues))] + (kind - 1) * ONE_DAY
        self.day = min(self.day, LAST)

    def do_something_else(self, kind: int) -> None:
        acts = list(self.others())
        act, actor = acts[self.tape.choose(len(acts))]
        before = self.marking
        if not self.desk.problems(str(self.day), act, actor):
            self.desk.do(str(self.day), act, actor)
            if isinstance(act, Extend | Pause | Resume):
                never_shortens(before, self.seen())

    def others(self) -> Iterator[tuple[Act, Actor]]:
        """All that can be done beside the steps, whether or not it is allowed now."""
        for name, rule in self.book.pauses.items():
            yield Pause(pause=name, parts=REASONS), officer(rule.by[0])
            yield Resume(pause=name), officer(rule.by[0])
        for clock in self.marking.clocks:
            if clock.is_running and clock.is_party:
                yield Waive(step=clock.step, key=clock.key), self.writer
            if clock.is_running and clock.limit.extend and clock.due:
                yield self.extension(clock), officer(clock.limit.extend.by[0])
        for name, question in self.book.questions.items():
            answer = question.answers[self.tape.choose(len(question.answers))]
            yield AnswerQuestion(question=name, answer=answer), self.writer
        if self.book.fast_track and (criteria := open_criteria(self.marking)):
            yield FastTrack(criterion=criteria[0], parts=REASONS), officer(self.book.fast_track.by[0])
        if len(self.facts) < 60:
            yield AddAllegation(conduct=next(iter(self.book.conduct))), self.writer
            complaint = f"K{len(self.facts)}"
            yield AddParty(role=PartyRole.COMPLAINANT, complaint=complaint), self.writer

    def extension(self, clock: Clock) -> Extend:
        rule, own = clock.limit.extend, clock.limit.name == clock.step
        assert rule is not None
        assert clock.due is not None
        return Extend(
            step=clock.step,
            until=max(clock.due, self.day) + timedelta(days=1 + self.tape.choose(9)),
            ground=rule.grounds[0] if rule.grounds else None,
            key=clock.key,
            limit=None if own else clock.limit.name,
            parts=REASONS,
        )

    # --- what must hold ----------------------------------------------------------------------------------

    def look(self, before: Marking, *, acted: bool) -> None:
        somebody_owes_something(self.marking)
        no_party_is_timed_while_barred(self.marking)
        no_finding_without_a_notice(self.marking)
        due_days_are_kept(before, self.marking)
        if not acted:
            what_ran_out_stays(before, self.marking)

    def look_at_steps(self, shown: tuple[NextStep, ...]) -> None:
        """Closed, and `decide` refuses with at least those reasons."""
        closed = [step for step in shown if not step.is_open]
        if not closed:
            return
        step = closed[self.tape.choose(len(closed))]
        setting = self.desk.setting(str(self.day), step.actor)
        outcome = next(iter(step.step.outcomes), None)
        act = replace(filled(setting, step.step, None, key=step.key), on_behalf=step.for_party)
        for asked in (act, replace(act, outcome=outcome)):
            found = self.desk.problems(str(self.day), asked, step.actor)
            missing = set(step.against) - set(found) - _of_outcomes(step)
            assert not missing, f"{self.day} {step.step.name}: {missing}"

    def look_back(self) -> None:
        """At the end: the same state once more, and from facts noted in another order."""
        assert said(self.seen()) == said(self.marking)
        tomorrow = self.seen(self.day + ONE_DAY)
        what_ran_out_stays(self.marking, tomorrow)
        if not any(isinstance(fact.body, Corrected | SanctionEnded) for fact in self.facts):
            shuffled = noted_backwards(self.facts)
            case = self.desk.casebook
            assert said(state(fold(shuffled), case.book, case.calendar, on=self.day)) == said(self.marking)


def _of_outcomes(step: NextStep) -> set[Problem]:
    """With an outcome named, its own reasons stand in the place of "none of the outcomes is open"."""
    return {problem for problem in step.against if problem.code == "no-outcome"}


def noted_backwards(facts: list[Fact]) -> list[Fact]:
    """The same facts, the later days noted first; within a day in the order in which they were."""
    days = sorted({fact.on for fact in facts}, reverse=True)
    ordered = [fact for on in days for fact in facts if fact.on == on]
    return [replace(fact, place=place) for place, fact in enumerate(ordered, start=1)]


def said(marking: Marking) -> object:
    """All that a marking says, without the places of facts."""
    return (
        marking.open,
        [
            (c.limit.name, c.limit.part, c.key, c.state, c.due, c.original_due, c.ran_out_on)
            for c in marking.clocks
        ],
        {step: [(act.on, act.outcome, act.key) for act in acts] for step, acts in marking.acts.items()},
        happenings(marking),
        (marking.closed_on, marking.closed_as, marking.days, marking.pauses, marking.answers),
    )


def happenings(marking: Marking) -> list[tuple[object, ...]]:
    return [(h.on, h.kind, h.name, h.step, h.outcome, h.key) for h in marking.happenings]


def somebody_owes_something(marking: Marking) -> None:
    """No moment while the case is open when nobody owes anything; telling of progress is not counted."""
    if marking.closed_on is None:
        owed = [
            c for c in marking.clocks if c.is_running and marking.book.steps[c.step].is_ is not Is.PROGRESS
        ]
        dated = [clock for clock in owed if clock.due is not None]
        assert dated or (owed and marking.is_paused()), f"{marking.on}: nobody owes anything"


def no_party_is_timed_while_barred(marking: Marking) -> None:
    for clock in marking.clocks:
        if clock.is_party and clock.is_running:
            against = list(objections(marking, marking.book.steps[clock.step], key=clock.key))
            lasting = [p for p in against if p.opens_on is None or (clock.due and p.opens_on > clock.due)]
            assert not lasting, f"{marking.on} {clock.step}: {lasting}"


def no_finding_without_a_notice(marking: Marking) -> None:
    notices = [a.seq for s in marking.book.steps_that_are(Is.NOTICE) for a in marking.acts.get(s.name, ())]
    for step in marking.book.steps_that_are(Is.FINDING):
        for act in marking.acts.get(step.name, ()):
            assert notices
            assert min(notices) < act.seq


def due_days_are_kept(before: Marking, after: Marking) -> None:
    """The first due day never changes; a party's is never earlier than it was told."""
    for old, new in zip(before.clocks, after.clocks, strict=False):
        assert (old.limit, old.key, old.started_by) == (new.limit, new.key, new.started_by)
        assert old.original_due in (new.original_due, None)
        if old.is_party and old.is_running and old.due is not None and new.due is not None:
            assert new.due >= old.due, f"{after.on} {old.step}: {old.due} became {new.due}"


def never_shortens(before: Marking, after: Marking) -> None:
    """Neither more time nor a pause moves any day earlier."""
    for old, new in zip(before.clocks, after.clocks, strict=False):
        if old.is_running and old.due is not None and new.due is not None:
            assert new.due >= old.due, f"{after.on} {old.step}: {old.due} became {new.due}"


def what_ran_out_stays(before: Marking, after: Marking) -> None:
    """As days pass, what happened stands as it was, and more is added to it."""
    earlier = happenings(before)
    assert happenings(after)[: len(earlier)] == earlier
    for old, new in zip(before.clocks, after.clocks, strict=False):
        assert new.breaches[: len(old.breaches)] == old.breaches
        assert new.was_late or not old.was_late
