"""The kinds of fact: what may stand in the body of a fact, and nothing that names or narrates.

Free text is a type error here: a body holds enumerations, numbers, clause ids, days, random references, and
names of steps, outcomes and grounds that the pinned edition contains (threats 3.2). What names or narrates
lives in the fact's parts, sealed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from duly.record.terms import Channel as Channel
from duly.record.terms import Conflict as Conflict
from duly.record.terms import Naming as Naming
from duly.record.terms import PartyRole as PartyRole
from duly.record.terms import Relation as Relation
from duly.vocabulary import Unit

TIME = "time"
IMPORT = "import"


# --- the record of a complaint ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A complaint came in. Parts: complainant (if named), narrative, respondent (who it is about)."""

    KIND: ClassVar[str] = "submitted/1"
    channel: Channel
    naming: Naming
    in_danger: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """This record and another: a complaint and its case, a case and the one it follows."""

    KIND: ClassVar[str] = "linked/1"
    chain: str
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something was said to the holder of a receipt code or to a party. Part: narrative (the message)."""

    KIND: ClassVar[str] = "told/1"
    to: str  # a party's tag, or "reporter"
    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """History taken from a file: decided or pending elsewhere, under no edition of ours, owing nothing.

    `row` is "complaint" or "allegation"; `turn` the row's place under its complaint, from 1 (0 for the
    complaint itself). Parts: narrative (the row's own words); of a complaint also respondent and complainant;
    of an allegation the accused, by a tag (R1, R2) that joins the rows of this complaint and no other.
    """

    KIND: ClassVar[str] = "imported/1"
    file: str  # SHA-256 of the file, hex
    line: int
    row: str
    turn: int


# --- the record of a case --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A case record begins, and pins the edition and the calendar by digest."""

    KIND: ClassVar[str] = "opened/1"
    edition: str
    rulebook: str  # SHA-256 of the rulebook file, hex
    calendar: str  # SHA-256 of the calendar file, hex


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAdded:
    """A party or witness, by tag ("C1", "R", "W1"). Part named by the tag: who it is, if named."""

    KIND: ClassVar[str] = "party-added/1"
    tag: str
    role: PartyRole
    naming: Naming = Naming.NAMED
    complaint: str | None = None  # the reference of a complainant's complaint


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationAdded:
    """One asserted breach by one person on one occasion. Part: narrative."""

    KIND: ClassVar[str] = "allegation-added/1"
    allegation: str  # "A1"
    conduct: str  # a conduct of the edition of the day of the conduct
    conduct_on: date | None = None
    complaint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """A step of the rulebook was taken, or counted as taken by time.

    `key` is the member of the step's `per` group (a complaint's reference, an allegation, a party's tag);
    `days` the days it fixes; `served_on` tags; `stated` what of `must_state` was stated. Parts: reasons,
    narrative.
    """

    KIND: ClassVar[str] = "step-taken/1"
    step: str
    outcome: str | None = None
    key: str | None = None
    days: Mapping[str, date] = field(default_factory=dict[str, date])
    served_on: tuple[str, ...] = ()
    channel: Channel | None = None
    stated: tuple[str, ...] = ()
    ground: str | None = None
    agreed_by: tuple[str, ...] = ()
    present: tuple[str, ...] = ()  # appointments of a panel that sat


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingMade:
    """The typed fact beside a step that is a finding. Part: reasons."""

    KIND: ClassVar[str] = "finding-made/1"
    allegation: str
    outcome: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionImposed:
    """The typed fact beside a step that is a sanction; when it begins, the rulebook's `begins` says.

    Without `amount` it is for good, or of no length (the rulebook's ladder says which). Part: reasons.
    """

    KIND: ClassVar[str] = "sanction-imposed/1"
    sanction: str
    step: str
    amount: int | None = None
    unit: str | None = None  # a Unit's value: "6", "months"


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionEnded:
    """A sanction imposed by the fact at `sanction` has no effect from the fact's day on. Part: reasons."""

    KIND: ClassVar[str] = "sanction-ended/1"
    sanction: int
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered:
    KIND: ClassVar[str] = "question-answered/1"
    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExtended:
    """A later last day for one limit. Part: reasons."""

    KIND: ClassVar[str] = "time-extended/1"
    step: str
    until: date
    key: str | None = None
    limit: str | None = None  # a [limit.NAME]; None: the step's own time
    ground: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """Every clock of the case stands still from the fact's day; of a pause that lasts, that it goes on.

    Part: reasons.
    """

    KIND: ClassVar[str] = "paused/1"
    pause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """The fact's day is the first that counts again."""

    KIND: ClassVar[str] = "resumed/1"
    pause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FastTracked:
    """`criterion` is its place in the rulebook's list, from 1. Part: reasons."""

    KIND: ClassVar[str] = "fast-tracked/1"
    criterion: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedByOrder:
    """The case was open longer than this, and so is on the fast track by an order that names none.

    `order` is its place in the record of the organisation. Part: reasons, those of the order.
    """

    KIND: ClassVar[str] = "tracked-by-order/1"
    order: int
    longer_than: int
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDaySet:
    """The case was open longer than this, and so is to be decided by a day, by an order that names none.

    `order` is its place in the record of the organisation. Part: reasons, those of the order.
    """

    KIND: ClassVar[str] = "decision-day-set/1"
    order: int
    longer_than: int
    unit: Unit
    decide_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived:
    """A party gave up the rest of a time, in writing."""

    KIND: ClassVar[str] = "waived/1"
    step: str
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expired:
    """Noted by time: a limit ran out at the end of `due`, and what the rulebook says followed."""

    KIND: ClassVar[str] = "expired/1"
    step: str
    due: date
    key: str | None = None
    limit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """An office in this case is held by this appointment from the fact's day."""

    KIND: ClassVar[str] = "assigned/1"
    office: str
    appointment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictDeclared:
    """A person stands out of the case from now on: it is there no more for whoever holds, held or will hold
    one of these appointments, all of one person. Part: reasons."""

    KIND: ClassVar[str] = "conflict-declared/1"
    appointments: tuple[str, ...]
    conflict: Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class NoConflictDeclared:
    """Before a person first read anything sealed of the case they said that they know of no conflict. The
    appointments are all of theirs."""

    KIND: ClassVar[str] = "no-conflict-declared/1"
    appointments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The fact at `corrects` is out of the reckoning from its own day on. Part: reasons."""

    KIND: ClassVar[str] = "corrected/1"
    corrects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SealOpened:
    """Somebody opened sealed parts, and the overseer sees that they did. Part: reasons."""

    KIND: ClassVar[str] = "seal-opened/1"
    places: tuple[int, ...]  # the facts whose parts were opened


# --- the record of the organisation ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointed:
    """Somebody holds an office from `since`. Part: holder (account and name)."""

    KIND: ClassVar[str] = "appointed/1"
    appointment: str
    office: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentEnded:
    KIND: ClassVar[str] = "appointment-ended/1"
    appointment: str
    before: date  # the first day it no longer holds


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInReset:
    """Whoever holds this appointment lost what they come in by, and was invited anew. Part: reasons."""

    KIND: ClassVar[str] = "sign-in-reset/1"
    appointment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulebookAdopted:
    KIND: ClassVar[str] = "rulebook-adopted/1"
    edition: str
    rulebook: str  # SHA-256 of the file, hex
    in_force_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarAdopted:
    KIND: ClassVar[str] = "calendar-adopted/1"
    calendar: str
    edition: str
    digest: str  # SHA-256 of the file, hex


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionWithdrawn:
    """What the fact at `adoption` adopted never governs anything. Part: reasons."""

    KIND: ClassVar[str] = "adoption-withdrawn/1"
    adoption: int  # its place in the record of the organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class FastTrackOrdered:
    """Every case that is open longer than this on the fact's day goes on the fast track. Part: reasons."""

    KIND: ClassVar[str] = "fast-track-ordered/1"
    longer_than: int
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDayOrdered:
    """Every case that is open longer than this on the fact's day is to be decided by a day. Part: reasons."""

    KIND: ClassVar[str] = "decision-day-ordered/1"
    longer_than: int
    unit: Unit
    decide_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FileImported:
    """A file was taken in: `read` = `taken` + `refused`; `known` of the taken were in the record already."""

    KIND: ClassVar[str] = "file-imported/1"
    file: str  # SHA-256 of the file, hex
    read: int
    taken: int
    refused: int
    known: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryKeySet:
    """From now on every backup is encrypted to this key, whose private half is a sheet of paper."""

    KIND: ClassVar[str] = "recovery-key-set/1"
    recovery: str  # SHA-256 of the public half's text, hex


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysBackedUp:
    """A backup of the keyring and of the keys of all units was asked for. Part: reasons."""

    KIND: ClassVar[str] = "keys-backed-up/1"
    recovery: str  # to which key it is encrypted: SHA-256 of the public half's text, hex
    units: int  # how many units had a key


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """The office was set up again from a backup; what came after it is lost here. `facts` it held."""

    KIND: ClassVar[str] = "restored/1"
    backup: str  # SHA-256 of the backup's list of contents, hex
    taken_on: date
    facts: int


Body = (
    Submitted
    | Linked
    | Told
    | Imported
    | Opened
    | PartyAdded
    | AllegationAdded
    | StepTaken
    | FindingMade
    | SanctionImposed
    | SanctionEnded
    | QuestionAnswered
    | TimeExtended
    | Paused
    | Resumed
    | FastTracked
    | TrackedByOrder
    | DecisionDaySet
    | Waived
    | Expired
    | Assigned
    | ConflictDeclared
    | NoConflictDeclared
    | Corrected
    | SealOpened
    | Appointed
    | AppointmentEnded
    | SignInReset
    | RulebookAdopted
    | CalendarAdopted
    | AdoptionWithdrawn
    | FastTrackOrdered
    | DecisionDayOrdered
    | FileImported
    | RecoveryKeySet
    | KeysBackedUp
    | Restored
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact of one chain, as it stands in the record.

    `on` is the day it happened; `noted_at` when it was written down (an instant; for what a reporter does, a
    day); `by` a role for parties, an appointment's number for officers, else "time" or "import"; `office` the
    office that acted. `parts` are (name, commitment) pairs, sorted by name.
    """

    chain: str
    place: int
    on: date
    noted_at: datetime | date
    by: str
    body: Body
    office: str | None = None
    parts: tuple[tuple[str, bytes], ...] = ()
