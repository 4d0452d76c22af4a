"""Why a case can't go on under another edition: each name that it has used, and no other."""

from tests.timetable.casebook import Casebook
from tests.timetable.small_books import small_book, small_case

from duly.record.facts import SanctionImposed
from duly.timetable.against_moving import against_moving

GO = '[one.go]\nby = "officer"\nthen = "goes to two"\n'
BAN = '[two.ban-now]\nby = "chair"\nthen = "begins ban"\n[measure.ban]\nat_most = "{}"\n'
JUDGE = '[two.judge]\nby = "panel"\noutcomes = ["none", "imposed"]\n[sanction]\n{} = {{}}\n'


def against(
    case: Casebook, on: str, steps: str, *, stages: str = "one two three", beginning: str = ""
) -> list[str]:
    new = small_book(steps, stages=stages)
    return [each.says for each in against_moving(case.at(on), new, beginning=beginning or None)]


def test_a_stage_that_is_gone_is_told_as_the_one_it_is_in_or_was_in() -> None:
    case = small_case(GO).step("2026-03-03", "go")
    lacks = "“two”, which the new edition lacks."
    renamed = GO.replace("two", "three")
    assert against(case, "2026-03-03", renamed, stages="one three") == [f"The case is in {lacks}"]
    back = small_case(GO + '[two.back]\nby = "officer"\nthen = "goes to three"\n')
    back.step("2026-03-03", "go").step("2026-03-04", "back")
    said = against(back, "2026-03-04", renamed + '[three.back]\nby = "officer"\n', stages="one three")
    assert said == [f"The case was in {lacks}"]
    first = small_case(GO)
    assert against(first, "2026-03-02", renamed, stages="one three", beginning="two") == [
        f"The case is in {lacks}"
    ]
    assert against(first, "2026-03-02", renamed, stages="one three") == []


def test_a_step_that_was_for_the_case_and_is_for_each_party_is_another() -> None:
    steps = '[one.tell]\nby = "officer"\n'
    case = small_case(steps).step("2026-03-03", "tell")
    assert against(case, "2026-03-03", f'{steps}per = "party"\n') == [
        "“tell” is for each case now, and for each party there."
    ]
    assert against(case, "2026-03-03", steps) == []


def test_a_measure_in_force_keeps_its_rule_and_one_that_is_not_may_have_another() -> None:
    case = small_case(GO + BAN.format("20 days")).step("2026-03-03", "go")
    assert against(case, "2026-03-03", GO + BAN.format("30 days")) == []
    case.step("2026-03-04", "ban-now")
    assert against(case, "2026-03-04", GO + BAN.format("20 days")) == []
    assert against(case, "2026-03-04", GO + BAN.format("30 days")) == [
        "The measure “ban” is in force, and its rule is another in the new edition."
    ]


def test_a_sanction_that_was_imposed_and_an_office_that_acted_are_still_known() -> None:
    case = small_case(GO + JUDGE.format("bar")).step("2026-03-03", "go")
    case.step("2026-03-04", "judge", "imposed")
    case.note("2026-03-04", SanctionImposed(sanction="bar", step="judge"), office="panel")
    assert against(case, "2026-03-04", GO + JUDGE.format("bar")) == []
    assert against(case, "2026-03-04", GO + JUDGE.format("fine")) == [
        "The record of the case names the sanction “bar”, which the new edition lacks."
    ]
