"""Until when a receipt code opens a closed case, and hours by the clock on the wall."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.timetable.casebook import Casebook
from tests.timetable.small_books import small_case

from duly.rulebook.phrases import Direction
from duly.timetable.hours import both_readings, by_the_wall, end
from duly.timetable.over import code_ends_on
from duly.vocabulary import Length, Unit

END = '[one.end]\nby = "officer"\nthen = "closes the case as over"\n'
APPEAL = '[one.lodge-appeal]\nby = "respondent"\nwithin = {}\nif_late = "nothing"\n'


def closed(steps: str, *, on: str = "2026-03-10") -> Casebook:
    return small_case(END + steps).step(on, "end")


@pytest.mark.parametrize(
    ("within", "ends_on"),
    [
        (None, "2026-04-08"),
        ('"27 days after end"', "2026-04-08"),
        ('"28 days after end"', "2026-04-08"),
        ('"29 days after end"', "2026-04-09"),
        ('["29 days after end", "40 days after end"]', "2026-04-20"),
        ('{ later_of = ["29 days after end", "40 days after end"] }', "2026-04-20"),
        ('"60 days before end"', "2026-04-08"),
        ('"40 days in season after end"', "2026-04-08"),
        ('"60 days after receive"', "2026-05-10"),
    ],
)
def test_a_code_ends_after_four_weeks_or_after_the_longest_time_to_appeal(
    within: str | None, ends_on: str
) -> None:
    """Closed on 10 March: four weeks end on 7 April, and on the 8th the code opens nothing."""
    case = closed(APPEAL.format(within) if within else "")
    assert str(code_ends_on(case.at("2026-03-10"))) == ends_on


def test_a_time_to_appeal_that_runs_in_the_case_counts_where_it_ends_later() -> None:
    """Served on 9 March with 90 days more: it ends on 7 June, and in an open case nothing ends."""
    steps = APPEAL.format('"90 days after serve"') + '[one.serve]\nby = "officer"\n'
    case = small_case(END + steps).step("2026-03-09", "serve")
    assert code_ends_on(case.at("2026-03-10")) is None
    case.step("2026-03-10", "end")
    assert str(code_ends_on(case.at("2026-03-10"))) == "2026-06-09"
    given = (
        small_case(END + steps).step("2026-03-09", "serve").extend("2026-03-09", "lodge-appeal", "2026-07-01")
    )
    assert str(code_ends_on(given.step("2026-03-10", "end").at("2026-03-10"))) == "2026-07-02"


LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("start", "hours", "direction", "passes", "wall", "says"),
    [
        (datetime(2026, 3, 28, 12, tzinfo=LONDON), 24, Direction.AFTER, "29 13:00", "29 12:00", "go forward"),
        (
            datetime(2026, 3, 29, 13, tzinfo=LONDON),
            24,
            Direction.BEFORE,
            "28 12:00",
            "28 13:00",
            "go forward",
        ),
        (datetime(2026, 10, 24, 12, tzinfo=LONDON), 24, Direction.AFTER, "25 11:00", "25 12:00", "go back"),
        (datetime(2026, 10, 25, 11, tzinfo=LONDON), 24, Direction.BEFORE, "24 12:00", "24 11:00", "go back"),
        (datetime(2026, 6, 1, 12, tzinfo=LONDON), 24, Direction.AFTER, "02 12:00", "02 12:00", ""),
    ],
)
def test_hours_pass_whatever_the_clock_on_the_wall_does(
    start: datetime, hours: int, direction: Direction, passes: str, wall: str, says: str
) -> None:
    length = Length(hours, Unit.HOURS)
    assert f"{end(length, direction, start):%d %H:%M}" == passes
    assert f"{by_the_wall(length, direction, start):%d %H:%M}" == wall
    told = both_readings(length, direction, start)
    assert (says in told) if says else told == ""
    assert not says or f"by the clock on the wall it would be {wall[3:]} on" in told
