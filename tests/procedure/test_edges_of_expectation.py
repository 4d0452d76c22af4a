"""What a scenario expects, and in which order next steps stand, where only a slight difference shows."""

from datetime import date

import pytest
from tests.procedure.desk import Desk, officer, party
from tests.timetable.casebook import Casebook, day
from tests.timetable.small_books import small_case

from duly.procedure import next_steps
from duly.procedure.expectation import differences
from duly.procedure.scenario import Expects, UnreadableScenarios, read_scenarios

STEPS = (
    '[one.look]\nby = "officer"\nwithin = "9 days after receive"\nif_late = "tells overseer"\n'
    '[one.wait]\nby = "officer"\nnot_before = ["5 days after receive", "12 days after receive"]\n'
    '[one.unknown]\nby = "officer"\nnot_before = ["5 days after receive", "12 days after look"]\n'
)


def said(expects: Expects) -> list[str]:
    return list(differences(small_case(STEPS).at(str(expects.on)), expects))


@pytest.mark.parametrize(
    ("step", "opens_on", "expected"),
    [
        ("wait", "2026-03-14", []),
        ("wait", "2026-03-07", ["“wait” should open Sat 7 Mar 2026; it opens Sat 14 Mar 2026."]),
        ("unknown", "2026-03-07", ["“unknown” should open Sat 7 Mar 2026; it opens on a day not known yet."]),
    ],
)
def test_a_closed_step_opens_on_the_last_of_its_days_if_all_are_known(
    step: str, opens_on: str, expected: list[str]
) -> None:
    assert said(Expects(closed_step=step, on=day("2026-03-03"), opens_on=day(opens_on))) == expected


def test_who_is_told_of_what() -> None:
    on = day("2026-03-12")
    assert said(Expects(told="overseer", on=on)) == []
    assert said(Expects(told="overseer", about="look", on=on)) == []
    assert said(Expects(told="overseer", about="wait", on=on)) == [
        "the overseer should be told about “wait”."
    ]
    assert said(Expects(told="overseer", on=day("2026-03-11"))) == ["the overseer should be told."]


ORDER = (
    '[one.free]\nby = "officer"\n'
    '[one.opens-late]\nby = "officer"\nnot_before = "20 days after receive"\n'
    '[one.opens-soon]\nby = "officer"\nnot_before = "9 days after receive"\n'
    '[one.owed-late]\nby = "officer"\nwithin = "30 days after receive"\n'
    '[one.owed-soon]\nby = "officer"\nwithin = "10 days after receive"\n'
    '[one.late]\nby = "officer"\nwithin = "2 days after receive"\n'
    '[one.reply]\nby = "respondent"\nwithin = "40 days after receive"\n'
)


def shown(case: Casebook, on: str) -> list[str]:
    desk = Desk(case)
    found = next_steps(case.at(on), actors=[officer("officer")], roll=desk.roll, today=date.fromisoformat(on))
    return [each.step.name for each in found if each.step.name != "receive"]


def test_what_is_late_comes_first_then_what_is_owed_by_day_then_what_is_free_and_closed() -> None:
    expected = ["late", "owed-soon", "owed-late", "reply", "free", "opens-soon", "opens-late"]
    assert shown(small_case(ORDER), "2026-03-06") == expected


def test_of_two_appointments_a_partys_step_is_for_whoever_may_write_it_down() -> None:
    case = small_case(ORDER)
    desk = Desk(case)
    actors = [officer("chair"), officer("officer")]
    found = next_steps(case.at("2026-03-06"), actors=actors, roll=desk.roll, today=day("2026-03-06"))
    by_step = {each.step.name: each for each in found}
    assert (by_step["reply"].actor.office, by_step["reply"].for_party) == ("officer", "respondent")
    assert by_step["reply"].is_open
    own = next_steps(
        case.at("2026-03-06"), actors=[party("respondent", "R")], roll=desk.roll, today=day("2026-03-06")
    )
    assert next(each for each in own if each.step.name == "reply").for_party is None


def test_what_may_be_dated_back_belongs_to_the_office_and_to_a_stage_that_began() -> None:
    book = (
        '[one.go]\nby = "officer"\nthen = "goes to two"\n'
        '[two.act]\nby = "officer"\n[three.never]\nby = "officer"\n'
        '[two.end]\nby = "officer"\nthen = "closes the case as over"\n[two.theirs]\nby = "chair"\n'
    )
    case = small_case(book).step("2026-03-04", "go")

    def back(case: Casebook, on: str) -> set[str]:
        desk = Desk(case)
        found = next_steps(case.at(on), actors=[officer("officer")], roll=desk.roll, today=day(on))
        return {each.step.name for each in found if each.may_be_dated_back}

    assert back(case, "2026-03-06") == {"receive", "go", "act", "end"}
    assert back(case.step("2026-03-07", "end"), "2026-03-09") == set()


STORY = """
[[scenario]]
name = "One"
says = "It begins."
does = [{ on = 2026-03-02, step = "receive" }]
expects = [{ on = 2026-03-02, case = "open" }]
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("scenario = 3", ["There is no scenario: begin with [[scenario]]."]),
        ("scenario = []", ["There is no scenario: begin with [[scenario]]."]),
        ("scenario = [3, 4]", [f"Scenario {n} is no table: begin with [[scenario]]." for n in (1, 2)]),
        (STORY.replace('{ on = 2026-03-02, step = "receive" }', ""), ["“One”: nothing is done in it."]),
        (
            STORY.replace('{ on = 2026-03-02, step = "receive" }', "3, { on = 2026-03-02, step = 4 }"),
            [
                "“One”, does, line 1: write it in braces.",
                "“One”, does, line 2: step should be words in quotation marks.",
                "“One”: nothing is done in it.",
            ],
        ),
        (
            STORY.replace('step = "receive"', 'step = "receive", days = { hearing = 2026-04-01, other = 3 }'),
            [
                "“One”, does, line 1: days should be days by name, in braces.",
                "“One”: nothing is done in it.",
            ],
        ),
        (
            STORY.replace('case = "open"', 'owed = "receive"'),
            ["“One”, expects, line 1: owed should be a list of names."],
        ),
        (
            STORY.replace('case = "open"', 'owed = ["receive", 3]'),
            ["“One”, expects, line 1: owed should be a list of names."],
        ),
        (
            STORY.replace('step = "receive"', "fast_track = true"),
            ["“One”, does, line 1: fast_track should be a number.", "“One”: nothing is done in it."],
        ),
        (
            STORY.replace('case = "open"', 'limit = "look", late = 1'),
            ["“One”, expects, line 1: late should be true or false."],
        ),
        (
            STORY.replace("expects = [{ on = 2026-03-02,", "expects = [{ on = 2026-03-02T10:00:00,"),
            ["“One”, expects, line 1: on should be a day, like 2026-03-02."],
        ),
    ],
)
def test_a_scenario_says_where_it_is_not_one(text: str, expected: list[str]) -> None:
    found = read_scenarios(text)
    assert isinstance(found, UnreadableScenarios)
    assert list(found.faults) == expected
