"""Days that a step fixes: limits that run up to them, moving them, and pauses that void them (section 4)."""

from tests.timetable.casebook import Casebook, day
from tests.timetable.small_books import small_case

BOOK = """
[pause.illness]
by = "chair"
at_most = "60 days"
[one.fix]
by = "officer"
sets = ["meeting"]
within = "9 days after receive"
[one.move]
by = "chair"
after = ["fix"]
times = "any"
sets = ["meeting"]
[day.meeting]
moves = { by = "move", at_most = "4 weeks", takes_along = ["decide", "write"] }
[one.send]
by = "officer"
within = "5 days before meeting"
[one.decide]
by = "panel"
within = "5 days after meeting"
[one.write]
by = "officer"
within = "40 days after receive"
[one.other]
by = "officer"
within = "50 days after receive"
[one.mix]
by = "officer"
within = { later_of = ["2 days after meeting", "30 days after receive"] }
"""


def fixed(book: str = BOOK) -> Casebook:
    return small_case(book).step("2026-03-03", "fix", meeting="2026-03-20")


def dues(case: Casebook, on: str) -> dict[str, str]:
    return {clock.step: str(clock.due) for clock in case.at(on).clocks if clock.is_running}


def test_limits_count_from_the_day_and_up_to_it() -> None:
    assert dues(fixed(), "2026-03-03") == {
        "send": "2026-03-15",
        "decide": "2026-03-25",
        "write": "2026-04-11",
        "other": "2026-04-21",
        "mix": "2026-04-01",
    }


def test_a_limit_up_to_the_day_is_met_by_an_earlier_act_though_the_day_was_fixed_later() -> None:
    case = small_case(BOOK).step("2026-03-02", "send").step("2026-03-03", "fix", meeting="2026-03-20")
    clock = case.clock("2026-03-03", "send")
    assert (clock.state, clock.ended_on) == ("done", day("2026-03-02"))


def test_when_the_day_moves_unmet_limits_move_and_met_ones_stay_met() -> None:
    case = fixed().step("2026-03-10", "move", meeting="2026-03-27")
    assert dues(case, "2026-03-10")["send"] == "2026-03-22"
    assert dues(case, "2026-03-10")["decide"] == "2026-04-01"
    case = fixed().step("2026-03-04", "send").step("2026-03-10", "move", meeting="2026-03-27")
    assert [c.state for c in case.at("2026-03-10").clocks if c.step == "send"] == ["done"]


def test_clocks_taken_along_gain_the_same_length() -> None:
    case = fixed().step("2026-03-10", "move", meeting="2026-03-27")
    after = dues(case, "2026-03-10")
    assert (after["write"], after["other"]) == ("2026-04-18", "2026-04-21")
    assert case.clock("2026-03-10", "write").original_due == day("2026-04-11")


def test_clocks_taken_along_lose_the_same_length() -> None:
    case = fixed().step("2026-03-10", "move", meeting="2026-03-27")
    case.step("2026-03-11", "move", meeting="2026-03-18")
    after = dues(case, "2026-03-11")
    assert (after["write"], after["decide"]) == ("2026-04-09", "2026-03-23")


def test_a_day_taken_along_onto_a_closed_day_moves_as_the_rulebook_says() -> None:
    case = fixed('[counting]\nlast_day_closed = "next working day"\n' + BOOK)
    assert dues(case, "2026-03-03")["write"] == "2026-04-13"  # Sat 11 April moves to Mon 13
    case.step("2026-03-10", "move", meeting="2026-03-25")  # five days: Sat 18 April moves to Mon 20
    assert dues(case, "2026-03-10")["write"] == "2026-04-20"


def test_a_part_counted_from_the_day_moves_with_it_and_not_twice() -> None:
    book = BOOK.replace('"decide", "write"', '"mix"').replace(
        '"30 days after receive"', '"1 day after receive"'
    )
    case = fixed(book)
    assert dues(case, "2026-03-03")["mix"] == "2026-03-22"
    assert dues(case.step("2026-03-10", "move", meeting="2026-03-27"), "2026-03-10")["mix"] == "2026-03-29"


def test_a_limit_that_ran_out_runs_again_when_the_day_moves_later() -> None:
    case = fixed()
    assert case.clock("2026-03-16", "send").is_late
    case.step("2026-03-17", "move", meeting="2026-03-27")
    clock = case.clock("2026-03-17", "send")
    assert (clock.is_late, clock.due, clock.breaches) == (False, day("2026-03-22"), [day("2026-03-15")])


def test_a_pause_has_no_effect_on_days_before_a_day() -> None:
    case = fixed().pause("2026-03-04", "illness").resume("2026-03-09", "illness")
    after = dues(case, "2026-03-09")
    assert after["send"] == "2026-03-15"
    assert after["decide"] == "2026-03-25"  # the five days were paused before the day it counts from
    assert after["write"] == "2026-04-16"


def test_a_pause_that_runs_on_the_day_voids_it() -> None:
    case = fixed().pause("2026-03-18", "illness")
    assert case.at("2026-03-20").days == {"meeting": day("2026-03-20")}  # it may yet be resumed today
    marking = case.at("2026-03-21")
    assert marking.days == {}
    assert [(h.kind, h.name) for h in marking.happenings if h.kind == "voided"] == [("voided", "meeting")]
    assert case.clock("2026-03-21", "decide").due is None  # no invented date


def test_a_pause_resumed_on_the_day_leaves_it() -> None:
    case = fixed().pause("2026-03-18", "illness").resume("2026-03-20", "illness")
    assert case.at("2026-03-25").days == {"meeting": day("2026-03-20")}


def test_a_day_before_the_pause_stays() -> None:
    case = fixed().pause("2026-03-21", "illness").resume("2026-03-30", "illness")
    assert case.at("2026-03-30").days == {"meeting": day("2026-03-20")}


def test_who_fixed_the_day_owes_another_one_and_no_paused_day_counts() -> None:
    """Otherwise nobody would owe anything with a date."""
    case = fixed().pause("2026-03-18", "illness").resume("2026-03-25", "illness")
    clock = case.clock("2026-03-25", "fix")
    assert (clock.state, clock.started_on) == ("running", day("2026-03-20"))
    assert clock.due == day("2026-04-02")  # nine days: the 25th is the first
    case.step("2026-03-26", "fix", meeting="2026-04-10")
    assert case.clock("2026-03-26", "fix").state == "done"
    assert dues(case, "2026-03-26")["decide"] == "2026-04-15"


def test_whoever_moves_the_day_instead_has_met_that() -> None:
    case = fixed().pause("2026-03-18", "illness").resume("2026-03-25", "illness")
    case.step("2026-03-26", "move", meeting="2026-04-10")
    assert case.clock("2026-03-26", "fix").state == "done"


def test_it_is_owed_while_the_pause_lasts_and_runs_out_only_after_it() -> None:
    case = fixed(BOOK.replace('"60 days"', '"40 days"')).pause("2026-03-18", "illness")
    assert case.clock("2026-04-20", "fix").is_running
    assert case.clock("2026-04-27", "fix").due == day("2026-05-05")  # paused up to 26 April
    assert case.clock("2026-05-06", "fix").ran_out_on == day("2026-05-05")
