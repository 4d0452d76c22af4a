"""A second edition adopted while cases run: "stay", "move at once", "finish the stage they are in"."""

from datetime import date

import pytest
from tests.timetable.casebook import Casebook, calendar, day
from tests.timetable.small_books import FRAME, small_case

from duly.rulebook.book import Rulebook
from duly.rulebook.read import read
from duly.timetable.adopted import Fate, NewEdition

STEPS = """
[one.sift]
by = "officer"
within = "10 days after receive"
outcomes = { accepted = "goes to two", dismissed = "closes the case as dismissed" }
[two.serve]
by = "officer"
within = "5 days after two begins"
[two.say]
by = "respondent"
within = "14 days after serve"
[two.find]
by = "panel"
within = "30 days after serve"
outcomes = { proved = "goes to three", not-proved = "closes the case as not proved" }
[three.fix]
by = "chair"
within = "10 days after three begins"
"""
STAY, MOVE, FINISH = "stay", "move at once", "finish the stage they are in"


def book(mode: str, *changes: tuple[str, str], stages: str = "one two three", more: str = "") -> Rulebook:
    steps = STEPS + more
    for old, new in changes:
        assert old in steps, old
        steps = steps.replace(old, new)
    named = ", ".join(f'"{stage}"' for stage in stages.split())
    text = FRAME.format(stages=named, steps=steps).replace(
        'edition = "1"', f'edition = "2"\nrunning_cases = "{mode}"'
    )
    found = read(text)
    assert isinstance(found, Rulebook), found
    return found


def adopted(case: Casebook, new: Rulebook, since: str) -> Casebook:
    case.changes.append(NewEdition(day(since), new, calendar()))
    return case


def served() -> Casebook:
    """Received Mon 2 March, accepted on Tue 3 March, notice served on Wed 4 March."""
    case = small_case(STEPS).step("2026-03-03", "sift", "accepted")
    return case.step("2026-03-04", "serve")


LONGER = ("30 days after serve", "40 days after serve")
SHORTER = ("30 days after serve", "20 days after serve")


def test_stay_leaves_the_case_under_its_edition_to_the_end():
    case = adopted(served(), book(STAY, LONGER, ("10 days after three", "3 days after three")), "2026-03-09")
    case.step("2026-03-20", "find", "proved")

    marking = case.at("2026-03-20")

    assert marking.book.edition == "1"
    assert [effect.fate for effect in marking.effects] == [Fate.STAYS]
    assert case.clock("2026-03-20", "fix").due == date(2026, 3, 30)


def test_move_at_once_counts_by_the_new_edition_from_its_day_on():
    """30 days from Wed 4 March end on Fri 3 April; 40 on Mon 13 April."""
    case = adopted(served(), book(MOVE, LONGER), "2026-03-09")

    assert case.clock("2026-03-08", "find").due == date(2026, 4, 3)
    assert case.clock("2026-03-09", "find").due == date(2026, 4, 13)
    assert case.at("2026-03-08").book.edition == "1"
    assert case.at("2026-03-09").book.edition == "2"


def test_what_the_move_did_is_told_clock_by_clock():
    case = adopted(served(), book(MOVE, LONGER), "2026-03-09")

    (effect,) = case.at("2026-03-09").effects

    assert (effect.fate, effect.edition, effect.stages) == (Fate.MOVED, "1", ("two",))
    told = {(each.clock.step, each.before, each.after) for each in effect.clocks}
    assert told == {
        ("find", date(2026, 4, 3), date(2026, 4, 13)),
        ("say", date(2026, 3, 18), date(2026, 3, 18)),
    }


def test_an_offices_time_may_be_shorter_and_a_partys_is_never():
    new = book(MOVE, SHORTER, ("14 days after serve", "7 days after serve"))
    case = adopted(served(), new, "2026-03-09")

    assert case.clock("2026-03-09", "find").due == date(2026, 3, 24)
    assert case.clock("2026-03-09", "say").due == date(2026, 3, 18)


def test_a_time_counted_from_something_else_in_the_new_edition_is_counted_from_there():
    """Counted from the beginning of stage two, Tue 3 March, 30 days end on Thu 2 April."""
    new = book(MOVE, ("30 days after serve", "30 days after two begins"))
    case = adopted(served(), new, "2026-03-09")

    assert case.clock("2026-03-09", "find").due == date(2026, 4, 2)


def test_a_time_counted_from_what_has_not_come_falls_away_and_begins_when_it_comes():
    new = book(MOVE, ("30 days after serve", "30 days after say or time up"))
    case = adopted(served(), new, "2026-03-09")

    (effect,) = case.at("2026-03-09").effects
    assert ("find", date(2026, 4, 3), None) in {(c.clock.step, c.before, c.after) for c in effect.clocks}
    case.step("2026-03-16", "say")
    assert case.clock("2026-03-16", "find").due == date(2026, 4, 15)


def test_a_time_that_only_the_new_edition_has_is_counted_from_its_day_at_the_earliest():
    """Its trigger was on Wed 4 March, before there was such a time; from Mon 9 March 5 days are 14 March."""
    more = """
[two.report]
by = "officer"
within = "5 days after serve"
"""
    case = adopted(served(), book(MOVE, more=more), "2026-03-09")

    assert case.clock("2026-03-09", "report").due == date(2026, 3, 14)
    (effect,) = case.at("2026-03-09").effects
    assert [(e.clock.step, e.before, e.after) for e in effect.clocks if e.is_new] == [
        ("report", None, date(2026, 3, 14))
    ]


def test_finish_the_stage_leaves_the_stage_and_its_clocks_as_they_are_and_takes_the_next():
    """Three days to fix a hearing in the new edition, counted from the finding of Fri 20 March."""
    new = book(FINISH, LONGER, ("10 days after three", "3 days after three"))
    case = adopted(served(), new, "2026-03-09").step("2026-03-20", "find", "proved")

    assert case.clock("2026-03-19", "find").due == date(2026, 4, 3)
    assert case.at("2026-03-19").book.edition == "1"
    marking = case.at("2026-03-20")
    assert marking.book.edition == "2"
    assert [(each.fate, each.on) for each in marking.effects] == [
        (Fate.WAITS, date(2026, 3, 9)),
        (Fate.MOVED, date(2026, 3, 20)),
    ]
    assert case.clock("2026-03-20", "fix").due == date(2026, 3, 23)


def test_a_case_that_opens_later_is_not_touched_and_neither_is_one_that_is_closed():
    new = book(MOVE, LONGER)
    case = served().step("2026-03-06", "find", "not-proved")

    assert adopted(case, new, "2026-03-09").at("2026-03-20").book.edition == "1"
    assert case.at("2026-03-20").effects == []


@pytest.mark.parametrize("mode", [MOVE, FINISH])
def test_a_stage_that_the_new_edition_lacks_leaves_the_case_where_it_is_in_words(mode: str):
    new = book(
        mode,
        ("[two.", "[inquiry."),
        ("goes to two", "goes to inquiry"),
        ("two begins", "inquiry begins"),
        stages="one inquiry three",
    )
    case = adopted(served(), new, "2026-03-09").step("2026-03-20", "find", "proved")

    marking = case.at("2026-03-20")

    assert marking.book.edition == "1"
    assert marking.effects[-1].fate is Fate.NOT_MOVED
    assert "stage-not-in-edition" in {problem.code for problem in marking.effects[-1].why}
    assert case.clock("2026-03-20", "fix").due == date(2026, 3, 30)


def test_a_stage_that_was_called_otherwise_is_gone_on_in_under_its_new_name():
    new = book(
        MOVE,
        ("[two.", "[inquiry."),
        ("goes to two", "goes to inquiry"),
        ("two begins", "inquiry begins"),
        LONGER,
        stages="one inquiry three",
        more='[was]\ninquiry = "two"\n',
    )
    case = adopted(served(), new, "2026-03-09")

    marking = case.at("2026-03-09")

    assert marking.book.edition == "2"
    assert marking.open == {"inquiry": date(2026, 3, 3)}
    assert case.clock("2026-03-09", "find").due == date(2026, 4, 13)
    case.step("2026-03-10", "find", "proved")
    assert set(case.at("2026-03-10").open) == {"three"}


def test_a_step_that_was_done_and_has_no_name_there_leaves_the_case_where_it_is():
    new = book(MOVE, ("[two.serve]", "[two.tell]"), ("after serve", "after tell"))
    case = adopted(served(), new, "2026-03-09")

    (effect,) = case.at("2026-03-09").effects

    assert effect.fate is Fate.NOT_MOVED
    assert [problem.code for problem in effect.why] == ["step-not-in-edition"]
    assert case.clock("2026-03-09", "find").due == date(2026, 4, 3)


def test_of_two_editions_the_later_takes_a_case_that_waits_for_the_end_of_its_stage():
    case = adopted(served(), book(FINISH, ("10 days after three", "3 days after three")), "2026-03-09")
    later = book(FINISH, ("10 days after three", "4 days after three"))
    adopted(case, later, "2026-03-12").step("2026-03-20", "find", "proved")

    assert case.clock("2026-03-20", "fix").due == date(2026, 3, 24)


def test_a_late_clock_stays_late_and_what_followed_stays():
    """Nobody served within 5 days of Tue 3 March; the new edition gives 10, so that it runs again."""
    case = small_case(STEPS).step("2026-03-03", "sift", "accepted")
    adopted(case, book(MOVE, ("5 days after two begins", "10 days after two begins")), "2026-03-10")

    clock = case.clock("2026-03-10", "serve")

    assert (clock.due, clock.is_late, clock.breaches) == (date(2026, 3, 13), False, [date(2026, 3, 8)])
