"""Acting in a case: read the record, fold it, decide, append; one transaction, and the indexes with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction

from duly.people import Actor, Roll
from duly.procedure import actor_for, decide
from duly.procedure.acts import (
    Act,
    AddAllegation,
    Extend,
    FastTrack,
    Pause,
    Proposed,
    Resume,
    TakeStep,
    Waive,
)
from duly.procedure.naming import objections_to_naming
from duly.procedure.setting import Setting
from duly.procedure.trial import as_if_recorded
from duly.record.facts import Expired, Fact, NoConflictDeclared, PartyRole, SealOpened, StepTaken
from duly.record.fold import CaseState, fold
from duly.rulebook.book import Rulebook
from duly.rulebook.steps import Step
from duly.timetable.adopted import Change
from duly.timetable.calendar import Calendar
from duly.timetable.marking import Marking
from duly.timetable.remembered import Remembered
from duly.timetable.state import state as state_of
from duly.vocabulary import Problem, Refused
from duly_server.services import fast_track_share, parties
from duly_server.services.acting import Acting
from duly_server.services.just_written import JustWritten
from duly_server.services.premises import premises
from duly_server.services.remembered_runs import RememberedRuns
from duly_server.store import appointments, editions, outbox, projections
from duly_server.store.batch import Batch, NewFact, SomeoneElseActedError
from duly_server.store.visible import may_open


class NoSuchCaseError(Exception):
    """There is no such case, for this viewer: the two are one thing."""


class UnableToActError(Exception):
    """The rules say no; `problems` are all the reasons, in words, against the act at `turn` (from 0)."""

    def __init__(self, problems: Sequence[Problem], turn: int = 0) -> None:
        super().__init__(" ".join(map(str, problems)))
        self.problems, self.turn = tuple(problems), turn


class ActedFirstError(Exception):
    """Somebody else acted first; `says` tells who and what, and nothing was doubled."""

    def __init__(self, says: str, fact: Fact) -> None:
        super().__init__(says)
        self.says, self.fact = says, fact


@dataclass(frozen=True, slots=True)
class Case:
    """A case as read: what was done, under which edition and calendar it opened, and what was adopted since.

    Which of them govern it on a day is in its marking of that day.
    """

    state: CaseState
    book: Rulebook
    calendar: Calendar
    changes: tuple[Change, ...] = ()
    remembered: Remembered = field(default_factory=Remembered, compare=False, repr=False)
    _worked_out: dict[date, Marking] = field(default_factory=dict[date, Marking], compare=False, repr=False)

    def on(self, day: date) -> Marking:
        """Where the case stands on this day; worked out once, for it is a pure function of what was read."""
        if day not in self._worked_out:
            self._worked_out[day] = self.remembered.state(
                self.state, self.book, self.calendar, on=day, changes=self.changes
            )
        return self._worked_out[day]

    def only_on(self, day: date) -> Marking:
        """As `on`, for who asks once and nothing after: it costs less, as nothing is put by to go on from."""
        return state_of(self.state, self.book, self.calendar, on=day, changes=self.changes)


def read(acting: Acting, reference: str) -> Case:
    """The case, if this viewer may see it. Raises NoSuchCaseError."""
    if not may_open(acting.viewer, reference, on=acting.today):
        raise NoSuchCaseError(reference)
    return read_record(f"case/{reference}")


def read_record(chain: str) -> Case:
    """The case on this chain, whoever asks: for the office's own work, never for a page."""
    return of_facts(premises().journal.read(chain))


def of_facts(facts: Sequence[Fact]) -> Case:
    case = fold(facts)
    if case.opened is None:
        raise NoSuchCaseError("not a case record")
    book, calendar = editions.edition(case.opened.rulebook), editions.calendar_of(case.opened.calendar)
    changes = editions.changes_since(case.facts[0].on)
    # A case that an adoption may meet is run through afresh each time: nothing of it is put by.
    remembered = Remembered() if changes else remembered_runs.of(case.chain, book, calendar)
    return Case(case, book, calendar, changes, remembered)


def is_as_adopted(case: Case) -> bool:
    """Whether nothing was adopted since the case was read. It stays so until the transaction ends."""
    return case.changes == editions.changes_since(case.state.facts[0].on)


def take(
    acting: Acting,
    reference: str,
    *acts: Act,
    on: date | None = None,
    seen: int | None = None,
) -> tuple[Fact, ...]:
    """Do these acts in this case, all or none, each decided on what the ones before it did.

    `on` is the day they were done (today by default); `seen` the place of the last fact the actor had before
    them: if the record went on since, somebody else acted first and nothing is recorded. Raises
    NoSuchCaseError, UnableToActError, ActedFirstError.
    """
    day = on or acting.today
    with transaction.atomic():
        case = read(acting, reference)
        check_seen(case, seen)
        return record(acting, case, acts, on=day)


def check_seen(case: Case, seen: int | None) -> None:
    """Raises ActedFirstError if somebody acted after the fact at `seen`; who only read changed nothing."""
    if seen is None:
        return
    reading = (SealOpened, NoConflictDeclared)
    since = [fact for fact in case.state.facts[seen:] if not isinstance(fact.body, reading)]
    if since:
        raise acted_first(since)


def record(acting: Acting, case: Case, acts: Sequence[Act], *, on: date) -> tuple[Fact, ...]:
    """Decide and append; the caller holds the transaction."""
    proposed: list[Proposed] = []
    working = case
    for turn, act in enumerate(acts):
        answer = asked(acting, working, act, on=on)
        if isinstance(answer, Refused):
            raise UnableToActError(answer.problems, turn)
        proposed += answer
        working = as_if(case, proposed, noted_at=acting.at)
    return write(case, proposed, at=acting.at, today=acting.today)


def asked(acting: Acting, case: Case, act: Act, *, on: date) -> tuple[Proposed, ...] | Refused:
    """What the rules answer to this act of this person; nothing is recorded."""
    roll = appointments.roll()
    marking = case.on(on)
    answer = decide(
        case.state,
        act,
        book=case.book,
        calendar=case.calendar,
        actor=choose_actor(acting, case, act, roll, on=on, marking=marking),
        roll=roll,
        on=on,
        today=acting.today,
        marking=marking,
    )
    if isinstance(answer, Refused) or not isinstance(act, FastTrack) or marking.ordered:
        return answer  # what is to be decided by a day is on the fast track already
    full = fast_track_share.against_one_more(marking.book)
    return answer if full is None else Refused((full,))


def as_if(case: Case, proposed: Sequence[Proposed], *, noted_at: datetime | date) -> Case:
    """The case as if these were recorded."""
    return replace(case, state=as_if_recorded(case.state, proposed, noted_at=noted_at), _worked_out={})


def with_facts(case: Case, facts: Sequence[Fact]) -> Case:
    """The case with the facts just appended to it."""
    return replace(case, state=fold([*case.state.facts, *facts]), _worked_out={})


def write(
    case: Case, proposed: Sequence[Proposed], *, at: datetime | date, today: date, project: bool = True
) -> tuple[Fact, ...]:
    """Append what was decided, and bring the indexes and the outbox up to date with it."""
    chain = case.state.chain
    new = [
        NewFact(on=p.on, noted_at=at, by=p.by, office=p.office, body=p.body, parts=dict(p.parts))
        for p in proposed
    ]
    try:
        facts = premises().journal.append([Batch(chain, case.state.head, new)])
    except SomeoneElseActedError as error:
        raise acted_first(premises().journal.read(chain)[case.state.head :]) from error
    said = {
        (fact.place, name): part
        for fact, new in zip(facts, proposed, strict=True)
        for name, part in new.parts.items()
    }
    parties.index(facts, said)
    if project:
        _project(with_facts(case, facts), today)
    outbox.put(outbox.ToTell("desk", chain, fact.place) for fact in facts if is_news(fact))
    return facts


just_written = JustWritten[Case](64)
# As many: what lives long is looked through by every full collection of garbage, which holds everybody up.
remembered_runs = RememberedRuns(64)


def _project(case: Case, today: date) -> None:
    """The indexes of a record that went on. Once it is kept, the next page of it finds it worked out."""
    projections.project(case.on(today))
    chain = case.state.chain
    head = premises().journal.heads([chain])[chain]
    transaction.on_commit(lambda: just_written.keep(chain, head.digest, case))


def is_news(fact: Fact) -> bool:
    """What the desk did not do itself: a party acted, or a time ran out."""
    return isinstance(fact.body, Expired) or fact.by in (role.value for role in PartyRole)


def choose_actor(
    acting: Acting, case: Case, act: Act, roll: Roll, *, on: date, marking: Marking | None = None
) -> Actor:
    """Of the offices this person holds, the one this act belongs to; `marking` of the day, if known."""
    actors = acting.actors(on)
    if not actors:
        raise UnableToActError(
            [
                Problem(
                    code="no-appointment",
                    says="You hold no office on that day.",
                    remedy="Ask the secretary to appoint you.",
                )
            ]
        )
    marking = marking or case.on(on)
    step = marking.book.steps.get(_step_of(act) or "")
    if isinstance(act, TakeStep) and step is not None:
        return actor_for(marking, step, actors=actors, roll=roll, today=acting.today)
    deciders = _deciders(marking.book, act, step)
    settings = [
        Setting(case=case.state, marking=marking, actor=actor, roll=roll, on=on, today=acting.today)
        for actor in actors
    ]
    if isinstance(act, AddAllegation):  # what is too old is alleged by the office that may allow it
        return min(settings, key=lambda s: sum(1 for _ in objections_to_naming(s, act))).actor
    fits = [s.actor for s in settings if s.actor.office in (deciders or s.writers)]
    return fits[0] if fits else actors[0]


def _step_of(act: Act) -> str | None:
    return act.step if isinstance(act, TakeStep | Extend | Waive) else None


def _deciders(book: Rulebook, act: Act, step: Step | None) -> tuple[str, ...]:
    """Who decides such a matter, where the rulebook names somebody."""
    if isinstance(act, Extend):
        for limit in book.limits:
            if step is not None and limit.step == step.name and limit.extend:
                return limit.extend.by
    if isinstance(act, Pause | Resume) and act.pause in book.pauses:
        return book.pauses[act.pause].by
    if isinstance(act, FastTrack) and book.fast_track:
        return book.fast_track.by
    return ()


def acted_first(facts: Sequence[Fact]) -> ActedFirstError:
    """What came first of these facts; of several recorded together, the step says what they were for."""
    first = facts[0]
    together = [fact for fact in facts if (fact.by, fact.noted_at) == (first.by, first.noted_at)]
    fact = next((each for each in together if isinstance(each.body, StepTaken)), first)
    what = getattr(fact.body, "step", fact.body.KIND.partition("/")[0]).replace("-", " ")
    if isinstance(fact.body, Expired):
        happened = f"Meanwhile the time for “{what}” ran out, and that was noted."
    else:
        who = appointments.who(fact.by) or fact.by
        office = f", {fact.office.replace('-', ' ')}," if fact.office else ""
        happened = f"Someone else acted first: {who}{office} recorded “{what}”."
    return ActedFirstError(f"{happened} Nothing of yours was recorded.", fact)
