"""A small world for tests of the engine: a rulebook, a calendar, and a case written down act by act."""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from duly.record.facts import (
    AllegationAdded,
    Body,
    Channel,
    Fact,
    PartyAdded,
    PartyRole,
    Paused,
    QuestionAnswered,
    Resumed,
    StepTaken,
    TimeExtended,
    Waived,
)
from duly.record.fold import CaseState, fold
from duly.rulebook.book import Rulebook
from duly.rulebook.read import read
from duly.timetable.adopted import Change
from duly.timetable.calendar import Calendar, read_calendar
from duly.timetable.clock import Clock
from duly.timetable.marking import Marking
from duly.timetable.state import state
from duly_server.store.zones import zone_named

ROOT = Path(__file__).parents[2]


def rulebook(path: str = "tests/rulebooks/village-bands.toml", **replacing: str) -> Rulebook:
    """A rulebook of the tests, with texts in it replaced: each must be there."""
    text = (ROOT / path).read_text()
    for old, new in replacing.items():
        assert old in text, old
        text = text.replace(old, new)
    book = read(text)
    assert isinstance(book, Rulebook), "\n".join(f"{f.line}: {f.says}" for f in book.problems)
    return book


def calendar(name: str = "GB-ENG") -> Calendar:
    found = read_calendar((ROOT / "calendars" / f"{name}.toml").read_text())
    assert isinstance(found, Calendar)
    return replace(found, zones=zone_named)


def day(text: str) -> date:
    return date.fromisoformat(text)


@dataclass
class Casebook:
    """Facts in the order in which they are written down. Days are given as text."""

    book: Rulebook
    calendar: Calendar
    facts: list[Fact] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)  # adopted since it opened

    def note(self, on: str, body: Body, *, office: str | None = None, by: str = "AP-1") -> "Casebook":
        place = len(self.facts) + 1
        self.facts.append(
            Fact(
                chain="case/K7QH-3M2C",
                place=place,
                on=day(on),
                noted_at=day(on),
                by=by,
                office=office,
                body=body,
            )
        )
        return self

    def step(
        self,
        on: str,
        step: str,
        outcome: str | None = None,
        *,
        key: str | None = None,
        office: str | None = None,
        channel: Channel | None = None,
        **days: str,
    ) -> "Casebook":
        fixed = {name.replace("_", "-"): day(text) for name, text in days.items()}
        body = StepTaken(step=step, outcome=outcome, key=key, days=fixed, channel=channel)
        return self.note(on, body, office=office or self.book.steps[step].by[0])

    def party(self, on: str, tag: str, role: str, complaint: str | None = None) -> "Casebook":
        return self.note(on, PartyAdded(tag=tag, role=PartyRole(role), complaint=complaint))

    def allegation(self, on: str, number: str, conduct: str = "bullying") -> "Casebook":
        return self.note(on, AllegationAdded(allegation=number, conduct=conduct))

    def extend(self, on: str, step: str, until: str, key: str | None = None) -> "Casebook":
        return self.note(on, TimeExtended(step=step, until=day(until), key=key))

    def pause(self, on: str, pause: str) -> "Casebook":
        return self.note(on, Paused(pause=pause))

    def resume(self, on: str, pause: str) -> "Casebook":
        return self.note(on, Resumed(pause=pause))

    def answer(self, on: str, question: str, answer: str) -> "Casebook":
        return self.note(on, QuestionAnswered(question=question, answer=answer))

    def waive(self, on: str, step: str, key: str | None = None) -> "Casebook":
        return self.note(on, Waived(step=step, key=key))

    @property
    def case(self) -> CaseState:
        return fold(self.facts)

    def at(self, on: str) -> Marking:
        return state(self.case, self.book, self.calendar, on=day(on), changes=self.changes)

    def clock(self, on: str, step: str, key: str | None = None) -> Clock:
        """The latest clock of this step (and key) on this day."""
        found = [c for c in self.at(on).clocks if c.step == step and key in (None, c.key)]
        assert found, f"no clock of {step}"
        return found[-1]


def opened(book: Rulebook | None = None, on: str = "2026-03-02") -> Casebook:
    """A complaint by C1 about R, received."""
    case = Casebook(book or rulebook(), calendar())
    case.party(on, "C1", "complainant", complaint="C0MP-0001")
    case.party(on, "R", "respondent")
    case.step(on, "receive", key="C0MP-0001")
    return case
