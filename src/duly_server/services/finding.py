"""What the search box of the desk finds beside a reference: clauses, steps, officers. Clear columns alone.

No word of a report, a party or a reason is looked through: those are sealed (threats 4.7).
"""

import re
import unicodedata
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from duly.record.references import reads_as_reference
from duly.rulebook.book import Rulebook
from duly.rulebook.prose import title
from duly.vocabulary.day import desk_day
from duly_server.services.acting import Acting
from duly_server.store import appointments, docket, editions
from duly_server.store.accounts import INVITED
from duly_server.store.visible import Viewer, viewer_of

MOST = 25  # of each kind; who finds more asks for more
_QUOTES = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'") | dict.fromkeys("\u2010\u2011\u2012\u2013", "-")
)
_AROUND = "#.,:;()[]\"'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause with what it is about, and the anchor of its place on the page of the rulebook."""

    clause: str
    about: str
    words: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFound:
    """A step, and how many cases that the viewer sees owe it now."""

    name: str
    title: str
    clause: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """Somebody who holds an office today, by one of their appointments."""

    number: str
    name: str
    offices: tuple[str, ...]
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    clauses: tuple[Clause, ...] = ()
    steps: tuple[StepFound, ...] = ()
    officers: tuple[Officer, ...] = ()
    is_cut: bool = False  # of a kind there is more than is shown

    @property
    def is_nothing(self) -> bool:
        return not (self.clauses or self.steps or self.officers)


def find(acting: Acting, text: str) -> Found:
    """What holds every word of the text, in the edition in force and among those who hold an office today."""
    wanted = tuple(word for word in _plain(text).split() if any(map(str.isalnum, word)))
    if not wanted:
        return Found()
    book, _ = editions.in_force(acting.today)
    held = tuple(each for each in clauses(book) if _holds(wanted, each.clause, each.about, each.words))
    steps, officers = _steps(acting, book, wanted), _officers(acting, wanted)
    return Found(
        clauses=held[:MOST],
        steps=steps[:MOST],
        officers=officers[:MOST],
        is_cut=max(len(held), len(steps), len(officers)) > MOST,
    )


def reference_in(text: str) -> str | None:
    """The reference somebody meant, in letters of any width, alone or behind words: "case #K7QH 3M2C"."""
    words = unicodedata.normalize("NFKC", text).split()
    for at in range(len(words)):
        if meant := reads_as_reference("".join(words[at:]).strip(_AROUND)):
            return meant
    return None


def clauses(book: Rulebook) -> Iterable[Clause]:
    """Every clause of the edition: of conduct, of steps, of limits with a clause of their own."""
    for conduct in book.conduct.values():
        if conduct.clause:
            yield Clause(
                clause=conduct.clause,
                about=conduct.title,
                words=conduct.text or "",
                anchor=f"conduct-{conduct.name}",
            )
    for step in book.steps.values():
        if step.clause:
            yield Clause(clause=step.clause, about=title(step.name), words="", anchor=step.name)
    for limit in book.limits:
        step_clause = book.steps[limit.step].clause
        if limit.clause and limit.clause != step_clause:
            about = f"{title(limit.name)}, of {title(limit.step).lower()}"
            yield Clause(clause=limit.clause, about=about, words="", anchor=limit.step)


def name_of(number: str) -> str:
    """Whose appointment this is; "" where it is none."""
    return appointments.who(number) or "" if number else ""


def viewer_behind(number: str) -> Viewer | None:
    """The person behind an appointment, with everything they ever held; None where it is none."""
    person = appointments.roll().person(number) if number else None
    return viewer_of(uuid.UUID(person)) if person else None


def _steps(acting: Acting, book: Rulebook, wanted: tuple[str, ...]) -> tuple[StepFound, ...]:
    found = [
        step for step in book.steps.values() if _holds(wanted, title(step.name), step.name, step.clause or "")
    ]
    if not found:
        return ()
    owed = docket.count_by_step(acting.viewer, acting.today)
    return tuple(
        StepFound(
            name=step.name, title=title(step.name), clause=step.clause or "", cases=owed.get(step.name, 0)
        )
        for step in found
    )


def _officers(acting: Acting, wanted: tuple[str, ...]) -> tuple[Officer, ...]:
    held: dict[str, list[appointments.Seat]] = {}
    for seat in appointments.every_seat():
        if seat.is_held(acting.today):
            held.setdefault(seat.appointment.person, []).append(seat)
    found = []
    for seats in held.values():
        offices = tuple(dict.fromkeys(title(seat.appointment.office) for seat in seats))
        login = "" if seats[0].login.startswith(INVITED) else seats[0].login
        if _holds(wanted, seats[0].name, login, *offices):
            first = seats[0].appointment
            found.append(
                Officer(number=first.number, name=seats[0].name, offices=offices, since=desk_day(first.since))
            )
    return tuple(sorted(found, key=lambda each: each.name))


def _plain(text: str) -> str:
    """Alike however it was typed: in pieces or composed, by either apostrophe, in any width or case."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).translate(_QUOTES)


def _holds(wanted: Iterable[str], *texts: str) -> bool:
    """A letter or a figure alone is a word of its own, "4" none of "24"; a longer word may be part of one."""
    whole = _plain(" ".join(texts))
    words = set(re.findall(r"[a-z0-9]+", whole))
    return all(word in words if len(word) == 1 and word.isascii() else word in whole for word in wanted)
