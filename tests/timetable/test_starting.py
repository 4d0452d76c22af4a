"""Rulebook format, section 3: "A clock starts", and the ambiguities of section 4 about starting again."""

import pytest
from tests.timetable.casebook import Casebook, day
from tests.timetable.small_books import small_case


def states(case: Casebook, on: str, step: str) -> list[tuple[str, str]]:
    """Each clock of the step: its state and its due day."""
    return [(clock.state.value, str(clock.due)) for clock in case.at(on).clocks if clock.step == step]


ASKED = """
[one.ask]
by = "officer"
times = 5
[one.act]
by = "officer"
within = "5 days after the {which} ask"
"""


def test_first_starts_a_clock_at_the_first_occurrence_only() -> None:
    case = small_case(ASKED.format(which="first")).step("2026-03-03", "ask")
    assert states(case, "2026-03-03", "act") == [("running", "2026-03-08")]
    case.step("2026-03-04", "ask").step("2026-03-05", "act").step("2026-03-06", "ask")
    assert states(case, "2026-03-06", "act") == [("done", "2026-03-08")]


def test_with_nothing_said_it_is_the_first() -> None:
    case = small_case(ASKED.format(which="first").replace("times = 5", "").replace("the first ask", "ask"))
    case.step("2026-03-03", "ask").step("2026-03-04", "ask")  # the second stands irregularly
    assert states(case, "2026-03-04", "act") == [("running", "2026-03-08")]


def test_latest_starts_at_each_occurrence_and_restarts_what_runs() -> None:
    case = small_case(ASKED.format(which="latest")).step("2026-03-03", "ask").step("2026-03-04", "ask")
    assert states(case, "2026-03-04", "act") == [("restarted", "2026-03-08"), ("running", "2026-03-09")]
    case.step("2026-03-05", "act").step("2026-03-06", "ask")
    assert states(case, "2026-03-06", "act")[1:] == [("done", "2026-03-09"), ("running", "2026-03-11")]


def test_an_occurrence_is_a_fact_and_not_a_day() -> None:
    case = small_case(ASKED.format(which="latest"))
    case.step("2026-03-03", "ask").step("2026-03-03", "act").step("2026-03-03", "ask")
    assert states(case, "2026-03-03", "act") == [("done", "2026-03-08"), ("running", "2026-03-08")]


def test_an_offices_clock_starts_wherever_the_case_then_stands() -> None:
    """Being slow to reach a stage is no excuse."""
    case = small_case('[two.act]\nby = "officer"\nwithin = "5 days after receive"')
    assert states(case, "2026-03-02", "act") == [("running", "2026-03-07")]
    assert case.clock("2026-03-08", "act").is_late


PARTYS = """
[one.serve]
by = "officer"
[one.go]
by = "officer"
then = "goes to two"
[two.reply]
by = "respondent"
within = "5 days after serve"
[two.back]
by = "officer"
then = "goes to one"
"""


def test_a_partys_clock_starts_at_the_later_of_the_trigger_and_the_day_the_party_may_act() -> None:
    case = small_case(PARTYS).step("2026-03-03", "serve")
    assert states(case, "2026-03-06", "reply") == []
    case.step("2026-03-07", "go")
    assert states(case, "2026-03-07", "reply") == [("running", "2026-03-12")]
    case = small_case(PARTYS.replace("one.serve", "two.serve")).step("2026-03-03", "go")
    assert states(case.step("2026-03-05", "serve"), "2026-03-05", "reply") == [("running", "2026-03-10")]


def test_a_partys_clock_falls_away_when_the_party_no_longer_may_act() -> None:
    case = small_case(PARTYS).step("2026-03-03", "serve").step("2026-03-04", "go").step("2026-03-05", "back")
    assert states(case, "2026-03-05", "reply") == [("fell away", "2026-03-09")]


def test_a_partys_time_does_not_run_while_it_is_barred_by_a_test() -> None:
    case = small_case(
        """
        [one.serve]
        by = "officer"
        [one.talk]
        by = "officer"
        then = "begins two"
        [one.reply]
        by = "respondent"
        within = "5 days after serve"
        only_if = ["two is not open"]
        [two.end-talks]
        by = "officer"
        then = "ends two"
        """
    )
    case.step("2026-03-02", "talk").step("2026-03-03", "serve")
    assert states(case, "2026-03-04", "reply") == []
    case.step("2026-03-06", "end-talks")
    assert states(case, "2026-03-06", "reply") == [("running", "2026-03-11")]
    case.step("2026-03-07", "talk")
    assert states(case, "2026-03-07", "reply") == [("fell away", "2026-03-11")]


NOT_YET = """
[pause.illness]
by = "chair"
at_most = "30 days"
[one.serve]
by = "officer"
[one.reply]
by = "respondent"
not_before = "7 days after serve"
within = "10 days after serve"
"""


def test_a_partys_time_does_not_run_before_the_first_day_it_may_act() -> None:
    case = small_case(NOT_YET).step("2026-03-03", "serve")
    assert states(case, "2026-03-03", "reply") == [("running", "2026-03-20")]  # from the 10th


def test_a_pause_before_that_first_day_moves_the_partys_time_with_it() -> None:
    case = small_case(NOT_YET).step("2026-03-03", "serve").pause("2026-03-05", "illness")
    case.resume("2026-03-08", "illness")  # three days: may act from the 13th
    marking = case.at("2026-03-08")
    assert marking.earliest(marking.book.steps["reply"].not_before[0]) == day("2026-03-13")
    assert states(case, "2026-03-08", "reply") == [("running", "2026-03-23")]


def test_a_day_that_comes_opens_the_partys_door_without_anybody_acting() -> None:
    case = small_case(
        """
        [one.fix]
        by = "officer"
        sets = ["meeting"]
        [day.meeting]
        [one.comment]
        by = "respondent"
        after = ["meeting"]
        within = "5 days after fix"
        """
    ).step("2026-03-03", "fix", meeting="2026-03-20")
    assert states(case, "2026-03-19", "comment") == []
    assert states(case, "2026-03-20", "comment") == [("running", "2026-03-25")]


def test_what_ended_with_a_clock_running_is_not_revived_by_beginning_again() -> None:
    case = small_case(PARTYS.replace("respondent", "officer")).step("2026-03-03", "serve")
    case.step("2026-03-04", "go").step("2026-03-05", "back").step("2026-03-06", "go")
    assert states(case, "2026-03-06", "reply") == [("fell away", "2026-03-08")]


def test_a_stage_that_begins_again_starts_nothing_that_was_counted_from_elsewhere() -> None:
    case = small_case(PARTYS.replace("respondent", "officer")).step("2026-03-03", "serve")
    case.step("2026-03-04", "go").step("2026-03-05", "reply").step("2026-03-06", "back")
    case.step("2026-03-07", "go")
    assert states(case, "2026-03-07", "reply") == [("done", "2026-03-08")]


def test_what_is_counted_from_the_stage_starts_with_each_beginning() -> None:
    case = small_case(PARTYS.replace("after serve", "after two begins"))
    case.step("2026-03-04", "go").step("2026-03-05", "back").step("2026-03-07", "go")
    assert states(case, "2026-03-07", "reply") == [("fell away", "2026-03-09"), ("running", "2026-03-12")]


def test_a_clock_that_still_runs_when_its_stage_begins_again_runs_on() -> None:
    """A step of two stages: one of them stays open, so the duty does not end. Reopening is no extension."""
    case = small_case(
        """
        [one.both]
        by = "officer"
        times = "any"
        then = "begins two"
        [two.drop]
        by = "officer"
        times = "any"
        then = "ends two"
        [anytime.act]
        during = ["one", "two"]
        by = "officer"
        within = "9 days after two begins"
        """
    )
    case.step("2026-03-03", "both").step("2026-03-04", "drop").step("2026-03-05", "both")
    assert states(case, "2026-03-05", "act") == [("running", "2026-03-12")]


def test_two_times_on_one_step_are_two_clocks_and_the_act_meets_both() -> None:
    case = small_case('[one.act]\nby = "officer"\nwithin = ["5 days after receive", "9 days after receive"]')
    assert states(case, "2026-03-02", "act") == [("running", "2026-03-07"), ("running", "2026-03-11")]
    case.step("2026-03-04", "act")
    assert states(case, "2026-03-04", "act") == [("done", "2026-03-07"), ("done", "2026-03-11")]


def test_a_named_limit_has_a_clock_and_a_consequence_of_its_own() -> None:
    case = small_case(
        """
        [one.act]
        by = "officer"
        within = "5 days after receive"
        if_late = "nothing"
        [limit.backstop]
        for = "act"
        within = "9 days after receive"
        if_late = "goes to two"
        """
    )
    assert states(case, "2026-03-02", "act") == [("running", "2026-03-07"), ("running", "2026-03-11")]
    assert [clock.limit.name for clock in case.at("2026-03-02").clocks] == ["act", "backstop"]
    assert list(case.at("2026-03-11").open) == ["one"]
    assert list(case.at("2026-03-12").open) == ["two"]


def test_of_a_later_of_there_is_one_clock_and_none_while_a_part_is_unknown() -> None:
    """Section 4: no invented date."""
    case = small_case(
        """
        [one.show]
        by = "officer"
        [one.act]
        by = "officer"
        within = { later_of = ["9 days after receive", "5 days after show"] }
        """
    )
    assert states(case, "2026-03-20", "act") == []
    assert states(case.step("2026-03-20", "show"), "2026-03-20", "act") == [("running", "2026-03-25")]


def test_a_fixed_day_starts_its_clock_afresh_in_a_fresh_round() -> None:
    case = small_case(
        """
        [one.go]
        by = "officer"
        then = "goes to two"
        [two.fix]
        by = "officer"
        sets = ["meeting"]
        [day.meeting]
        [two.decide]
        by = "officer"
        within = "5 days after meeting"
        [two.back]
        by = "officer"
        then = "goes to one"
        """
    )
    case.step("2026-03-02", "go").step("2026-03-03", "fix", meeting="2026-03-20")
    case.step("2026-03-20", "decide").step("2026-03-21", "back").step("2026-03-22", "go")
    case.step("2026-03-23", "fix", meeting="2026-04-10")
    assert states(case, "2026-03-23", "decide") == [("done", "2026-03-25"), ("running", "2026-04-15")]


DUE = """
[one.ask]
by = "officer"
times = 3
[one.reply]
by = "respondent"
within = "9 days after the latest ask"
extend = { by = "chair", at_most = "9 days" }
[one.decide]
by = "officer"
within = "5 days after the first reply is due"
"""


def test_counted_from_the_end_of_the_other_sides_window_and_not_from_its_use() -> None:
    case = small_case(DUE).step("2026-03-03", "ask").step("2026-03-04", "reply")
    assert states(case, "2026-03-04", "decide") == [("running", "2026-03-17")]  # 3 + 9 + 5


def test_a_window_that_grows_takes_along_what_is_counted_from_its_end() -> None:
    case = small_case(DUE).step("2026-03-03", "ask").extend("2026-03-05", "reply", "2026-03-20")
    assert states(case, "2026-03-05", "decide") == [("running", "2026-03-25")]


def test_a_window_that_is_restarted_takes_along_what_is_counted_from_its_end() -> None:
    case = small_case(DUE).step("2026-03-03", "ask").step("2026-03-10", "ask")
    assert states(case, "2026-03-10", "decide") == [("running", "2026-03-24")]  # 10 + 9 + 5


def test_what_comes_round_a_while_after_it_was_due_starts_when_it_is_done() -> None:
    case = small_case(
        """
        [one.look]
        by = "officer"
        times = "any"
        within = "10 days after the latest of one begins or look is due"
        """
    )
    assert states(case, "2026-03-02", "look") == [("running", "2026-03-12")]
    case.step("2026-03-05", "look")
    assert states(case, "2026-03-05", "look") == [("done", "2026-03-12"), ("running", "2026-03-22")]


def test_two_steps_counted_from_each_others_last_day_come_to_rest() -> None:
    case = small_case(
        """
        [one.a]
        by = "officer"
        times = "any"
        within = "5 days after the latest of receive or b is due"
        [one.b]
        by = "officer"
        times = "any"
        within = "5 days after the latest a is due"
        """
    )
    assert states(case, "2026-03-02", "b") == [("running", "2026-03-12")]


@pytest.mark.parametrize(
    ("trigger", "due"),
    [
        ("the case opens", "2026-03-07"),
        ("one ends", "2026-03-09"),
        ("two begins", "2026-03-09"),
        ("go: fast", "2026-03-09"),
        ("go by officer", "2026-03-09"),
        ("the first of go or receive", "2026-03-07"),
    ],
)
def test_each_kind_of_occasion_starts_a_clock(trigger: str, due: str) -> None:
    case = small_case(
        f"""
        [one.go]
        by = "officer"
        outcomes = {{ fast = "goes to two", slow = "nothing" }}
        [anytime.act]
        by = "officer"
        within = "5 days after {trigger}"
        """
    ).step("2026-03-04", "go", "fast")
    assert states(case, "2026-03-04", "act") == [("running", due)]


def test_the_end_of_the_case_starts_what_is_even_when_closed_and_nothing_else() -> None:
    case = small_case(
        """
        [one.end]
        by = "officer"
        then = "closes the case as done"
        [anytime.tell]
        by = "officer"
        even_when_closed = true
        within = "5 days after the case closes"
        [anytime.act]
        by = "officer"
        within = "5 days after the case closes"
        """
    ).step("2026-03-04", "end")
    assert states(case, "2026-03-04", "tell") == [("running", "2026-03-09")]
    assert states(case, "2026-03-04", "act") == []


def test_beginning_with_a_day_counts_that_day() -> None:
    case = small_case('[one.act]\nby = "officer"\nwithin = "5 days beginning with receive"')
    assert states(case, "2026-03-02", "act") == [("running", "2026-03-06")]


def test_a_bare_reference_as_a_time_is_that_very_day() -> None:
    case = small_case(
        """
        [one.fix]
        by = "officer"
        sets = ["meeting"]
        [day.meeting]
        [one.meet]
        by = "officer"
        within = "meeting"
        """
    ).step("2026-03-04", "fix", meeting="2026-03-20")
    assert states(case, "2026-03-04", "meet") == [("running", "2026-03-20")]
