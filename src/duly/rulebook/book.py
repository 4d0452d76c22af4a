"""A whole edition of a rulebook, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum
from functools import cached_property

from duly.rulebook.occasions import Token, by_occasion, last_days_awaited
from duly.rulebook.phrases import Consequence, Tells, Timing
from duly.rulebook.steps import Is, Limit, Step
from duly.vocabulary import Length, Unit

_DAYS_IN = {Unit.DAYS: 1, Unit.CLEAR_DAYS: 1, Unit.WEEKS: 7}


class RunningCases(StrEnum):
    """What a new edition does to cases that are open when it comes into force."""

    FINISH_STAGE = "finish the stage they are in"
    STAY = "stay"
    MOVE = "move at once"


class LastDayClosed(StrEnum):
    """What happens when the last day of a limit is a closed day."""

    NEXT_WORKING_DAY = "next working day"
    STAYS = "stays"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """Rules for every length in the file; up to `short_period` days, a period leaves closed days out."""

    last_day_closed: LastDayClosed = LastDayClosed.STAYS
    short_period: int | None = None
    by_post: Length | None = None  # what is so served takes effect so long after it was sent
    by_e_mail: Length | None = None
    by_web: Length | None = None
    by_hand: Length | None = None
    day_ends_at: time = time(23, 59)
    zone: str = "UTC"

    def takes_effect_after(self, channel: str) -> Length | None:
        """How long after it was sent what is served by this channel ("post") takes effect; None: at once."""
        lengths = {"post": self.by_post, "e-mail": self.by_e_mail, "web": self.by_web, "hand": self.by_hand}
        return lengths.get(channel)

    def leaves_closed_days_out(self, length: Length) -> bool:
        """Of working days always; of days, clear days and weeks if they are as few as the rule says."""
        if length.unit is Unit.WORKING_DAYS:
            return True
        each = _DAYS_IN.get(length.unit) if self.short_period is not None else None
        return each is not None and length.amount * each <= (self.short_period or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """`is_` says which party an office is ("complainant", "respondent"), as `is` does for a step: no code
    asks for an office by its name. Without it an office so named is that party.
    """

    name: str
    party: bool = False
    is_: str | None = None
    seats: int | None = None
    quorum: int | None = None
    drawn: str | None = None
    majority: str | None = None
    mix: tuple[str, ...] = ()
    stands_in: str | None = None
    accountable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    name: str
    ask: str
    answers: tuple[str, ...]  # the first is what holds until the question is answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    by: str  # the step that moves the day
    at_most: Length | None = None
    takes_along: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRule:
    """Bounds of a day that a step sets, and how it may be moved."""

    name: str
    not_before: tuple[Timing, ...] = ()
    not_after: tuple[Timing, ...] = ()
    moves: Moves | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Like a stage, but it binds a person."""

    name: str
    at_most: Length | None = None
    ends_with: tuple[str, ...] = ()
    credit: str | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRule:
    name: str
    by: tuple[str, ...]
    at_most: Length
    review_every: Length | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    text: str
    adopted: str
    caveat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowing:
    """A time outside the steps; `unless` names the office that may allow otherwise."""

    timing: Timing
    unless: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """A definition of misconduct. `range` runs from the lightest to the gravest sanction it may meet."""

    name: str
    title: str
    text: str | None = None
    clause: str | None = None
    range: tuple[str, ...] = ()
    too_old: Allowing | None = None
    examples: Mapping[str, Example] = field(default_factory=dict[str, Example])


@dataclass(frozen=True, slots=True, kw_only=True)
class FastTrack:
    by: tuple[str, ...]
    criteria: tuple[str, ...]
    shorter: Mapping[str, tuple[Timing, ...]]
    at_most: str | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    for_up_to: Length
    falls_due_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """One rung of the ladder. `least` and `most` bound its length; both None: it has none, or is for good."""

    name: str
    least: Length | None = None
    most: Length | None = None
    begins: Timing | None = None
    spent: Timing | None = None
    held: Held | None = None
    majority: str | None = None
    ask_again: Timing | None = None
    clause: str | None = None


class PlatformAnswer(StrEnum):
    NO = "no"
    ASK_FIRST = "ask the overseer first"
    YES = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    offices: tuple[str, ...]
    act: str
    measures: Mapping[str, str]
    exceptions: tuple[str, ...] = ()
    defence: str | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    what: tuple[str, ...]
    small_numbers: int
    reply: str | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    by: str
    review_every: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    keep: Mapping[str, Timing]
    hold: Hold | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    standard: str
    burden: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """The thresholds of the lint that the body sets for itself (L08, L09); None: the usual one holds."""

    first_notice: Length | None = None
    least_answer: Length | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A figure that model rules leave open from `least` to `most`; `filled` is what the body chose."""

    name: str
    least: Length
    most: Length
    filled: Length | None = None
    ask: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A warning of the lint that the body accepts, with the reason it publishes."""

    rule: str
    at: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """One edition. Mappings keep the order of the file, which is the order of the procedure.

    `lines` gives the line of each heading and key by its dotted path ("inquiry.answer.within"); `digest` is
    the SHA-256 of the file's bytes, in hex: what a case pins.
    """

    title: str
    edition: str
    in_force_from: date
    calendar: str
    digest: str
    stages: tuple[str, ...]
    steps: Mapping[str, Step]
    offices: Mapping[str, Office]
    replaces: str | None = None
    running_cases: RunningCases = RunningCases.FINISH_STAGE
    proof: Proof | None = None
    anonymous: str | None = None
    counter_complaints: str | None = None
    reprisals: str | None = None
    source: str | None = None
    checked_on: date | None = None
    not_verified: tuple[str, ...] = ()
    counting: Counting = Counting()
    if_an_office_is_late: tuple[Consequence, ...] | None = None
    separate: tuple[frozenset[str], ...] = ()
    questions: Mapping[str, Question] = field(default_factory=dict[str, Question])
    days: Mapping[str, DayRule] = field(default_factory=dict[str, DayRule])
    measures: Mapping[str, Measure] = field(default_factory=dict[str, Measure])
    pauses: Mapping[str, PauseRule] = field(default_factory=dict[str, PauseRule])
    named_limits: tuple[Limit, ...] = ()  # the [limit.NAME] tables only
    conduct: Mapping[str, Conduct] = field(default_factory=dict[str, Conduct])
    fast_track: FastTrack | None = None
    sanctions: Mapping[str, Sanction] = field(default_factory=dict[str, Sanction])  # lightest first
    platform: Platform | None = None
    publication: Publication | None = None
    retention: Retention | None = None
    was: Mapping[str, str] = field(default_factory=dict[str, str])
    fairness: Fairness = Fairness()
    accepted: tuple[Accepted, ...] = ()
    blanks: Mapping[str, Blank] = field(default_factory=dict[str, Blank])
    lines: Mapping[str, int] = field(default_factory=dict[str, int])

    @cached_property
    def bounds(self) -> Counting:
        """How what lasts at most so long, and the post, are counted: being short lengthens neither."""
        return replace(self.counting, short_period=None)

    @cached_property
    def parties(self) -> frozenset[str]:
        """The offices that are parties to a case."""
        return frozenset(name for name, office in self.offices.items() if office.party)

    def party_office(self, role: str) -> str | None:
        """The office that is this party ("complainant", "respondent"); None where the rulebook has none."""
        return next((o.name for o in self.offices.values() if o.party and (o.is_ or o.name) == role), None)

    @cached_property
    def watchers(self) -> tuple[str, ...]:
        """Who is told when time brings something the rulebook has no words for.

        The offices told when an office is late; else those answering for the timetable; else who receives.
        """
        late = self.if_an_office_is_late or ()
        told = [phrase.what.office for phrase in late if isinstance(phrase.what, Tells)]
        accountable = [office.name for office in self.offices.values() if office.accountable]
        received = [office for step in self.steps_that_are(Is.RECEIPT) for office in step.by]
        return tuple(dict.fromkeys(told or accountable or received))

    @cached_property
    def appointing(self) -> tuple[str, ...]:
        """The offices that appoint: those answering for the timetable, else those who receive."""
        accountable = tuple(office.name for office in self.offices.values() if office.accountable)
        received = [office for step in self.steps_that_are(Is.RECEIPT) for office in step.by]
        return accountable or tuple(dict.fromkeys(received))

    def role_of(self, office: str) -> str | None:
        """The party that this office is; None for an office that is no party."""
        return self.roles.get(office)

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """The party that each office is which is one."""
        return {office: each.is_ or each.name for office, each in self.offices.items() if each.party}

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """Every limit, in the order of the file: each step's own, then the named ones on it."""
        found: list[Limit] = []
        for step in self.steps.values():
            found += [
                Limit(
                    name=step.name,
                    step=step.name,
                    part=part,
                    timing=timing,
                    if_late=step.if_late,
                    instead=step.instead,
                    extend=step.extend,
                    clause=step.clause,
                    force=step.force,
                )
                for part, timing in enumerate(step.within)
            ]
            found += [limit for limit in self.named_limits if limit.step == step.name]
        return tuple(found)

    @cached_property
    def own_limits(self) -> Mapping[str, tuple[Limit, ...]]:
        """Of each step its own times, without the named limits on it."""
        return {
            step: tuple(limit for limit in self.limits if limit.step == limit.name == step)
            for step in self.steps
        }

    @cached_property
    def places_of_limits(self) -> Mapping[tuple[str, int], int]:
        """The place of each limit in the file, by its name and part."""
        return {(limit.name, limit.part): place for place, limit in enumerate(self.limits)}

    @cached_property
    def limits_by_occasion(self) -> Mapping[Token, tuple[Limit, ...]]:
        """For each occasion the limits that may start from it."""
        return by_occasion(self.limits, self.fast_track.shorter if self.fast_track else {})

    @cached_property
    def conditioned(self) -> frozenset[str]:
        """The steps that something may bar though they are in play: an `after`, `not_before` or `only_if`."""
        return frozenset(s.name for s in self.steps.values() if s.after or s.not_before or s.only_if.all_of)

    @cached_property
    def last_days_awaited(self) -> tuple[str, ...]:
        """The steps whose last day lets another step be done or bars it ("after x is due")."""
        return last_days_awaited(self.steps.values())

    @cached_property
    def steps_within(self) -> Mapping[str, tuple[Step, ...]]:
        """Of each stage or measure the steps that belong to it alone."""
        found: dict[str, tuple[Step, ...]] = {}
        for step in self.steps.values():
            if len(step.stages) == 1:
                found[step.stages[0]] = (*found.get(step.stages[0], ()), step)
        return found

    def steps_that_are(self, kind: Is) -> tuple[Step, ...]:
        """The steps that `is` says are of this kind; no code asks for a step by its name."""
        return tuple(step for step in self.steps.values() if step.is_ is kind)

    def line(self, path: str) -> int | None:
        return self.lines.get(path)
