"""Hours as limits: from the instant that was noted, across changes of the clocks, with both readings told."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import cast

import pytest
from tests.timetable.casebook import Casebook, calendar
from tests.timetable.recount import recounted
from tests.timetable.small_books import small_case

from duly.record.facts import StepTaken
from duly.rulebook.book import Counting
from duly.rulebook.phrases import Direction
from duly.timetable.clock import Clock
from duly.timetable.counting import CannotCountError, first_day, last_day
from duly.timetable.explanation import explanation, plain
from duly.timetable.working import explain_count
from duly.vocabulary import Length, Unit
from duly_server.services.case_page import CasePage
from duly_server.services.explain import explain
from duly_server.web.desk.case_why import why_this_date

ZONE = '[counting]\nlast_day_closed = "next working day"\nday_ends = "23:59 Europe/London"\n'
ASK = '[one.ask]\nby = "officer"\n'
LIMIT = ZONE + ASK + '[one.act]\nby = "officer"\nwithin = "72 hours after ask"\n'
PAUSE = '[pause.illness]\nby = "chair"\nat_most = "60 days"\n'


def asked(at: datetime, *, on: str | None = None, book: str = LIMIT) -> Casebook:
    """A case received on 2 March, in which the officer asked, which was noted at this instant."""
    case = small_case(book)
    case.step(on or str(at.date()), "ask")
    case.facts[-1] = replace(case.facts[-1], noted_at=at)
    return case


def clock_of(case: Casebook, on: str) -> Clock:
    clock = case.clock(on, "act")
    told = explanation(clock)
    assert told is not None
    assert recounted(json.loads(json.dumps(plain(told)))) == clock.due
    return clock


@pytest.mark.parametrize(
    ("asked_at", "over_at", "other"),
    [
        # Clocks go forward on Sun 29 March 2026, and back on Sun 25 October.
        ("2026-03-27T10:00+00:00", "2026-03-30T11:00+01:00", "10:00"),
        ("2026-10-23T09:00+00:00", "2026-10-26T09:00+00:00", "10:00"),
        ("2026-04-21T09:00+00:00", "2026-04-24T10:00+01:00", None),
        # By the wall it would still be Sunday.
        ("2026-03-26T23:30+00:00", "2026-03-30T00:30+01:00", "23:30"),
    ],
)
def test_hours_run_by_the_time_that_passes_and_both_readings_are_told(
    asked_at: str, over_at: str, other: str | None
) -> None:
    at, over = datetime.fromisoformat(asked_at), datetime.fromisoformat(over_at)
    on = str((at + timedelta(hours=1 if at.month == 10 else 0)).date())
    case = asked(at, on=on)
    clock = clock_of(case, on)
    assert clock.due_at == over
    assert clock.due == over.date()
    marking = case.at(on)
    told = explain(marking, marking.clocks[-1])
    said = " ".join(each.says for each in told.sentences)
    assert (
        f"72 hours after that are over on {over:%a} {over.day} {over:%b} {over.year} at {over:%H:%M}" in said
    )
    if other is None:
        assert "The clocks" not in said
    else:
        way = "forward" if at.month == 3 else "back"
        assert f"The clocks go {way} in between: by the clock on the wall it would be {other}" in said
    assert told.working is not None
    assert told.working.due == clock.due


def test_the_panel_of_a_clock_counts_hours_and_no_days() -> None:
    case = asked(datetime(2026, 3, 27, 10, tzinfo=UTC))
    marking = case.at("2026-03-27")
    page = SimpleNamespace(
        marking=marking, book=marking.book, calendar=marking.calendar, today=date(2026, 3, 27)
    )
    panel = why_this_date(cast("CasePage", page), marking.clocks[-1], close_url="")
    assert panel.title == "Why Monday 30 March 2026?"
    assert (panel.total, panel.arithmetic) == ("72 hours counted", "")
    assert any("The clocks go forward" in each.says for each in panel.sentences)


def test_no_closed_day_moves_the_end_of_hours() -> None:
    clock = clock_of(asked(datetime(2026, 4, 22, 9, tzinfo=UTC)), "2026-04-22")
    assert clock.due == date(2026, 4, 25)  # a Saturday


def test_each_paused_day_moves_it_by_a_day_at_the_same_time() -> None:
    case = asked(datetime(2026, 4, 20, 9, tzinfo=UTC), book=PAUSE + LIMIT)
    case.pause("2026-04-21", "illness").resume("2026-04-23", "illness")
    clock = clock_of(case, "2026-04-23")
    assert str(clock.due_at) == "2026-04-25 10:00:00+01:00"
    marking = case.at("2026-04-23")
    said = [each.says for each in explain(marking, marking.clocks[-1]).sentences]
    assert said[-1] == "Paused days (illness) are left out: they are over on Sat 25 Apr 2026 at 10:00."


def test_where_only_the_day_is_known_they_run_from_its_end() -> None:
    for case in (
        small_case(LIMIT).step("2026-04-20", "ask"),  # noted with a day alone
        asked(datetime(2026, 4, 23, 9, tzinfo=UTC), on="2026-04-20"),  # noted three days later
    ):
        clock = clock_of(case, "2026-04-23")
        assert str(clock.due_at) == "2026-04-23 23:59:00+01:00"
    marking = small_case(LIMIT).step("2026-04-20", "ask").at("2026-04-20")
    first = explain(marking, marking.clocks[-1]).sentences[0].says
    assert first.endswith("at 23:59 (Europe/London; only the day is known, and this is its edge).")


def test_hours_before_a_fixed_day_run_back_from_the_end_of_the_day_before() -> None:
    book = (
        ZONE
        + '[one.fix]\nby = "chair"\nsets = ["hearing-day"]\n[day.hearing-day]\n'
        + '[one.act]\nby = "officer"\nwithin = "48 hours before hearing-day"\n'
    )
    case = small_case(book).step("2026-03-10", "fix", hearing_day="2026-04-20")
    clock = clock_of(case, "2026-03-10")
    assert str(clock.due_at) == "2026-04-17 23:59:00+01:00"


@pytest.mark.parametrize(("hour", "late"), [(9, False), (11, True)])
def test_whether_it_was_done_in_time_is_told_by_the_hour(hour: int, late: bool) -> None:
    case = asked(datetime(2026, 4, 20, 9, tzinfo=UTC)).step("2026-04-23", "act")
    assert isinstance(case.facts[-1].body, StepTaken)
    case.facts[-1] = replace(case.facts[-1], noted_at=datetime(2026, 4, 23, hour, tzinfo=UTC))
    clock = clock_of(case, "2026-04-23")
    assert clock.was_late is late


def test_what_runs_out_runs_out_at_the_end_of_the_day_of_the_last_hour() -> None:
    case = asked(datetime(2026, 4, 20, 9, tzinfo=UTC))
    assert not case.clock("2026-04-23", "act").is_late
    assert case.clock("2026-04-24", "act").is_late


def test_without_a_zone_no_hour_is_counted_and_nobody_is_late() -> None:
    nowhere = ZONE.replace("Europe/London", "Europe/Nowhere")
    case = asked(datetime(2026, 4, 20, 9, tzinfo=UTC), book=LIMIT.replace(ZONE, nowhere))
    clock = case.clock("2026-04-20", "act")
    assert clock.due is None
    assert "“Europe/Nowhere” is not known here" in (clock.uncounted or "")
    with pytest.raises(CannotCountError, match="time zone"):
        last_day(
            Length(2, Unit.HOURS),
            Direction.AFTER,
            date(2026, 4, 20),
            calendar=replace(calendar(), zones=None),
            rules=Counting(zone="Europe/London"),
        )


def test_outside_a_case_they_are_counted_from_the_end_of_the_day() -> None:
    rules = Counting(zone="Europe/London")
    for count in (first_day, last_day):
        found = count(
            Length(30, Unit.HOURS), Direction.AFTER, date(2026, 4, 20), calendar=calendar(), rules=rules
        )
        assert found == date(2026, 4, 22)
    working = explain_count(
        Length(1, Unit.HOURS), Direction.AFTER, date(2026, 4, 20), calendar=calendar(), rules=rules
    )
    assert [each.says for each in working.sentences] == [
        "From Mon 20 Apr 2026 at 23:59 (Europe/London; only the day is known, and this is its edge).",
        "1 hour after that is over on Tue 21 Apr 2026 at 00:59.",
    ]
    assert [step.kind for step in working.steps] == ["trigger", "due"]
