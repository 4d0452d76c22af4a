"""The calendar beside the sentences: which days it shows, and how each of them looks and sounds."""

from datetime import date, timedelta

from duly_server.web.shared.why import (
    DRAWN_WEEKS,
    CalendarDay,
    CalendarWeek,
    CountedDay,
    DayKind,
    calendar_weeks,
)

TODAY = date(2026, 4, 23)
SERVED = CountedDay(date(2026, 4, 15), DayKind.TRIGGER, word="served")
COUNTED = tuple(
    CountedDay(date(2026, 4, on), DayKind.COUNTED, number)
    for number, on in enumerate((16, 17, 20, 21, 22, 23, 24, 27, 28), start=1)
)


def cell(weeks: tuple[CalendarWeek, ...], on: date) -> CalendarDay:
    return next(day for week in weeks for day in week.days if day.on == on)


def test_whole_weeks_from_monday_around_what_was_counted() -> None:
    weeks = calendar_weeks((SERVED, *COUNTED), due_on=date(2026, 4, 28), today=TODAY)
    assert [(week.label, len(week.days)) for week in weeks] == [("13 Apr", 7), ("20 Apr", 7), ("27 Apr", 7)]
    assert weeks[0].days[0].on == date(2026, 4, 13)


def test_each_kind_of_day_has_a_look_and_words_of_its_own() -> None:
    weeks = calendar_weeks(
        (SERVED, *COUNTED), due_on=date(2026, 4, 28), original_on=date(2026, 4, 22), today=TODAY
    )
    looks = {
        on: (
            cell(weeks, date(2026, 4, on)).classes,
            cell(weeks, date(2026, 4, on)).below,
            cell(weeks, date(2026, 4, on)).spoken,
        )
        for on in (14, 15, 16, 22, 23, 24, 28)
    }
    assert looks == {
        14: ("day-outside", "", ""),
        15: ("day-trigger", "served", ""),
        16: ("day-counted", "1", "counted"),
        22: ("day-counted day-original", "5", "counted, original date"),
        23: ("day-counted day-today", "6", "counted, today"),
        24: ("day-counted day-to-come", "7", "counted, still to come"),
        28: ("day-counted day-due", "9", "counted, due day"),
    }


def test_a_date_that_never_moved_is_only_the_due_day() -> None:
    weeks = calendar_weeks(COUNTED, due_on=date(2026, 4, 28), original_on=date(2026, 4, 28), today=TODAY)
    assert cell(weeks, date(2026, 4, 28)).classes == "day-counted day-due"


def test_paused_and_closed_days_are_told_from_counted_ones() -> None:
    days = (
        SERVED,
        CountedDay(date(2026, 4, 16), DayKind.CLOSED, word="holiday"),
        CountedDay(date(2026, 4, 17), DayKind.PAUSED, word="paused"),
        CountedDay(date(2026, 4, 20), DayKind.COUNTED, 1),
    )
    weeks = calendar_weeks(days, due_on=date(2026, 4, 20), today=TODAY)
    assert [(day.classes, day.below) for day in weeks[0].days[3:5]] == [
        ("day-closed", "holiday"),
        ("day-paused", "paused"),
    ]


def test_of_a_long_count_the_middle_is_not_drawn_and_that_is_said() -> None:
    days = [CountedDay(TODAY + timedelta(days=n), DayKind.COUNTED, n) for n in range(1, 7 * 30)]
    weeks = calendar_weeks(days, due_on=days[-1].on, today=TODAY)
    assert len(weeks) == DRAWN_WEEKS
    gaps = [week.left_out for week in weeks if week.left_out]
    assert gaps == [31 - DRAWN_WEEKS]
    assert weeks[-1].days[-1].on >= days[-1].on
