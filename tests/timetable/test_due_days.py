"""Rulebook format, section 3, "Due day" and "Earliest days", with what section 4 says of dates that move."""

import pytest
from tests.timetable.casebook import Casebook, day, opened
from tests.timetable.small_books import small_case

from duly.record.facts import Channel, FastTracked

PAUSE = """
[pause.illness]
by = "chair"
at_most = "60 days"
"""
WORKING = """
[counting]
last_day_closed = "next working day"
by_post = "takes effect 2 working days after posting"
day_ends = "23:59 Europe/London"
"""


def due(case: Casebook, on: str, step: str, key: str | None = None) -> str:
    return str(case.clock(on, step, key).due)


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        ("5 days", "2026-03-07"),
        ("2 weeks", "2026-03-16"),
        ("5 clear days", "2026-03-08"),  # the 3rd to the 7th, both ends left out
        ("5 working days", "2026-03-09"),  # 3, 4, 5, 6, 9 March
        ("1 month", "2026-04-02"),
        ("1 year", "2027-03-02"),
    ],
)
def test_a_clock_counts_from_its_start_in_the_unit_of_its_limit(length: str, expected: str) -> None:
    case = small_case(f'[one.act]\nby = "officer"\nwithin = "{length} after receive"')
    assert due(case, "2026-03-02", "act") == expected


def test_paused_days_are_left_out() -> None:
    case = small_case(PAUSE + '[one.act]\nby = "officer"\nwithin = "9 days after receive"')
    assert due(case, "2026-03-02", "act") == "2026-03-11"
    case.pause("2026-03-05", "illness").resume("2026-03-08", "illness")  # the 5th, 6th and 7th
    clock = case.clock("2026-03-08", "act")
    assert (clock.due, clock.original_due) == (day("2026-03-14"), day("2026-03-11"))


def test_months_clamp_and_then_move_later_by_the_paused_days() -> None:
    case = small_case(PAUSE + '[one.act]\nby = "officer"\nwithin = "1 month after receive"', on="2026-01-31")
    assert due(case, "2026-01-31", "act") == "2026-02-28"
    case.pause("2026-02-10", "illness").resume("2026-02-12", "illness")
    assert due(case, "2026-02-12", "act") == "2026-03-02"


def test_a_last_day_that_is_closed_moves_as_the_rulebook_says() -> None:
    act = '[one.act]\nby = "officer"\nwithin = "5 days after receive"'
    assert due(small_case(act), "2026-03-02", "act") == "2026-03-07"  # a Saturday, and nothing said
    assert due(small_case(WORKING + act), "2026-03-02", "act") == "2026-03-09"


def test_an_earliest_day_is_counted_the_same_way_and_pauses_move_it() -> None:
    case = small_case(PAUSE + WORKING + '[one.act]\nby = "officer"\nnot_before = "12 days after receive"')
    case.pause("2026-03-05", "illness").resume("2026-03-08", "illness")
    marking = case.at("2026-03-08")
    # 2 + 12 + 3 paused days: Tue 17 March; and a first day is moved by no closed day.
    assert marking.earliest(marking.book.steps["act"].not_before[0]) == day("2026-03-17")


EXTENDED = (
    PAUSE
    + """
    [one.ask]
    by = "officer"
    times = 5
    [one.reply]
    by = "respondent"
    within = "9 days after the latest ask"
    extend = { by = "chair", at_most = "30 days" }
    """
)


def test_an_extension_names_a_day_and_the_later_of_it_and_the_count_holds() -> None:
    case = small_case(EXTENDED).step("2026-03-03", "ask").extend("2026-03-05", "reply", "2026-03-20")
    clock = case.clock("2026-03-05", "reply")
    assert (clock.due, clock.original_due) == (day("2026-03-20"), day("2026-03-12"))
    assert clock.extensions == [(day("2026-03-05"), day("2026-03-20"))]  # each step between is kept
    case = small_case(EXTENDED).step("2026-03-03", "ask").extend("2026-03-05", "reply", "2026-03-08")
    assert due(case, "2026-03-05", "reply") == "2026-03-12"


def test_paused_days_after_the_grant_move_the_day_named() -> None:
    case = small_case(EXTENDED).step("2026-03-03", "ask").extend("2026-03-05", "reply", "2026-03-20")
    case.pause("2026-03-10", "illness").resume("2026-03-14", "illness")  # four days
    assert due(case, "2026-03-14", "reply") == "2026-03-24"


def test_paused_days_before_the_grant_do_not() -> None:
    case = small_case(EXTENDED).step("2026-03-03", "ask")
    case.pause("2026-03-04", "illness").resume("2026-03-06", "illness")
    case.extend("2026-03-07", "reply", "2026-03-20")
    assert due(case, "2026-03-07", "reply") == "2026-03-20"


def test_of_a_pause_that_runs_at_the_grant_the_days_after_it_move_the_day_named() -> None:
    case = small_case(EXTENDED).step("2026-03-03", "ask").pause("2026-03-04", "illness")
    case.extend("2026-03-06", "reply", "2026-03-20").resume("2026-03-09", "illness")
    assert due(case, "2026-03-09", "reply") == "2026-03-22"  # the 7th and the 8th


def test_the_extensions_of_a_clock_that_is_restarted_are_gone_with_it() -> None:
    case = small_case(EXTENDED).step("2026-03-03", "ask").extend("2026-03-05", "reply", "2026-03-14")
    case.step("2026-03-10", "ask")
    clock = case.clock("2026-03-10", "reply")
    assert (clock.due, clock.extensions) == (day("2026-03-19"), [])  # 10 + 9


def test_and_yet_a_party_is_never_given_an_earlier_day_than_it_was_told() -> None:
    case = small_case(EXTENDED).step("2026-03-03", "ask").extend("2026-03-05", "reply", "2026-03-30")
    case.step("2026-03-10", "ask")
    assert due(case, "2026-03-10", "reply") == "2026-03-30"


def test_an_office_that_is_asked_again_has_only_the_new_time() -> None:
    book = EXTENDED.replace('by = "respondent"', 'by = "officer"')
    case = small_case(book).step("2026-03-03", "ask").extend("2026-03-05", "reply", "2026-03-30")
    assert due(case.step("2026-03-10", "ask"), "2026-03-10", "reply") == "2026-03-19"


def test_a_clock_that_was_late_and_is_extended_runs_again() -> None:
    book = EXTENDED.replace("extend = {", 'if_late = "goes to two"\nextend = {').replace("[one.", "[anytime.")
    case = small_case(book).step("2026-03-03", "ask")
    assert case.clock("2026-03-13", "reply").is_late
    case.extend("2026-03-16", "reply", "2026-03-20")
    clock = case.clock("2026-03-16", "reply")
    assert (clock.is_late, clock.breaches) == (False, [day("2026-03-12")])
    assert list(case.at("2026-03-16").open) == ["two"]  # what followed stays
    clock = case.clock("2026-03-21", "reply")
    assert (clock.is_late, clock.breaches) == (True, [day("2026-03-12"), day("2026-03-20")])


def test_a_late_extension_to_a_day_that_has_passed_leaves_it_late() -> None:
    case = small_case(EXTENDED).step("2026-03-03", "ask").extend("2026-03-20", "reply", "2026-03-15")
    assert case.clock("2026-03-20", "reply").is_late


def test_an_extension_for_one_member_of_a_group_is_for_that_one() -> None:
    case = small_case(
        """
        [one.reply]
        by = ["complainant", "respondent"]
        per = "party"
        within = "9 days after receive"
        extend = { by = "chair", at_most = "30 days" }
        """
    ).extend("2026-03-05", "reply", "2026-03-20", key="R")
    assert due(case, "2026-03-05", "reply", "R") == "2026-03-20"
    assert due(case, "2026-03-05", "reply", "C1") == "2026-03-11"


ABROAD = """
[question.abroad]
ask = "Abroad?"
answers = ["no", "yes"]
[one.ask]
by = "officer"
[one.reply]
by = "{by}"
within = "9 days after ask"
instead = [{{ when = "abroad is yes", within = "20 days after ask" }}]
"""


def test_an_answer_recounts_the_clocks_that_run_from_the_same_start() -> None:
    case = small_case(ABROAD.format(by="respondent")).step("2026-03-03", "ask")
    case.answer("2026-03-06", "abroad", "yes")
    clock = case.clock("2026-03-06", "reply")
    assert (clock.due, clock.original_due) == (day("2026-03-23"), day("2026-03-12"))


def test_an_answer_taken_back_never_moves_a_partys_day_earlier() -> None:
    case = small_case(ABROAD.format(by="respondent")).step("2026-03-03", "ask")
    case.answer("2026-03-06", "abroad", "yes").answer("2026-03-08", "abroad", "no")
    assert due(case, "2026-03-08", "reply") == "2026-03-23"


def test_an_offices_day_it_does() -> None:
    case = small_case(ABROAD.format(by="officer")).step("2026-03-03", "ask")
    case.answer("2026-03-06", "abroad", "yes").answer("2026-03-08", "abroad", "no")
    assert due(case, "2026-03-08", "reply") == "2026-03-12"


def test_an_answer_that_gives_more_time_lets_a_late_clock_run_again() -> None:
    case = small_case(ABROAD.format(by="respondent")).step("2026-03-03", "ask")
    assert case.clock("2026-03-13", "reply").is_late
    case.answer("2026-03-16", "abroad", "yes")
    clock = case.clock("2026-03-16", "reply")
    assert (clock.is_late, clock.due, clock.breaches) == (False, day("2026-03-23"), [day("2026-03-12")])


def test_an_answer_leaves_acts_that_were_done() -> None:
    case = small_case(ABROAD.format(by="respondent")).step("2026-03-03", "ask").step("2026-03-13", "reply")
    case.answer("2026-03-16", "abroad", "yes")
    clock = case.clock("2026-03-16", "reply")
    assert (clock.state, clock.due, clock.was_late) == ("done", day("2026-03-12"), True)


def test_an_answer_may_give_a_duty_to_another_office() -> None:
    case = opened()
    assert case.clock("2026-03-02", "acknowledge").offices == ("complaints-officer",)
    case.answer("2026-03-03", "about-the-office", "yes")
    assert case.clock("2026-03-03", "acknowledge").offices == ("deputy-officer",)
    assert case.clock("2026-03-03", "acknowledge").due == day("2026-03-09")


FAST = """
[one.act]
by = "officer"
within = "20 days after receive"
if_late = "goes to two"
[limit.backstop]
for = "act"
within = "40 days after receive"
[fast_track]
by = "chair"
criteria = ["open longer than 26 weeks"]
shorter = { act = "9 days after receive", backstop = "12 days after receive" }
"""


def test_the_fast_track_shortens_an_offices_time_from_the_same_start() -> None:
    case = small_case(FAST).note("2026-03-04", FastTracked(criterion=1))
    assert [str(clock.due) for clock in case.at("2026-03-04").clocks] == ["2026-03-11", "2026-03-14"]


def test_a_time_that_is_shortened_to_a_day_gone_by_runs_out_on_the_day_it_is_shortened() -> None:
    """Nothing that follows is dated before anybody could know of it."""
    case = small_case(FAST).note("2026-03-20", FastTracked(criterion=1))
    marking = case.at("2026-03-20")
    assert marking.open == {"two": day("2026-03-20")}
    assert [h.on for h in marking.happenings if h.kind == "ran out"] == [day("2026-03-20")]
    assert marking.clocks[0].breaches == [day("2026-03-11")]


def test_the_first_due_day_never_changes() -> None:
    case = small_case(EXTENDED).step("2026-03-03", "ask").extend("2026-03-05", "reply", "2026-03-20")
    case.pause("2026-03-10", "illness").resume("2026-03-14", "illness")
    assert case.clock("2026-04-30", "reply").original_due == day("2026-03-12")


def test_what_is_posted_takes_effect_when_the_rulebook_says() -> None:
    """Posted on Fri 6 March, served on Tue 10 March: two working days later."""
    case = opened().step("2026-03-03", "acknowledge", key="C0MP-0001").step("2026-03-04", "sift", "accepted")
    case.step("2026-03-06", "serve-notice", channel=Channel.POST)
    clock = case.clock("2026-03-06", "answer")
    assert (clock.started_on, clock.due) == (day("2026-03-10"), day("2026-03-31"))  # + 21 days


def test_a_decision_posted_to_one_party_counts_for_the_others_time_only_from_its_effect() -> None:
    """Counted from the last of a group: the last to take effect, not the last to be sent."""
    case = small_case(
        WORKING
        + """
        [one.send]
        by = "officer"
        per = "party"
        [one.end]
        by = "officer"
        within = "6 days after send"
        """
    )
    case.step("2026-03-02", "send", key="C1", channel=Channel.POST)  # effect Wed 4 March
    case.step("2026-03-03", "send", key="R", channel=Channel.HAND)
    assert due(case, "2026-03-03", "end") == "2026-03-10"


def test_what_a_party_posts_counts_from_the_day_recorded() -> None:
    case = small_case(
        WORKING
        + """
        [one.reply]
        by = ["complainant", "respondent"]
        per = "party"
        [one.act]
        by = "officer"
        within = "7 days after the first reply"
        """
    ).step("2026-03-02", "reply", key="R", channel=Channel.POST)
    assert due(case, "2026-03-02", "act") == "2026-03-09"


@pytest.mark.parametrize(
    ("length", "why"),
    [
        ("20 working days", "20 working days after Wednesday 20 December 2028 is outside it"),
        ("48 days in season", "counts the days of a calendar of its own"),
    ],
)
def test_a_day_that_cannot_be_counted_is_not_invented_and_the_clock_says_why(length: str, why: str) -> None:
    book = f'[one.act]\nby = "officer"\nwithin = "{length} after receive"\n[one.next]\nby = "officer"\n'
    case = small_case(book + f'not_before = "{length} after receive"', on="2028-12-20")
    clock = case.clock("2028-12-22", "act")
    assert (clock.state, clock.due) == ("running", None)
    assert why in (clock.uncounted or "")
    marking = case.at("2028-12-22")
    assert marking.earliest(marking.book.steps["next"].not_before[0]) is None
    assert case.step("2028-12-22", "act").clock("2028-12-22", "act").state == "done"
