"""Whole cases under the Federation of Village Bands, from the receipt to the decision."""

import pytest
from tests.timetable import village
from tests.timetable.casebook import Casebook, day
from tests.timetable.village import COMPLAINT

from duly.record.facts import Channel, FastTracked
from duly.timetable.objections import objections


def due(case: Casebook, on: str, step: str, key: str | None = None) -> str:
    return str(case.clock(on, step, key).due)


def codes(case: Casebook, on: str, step: str, key: str | None = None) -> list[str]:
    marking = case.at(on)
    return [p.code for p in objections(marking, marking.book.steps[step], key=key)]


def closed(case: Casebook, on: str) -> tuple[str, str | None]:
    marking = case.at(on)
    return str(marking.closed_on), marking.closed_as


@pytest.mark.parametrize(
    "case",
    [village.dismissed, village.served, village.sent_back, lambda: village.found("A1", "A2", "A3")],
)
def test_the_stories_told_here_are_regular(case: Casebook) -> None:
    assert case().at("2026-06-30").irregular == []  # type: ignore[operator]  # each makes one


def test_from_the_receipt_to_the_sift() -> None:
    case = village.acknowledged()
    assert due(case, "2026-03-02", "acknowledge", COMPLAINT) == "2026-03-09"
    assert due(case, "2026-03-02", "sift") == "2026-03-23"
    assert due(case, "2026-03-02", "update") == "2026-04-13"  # six weeks


def test_dismissed_and_nobody_asks() -> None:
    case = village.dismissed()
    assert due(case, "2026-03-04", "ask-second-look") == "2026-03-18"
    assert list(case.at("2026-03-18").open) == ["second-look"]
    assert closed(case, "2026-03-19") == ("2026-03-19", "dismissed")
    assert due(case, "2026-03-19", "publish") == "2026-04-16"  # 28 days after it closed


def test_dismissed_asked_for_and_looked_at_again() -> None:
    case = village.dismissed().step("2026-03-10", "ask-second-look", office="complainant")
    # 20 working days: 3 to Fri 13, 8 to the 20th, 13 to the 27th, 17 to Thu 2 April, 18 on the 7th.
    assert due(case, "2026-03-10", "look-again") == "2026-04-09"
    case.step("2026-03-20", "look-again", "dismissed")
    assert closed(case, "2026-03-20") == ("2026-03-20", "dismissed")


def test_a_second_look_not_done_in_time_counts_as_accepted() -> None:
    case = village.dismissed().step("2026-03-10", "ask-second-look", office="complainant")
    assert list(case.at("2026-04-09").open) == ["second-look"]
    marking = case.at("2026-04-10")
    assert marking.open == {"inquiry": day("2026-04-10")}
    (act,) = marking.acts["look-again"]
    assert (act.on, act.outcome, act.office, act.place) == (day("2026-04-10"), "accepted", None, None)
    assert due(case, "2026-04-10", "serve-notice") == "2026-04-24"  # 10 working days


def test_no_answer_and_the_report_may_be_made_when_the_time_is_up() -> None:
    case = village.noticed()
    assert due(case, "2026-03-05", "answer") == "2026-03-26"
    assert due(case, "2026-03-05", "report") == "2026-05-27"  # 12 weeks after the inquiry began
    assert codes(case, "2026-03-26", "report") == ["window-open"]
    assert codes(case, "2026-03-27", "report") == []
    assert codes(case, "2026-03-27", "answer") == []  # late, and still welcome until the report
    case.step("2026-03-27", "report", "case-to-answer")
    assert codes(case, "2026-03-27", "answer") == ["not-in-stage"]
    assert case.clock("2026-03-27", "answer").state == "fell away"


def test_an_answer_opens_the_report_at_once() -> None:
    case = village.noticed().step("2026-03-16", "answer", office="respondent")
    assert codes(case, "2026-03-16", "report") == []


def test_more_time_before_it_ran_out_moves_the_bar_on_the_report_by_itself() -> None:
    case = village.noticed().extend("2026-03-20", "answer", "2026-04-09")
    clock = case.clock("2026-03-20", "answer")
    assert (clock.due, clock.original_due, clock.breaches) == (day("2026-04-09"), day("2026-03-26"), [])
    assert codes(case, "2026-04-09", "report") == ["window-open"]
    assert codes(case, "2026-04-10", "report") == []


def test_more_time_after_it_ran_out_closes_the_bar_again_and_the_breach_stays() -> None:
    case = village.noticed()
    assert codes(case, "2026-03-30", "report") == []
    case.extend("2026-03-30", "answer", "2026-04-09")
    assert codes(case, "2026-03-30", "report") == ["window-open"]
    assert case.clock("2026-04-10", "answer").breaches == [day("2026-03-26"), day("2026-04-09")]


def test_a_pause_stops_every_clock_but_reviews_and_progress() -> None:
    case = village.noticed().step("2026-03-06", "suspend")
    case.pause("2026-03-10", "police").resume("2026-03-17", "police")  # seven days
    assert due(case, "2026-03-17", "answer") == "2026-04-02"
    assert due(case, "2026-03-17", "report") == "2026-06-03"
    assert due(case, "2026-03-17", "update") == "2026-04-13"
    assert due(case, "2026-03-17", "review-suspension") == "2026-04-07"  # Good Friday, Easter Monday
    assert codes(case, "2026-04-02", "report") == ["window-open"]


def test_a_pause_ends_by_itself_after_26_weeks() -> None:
    case = village.noticed().pause("2026-03-10", "police")
    assert case.at("2026-09-07").is_paused()
    assert not case.at("2026-09-08").is_paused()  # 182 days
    assert due(case, "2026-09-08", "answer") == "2026-09-24"
    assert case.clock("2026-09-24", "answer").ran_out_on is None
    assert case.clock("2026-09-25", "answer").ran_out_on == day("2026-09-24")


def test_whoever_lives_abroad_has_35_days() -> None:
    case = village.accepted().answer("2026-03-04", "abroad", "yes").step("2026-03-05", "serve-notice")
    assert due(case, "2026-03-05", "answer") == "2026-04-09"


def test_answered_later_it_is_recounted_and_never_earlier() -> None:
    case = village.noticed().answer("2026-03-20", "abroad", "yes")
    assert due(case, "2026-03-20", "answer") == "2026-04-09"
    case.answer("2026-03-23", "abroad", "no")
    assert due(case, "2026-03-23", "answer") == "2026-04-09"
    assert case.clock("2026-03-23", "answer").original_due == day("2026-03-26")


def test_a_notice_served_by_post_gives_the_time_from_its_effect() -> None:
    case = village.accepted().step("2026-03-05", "serve-notice", channel=Channel.POST)
    assert due(case, "2026-03-05", "answer") == "2026-03-30"  # effect on Mon 9 March


def test_served_again_the_time_to_answer_starts_again() -> None:
    case = village.noticed().allegation("2026-03-23", "A2").step("2026-03-24", "serve-notice")
    assert due(case, "2026-03-24", "answer") == "2026-04-14"
    assert codes(case, "2026-03-27", "report") == ["window-open"]


def test_leaving_before_the_notice_ends_the_case_and_after_it_does_not() -> None:
    assert closed(village.accepted().step("2026-03-05", "leave"), "2026-03-05") == (
        "2026-03-05",
        "left before notice",
    )
    assert closed(village.noticed().step("2026-03-06", "leave"), "2026-03-06") == ("None", None)


def test_an_agreed_outcome_goes_to_the_decision_without_a_hearing() -> None:
    case = village.noticed().step("2026-03-16", "answer", office="respondent")
    case.step("2026-03-20", "report", "agreed")
    assert list(case.at("2026-03-20").open) == ["decided"]
    assert due(case, "2026-03-20", "serve-decision", "R") == "2026-03-27"


def test_no_case_to_answer_goes_to_a_second_look_and_may_come_back() -> None:
    case = village.noticed().step("2026-03-27", "report", "no-case")
    assert due(case, "2026-03-27", "ask-second-look") == "2026-04-10"
    case.step("2026-04-01", "ask-second-look", office="complainant")
    case.step("2026-04-07", "look-again", "accepted")
    assert case.at("2026-04-07").open == {"inquiry": day("2026-04-07")}
    assert codes(case, "2026-04-07", "report") == ["comes-after", "comes-after"]  # a fresh round
    assert due(case, "2026-04-07", "serve-notice") == "2026-04-21"


def test_the_fast_track_shortens_the_sift_and_the_appeal_and_no_partys_time() -> None:
    case = village.acknowledged().note("2026-03-03", FastTracked(criterion=2), office="panel-chair")
    assert due(case, "2026-03-03", "sift") == "2026-03-09"  # 5 working days after the first receipt
    case.step("2026-03-04", "sift", "accepted").step("2026-03-05", "serve-notice")
    assert due(case, "2026-03-05", "answer") == "2026-03-26"
    case = village.appealed().note("2026-05-12", FastTracked(criterion=1), office="panel-chair")
    assert due(case, "2026-05-12", "decide-appeal") == "2026-06-29"  # 7 weeks after Mon 11 May


def test_from_the_report_to_the_finding() -> None:
    case = village.fixed()
    # 10 working days after Mon 30 March: 3 to Thu 2 April, 7 to Fri 10, 10 on Wed 15.
    assert due(case, "2026-03-30", "fix-hearing") == "2026-04-15"
    assert due(case, "2026-03-31", "disclose") == "2026-04-07"  # 14 clear days before the 22nd
    # The later of 14 days after the hearing (6 May) and 28 days after disclosure (29 April).
    assert due(case, "2026-04-01", "find", "A1") == "2026-05-06"
    assert codes(case, "2026-04-21", "find", "A1") == ["not-before"]
    assert codes(case, "2026-04-22", "find", "A1") == []


def test_a_finding_waits_until_what_was_disclosed_late_could_be_read() -> None:
    case = village.to_hearing().step("2026-03-31", "fix-hearing", hearing_day="2026-04-22")
    case.step("2026-04-15", "disclose")
    assert case.clock("2026-04-15", "disclose").was_late
    assert codes(case, "2026-04-29", "find", "A1") == ["not-before"]
    assert codes(case, "2026-04-30", "find", "A1") == []  # 14 clear days: the 16th to the 29th
    assert due(case, "2026-04-15", "find", "A1") == "2026-05-13"


def test_a_postponed_hearing_takes_the_time_for_the_finding_along() -> None:
    case = village.fixed().step("2026-04-15", "postpone", hearing_day="2026-05-06")
    # 14 days after 6 May; and 28 days after disclosure with the 14 days of the postponement: 13 May.
    assert due(case, "2026-04-15", "find", "A1") == "2026-05-20"
    assert case.clock("2026-04-15", "disclose").state == "done"  # sent early is sent
    assert codes(case, "2026-04-22", "find", "A1") == ["not-before"]
    assert codes(case, "2026-05-06", "find", "A1") == []


def test_each_allegation_is_found_and_the_sanction_waits_for_all() -> None:
    case = village.fixed("A1", "A2").step("2026-04-22", "find", "proved", key="A1")
    assert codes(case, "2026-04-22", "decide-sanction") == ["comes-after"]
    case.step("2026-04-24", "find", "not-proved", key="A2")
    assert codes(case, "2026-04-24", "decide-sanction") == []
    assert due(case, "2026-04-24", "decide-sanction") == "2026-05-08"  # 14 days after the last finding


def test_a_sanction_is_imposed_only_where_something_was_proved() -> None:
    case = village.fixed("A1", "A2").step("2026-04-22", "find", "not-proved", key="A1")
    case.step("2026-04-22", "find", "withdrawn", key="A2")
    marking = case.at("2026-04-22")
    step = marking.book.steps["decide-sanction"]
    assert [p.code for p in objections(marking, step, outcome="imposed")] == ["comes-after"]
    assert list(objections(marking, step, outcome="none")) == []
