"""A step of a procedure and its parts, as frozen types."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from duly.rulebook.phrases import (
    ALWAYS,
    BeginsStage,
    Closes,
    Consequence,
    CountsAs,
    EndsWhat,
    GoesTo,
    Reference,
    StartsLinked,
    Test,
    Timing,
)
from duly.vocabulary import Length

ANYTIME = "anytime"


class Is(StrEnum):
    """What a step is to the rules of fairness, the figures and the letters (rulebook-format, section 2)."""

    RECEIPT = "receipt"
    ACKNOWLEDGEMENT = "acknowledgement"
    SIFT = "sift"
    NOTICE = "notice"
    ANSWER = "answer"
    REPORT = "report"
    FINDING = "finding"
    SANCTION = "sanction"
    APPEAL = "appeal"
    APPEAL_DECISION = "appeal decision"
    INTERIM_MEASURE = "interim measure"
    REVIEW = "review"
    PROGRESS = "progress"
    LEAVING = "leaving"
    PUBLICATION = "publication"
    REOPENING = "reopening"


_PAPERS = frozenset(
    {Is.RECEIPT, Is.ACKNOWLEDGEMENT, Is.NOTICE, Is.ANSWER, Is.APPEAL, Is.PROGRESS, Is.LEAVING, Is.PUBLICATION}
)
_DECISIONS = frozenset(
    {Is.SIFT, Is.FINDING, Is.SANCTION, Is.APPEAL_DECISION, Is.INTERIM_MEASURE, Is.REVIEW, Is.REOPENING}
)
_MOVES = (GoesTo, BeginsStage, EndsWhat, Closes, CountsAs, StartsLinked)


class Per(StrEnum):
    """The group whose every member has the step for itself."""

    COMPLAINT = "complaint"
    ALLEGATION = "allegation"
    PARTY = "party"


class Force(StrEnum):
    SHALL = "shall"
    AIM = "aim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """Who may give more time, how much in all, how often, and on which grounds."""

    by: tuple[str, ...]
    at_most: Length
    times: int = 1
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """While `when` holds, these replace the step's own (None: the step's own stands)."""

    when: Test
    by: tuple[str, ...] | None = None
    within: tuple[Timing, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One time on one step, with its own clock.

    `name` is the step's name for its own `within` (all its timings share the name; `part` counts them from
    0), or the NAME of a `[limit.NAME]`. `if_late` None means that nothing was said.
    """

    name: str
    step: str
    part: int
    timing: Timing
    if_late: tuple[Consequence, ...] | None = None
    instead: tuple[Instead, ...] = ()
    extend: Extension | None = None
    clause: str | None = None
    force: Force = Force.SHALL


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    name: str
    then: tuple[Consequence, ...] = ()
    after: tuple[Reference, ...] = ()
    only_if: Test = ALWAYS
    agreed_by: tuple[str, ...] = ()
    majority: str | None = None
    must_state: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoWorseThan:
    """The outcome may not be worse than that of `step`, unless `unless` happened."""

    step: str
    unless: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. `home` is the stage or measure of its heading, or "anytime"; `during` only under anytime.

    `title` says in words what is done, as after "to": "ask for a second look". The public reads it.
    """

    name: str
    home: str
    by: tuple[str, ...]
    line: int = 0
    during: tuple[str, ...] = ()
    after: tuple[Reference, ...] = ()
    not_before: tuple[Timing, ...] = ()
    only_if: Test = ALWAYS
    within: tuple[Timing, ...] = ()
    if_late: tuple[Consequence, ...] | None = None
    instead: tuple[Instead, ...] = ()
    extend: Extension | None = None
    outcomes: Mapping[str, Outcome] = field(default_factory=dict[str, Outcome])
    then: tuple[Consequence, ...] = ()
    per: Per | None = None
    times: int | None = 1  # None: any number of times
    sets: tuple[str, ...] = ()
    agreed_by: tuple[str, ...] = ()
    majority: str | None = None
    no_worse_than: NoWorseThan | None = None
    not_the_people_of: tuple[str, ...] = ()
    serve_on: tuple[str, ...] = ()
    must_state: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    even_when_closed: bool = False
    clause: str | None = None
    title: str | None = None
    vague: str | None = None
    is_: Is | None = None
    adverse: tuple[str, ...] = ()
    runs_on: bool = False
    force: Force = Force.SHALL
    fee: str | None = None
    # Any of these stages and measures must be open for the step to be in play. None named: always.
    stages: tuple[str, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "stages", self.during if self.home == ANYTIME else (self.home,))

    @property
    def decides(self) -> bool:
        """It finds, imposes, chooses between outcomes or moves the case; not a paper taken, sent or noted."""
        if self.is_ in _PAPERS:
            return False
        moves = any(isinstance(phrase.what, _MOVES) for phrase in self.then)
        return self.is_ in _DECISIONS or bool(self.outcomes) or moves
