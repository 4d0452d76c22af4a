"""The whole docket in numbers, for whoever answers for the timetable: how much, how late; never which."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from duly.people import Actor
from duly.rulebook.prose import title, words
from duly_server.services.acting import Acting
from duly_server.services.docket import books, span_of, working_days_since
from duly_server.store import appointments, editions, whole
from duly_server.store.docket import PAUSE_REVIEW
from duly_server.store.whole import Cases, InterimCount, StepCount


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step owed by an office. `longest`: the working days of the one late longest."""

    step: str
    clause: str
    count: StepCount
    longest: int | None
    next: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeLines:
    """Everything that one office, or several of which any one does it, owes now."""

    title: str
    is_party: bool
    lines: tuple[StepLine, ...]

    @property
    def late(self) -> int:
        return sum(line.count.late for line in self.lines)

    @property
    def running(self) -> int:
        return sum(line.count.running for line in self.lines)


@dataclass(frozen=True, slots=True)
class Without:
    """In so many open cases everybody who holds this office stands out, and so does who stands in for it."""

    office: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InterimLine:
    """One interim measure; `days` is how long the oldest has lasted, its first day counted."""

    name: str
    count: InterimCount
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """`longest` is that of the duty late longest of all."""

    cases: Cases
    late: int
    soon: int
    waiting: int
    longest: int | None
    offices: tuple[OfficeLines, ...] = field(default=())
    without: tuple[Without, ...] = field(default=())
    interim: tuple[InterimLine, ...] = field(default=())


def answerable(acting: Acting) -> Actor | None:
    """The appointment by which somebody answers for the timetable today."""
    book, _ = editions.in_force(acting.today)
    return next(
        (a for a in acting.actors() if a.office in book.offices and book.offices[a.office].accountable), None
    )


def serves_too(acting: Acting) -> bool:
    """Whoever serves cases has a docket of their own, and gets no count of everything beside it."""
    return whole.serves(acting.viewer, acting.today)


def whole_docket(acting: Acting) -> Whole:
    """Counts alone, of every open case. Only for whoever is `answerable` and not `serves_too`."""
    counts = whole.by_step(span_of(acting.today))
    days = [count.longest for count in counts if count.longest is not None]
    return Whole(
        cases=whole.cases(),
        late=sum(count.late for count in counts),
        soon=sum(count.soon for count in counts),
        waiting=sum(count.running - count.paused for count in counts if count.is_party),
        longest=working_days_since(min(days), acting.today) if days else None,
        offices=_by_office(counts, acting.today),
        without=_without(acting.today),
        interim=tuple(
            InterimLine(name=title(each.measure), count=each, days=(acting.today - each.since).days + 1)
            for each in whole.interim(acting.today)
        ),
    )


def _without(today: date) -> tuple[Without, ...]:
    """Whoever stands out can't say so any more, and the others see a case in which nothing is done."""
    roll = appointments.roll()
    found: Counter[str] = Counter()
    for edition, numbers in whole.stood_out_of():
        book = editions.edition(edition)
        out = {roll.person(number) for number in numbers}
        held = {name: {a.person for a in roll.holders(name, on=today)} for name in book.offices}
        found.update(
            name
            for name, office in book.offices.items()
            if not office.party
            and held[name]
            and held[name] <= out
            and not held.get(office.stands_in or "", set()) - out
        )
    return tuple(Without(words(name), found[name]) for name in _offices() if found[name])


def _by_office(counts: Iterable[StepCount], today: date) -> tuple[OfficeLines, ...]:
    """Offices in the order of the rulebook, the parties last; in each the late first."""
    order = {name: place for place, name in enumerate(_offices())}
    of: dict[tuple[str, ...], list[StepCount]] = {}
    for count in counts:
        of.setdefault(count.offices, []).append(count)
    found = [
        OfficeLines(
            title=_title(offices),
            is_party=all(count.is_party for count in some),
            lines=tuple(
                _line(count, today) for count in sorted(some, key=lambda c: (-c.late, -c.running, c.step))
            ),
        )
        for offices, some in sorted(of.items(), key=lambda each: [order.get(o, len(order)) for o in each[0]])
    ]
    return tuple(sorted(found, key=lambda each: each.is_party))


def _offices() -> dict[str, None]:
    return dict.fromkeys(name for book in books() for name in book.offices)


def _title(offices: tuple[str, ...]) -> str:
    said = " or ".join(words(office) for office in offices)
    return said[:1].upper() + said[1:]


def _line(count: StepCount, today: date) -> StepLine:
    if count.limit == PAUSE_REVIEW:
        name, clause = f"Review of the pause: {words(count.step)}", ""
    else:
        step = next((book.steps[count.step] for book in books() if count.step in book.steps), None)
        name = title(count.step)
        if count.limit != count.step:
            name = f"{title(count.limit)}: {words(count.step)}"
        clause = (step.clause or "") if step else ""
    longest = working_days_since(count.longest, today) if count.longest else None
    return StepLine(step=name, clause=clause, count=count, longest=longest, next=count.next)
