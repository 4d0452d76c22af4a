"""Rulebook format, section 3: "Record", "Round" and "In play", a test for each sentence."""

from tests.timetable.casebook import Casebook, day, opened
from tests.timetable.small_books import small_case

BACK_AND_FORTH = """
[one.send]
by = "officer"
times = "any"
outcomes = { on = "goes to two", both = "begins two" }
[one.once]
by = "officer"
[two.act]
by = "officer"
within = "10 days after two begins"
[two.fix]
by = "officer"
sets = ["meeting"]
[day.meeting]
[two.door]
by = "officer"
within = "3 days after two begins"
if_late = "too late"
[two.back]
by = "officer"
times = "any"
then = "goes to one"
[anytime.everywhere]
during = ["one", "two"]
by = "officer"
[anytime.always]
by = "officer"
"""


def back_and_forth() -> Casebook:
    return small_case(BACK_AND_FORTH)


def test_place_orders_the_facts_of_one_day() -> None:
    case = back_and_forth().step("2026-03-02", "send", "on").step("2026-03-02", "back")
    assert list(case.at("2026-03-02").open) == ["one"]
    case = back_and_forth().step("2026-03-02", "back").step("2026-03-02", "send", "on")
    assert list(case.at("2026-03-02").open) == ["two"]


def test_the_case_opens_with_its_first_receipt_in_the_first_stage() -> None:
    case = back_and_forth()
    before, after = case.at("2026-03-01"), case.at("2026-03-02")
    assert (before.opened_on, before.open) == (None, {})
    assert (after.opened_on, after.open) == (day("2026-03-02"), {"one": day("2026-03-02")})


def test_a_second_receipt_opens_nothing_anew() -> None:
    case = opened().step("2026-03-05", "receive", key="C0MP-0002")
    marking = case.at("2026-03-05")
    assert marking.opened_on == day("2026-03-02")
    assert case.clock("2026-03-05", "sift").due == day("2026-03-23")  # 15 working days after Mon 2 Mar


def test_no_job_has_to_run_for_the_state_to_be_true() -> None:
    case = back_and_forth().step("2026-03-02", "send", "on")
    assert case.clock("2026-03-12", "act").ran_out_on is None  # 2 + 10: the 12th itself is in time
    assert case.clock("2026-04-30", "act").ran_out_on == day("2026-03-12")


def test_facts_of_later_days_are_left_out() -> None:
    case = back_and_forth().step("2026-03-09", "send", "on")
    assert list(case.at("2026-03-08").open) == ["one"]


def test_a_stage_begins_a_fresh_round_each_time_it_begins() -> None:
    case = back_and_forth().step("2026-03-02", "send", "on").step("2026-03-03", "act")
    case.step("2026-03-04", "back").step("2026-03-05", "send", "on")
    marking = case.at("2026-03-05")
    assert marking.acts_in_round(marking.book.steps["act"]) == []
    assert [act.on for act in marking.acts["act"]] == [day("2026-03-03")]  # the record keeps it
    assert case.clock("2026-03-05", "act").due == day("2026-03-15")  # 5 + 10


def test_two_rounds_begun_on_one_day_are_two() -> None:
    case = back_and_forth().step("2026-03-02", "send", "on").step("2026-03-02", "act")
    case.step("2026-03-02", "back").step("2026-03-02", "send", "on")
    assert [clock.state for clock in case.at("2026-03-02").clocks if clock.step == "act"] == [
        "done",
        "running",
    ]


def test_a_stage_that_is_open_and_begins_runs_on() -> None:
    case = back_and_forth().step("2026-03-02", "send", "both").step("2026-03-03", "act")
    case.step("2026-03-05", "send", "both")
    marking = case.at("2026-03-05")
    assert marking.open == {"one": day("2026-03-02"), "two": day("2026-03-02")}
    assert [act.on for act in marking.acts_in_round(marking.book.steps["act"])] == [day("2026-03-03")]


def test_a_step_with_several_stages_or_none_is_done_since_the_case_opened() -> None:
    case = back_and_forth().step("2026-03-02", "everywhere").step("2026-03-02", "always")
    case.step("2026-03-03", "send", "on").step("2026-03-04", "back")
    marking = case.at("2026-03-04")
    for name in ("everywhere", "always"):
        assert len(marking.acts_in_round(marking.book.steps[name])) == 1


def test_a_fresh_round_forgets_fixed_days() -> None:
    case = back_and_forth().step("2026-03-02", "send", "on")
    case.step("2026-03-03", "fix", meeting="2026-03-20")
    assert case.at("2026-03-03").days == {"meeting": day("2026-03-20")}
    case.step("2026-03-04", "back").step("2026-03-05", "send", "on")
    assert case.at("2026-03-05").days == {}


def test_a_fresh_round_opens_shut_doors() -> None:
    case = back_and_forth().step("2026-03-02", "send", "on")
    marking = case.at("2026-03-06")  # due 5 March, shut from the 6th
    assert marking.is_shut(marking.book.steps["door"], None)
    case.step("2026-03-09", "back").step("2026-03-10", "send", "on")
    marking = case.at("2026-03-10")
    assert not marking.is_shut(marking.book.steps["door"], None)


def test_a_round_of_a_measure_begins_with_the_measure() -> None:
    case = small_case(
        """
        [one.bind]
        by = "officer"
        times = 3
        then = "begins hold"
        [measure.hold]
        [hold.look]
        by = "officer"
        then = "ends hold"
        """
    )
    case.step("2026-03-02", "bind").step("2026-03-03", "look").step("2026-03-04", "bind")
    marking = case.at("2026-03-04")
    assert marking.open["hold"] == day("2026-03-04")
    assert marking.acts_in_round(marking.book.steps["look"]) == []


def test_in_play_is_a_step_of_an_open_stage_or_of_none() -> None:
    marking = back_and_forth().at("2026-03-02")
    steps = marking.book.steps
    assert {name for name in steps if marking.in_play(steps[name])} == {
        "receive",
        "send",
        "once",
        "everywhere",
        "always",
    }


def test_a_step_of_several_stages_is_in_play_while_any_is_open() -> None:
    case = back_and_forth().step("2026-03-02", "send", "on")
    assert case.at("2026-03-02").in_play(case.book.steps["everywhere"])


def test_a_step_ended_singly_is_out_of_play_until_its_stage_begins_again() -> None:
    case = small_case(
        """
        [one.stop]
        by = "officer"
        then = "ends act"
        [one.act]
        by = "officer"
        within = "5 days after receive"
        [one.again]
        by = "officer"
        then = "goes to one"
        """
    )
    case.step("2026-03-03", "stop")
    marking = case.at("2026-03-03")
    assert not marking.in_play(marking.book.steps["act"])
    assert case.clock("2026-03-03", "act").state == "fell away"
    case.step("2026-03-04", "again")
    assert case.at("2026-03-04").in_play(case.book.steps["act"])


def test_nothing_but_the_receipt_is_in_play_before_the_case_opens() -> None:
    marking = Casebook(back_and_forth().book, back_and_forth().calendar).at("2026-03-02")
    steps = marking.book.steps
    assert [name for name in steps if marking.in_play(steps[name])] == ["receive"]


def test_a_closed_case_leaves_in_play_what_is_even_when_closed() -> None:
    case = small_case(
        """
        [one.end]
        by = "officer"
        then = "closes the case as done"
        [one.act]
        by = "officer"
        [anytime.tell]
        by = "officer"
        even_when_closed = true
        """
    )
    marking = case.step("2026-03-03", "end").at("2026-03-03")
    steps = marking.book.steps
    assert (marking.closed_on, marking.closed_as) == (day("2026-03-03"), "done")
    assert [name for name in steps if marking.in_play(steps[name])] == ["tell"]
