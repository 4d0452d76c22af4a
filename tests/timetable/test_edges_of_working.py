"""Each day of a working in hours and of one carried on, with what it is and its number."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.timetable.casebook import calendar

from duly.rulebook.book import Counting
from duly.rulebook.phrases import Direction
from duly.timetable.working import Working, explain_count, explain_extension
from duly.vocabulary import Because, Length, Period, Unit

LONDON = ZoneInfo("Europe/London")
ZONED = Counting(zone="Europe/London")
ENGLAND = calendar()
NOON = datetime(2026, 3, 2, 12, tzinfo=LONDON)


def hours(
    amount: int, direction: Direction, *paused: Period, reasons: dict[Period, Because] | None = None
) -> Working:
    return explain_count(
        Length(amount, Unit.HOURS),
        direction,
        NOON.date(),
        calendar=ENGLAND,
        rules=ZONED,
        at=NOON,
        paused=paused,
        reasons=reasons or {},
    )


def shown(working: Working) -> list[str]:
    return [f"{step.on:%d} {step.kind} {step.number}" for step in working.steps]


def test_hours_have_each_day_until_they_are_over() -> None:
    assert shown(hours(72, Direction.AFTER)) == [
        "02 trigger None",
        "03 counted 1",
        "04 counted 2",
        "05 due 3",
    ]
    assert (
        hours(1, Direction.AFTER).sentences[1].says == "1 hour after that is over on Mon 2 Mar 2026 at 13:00."
    )
    assert (
        hours(2, Direction.AFTER).sentences[1].says
        == "2 hours after that are over on Mon 2 Mar 2026 at 14:00."
    )
    assert shown(hours(48, Direction.BEFORE)) == ["02 trigger None", "01 counted 1", "28 due 2"]


@pytest.mark.parametrize("ground", ["", "The panel was ill."])
def test_a_paused_day_has_no_number_and_its_ground_is_told(ground: str) -> None:
    ill = Period(date(2026, 3, 3), date(2026, 3, 5))
    found = hours(24, Direction.AFTER, ill, reasons={ill: Because(ground, "F 9")} if ground else None)
    assert shown(found) == ["02 trigger None", "03 paused None", "04 paused None", "05 due 1"]
    said = found.sentences[-1]
    words = f" ({ground})" if ground else ""
    assert said.says == f"Paused days{words} are left out: they are over on Thu 5 Mar 2026 at 12:00."
    assert said.clause == ("F 9" if ground else None)
    assert (found.original, found.due) == (date(2026, 3, 3), date(2026, 3, 5))


def test_hours_counted_backwards_run_through_paused_days() -> None:
    ill = Period(date(2026, 3, 1), date(2026, 3, 2))
    assert shown(hours(48, Direction.BEFORE, ill)) == ["02 trigger None", "01 counted 1", "28 due 2"]


def working_days(amount: int) -> Working:
    return explain_count(
        Length(amount, Unit.WORKING_DAYS),
        Direction.AFTER,
        date(2026, 3, 2),
        calendar=ENGLAND,
        rules=Counting(),
    )


def extended(found: Working, until: str, *paused: Period, unit: Unit = Unit.WORKING_DAYS) -> Working:
    return explain_extension(
        found,
        date.fromisoformat(until),
        granted_on=date(2026, 3, 4),
        because=Because("Extended by the chair.", "F 8"),
        unit=unit,
        calendar=ENGLAND,
        rules=Counting(),
        paused=paused,
    )


def test_an_extension_goes_on_counting_from_the_day_that_was_the_last() -> None:
    found = extended(working_days(3), "2026-03-10")
    assert shown(found) == [
        *("02 trigger None", "03 counted 1", "04 counted 2", "05 counted 3"),
        *("06 counted 4", "07 closed None", "08 closed None", "09 counted 5", "10 due 6"),
    ]
    assert found.sentences[-1].says == (
        "Extended by the chair. Skipped: 2 weekend days. Day 6 is Tue 10 Mar 2026."
    )


def test_an_extension_to_an_earlier_day_leaves_the_last_day() -> None:
    found = extended(working_days(3), "2026-03-05")
    assert found.due == date(2026, 3, 5)
    assert found.sentences[-1].says == "Extended by the chair. The last day stays Thu 5 Mar 2026."
    assert len(found.steps) == 4


def test_an_extension_counts_every_day_of_a_time_in_days_but_the_paused() -> None:
    days = explain_count(
        Length(3, Unit.DAYS), Direction.AFTER, date(2026, 3, 2), calendar=ENGLAND, rules=Counting()
    )
    found = extended(days, "2026-03-08", Period(date(2026, 3, 6), date(2026, 3, 7)), unit=Unit.DAYS)
    assert shown(found)[-4:] == ["06 paused None", "07 counted 4", "08 counted 5", "09 due 6"]
    assert (
        found.sentences[-1].says
        == "Extended by the chair. 1 paused day not counted. Day 6 is Mon 9 Mar 2026."
    )
