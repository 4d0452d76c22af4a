"""Rulebook format, section 3, "Pause", with 9.3 and what section 4 says of pauses and days."""

from tests.timetable.casebook import Casebook, day
from tests.timetable.small_books import small_case

from duly.timetable.milestones import worst_due

BOOK = """
[pause.illness]
by = "chair"
at_most = "20 days"
[pause.police]
by = "chair"
at_most = "6 weeks"
[one.act]
by = "officer"
within = "9 days after receive"
if_late = "goes to two"
[one.end]
by = "officer"
then = "closes the case as done"
[anytime.look]
by = "officer"
is = "review"
times = "any"
within = "9 days after the latest of the case opens or look"
[anytime.report-progress]
by = "officer"
is = "progress"
times = "any"
within = "9 days after the latest of the case opens or report-progress"
[anytime.protect]
by = "officer"
runs_on = true
within = "9 days after receive"
[anytime.tell]
by = "officer"
even_when_closed = true
within = "5 days after the case closes"
"""


def paused(on: str = "2026-03-05") -> Casebook:
    return small_case(BOOK).pause(on, "illness")


def test_the_first_day_is_paused_and_the_day_of_resumption_is_not() -> None:
    case = paused().resume("2026-03-06", "illness")
    assert case.clock("2026-03-06", "act").due == day("2026-03-12")
    case = paused().resume("2026-03-05", "illness")  # ended on its first day: nothing was paused
    assert case.clock("2026-03-06", "act").due == day("2026-03-11")


def test_while_its_end_is_unknown_the_due_day_reads_as_if_resumed_today() -> None:
    case = paused()
    assert [str(case.clock(f"2026-03-{on}", "act").due) for on in ("05", "06", "10")] == [
        "2026-03-11",
        "2026-03-12",
        "2026-03-16",
    ]


def test_what_is_done_during_a_pause_is_in_time_however_long_it_lasts() -> None:
    clock = paused().step("2026-03-20", "act").clock("2026-03-20", "act")
    assert (clock.state, clock.due, clock.was_late) == ("done", day("2026-03-26"), False)  # 11 + 15


def test_nor_is_what_began_during_the_pause_late_while_it_lasts() -> None:
    asked = """
    [one.ask]
    by = "officer"
    [one.reply]
    by = "officer"
    within = "5 days after ask"
    """
    case = small_case(BOOK + asked).pause("2026-03-05", "illness").step("2026-03-06", "ask")
    clock = case.step("2026-03-20", "reply").clock("2026-03-20", "reply")
    assert (clock.due, clock.was_late) == (day("2026-03-24"), False)  # counted from the 20th, as if resumed


def test_the_worst_case_is_the_longest_the_pause_may_last() -> None:
    for case, on, expected in (
        (small_case(BOOK), "2026-03-04", "2026-03-11"),
        (paused(), "2026-03-06", "2026-03-31"),  # 11 + 20
        (paused().resume("2026-03-07", "illness"), "2026-03-07", "2026-03-13"),
    ):
        marking = case.at(on)
        (clock,) = (clock for clock in marking.clocks if clock.step == "act")
        assert worst_due(marking, clock) == day(expected)


def test_nothing_runs_out_on_a_paused_day() -> None:
    case = paused("2026-03-11")  # on its last day
    assert case.clock("2026-03-20", "act").ran_out_on is None
    case.resume("2026-03-20", "illness")
    assert case.clock("2026-03-20", "act").due == day("2026-03-20")
    assert case.clock("2026-03-21", "act").ran_out_on == day("2026-03-20")


def test_what_ran_out_the_day_before_has_run_out() -> None:
    assert paused("2026-03-12").clock("2026-03-12", "act").ran_out_on == day("2026-03-11")


def test_at_its_longest_a_pause_ends_by_itself() -> None:
    marking = paused().at("2026-03-25")  # 5 March and 19 more: the 25th counts again
    assert not marking.is_paused()
    assert marking.pauses[0][1].before == day("2026-03-25")
    assert [(h.kind, h.name, h.on) for h in marking.happenings if h.kind == "resumes"] == [
        ("resumes", "illness", day("2026-03-25"))
    ]
    assert paused().at("2026-03-24").is_paused()
    assert paused().clock("2026-03-25", "act").due == day("2026-03-31")


def test_a_pause_that_ends_on_a_closed_day_is_no_longer_for_that() -> None:
    counting = '[counting]\nlast_day_closed = "next working day"\n'
    case = small_case(counting + BOOK).pause("2026-03-02", "illness")  # 20 days: up to Sat 21 March
    assert not case.at("2026-03-22").is_paused()


def test_pauses_of_one_kind_share_their_longest_time() -> None:
    """R06: the total is within caps. 15 days, then the 5 that are left."""
    case = paused().resume("2026-03-20", "illness").pause("2026-03-23", "illness")
    assert case.at("2026-03-27").is_paused()
    assert not case.at("2026-03-28").is_paused()


def test_a_pause_of_working_days_lasts_working_days() -> None:
    book = BOOK.replace('"20 days"', '"5 working days"')
    case = small_case(book).pause("2026-03-05", "illness")  # Thu 5, Fri 6, Mon 9, Tue 10, Wed 11
    assert case.at("2026-03-11").is_paused()
    assert not case.at("2026-03-12").is_paused()
    case = small_case(book).pause("2026-03-05", "illness").resume("2026-03-09", "illness")
    case.pause("2026-03-12", "illness")  # two were used: Thu 12, Fri 13, Mon 16
    assert case.at("2026-03-16").is_paused()
    assert not case.at("2026-03-17").is_paused()


def test_days_paused_twice_count_once() -> None:
    case = paused().pause("2026-03-07", "police").resume("2026-03-08", "illness")
    assert case.at("2026-03-09").is_paused()
    case.resume("2026-03-10", "police")  # the 5th to the 9th
    assert case.clock("2026-03-10", "act").due == day("2026-03-16")


def test_a_pause_stops_every_clock_but_reviews_progress_and_what_runs_on() -> None:
    case = paused()
    for step in ("look", "report-progress", "protect"):
        assert case.clock("2026-03-10", step).due == day("2026-03-11"), step
        assert case.clock("2026-03-12", step).ran_out_on == day("2026-03-11"), step
    assert case.clock("2026-03-12", "act").ran_out_on is None


def test_closing_ends_a_pause_too() -> None:
    case = paused().step("2026-03-06", "end")
    marking = case.at("2026-03-08")
    assert (marking.is_paused(), marking.pauses[0][1].before) == (False, day("2026-03-06"))
    assert case.clock("2026-03-12", "tell").ran_out_on == day("2026-03-11")


def test_nothing_is_paused_by_a_pause_that_the_edition_does_not_know() -> None:
    assert not small_case(BOOK).pause("2026-03-05", "strike").at("2026-03-06").is_paused()


def test_a_pause_noted_later_is_folded_in_at_its_day() -> None:
    case = small_case(BOOK)
    assert list(case.at("2026-03-12").open) == ["two"]
    case.pause("2026-03-10", "illness")
    assert list(case.at("2026-03-12").open) == ["one"]


MEASURE = """
[pause.illness]
by = "chair"
at_most = "60 days"
[one.bind]
by = "chair"
then = "begins hold"
[measure.hold]
at_most = "1 month"
[hold.look]
by = "chair"
is = "review"
times = "any"
within = "9 days after the latest of hold begins or look"
if_late = "ends hold"
"""


def test_a_pause_does_not_lengthen_a_measure() -> None:
    """It protects a person: a review that stood still would let the measure go on unseen (9.3)."""
    case = small_case(MEASURE).step("2026-03-03", "bind").pause("2026-03-04", "illness")
    assert "hold" in case.at("2026-03-12").open
    assert "hold" not in case.at("2026-03-13").open  # the review was due on the 12th
    case = small_case(MEASURE).step("2026-03-03", "bind").pause("2026-03-04", "illness")
    for on in ("2026-03-10", "2026-03-18", "2026-03-26"):
        case.step(on, "look")
    assert "hold" in case.at("2026-04-02").open
    assert "hold" not in case.at("2026-04-03").open  # a month beginning with 3 March is over on 2 April


def test_a_measure_that_is_over_leaves_nothing_to_be_late() -> None:
    """Its last review is due on the very day on which it is over by itself."""
    case = small_case(MEASURE.replace('"1 month"', '"10 days"')).step("2026-03-03", "bind")
    marking = case.at("2026-03-13")
    assert "hold" not in marking.open
    assert [h.kind for h in marking.happenings if h.on == day("2026-03-13")] == ["ends"]
