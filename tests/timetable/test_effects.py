"""Rulebook format, section 3: "Effect of an act" and "Closing"; section 4: what one act begins and ends."""

import pytest
from tests.timetable.casebook import day
from tests.timetable.small_books import small_case


def test_an_act_is_recorded_before_anything_follows() -> None:
    case = small_case('[one.act]\nby = "officer"\nthen = "goes to two if act is done"').step(
        "2026-03-03", "act"
    )
    assert list(case.at("2026-03-03").open) == ["two"]


def test_clocks_of_this_step_and_key_are_met_before_anything_follows() -> None:
    case = small_case(
        """
        [one.act]
        by = "officer"
        per = "party"
        within = "9 days after receive"
        then = "goes to two if act is not owed"
        """
    ).step("2026-03-03", "act", key="C1")
    assert list(case.at("2026-03-03").open) == ["one"]  # R's is still owed
    assert list(case.step("2026-03-04", "act", key="R").at("2026-03-04").open) == ["two"]


def test_fixed_days_move_and_clocks_with_them_before_anything_follows() -> None:
    case = small_case(
        """
        [one.fix]
        by = "officer"
        sets = ["meeting"]
        then = "goes to two"
        [day.meeting]
        [two.decide]
        by = "officer"
        within = "5 days after meeting"
        """
    ).step("2026-03-03", "fix", meeting="2026-03-20")
    assert case.clock("2026-03-03", "decide").due == day("2026-03-25")


def test_what_always_follows_comes_before_what_the_outcome_brings() -> None:
    case = small_case(
        """
        [one.act]
        by = "officer"
        then = "begins two"
        outcomes = { yes = "begins three if two is open" }
        """
    ).step("2026-03-03", "act", "yes")
    assert list(case.at("2026-03-03").open) == ["one", "two", "three"]


def test_phrases_are_carried_out_in_written_order() -> None:
    act = '[one.act]\nby = "officer"\nthen = [{}]'
    first = small_case(act.format('"begins two", "begins three if two is open"')).step("2026-03-03", "act")
    assert list(first.at("2026-03-03").open) == ["one", "two", "three"]
    second = small_case(act.format('"begins three if two is open", "begins two"')).step("2026-03-03", "act")
    assert list(second.at("2026-03-03").open) == ["one", "two"]


def test_ends_and_begins_of_one_thing_in_one_act_follow_the_written_order() -> None:
    act = '[one.act]\nby = "officer"\nthen = [{}]'
    case = small_case(act.format('"begins two", "ends two"')).step("2026-03-03", "act")
    assert list(case.at("2026-03-03").open) == ["one"]
    case = small_case(act.format('"ends two", "begins two"')).step("2026-03-03", "act")
    assert list(case.at("2026-03-03").open) == ["one", "two"]


def test_goes_to_ends_before_it_begins() -> None:
    case = small_case('[one.act]\nby = "officer"\ntimes = 2\nthen = "goes to one"').step("2026-03-03", "act")
    marking = case.at("2026-03-03")
    assert [(h.kind, h.name) for h in marking.happenings if h.on == day("2026-03-03")] == [
        ("ends", "one"),
        ("begins", "one"),
    ]
    assert marking.acts_in_round(marking.book.steps["act"]) == []


@pytest.mark.parametrize(
    ("heading", "left"),
    [
        ("[two.act]", ["one", "three"]),  # its own stage ends
        ('[anytime.act]\nduring = ["one"]', ["two", "three"]),  # those it names
        ('[anytime.act]\nduring = ["one", "two"]', ["three"]),
        ("[anytime.act]", ["three"]),  # every stage that is open
    ],
)
def test_goes_to_ends_the_stage_of_its_step(heading: str, left: list[str]) -> None:
    case = small_case(
        f"""
        [one.both]
        by = "officer"
        then = "begins two"
        {heading}
        by = "officer"
        then = "goes to three"
        """
    )
    case.step("2026-03-02", "both").step("2026-03-03", "act")
    assert list(case.at("2026-03-03").open) == left


def test_goes_to_from_a_measure_ends_the_measure() -> None:
    case = small_case(
        """
        [one.bind]
        by = "chair"
        then = "begins hold"
        [measure.hold]
        [hold.settle]
        by = "chair"
        then = "goes to two"
        """
    )
    case.step("2026-03-02", "bind").step("2026-03-03", "settle")
    assert list(case.at("2026-03-03").open) == ["one", "two"]


def test_measures_that_end_with_the_act_end_after_its_phrases() -> None:
    case = small_case(
        """
        [one.bind]
        by = "chair"
        then = "begins hold"
        [measure.hold]
        ends_with = ["decide"]
        [one.decide]
        by = "panel"
        then = "begins two if hold is open"
        """
    )
    case.step("2026-03-02", "bind").step("2026-03-03", "decide")
    assert list(case.at("2026-03-03").open) == ["one", "two"]
    assert case.at("2026-03-03").ended["hold"][0][1] == day("2026-03-03")


def test_new_clocks_start_last() -> None:
    case = small_case(
        """
        [one.ask]
        by = "officer"
        then = "goes to two if act is owed"
        [one.act]
        by = "officer"
        within = "9 days after ask"
        """
    ).step("2026-03-03", "ask")
    assert list(case.at("2026-03-03").open) == ["one"]
    assert case.at("2026-03-03").is_owed("act")


def test_a_phrase_follows_only_if_its_test_holds() -> None:
    case = small_case(
        """
        [question.urgent]
        ask = "Urgent?"
        answers = ["no", "yes"]
        [one.act]
        by = "officer"
        then = ["goes to two if urgent is yes", "goes to three if urgent is no"]
        """
    )
    assert list(case.step("2026-03-03", "act").at("2026-03-03").open) == ["three"]


def test_until_it_is_answered_the_first_answer_to_a_question_holds() -> None:
    case = small_case('[question.urgent]\nask = "Urgent?"\nanswers = ["no", "yes"]')
    assert case.at("2026-03-02").answer("urgent") == "no"
    assert case.answer("2026-03-02", "urgent", "yes").at("2026-03-02").answer("urgent") == "yes"


def test_somebody_is_told_and_a_linked_case_is_started() -> None:
    case = small_case(
        '[one.act]\nby = "officer"\nthen = ["tells overseer", "starts a linked case", "nothing"]'
    )
    marking = case.step("2026-03-03", "act").at("2026-03-03")
    found = [(h.kind, h.name, h.step, h.place) for h in marking.happenings if h.on == day("2026-03-03")]
    assert found == [("told", "overseer", "act", 4), ("linked", "", "act", 4)]


CLOSING = """
[one.both]
by = "officer"
then = ["begins two", "begins hold"]
[one.act]
by = "officer"
within = "9 days after receive"
[one.end]
by = "officer"
then = ["closes the case as over", "begins three", "closes the case as something else"]
[measure.hold]
[hold.look]
by = "chair"
is = "review"
within = "9 days after hold begins"
[one.reply]
by = "respondent"
within = "9 days after receive"
[anytime.tell]
by = "officer"
even_when_closed = true
within = ["9 days after receive", "5 days after the case closes"]
"""


def test_closing_ends_every_stage_measure_and_clock_save_what_is_even_when_closed() -> None:
    case = small_case(CLOSING).step("2026-03-03", "both").step("2026-03-04", "end")
    marking = case.at("2026-03-04")
    assert marking.open == {}
    assert set(marking.ended) == {"one", "two", "hold"}
    assert [(c.step, c.state.value, str(c.due)) for c in marking.clocks] == [
        ("act", "fell away", "2026-03-11"),
        ("tell", "running", "2026-03-11"),
        ("reply", "fell away", "2026-03-11"),
        ("look", "fell away", "2026-03-12"),
        ("tell", "running", "2026-03-09"),
    ]


def test_a_closed_case_begins_nothing_and_closes_once() -> None:
    case = small_case(CLOSING).step("2026-03-04", "end")
    marking = case.at("2026-03-05")
    assert (marking.open, marking.closed_as, marking.closed_on) == ({}, "over", day("2026-03-04"))
    assert [h.name for h in marking.happenings if h.kind == "closes"] == ["over"]


def test_a_time_that_an_act_begins_falls_away_with_the_stage_that_the_same_act_ends() -> None:
    case = small_case(
        """
        [one.look]
        by = "officer"
        times = "any"
        within = "9 days after the latest of one begins or look"
        outcomes = { on = "nothing", over = "goes to two" }
        """
    )
    case.step("2026-03-03", "look", "on")
    assert case.at("2026-03-03").is_owed("look")
    case.step("2026-03-04", "look", "over")
    assert not case.at("2026-03-04").is_owed("look")
