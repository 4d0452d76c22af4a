"""A case that moves between two stages, and what an adoption leaves alone."""

from dataclasses import replace
from datetime import date

from tests.timetable.casebook import Casebook, calendar, day
from tests.timetable.small_books import small_case
from tests.timetable.test_adopted_calendar import with_closed
from tests.timetable.test_adopted_edition import FINISH, LONGER, MOVE, STEPS, adopted, book, served

from duly.rulebook.book import LastDayClosed
from duly.timetable.adopted import Fate, NewCalendar, NewEdition
from duly.timetable.governed import edition_at

UPDATE = """
[anytime.update]
by = "officer"
within = "60 days after receive"
"""
LATER = """
[two.more]
by = "officer"
then = "begins three"
[two.leave-it]
by = "officer"
then = "ends two"
"""


def updated(steps: str = STEPS + UPDATE) -> Casebook:
    """An update is owed within 60 days of Mon 2 March, by Fri 1 May, whatever stage the case is in."""
    case = small_case(steps).step("2026-03-03", "sift", "accepted")
    return case.step("2026-03-04", "serve")


# --- between two stages -----------------------------------------------------------------------------------


def test_a_time_that_runs_between_two_stages_keeps_its_day():
    new = book(FINISH, ("60 days after receive", "30 days after receive"), more=UPDATE)
    case = adopted(updated(), new, "2026-03-09").step("2026-03-20", "find", "proved")

    assert case.at("2026-03-20").book.edition == "2"
    assert case.clock("2026-03-20", "update").due == date(2026, 5, 1)
    assert case.clock("2026-03-20", "update").limit in case.at("2026-03-20").book.limits


def test_a_case_that_is_in_no_stage_moves_on_the_day_of_the_edition():
    case = small_case(STEPS + LATER).step("2026-03-03", "sift", "accepted").step("2026-03-04", "leave-it")
    adopted(case, book(FINISH, LONGER, more=LATER), "2026-03-09")

    assert [(e.fate, e.on) for e in case.at("2026-03-09").effects] == [(Fate.MOVED, date(2026, 3, 9))]


def test_a_stage_begun_beside_an_open_one_begins_under_the_old_edition():
    case = small_case(STEPS + LATER).step("2026-03-03", "sift", "accepted")
    adopted(case, book(FINISH, ("10 days after three", "3 days after three"), more=LATER), "2026-03-09")
    case.step("2026-03-10", "more")

    assert case.at("2026-03-10").book.edition == "1"
    assert case.clock("2026-03-10", "fix").due == date(2026, 3, 20)


def test_an_edition_that_counts_otherwise_waits_until_no_time_runs_between_two_stages():
    """The update runs as stage two ends: not moved then. Done on 21 March, it is moved as the next begins."""
    more = UPDATE + '[three.again]\nby = "chair"\nthen = "goes to two"\n'
    new = replace(book(FINISH, LONGER, more=more), digest="f" * 64)
    new = replace(new, counting=replace(new.counting, last_day_closed=LastDayClosed.NEXT_WORKING_DAY))
    case = adopted(updated(STEPS + more), new, "2026-03-09").step("2026-03-20", "find", "proved")

    first = case.at("2026-03-20")
    assert (first.book.edition, first.effects[-1].fate) == ("1", Fate.NOT_MOVED)
    assert [each.code for each in first.effects[-1].why] == ["counts-otherwise"]
    case.step("2026-03-21", "update").step("2026-03-22", "fix").step("2026-03-23", "again")
    assert case.at("2026-03-23").book.edition == "2"


def test_a_time_that_the_new_edition_does_not_have_keeps_the_case_between_two_stages():
    new = book(FINISH, ('within = "60 days after receive"', ""), more=UPDATE)
    case = adopted(updated(), new, "2026-03-09").step("2026-03-20", "find", "proved")

    marking = case.at("2026-03-20")

    assert marking.book.edition == "1"
    assert "no-time-in-edition" in {each.code for each in marking.effects[-1].why}
    assert case.clock("2026-03-20", "update").is_running


def test_a_case_that_waited_counts_by_the_calendar_adopted_meanwhile():
    new = NewEdition(day("2026-03-09"), book(FINISH, LONGER), calendar())
    case = served()
    case.changes += [new, NewCalendar(day("2026-03-12"), with_closed("2026-09-30"))]
    case.step("2026-03-20", "find", "proved")

    marking = case.at("2026-03-20")

    assert (marking.book.edition, marking.calendar.edition) == ("2", "late")


def test_the_step_that_led_out_of_the_last_stage_was_taken_under_the_old_edition():
    case = adopted(served(), book(FINISH, LONGER), "2026-03-09").step("2026-03-20", "find", "proved")
    case.step("2026-03-20", "fix")
    marking = case.at("2026-03-21")
    find, fix = case.facts[-2].place, case.facts[-1].place

    assert edition_at(marking, date(2026, 3, 20), find) == "1"
    assert edition_at(marking, date(2026, 3, 20), fix) == "2"
    assert edition_at(marking, date(2026, 3, 19), 3) == "1"
    assert edition_at(marking, date(2026, 3, 21), None) == "2"


# --- at once ----------------------------------------------------------------------------------------------


def test_a_time_that_only_the_new_edition_has_does_not_begin_out_of_play_or_for_what_is_done():
    more = """
[three.plan]
by = "officer"
within = "5 days after serve"
[limit.serve-at-all]
for = "serve"
within = "9 days after two begins"
"""
    case = adopted(served(), book(MOVE, more=more), "2026-03-09")

    assert {clock.limit.name for clock in case.at("2026-03-09").clocks if clock.is_running} == {"say", "find"}


def test_a_clock_goes_on_by_the_limit_of_the_new_edition_with_what_follows_there():
    new = book(
        MOVE,
        ('within = "30 days after serve"', 'within = "30 days after serve"\nif_late = "tells overseer"'),
    )
    case = adopted(served(), new, "2026-03-09")

    told = [each.name for each in case.at("2026-04-04").happenings if each.kind == "told"]

    assert told == ["overseer"]


def test_a_partys_time_that_waits_until_it_may_act_takes_the_new_length():
    barred = ('by = "respondent"', 'by = "respondent"\nafter = ["file"]')
    steps = STEPS.replace(*barred) + '[two.file]\nby = "officer"\n'
    case = small_case(steps).step("2026-03-03", "sift", "accepted").step("2026-03-04", "serve")
    longer = ("14 days after serve", "20 days after serve")
    adopted(case, book(MOVE, barred, longer, more='[two.file]\nby = "officer"\n'), "2026-03-09")
    case.step("2026-03-10", "file")

    assert case.clock("2026-03-10", "say").due == date(2026, 3, 30)


# --- several ----------------------------------------------------------------------------------------------


def test_of_one_day_the_edition_comes_before_the_facts_and_the_calendar_after_them():
    case = served()
    late = NewCalendar(day("2026-03-09"), with_closed("2026-09-30"))
    case.changes += [late, NewEdition(day("2026-03-09"), book(MOVE, LONGER), calendar())]

    assert [each.fate for each in case.at("2026-03-09").effects] == [Fate.MOVED, Fate.RECOUNTED]


def test_a_case_that_opened_under_the_second_calendar_of_a_day_is_not_counted_by_the_first():
    first = replace(with_closed("2026-03-03"), edition="first", digest="a" * 64)
    second = with_closed("2026-03-06")
    case = small_case('[one.decide]\nby = "officer"\nwithin = "5 working days after receive"\n')
    case.calendar = second
    case.changes += [NewCalendar(day("2026-03-02"), first), NewCalendar(day("2026-03-02"), second)]

    assert case.at("2026-03-05").effects == []
    assert case.clock("2026-03-05", "decide").due == date(2026, 3, 10)


def test_a_pause_lasts_by_the_new_calendar():
    """Five working days from Mon 2 March end with Fri 6 March; with Wed 4 March closed with Mon 9 March."""
    pause = '[pause.police]\nby = "officer"\nat_most = "5 working days"\n'
    case = small_case(STEPS + pause).pause("2026-03-02", "police")
    case.changes.append(NewCalendar(day("2026-03-03"), with_closed("2026-03-04")))

    assert case.at("2026-03-02").pause_cap("police", day("2026-03-02")) == date(2026, 3, 7)
    assert case.at("2026-03-03").pause_cap("police", day("2026-03-02")) == date(2026, 3, 10)


def test_a_case_is_moved_once_and_not_again_between_the_next_two_stages():
    more = '[three.again]\nby = "chair"\nthen = "goes to two"\n'
    case = small_case(STEPS + more).step("2026-03-03", "sift", "accepted").step("2026-03-04", "serve")
    adopted(case, book(FINISH, LONGER, more=more), "2026-03-09").step("2026-03-20", "find", "proved")
    case.step("2026-03-23", "again")

    assert [each.fate for each in case.at("2026-03-23").effects] == [Fate.WAITS, Fate.MOVED]


def test_a_case_that_lacks_a_name_there_is_not_asked_again():
    renamed = ("[one.sift]", "[one.sort]")
    more = '[three.again]\nby = "chair"\nthen = "goes to two"\n'
    case = small_case(STEPS + more).step("2026-03-03", "sift", "accepted").step("2026-03-04", "serve")
    adopted(case, book(FINISH, renamed, more=more), "2026-03-09").step("2026-03-20", "find", "proved")
    case.step("2026-03-23", "again")

    assert [each.fate for each in case.at("2026-03-23").effects] == [Fate.WAITS, Fate.NOT_MOVED]
