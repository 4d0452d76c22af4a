"""A calendar adopted while cases run: they count by it from that day on, and no clock moves unseen."""

from dataclasses import replace
from datetime import date

from tests.timetable.casebook import calendar, day
from tests.timetable.small_books import small_case

from duly.timetable.adopted import Fate, NewCalendar
from duly.timetable.calendar import Calendar

STEPS = """
[one.decide]
by = "officer"
within = "5 working days after receive"
[one.say]
by = "respondent"
within = "5 working days after receive"
"""


def with_closed(*days: str, without: str = "") -> Calendar:
    """The calendar of the tests with these days closed as well, as another edition."""
    old = calendar()
    closed = {each: name for each, name in old.days.items() if each.isoformat() != without}
    closed |= {day(each): "National day of mourning" for each in days}
    return replace(old, edition="late", days=closed, digest="e" * 64)


def test_a_holiday_announced_late_moves_what_counts_by_the_calendar_from_that_day_on():
    """Received Mon 2 March: 5 working days end on Mon 9 March; with Fri 6 March closed, on Tue 10 March."""
    case = small_case(STEPS)
    case.changes.append(NewCalendar(day("2026-03-04"), with_closed("2026-03-06")))

    assert case.clock("2026-03-03", "decide").due == date(2026, 3, 9)
    assert case.clock("2026-03-04", "decide").due == date(2026, 3, 10)
    assert case.clock("2026-03-04", "decide").original_due == date(2026, 3, 9)
    assert case.at("2026-03-03").calendar.edition != "late"
    assert case.at("2026-03-04").calendar.edition == "late"


def test_what_the_new_calendar_did_is_told_clock_by_clock_with_the_day_before_and_after():
    case = small_case(STEPS)
    case.changes.append(NewCalendar(day("2026-03-04"), with_closed("2026-03-06")))

    (effect,) = case.at("2026-03-20").effects

    assert (effect.fate, effect.on) == (Fate.RECOUNTED, date(2026, 3, 4))
    told = {(each.clock.step, each.before, each.after) for each in effect.moving}
    assert told == {
        ("decide", date(2026, 3, 9), date(2026, 3, 10)),
        ("say", date(2026, 3, 9), date(2026, 3, 10)),
    }


def test_what_had_ended_by_then_stays_as_it_was_reckoned():
    """Done on Tue 3 March, the day before the calendar came."""
    case = small_case(STEPS).step("2026-03-03", "decide")
    case.changes.append(NewCalendar(day("2026-03-04"), with_closed("2026-03-06")))

    assert case.clock("2026-03-20", "decide").due == date(2026, 3, 9)


def test_a_day_that_a_party_was_told_does_not_come_earlier_though_the_offices_does():
    """With Good Friday and Easter Monday open again 5 working days from Wed 1 April end two days sooner."""
    case = small_case(STEPS, on="2026-04-01")
    told = case.clock("2026-04-01", "say").due
    case.changes.append(NewCalendar(day("2026-04-02"), with_closed(without="2026-04-03")))

    assert told == date(2026, 4, 10)
    assert case.clock("2026-04-02", "say").due == told
    assert case.clock("2026-04-02", "decide").due == date(2026, 4, 9)


def test_what_is_late_and_is_given_the_day_runs_again():
    """The last day was Mon 9 March; on Tue 10 March the calendar says that Mon 9 March was closed."""
    case = small_case(STEPS)
    case.changes.append(NewCalendar(day("2026-03-10"), with_closed("2026-03-09")))

    clock = case.clock("2026-03-10", "decide")

    assert clock.due == date(2026, 3, 10)
    assert not clock.is_late
    assert clock.breaches == [date(2026, 3, 9)]


def test_what_was_told_on_the_very_day_moves_in_sight():
    """Received on the day of the calendar, before it came: what the receipt said is the day before."""
    case = small_case(STEPS, on="2026-03-04")
    case.changes.append(NewCalendar(day("2026-03-04"), with_closed("2026-03-06")))

    (effect,) = case.at("2026-03-04").effects

    assert ("decide", date(2026, 3, 11), date(2026, 3, 12)) in {
        (each.clock.step, each.before, each.after) for each in effect.moving
    }


def test_a_holiday_that_is_today_keeps_what_is_due_today_from_running_out():
    case = small_case(STEPS)
    case.changes.append(NewCalendar(day("2026-03-09"), with_closed("2026-03-09")))

    clock = case.clock("2026-03-10", "decide")

    assert (clock.due, clock.breaches) == (date(2026, 3, 10), [])


def test_a_calendar_of_another_name_changes_nothing():
    case = small_case(STEPS)
    other = replace(with_closed("2026-03-06"), name="DE-BE")
    case.changes.append(NewCalendar(day("2026-03-04"), other))

    assert case.clock("2026-03-04", "decide").due == date(2026, 3, 9)
    assert case.at("2026-03-04").effects == []


def test_a_clock_that_the_new_calendar_does_not_reach_is_named_with_the_reason():
    case = small_case(STEPS)
    short = replace(with_closed(), last=date(2026, 3, 5))
    case.changes.append(NewCalendar(day("2026-03-04"), short))

    (effect,) = case.at("2026-03-04").effects

    assert {each.after for each in effect.clocks} == {None}
    assert all(
        "knows the days from" in (each.uncounted or "")
        for each in effect.clocks
        if each.clock.step == "decide"
    )


def test_facts_written_down_late_are_read_under_the_calendar_of_their_own_day():
    """An extension of Tue 3 March, written down after the calendar came, extends what then ran."""
    case = small_case(STEPS)
    case.changes.append(NewCalendar(day("2026-03-04"), with_closed("2026-03-06")))
    case.extend("2026-03-03", "decide", "2026-03-12")

    (effect,) = case.at("2026-03-20").effects

    assert ("decide", date(2026, 3, 12), date(2026, 3, 12)) in {
        (each.clock.step, each.before, each.after) for each in effect.clocks
    }


LASTING = """
[measure.suspension]
at_most = "5 working days"
[one.suspend]
by = "officer"
then = "begins suspension"
[pause.police]
by = "officer"
at_most = "10 working days"
"""


def test_the_last_day_of_a_measure_and_of_a_pause_is_told_before_and_after():
    """Both from Tue 3 March: 5 working days end on Mon 9, 10 on Mon 16; with Fri 6 closed, a day later."""
    case = small_case(LASTING).step("2026-03-03", "suspend").pause("2026-03-03", "police")
    case.changes.append(NewCalendar(day("2026-03-04"), with_closed("2026-03-06")))

    (effect,) = case.at("2026-03-04").effects

    assert {(each.name, each.is_pause, each.since, each.before, each.after) for each in effect.ending} == {
        ("suspension", False, date(2026, 3, 3), date(2026, 3, 9), date(2026, 3, 10)),
        ("police", True, date(2026, 3, 3), date(2026, 3, 16), date(2026, 3, 17)),
    }
    assert "suspension" in case.at("2026-03-10").open
    assert "suspension" not in case.at("2026-03-11").open
    assert case.at("2026-03-17").is_paused()
    assert not case.at("2026-03-18").is_paused()


def test_what_ends_on_the_same_day_is_told_and_does_not_move_and_what_is_over_is_not_told():
    case = small_case(LASTING).step("2026-03-03", "suspend").pause("2026-03-03", "police")
    case.resume("2026-03-04", "police")
    case.changes.append(NewCalendar(day("2026-03-05"), with_closed("2026-04-20")))

    (effect,) = case.at("2026-03-05").effects

    assert effect.ending == ()
    assert [(each.name, each.before, each.after) for each in effect.ends] == [
        ("suspension", date(2026, 3, 9), date(2026, 3, 9))
    ]


def test_a_measure_without_an_end_of_its_own_is_told_without_a_day():
    case = small_case(LASTING.replace('at_most = "5 working days"\n', "", 1)).step("2026-03-03", "suspend")
    case.changes.append(NewCalendar(day("2026-03-04"), with_closed("2026-03-06")))

    assert [(e.name, e.before, e.after) for e in case.at("2026-03-04").effects[0].ends] == [
        ("suspension", None, None)
    ]
