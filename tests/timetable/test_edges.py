"""What only a slight difference shows: each of these was a mutant that every other test let pass."""

from datetime import datetime

import pytest
from tests.timetable.casebook import calendar, day, opened
from tests.timetable.small_books import small_case
from tests.timetable.test_hours import asked, clock_of

from duly.rulebook.phrases import Direction
from duly.timetable.counting import CannotCountError, edge, hours_end
from duly.timetable.kept import kept_by_month
from duly.timetable.milestones import accepted_on, accepting_outcomes, owed, worst_due
from duly.vocabulary import Length, Period, Unit

ZONE = '[counting]\nlast_day_closed = "next working day"\nday_ends = "23:59 Europe/London"\n'
ASK = '[one.ask]\nby = "officer"\n'


@pytest.mark.parametrize(
    ("within", "over_at"),
    [
        ('["48 hours after ask", "1 day after receive"]', "2026-03-26T10:00+00:00"),
        ('["50 hours after ask", "48 hours after ask"]', "2026-03-26T12:00+00:00"),
        ('["48 hours after ask", "50 hours after ask"]', "2026-03-26T12:00+00:00"),
    ],
)
def test_the_latest_hour_of_the_last_day_counts_whatever_else_is_counted(within: str, over_at: str) -> None:
    book = f'{ZONE}{ASK}[one.act]\nby = "officer"\nwithin = {{ later_of = {within} }}\n'
    case = asked(datetime.fromisoformat("2026-03-24T10:00+00:00"), book=book)
    assert clock_of(case, "2026-03-25").due_at == datetime.fromisoformat(over_at)


def test_a_partys_time_begins_on_the_last_of_the_days_before_which_it_may_not_act() -> None:
    book = (
        ASK + '[one.act]\nby = "respondent"\nwithin = "5 days after receive"\n'
        'not_before = ["10 days after ask", "3 days after receive"]\n'
    )
    case = small_case(book).step("2026-03-02", "ask")
    assert str(case.clock("2026-03-02", "act").due) == "2026-03-17"


def test_what_ran_out_twice_counts_in_the_month_in_which_it_ran_out_first() -> None:
    book = (
        '[one.act]\nby = "officer"\nwithin = "9 days after receive"\n'
        'extend = { by = "chair", at_most = "60 days", times = 2 }\n'
    )
    case = small_case(book, on="2026-03-25").extend("2026-04-10", "act", "2026-05-01")
    assert {str(month) for month in kept_by_month(case.at("2026-06-01"))} == {"2026-04-01"}


NOTICES = (
    '[one.look]\nis = "sift"\nby = "officer"\noutcomes = {{ on = {on}, off = "closes the case as off" }}\n'
    '[two.tell]\nis = "notice"\nby = "officer"\nthen = "goes to three"\n'
    '[three.tell-again]\nis = "notice"\nby = "officer"\n'
)


@pytest.mark.parametrize("on", ['["tells overseer", "begins two"]', '"goes to two"'])
def test_a_case_is_accepted_when_the_first_stage_with_a_notice_begins(on: str) -> None:
    case = small_case(NOTICES.format(on=on)).step("2026-03-04", "look", "on").step("2026-03-09", "tell")
    assert accepted_on(case.at("2026-03-10")) == day("2026-03-04")
    assert accepting_outcomes(case.book) == ("on",)


def test_what_is_owed_is_running_and_stands_by_day_and_then_by_key() -> None:
    book = (
        '[one.late]\nby = "officer"\nwithin = "20 days after receive"\n'
        '[one.soon]\nby = "officer"\nwithin = "5 days after receive"\n'
    )
    case = small_case(book)
    assert [clock.step for clock in owed(case.at("2026-03-02"))] == ["soon", "late"]
    assert [clock.step for clock in owed(case.step("2026-03-03", "soon").at("2026-03-03"))] == ["late"]
    several = opened()
    several.party("2026-03-02", "C2", "complainant", complaint="C0MP-0000")
    several.step("2026-03-02", "receive", key="C0MP-0000")
    found = [clock.key for clock in owed(several.at("2026-03-02")) if clock.step == "acknowledge"]
    assert found == ["C0MP-0000", "C0MP-0001"]


def test_at_the_latest_a_pause_lasts_as_long_as_it_may_and_what_is_over_keeps_its_day() -> None:
    book = (
        '[one.act]\nby = "officer"\nwithin = "10 days after receive"\n'
        '[pause.illness]\nby = "chair"\nat_most = "60 days"\n'
    )
    paused = small_case(book).pause("2026-03-04", "illness")
    marking = paused.at("2026-03-04")
    assert str(worst_due(marking, marking.clocks[-1])) == "2026-05-11"
    done = small_case(book).step("2026-03-03", "act").pause("2026-03-04", "illness").at("2026-03-04")
    assert str(worst_due(done, done.clocks[-1])) == "2026-03-12"


@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        (Direction.AFTER, "2026-03-30T23:59+01:00"),
        (Direction.BEGINNING_WITH, "2026-03-30T00:00+01:00"),
        (Direction.BEFORE, "2026-03-29T23:59+01:00"),
    ],
)
def test_where_only_the_day_is_known_hours_count_from_its_edge(direction: Direction, expected: str) -> None:
    rules = small_case(ZONE + ASK).book.counting
    assert edge(day("2026-03-30"), direction, calendar(), rules) == datetime.fromisoformat(expected)


def test_hours_without_end_cannot_be_counted() -> None:
    start = datetime.fromisoformat("2026-03-30T10:00+01:00")
    with pytest.raises(CannotCountError):
        hours_end(Length(10**9, Unit.HOURS), Direction.AFTER, start)


def test_a_paused_day_moves_the_end_of_hours_only_where_they_meet_it() -> None:
    start = datetime.fromisoformat("2026-03-30T10:00+01:00")
    two_days = Length(48, Unit.HOURS)
    pause = [Period(day("2026-03-31"), day("2026-04-02"))]
    later = datetime.fromisoformat("2026-04-03T10:00+01:00")
    assert hours_end(two_days, Direction.AFTER, start, paused=pause) == later
    before = datetime.fromisoformat("2026-03-28T10:00+00:00")
    back = [Period(day("2026-03-28"), day("2026-03-30"))]
    assert hours_end(two_days, Direction.BEFORE, start, paused=back) == hours_end(
        two_days, Direction.BEFORE, start
    )
    assert hours_end(two_days, Direction.BEFORE, start).date() == before.date()
