"""Rulebook format, section 3: "Enabled on day D", each condition by itself and all reasons together."""

import pytest
from tests.timetable.casebook import Casebook, day, opened
from tests.timetable.small_books import small_case

from duly.timetable.objections import objections
from duly.vocabulary import Problem


def against(
    case: Casebook, on: str, step: str, *, key: str | None = None, outcome: str | None = None
) -> list[Problem]:
    marking = case.at(on)
    return list(objections(marking, marking.book.steps[step], key=key, outcome=outcome))


def codes(
    case: Casebook, on: str, step: str, *, key: str | None = None, outcome: str | None = None
) -> list[str]:
    return [problem.code for problem in against(case, on, step, key=key, outcome=outcome)]


def test_what_is_out_of_play_is_not_enabled() -> None:
    case = small_case('[two.act]\nby = "officer"')
    (problem,) = against(case, "2026-03-02", "act")
    assert (problem.code, problem.says) == ("not-in-stage", "“Act” belongs to two; the case is in one.")


def test_what_was_shut_is_not_enabled() -> None:
    case = small_case('[one.act]\nby = "officer"\nwithin = "5 days after receive"\nif_late = "too late"')
    assert codes(case, "2026-03-07", "act") == []
    assert codes(case, "2026-03-08", "act") == ["too-late"]


def test_what_was_done_as_often_as_it_may_is_not_enabled() -> None:
    case = small_case('[one.act]\nby = "officer"\ntimes = 2').step("2026-03-03", "act")
    assert codes(case, "2026-03-03", "act") == []
    case.step("2026-03-04", "act")
    (problem,) = against(case, "2026-03-04", "act")
    assert problem.says == "“Act” was done on Wed 4 Mar 2026; the rulebook allows it 2 times."


def test_any_number_of_times_is_never_too_often() -> None:
    case = small_case('[one.act]\nby = "officer"\ntimes = "any"')
    for _ in range(5):
        case.step("2026-03-03", "act")
    assert codes(case, "2026-03-03", "act") == []


def test_times_used_up_and_owed_again_owed_wins() -> None:
    case = small_case(
        """
        [one.ask]
        by = "officer"
        times = 2
        [one.act]
        by = "officer"
        within = "5 days after the latest ask"
        """
    )
    case.step("2026-03-03", "ask").step("2026-03-04", "act")
    assert codes(case, "2026-03-04", "act") == ["done-before"]
    assert codes(case.step("2026-03-05", "ask"), "2026-03-05", "act") == []


def test_times_count_in_this_round_and_for_this_key() -> None:
    case = small_case(
        """
        [one.act]
        by = "officer"
        per = "party"
        [one.again]
        by = "officer"
        then = "goes to one"
        """
    )
    case.step("2026-03-03", "act", key="C1")
    assert codes(case, "2026-03-03", "act", key="C1") == ["done-before"]
    assert codes(case, "2026-03-03", "act", key="R") == []
    assert codes(case.step("2026-03-04", "again"), "2026-03-04", "act", key="C1") == []


def test_every_after_must_be_true() -> None:
    case = small_case(
        """
        [one.a]
        by = "officer"
        [one.b]
        by = "officer"
        [one.act]
        by = "officer"
        after = ["a", "b"]
        """
    )
    assert [p.says for p in against(case, "2026-03-02", "act")] == [
        "“Act” comes after a.",
        "“Act” comes after b.",
    ]
    assert len(against(case.step("2026-03-02", "a"), "2026-03-02", "act")) == 1
    assert against(case.step("2026-03-02", "b"), "2026-03-02", "act") == []


def test_of_several_occasions_in_one_after_any_will_do() -> None:
    case = small_case(
        """
        [one.a]
        by = "officer"
        outcomes = ["yes", "no"]
        [one.b]
        by = ["officer", "chair"]
        [one.act]
        by = "officer"
        after = ["a: yes or b by chair"]
        """
    )
    case.step("2026-03-02", "a", "no").step("2026-03-02", "b", office="officer")
    assert codes(case, "2026-03-02", "act") == ["comes-after"]
    case.step("2026-03-03", "b", office="chair")
    assert codes(case, "2026-03-03", "act") == []


def test_a_needed_step_that_was_ended_still_blocks() -> None:
    """Section 4: switching off the notice must not open the finding."""
    case = small_case(
        """
        [one.stop]
        by = "officer"
        then = "ends needed"
        [one.needed]
        by = "officer"
        [one.act]
        by = "officer"
        after = ["needed"]
        """
    )
    assert codes(case.step("2026-03-02", "stop"), "2026-03-02", "act") == ["comes-after"]


def test_the_trigger_of_its_own_within_must_have_come() -> None:
    """Section 4: a step done before its trigger is refused; an answer to charges not yet served is none."""
    case = small_case(
        """
        [one.serve]
        by = "officer"
        [one.reply]
        by = "respondent"
        within = "5 days after serve"
        """
    )
    (problem,) = against(case, "2026-03-02", "reply")
    assert (problem.code, problem.says) == ("comes-after", "“Reply” comes after serve.")
    assert codes(case.step("2026-03-03", "serve"), "2026-03-03", "reply") == []


def test_done_before_its_trigger_all_the_same_the_duty_arises_and_it_may_be_done_again() -> None:
    case = small_case(
        """
        [one.serve]
        by = "officer"
        [one.reply]
        by = "respondent"
        within = "5 days after serve"
        """
    )
    case.step("2026-03-02", "reply").step("2026-03-04", "serve")
    assert case.clock("2026-03-04", "reply").due == day("2026-03-09")
    assert codes(case, "2026-03-04", "reply") == []
    assert [(irregular.place, irregular.says) for irregular in case.at("2026-03-04").irregular] == [
        (4, "“Reply” comes after serve.")
    ]


@pytest.mark.parametrize(("first", "then"), [("a", "b"), ("b", "a")])
def test_of_a_list_of_times_one_trigger_is_enough(first: str, then: str) -> None:
    case = small_case(
        """
        [one.a]
        by = "officer"
        [one.b]
        by = "officer"
        [one.act]
        by = "officer"
        within = ["5 days after a", "9 days after b"]
        """
    )
    assert codes(case, "2026-03-02", "act") == ["comes-after"]
    assert codes(case.step("2026-03-02", first), "2026-03-02", "act") == []
    assert codes(case.step("2026-03-02", then), "2026-03-02", "act") == []


def test_of_a_later_of_every_trigger_must_have_come() -> None:
    case = small_case(
        """
        [one.a]
        by = "officer"
        [one.b]
        by = "officer"
        [one.act]
        by = "officer"
        within = { later_of = ["5 days after a", "9 days after b"] }
        """
    )
    assert codes(case.step("2026-03-02", "a"), "2026-03-02", "act") == ["comes-after"]
    assert codes(case.step("2026-03-02", "b"), "2026-03-02", "act") == []


FIXED = """
[one.fix]
by = "officer"
sets = ["meeting"]
[day.meeting]
[one.send]
by = "officer"
within = "5 days before meeting"
[one.decide]
by = "officer"
within = "5 days after meeting"
"""


def test_a_before_limit_needs_no_trigger() -> None:
    assert codes(small_case(FIXED), "2026-03-02", "send") == []


def test_a_fixed_day_is_a_trigger_when_it_has_come_and_not_when_it_is_fixed() -> None:
    case = small_case(FIXED).step("2026-03-02", "fix", meeting="2026-03-20")
    (problem,) = against(case, "2026-03-19", "decide")
    assert (problem.code, problem.opens_on) == ("comes-after", day("2026-03-20"))
    assert codes(case, "2026-03-20", "decide") == []


def test_what_is_due_needs_no_trigger() -> None:
    case = small_case(
        """
        [one.reply]
        by = "respondent"
        within = "9 days after receive"
        [one.decide]
        by = "officer"
        within = "5 days after reply is due"
        """
    )
    assert codes(case, "2026-03-02", "decide") == []


def test_every_not_before_must_be_reached() -> None:
    case = small_case(
        """
        [one.show]
        by = "officer"
        [one.act]
        by = "officer"
        not_before = ["14 clear days after show", "7 days after receive"]
        """
    )
    codes_and_days = [(p.code, p.opens_on) for p in against(case, "2026-03-02", "act")]
    assert codes_and_days == [("not-before", None), ("not-before", day("2026-03-09"))]
    case.step("2026-03-03", "show")  # 14 clear days: the 4th to the 17th
    assert [p.opens_on for p in against(case, "2026-03-17", "act")] == [day("2026-03-18")]
    assert codes(case, "2026-03-18", "act") == []


def test_every_only_if_must_be_true() -> None:
    case = small_case(
        """
        [question.abroad]
        ask = "Abroad?"
        answers = ["no", "yes"]
        [one.begin-talks]
        by = "officer"
        then = "begins two"
        [one.act]
        by = "officer"
        only_if = ["two is not open", "abroad is yes"]
        """
    )
    assert [p.says for p in against(case, "2026-03-02", "act")] == [
        "“Act” may be done only if “abroad” is answered yes."
    ]
    case.answer("2026-03-03", "abroad", "yes")
    assert codes(case, "2026-03-03", "act") == []
    assert codes(case.step("2026-03-03", "begin-talks"), "2026-03-03", "act") == ["only-if"]


def test_or_binds_tighter_than_and_in_a_test() -> None:
    case = small_case(
        """
        [one.a]
        by = "officer"
        [one.b]
        by = "officer"
        [one.c]
        by = "officer"
        [one.act]
        by = "officer"
        only_if = ["a is done or b is done and c is done"]
        """
    )
    case.step("2026-03-02", "a")
    assert codes(case, "2026-03-02", "act") == ["only-if"]
    assert codes(case.step("2026-03-02", "c"), "2026-03-02", "act") == []


def test_an_outcome_has_rules_of_its_own() -> None:
    case = small_case(
        """
        [one.talk]
        by = "officer"
        [one.act]
        by = "officer"
        outcomes = ["plain"]
        [one.act.outcome.grave]
        after = ["talk"]
        only_if = ["two is open"]
        """
    )
    assert codes(case, "2026-03-02", "act", outcome="plain") == []
    assert codes(case, "2026-03-02", "act", outcome="grave") == ["comes-after", "only-if"]
    assert codes(case, "2026-03-02", "act", outcome="other") == ["unknown-outcome"]


def test_the_answer_is_the_list_of_all_reasons_why_not() -> None:
    case = small_case(
        """
        [one.a]
        by = "officer"
        [one.act]
        by = "officer"
        after = ["a"]
        not_before = "7 days after receive"
        only_if = ["two is open"]
        """
    ).step("2026-03-02", "act")
    assert codes(case, "2026-03-03", "act") == ["done-before", "comes-after", "not-before", "only-if"]


def test_a_window_that_is_open_says_until_when() -> None:
    case = opened().step("2026-03-03", "acknowledge", key="C0MP-0001").step("2026-03-04", "sift", "accepted")
    case.step("2026-03-05", "serve-notice")  # 21 days: Thu 26 March
    (problem,) = against(case, "2026-03-20", "report")
    assert problem.code == "window-open"
    assert problem.opens_on == day("2026-03-27")
    assert problem.says == "The time for “answer” runs until Thu 26 Mar 2026."


def test_a_time_that_is_up_and_runs_for_nobody_is_no_open_window() -> None:
    case = small_case(
        """
        [one.serve]
        by = "officer"
        per = "party"
        [one.reply]
        by = ["complainant", "respondent"]
        per = "party"
        within = "5 days after serve"
        [one.act]
        by = "officer"
        after = ["reply or time up"]
        """
    ).step("2026-03-02", "serve", key="R")
    (problem,) = against(case, "2026-03-20", "act")  # R is out of time, C1 was never served
    assert problem.code == "comes-after"


DUE = """
[one.ask]
by = "officer"
times = 3
[one.reply]
by = "respondent"
within = "9 days after the latest ask"
[one.drop]
by = "officer"
then = "ends reply"
[one.act]
by = "officer"
after = ["reply is due"]
"""


def test_what_is_due_is_due_from_its_last_day_on_whether_or_not_it_was_done() -> None:
    case = small_case(DUE).step("2026-03-03", "ask")
    assert codes(case, "2026-03-11", "act") == ["comes-after"]
    assert codes(case, "2026-03-12", "act") == []
    assert codes(case.step("2026-03-04", "reply"), "2026-03-11", "act") == ["comes-after"]
    assert codes(case, "2026-03-12", "act") == []


def test_asked_for_again_it_is_due_again() -> None:
    case = small_case(DUE).step("2026-03-03", "ask").step("2026-03-13", "ask")
    assert codes(case, "2026-03-13", "act") == ["comes-after"]
    assert codes(case, "2026-03-22", "act") == []


def test_what_fell_away_is_due_no_more() -> None:
    case = small_case(DUE).step("2026-03-03", "ask").step("2026-03-04", "drop")
    assert codes(case, "2026-03-12", "act") == ["comes-after"]


def test_what_waits_for_a_step_that_closed_with_the_case_is_told_so() -> None:
    case = small_case(
        """
        [one.decide]
        by = "officer"
        [anytime.leave]
        by = "officer"
        then = "closes the case as left"
        [anytime.publish]
        by = "officer"
        even_when_closed = true
        after = "decide"
        """
    )
    (problem,) = against(case, "2026-03-03", "publish")
    assert problem.remedy == "Opens once that is done."
    case.step("2026-03-04", "leave")
    (problem,) = against(case, "2026-03-04", "publish")
    assert problem.code == "comes-after"
    assert problem.remedy == (
        "That closed with the case: this opens only if the case is reopened and that is done then."
    )


def test_the_same_of_a_step_whose_time_would_begin_with_it() -> None:
    case = small_case(
        """
        [one.decide]
        by = "officer"
        [anytime.leave]
        by = "officer"
        then = "closes the case as left"
        [anytime.publish]
        by = "officer"
        even_when_closed = true
        within = "5 days after decide"
        """
    ).step("2026-03-04", "leave")
    (problem,) = against(case, "2026-03-04", "publish")
    assert problem.remedy.startswith("That closed with the case")
