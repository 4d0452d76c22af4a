"""Where and when an act is asked for, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from duly.people import Actor, Roll
from duly.record.facts import FastTracked, Paused, Resumed, StepTaken, TimeExtended
from duly.record.fold import CaseState
from duly.rulebook.book import Rulebook
from duly.rulebook.steps import Is, Step
from duly.timetable.marking import Marking

_DECISIONS = (StepTaken, TimeExtended, Paused, Resumed, FastTracked)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """The case as it stood on the day `on`, who acts, and the day it is written down.

    What is worked out from the whole case is worked out once: each step of the rulebook asks for it.
    """

    case: CaseState
    marking: Marking
    actor: Actor
    roll: Roll
    on: date
    today: date

    @property
    def book(self) -> Rulebook:
        return self.marking.book

    @cached_property
    def writers(self) -> frozenset[str]:
        """The offices that deal with the parties: they receive, acknowledge, give notice and report progress.

        They may write down what a party did (an answer that came by post), and who the parties are.
        """
        kinds = (Is.RECEIPT, Is.ACKNOWLEDGEMENT, Is.SIFT, Is.NOTICE, Is.PROGRESS)
        steps: list[Step] = [step for kind in kinds for step in self.book.steps_that_are(kind)]
        offices = {office for step in steps for office in self.marking.offices_of(step)}
        return frozenset(offices - self.book.parties)

    @cached_property
    def standing_out(self) -> frozenset[str]:
        """Everybody who declared a conflict of interest in this case."""
        return frozenset(person for number in self.case.conflicts if (person := self.roll.person(number)))

    @cached_property
    def served(self) -> Mapping[str, frozenset[str]]:
        """By person the offices in which they decided anything in this case: steps, and about time as well.

        Writing down what a party did or said is no act in an office.
        """
        took_part: set[tuple[str, str]] = set()  # a long case has few of them, whom the roll is asked about
        for fact in self.case.moves:
            office, body = fact.office, fact.body
            if office is not None and isinstance(body, _DECISIONS):
                took_part.add((fact.by, office))
                if isinstance(body, StepTaken) and body.present:
                    took_part.update((number, office) for number in body.present)
        found: dict[str, set[str]] = {}
        for number, office in took_part:
            person = None if office in self.book.parties else self.roll.person(number)
            if person is not None:
                found.setdefault(person, set()).add(office)
        return {person: frozenset(offices) for person, offices in found.items()}
