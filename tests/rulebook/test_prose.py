"""What follows from a step, as readers hear it."""

import pytest

from duly.rulebook.phrases import (
    BeginsStage,
    Closes,
    Condition,
    Consequence,
    CountsAs,
    EndsWhat,
    GoesTo,
    IsDone,
    IsOpen,
    NothingFollows,
    Reference,
    StartsLinked,
    StepDone,
    Tells,
    Test,
    TooLate,
    What,
)
from duly.rulebook.prose import say_consequences


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (GoesTo("second-look"), "the case goes to second look"),
        (BeginsStage("interim-suspension"), "interim suspension begins"),
        (EndsWhat("interim-appeal"), "interim appeal ends"),
        (Closes("left before notice"), "the case is closed as “left before notice”"),
        (CountsAs("look-again", "accepted"), "it counts as look again: accepted"),
        (StartsLinked(), "a linked case is started"),
        (StartsLinked("grievances"), "a linked case is started under grievances"),
        (Tells("overseer"), "the overseer is told"),
        (TooLate(), "it can no longer be done"),
        (NothingFollows(), "nothing else follows by itself"),
    ],
)
def test_each_phrase_of_what_follows_is_said_in_words(what: What, said: str) -> None:
    assert say_consequences([Consequence(what)]) == said


def test_several_phrases_are_one_clause_and_a_test_is_said_with_its_own() -> None:
    phrases = [
        Consequence(GoesTo("hearing"), Test(((Condition(IsDone(Reference((StepDone("report"),)))),),))),
        Consequence(EndsWhat("decided"), Test(((Condition(IsOpen("appeal"), negated=True),),))),
        Consequence(Tells("overseer")),
    ]
    assert say_consequences(phrases) == (
        "the case goes to hearing if report is done, decided ends if appeal is not open, "
        "and the overseer is told"
    )


def test_where_the_rulebook_says_nothing_nothing_follows() -> None:
    assert say_consequences([]) == "nothing else follows by itself"
