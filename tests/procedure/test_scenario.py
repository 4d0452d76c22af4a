"""Reading scenarios: every fault of a file is said, with the scenario and the line."""

from datetime import date

import pytest

from duly.procedure.scenario import UnreadableScenarios, read_scenarios

GOOD = """
[[scenario]]
name = "One"
says = "It begins."
does = [{ on = 2026-03-02, step = "receive", key = "K1" }]
expects = [{ on = 2026-03-02, limit = "acknowledge", due = 2026-03-09 }]

[[scenario]]
name = "Two"
continues = "One"
says = "It goes on."
does = [{ on = 2026-03-04, step = "acknowledge", key = "K1" }]
expects = []
"""


def test_a_scenario_that_continues_another_begins_with_what_was_done_there() -> None:
    found = read_scenarios(GOOD)
    assert isinstance(found, tuple)
    one, two = found
    assert [does.step for does in two.does] == ["receive", "acknowledge"]
    assert [expects.due for expects in one.expects] == [date(2026, 3, 9)]
    assert two.expects == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('[[scenario]]\nname = "One"', '[[scenario]\nname = "One"', "This is not TOML"),
        ("[[scenario]]", "[[story]]", "I do not know “story”: write [[scenario]]."),
        ('says = "It begins."', "", "Scenario 1 needs a name and a sentence"),
        ('name = "Two"', 'name = "One"', "Two scenarios are called “One”."),
        ('says = "It begins."', 'says = "It begins."\nwhy = "x"', "“One”: I do not know “why”."),
        ('continues = "One"', 'continues = "Three"', "no scenario above it is called that"),
        ('step = "receive"', 'stepp = "receive"', "“One”, does, line 1: I do not know “stepp”."),
        ('step = "receive"', 'step = "receive", pause = "police"', "line 1: say exactly one of step,"),
        ("on = 2026-03-02, step", "step", "line 1: on which day?"),
        (
            "due = 2026-03-09",
            'due = "9 March"',
            "“One”, expects, line 1: due should be a day, like 2026-03-02.",
        ),
        ('key = "K1" }]\nexpects = [{', "key = 1 }]\nexpects = [{", "key should be words in quotation marks"),
        ("on = 2026-03-04", "on = 2026-03-01", "what is done on Sun 1 Mar 2026 stands below Mon 2 Mar 2026"),
        ("expects = []", "expects = {}", "“Two”, expects: write a list of lines in braces."),
    ],
)
def test_a_slip_is_said_where_it_is(old: str, new: str, says: str) -> None:
    assert old in GOOD
    found = read_scenarios(GOOD.replace(old, new))
    assert isinstance(found, UnreadableScenarios)
    assert says in str(found)


def test_every_fault_is_said_at_once() -> None:
    text = GOOD.replace('step = "receive"', 'stepp = "receive"').replace('"Two"\n', '"One"\n')
    found = read_scenarios(text)
    assert isinstance(found, UnreadableScenarios)
    assert len(found.faults) >= 3
