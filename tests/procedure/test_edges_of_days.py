"""Days that a step fixes and moves, and steps as they stand, where only a slight difference shows."""

import pytest
from tests.procedure.desk import Desk, officer
from tests.timetable.casebook import Casebook, day
from tests.timetable.small_books import small_case

from duly.procedure.acts import TakeStep
from duly.procedure.trial import as_if_recorded
from duly.vocabulary import Problem

OFFICER, CHAIR = officer("officer"), officer("chair")
FIX = '[one.fix]\nby = "officer"\nsets = ["meeting"]\n'
MOVE = '[one.move]\nby = "officer"\ntimes = "any"\nsets = ["meeting"]\n'
SEND = '[one.send]\nby = "chair"\nwithin = "9 days before meeting"\n'


def asked(case: Casebook, on: str, step: str, **days: str) -> list[Problem]:
    act = TakeStep(step=step, days={name: day(text) for name, text in days.items()})
    return list(Desk(case).problems(on, act, OFFICER))


def codes(case: Casebook, on: str, step: str, **days: str) -> list[str]:
    return [each.code for each in asked(case, on, step, **days)]


def test_every_day_that_is_named_is_looked_at() -> None:
    case = small_case(FIX + "[day.meeting]\n")
    assert codes(case, "2026-03-05", "fix", wedding="2026-03-20", meeting="2026-03-04") == [
        *("sets-no-day", "day-past"),
    ]


TWO = (
    '[one.fix]\nby = "officer"\nsets = ["meeting"]\n[one.fix-other]\nby = "officer"\nsets = ["hearing"]\n'
    '[one.move]\nby = "officer"\ntimes = "any"\nsets = ["meeting", "hearing"]\n'
    '[day.meeting]\nmoves = {{ by = "{}", at_most = "5 days" }}\n'
    '[day.hearing]\nmoves = {{ by = "{}", at_most = "90 days" }}\n'
)


def test_of_two_days_the_second_is_looked_at_also_where_the_first_stays() -> None:
    case = small_case(TWO.format("move", "move")).step("2026-03-03", "fix", meeting="2026-03-06")
    case.step("2026-03-03", "fix-other", hearing="2026-04-01")
    found = codes(case, "2026-03-20", "move", meeting="2026-03-25", hearing="2026-03-19")
    assert "day-past" in found
    assert "no-day-left" in found


def test_of_two_days_the_second_may_be_another_steps_to_move() -> None:
    """The first is not fixed yet: nobody moves it."""
    case = small_case(TWO.format("move", "fix-other")).step("2026-03-03", "fix-other", hearing="2026-04-01")
    assert codes(case, "2026-03-04", "move", meeting="2026-03-25", hearing="2026-04-02") == ["moves-no-day"]


CAP = FIX + MOVE + '[day.meeting]\nnot_before = {}\nmoves = {{ by = "move", at_most = "10 days" }}\n'


def test_a_last_day_that_is_today_has_not_passed() -> None:
    """Fixed for 6 March, ten days end on the 16th; and thirty days after the receipt is 1 April."""
    case = small_case(CAP.format('"30 days after other"') + '[one.other]\nby = "chair"\n')
    case.step("2026-03-03", "fix", meeting="2026-03-06").step("2026-03-04", "other")
    (today,) = asked(case, "2026-03-16", "move", meeting="2026-04-03")
    assert "it may be moved by 10 days in all, which end on Mon 16 Mar 2026" in today.says
    assert "it may not be before Fri 3 Apr 2026" in today.says
    (passed,) = asked(case, "2026-03-17", "move", meeting="2026-04-03")
    assert "the last day it could be moved to, Mon 16 Mar 2026, has passed" in passed.says


def test_of_several_first_days_the_latest_is_told() -> None:
    case = small_case(
        CAP.format('["40 days after other", "30 days after other"]') + '[one.other]\nby = "chair"\n'
    )
    case.step("2026-03-03", "fix", meeting="2026-03-06").step("2026-03-04", "other")
    (told,) = asked(case, "2026-03-10", "move", meeting="2026-04-20")
    assert "it may not be before Mon 13 Apr 2026 (40 days after other)" in told.says


@pytest.mark.parametrize(
    ("bound", "last", "too_late"),
    [
        ('["9 days after receive", "20 days after receive"]', "2026-03-11", "2026-03-12"),
        ('["20 days after receive", "9 days after receive"]', "2026-03-11", "2026-03-12"),
        ('{ later_of = ["9 days after receive", "20 days after receive"] }', "2026-03-22", "2026-03-23"),
        ('{ later_of = ["20 days after receive", "9 days after receive"] }', "2026-03-22", "2026-03-23"),
    ],
)
def test_of_several_last_days_the_first_holds_and_of_the_later_of_two_the_second(
    bound: str, last: str, too_late: str
) -> None:
    case = small_case(f"{FIX}[day.meeting]\nnot_after = {bound}\n")
    assert codes(case, "2026-03-03", "fix", meeting=last) == []
    assert codes(case, "2026-03-03", "fix", meeting=too_late) == ["day-too-late"]


def test_the_first_day_is_the_later_of_two() -> None:
    bound = '{ later_of = ["9 days after receive", "20 days after receive"] }'
    case = small_case(f"{FIX}[day.meeting]\nnot_before = {bound}\n")
    assert codes(case, "2026-03-03", "fix", meeting="2026-03-21") == ["day-too-early"]
    assert codes(case, "2026-03-03", "fix", meeting="2026-03-22") == []


def test_on_the_last_day_itself_there_is_a_day_left() -> None:
    """A day later none is, and the nine days are counted from then."""
    case = small_case(f'{FIX}[day.meeting]\nnot_after = "9 days after receive"\n')
    assert codes(case, "2026-03-11", "fix", meeting="2026-03-11") == []
    assert codes(case, "2026-03-11", "fix", meeting="2026-03-12") == ["day-too-late"]
    assert codes(case, "2026-03-12", "fix", meeting="2026-03-21") == []
    assert codes(case, "2026-03-12", "fix", meeting="2026-03-22") == ["day-too-late"]


WRITE = '[one.write]\nby = "respondent"\nwithin = "15 days before meeting"\nif_late = "nothing"\n'


def test_a_day_that_stays_takes_no_time_from_anybody() -> None:
    case = small_case(
        FIX + MOVE + SEND + WRITE + '[day.meeting]\nmoves = { by = "move", at_most = "9 days" }\n'
    )
    case.step("2026-03-03", "fix", meeting="2026-03-20")
    assert codes(case, "2026-03-13", "move", meeting="2026-03-20") == []
    assert "not-agreed" in codes(case, "2026-03-04", "move", meeting="2026-03-19")
    assert "no-room" in codes(case, "2026-03-13", "move", meeting="2026-03-19")


def test_a_move_without_a_cap_goes_as_far_as_anybody_likes() -> None:
    case = small_case(FIX + MOVE + '[day.meeting]\nmoves = { by = "move" }\n')
    case.step("2026-03-03", "fix", meeting="2026-03-20")
    assert codes(case, "2026-03-04", "move", meeting="2027-03-20") == []


def test_a_day_leaves_room_if_what_comes_before_it_can_be_done_today() -> None:
    """The time that is looked at is that before this day, wherever it stands among the others."""
    other = '[one.other]\nby = "panel"\nwithin = ["3 days after receive", "9 days before hearing"]\n'
    sets = '[one.set]\nby = "chair"\nsets = "hearing"\n[day.hearing]\n[day.meeting]\n'
    case = small_case(FIX + other + SEND + sets)
    assert codes(case, "2026-03-03", "fix", meeting="2026-03-12") == []
    (problem,) = asked(case, "2026-03-03", "fix", meeting="2026-03-11")
    assert (problem.code, problem.remedy) == (
        "no-room",
        "Fix Thu 12 Mar 2026 or later, or record that the chair agreed.",
    )


@pytest.mark.parametrize(
    ("fix", "send", "clause"),
    [("F 1", "S 1", "S 1"), ("F 1", None, "F 1"), (None, "S 1", "S 1"), (None, None, None)],
)
def test_the_clause_is_that_of_what_is_left_no_time_or_of_the_fixing(
    fix: str | None, send: str | None, clause: str | None
) -> None:
    fixing, sending = (f'clause = "{said}"\n' if said else "" for said in (fix, send))
    case = small_case(f"{FIX}{fixing}{SEND}{sending}[day.meeting]\n")
    (problem,) = asked(case, "2026-03-03", "fix", meeting="2026-03-10")
    assert problem.clause == clause


def test_a_trial_goes_on_from_the_last_fact_and_changes_none() -> None:
    case = small_case(FIX + "[day.meeting]\n")
    act = TakeStep(step="fix", days={"meeting": day("2026-03-20")})
    new = Desk(case).allowed("2026-03-04", act, OFFICER)
    trial = as_if_recorded(case.case, new, noted_at=day("2026-03-05"))
    assert [fact.place for fact in trial.facts] == [*range(1, len(case.facts) + len(new) + 1)]
    assert {fact.chain for fact in trial.facts} == {"case/K7QH-3M2C"}
    assert trial.facts[-1].noted_at == day("2026-03-05")
    first = as_if_recorded(
        Casebook(case.book, case.calendar).case, new, noted_at=day("2026-03-05"), chain="case/X"
    )
    assert [(fact.chain, fact.place) for fact in first.facts] == [
        ("case/X", place) for place in range(1, len(new) + 1)
    ]


def test_a_step_that_two_days_bar_opens_on_the_later() -> None:
    case = small_case(
        '[one.act]\nby = "officer"\nnot_before = ["9 days after receive", "20 days after receive"]\n'
    )
    steps = {each.step.name: each for each in Desk(case).next_steps("2026-03-03", [OFFICER])}
    assert steps["act"].opens_on == day("2026-03-22")


def test_each_office_writes_down_what_a_party_did_and_no_other_offices_step() -> None:
    """Whoever deals with the parties may; but only what is a party's."""
    steps = '[one.reply]\nby = "respondent"\n[one.judge]\nby = "chair"\n'
    shown = {
        each.step.name: each for each in Desk(small_case(steps)).next_steps("2026-03-03", [CHAIR, OFFICER])
    }
    assert (shown["reply"].actor, shown["reply"].for_party) == (OFFICER, "respondent")
    assert (shown["judge"].actor, shown["judge"].for_party, shown["judge"].is_mine) == (CHAIR, None, True)
    alone = {each.step.name: each for each in Desk(small_case(steps)).next_steps("2026-03-03", [CHAIR])}
    assert alone["reply"].for_party is None
    both = {
        each.step.name: each
        for each in Desk(small_case(steps)).next_steps("2026-03-03", [officer("panel"), OFFICER])
    }
    assert both["judge"].actor == officer("panel")


def test_what_is_owed_stands_by_its_own_step_the_earliest_first_and_done_with_it_no_longer() -> None:
    steps = (
        '[one.act]\nby = "officer"\nwithin = ["20 days after receive", "9 days after receive"]\n'
        '[one.tell]\nby = "officer"\nper = "party"\nwithin = "9 days after receive"\n'
    )
    case = small_case(steps)

    def owed(on: str, name: str, key: str | None = None) -> list[str]:
        (found,) = [n for n in Desk(case).next_steps(on, [OFFICER]) if (n.step.name, n.key) == (name, key)]
        return [f"{clock.key} {clock.due}" for clock in found.owed]

    assert owed("2026-03-03", "act") == ["None 2026-03-11", "None 2026-03-22"]
    assert owed("2026-03-03", "tell", "R") == ["R 2026-03-11"]
    case.step("2026-03-04", "tell", key="R").step("2026-03-05", "act")
    assert owed("2026-03-06", "tell", "R") == []
    assert owed("2026-03-06", "tell", "C1") == ["C1 2026-03-11"]
    assert owed("2026-03-06", "act") == []


def test_late_owed_allowed_and_closed_stand_in_this_order_and_each_by_its_day() -> None:
    steps = "".join(
        f'[one.{name}]\nby = "officer"\n{rest}\n'
        for name, rest in (
            ("barred-long", 'not_before = "30 days after receive"'),
            ("barred", 'not_before = "20 days after receive"'),
            ("free", ""),
            ("later", 'within = "25 days after receive"'),
            ("sooner", 'within = "15 days after receive"'),
            ("late", 'within = "3 days after receive"'),
        )
    )
    names = [each.step.name for each in Desk(small_case(steps)).next_steps("2026-03-10", [OFFICER])]
    assert names == ["late", "sooner", "later", "free", "barred", "barred-long", "receive"]


def test_what_may_be_done_in_a_closed_case_may_be_dated_back_before_its_end() -> None:
    closing = (
        '[one.publish]\nby = "officer"\neven_when_closed = true\n[one.act]\nby = "officer"\n'
        '[one.end]\nby = "officer"\nthen = "closes the case as over"\n'
    )
    desk = Desk(small_case(closing).step("2026-03-10", "end"))
    assert desk.codes("2026-03-05", TakeStep(step="publish"), OFFICER, today="2026-03-12") == []
    assert desk.codes("2026-03-05", TakeStep(step="act"), OFFICER, today="2026-03-12") == ["closed"]


@pytest.mark.parametrize(
    ("limit", "step", "clause"), [(True, True, "L 1"), (False, True, "S 1"), (True, False, "L 1")]
)
def test_who_would_be_late_at_once_is_told_the_clause_of_the_time(
    limit: bool, step: bool, clause: str
) -> None:
    of_step, of_limit = 'clause = "S 1"\n' if step else "", 'clause = "L 1"\n' if limit else ""
    steps = (
        f'[one.serve]\nby = "officer"\n[one.reply]\nby = "respondent"\n{of_step}'
        f'[limit.soon]\nfor = "reply"\nwithin = "5 days after serve"\nif_late = "nothing"\n{of_limit}'
    )
    (problem,) = Desk(small_case(steps)).problems(
        "2026-03-03", TakeStep(step="serve"), OFFICER, today="2026-03-20"
    )
    assert (problem.code, problem.clause) == ("late-at-once", clause)
    assert (
        Desk(small_case(steps)).codes("2026-03-03", TakeStep(step="serve"), OFFICER, today="2026-03-08") == []
    )
