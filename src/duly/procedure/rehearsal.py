"""Plays a scenario through the rules, each act through `decide`, and says where they differ from it.

The people are made up for it: every office has twice as many holders as it has seats, all different. What a
form must bring beside what the scenario says (reasons, what a document states, on whom it was served) is
brought.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from duly.people import Actor, Appointment, Roll
from duly.procedure.acts import (
    Act,
    AddAllegation,
    AddParty,
    AnswerQuestion,
    Extend,
    FastTrack,
    Part,
    Pause,
    Resume,
    TakeStep,
    Waive,
)
from duly.procedure.decide import decide
from duly.procedure.expectation import differences
from duly.procedure.scenario import Does, Scenario
from duly.procedure.setting import Setting
from duly.record.facts import Channel, Fact, Naming, PartyRole
from duly.record.fold import CaseState, fold
from duly.rulebook.book import Rulebook
from duly.rulebook.steps import Step
from duly.timetable.calendar import Calendar
from duly.timetable.marking import Marking
from duly.timetable.state import state
from duly.vocabulary import Length, Refused, Unit
from duly.vocabulary.day import desk_day

_CHAIN = "case/SCENARIO"
_REASONS: dict[str, Part] = {"reasons": {"text": "As the scenario says."}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where the rules and the scenario part: on this day, in a sentence."""

    on: date
    says: str

    def __str__(self) -> str:
        return f"{desk_day(self.on)}: {self.says}"


class UnplayableError(ValueError):
    """The scenario names something the rulebook does not know; the sentence says what."""


def rehearse(scenario: Scenario, *, book: Rulebook, calendar: Calendar) -> tuple[Difference, ...]:
    """Every difference, by day; none when the rules do what the scenario says.

    An act that is refused though the scenario does not say so is a difference, and has no effect.
    """
    stage = Rehearsal(book, calendar)
    found: list[Difference] = []
    for does in scenario.does:
        try:
            says = stage.play(does)
        except UnplayableError as error:
            says = str(error)
        if says is not None:
            found.append(Difference(on=does.on, says=says))
    case = fold(stage.facts)
    for expects in scenario.expects:
        marking = state(case, book, calendar, on=expects.on)
        found += [Difference(on=expects.on, says=says) for says in differences(marking, expects)]
    return tuple(sorted(found, key=lambda each: each.on))


def played(scenario: Scenario, *, book: Rulebook, calendar: Calendar) -> CaseState:
    """The record that the scenario's acts make, refused ones left out."""
    stage = Rehearsal(book, calendar)
    for does in scenario.does:
        stage.play(does)
    return fold(stage.facts)


class Rehearsal:
    """One case while it is played; `facts` is its record so far."""

    def __init__(self, book: Rulebook, calendar: Calendar) -> None:
        self.book = book
        self.calendar = calendar
        self.facts: list[Fact] = []
        self.roll = Roll.of(_everybody(book))

    def play(self, does: Does) -> str | None:
        """Do it, and say what differs from what the scenario says of it."""
        case = fold(self.facts)
        marking = state(case, self.book, self.calendar, on=does.on)
        act, actor = self._act(does, marking)
        answer = decide(
            case,
            act,
            book=self.book,
            calendar=self.calendar,
            actor=actor,
            roll=self.roll,
            on=does.on,
            today=does.on,
        )
        if isinstance(answer, Refused):
            if does.refused is None:
                return f"{_said(does)} was refused. {answer}"
            said = str(answer)
            return None if does.refused in said else f"{_said(does)} was refused otherwise: {said}"
        for new in answer:
            self.facts.append(
                Fact(
                    chain=_CHAIN,
                    place=len(self.facts) + 1,
                    on=new.on,
                    noted_at=does.on,
                    by=new.by,
                    office=new.office,
                    body=new.body,
                )
            )
        return f"{_said(does)} was expected to be refused." if does.refused is not None else None

    # --- acts --------------------------------------------------------------------------------------------

    def _act(self, does: Does, marking: Marking) -> tuple[Act, Actor]:
        if does.step is not None:
            return self._step(does, marking)
        if does.waive is not None:
            step = self._known_step(does.waive)
            office = next(office for office in step.by if office in self.book.parties)
            return Waive(step=step.name, key=does.key), self._actor(office, does, marking)
        act = self._matter(does)
        return act, self._actor(does.by or self._decider(act, marking), does, marking)

    def _matter(self, does: Does) -> Act:
        if does.extend is not None:
            if does.until is None:
                raise UnplayableError(f"{_said(does)}: until when?")
            return Extend(
                step=self._known_step(does.extend).name,
                until=does.until,
                ground=does.ground,
                key=does.key,
                limit=does.limit,
                parts=_REASONS,
            )
        if does.pause is not None:
            return Pause(pause=does.pause, parts=_REASONS)
        if does.resume is not None:
            return Resume(pause=does.resume, parts=_REASONS)
        if does.question is not None:
            return AnswerQuestion(question=does.question, answer=does.answer or "")
        if does.party is not None:
            return AddParty(
                role=PartyRole(does.party),
                naming=Naming(does.naming or Naming.NAMED),
                complaint=does.complaint,
            )
        if does.allegation is not None:
            return AddAllegation(
                conduct=does.allegation, conduct_on=does.conduct_on, complaint=does.complaint
            )
        return FastTrack(criterion=does.fast_track or 0, parts=_REASONS)

    def _decider(self, act: Act, marking: Marking) -> str:
        """The office that the rulebook gives this to; if it names none, one that deals with the parties."""
        match act:
            case Extend(step=name, limit=limit):
                rules = [each.extend for each in self.book.limits if each.name == (limit or name)]
                return next((rule.by[0] for rule in rules if rule is not None), self.book.steps[name].by[0])
            case Pause(pause=pause) | Resume(pause=pause) if pause in self.book.pauses:
                return self.book.pauses[pause].by[0]
            case FastTrack() if self.book.fast_track is not None:
                return self.book.fast_track.by[0]
            case _:
                return self._writer(marking)

    def _step(self, does: Does, marking: Marking) -> tuple[Act, Actor]:
        step = self._known_step(does.step or "")
        office = does.by or marking.offices_of(step, does.key)[0]
        actor = self._actor(office, does, marking)
        outcome = step.outcomes.get(does.outcome or "")
        seats = self.book.offices[office].quorum or 0 if office in self.book.offices else 0
        return (
            TakeStep(
                step=step.name,
                outcome=does.outcome,
                key=does.key,
                days=does.days,
                served_on=_served_on(step, marking),
                channel=Channel(does.channel or Channel.E_MAIL),
                stated=(*step.must_state, *(outcome.must_state if outcome else ())),
                ground=does.ground or next(iter(step.grounds), None),
                agreed_by=(*step.agreed_by, *(outcome.agreed_by if outcome else ())),
                present=tuple(f"{office}-{n}" for n in range(2, seats + 1)),
                sanction=does.sanction,
                length=_length(does.length) if does.length else None,
                parts=_REASONS,
            ),
            actor,
        )

    def _known_step(self, name: str) -> Step:
        if name not in self.book.steps:
            raise UnplayableError(f"The rulebook has no step “{name}”.")
        return self.book.steps[name]

    def _actor(self, office: str, does: Does, marking: Marking) -> Actor:
        if office not in self.book.parties:
            return Actor(by=f"{office}-1", office=office, person=f"{office} 1")
        tags = [tag for tag, (role, _) in marking.parties.items() if role.value == self.book.role_of(office)]
        return Actor(by=office, office=office, tag=does.key if does.key in tags else next(iter(tags), None))

    def _writer(self, marking: Marking) -> str:
        nobody = Actor(by="", office="")
        day = marking.on
        setting = Setting(case=marking.case, marking=marking, actor=nobody, roll=self.roll, on=day, today=day)
        return min(setting.writers)


def _everybody(book: Rulebook) -> Iterator[Appointment]:
    for name, office in book.offices.items():
        for number in range(1, 2 * (office.seats or 1) + 1):
            yield Appointment(
                number=f"{name}-{number}", person=f"{name} {number}", office=name, since=date.min
            )


def _served_on(step: Step, marking: Marking) -> tuple[str, ...]:
    roles = {marking.book.role_of(office) for office in step.serve_on}
    return tuple(tag for tag, (role, _) in marking.parties.items() if role.value in roles)


def _length(said: str) -> Length:
    amount, _, unit = said.partition(" ")
    if not amount.isdecimal() or f"{unit.removesuffix('s')}s" not in set(Unit):
        raise UnplayableError(f"“{said}” is no length: for instance “6 months”.")
    return Length(int(amount), Unit(f"{unit.removesuffix('s')}s"))


def _said(does: Does) -> str:
    """The act in a word or two: “find A1: proved”."""
    blank = replace(does, on=date.min)
    name = next(
        str(value)
        for value in (
            blank.step,
            blank.extend and f"more time for {blank.extend}",
            blank.pause and f"pause {blank.pause}",
            blank.resume and f"resume {blank.resume}",
            blank.question and f"answer to {blank.question}",
            blank.party,
            blank.allegation,
            blank.waive and f"waiver of {blank.waive}",
            "fast track",
        )
        if value
    )
    return f"“{' '.join(filter(None, (name, does.key)))}{f': {does.outcome}' if does.outcome else ''}”"
