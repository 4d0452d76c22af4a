"""The same rulebook and record to the engine and to the reference, and where they differ."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.timetable.casebook import Casebook, calendar
from tests.timetable.reference.generate import FIRST, SPAN, Maker, Noted, record
from tests.timetable.reference.living import Living, Seen
from tests.timetable.reference.plain import Book, text_of

from duly.record.facts import Resumed
from duly.rulebook.book import Rulebook
from duly.rulebook.read import read
from duly.timetable.clock import Clock, ClockState
from duly.timetable.marking import Marking
from duly.timetable.objections import objections
from duly.timetable.state import state

CALENDAR = calendar()
LAST = FIRST + timedelta(days=SPAN + 30)
SHORT = (0, 0, 0, 3, 7)  # days of a period that leaves closed days out
SAID = ("told", "linked", "counts as", "ran out", "closes", "resumes", "voided")


@dataclass
class Case:
    """A rulebook that the reader takes, in both forms, and a record under it."""

    plain: Book
    book: Rulebook
    facts: list[Noted]

    def casebook(self, facts: list[Noted] | None = None) -> Casebook:
        case = Casebook(self.book, CALENDAR)
        for tag, role in (("C1", "complainant"), ("R", "respondent")):
            case.party(str(FIRST), tag, role)
        for number in ("A1", "A2"):
            case.allegation(str(FIRST), number)
        for fact in self.facts if facts is None else facts:
            note(case, fact)
        return case


def note(case: Casebook, fact: Noted) -> None:
    on = str(fact.on)
    match fact.kind:
        case "act":
            days = {name: str(day) for name, day in fact.days.items()}
            case.step(on, fact.name, fact.outcome, key=fact.key, office=fact.by, **days)
        case "extend":
            case.extend(on, fact.name, str(fact.until), key=fact.key)
        case "pause":
            case.pause(on, fact.name)
        case "resume":
            case.note(on, Resumed(pause=fact.name))
        case "answer":
            case.answer(on, fact.name, fact.outcome or "")
        case _:
            case.waive(on, fact.name, key=fact.key)


def case_of(seed: int) -> Case | None:
    """The case of this number, or None if its rulebook is none."""
    rng = Random(seed)  # noqa: S311 -- chance for a test, and the same each time
    plain = Maker(rng).book()
    facts = record(plain, rng)
    plain.short = rng.choice(SHORT)
    book = read(text_of(plain))
    return Case(plain, book, facts) if isinstance(book, Rulebook) else None


def seen_by_engine(marking: Marking) -> Seen:
    steps = [
        (step, key, outcome)
        for step in marking.book.steps.values()
        for key in (marking.members(step) if step.per else [None])
        for outcome in step.outcomes or [None]
    ]
    return Seen(
        open=list(marking.open),
        closed=(marking.closed_on, marking.closed_as),
        clocks=sorted(
            ((*_ticks(c), c.ran_out_on, tuple(c.breaches)) for c in marking.clocks),
            key=str,
        ),
        enabled=[(s.name, k, o) for s, k, o in steps if not any(objections(marking, s, key=k, outcome=o))],
        said=[(each.kind, each.name, each.on) for each in marking.happenings if each.kind in SAID],
    )


def _ticks(clock: Clock) -> tuple[object, ...]:
    """As the reference has it (`Living._ticks`)."""
    is_gone = clock.state in (ClockState.FELL_AWAY, ClockState.RESTARTED)
    days = (None, None) if is_gone else (clock.original_due, clock.due)
    return clock.limit.name, clock.limit.part, clock.key, clock.state.value, *days


def differences(case: Case, *, every: int = 1) -> list[str]:
    """What the two say differently on the first day on which they do; empty if they agree on every day.

    The engine is asked for each `every`th day: the reference has to live through all of them anyway.
    """
    lived = Living(case.plain).live(case.facts, LAST)
    folded = case.casebook().case
    for n, (day, theirs) in enumerate(lived.items()):
        if n % every and day != LAST:
            continue
        ours = seen_by_engine(state(folded, case.book, CALENDAR, on=day))
        if ours != theirs:
            return [f"{day} {line}" for line in _lines(ours, theirs)]
    return []


def _lines(ours: Seen, theirs: Seen) -> list[str]:
    found: list[str] = []
    for name in ("open", "closed", "clocks", "enabled", "said"):
        one, other = getattr(ours, name), getattr(theirs, name)
        if one != other:
            found += [f"{name}: engine only {each}" for each in one if each not in other]
            found += [f"{name}: reference only {each}" for each in other if each not in one]
            found.append(f"{name} differ")
    return found


def told(case: Case, day: date | None = None) -> str:
    """The case as somebody would have to read it to find the fault."""
    noted = "\n".join(map(str, sorted(case.facts, key=lambda fact: fact.on)))
    return f"{text_of(case.plain)}\n{noted}\n{day or ''}"
