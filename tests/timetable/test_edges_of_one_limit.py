"""One limit outside a case, where only a slight difference shows: each of these was a mutant that lived."""

from datetime import date

import pytest
from tests.timetable.casebook import calendar
from tests.timetable.small_books import small_book, small_case

from duly.timetable.one_limit import OneLimit, explain_limit
from duly.vocabulary import Refused

QUESTIONS = "".join(
    f'[question.{name}]\nask = "{name}?"\nanswers = ["no", "yes"]\n' for name in ("far", "ill")
)
TWO = (
    '[one.act]\nby = "officer"\nwithin = ["10 days after receive", "20 days after receive"]\n'
    "instead = [{{ when = {when}, within = {within} }}]\n"
)


def asked(steps: str, name: str = "act", start: date = date(2026, 3, 2), **answers: str) -> OneLimit:
    found = explain_limit(small_book(steps), name, start, calendar=calendar(), answers=answers)
    assert isinstance(found, OneLimit), str(found)
    return found


def dues(found: OneLimit) -> list[date | None]:
    return [found.due, *(other.due for other in found.others)]


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        ('["30 days after receive", "40 days after receive"]', [date(2026, 4, 1), date(2026, 4, 11)]),
        ('"30 days after receive"', [date(2026, 4, 1), date(2026, 4, 1)]),
    ],
)
def test_each_of_several_times_has_its_own_instead_or_shares_the_only_one(
    within: str, expected: list[date]
) -> None:
    steps = QUESTIONS + TWO.format(when='"far is yes"', within=within)
    assert dues(asked(steps, far="yes")) == expected


@pytest.mark.parametrize(
    ("when", "answers", "is_met"),
    [
        ('["far is yes", "ill is yes"]', {"far": "yes"}, False),
        ('["far is yes", "ill is yes"]', {"far": "yes", "ill": "yes"}, True),
        ('"far is yes or ill is yes"', {"far": "yes"}, True),
        ('"far is yes or ill is yes"', {}, False),
        ('"two is open"', {}, False),
    ],
)
def test_a_list_asks_for_all_and_or_for_any(when: str, answers: dict[str, str], is_met: bool) -> None:
    steps = QUESTIONS + TWO.format(when=when, within='"30 days after receive"')
    assert (asked(steps, **answers).due == date(2026, 4, 1)) is is_met


def test_a_limit_with_a_name_tells_its_own_clause_and_a_step_without_limits_that_of_the_step() -> None:
    steps = '[one.act]\nby = "officer"\nclause = "S 1"\nnot_before = "3 days after receive"\n'
    assert asked(steps).clause == "S 1"
    limit = '[limit.backstop]\nfor = "act"\nwithin = "9 days after receive"\nclause = "S 2"\n'
    assert asked(steps + limit, "backstop").clause == "S 2"


def test_the_earliest_day_is_counted_as_one_and_not_as_a_last_day() -> None:
    """A last day that is closed moves on; the first on which something may be done stands where it falls."""
    closed = '[counting]\nlast_day_closed = "next working day"\nday_ends = "23:59 Europe/London"\n'
    steps = closed + '[one.act]\nby = "officer"\nnot_before = "5 days after receive"\n'
    assert asked(steps).earliest == small_earliest(steps)


def small_earliest(steps: str) -> date | None:
    case = small_case(steps)
    marking = case.at("2026-03-02")
    return marking.earliest(marking.book.steps["act"].not_before[0], key=None, per=None)


@pytest.mark.parametrize(("several", "more"), [(11, ""), (12, ""), (13, " and others")])
def test_a_few_that_have_a_time_are_named(several: int, more: str) -> None:
    steps = '[one.idle]\nby = "officer"\n' + "".join(
        f'[one.act{number}]\nby = "officer"\nwithin = "{number} days after receive"\n'
        for number in range(1, several + 1)
    )
    found = explain_limit(small_book(steps), "idle", date(2026, 3, 2), calendar=calendar())
    assert isinstance(found, Refused)
    (problem,) = found.problems
    names = [f"act{number}" for number in range(1, several + 1)]
    assert problem.remedy == f"Name one that has a time: {', '.join(names[:12])}{more}."
