"""The small language in a rulebook's strings, as frozen values; `grammar.py` reads text into these."""

from dataclasses import dataclass
from enum import StrEnum

from duly.vocabulary import Length

# --- references: an occasion in the life of a case -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StepDone:
    """`step`, `step: outcome`, `step by office`."""

    step: str
    outcome: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Begins:
    """`stage begins`: a stage or a measure."""

    stage: str


@dataclass(frozen=True, slots=True)
class Ends:
    """`stage ends`: a stage or a measure."""

    stage: str


@dataclass(frozen=True, slots=True)
class StepDue:
    """`step is due`: the day on which the step's own time runs out."""

    step: str


@dataclass(frozen=True, slots=True)
class FixedDay:
    """A day that a step sets (`hearing-day`)."""

    day: str


class Event(StrEnum):
    """Occasions that need no name. The last five stand only outside steps."""

    CASE_OPENS = "the case opens"
    CASE_CLOSES = "the case closes"
    CONDUCT = "conduct"
    SERVED = "it is served"
    BEGINS = "it begins"
    ENDS = "it ends"
    APPEAL_TIME_OVER = "the time to appeal has run out"


Occasion = StepDone | Begins | Ends | StepDue | FixedDay | Event


class Which(StrEnum):
    UNSAID = ""
    FIRST = "first"
    LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Reference:
    """Any of several occasions; `or_time_up`: or the time of the (only, timed) step has run out."""

    any_of: tuple[Occasion, ...]
    which: Which = Which.UNSAID
    or_time_up: bool = False


# --- times ------------------------------------------------------------------------------------------------


class Direction(StrEnum):
    AFTER = "after"
    BEGINNING_WITH = "beginning with"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Counted:
    """`10 working days after receive`."""

    length: Length
    direction: Direction
    reference: Reference


@dataclass(frozen=True, slots=True)
class At:
    """A bare reference used as a time: that very day."""

    reference: Reference


Part = Counted | At


@dataclass(frozen=True, slots=True)
class LaterOf:
    """`{ later_of = [...] }`: one clock, due on the latest of its parts."""

    parts: tuple[Part, ...]


Timing = Counted | At | LaterOf

# --- tests ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class QuestionIs:
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class IsOpen:
    """STAGE or MEASURE is open."""

    name: str


@dataclass(frozen=True, slots=True)
class IsOwed:
    step: str


@dataclass(frozen=True, slots=True)
class IsDone:
    reference: Reference


@dataclass(frozen=True, slots=True)
class Condition:
    """One `X is Y`, or its negation `X is not Y`."""

    claim: QuestionIs | IsOpen | IsOwed | IsDone
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Test:
    """All of these, each of them any of several (`or` binds tighter than `and`; a list means all).

    An empty `all_of` is always true.
    """

    __test__ = False  # not a test of ours, whatever pytest makes of its name

    all_of: tuple[tuple[Condition, ...], ...] = ()


ALWAYS = Test()

# --- what follows -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GoesTo:
    """Ends the stage of the step, begins `stage`."""

    stage: str


@dataclass(frozen=True, slots=True)
class BeginsStage:
    """Begins a stage or a measure beside what is open."""

    name: str


@dataclass(frozen=True, slots=True)
class EndsWhat:
    """Ends a stage, a measure or a step."""

    name: str


@dataclass(frozen=True, slots=True)
class Closes:
    """Closes the case as `words`."""

    words: str


@dataclass(frozen=True, slots=True)
class CountsAs:
    step: str
    outcome: str


@dataclass(frozen=True, slots=True)
class StartsLinked:
    under: str | None = None


@dataclass(frozen=True, slots=True)
class Tells:
    office: str


@dataclass(frozen=True, slots=True)
class TooLate:
    """Shuts the door of the step for the one whose time has run out."""


@dataclass(frozen=True, slots=True)
class NothingFollows:
    """Late, and nothing else: the step stays open and owed."""


What = GoesTo | BeginsStage | EndsWhat | Closes | CountsAs | StartsLinked | Tells | TooLate | NothingFollows


@dataclass(frozen=True, slots=True)
class Consequence:
    """One phrase of what follows, with the test it ends in (` if TEST`)."""

    what: What
    when: Test = ALWAYS
