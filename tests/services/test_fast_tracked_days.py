"""What an order to decide by a day did to a clock, told step by step with what else moved it."""

from tests.timetable import village
from tests.timetable.casebook import Casebook, day, opened, rulebook
from tests.timetable.test_decided_by import ordered

from duly.timetable.clock import Clock
from duly_server.services.clock_moves import moves
from duly_server.services.explain import explain
from duly_server.services.fast_tracked import decided_by

EXTENDABLE = {
    'within  = "12 weeks after inquiry begins"\n': 'within  = "12 weeks after inquiry begins"\n'
    'extend = { by = "panel-chair", at_most = "4 weeks", times = 9, grounds = ["illness"] }\n'
}


def noticed() -> Casebook:
    case = opened(rulebook(**EXTENDABLE)).step("2026-03-03", "acknowledge", key=village.COMPLAINT)
    case.allegation("2026-03-04", "A1").step("2026-03-04", "sift", "accepted")
    return case.step("2026-03-05", "serve-notice")


def report(case: Casebook, on: str) -> Clock:
    return case.clock(on, "report")


def said(case: Casebook, on: str) -> list[str]:
    marking = case.at(on)
    clock = next(c for c in reversed(marking.clocks) if c.step == "report")
    told = explain(marking, clock)
    assert told.working is not None
    assert told.working.due == clock.due
    return [each.says for each in told.sentences if each.says.startswith(("By the order", "Extended"))]


def test_more_time_before_the_order_is_told_before_it_and_is_what_there_would_be_without() -> None:
    case = ordered(noticed().extend("2026-03-05", "report", "2026-06-10"), "2026-03-06", "2026-04-30")
    marking = case.at("2026-03-06")
    (found,) = decided_by(marking, next(c for c in marking.clocks if c.step == "report"))
    assert (found.due, found.without, found.waits) == (day("2026-04-30"), day("2026-06-10"), False)
    extended, order = said(case, "2026-03-06")
    assert extended.startswith("Extended on Thu 5 Mar 2026")
    assert "Without it the last day would be Wed 10 Jun 2026. The last day is Thu 30 Apr 2026." in order


def test_more_time_after_it_is_told_after_it() -> None:
    case = ordered(noticed(), "2026-03-06", "2026-04-30").extend("2026-03-09", "report", "2026-06-02")
    order, extended = said(case, "2026-03-09")
    assert "Without it the last day would be Wed 27 May 2026." in order
    assert extended.startswith("Extended on Mon 9 Mar 2026")
    marking = case.at("2026-03-09")
    clock = next(c for c in marking.clocks if c.step == "report")
    assert [(each.before, each.after) for each in moves(marking, clock)] == [
        (day("2026-05-27"), day("2026-04-30")),
        (day("2026-04-30"), day("2026-06-02")),
    ]


def test_where_it_gives_way_that_is_said_and_where_pauses_moved_it() -> None:
    (order,) = said(ordered(noticed(), "2026-03-06", "2026-03-20"), "2026-03-06")
    assert "It gives way to the time of a party, or to the first day the rules allow." in order
    assert "The last day is Fri 27 Mar 2026." in order
    case = ordered(noticed(), "2026-03-06", "2026-04-30").pause("2026-04-10", "police")
    (order,) = said(case.resume("2026-04-14", "police"), "2026-04-15")
    assert "Paused days since are left out. The last day is Tue 5 May 2026." in order


def test_of_two_orders_each_that_moved_it_is_told_and_one_that_did_not_is_not() -> None:
    case = ordered(ordered(noticed(), "2026-03-06", "2026-05-15"), "2026-03-09", "2026-04-30")
    assert len(said(case, "2026-03-09")) == 2
    assert len(said(ordered(case, "2026-03-10", "2026-05-20"), "2026-03-10")) == 2
    assert decided_by(case.at("2026-03-09"), case.clock("2026-03-09", "answer")) == ()
