"""A day by which a case is to be decided, by an order: it shortens an office's times, never a party's."""

import json
from datetime import date, timedelta

import pytest
from tests.timetable import village
from tests.timetable.casebook import Casebook, calendar, day, opened, rulebook
from tests.timetable.recount import recounted
from tests.timetable.reference.compare import CALENDAR, LAST, case_of
from tests.timetable.reference.generate import FIRST

from duly.record.facts import DecisionDaySet
from duly.record.fold import fold
from duly.timetable.clock import Clock, ClockState
from duly.timetable.explanation import explanation, plain
from duly.timetable.remembered import Remembered
from duly.timetable.state import state
from duly.vocabulary import Unit


def ordered(case: Casebook, on: str, decide_by: str) -> Casebook:
    body = DecisionDaySet(order=9, longer_than=4, unit=Unit.WEEKS, decide_by=day(decide_by))
    return case.note(on, body)


def dues(case: Casebook, on: str) -> dict[tuple[str, str | None], date | None]:
    return {(c.limit.name, c.key): c.due for c in case.at(on).clocks if c.is_running}


def assert_suffices(clock: Clock) -> None:
    told = explanation(clock)
    assert (told is None) is (clock.due is None)
    if told is not None:
        assert recounted(json.loads(json.dumps(plain(told)))) == clock.due, told


def test_the_decision_and_what_leads_to_it_are_due_on_that_day_at_the_latest() -> None:
    """The report was due on 27 May; nothing else that runs at that point ends after 30 April."""
    before, after = village.noticed(), ordered(village.noticed(), "2026-03-06", "2026-04-30")
    assert dues(before, "2026-03-06")["report", None] == day("2026-05-27")
    assert dues(after, "2026-03-06") == {**dues(before, "2026-03-06"), ("report", None): day("2026-04-30")}


def test_a_clock_that_begins_later_has_it_too_and_keeps_the_day_of_the_rulebook_beside_it() -> None:
    case = village.to_hearing()
    ordered(case, "2026-03-30", "2026-04-30")
    case.step("2026-03-31", "fix-hearing", hearing_day="2026-04-22").step("2026-04-01", "disclose")
    find = case.clock("2026-04-02", "find")
    assert (find.due, find.original_due) == (day("2026-04-30"), day("2026-05-06"))
    assert village.fixed().clock("2026-04-02", "find").due == day("2026-05-06")


def test_an_earlier_day_of_the_rulebook_s_stays() -> None:
    case = ordered(village.to_hearing(), "2026-03-30", "2026-04-30")
    assert case.clock("2026-03-30", "fix-hearing").due == day("2026-04-15")


def test_the_day_over_it_is_late_and_what_the_rulebook_says_follows() -> None:
    case = ordered(village.fixed(), "2026-04-02", "2026-04-28")
    assert not case.clock("2026-04-28", "find").is_late
    late = case.clock("2026-04-29", "find")
    assert (late.is_late, late.breaches) == (True, [day("2026-04-28")])
    assert any(h.kind == "told" and h.name == "overseer" for h in case.at("2026-04-29").happenings)


def test_a_party_s_time_stays_and_the_office_s_day_gives_way_to_it() -> None:
    """The answer may come until 26 March: nobody decides anything of it before the 27th."""
    case = ordered(village.noticed(), "2026-03-06", "2026-03-20")
    assert case.clock("2026-03-06", "answer").due == day("2026-03-26")
    assert case.clock("2026-03-06", "report").due == day("2026-03-27")
    case.extend("2026-03-09", "answer", "2026-04-07")
    assert case.clock("2026-03-09", "report").due == day("2026-04-08")
    case.step(
        "2026-03-12", "answer", office="respondent"
    )  # what counts is the end of the window, not its use
    assert case.clock("2026-03-12", "report").due == day("2026-04-08")


def test_served_again_the_party_has_the_whole_of_its_time_again() -> None:
    case = ordered(village.noticed(), "2026-03-06", "2026-03-31").step("2026-03-20", "serve-notice")
    assert case.clock("2026-03-20", "answer").due == day("2026-04-10")
    assert case.clock("2026-03-20", "report").due == day("2026-04-11")


def test_the_first_day_that_the_rules_allow_is_kept_to() -> None:
    """The hearing is on 22 April: there is no finding before it."""
    case = ordered(village.fixed(), "2026-04-02", "2026-04-15")
    assert case.clock("2026-04-02", "find").due == day("2026-04-22")


def test_more_time_given_on_the_day_of_the_order_or_later_holds_over_it_and_earlier_does_not() -> None:
    text = {
        'within  = "12 weeks after inquiry begins"\n': 'within  = "12 weeks after inquiry begins"\n'
        'extend = { by = "panel-chair", at_most = "4 weeks", times = 9, grounds = ["illness"] }\n'
    }
    book = rulebook(**text)
    for on, expected in (
        ("2026-03-05", "2026-04-30"),
        ("2026-03-06", "2026-06-10"),
        ("2026-04-01", "2026-06-10"),
    ):
        case = opened(book).step("2026-03-03", "acknowledge", key=village.COMPLAINT)
        case.allegation("2026-03-04", "A1").step("2026-03-04", "sift", "accepted")
        case.step("2026-03-05", "serve-notice")
        if on < "2026-03-06":
            case.extend(on, "report", "2026-06-10")
        ordered(case, "2026-03-06", "2026-04-30")
        if on >= "2026-03-06":
            case.extend(on, "report", "2026-06-10")
        report = case.clock("2026-04-02", "report")
        assert report.due == day(expected), on
        assert_suffices(report)


def test_paused_days_after_the_order_move_it() -> None:
    case = ordered(village.fixed(), "2026-04-02", "2026-04-28").pause("2026-04-10", "police")
    case.resume("2026-04-15", "police")
    find = case.clock("2026-04-16", "find")
    assert find.due == day("2026-05-05")  # five days later it is 3 May, a Sunday, and the 4th is closed
    assert_suffices(find)


@pytest.mark.parametrize("decide_by", ["2026-03-10", "2026-03-30", "2026-04-30"])
def test_what_protects_or_only_tells_keeps_its_day(decide_by: str) -> None:
    case = village.noticed().step("2026-03-06", "suspend")
    before = dues(case, "2026-03-06")
    after = dues(ordered(case, "2026-03-06", decide_by), "2026-03-06")
    for name in ("update", "review-suspension", "answer"):
        assert after[name, None] == before[name, None]


def test_what_runs_up_to_a_fixed_day_stays_with_that_day() -> None:
    case = village.to_hearing().step("2026-03-31", "fix-hearing", hearing_day="2026-05-20")
    before = case.clock("2026-03-31", "disclose").due
    assert ordered(case, "2026-03-31", "2026-04-15").clock("2026-03-31", "disclose").due == before


def test_the_appeal_that_comes_after_has_its_own_time() -> None:
    case = ordered(village.found(), "2026-04-22", "2026-07-01")
    case.step("2026-04-24", "decide-sanction", "imposed")
    case.step("2026-04-27", "serve-decision", key="R").step("2026-04-28", "serve-decision", key="C1")
    case.step("2026-05-11", "lodge-appeal", key="R", office="respondent")
    assert case.clock("2026-05-11", "decide-appeal").due == day("2026-07-20")


def test_ordered_while_an_appeal_is_open_it_is_the_appeal_that_is_to_be_decided() -> None:
    case = ordered(village.appealed(), "2026-05-12", "2026-06-30")
    assert case.clock("2026-05-12", "decide-appeal").due == day("2026-06-30")
    assert case.clock("2026-05-12", "lodge-appeal", "C1").due == day("2026-05-19")


def test_what_begins_after_the_decision_or_after_the_day_is_none_of_its_business() -> None:
    case = ordered(village.found(), "2026-04-22", "2026-04-28").step(
        "2026-04-27", "decide-sanction", "imposed"
    )
    assert case.clock("2026-04-27", "serve-decision", "R").due == day("2026-05-05")
    late = ordered(village.noticed(), "2026-03-06", "2026-03-28").step(
        "2026-03-30", "report", "case-to-answer"
    )
    assert late.clock("2026-03-30", "fix-hearing").due == day("2026-04-15")


def test_nothing_is_brought_forward_that_a_party_s_time_is_counted_from() -> None:
    """The complainant may comment in the ten days after the report is due: no order moves those days."""
    step = '[inquiry.comment]\nby = "complainant"\nwithin = "10 days after report is due"\n[inquiry.report]\n'
    book = rulebook(**{"[inquiry.report]\n": step})
    case = opened(book).step("2026-03-03", "acknowledge", key=village.COMPLAINT)
    case.allegation("2026-03-04", "A1").step("2026-03-04", "sift", "accepted")
    before = case.clock("2026-03-04", "comment").due
    ordered(case, "2026-03-04", "2026-04-10")
    assert case.clock("2026-03-04", "comment").due == before == day("2026-06-08")
    assert case.clock("2026-03-04", "report").due == day("2026-04-10")


def test_nor_the_first_day_from_which_a_party_may_act_and_so_its_last() -> None:
    step = (
        '[inquiry.comment]\nby = "complainant"\nnot_before = "2 days after report is due"\n'
        'within = "10 days after inquiry begins"\n[inquiry.report]\n'
    )
    book = rulebook(**{"[inquiry.report]\n": step})
    case = opened(book).step("2026-03-03", "acknowledge", key=village.COMPLAINT)
    case.allegation("2026-03-04", "A1").step("2026-03-04", "sift", "accepted")
    before = case.clock("2026-03-05", "comment").due
    ordered(case, "2026-03-05", "2026-04-10")
    after = case.clock("2026-03-05", "comment")
    assert after.due == before == day("2026-06-08")
    assert_suffices(after)


def test_a_day_at_the_end_of_the_calendar_does_no_harm_when_a_pause_moves_it_beyond() -> None:
    days = calendar()
    for clock in ("sift", "update"):
        plainly = village.acknowledged().pause("2026-03-10", "police").resume("2026-03-16", "police")
        case = ordered(village.acknowledged(), "2026-03-04", (days.last - timedelta(days=1)).isoformat())
        case.pause("2026-03-10", "police").resume("2026-03-16", "police")
        assert case.clock("2026-03-17", clock).due == plainly.clock("2026-03-17", clock).due
        assert case.clock("2026-03-17", clock).uncounted is None


def test_of_two_orders_the_earlier_day_binds() -> None:
    case = ordered(ordered(village.noticed(), "2026-03-06", "2026-05-15"), "2026-03-09", "2026-04-30")
    assert case.clock("2026-03-09", "report").due == day("2026-04-30")
    ordered(case, "2026-03-10", "2026-05-20")
    report = case.clock("2026-03-10", "report")
    assert (report.due, report.original_due) == (day("2026-04-30"), day("2026-05-27"))
    assert_suffices(report)


def test_a_case_without_an_order_counts_as_before_and_the_engine_that_remembers_says_the_same() -> None:
    case = ordered(village.noticed(), "2026-03-06", "2026-04-01").extend("2026-03-10", "answer", "2026-04-07")
    case.step("2026-03-30", "serve-notice")
    remembered = Remembered()
    for count in range(1, len(case.facts) + 1):
        folded = fold(case.facts[:count])
        for on in (case.facts[count - 1].on, day("2026-05-01")):
            told = remembered.state(folded, case.book, case.calendar, on=on)
            afresh = state(folded, case.book, case.calendar, on=on)
            assert [(c.limit.name, c.due, c.state) for c in told.clocks] == [
                (c.limit.name, c.due, c.state) for c in afresh.clocks
            ]


def test_nor_has_it_read_what_came_later_when_it_is_asked_about_before() -> None:
    case, remembered = village.noticed(), Remembered()
    on = day("2026-03-06")
    before = remembered.state(case.case, case.book, case.calendar, on=on).ordered
    after = remembered.state(ordered(case, "2026-03-06", "2026-04-30").case, case.book, case.calendar, on=on)
    again = remembered.state(fold(case.facts[:-1]), case.book, case.calendar, on=on)
    assert (len(before), len(after.ordered), len(again.ordered)) == (0, 1, 0)


def test_an_office_is_not_late_while_a_party_has_its_time_though_that_began_after_the_order() -> None:
    """The notice goes out when the day is near: the answer has its 21 days, until 10 April."""
    case = ordered(village.accepted(), "2026-03-05", "2026-03-31").step("2026-03-20", "serve-notice")
    report = case.clock("2026-04-11", "report")
    assert (report.due, report.is_late, report.breaches) == (day("2026-04-11"), False, [])


def test_what_shows_that_a_complaint_came_or_runs_on_and_what_a_measure_asks_for_keep_their_days() -> None:
    case = ordered(opened(), "2026-03-02", "2026-03-03")
    assert case.clock("2026-03-02", "acknowledge").due == day("2026-03-09")
    assert case.clock("2026-03-02", "sift").due == day("2026-03-03")
    runs = rulebook(**{"[inquiry.report]\n": "[inquiry.report]\nruns_on = true\n"})
    case = opened(runs).step("2026-03-03", "acknowledge", key=village.COMPLAINT)
    case.step("2026-03-04", "sift", "accepted")
    assert ordered(case, "2026-03-04", "2026-04-10").clock("2026-03-04", "report").due == day("2026-05-27")
    step = (
        '[interim-suspension.explain]\nby = "panel-chair"\n'
        'within = "60 days after interim-suspension begins"\n[interim-suspension.review-suspension]\n'
    )
    of_measure = rulebook(**{"[interim-suspension.review-suspension]\n": step})
    case = opened(of_measure).step("2026-03-03", "acknowledge", key=village.COMPLAINT)
    case.step("2026-03-04", "sift", "accepted").step("2026-03-05", "serve-notice")
    case.step("2026-03-06", "suspend")
    before = case.clock("2026-03-06", "explain").due
    assert ordered(case, "2026-03-06", "2026-04-10").clock("2026-03-06", "explain").due == before


def test_a_time_whose_end_decides_by_itself_ends_no_sooner() -> None:
    """Not looked at again in time, the complaint counts as accepted: an order does not bring that about."""
    case = village.dismissed().step("2026-03-06", "ask-second-look", office="complainant")
    assert ordered(case, "2026-03-06", "2026-03-25").clock("2026-03-06", "look-again").due == day(
        "2026-04-07"
    )
    text = {
        '[defaults]\nif_an_office_is_late = "tells overseer"': "[defaults]\nif_an_office_is_late = "
        '["tells overseer", "starts a linked case"]'
    }
    case = opened(rulebook(**text)).step("2026-03-03", "acknowledge", key=village.COMPLAINT)
    assert ordered(case, "2026-03-03", "2026-03-10").clock("2026-03-03", "sift").due == day("2026-03-23")


def test_the_sanction_that_follows_the_finding_is_part_of_the_decision() -> None:
    case = ordered(village.fixed(), "2026-04-02", "2026-04-24").step("2026-04-22", "find", "proved", key="A1")
    assert case.clock("2026-04-22", "decide-sanction").due == day("2026-04-24")


def test_so_is_a_finding_on_what_was_alleged_after_another_was_found() -> None:
    case = ordered(village.fixed(), "2026-04-02", "2026-04-28").step("2026-04-22", "find", "proved", key="A1")
    case.allegation("2026-04-23", "A2")
    assert case.clock("2026-04-23", "find", "A2").due == day("2026-04-28")


def test_sent_back_and_then_ordered_it_is_the_second_decision_that_is_meant() -> None:
    case = ordered(village.sent_back(), "2026-06-02", "2026-06-10")
    assert case.clock("2026-06-02", "fix-hearing").due == day("2026-06-10")


def test_a_party_s_time_that_begins_after_the_order_counts_from_the_rulebook_s_last_day_of_an_office() -> (
    None
):
    step = '[inquiry.comment]\nby = "complainant"\nwithin = "10 days after report is due"\n[inquiry.report]\n'
    book = rulebook(**{"[inquiry.report]\n": step})
    case = opened(book).step("2026-03-03", "acknowledge", key=village.COMPLAINT)
    ordered(case, "2026-03-03", "2026-04-10").step("2026-03-04", "sift", "accepted")
    assert case.clock("2026-03-04", "report").due == day("2026-04-10")
    assert case.clock("2026-03-04", "comment").due == day("2026-06-08")


@pytest.mark.parametrize("first", [0, 400])
def test_in_rulebooks_at_random_it_only_ever_shortens_an_office_s_time_and_is_explained(first: int) -> None:
    """And never one of a party's; before `not_before` nothing is due."""
    moved = 0
    for number in range(first, first + 400):
        case = case_of(number)
        if case is None:
            continue
        folded = case.casebook()
        for after in (10, 25):
            on = FIRST + timedelta(days=after)
            facts = [f for f in folded.case.facts if f.on <= on]
            plainly = state(fold(facts), case.book, CALENDAR, on=on)
            body = DecisionDaySet(order=1, longer_than=1, unit=Unit.DAYS, decide_by=on + timedelta(days=3))
            with_order = Casebook(case.book, CALENDAR, list(facts)).note(on.isoformat(), body)
            marking = state(with_order.case, case.book, CALENDAR, on=on)
            for old, new in zip(plainly.clocks, marking.clocks, strict=True):
                assert (old.limit, old.key) == (new.limit, new.key)
                if old.due is not None and new.due is not None:
                    assert new.due == old.due if new.is_party else new.due <= old.due
                    moved += new.due != old.due
                assert new.original_due == old.original_due
                assert_suffices(new)
            for clock in state(with_order.case, case.book, CALENDAR, on=LAST).clocks:
                assert_suffices(clock)
    assert moved > 0


def test_a_correction_takes_it_out_again() -> None:
    from duly.record.facts import Corrected

    case = ordered(village.noticed(), "2026-03-06", "2026-04-30")
    case.note("2026-03-09", Corrected(corrects=len(case.facts)))
    assert case.clock("2026-03-09", "report").due == day("2026-05-27")
    assert case.clock("2026-03-09", "report").state is ClockState.RUNNING
