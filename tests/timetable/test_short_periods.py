"""A period of at most so many days leaves closed days out (CPR 2.8(4)): read, told, compared and counted."""

from datetime import date

import pytest
from tests.timetable.casebook import calendar, rulebook
from tests.timetable.small_books import FRAME, small_case

from duly.compare.whole import compare
from duly.explain.whole import explain
from duly.lint.whole import explored
from duly.rulebook.book import Counting, LastDayClosed, Rulebook
from duly.rulebook.fault import Unreadable
from duly.rulebook.phrases import Direction
from duly.rulebook.read import read
from duly.timetable.counting import first_day, last_day
from duly.timetable.pause_reviews import reviews_owed
from duly.timetable.working import explain_count
from duly.vocabulary import Length, Period, Unit

SHORT = Counting(short_period=5)
SHORT_ROLLS = Counting(short_period=5, last_day_closed=LastDayClosed.NEXT_WORKING_DAY)
DAYS, CLEAR, WEEKS = Unit.DAYS, Unit.CLEAR_DAYS, Unit.WEEKS
GB = calendar()
SAID = 'short_periods = "at most 5 days leave closed days out"'


@pytest.mark.parametrize(
    ("amount", "unit", "direction", "start", "due"),
    [
        (5, DAYS, Direction.AFTER, "2026-03-30", "2026-04-08"),  # Good Friday to Easter Monday left out
        (6, DAYS, Direction.AFTER, "2026-03-30", "2026-04-05"),  # no short period: it ends on the Sunday
        (1, DAYS, Direction.AFTER, "2026-04-02", "2026-04-07"),
        (2, DAYS, Direction.BEGINNING_WITH, "2026-04-02", "2026-04-07"),
        (3, DAYS, Direction.BEFORE, "2026-04-08", "2026-04-01"),
        (3, CLEAR, Direction.BEFORE, "2025-10-20", "2025-10-14"),
        (3, CLEAR, Direction.BEFORE, "2023-10-19", "2023-10-15"),  # the far end is no clear day: a Sunday
        (3, CLEAR, Direction.AFTER, "2026-04-01", "2026-04-09"),
        (1, WEEKS, Direction.AFTER, "2026-03-30", "2026-04-06"),  # seven days are more than five
        (1, Unit.MONTHS, Direction.AFTER, "2026-03-03", "2026-04-03"),
    ],
)
def test_closed_days_are_left_out_of_short_periods_only(
    amount: int, unit: Unit, direction: Direction, start: str, due: str
) -> None:
    length, begins = Length(amount, unit), date.fromisoformat(start)
    assert str(last_day(length, direction, begins, calendar=GB, rules=SHORT)) == due
    assert str(first_day(length, direction, begins, calendar=GB, rules=SHORT)) == due


def test_a_week_is_short_where_seven_days_are() -> None:
    found = last_day(
        Length(1, WEEKS),
        Direction.AFTER,
        date(2026, 3, 30),
        calendar=GB,
        rules=Counting(short_period=7),
    )
    assert found == date(2026, 4, 10)


def test_the_far_end_of_clear_days_rolls_off_a_closed_day_where_last_days_do() -> None:
    three = Length(3, CLEAR)  # Wed 15, Thu 16 and Fri 17 April; the far end is a Saturday
    for rules, due in ((SHORT, date(2026, 4, 18)), (SHORT_ROLLS, date(2026, 4, 20))):
        assert last_day(three, Direction.AFTER, date(2026, 4, 14), calendar=GB, rules=rules) == due


def test_paused_days_are_left_out_as_well() -> None:
    paused = (Period(date(2026, 4, 7), date(2026, 4, 9)),)
    found = last_day(
        Length(5, DAYS), Direction.AFTER, date(2026, 3, 30), calendar=GB, rules=SHORT, paused=paused
    )
    assert found == date(2026, 4, 10)


def test_the_working_says_why_closed_days_are_not_counted() -> None:
    working = explain_count(
        Length(3, CLEAR), Direction.BEFORE, date(2025, 10, 20), calendar=GB, rules=SHORT, what="Heard on"
    )
    assert working.due == date(2025, 10, 14)
    assert [each.says for each in working.sentences] == [
        "Heard on Mon 20 Oct 2025. Of clear days both ends are left out. "
        "Of so short a period closed days are not counted.",
        "Skipped: 2 weekend days. The 3 clear days are Wed 15 Oct 2025 to Fri 17 Oct 2025. "
        "The last day is Tue 14 Oct 2025.",
    ]
    forwards = explain_count(
        Length(5, DAYS), Direction.AFTER, date(2026, 3, 30), calendar=GB, rules=SHORT, what="Served"
    )
    assert [each.says for each in forwards.sentences] == [
        "Served Mon 30 Mar 2026. Day 1 is Tue 31 Mar 2026. Of so short a period closed days are not counted.",
        "Skipped: 2 weekend days, Good Friday 3 April, Easter Monday 6 April. Day 5 is Wed 8 Apr 2026.",
    ]
    assert (forwards.counted, forwards.steps[-1].on) == (5, forwards.due)


def test_a_measure_and_a_pause_last_no_longer_for_being_short() -> None:
    """From Thursday 2 April 2026 on, before Easter: three days are three days."""
    rules = (
        f"[counting]\n{SAID}\n"
        '[measure.hold]\nat_most = "3 days"\n[one.bind]\nby = "chair"\nthen = "begins hold"\n'
        '[pause.illness]\nby = "chair"\nat_most = "3 days"\nreview = "every 2 days"\n'
    )
    case = small_case(rules).step("2026-04-02", "bind").pause("2026-04-02", "illness")
    assert "hold" in case.at("2026-04-04").open
    assert "hold" not in case.at("2026-04-05").open
    assert case.at("2026-04-04").is_paused()
    assert not case.at("2026-04-05").is_paused()
    assert [str(each.due) for each in reviews_owed(case.at("2026-04-02"))] == ["2026-04-04"]


# --- the rulebook ----------------------------------------------------------------------------------------


def bands(line: str = SAID) -> Rulebook:
    return rulebook(**{"[counting]": f"[counting]\n{line}"})


def faults(line: str) -> list[str]:
    text = f"""stages = ["one"]
[rulebook]
format = 1
title = "A book"
edition = "1"
in_force_from = 2026-01-01
calendar = "GB-ENG"
[counting]
{line}
[office]
officer = {{}}
[one.receive]
by = "officer"
"""
    found = read(text)
    assert isinstance(found, Unreadable)
    return [f"{fault.line}: {fault.says} {fault.remedy}" for fault in found.problems]


def test_a_rulebook_says_how_short_and_a_rulebook_of_before_says_nothing() -> None:
    assert bands().counting.short_period == 5
    assert rulebook().counting.short_period is None


@pytest.mark.parametrize(
    ("said", "says", "remedy"),
    [
        ("5 days", "I do not know this.", 'Say "at most 5 days leave closed days out".'),
        ("at most five days leave closed days out", '"five" is a word.', 'Write it in figures: "5 days".'),
        (
            "at most 5 working days leave closed days out",
            "how short a period is, is said in days.",
            'Say "at most 5 days leave closed days out".',
        ),
        (
            "at most 60 days leave closed days out",
            "60 days are no short period.",
            "Write at most 30 days.",
        ),
    ],
)
def test_what_is_no_short_period_is_refused_with_the_line_and_a_remedy(
    said: str, says: str, remedy: str
) -> None:
    (fault,) = faults(f'short_periods = "{said}"')
    assert fault == f'9: short_periods = "{said}": {says} {remedy}'


def test_the_rules_in_words_say_it() -> None:
    said = str(explain(bands(), role=None))
    assert "A time of at most 5 days leaves out the closed days that fall into it." in said
    assert "closed days that fall" not in str(explain(rulebook(), role=None))


def test_two_editions_differ_in_it() -> None:
    assert [each.says for each in compare(rulebook(), bands())] == [
        "Counting of days: up to how many days a time leaves closed days out is now 5; "
        "before, nothing was said of it."
    ]


def test_the_longest_run_that_the_lint_tells_is_longer_by_the_closed_days() -> None:
    shorter = {'within  = "14 days after second-look begins"': 'within  = "5 days after second-look begins"'}
    plain = explored(rulebook(**shorter)).totals
    short = explored(rulebook(**shorter, **{"[counting]": f"[counting]\n{SAID}"})).totals
    assert plain is not None
    assert short is not None
    assert plain.closing is not None
    assert short.closing == plain.closing + 4  # five days, and in the second round five more, of 7 each


def test_a_short_time_may_reach_a_day_that_its_days_alone_do_not() -> None:
    """Due within 4 days, not before 5: refused, unless four days may be six or more."""
    step = '[one.act]\nby = "officer"\nwithin = "4 days after receive"\nnot_before = "5 days after receive"\n'
    (fault,) = problems_of(step)
    assert "must be done by day 4 after receive but not before day 5" in fault
    assert problems_of(f'[counting]\nshort_periods = "at most 4 days leave closed days out"\n{step}') == []


def problems_of(steps: str) -> list[str]:
    found = read(FRAME.format(stages='"one"', steps=steps))
    return [fault.says for fault in found.problems] if isinstance(found, Unreadable) else []
