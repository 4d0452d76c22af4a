"""`decide` on days that a step fixes: their bounds, moving them, and who must agree (section 4)."""

import pytest
from tests.procedure.desk import Desk, officer
from tests.timetable import village
from tests.timetable.casebook import Casebook, day
from tests.timetable.small_books import small_case

from duly.procedure.acts import TakeStep
from duly.vocabulary import Problem

CHAIR = officer("panel-chair")


def fix(desk: Desk, on: str, hearing: str, step: str = "fix-hearing") -> list[Problem]:
    act = TakeStep(step=step, days={"hearing-day": day(hearing)})
    return list(desk.problems(on, act, CHAIR))


def codes(desk: Desk, on: str, hearing: str, step: str = "fix-hearing") -> list[str]:
    return [problem.code for problem in fix(desk, on, hearing, step)]


def test_a_day_is_named_and_lies_ahead() -> None:
    desk = Desk(village.to_hearing())
    assert desk.codes("2026-03-31", TakeStep(step="fix-hearing"), CHAIR) == ["missing-day"]
    assert codes(desk, "2026-03-31", "2026-03-30") == ["day-past", "day-too-early", "no-room"]


def test_what_is_counted_from_the_act_that_fixes_it_is_counted_from_today() -> None:
    """21 days after Tue 31 March: Tue 21 April."""
    desk = Desk(village.to_hearing())
    (problem,) = fix(desk, "2026-03-31", "2026-04-20")
    assert (problem.code, problem.remedy) == ("day-too-early", "Fix Tue 21 Apr 2026 or later.")
    assert codes(desk, "2026-03-31", "2026-04-21") == []


def test_and_it_lies_before_its_last_day() -> None:
    """8 weeks after Mon 30 March: Mon 25 May, a bank holiday, so Tue 26 May."""
    desk = Desk(village.to_hearing())
    assert codes(desk, "2026-03-31", "2026-05-26") == []
    (problem,) = fix(desk, "2026-03-31", "2026-05-27")
    assert (problem.code, problem.remedy) == ("day-too-late", "Fix Tue 26 May 2026 or earlier.")


def test_fixed_so_late_that_no_day_is_left_the_length_is_counted_from_today() -> None:
    """An obligation that cannot be met is a trap; and the parties keep their three weeks."""
    desk = Desk(village.to_hearing())  # on 15 May, 21 days end on 5 June, after 26 May
    assert codes(desk, "2026-05-15", "2026-06-04") == ["day-too-early"]
    assert codes(desk, "2026-05-15", "2026-06-05") == []
    assert codes(desk, "2026-05-15", "2026-07-10") == []  # 8 weeks from today
    assert codes(desk, "2026-05-15", "2026-07-13") == ["day-too-late"]


FROM_THE_ACT = """
[one.fix]
by = "chair"
sets = ["hearing"]
times = 3
[day.hearing]
not_after = "28 days after {which} fix"
"""


@pytest.mark.parametrize("which", ["the latest", "the first"])
def test_a_last_day_counted_from_the_very_act_that_fixes_it_holds_at_that_act(which: str) -> None:
    case = small_case(FROM_THE_ACT.format(which=which))

    def asked(on: str, hearing: str) -> list[tuple[str, str]]:
        act = TakeStep(step="fix", days={"hearing": day(hearing)})
        return [(each.code, each.remedy) for each in Desk(case).problems(on, act, officer("chair"))]

    assert asked("2026-03-03", "2026-04-01") == [("day-too-late", "Fix Tue 31 Mar 2026 or earlier.")]
    assert asked("2026-03-03", "2026-03-31") == []


def test_a_day_is_moved_by_the_step_that_moves_it_within_its_cap() -> None:
    desk = Desk(village.fixed())  # Wed 22 April; at most 4 weeks: Wed 20 May
    assert codes(desk, "2026-04-15", "2026-05-20", "postpone") == []
    (problem,) = fix(desk, "2026-04-15", "2026-05-21", "postpone")
    assert (problem.code, problem.remedy) == ("over-the-cap", "Name Wed 20 May 2026 or an earlier day.")
    assert codes(desk, "2026-04-15", "2026-05-06") == ["done-before", "moves-no-day"]


def test_the_cap_is_on_all_moves_of_a_round() -> None:
    case = small_case(MOVED).step("2026-03-03", "fix", meeting="2026-03-20")
    desk = Desk(case.step("2026-03-04", "move", meeting="2026-03-27"))
    assert moved(desk, "2026-03-30") == []
    assert moved(desk, "2026-03-31") == ["over-the-cap"]


MOVED = """
[one.fix]
by = "officer"
sets = ["meeting"]
[one.move]
by = "officer"
times = "any"
sets = ["meeting"]
[day.meeting]
moves = { by = "move", at_most = "10 days" }
[one.write]
by = "respondent"
within = "5 days before meeting"
[one.send]
by = "chair"
within = "9 days before meeting"
"""


def moved(desk: Desk, to: str, *, agreed: tuple[str, ...] = (), on: str = "2026-03-05") -> list[str]:
    act = TakeStep(step="move", days={"meeting": day(to)}, agreed_by=agreed)
    return desk.codes(on, act, officer("officer"))


def fixed() -> Desk:
    return Desk(small_case(MOVED).step("2026-03-03", "fix", meeting="2026-03-20"))


def test_earlier_only_if_the_parties_with_time_counted_to_it_agree() -> None:
    assert moved(fixed(), "2026-03-18") == ["not-agreed"]
    assert moved(fixed(), "2026-03-18", agreed=("respondent",)) == []
    assert moved(fixed(), "2026-03-21") == []


def test_a_day_that_leaves_no_time_cannot_be_fixed_unless_whoever_loses_it_agrees() -> None:
    desk = Desk(small_case(MOVED))
    act = TakeStep(step="fix", days={"meeting": day("2026-03-10")})  # to send by the 1st, to write by the 5th
    (problem,) = desk.problems("2026-03-03", act, officer("officer"))
    assert problem.code == "no-room"
    assert problem.remedy == "Fix Thu 12 Mar 2026 or later, or record that the chair agreed."
    act = TakeStep(step="fix", days={"meeting": day("2026-03-10")}, agreed_by=("chair",))
    assert desk.codes("2026-03-03", act, officer("officer")) == []


def test_what_was_sent_early_needs_no_time() -> None:
    desk = Desk(small_case(MOVED).step("2026-03-02", "send"))
    act = TakeStep(step="fix", days={"meeting": day("2026-03-10")})
    assert desk.codes("2026-03-03", act, officer("officer")) == []


def test_a_day_that_moves_later_takes_nobodys_time_though_somebody_is_late() -> None:
    assert moved(fixed(), "2026-03-24", on="2026-03-18") == []  # to send was due on the 11th


def test_a_day_that_was_voided_is_fixed_afresh_and_the_parties_have_their_notice_again() -> None:
    case: Casebook = village.fixed().pause("2026-04-20", "police").resume("2026-04-27", "police")
    desk = Desk(case)
    assert codes(desk, "2026-04-28", "2026-05-18") == ["day-too-early"]
    assert codes(desk, "2026-04-28", "2026-05-19") == []  # 21 days from today


def test_a_day_that_can_be_moved_to_no_day_ahead_is_not_moved() -> None:
    desk = Desk(village.fixed())  # Wed 22 April, at most to Wed 20 May
    act = TakeStep(step="postpone")
    assert desk.codes("2026-05-20", act, CHAIR) == ["missing-day"]
    assert desk.codes("2026-05-21", act, CHAIR) == ["no-day-left", "missing-day"]
    (shown,) = [n for n in desk.next_steps("2026-05-21", [CHAIR]) if n.step.name == "postpone"]
    assert [problem.code for problem in shown.against] == ["no-day-left"]

    (problem,) = shown.against
    assert problem.says == (
        "The hearing day can't be moved: the last day it could be moved to, Wed 20 May 2026, has passed."
    )
    assert problem.remedy == "It stays Wed 22 Apr 2026."


def test_a_day_whose_cap_lies_before_the_first_day_allowed_can_not_be_moved_and_says_why() -> None:
    """Never both "at the latest" and "no earlier than", with no day between; nor a day to name instead."""
    book = MOVED.replace("[day.meeting]", '[day.meeting]\nnot_before = "14 days after the latest notify"')
    notify = """
    [one.notify]
    by = "officer"
    times = "any"
    """
    case = (
        small_case(book + notify).step("2026-03-03", "notify").step("2026-03-03", "fix", meeting="2026-03-20")
    )
    desk = Desk(case.step("2026-03-18", "notify"))  # 14 days end on Wed 1 April; the cap on Mon 30 March
    (shown,) = [n for n in desk.next_steps("2026-03-19", [officer("officer")]) if n.step.name == "move"]
    act = TakeStep(step="move", days={"meeting": day("2026-03-30")})
    for problems in (shown.against, desk.problems("2026-03-19", act, officer("officer"))):
        (problem,) = problems
        assert problem.code == "no-day-left"
        assert problem.says == (
            "The meeting can't be moved: it may be moved by 10 days in all, which end on Mon 30 Mar 2026, "
            "and it may not be before Wed 1 Apr 2026 (14 days after the latest notify)."
        )
        assert problem.remedy == "It stays Fri 20 Mar 2026."


def test_a_day_that_the_calendar_does_not_reach_is_refused_in_words() -> None:
    book = """
    [one.fix]
    by = "officer"
    sets = ["meeting"]
    [day.meeting]
    not_after = "20 working days after receive"
    """
    desk = Desk(small_case(book, on="2028-12-20"))
    act = TakeStep(step="fix", days={"meeting": day("2028-12-28")})
    (problem,) = desk.problems("2028-12-21", act, officer("officer"))
    assert problem.code == "cannot-count"
    assert problem.remedy.startswith("Adopt an edition of GB-ENG that covers it")
