"""Steps with a group (`per`): whose time runs, when all are done, and members that join late (section 4)."""

from tests.timetable.casebook import Casebook, day, opened
from tests.timetable.small_books import small_case

from duly.timetable.objections import objections


def may(case: Casebook, on: str, step: str, key: str | None = None) -> bool:
    marking = case.at(on)
    return not list(objections(marking, marking.book.steps[step], key=key))


def running(case: Casebook, on: str, step: str) -> dict[str | None, str]:
    return {c.key: str(c.due) for c in case.at(on).clocks if c.step == step and c.is_running}


SERVED = """
[one.serve]
by = "officer"
per = "party"
[one.reply]
by = ["respondent", "complainant"]
per = "party"
within = "9 days after serve"
[one.act]
by = "officer"
within = "5 days after {ref}"
[one.end]
by = "officer"
after = ["{ref}"]
"""


def test_a_trigger_with_a_group_and_a_limit_without_counts_from_the_last() -> None:
    case = small_case(SERVED.format(ref="serve")).step("2026-03-03", "serve", key="R")
    assert running(case, "2026-03-03", "act") == {}
    assert not may(case, "2026-03-03", "end")
    case.step("2026-03-06", "serve", key="C1")
    assert running(case, "2026-03-06", "act") == {None: "2026-03-11"}
    assert may(case, "2026-03-06", "end")


def test_the_first_of_a_group_counts_from_the_first() -> None:
    case = small_case(SERVED.format(ref="the first serve")).step("2026-03-03", "serve", key="R")
    assert running(case, "2026-03-03", "act") == {None: "2026-03-08"}
    assert may(case, "2026-03-03", "end")
    case.step("2026-03-06", "serve", key="C1")
    assert running(case, "2026-03-06", "act") == {None: "2026-03-08"}


def test_the_same_group_on_both_counts_each_from_its_own() -> None:
    case = small_case(SERVED.format(ref="serve")).step("2026-03-03", "serve", key="R")
    assert running(case, "2026-03-03", "reply") == {"R": "2026-03-12"}
    assert not may(case, "2026-03-03", "reply", "C1")
    case.step("2026-03-06", "serve", key="C1")
    assert running(case, "2026-03-06", "reply") == {"R": "2026-03-12", "C1": "2026-03-15"}


def test_an_act_without_a_key_is_for_every_member() -> None:
    case = small_case(SERVED.format(ref="serve")).step("2026-03-03", "serve")
    assert running(case, "2026-03-03", "reply") == {"C1": "2026-03-12", "R": "2026-03-12"}
    assert running(case, "2026-03-03", "act") == {None: "2026-03-08"}


def test_a_trigger_without_a_group_starts_a_clock_for_each_member() -> None:
    case = small_case('[one.act]\nby = "officer"\nper = "party"\nwithin = "5 days after receive"')
    assert running(case, "2026-03-02", "act") == {"C1": "2026-03-07", "R": "2026-03-07"}
    case.step("2026-03-03", "act", key="R")
    assert running(case, "2026-03-03", "act") == {"C1": "2026-03-07"}


def test_each_party_owes_its_own_step_and_nobody_elses() -> None:
    case = small_case(SERVED.format(ref="serve")).step("2026-03-03", "serve")
    assert {c.key: c.offices for c in case.at("2026-03-03").clocks if c.step == "reply"} == {
        "C1": ("complainant",),
        "R": ("respondent",),
    }
    assert case.clock("2026-03-03", "act").offices == ("officer",)


def test_a_step_of_one_side_has_that_sides_members_only() -> None:
    case = small_case('[one.act]\nby = "complainant"\nper = "party"')
    case.party("2026-03-03", "C2", "complainant").party("2026-03-03", "W1", "witness")
    marking = case.at("2026-03-03")
    assert marking.members(marking.book.steps["act"]) == ("C1", "C2")


def test_a_witness_is_no_party() -> None:
    case = small_case('[one.act]\nby = "officer"\nper = "party"').party("2026-03-03", "W1", "witness")
    marking = case.at("2026-03-03")
    assert marking.members(marking.book.steps["act"]) == ("C1", "R")


def test_what_one_side_did_is_asked_of_that_side_alone() -> None:
    case = small_case(
        """
        [one.appeal]
        by = ["respondent", "complainant"]
        per = "party"
        [one.act]
        by = "officer"
        after = ["appeal by complainant"]
        """
    )
    case.step("2026-03-03", "appeal", key="R", office="respondent")
    assert not may(case, "2026-03-03", "act")
    case.step("2026-03-04", "appeal", key="C1", office="complainant")
    assert may(case, "2026-03-04", "act")


JOINED = """
[one.admit]
by = "officer"
per = "party"
within = "9 days after receive"
[one.go]
by = "officer"
after = ["admit"]
then = "goes to two"
[two.serve]
by = "officer"
per = "party"
within = "5 days after two begins"
[two.reply]
by = ["respondent", "complainant"]
per = "party"
within = "9 days after two begins"
[two.decide]
by = "panel"
per = "allegation"
within = "9 days after two begins"
[two.fix]
by = "officer"
sets = ["meeting"]
[day.meeting]
[two.meet]
by = "panel"
per = "allegation"
within = "5 days after meeting"
[two.end]
by = "officer"
after = ["serve"]
"""


def at_two() -> Casebook:
    case = small_case(JOINED).allegation("2026-03-02", "A1")
    case.step("2026-03-03", "admit", key="C1").step("2026-03-03", "admit", key="R")
    return case.step("2026-03-04", "go")


def test_steps_still_ahead_wait_for_a_newcomer() -> None:
    case = at_two().step("2026-03-05", "serve", key="C1").step("2026-03-05", "serve", key="R")
    assert may(case, "2026-03-05", "end")
    assert not may(case.party("2026-03-06", "C2", "complainant"), "2026-03-06", "end")


def test_a_newcomer_has_clocks_of_its_own_from_the_day_it_joined() -> None:
    case = at_two().party("2026-03-06", "C2", "complainant").allegation("2026-03-07", "A2")
    assert running(case, "2026-03-07", "serve")["C2"] == "2026-03-11"
    assert running(case, "2026-03-07", "serve")["R"] == "2026-03-09"
    assert running(case, "2026-03-07", "reply")["C2"] == "2026-03-15"
    assert running(case, "2026-03-07", "decide") == {"A1": "2026-03-13", "A2": "2026-03-16"}


def test_a_newcomer_owes_nothing_of_a_stage_that_is_over() -> None:
    assert "C2" not in running(at_two().party("2026-03-06", "C2", "complainant"), "2026-03-06", "admit")


def test_a_newcomer_shares_what_an_office_owes_in_a_stage_to_come() -> None:
    book = JOINED.replace("after two begins", "after receive")
    case = small_case(book).allegation("2026-03-02", "A1").allegation("2026-03-03", "A2")
    assert running(case, "2026-03-03", "decide") == {"A1": "2026-03-11", "A2": "2026-03-12"}


def test_a_newcomers_limit_moves_with_the_fixed_day_as_the_others_do() -> None:
    case = at_two().step("2026-03-05", "fix", meeting="2026-03-20").allegation("2026-03-06", "A2")
    assert running(case, "2026-03-06", "meet") == {"A1": "2026-03-25", "A2": "2026-03-25"}
    case.step("2026-03-07", "fix", meeting="2026-03-27")  # irregular, and yet the day is another
    assert running(case, "2026-03-07", "meet") == {"A1": "2026-04-01", "A2": "2026-04-01"}


def test_a_party_noted_twice_joins_once() -> None:
    case = at_two().party("2026-03-06", "R", "respondent")
    assert [c.key for c in case.at("2026-03-06").clocks if c.step == "serve"] == ["C1", "R"]


def second(case: Casebook, on: str) -> Casebook:
    case.party(on, "C2", "complainant", complaint="C0MP-0002")
    return case.step(on, "receive", key="C0MP-0002")


def test_a_second_complaint_has_its_own_acknowledgement_and_the_sift_waits_for_it() -> None:
    case = opened().step("2026-03-03", "acknowledge", key="C0MP-0001")
    assert may(case, "2026-03-05", "sift")
    second(case, "2026-03-05")
    assert running(case, "2026-03-05", "acknowledge") == {"C0MP-0002": "2026-03-12"}  # 6, 9, 10, 11, 12
    assert running(case, "2026-03-05", "sift") == {None: "2026-03-23"}  # from the first receipt
    assert not may(case, "2026-03-05", "sift")
    assert may(case.step("2026-03-06", "acknowledge", key="C0MP-0002"), "2026-03-06", "sift")


def test_a_complaint_that_joins_a_case_in_inquiry_is_received_and_owed_its_acknowledgement() -> None:
    case = opened().step("2026-03-03", "acknowledge", key="C0MP-0001").step("2026-03-04", "sift", "accepted")
    case.party("2026-03-16", "C2", "complainant", complaint="C0MP-0002")
    assert may(case, "2026-03-16", "receive", "C0MP-0002")
    assert not may(case, "2026-03-16", "receive", "C0MP-0001")
    case.step("2026-03-16", "receive", key="C0MP-0002")
    assert case.at("2026-03-16").irregular == []
    assert running(case, "2026-03-16", "acknowledge") == {"C0MP-0002": "2026-03-23"}
    assert may(case, "2026-03-17", "acknowledge", "C0MP-0002")
    case.step("2026-03-17", "acknowledge", key="C0MP-0002")
    assert running(case, "2026-03-17", "acknowledge") == {}
    assert case.at("2026-03-17").irregular == []


def test_with_no_member_in_the_group_nothing_is_done_for_all_of_it() -> None:
    case = small_case('[one.a]\nby = "panel"\nper = "allegation"\n[one.b]\nby = "panel"\nafter = ["a"]')
    assert not may(case, "2026-03-02", "b")
    marking = case.at("2026-03-02")
    assert [p.code for p in objections(marking, marking.book.steps["a"])] == ["no-members"]
    case.allegation("2026-03-03", "A1")
    marking = case.at("2026-03-03")
    assert [p.code for p in objections(marking, marking.book.steps["a"], key="A7")] == ["unknown-member"]


def test_a_member_for_a_step_without_a_group_is_refused() -> None:
    case = small_case('[one.a]\nby = "officer"').step("2026-03-02", "a")
    marking = case.at("2026-03-02")
    found = [p.code for p in objections(marking, marking.book.steps["a"], key="R")]
    assert found == ["no-group", "done-before"]


def test_any_member_will_do_where_none_is_named() -> None:
    case = small_case(SERVED.format(ref="serve")).step("2026-03-03", "serve", key="R")
    assert may(case, "2026-03-03", "reply")  # for R it may
    assert may(case, "2026-03-03", "serve")  # for C1 it may
    assert not may(case.step("2026-03-03", "serve", key="C1"), "2026-03-03", "serve")


def test_the_conduct_of_one_allegation_is_found_for_itself() -> None:
    case = at_two().allegation("2026-03-05", "A2").step("2026-03-06", "decide", key="A1")
    assert running(case, "2026-03-06", "decide") == {"A2": "2026-03-14"}
    assert case.clock("2026-03-06", "decide", "A1").ended_on == day("2026-03-06")


def test_what_is_severed_into_a_case_of_its_own_takes_its_clocks_with_their_first_dates() -> None:
    """Joinder and severance move nobody's date (section 4): the facts go along with the days they have."""
    joined = at_two().allegation("2026-03-06", "A2").step("2026-03-07", "decide", key="A1")
    alone = Casebook(joined.book, joined.calendar)
    for fact in joined.facts:
        if getattr(fact.body, "key", None) != "A1" and getattr(fact.body, "allegation", None) != "A1":
            alone.note(str(fact.on), fact.body, office=fact.office, by=fact.by)
    (apart,) = [c for c in alone.at("2026-03-20").clocks if c.step == "decide"]
    together = joined.clock("2026-03-20", "decide", "A2")
    assert (apart.key, apart.due, apart.started_on) == ("A2", together.due, together.started_on)
    assert apart.ran_out_on == day("2026-03-15")
