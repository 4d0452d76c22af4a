"""Where a complaint stands, for whoever holds its code: steps and days only, never what anybody wrote."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from duly.record.facts import Fact, PartyRole, Told
from duly.rulebook.phrases import BeginsStage, GoesTo
from duly.rulebook.steps import Is, Per, Step
from duly.timetable.clock import Clock, ClockState
from duly.timetable.marking import Act, Marking
from duly.timetable.milestones import owed
from duly.timetable.over import code_ends_on
from duly_server.services import casework
from duly_server.services.premises import premises
from duly_server.store import complaints, receipts

REPORTER = "reporter"

# What `is` says of a step decides whether a complainant sees it: never by its name.
MAIN_LINE = (
    Is.RECEIPT,
    Is.ACKNOWLEDGEMENT,
    Is.SIFT,
    Is.NOTICE,
    Is.ANSWER,
    Is.REPORT,
    Is.FINDING,
    Is.SANCTION,
    Is.APPEAL,
    Is.APPEAL_DECISION,
)
_NOT_THEIRS = (Is.INTERIM_MEASURE, Is.REVIEW, Is.PUBLICATION, Is.LEAVING, Is.REOPENING)


@dataclass(frozen=True, slots=True)
class Message:
    """What the office said to the holder of the code."""

    on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A step that was taken, with the clock it stopped, if it had one of its own."""

    step: Step
    act: Act
    clock: Clock | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One complaint on a day. `marking` is its case's, None for history, which owes nothing here.

    `tag` is the complainant's own tag in the case ("C1").
    """

    complaint: str
    on: date
    marking: Marking | None = None
    tag: str | None = None
    messages: tuple[Message, ...] = ()

    def owed(self) -> tuple[Clock, ...]:
        """The running clocks that are this reader's business, the earliest due first; progress apart."""
        return tuple(clock for clock in self._running() if not _is_over(clock))

    def run_out(self) -> tuple[Clock, ...]:
        """The times of parties that are over, though what comes late is still read: nobody owes them now."""
        return tuple(clock for clock in self._running() if _is_over(clock))

    def _running(self) -> Iterator[Clock]:
        for clock in owed(self.marking) if self.marking else ():
            if self._is_shown(clock.step, clock.key) and not self._is(clock):
                yield clock

    def hears_by(self) -> date | None:
        """The last day for the next word from the office, even if nothing has changed."""
        if self.marking is None:
            return None
        days = [clock.due for clock in owed(self.marking) if self._is(clock)]
        return min((day for day in days if day is not None), default=None)

    def done(self) -> tuple[Done, ...]:
        """What was done and is theirs to see, in the order in which it happened; of each step the latest."""
        if self.marking is None:
            return ()
        found: list[Done] = []
        for name, acts in self.marking.acts.items():
            mine = [act for act in acts if self._is_shown(name, act.key) and act.on <= self.on]
            step = self.marking.book.steps[name]
            if mine and self._is_told(step) and self._is_complete(step, mine):
                found.append(Done(step=step, act=mine[-1], clock=self._clock_of(name, mine[-1])))
        return tuple(sorted(found, key=lambda each: each.act.seq))

    def to_come(self) -> tuple[Step, ...]:
        """The steps of the main line that may still come, in the order of the procedure; appeal apart."""
        marking = self.marking
        if marking is None or marking.closed_on is not None:
            return ()
        running = {clock.step for clock in self._running()}
        kinds = MAIN_LINE[1:8]
        return tuple(
            step
            for kind in kinds
            for step in marking.book.steps_that_are(kind)
            if step.name not in running and not marking.acts.get(step.name) and not marking.is_over(step)
        )

    def is_theirs(self, clock: Clock) -> bool:
        """Whether it is the reader's own time: something they may do, and need not."""
        return clock.is_party and any(self._role(office) == PartyRole.COMPLAINANT for office in clock.offices)

    def _role(self, office: str) -> str | None:
        return self.marking.book.role_of(office) if self.marking else None

    def _is(self, clock: Clock) -> bool:
        return self.marking is not None and self.marking.book.steps[clock.step].is_ is Is.PROGRESS

    def _is_shown(self, name: str, key: str | None) -> bool:
        """Not what binds the other person meanwhile, and not what another complainant has for themselves."""
        if self.marking is None:
            return False
        step = self.marking.book.steps[name]
        if step.is_ in _NOT_THEIRS or name in _of_measures(self.marking):
            return False
        if step.per is Per.COMPLAINT:
            return key in (None, self.complaint)
        if step.per is Per.PARTY and key is not None and key != self.tag:
            party = self.marking.parties.get(key)
            return party is None or party[0] is PartyRole.RESPONDENT
        return True

    def _is_complete(self, step: Step, acts: list[Act]) -> bool:
        """Of what is done for each allegation: done for all of them."""
        if self.marking is None or step.per is not Per.ALLEGATION:
            return True
        return {act.key for act in acts} >= set(self.marking.members(step))

    def _is_told(self, step: Step) -> bool:
        """On the main line, done by them, or served on them."""
        if step.is_ in MAIN_LINE:
            return True
        return any(self._role(office) == PartyRole.COMPLAINANT for office in (*step.by, *step.serve_on))

    def _clock_of(self, name: str, act: Act) -> Clock | None:
        if self.marking is None:
            return None
        found = (
            clock
            for clock in reversed(self.marking.clocks)
            if clock.step == name and clock.limit.name == name and clock.key in (None, act.key)
            if clock.state is ClockState.DONE and clock.ended_on == act.on
        )
        return next(found, None)


def _is_over(clock: Clock) -> bool:
    return clock.is_party and clock.is_late


def of_complaint(reference: str, *, on: date) -> Standing:
    """Where the first case of this complaint stands; the caller has seen its code or made it just now."""
    return all_of_complaint(reference, on=on)[0]


def all_of_complaint(reference: str, *, on: date) -> tuple[Standing, ...]:
    """Where each case stands that this complaint led to, the first at the head; of history, the one standing.

    The sift makes one case for each respondent. What was said to the reporter stands in the first.
    """
    found = [_of_case(reference, case, on=on) for case in complaints.cases_of(reference)]
    if not found:
        told = _messages([(f"complaint/{reference}", None)])
        return (Standing(complaint=reference, on=on, messages=told),)
    chains: list[tuple[str, str | None]] = [(f"complaint/{reference}", None)]
    chains += [(each.marking.case.chain, each.tag) for each in found if each.marking is not None]
    return (replace(found[0], messages=_messages(chains)), *found[1:])


def code_until(standings: Sequence[Standing]) -> date | None:
    """The last day on which the code opens this page; None while a case is open."""
    cases = {
        each.marking.case.chain: (each.marking.closed_on, code_ends_on(each.marking))
        for each in standings
        if each.marking is not None
    }
    ends = receipts.ends(cases)
    return ends - timedelta(days=1) if ends else None


def _of_case(complaint: str, case: str, *, on: date) -> Standing:
    read = casework.read_record(f"case/{case}")
    tags = (tag for tag, party in read.state.parties.items() if party.complaint == complaint)
    return Standing(complaint=complaint, on=on, marking=read.on(on), tag=next(tags, None))


def first_times(standing: Standing) -> Iterator[tuple[Step, date | None, Clock]]:
    """What a reporter is promised on the day of receipt: acknowledgement, sift, word from us; at the latest.

    A time that begins when an earlier one is kept or has run out is read as if that one took as long as it
    may.
    """
    marking = standing.marking
    if marking is None:
        return
    running = {clock.step: clock for clock in owed(marking) if standing._is_shown(clock.step, clock.key)}
    for kind in (Is.ACKNOWLEDGEMENT, Is.SIFT, Is.PROGRESS):
        for step in marking.book.steps_that_are(kind):
            clock = running.get(step.name) or _later(standing, marking, step, running)
            if clock is not None:
                yield step, clock.due, clock


def _later(standing: Standing, marking: Marking, step: Step, running: dict[str, Clock]) -> Clock | None:
    """The clock it will have once every time now running is over."""
    if step.is_ is Is.PROGRESS or not running:
        return None
    dues = [c.due for c in running.values() if c.due and marking.book.steps[c.step].is_ in MAIN_LINE]
    if not dues:
        return None
    after = casework.read_record(marking.case.chain).on(max(dues) + timedelta(days=1))
    return next((c for c in after.clocks if c.step == step.name and c.due), None)


def _messages(tags: Sequence[tuple[str, str | None]]) -> tuple[Message, ...]:
    """From these records, with the reader's tag in each, the latest first.

    Of all parts only the narrative of a message to this reader is opened.
    """
    read = premises().journal.read_many([chain for chain, _ in tags])
    told = [
        fact
        for chain, tag in tags
        for fact in read[chain]
        if isinstance(fact.body, Told) and fact.body.to in (REPORTER, tag)
    ]
    return tuple(
        Message(fact.on, text) for fact in sorted(told, key=_latest_first) if (text := _text_of(fact))
    )


def _latest_first(fact: Fact) -> tuple[int, int]:
    return -fact.on.toordinal(), -fact.place


def _text_of(fact: Fact) -> str:
    if "narrative" not in dict(fact.parts):
        return ""
    return str(premises().journal.open_part(fact.chain, fact.place, "narrative").get("text", ""))


def _of_measures(marking: Marking) -> frozenset[str]:
    """The steps that hang on a measure that binds the other person, and those of stages it begins."""
    book = marking.book
    stages = set(book.measures)
    begun: dict[str, set[str]] = {}
    for step in book.steps.values():
        phrases = [*step.then, *(each for outcome in step.outcomes.values() for each in outcome.then)]
        for phrase in phrases:
            match phrase.what:
                case GoesTo(stage=stage) | BeginsStage(name=stage):
                    begun.setdefault(stage, set()).add(step.home)
                case _:
                    pass
    stages |= {stage for stage, homes in begun.items() if homes <= set(book.measures)}
    return frozenset(step.name for step in book.steps.values() if step.home in stages)
