"""Times, what they count from, and conditions, as readers hear them: joined as one speaks."""

import re
from collections.abc import Iterator

import pytest
from tests.timetable.casebook import ROOT, rulebook
from tests.timetable.small_books import small_book

from duly.rulebook.book import Rulebook
from duly.rulebook.phrases import Condition, IsDone, Reference, StepDone
from duly.rulebook.prose import later_of, say_conditions, say_limit, say_reference, say_test, say_timing

BOOK = """
[measure.hold]
[one.look]
by = "officer"
times = "any"
[one.serve]
by = "officer"
within = "9 days after receive"
outcomes = ["sent", "kept"]
[one.fix]
by = "officer"
sets = ["hearing-day"]
[day.hearing-day]
not_after = "40 days after receive"
[one.asked]
by = "officer"
within = {within}
"""

# As the rulebook has it; as a time; as the sentence of a limit.
TIMES = [
    ('"5 working days after receive"', "5 working days after receive", "within"),
    ('"1 week beginning with two begins"', "1 week beginning with the beginning of two", "within"),
    ('"5 days after two ends"', "5 days after the end of two", "within"),
    ('"5 days after the case opens"', "5 days after the receipt of the complaint", "within"),
    ('"5 days after serve is due"', "5 days after the last day for serve", "within"),
    ('"5 clear days before hearing-day"', "5 clear days before the hearing day", "no later than"),
    ('"hearing-day"', "the hearing day", "by"),
    ('"5 days after the latest look"', "5 days after the latest look", "within"),
    ('"5 days after the first look"', "5 days after the first look", "within"),
    ('"5 days after the latest hold begins"', "5 days after the latest beginning of hold", "within"),
    ('"5 days after serve or time up"', "5 days after serve or the end of its time", "within"),
    (
        '"5 days after the first serve or time up"',
        "5 days after the first serve or the end of its time",
        "within",
    ),
    ('"5 days after fix or serve"', "5 days after fix or serve", "within"),
    ('"5 days after the first look or serve"', "5 days after the first look or the first serve", "within"),
    (
        '"28 days after the latest of the case opens or look"',
        "28 days after the later of the receipt of the complaint and the latest look",
        "within",
    ),
    (
        '"28 days after the latest of hold begins or look or serve: sent"',
        "28 days after the latest of the beginning of hold, the latest look and the latest serve: sent",
        "within",
    ),
    (
        '{ later_of = ["14 days after hearing-day", "28 days after serve"] }',
        "the later of 14 days after the hearing day and 28 days after serve",
        "within",
    ),
    (
        '{ later_of = ["1 day after fix", "2 days after the latest look", "3 days after serve"] }',
        "the latest of 1 day after fix, 2 days after the latest look and 3 days after serve",
        "within",
    ),
    (
        '{ later_of = ["hearing-day", "28 days after serve"] }',
        "the later of the hearing day and 28 days after serve",
        "by",
    ),
]


@pytest.mark.parametrize(("within", "said", "joined"), TIMES, ids=[said for _, said, _ in TIMES])
def test_a_time_and_the_sentence_of_its_limit(within: str, said: str, joined: str) -> None:
    (timing,) = small_book(BOOK.format(within=within)).steps["asked"].within
    assert say_timing(timing) == said
    assert say_limit(timing) == f"{joined} {said}"


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Condition(IsDone(Reference((StepDone("serve"),)))), "serve is done"),
        (
            Condition(IsDone(Reference((StepDone("serve"),), or_time_up=True))),
            "serve is done or its time is up",
        ),
        (
            Condition(IsDone(Reference((StepDone("serve"),), or_time_up=True)), negated=True),
            "serve is not done and its time is not up",
        ),
    ],
)
def test_a_condition_on_what_is_done_or_out_of_time(condition: Condition, said: str) -> None:
    assert say_conditions((condition,)) == said


def test_the_later_of_one_is_that_one() -> None:
    assert later_of(["a"]) == "a"


SHIPPED = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "rulebooks").glob("*/*.toml"))
_WRONG = re.compile(r"\bthe (first|latest|later) the\b|\bthe the\b|, (or|and) ?,|  | ,|within by\b")


def _said(book: Rulebook) -> Iterator[str]:
    yield from (say_limit(limit.timing) for limit in book.limits)
    for limit in book.limits:
        yield from (say_limit(timing) for instead in limit.instead for timing in instead.within or ())
    for step in book.steps.values():
        yield from map(say_reference, step.after)
        yield from map(say_timing, step.not_before)
        yield say_test(step.only_if)
        for outcome in step.outcomes.values():
            yield from map(say_reference, outcome.after)
    for day in book.days.values():
        yield from map(say_timing, (*day.not_before, *day.not_after))


@pytest.mark.parametrize("path", [*SHIPPED, "tests/rulebooks/village-bands.toml"])
def test_every_time_of_a_rulebook_is_said_without_a_wrong_join(path: str) -> None:
    said = list(_said(rulebook(path)))
    assert any(said)  # a short rulebook has a single time
    assert [each for each in said if _WRONG.search(each)] == []
