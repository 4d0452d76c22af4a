"""Small rulebooks for tests: a frame that stays the same, and steps that a test writes into it.

Days in these tests: 2 March 2026 is a Monday. Unless a test says otherwise the books count nothing but days,
so that a date can be checked by adding: March has 31 days, April 30, May 31.
"""

from tests.timetable.casebook import Casebook, calendar

from duly.rulebook.book import Rulebook
from duly.rulebook.read import read

FRAME = """
stages = [{stages}]
[rulebook]
format = 1
title = "A small book"
edition = "1"
in_force_from = 2020-01-01
calendar = "GB-ENG"
[office]
complainant = {{ party = true }}
respondent = {{ party = true }}
officer = {{}}
chair = {{}}
panel = {{}}
overseer = {{}}
[one.receive]
by = "officer"
{steps}
"""


def small_book(steps: str, *, stages: str = "one two three") -> Rulebook:
    """The book with these steps (and other sections) beside `receive`, which opens the case in stage one.

    Offices: complainant, respondent, officer, chair, panel, overseer.
    """
    named = ", ".join(f'"{stage}"' for stage in stages.split())
    book = read(FRAME.format(stages=named, steps=steps))
    assert isinstance(book, Rulebook), "\n".join(f"{f.line}: {f.says}" for f in book.problems)
    return book


def small_case(steps: str, *, stages: str = "one two three", on: str = "2026-03-02") -> Casebook:
    """A case under such a book, received on this day, with a complainant C1 and a respondent R."""
    case = Casebook(small_book(steps, stages=stages), calendar())
    case.party(on, "C1", "complainant")
    case.party(on, "R", "respondent")
    return case.step(on, "receive")
