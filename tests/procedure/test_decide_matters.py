"""`decide` on more time (R06), pauses, questions, the fast track and waivers."""

from dataclasses import replace

import pytest
from tests.procedure.desk import REASONS, Desk, officer, party
from tests.timetable import village
from tests.timetable.casebook import day
from tests.timetable.small_books import small_case

from duly.procedure.acts import AnswerQuestion, Extend, FastTrack, Pause, Resume, Waive
from duly.record.facts import FastTracked, TimeExtended, Waived

OFFICER = officer("complaints-officer")
CHAIR = officer("panel-chair")
MORE = Extend(step="answer", until=day("2026-04-09"), ground="illness", parts=REASONS)  # the most: 14 days


def test_more_time_is_one_fact() -> None:
    (made,) = Desk(village.noticed()).allowed("2026-03-20", MORE, CHAIR)
    assert made.body == TimeExtended(step="answer", until=day("2026-04-09"), ground="illness")
    assert made.parts == REASONS


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (replace(MORE, step="report"), ["no-extension"]),
        (replace(MORE, step="dance"), ["no-extension"]),
        (replace(MORE, ground=None), ["missing-ground"]),
        (replace(MORE, ground="a holiday"), ["missing-ground"]),
        (replace(MORE, parts={}), ["missing-reasons"]),
        (replace(MORE, until=day("2026-03-26")), ["not-later"]),
        (replace(MORE, until=day("2026-04-10")), ["over-the-cap"]),
    ],
)
def test_more_time_keeps_to_its_rule(act: Extend, expected: list[str]) -> None:
    assert Desk(village.noticed()).codes("2026-03-20", act, CHAIR) == expected


def test_more_time_is_given_by_its_office_only() -> None:
    (problem,) = Desk(village.noticed()).problems("2026-03-20", MORE, OFFICER)
    assert str(problem) == (
        "More time is given by the panel chair, not by the complaints officer. Ask the panel chair."
    )


def test_more_time_needs_a_time_that_runs() -> None:
    assert Desk(village.accepted()).codes("2026-03-20", MORE, CHAIR) == ["no-clock"]


def test_more_time_is_given_once_over_the_whole_case() -> None:
    """Serving again gives no fresh allowance (section 4)."""
    desk = Desk(village.noticed()).do("2026-03-09", replace(MORE, until=day("2026-03-31")), CHAIR)
    again = replace(MORE, until=day("2026-04-03"))
    assert desk.codes("2026-03-20", again, CHAIR) == ["extended-before"]
    desk.casebook.step("2026-03-24", "serve-notice")
    assert desk.codes("2026-03-25", replace(MORE, until=day("2026-04-16")), CHAIR) == ["extended-before"]


def test_more_time_after_it_ran_out_is_allowed_and_shows_as_late() -> None:
    desk = Desk(village.noticed()).do("2026-03-30", MORE, CHAIR)
    assert desk.casebook.clock("2026-03-30", "answer").breaches == [day("2026-03-26")]


TWICE = """
[one.ask]
by = "officer"
times = 5
[one.reply]
by = "respondent"
within = "10 days after the latest ask"
extend = { by = "chair", at_most = "14 days", times = 3 }
"""


def test_the_cap_is_on_all_that_is_given_and_not_on_each() -> None:
    desk = Desk(small_case(TWICE).step("2026-03-02", "ask"))  # due on the 12th: at most the 26th
    chair, more = officer("chair"), Extend(step="reply", until=day("2026-03-20"), parts=REASONS)
    desk.do("2026-03-09", more, chair)
    assert desk.codes("2026-03-10", replace(more, until=day("2026-03-27")), chair) == ["over-the-cap"]
    desk.do("2026-03-10", replace(more, until=day("2026-03-26")), chair)
    (problem,) = desk.problems("2026-03-11", replace(more, until=day("2026-03-27")), chair)
    assert (problem.says, problem.remedy) == (
        "The rulebook allows at most 14 days more: and that was given.",
        "The date stands.",
    )


def test_what_a_clock_was_given_before_it_was_restarted_counts() -> None:
    desk = Desk(small_case(TWICE).step("2026-03-02", "ask"))
    chair, more = officer("chair"), Extend(step="reply", until=day("2026-03-20"), parts=REASONS)
    desk.do("2026-03-09", more, chair)  # eight of the fourteen
    desk.casebook.step("2026-03-16", "ask")  # due on the 26th: six are left
    assert desk.codes("2026-03-17", replace(more, until=day("2026-04-02")), chair) == ["over-the-cap"]
    assert desk.codes("2026-03-17", replace(more, until=day("2026-04-01")), chair) == []


def test_a_closed_day_gives_no_more_than_the_cap() -> None:
    """14 days from Fri 20 March end on Good Friday; the cap is not moved past it."""
    counting = '[counting]\nlast_day_closed = "next working day"\n'
    desk = Desk(small_case(counting + TWICE).step("2026-03-10", "ask"))
    more = Extend(step="reply", until=day("2026-04-04"), parts=REASONS)
    assert desk.codes("2026-03-17", more, officer("chair")) == ["over-the-cap"]
    assert desk.codes("2026-03-17", replace(more, until=day("2026-04-03")), officer("chair")) == []


def test_nobody_gives_more_time_to_themselves() -> None:
    case = small_case(
        """
        [question.urgent]
        ask = "Urgent?"
        answers = ["no", "yes"]
        [one.act]
        by = "officer"
        within = "9 days after receive"
        extend = { by = "chair", at_most = "14 days" }
        """
    )
    more = Extend(step="act", until=day("2026-03-20"), parts=REASONS)
    desk = Desk(case)
    assert desk.codes("2026-03-05", more, officer("chair")) == []
    rule = case.book.steps["act"]
    careless = replace(rule, by=("officer", "chair"))  # the reader refuses such a book; the rule holds anyway
    case.book.steps["act"] = careless  # type: ignore[index]  # a dict underneath
    assert desk.codes("2026-03-05", more, officer("chair")) == ["own-time"]


def test_of_a_group_time_is_given_to_one_at_a_time() -> None:
    case = small_case(
        """
        [one.reply]
        by = ["respondent", "complainant"]
        per = "party"
        within = "9 days after receive"
        extend = { by = "chair", at_most = "14 days" }
        """
    )
    more = Extend(step="reply", until=day("2026-03-20"), parts=REASONS)
    desk = Desk(case)
    assert desk.codes("2026-03-05", more, officer("chair")) == ["missing-key"]
    desk.do("2026-03-05", replace(more, key="R"), officer("chair"))
    assert desk.codes("2026-03-06", replace(more, key="C1"), officer("chair")) == []


def test_a_pause_has_a_ground_of_the_rulebook_its_decider_and_reasons() -> None:
    desk, pause = Desk(village.noticed()), Pause(pause="police", parts=REASONS)
    assert desk.codes("2026-03-09", pause, CHAIR) == []
    assert desk.codes("2026-03-09", replace(pause, pause="holiday"), CHAIR) == ["unknown-pause"]
    assert desk.codes("2026-03-09", replace(pause, parts={}), OFFICER) == ["wrong-office", "missing-reasons"]
    assert desk.codes("2026-03-09", Resume(pause="police"), CHAIR) == ["not-paused"]
    desk.do("2026-03-09", pause, CHAIR)
    assert desk.codes("2026-03-09", pause, CHAIR) == ["paused-already"]
    assert desk.codes("2026-03-10", pause, CHAIR) == []  # its review: it goes on
    assert desk.codes("2026-03-10", replace(pause, parts={}), CHAIR) == ["missing-reasons"]
    assert desk.codes("2026-03-10", Resume(pause="police"), OFFICER) == ["wrong-office"]
    desk.do("2026-03-16", Resume(pause="police"), CHAIR)
    assert desk.casebook.clock("2026-03-16", "answer").due == day("2026-04-02")


def test_a_ground_that_was_used_to_its_end_pauses_no_more() -> None:
    desk, pause = Desk(village.noticed()), Pause(pause="police", parts=REASONS)
    desk.do("2026-03-09", pause, CHAIR)  # 26 weeks: over on 7 September
    assert desk.codes("2026-09-07", pause, CHAIR) == ["pause-used-up"]


def test_a_closed_case_is_not_paused() -> None:
    assert Desk(village.served()).codes("2026-05-21", Pause(pause="police", parts=REASONS), CHAIR) == [
        "closed"
    ]


def test_a_question_is_answered_by_those_who_deal_with_the_parties_with_an_answer_it_takes() -> None:
    desk = Desk(village.noticed())
    yes = AnswerQuestion(question="abroad", answer="yes")
    assert desk.codes("2026-03-09", yes, OFFICER) == []
    assert desk.codes("2026-03-09", yes, officer("panel")) == ["wrong-office"]
    assert desk.codes("2026-03-09", yes, party("respondent", "R")) == ["wrong-office"]
    assert desk.codes("2026-03-09", replace(yes, answer="perhaps"), OFFICER) == ["unknown-answer"]
    assert desk.codes("2026-03-09", replace(yes, question="height"), OFFICER) == ["unknown-answer"]
    assert Desk(village.served()).codes("2026-05-21", yes, OFFICER) == ["closed"]


def test_the_fast_track_is_decided_by_its_office_on_a_criterion_with_reasons() -> None:
    desk, fast = Desk(village.noticed()), FastTrack(criterion=2, parts=REASONS)
    assert desk.codes("2026-03-09", fast, CHAIR) == []
    assert desk.codes("2026-03-09", fast, OFFICER) == ["wrong-office"]
    assert desk.codes("2026-03-09", replace(fast, criterion=3), CHAIR) == ["unknown-criterion"]
    assert desk.codes("2026-03-09", replace(fast, criterion=0), CHAIR) == ["unknown-criterion"]
    assert desk.codes("2026-03-09", replace(fast, parts={}), CHAIR) == ["missing-reasons"]
    desk.do("2026-03-09", fast, CHAIR)
    assert desk.casebook.facts[-1].body == FastTracked(criterion=2)
    assert desk.codes("2026-03-10", fast, CHAIR) == ["fast-tracked"]
    assert Desk(village.served()).codes("2026-05-21", fast, CHAIR) == ["closed"]


def test_a_criterion_that_can_be_computed_is() -> None:
    """Received on 2 March: 26 weeks are over at the end of 31 August."""
    desk, old = Desk(village.noticed()), FastTrack(criterion=1, parts=REASONS)
    (problem,) = desk.problems("2026-08-31", old, CHAIR)
    assert problem.says == "The case is not “open longer than 26 weeks” yet."
    assert desk.codes("2026-09-01", old, CHAIR) == []


def test_a_rulebook_without_a_fast_track_has_none() -> None:
    fast = FastTrack(criterion=1, parts=REASONS)
    assert Desk(small_case("")).codes("2026-03-09", fast, officer("chair")) == ["no-fast-track"]


def test_a_party_gives_up_its_own_time_and_the_office_writes_it_down() -> None:
    desk, waive = Desk(village.served()), Waive(step="lodge-appeal", key="R")
    for actor in (party("respondent", "R"), OFFICER):
        assert desk.codes("2026-05-04", waive, actor) == []
    assert desk.codes("2026-05-04", waive, officer("panel")) == ["wrong-office"]
    assert desk.codes("2026-05-04", waive, party("complainant", "C1")) == ["not-yours"]
    assert desk.codes("2026-05-04", Waive(step="lodge-appeal"), OFFICER) == ["missing-key"]
    desk.do("2026-05-04", waive, party("respondent", "R"))
    assert desk.casebook.facts[-1].body == Waived(step="lodge-appeal", key="R")
    assert desk.codes("2026-05-05", waive, party("respondent", "R")) == ["no-clock"]


def test_an_office_gives_up_no_time() -> None:
    for step in ("report", "dance"):
        assert Desk(village.noticed()).codes("2026-03-09", Waive(step=step), OFFICER) == ["not-a-partys-time"]
