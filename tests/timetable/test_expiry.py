"""Rulebook format, section 3, "Expiry", with what section 4 says of days, of lateness and of deemed acts."""

from tests.timetable.casebook import Casebook, day, opened
from tests.timetable.small_books import small_case

from duly.record.facts import Expired
from duly.timetable.objections import objections

LATE = '[one.act]\nby = "officer"\nwithin = "5 days after receive"\n'  # due Sat 7 March


def happened(case: Casebook, on: str, kind: str) -> list[tuple[str, str]]:
    return [(h.name, str(h.on)) for h in case.at(on).happenings if h.kind == kind]


def test_on_the_due_day_itself_an_act_is_in_time() -> None:
    case = small_case(LATE + 'if_late = "goes to two"').step("2026-03-07", "act")
    clock = case.clock("2026-03-09", "act")
    assert (clock.state, clock.was_late, clock.breaches) == ("done", False, [])
    assert list(case.at("2026-03-09").open) == ["one"]


def test_a_limit_runs_out_at_the_end_of_the_due_day_and_what_follows_is_dated_the_next() -> None:
    case = small_case(LATE + 'if_late = "goes to two"')
    assert case.at("2026-03-07").open == {"one": day("2026-03-02")}
    assert case.at("2026-03-08").open == {"two": day("2026-03-08")}
    assert case.at("2026-03-20").open == {"two": day("2026-03-08")}


def test_it_runs_out_before_anything_of_the_next_day() -> None:
    case = small_case(LATE + 'if_late = "goes to two"').step("2026-03-08", "act")
    marking = case.at("2026-03-08")
    assert [each.says for each in marking.irregular] == [
        "“Act” belongs to one, which ended on Sun 8 Mar 2026; the case is in two."
    ]


def test_an_act_after_the_due_day_is_late_and_says_so() -> None:
    clock = small_case(LATE).step("2026-03-09", "act").clock("2026-03-09", "act")
    assert (clock.state, clock.was_late, clock.breaches) == ("done", True, [day("2026-03-07")])


def test_the_duty_stays_owed_and_late_until_it_is_done() -> None:
    case = small_case(LATE)
    assert (case.clock("2026-06-30", "act").is_late, case.at("2026-06-30").is_owed("act")) == (True, True)
    assert not case.step("2026-06-30", "act").at("2026-06-30").is_owed("act")


def test_unless_what_followed_shut_or_ended_the_step() -> None:
    for follows in ('"too late"', '"ends act"', '"goes to two"', '"closes the case as over"'):
        clock = small_case(LATE + f"if_late = {follows}").clock("2026-03-08", "act")
        assert (clock.state, clock.ran_out_on) == ("fell away", day("2026-03-07")), follows
    assert small_case(LATE + 'if_late = "nothing"').clock("2026-03-08", "act").is_late


DEFAULT = '[defaults]\nif_an_office_is_late = "tells overseer"\n'


def test_if_nothing_is_said_the_default_follows_for_an_office_and_nothing_for_a_party() -> None:
    case = small_case(DEFAULT + LATE)
    assert happened(case, "2026-03-08", "told") == [("overseer", "2026-03-08")]
    assert happened(small_case(DEFAULT + LATE.replace("officer", "respondent")), "2026-03-08", "told") == []
    assert happened(small_case(DEFAULT + LATE + 'if_late = "nothing"'), "2026-03-08", "told") == []


def test_telling_is_carried_out_wherever_the_case_stands() -> None:
    case = small_case(LATE.replace("[one.act]", "[two.act]") + 'if_late = "tells chair"')
    assert happened(case, "2026-03-08", "told") == [("chair", "2026-03-08")]


DEEMED = """
[one.go]
by = "officer"
outcomes = { on = "goes to two", close = "closes the case as over" }
[anytime.reply]
by = "respondent"
within = "5 days after receive"
if_late = "counts as answer-in-full: no-defence"
[one.other]
by = "officer"
[one.answer-in-full]
by = "respondent"
after = ["other"]
only_if = ["three is open"]
outcomes = { defence = "nothing", no-defence = "begins two" }
[one.act]
by = "officer"
within = "5 days after answer-in-full"
"""


def test_a_deemed_act_is_free_of_after_and_only_if_and_dates_from_the_day_after() -> None:
    case = small_case(DEEMED)
    marking = case.at("2026-03-08")
    (act,) = marking.acts["answer-in-full"]
    assert (act.on, act.outcome, act.office, act.place) == (day("2026-03-08"), "no-defence", None, None)
    assert list(marking.open) == ["one", "two"]
    assert case.clock("2026-03-08", "act").due == day("2026-03-13")
    assert happened(case, "2026-03-08", "counts as") == [("answer-in-full", "2026-03-08")]


def test_the_last_day_belongs_to_the_one_who_owes() -> None:
    case = small_case(DEEMED).step("2026-03-07", "reply")
    assert "answer-in-full" not in case.at("2026-03-10").acts


def test_what_is_not_in_play_is_not_deemed_done_and_whoever_watches_is_told() -> None:
    case = small_case(DEFAULT.replace("overseer", "chair") + DEEMED).step("2026-03-03", "go", "on")
    marking = case.at("2026-03-08")
    assert "answer-in-full" not in marking.acts
    assert [(h.name, h.step) for h in marking.happenings if h.kind == "told"] == [("chair", "answer-in-full")]


def test_of_a_group_what_is_deemed_is_deemed_for_the_one_whose_time_ran_out() -> None:
    case = small_case(
        """
        [one.serve]
        by = "officer"
        per = "party"
        [one.reply]
        by = ["complainant", "respondent"]
        per = "party"
        within = "5 days after serve"
        if_late = ["counts as reply: none", "counts as close-talks: stale"]
        outcomes = ["some", "none"]
        [one.close-talks]
        by = "officer"
        times = "any"
        outcomes = ["stale"]
        """
    ).step("2026-03-02", "serve", key="R")
    marking = case.at("2026-03-08")
    assert [act.key for act in marking.acts["reply"]] == ["R"]
    assert [act.key for act in marking.acts["close-talks"]] == [None]


WINDOW = """
[one.ask]
by = "officer"
times = 3
[one.reply]
by = "respondent"
within = "5 days after the latest ask"
[one.report]
by = "officer"
after = ["reply or time up"]
within = "9 days after the latest reply or time up"
"""


def may(case: Casebook, on: str, step: str, key: str | None = None) -> bool:
    marking = case.at(on)
    return not list(objections(marking, marking.book.steps[step], key=key))


def test_or_time_up_is_true_from_the_next_day_and_counts_from_the_due_day() -> None:
    case = small_case(WINDOW).step("2026-03-03", "ask")
    assert not may(case, "2026-03-08", "report")
    assert may(case, "2026-03-09", "report")
    assert case.clock("2026-03-09", "report").due == day("2026-03-17")  # 8 + 9


def test_or_time_up_is_true_at_once_when_the_step_is_done() -> None:
    case = small_case(WINDOW).step("2026-03-03", "ask").step("2026-03-04", "reply")
    assert may(case, "2026-03-04", "report")
    assert case.clock("2026-03-04", "report").due == day("2026-03-13")


def test_of_two_times_the_earlier_one_is_the_end_of_the_time() -> None:
    case = small_case(
        WINDOW.replace(
            '"5 days after the latest ask"', '["5 days after the latest ask", "9 days after the latest ask"]'
        )
    )
    case.step("2026-03-03", "ask")
    assert not may(case, "2026-03-08", "report")
    assert may(case, "2026-03-09", "report")


def test_a_window_asked_for_anew_is_not_up_because_an_earlier_one_was() -> None:
    """The notice is served again: the answer to it has its own time, and the finding waits for that."""
    case = small_case(WINDOW).step("2026-03-03", "ask")
    assert may(case, "2026-03-09", "report")
    case.step("2026-03-10", "ask")
    assert not may(case, "2026-03-10", "report")
    assert may(case, "2026-03-16", "report")


def test_a_window_extended_after_it_was_up_is_not_up() -> None:
    case = small_case(WINDOW).step("2026-03-03", "ask").extend("2026-03-10", "reply", "2026-03-20")
    assert not may(case, "2026-03-10", "report")
    assert may(case, "2026-03-21", "report")


def test_with_a_group_time_is_up_when_each_member_has_acted_or_is_out_of_time() -> None:
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
    )
    case.step("2026-03-02", "serve", key="C1").step("2026-03-06", "serve", key="R")
    case.step("2026-03-03", "reply", key="C1")
    assert not may(case, "2026-03-11", "act")
    assert may(case, "2026-03-12", "act")


TWO = """
[one.a]
by = "officer"
within = "5 days after receive"
if_late = "{a}"
[one.b]
by = "officer"
within = "5 days after receive"
if_late = "{b}"
"""


def test_of_two_that_run_out_on_one_day_the_first_in_the_file_comes_first_and_the_other_sees_it() -> None:
    case = small_case(TWO.format(a="begins two", b="begins three if two is open"))
    assert list(case.at("2026-03-08").open) == ["one", "two", "three"]
    case = small_case(TWO.format(a="begins three if two is open", b="begins two"))
    assert list(case.at("2026-03-08").open) == ["one", "two"]


def test_one_that_fell_away_with_the_other_does_not_run_out() -> None:
    case = small_case(TWO.format(a="goes to two", b="goes to three"))
    assert list(case.at("2026-03-08").open) == ["two"]
    assert happened(case, "2026-03-08", "ran out") == [("a", "2026-03-08")]


def test_what_runs_out_says_for_which_member() -> None:
    case = small_case('[one.act]\nby = "officer"\nper = "party"\nwithin = "5 days after receive"')
    assert [h.key for h in case.at("2026-03-08").happenings if h.kind == "ran out"] == ["C1", "R"]


def test_what_was_noted_stands_though_a_fact_noted_later_would_have_it_otherwise() -> None:
    """Section 4: consequences only computed vanish; those noted stand until a named person corrects them."""
    book = LATE + 'if_late = "goes to two"\nextend = { by = "chair", at_most = "30 days" }'
    computed = small_case(book).extend("2026-03-06", "act", "2026-03-20")
    assert list(computed.at("2026-03-09").open) == ["one"]
    noted = small_case(book).note("2026-03-08", Expired(step="act", due=day("2026-03-07")), by="time")
    noted.extend("2026-03-06", "act", "2026-03-20")
    assert noted.at("2026-03-09").open == {"two": day("2026-03-08")}


def test_a_note_of_what_ran_out_anyway_changes_nothing() -> None:
    book = '[one.act]\nby = "officer"\nwithin = ["5 days after receive", "20 days after receive"]'
    case = small_case(book).note("2026-03-08", Expired(step="act", due=day("2026-03-07")), by="time")
    assert [c.ran_out_on for c in case.at("2026-03-09").clocks] == [day("2026-03-07"), None]


def test_a_note_is_of_one_clock_the_one_that_would_have_run_out_first() -> None:
    book = (
        '[one.act]\nby = "officer"\nwithin = ["5 days after receive", "40 days after receive"]\n'
        'extend = { by = "chair", at_most = "30 days" }'
    )
    case = small_case(book).note("2026-03-08", Expired(step="act", due=day("2026-03-07")), by="time")
    case.extend("2026-03-06", "act", "2026-03-20")
    assert [c.ran_out_on for c in case.at("2026-03-09").clocks] == [day("2026-03-07"), None]


WAIVABLE = """
[one.ask]
by = "officer"
[one.reply]
by = "respondent"
within = ["5 days after ask", "9 days after ask"]
if_late = {late}
[one.act]
by = "officer"
after = ["reply or time up"]
within = "5 days after reply or time up"
"""


def test_a_time_given_up_in_writing_is_up_at_once_and_nobody_was_late() -> None:
    case = (
        small_case(WAIVABLE.format(late='"nothing"')).step("2026-03-03", "ask").waive("2026-03-04", "reply")
    )
    assert may(case, "2026-03-04", "act")
    clock = case.clock("2026-03-04", "reply")
    assert (clock.state, clock.is_late, clock.breaches) == ("waived", False, [])
    assert case.clock("2026-03-04", "act").due == day("2026-03-09")


def test_what_follows_the_end_of_a_time_follows_when_it_is_given_up() -> None:
    """Both limits of the step end, the second with the case that the first closes."""
    case = small_case(WAIVABLE.format(late='"closes the case as undefended"')).step("2026-03-03", "ask")
    marking = case.waive("2026-03-04", "reply").at("2026-03-04")
    assert (marking.closed_on, marking.closed_as) == (day("2026-03-04"), "undefended")


def test_giving_up_a_time_that_does_not_run_changes_nothing() -> None:
    case = small_case(WAIVABLE.format(late='"nothing"')).waive("2026-03-04", "reply")
    assert not may(case, "2026-03-04", "act")


def test_a_review_not_held_in_time_lets_the_measure_lapse() -> None:
    case = opened().step("2026-03-03", "acknowledge", key="C0MP-0001").step("2026-03-04", "sift", "accepted")
    case.step("2026-03-05", "serve-notice").step("2026-03-06", "suspend")
    assert "interim-suspension" in case.at("2026-04-03").open  # 6 March + 28: Fri 3 April, Good Friday
    assert "interim-suspension" in case.at("2026-04-07").open  # the last day moved to Tue 7 April
    assert "interim-suspension" not in case.at("2026-04-08").open
