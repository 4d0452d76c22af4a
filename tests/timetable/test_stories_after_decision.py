"""Whole cases under the Federation of Village Bands: interim suspension, appeal, sent back, closed."""

from tests.timetable import village
from tests.timetable.casebook import Casebook, day

from duly.timetable.objections import objections


def due(case: Casebook, on: str, step: str, key: str | None = None) -> str:
    return str(case.clock(on, step, key).due)


def codes(case: Casebook, on: str, step: str, key: str | None = None) -> list[str]:
    marking = case.at(on)
    return [p.code for p in objections(marking, marking.book.steps[step], key=key)]


def suspended() -> Casebook:
    """On Fri 6 March; the first review is due in 28 days, which Easter makes Tue 7 April."""
    return village.noticed().step("2026-03-06", "suspend")


def test_a_suspension_that_is_reviewed_goes_on_and_the_next_review_is_due() -> None:
    case = suspended()
    assert due(case, "2026-03-06", "review-suspension") == "2026-04-07"
    case.step("2026-04-01", "review-suspension", "continued")
    assert due(case, "2026-04-01", "review-suspension") == "2026-04-29"
    assert "interim-suspension" in case.at("2026-04-29").open


def test_a_suspension_that_is_not_reviewed_lapses_and_the_overseer_is_told() -> None:
    case = suspended()
    assert "interim-suspension" in case.at("2026-04-07").open
    marking = case.at("2026-04-08")
    assert "interim-suspension" not in marking.open
    told = [(h.name, h.on) for h in marking.happenings if h.kind == "told" and h.step == "review-suspension"]
    assert told == [("overseer", day("2026-04-08"))]


def test_a_suspension_that_is_lifted_ends() -> None:
    case = suspended().step("2026-03-20", "review-suspension", "lifted")
    assert "interim-suspension" not in case.at("2026-03-20").open


def test_after_six_months_a_suspension_ends_whatever_its_reviews_said() -> None:
    case = suspended()
    for on in (
        "2026-04-01",
        "2026-04-28",
        "2026-05-25",
        "2026-06-20",
        "2026-07-16",
        "2026-08-10",
        "2026-09-03",
    ):
        case.step(on, "review-suspension", "continued")
    assert "interim-suspension" in case.at("2026-09-05").open
    assert "interim-suspension" not in case.at("2026-09-06").open


def test_a_suspension_ends_with_the_decision_on_a_sanction() -> None:
    case = village.found()
    case.step("2026-04-20", "suspend")
    assert "interim-suspension" in case.at("2026-04-23").open
    case.step("2026-04-24", "decide-sanction", "none")
    assert "interim-suspension" not in case.at("2026-04-24").open


def test_an_appeal_against_the_suspension_runs_beside_the_inquiry() -> None:
    case = suspended().step("2026-03-09", "appeal-suspension", office="respondent")
    assert list(case.at("2026-03-09").open) == ["inquiry", "interim-suspension", "interim-appeal"]
    assert due(case, "2026-03-09", "decide-interim-appeal") == "2026-03-23"  # 10 working days
    case.step("2026-03-20", "decide-interim-appeal", "kept")
    assert list(case.at("2026-03-20").open) == ["inquiry", "interim-suspension"]


def test_not_decided_in_time_it_counts_as_lifted() -> None:
    case = suspended().step("2026-03-09", "appeal-suspension", office="respondent")
    assert list(case.at("2026-03-24").open) == ["inquiry"]
    assert case.at("2026-03-24").ended["interim-suspension"][0][1] == day("2026-03-24")


def test_no_finding_is_made_while_the_appeal_against_the_suspension_is_open() -> None:
    case = village.fixed().step("2026-04-15", "suspend")
    case.step("2026-04-16", "appeal-suspension", office="respondent")
    assert codes(case, "2026-04-22", "find", "A1") == ["only-if"]
    assert codes(case, "2026-05-01", "find", "A1") == []  # counts as lifted after Thu 30 April


def test_nobody_appeals_and_the_case_closes_when_the_last_window_is_over() -> None:
    case = village.served()
    assert (due(case, "2026-04-28", "lodge-appeal", "R"), due(case, "2026-04-28", "lodge-appeal", "C1")) == (
        "2026-05-18",
        "2026-05-19",
    )
    marking = case.at("2026-05-19")
    assert marking.closed_on is None  # R is out of time, C1 is not
    assert codes(case, "2026-05-19", "lodge-appeal", "R") == ["too-late"]
    assert codes(case, "2026-05-19", "lodge-appeal", "C1") == []
    assert (case.at("2026-05-20").closed_on, case.at("2026-05-20").closed_as) == (
        day("2026-05-20"),
        "decided",
    )


def test_a_window_does_not_begin_before_the_decision_is_served() -> None:
    case = village.decided().step("2026-04-27", "serve-decision", key="R")
    assert case.at("2026-05-20").closed_on is None
    assert [c.key for c in case.at("2026-05-20").clocks if c.step == "lodge-appeal"] == ["R"]
    # C1's window has not run: the case stays open until C1 is served, however late.
    case.step("2026-05-20", "serve-decision", key="C1")
    assert due(case, "2026-05-20", "lodge-appeal", "C1") == "2026-06-10"
    assert case.at("2026-06-11").closed_as == "decided"


def test_one_side_appeals_and_the_others_silence_does_not_close_the_case() -> None:
    case = village.appealed()
    assert list(case.at("2026-05-11").open) == ["decided", "appeal"]
    assert due(case, "2026-05-11", "decide-appeal") == "2026-07-20"  # 10 weeks
    marking = case.at("2026-05-20")
    assert (marking.closed_on, list(marking.open)) == (None, ["decided", "appeal"])
    assert codes(case, "2026-05-20", "lodge-appeal", "C1") == ["too-late"]


def test_an_appeal_is_not_decided_before_the_other_side_has_had_its_time() -> None:
    case = village.appealed()
    assert codes(case, "2026-05-19", "decide-appeal") == ["window-open"]
    assert codes(case, "2026-05-20", "decide-appeal") == []


def test_both_sides_appeal_and_there_is_one_appeal() -> None:
    case = village.appealed().step("2026-05-13", "lodge-appeal", key="C1", office="complainant")
    assert due(case, "2026-05-13", "decide-appeal") == "2026-07-20"
    assert codes(case, "2026-05-13", "decide-appeal") == []
    case.step("2026-06-01", "decide-appeal", "dismissed")
    assert (case.at("2026-06-01").closed_on, case.at("2026-06-01").closed_as) == (
        day("2026-06-01"),
        "decided",
    )


def test_an_appeal_given_up_in_writing_by_both_closes_the_case_at_once() -> None:
    case = village.served().waive("2026-05-04", "lodge-appeal", key="R")
    assert case.at("2026-05-04").closed_on is None
    case.waive("2026-05-05", "lodge-appeal", key="C1")
    assert (case.at("2026-05-05").closed_on, case.at("2026-05-05").closed_as) == (
        day("2026-05-05"),
        "decided",
    )


def test_an_appeal_that_is_late_stays_owed_and_the_overseer_is_told() -> None:
    case = village.appealed()
    marking = case.at("2026-07-21")
    assert case.clock("2026-07-21", "decide-appeal").is_late
    assert [h.name for h in marking.happenings if h.step == "decide-appeal"] == ["overseer"]
    assert marking.closed_on is None


def test_sent_back_the_hearing_begins_a_fresh_round() -> None:
    case = village.sent_back()
    marking = case.at("2026-06-01")
    assert marking.open == {"hearing": day("2026-06-01")}
    assert marking.days == {}
    assert codes(case, "2026-06-01", "disclose") == ["comes-after"]
    assert due(case, "2026-06-01", "fix-hearing") == "2026-06-15"  # 10 working days
    assert [c.step for c in marking.clocks if c.is_running and c.step != "update"] == ["fix-hearing"]


def test_sent_back_it_goes_the_whole_way_again() -> None:
    case = village.sent_back().step("2026-06-02", "fix-hearing", hearing_day="2026-06-24")
    case.step("2026-06-03", "disclose")
    assert due(case, "2026-06-03", "find", "A1") == "2026-07-08"
    case.step("2026-06-24", "find", "not-proved", key="A1").step("2026-06-24", "decide-sanction", "none")
    assert case.at("2026-06-24").open == {"decided": day("2026-06-24")}
    case.step("2026-06-25", "serve-decision", key="R").step("2026-06-25", "serve-decision", key="C1")
    assert due(case, "2026-06-25", "lodge-appeal", "R") == "2026-07-16"
    assert codes(case, "2026-06-25", "lodge-appeal", "R") == []  # the door of the first round is open again
    assert case.at("2026-07-17").closed_as == "decided"
    assert case.at("2026-07-17").irregular == []


def test_a_closed_case_is_published_and_may_be_reopened_and_nothing_else() -> None:
    case = village.served()
    marking = case.at("2026-05-20")
    steps = marking.book.steps
    assert [name for name in steps if marking.in_play(steps[name])] == ["publish", "reopen"]
    assert due(case, "2026-05-20", "publish") == "2026-06-17"  # 28 days
    case.step("2026-06-10", "reopen")
    assert [h.kind for h in case.at("2026-06-10").happenings if h.on == day("2026-06-10")] == ["linked"]


def test_a_suspended_person_who_is_abroad_has_the_longer_time_to_appeal() -> None:
    case = village.decided().answer("2026-04-24", "abroad", "yes")
    case.step("2026-04-27", "serve-decision", key="R")
    assert due(case, "2026-04-27", "lodge-appeal", "R") == "2026-06-01"  # 35 days
