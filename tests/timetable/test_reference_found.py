"""What the independent reference (tests/timetable/reference) found wrong in the engine, in small cases."""

import pytest
from tests.timetable.small_books import small_case
from tests.timetable.test_starting import states

ABROAD = """
[question]
abroad = { ask = "Abroad?", answers = ["no", "yes"] }
[one.go]
by = "officer"
then = "goes to two"
[two.reply]
by = "respondent"
within = "5 days after go"
after = ["hand-over"]
instead = [{ when = "abroad is yes", within = "20 days after go" }]
[two.hand-over]
by = "officer"
"""


def test_an_answer_given_while_a_party_waits_to_be_let_in_is_the_time_it_then_has() -> None:
    case = small_case(ABROAD).step("2026-03-03", "go").answer("2026-03-04", "abroad", "yes")
    case.step("2026-03-05", "hand-over")
    assert states(case, "2026-03-05", "reply") == [("running", "2026-03-25")]


IS_DUE = """
[one.ask]
by = "officer"
within = "5 days after receive"
[one.reply]
by = "respondent"
within = "10 days after receive"
{bar}
"""


def test_a_party_that_acts_from_a_last_day_on_is_let_in_on_that_day_though_nobody_acts() -> None:
    case = small_case(IS_DUE.format(bar='after = ["ask is due"]')).step("2026-03-03", "ask")
    assert states(case, "2026-03-06", "reply") == []
    assert states(case, "2026-03-07", "reply") == [("running", "2026-03-17")]
    assert states(case, "2026-03-20", "reply") == [("running", "2026-03-17")]


def test_a_party_that_a_last_day_bars_has_no_time_from_that_day_on() -> None:
    case = small_case(IS_DUE.format(bar='only_if = ["ask is due is not done"]')).step("2026-03-03", "ask")
    assert states(case, "2026-03-06", "reply") == [("running", "2026-03-12")]
    assert states(case, "2026-03-07", "reply") == [("fell away", "2026-03-12")]


LATER_FIRST_DAY = """
[one.call]
by = "officer"
times = 5
[one.reply]
by = "respondent"
not_before = "10 days after the latest call"
within = "5 days after receive"
if_late = "tells chair"
"""


def test_a_first_day_that_an_act_moves_moves_the_partys_last_day_with_it_at_once() -> None:
    case = small_case(LATER_FIRST_DAY).step("2026-03-03", "call").step("2026-03-16", "call")
    assert states(case, "2026-03-15", "reply") == [("running", "2026-03-18")]
    assert states(case, "2026-03-16", "reply") == [("running", "2026-03-31")]
    assert case.clock("2026-03-19", "reply").ran_out_on is None
    case.step("2026-03-28", "reply")
    assert states(case, "2026-03-28", "reply") == [("done", "2026-03-31")]


FORGOTTEN = """
[one.fix]
by = "officer"
sets = ["hearing"]
[one.again]
by = "officer"
times = 5
then = "goes to one"
[two.write]
by = "chair"
within = "3 days after hearing"
if_late = "tells overseer"
[day.hearing]
"""


def test_nothing_runs_out_on_a_day_counted_from_one_that_a_fresh_round_forgot() -> None:
    case = small_case(FORGOTTEN).step("2026-03-03", "fix", hearing="2026-03-10").step("2026-03-05", "again")
    assert states(case, "2026-03-05", "write") == [("running", "None")]
    assert case.clock("2026-03-20", "write").breaches == []


@pytest.mark.parametrize("trigger", ["fix or hearing", "hearing or fix"])
def test_an_act_that_fixes_a_day_comes_before_the_day_it_fixes(trigger: str) -> None:
    steps = FORGOTTEN.replace("3 days after hearing", f"3 days after the first {trigger}")
    case = small_case(steps).step("2026-03-03", "fix", hearing="2026-03-10")
    assert states(case, "2026-03-03", "write") == [("running", "2026-03-06")]


FROM_A_WINDOW = """
[one.call]
by = "officer"
[one.reply]
by = "{by}"
{first_day}
within = "{reply}"
[one.decide]
by = "chair"
within = "3 days after reply is due"
if_late = "tells overseer"
"""


@pytest.mark.parametrize(
    ("by", "first_day", "reply"),
    [
        ("officer", "", "10 days after the latest call"),
        ("respondent", 'not_before = "5 days after the latest call"', "5 days after receive"),
    ],
)
def test_nothing_runs_out_by_a_window_that_has_moved_since(by: str, first_day: str, reply: str) -> None:
    case = small_case(FROM_A_WINDOW.format(by=by, first_day=first_day, reply=reply))
    case.step("2026-03-03", "call").step("2026-03-13", "call")  # not allowed, and done
    assert states(case, "2026-03-12", "decide") == [("running", "2026-03-16")]
    assert states(case, "2026-03-13", "decide") == [("running", "2026-03-26")]
    assert case.clock("2026-03-26", "decide").breaches == []
    assert [str(day) for day in case.clock("2026-03-28", "decide").breaches] == ["2026-03-26"]
