"""What somebody asks to do in a case: verbs with what they need, before anybody has said yes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from duly.record.facts import Body, Channel, Conflict, Naming, PartyRole
from duly.vocabulary import Length

Part = Mapping[str, object]
Parts = Mapping[str, Part]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStep:
    """Take a step of the rulebook.

    `stated` and `ground` are the rulebook's own phrases. For a step that is a sanction: `sanction` with
    `length`; `departs` says that its reasons explain leaving the range. For an appeal decision, `lifts` are
    the places of the sanctions it ends. `on_behalf`: an officer writes down what a party did.
    """

    step: str
    outcome: str | None = None
    key: str | None = None
    days: Mapping[str, date] = field(default_factory=dict[str, date])
    served_on: tuple[str, ...] = ()
    channel: Channel | None = None
    stated: tuple[str, ...] = ()
    ground: str | None = None
    agreed_by: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    sanction: str | None = None
    length: Length | None = None
    departs: bool = False
    lifts: tuple[int, ...] = ()
    on_behalf: str | None = None  # the party's office
    parts: Parts = field(default_factory=dict[str, Part])


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend:
    step: str
    until: date
    ground: str | None = None
    key: str | None = None
    limit: str | None = None
    parts: Parts = field(default_factory=dict[str, Part])


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    pause: str
    parts: Parts = field(default_factory=dict[str, Part])


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    pause: str
    parts: Parts = field(default_factory=dict[str, Part])


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerQuestion:
    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddParty:
    role: PartyRole
    naming: Naming = Naming.NAMED
    complaint: str | None = None
    identity: Part | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAllegation:
    conduct: str
    conduct_on: date | None = None
    complaint: str | None = None
    parts: Parts = field(default_factory=dict[str, Part])


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """Give an office of this case to one of its holders."""

    office: str
    appointment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareConflict:
    """Whoever acts says that they are not impartial in this case, and stand out of it."""

    conflict: Conflict
    parts: Parts = field(default_factory=dict[str, Part])


@dataclass(frozen=True, slots=True, kw_only=True)
class FastTrack:
    """`criterion` is its place in the rulebook's list, from 1."""

    criterion: int
    parts: Parts = field(default_factory=dict[str, Part])


@dataclass(frozen=True, slots=True, kw_only=True)
class Waive:
    """A party gave up the rest of its time in writing."""

    step: str
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    """Take a mistaken fact out of the reckoning."""

    place: int
    parts: Parts = field(default_factory=dict[str, Part])


Act = (
    TakeStep
    | Extend
    | Pause
    | Resume
    | AnswerQuestion
    | AddParty
    | AddAllegation
    | Assign
    | DeclareConflict
    | FastTrack
    | Waive
    | Correct
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A fact the rules allow: all but its chain, its place and the time of writing down."""

    on: date
    by: str
    office: str | None
    body: Body
    parts: Parts = field(default_factory=dict[str, Part])
