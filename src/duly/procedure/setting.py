"""Where and when an act is asked for, and by whom."""

from dataclasses import dataclass
from datetime import date

from duly.people import Actor, Roll
from duly.record.fold import CaseState
from duly.rulebook.book import Rulebook
from duly.rulebook.steps import Is, Step
from duly.timetable.marking import Marking


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The case as it stood on the day `on`, who acts, and the day it is written down."""

    case: CaseState
    marking: Marking
    actor: Actor
    roll: Roll
    on: date
    today: date

    @property
    def book(self) -> Rulebook:
        return self.marking.book

    @property
    def writers(self) -> frozenset[str]:
        """The offices that deal with the parties: they receive, acknowledge, give notice and report progress.

        They may write down what a party did (an answer that came by post), and who the parties are.
        """
        kinds = (Is.RECEIPT, Is.ACKNOWLEDGEMENT, Is.SIFT, Is.NOTICE, Is.PROGRESS)
        steps: list[Step] = [step for kind in kinds for step in self.book.steps_that_are(kind)]
        offices = {office for step in steps for office in self.marking.offices_of(step)}
        return frozenset(offices - self.book.parties)
