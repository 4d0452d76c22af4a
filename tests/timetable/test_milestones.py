"""Where a case has got to, whatever its rulebook calls the places."""

from tests.timetable.casebook import Casebook, day, opened
from tests.timetable.small_books import small_case
from tests.timetable.test_pauses import MEASURE, paused

from duly.record.facts import Expired
from duly.timetable.milestones import (
    accepted_on,
    accepting_outcomes,
    looks_again_on,
    main_stages,
    not_noted,
    open_measures,
    owed,
)


def accepted() -> Casebook:
    case = opened().step("2026-03-03", "acknowledge", key="C0MP-0001")
    return case.step("2026-03-04", "sift", "accepted")


def test_a_case_is_accepted_on_the_first_day_a_stage_with_a_notice_begins() -> None:
    assert accepted_on(opened().at("2026-03-04")) is None
    assert accepted_on(accepted().at("2026-04-30")) == day("2026-03-04")
    assert accepting_outcomes(opened().book) == ("accepted",)


def test_what_is_open_is_told_apart_into_stages_and_measures() -> None:
    case = accepted().step("2026-03-05", "serve-notice").step("2026-03-06", "suspend")
    marking = case.at("2026-03-06")
    assert main_stages(marking) == ("inquiry",)
    assert open_measures(marking) == ("interim-suspension",)


def test_what_is_owed_stands_the_earliest_first() -> None:
    assert [clock.step for clock in owed(opened().at("2026-03-02"))] == ["acknowledge", "sift", "update"]


def test_what_a_party_let_pass_hides_nothing_that_the_office_owes() -> None:
    case = accepted().step("2026-03-05", "serve-notice")
    before = owed(case.at("2026-03-20"))
    answer = next(clock for clock in before if clock.is_party)
    later = [clock.step for clock in before if clock.due and answer.due and clock.due > answer.due]
    assert later, "the office owes something later than the party's day"
    passed = owed(case.at("2026-05-11"))
    assert passed[-1].step == answer.step
    assert passed[-1].ran_out_on == answer.due


def test_the_case_is_looked_at_again_when_the_next_limit_runs_out() -> None:
    assert looks_again_on(opened().at("2026-03-02")) == day("2026-03-09")  # to acknowledge
    assert looks_again_on(opened().at("2026-03-10")) == day("2026-03-23")  # that is late; to sift


def test_what_ran_out_is_told_until_a_fact_notes_it() -> None:
    case = opened()
    assert not_noted(case.at("2026-03-09")) == ()
    found = not_noted(case.at("2026-03-24"))
    assert [(due, clock.step) for due, clock in found] == [
        (day("2026-03-09"), "acknowledge"),
        (day("2026-03-23"), "sift"),
    ]
    expired = Expired(step="acknowledge", due=day("2026-03-09"), key=found[0][1].key)
    noted = case.note("2026-03-24", expired, by="time")
    assert [clock.step for _, clock in not_noted(noted.at("2026-03-24"))] == ["sift"]


def test_under_a_pause_it_is_looked_at_for_what_no_pause_stops_and_for_the_end_of_the_pause() -> None:
    assert looks_again_on(paused().at("2026-03-06")) == day("2026-03-11")  # the review
    assert looks_again_on(paused().at("2026-03-12")) == day("2026-03-24")  # the last day of the pause


def test_it_is_looked_at_for_the_end_of_a_measure() -> None:
    case = small_case(MEASURE.replace("within", "#").replace("if_late", "#")).step("2026-03-03", "bind")
    assert looks_again_on(case.at("2026-03-03")) == day("2026-04-02")


def test_when_nothing_can_change_by_time_alone_nobody_looks() -> None:
    assert looks_again_on(small_case("").at("2026-03-03")) is None
