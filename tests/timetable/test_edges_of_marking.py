"""Where a case stands, step by step, where only a slight difference in the rulebook shows."""

import pytest
from tests.timetable.casebook import Casebook
from tests.timetable.small_books import small_case

from duly.record.facts import FastTracked
from duly.rulebook.phrases import Counted

ABROAD = "".join(f'[question.{name}]\nask = "?"\nanswers = ["no", "yes"]\n' for name in ("abroad", "ill"))
BOTH = '[one.act]\nby = "officer"\nwithin = ["10 days after receive", "20 days after receive"]\n'


def dues(case: Casebook, on: str, step: str) -> list[str]:
    return [str(clock.due) for clock in case.at(on).clocks if clock.step == step and clock.is_running]


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        ('"15 days after receive"', ["2026-03-17", "2026-03-17"]),
        ('["15 days after receive", "30 days after receive"]', ["2026-03-17", "2026-04-01"]),
        (
            '["15 days after receive", "30 days after receive", "40 days after receive"]',
            ["2026-03-17", "2026-04-01"],
        ),
    ],
)
def test_each_part_of_a_time_has_its_own_instead_or_the_last_there_is(
    within: str, expected: list[str]
) -> None:
    steps = f'{BOTH}instead = [{{ when = "abroad is yes", within = {within} }}]\n{ABROAD}'
    case = small_case(steps)
    assert dues(case, "2026-03-03", "act") == ["2026-03-12", "2026-03-22"]
    assert dues(case.answer("2026-03-03", "abroad", "yes"), "2026-03-03", "act") == expected


@pytest.mark.parametrize(
    ("shorter", "expected"),
    [
        ('"5 days after receive"', ["2026-03-07", "2026-03-07"]),
        ('["5 days after receive", "8 days after receive"]', ["2026-03-07", "2026-03-10"]),
    ],
)
def test_each_part_of_a_time_has_its_own_on_the_fast_track_or_the_last_there_is(
    shorter: str, expected: list[str]
) -> None:
    track = f'[fast_track]\nby = "chair"\ncriteria = ["ill"]\nshorter = {{ act = {shorter} }}\n'
    case = small_case(BOTH + track).note("2026-03-03", FastTracked(criterion=1), office="chair")
    assert dues(case, "2026-03-03", "act") == expected


def test_of_two_that_hold_instead_the_first_says_who() -> None:
    steps = (
        '[one.act]\nby = "officer"\ninstead = [{ when = "abroad is yes", by = "chair" }, '
        '{ when = "ill is yes", by = "panel" }]\n'
    )
    case = small_case(steps + ABROAD)
    step = case.book.steps["act"]
    assert case.at("2026-03-03").offices_of(step) == ("officer",)
    case.answer("2026-03-03", "ill", "yes")
    assert case.at("2026-03-03").offices_of(step) == ("panel",)
    case.answer("2026-03-03", "abroad", "yes")
    assert case.at("2026-03-03").offices_of(step) == ("chair",)


@pytest.mark.parametrize(
    ("kind", "is_moved"),
    [("", True), ("runs_on = true\n", False), ('is = "progress"\n', False), ('is = "review"\n', False)],
)
def test_a_pause_stops_every_time_but_those_that_protect_a_person(kind: str, is_moved: bool) -> None:
    steps = f'[one.act]\nby = "officer"\nwithin = "10 days after receive"\n{kind}'
    case = small_case(steps + '[pause.illness]\nby = "chair"\nat_most = "60 days"\n')
    case.pause("2026-03-04", "illness").resume("2026-03-06", "illness")
    assert dues(case, "2026-03-06", "act") == ["2026-03-14" if is_moved else "2026-03-12"]


def test_what_is_allowed_from_the_later_of_two_days_is_not_allowed_from_the_first() -> None:
    steps = (
        '[one.act]\nby = "officer"\nnot_before = '
        '{ later_of = ["9 days after receive", "20 days after receive"] }\n'
        '[one.more]\nby = "officer"\nnot_before = "the case opens"\n'
        '[one.later]\nby = "officer"\nnot_before = "9 days after two begins"\n'
    )
    case = small_case(steps)
    marking = case.at("2026-03-03")
    (later,), (opens,), (begins,) = (case.book.steps[name].not_before for name in ("act", "more", "later"))
    assert str(marking.earliest(later)) == "2026-03-22"
    assert str(marking.earliest(opens)) == "2026-03-02"
    assert marking.earliest(begins) is None


ROUNDS = (
    '[one.go]\nby = "officer"\nthen = "goes to two"\ntimes = "any"\n'
    '[two.back]\nby = "officer"\nthen = "goes to one"\ntimes = "any"\n'
    '[one.act]\nby = "officer"\nwithin = "5 days after {}"\n'
    '[anytime.note]\nby = "officer"\nduring = ["one", "two"]\n'
    '[anytime.late]\nby = "officer"\nduring = ["two", "three"]\n'
    '[one.end]\nby = "officer"\nthen = "closes the case as over"\n'
    '[anytime.tell]\nby = "officer"\neven_when_closed = true\nwithin = "9 days after the case closes"\n'
)


@pytest.mark.parametrize(("since", "due"), [("one begins", "2026-03-15"), ("two ends", "2026-03-15")])
def test_a_time_counts_from_the_latest_beginning_and_the_latest_end(since: str, due: str) -> None:
    case = small_case(ROUNDS.format(since)).step("2026-03-04", "go").step("2026-03-05", "back")
    assert dues(case, "2026-03-05", "act") == ["2026-03-10"]
    case.step("2026-03-09", "go").step("2026-03-10", "back")
    assert dues(case, "2026-03-10", "act") == [due]
    (timing,) = case.book.steps["act"].within
    assert isinstance(timing, Counted)
    assert str(case.at("2026-03-10").day_of(timing.reference)) == "2026-03-10"


def test_a_step_is_over_when_each_of_its_stages_is_and_not_before_any_began() -> None:
    case = small_case(ROUNDS.format("one begins"))
    note, late = case.book.steps["note"], case.book.steps["late"]

    def over(on: str) -> tuple[bool, bool]:
        return case.at(on).is_over(note), case.at(on).is_over(late)

    assert over("2026-03-03") == (False, False)
    case.step("2026-03-04", "go")
    assert over("2026-03-04") == (False, False)
    case.step("2026-03-05", "back")
    assert over("2026-03-05") == (False, True)
    assert not case.at("2026-03-05").is_history(note)
    assert case.at("2026-03-05").is_history(late)
    case.step("2026-03-06", "end")
    assert case.at("2026-03-06").is_history(note)
    assert dues(case, "2026-03-06", "tell") == ["2026-03-15"]


def test_each_partys_own_last_day_is_waited_for() -> None:
    steps = (
        '[one.tell]\nby = "officer"\nper = "party"\n'
        '[one.reply]\nby = ["complainant", "respondent"]\nper = "party"\nwithin = "5 days after tell"\n'
        'if_late = "nothing"\n[one.read]\nby = "officer"\nper = "party"\n'
        'within = "3 days after reply is due"\n'
    )
    case = small_case(steps).step("2026-03-03", "tell", key="R").step("2026-03-06", "tell", key="C1")
    clocks = {clock.key: str(clock.due) for clock in case.at("2026-03-06").clocks if clock.step == "read"}
    assert clocks == {"R": "2026-03-11", "C1": "2026-03-14"}
