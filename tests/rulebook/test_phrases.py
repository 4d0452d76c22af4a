"""Every phrase that the types can hold is read back from the words it is written in."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duly.rulebook import spoken
from duly.rulebook.book import Accepted, Rulebook
from duly.rulebook.following import read_following, read_test
from duly.rulebook.gather import gather
from duly.rulebook.grammar import read_references, read_timings
from duly.rulebook.lengths import in_words, read_length
from duly.rulebook.names import Kind, Reading, Spot
from duly.rulebook.nearness import nearest, slips
from duly.rulebook.phrases import (
    At,
    Begins,
    BeginsStage,
    Closes,
    Condition,
    Consequence,
    Counted,
    CountsAs,
    Direction,
    Ends,
    EndsWhat,
    Event,
    FixedDay,
    GoesTo,
    IsDone,
    IsOpen,
    IsOwed,
    LaterOf,
    NothingFollows,
    QuestionIs,
    Reference,
    StartsLinked,
    StepDone,
    StepDue,
    Tells,
    Test,
    TooLate,
    Which,
)
from duly.rulebook.steps import Force, Limit
from duly.rulebook.values import read_values
from duly.vocabulary import Length, Unit

Reads = Callable[..., Rulebook]
LIMITS = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

STEPS = st.sampled_from(["receive", "sift", "answer", "serve-notice", "decide-interim-appeal"])
STAGES = st.sampled_from(["intake", "second-look", "interim-appeal"])
BOUND = st.one_of(STAGES, st.just("interim-suspension"))
OFFICES = st.sampled_from(["panel", "complaints-officer", "respondent"])
OUTCOMES = st.sampled_from([("sift", "accepted"), ("report", "agreed"), ("find", "not-proved")])

occasions = st.one_of(
    st.builds(StepDone, STEPS, st.none(), st.none() | OFFICES),
    OUTCOMES.map(lambda pair: StepDone(*pair)),
    st.builds(Begins, BOUND),
    st.builds(Ends, BOUND),
    st.builds(StepDue, STEPS),
    st.just(FixedDay("hearing-day")),
    st.sampled_from([Event.CASE_OPENS, Event.CASE_CLOSES]),
)
references = st.one_of(
    st.builds(Reference, st.lists(occasions, min_size=1, max_size=4).map(tuple), st.sampled_from(Which)),
    st.builds(lambda step: Reference((StepDone(step),), or_time_up=True), STEPS),
)
lengths = st.builds(Length, st.integers(1, 99), st.sampled_from(Unit), st.none()) | st.builds(
    Length, st.integers(1, 99), st.just(Unit.DAYS), st.just("season")
)
parts = st.one_of(
    st.builds(Counted, lengths, st.sampled_from(Direction), references), st.builds(At, references)
)
conditions = st.builds(
    Condition,
    st.one_of(
        st.builds(QuestionIs, st.just("abroad"), st.sampled_from(["yes", "no"])),
        st.builds(IsOpen, BOUND),
        st.builds(IsOwed, STEPS),
        st.builds(IsDone, references),
    ),
    st.booleans(),
)
tests = st.lists(st.lists(conditions, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(
    lambda all_of: Test(tuple(all_of))
)
consequences = st.builds(
    Consequence,
    st.one_of(
        st.builds(GoesTo, STAGES),
        st.builds(BeginsStage, BOUND),
        st.builds(EndsWhat, BOUND | STEPS),
        st.builds(Closes, st.sampled_from(["dismissed", "left before notice"])),
        OUTCOMES.map(lambda pair: CountsAs(*pair)),
        st.builds(StartsLinked, st.sampled_from([None, "the grievance rules"])),
        st.builds(Tells, OFFICES),
        st.builds(TooLate),
        st.builds(NothingFollows),
    ),
    st.just(Test()) | tests,
)


@pytest.fixture(scope="module")
def spot(example: str) -> Spot:
    """A place in the example where phrases may be read; `spot.reading.faults` is what is wrong with them."""
    found = read_values(example)
    reading = Reading(found.outline.lines, found.outline.headings)
    assert gather(found.values, reading)
    return Spot(reading, "inquiry.answer", "inquiry.answer")


@given(parts)
@LIMITS
def test_times(spot: Spot, part: Counted | At) -> None:
    assert read_timings(spoken.timing(part), spot) == (part,)
    assert spot.reading.faults == []


@given(st.lists(parts, min_size=1, max_size=3).map(tuple))
@LIMITS
def test_the_later_of_several(spot: Spot, several: tuple[Counted | At, ...]) -> None:
    assert read_timings([{"later_of": [spoken.timing(part) for part in several]}], spot) == (
        LaterOf(several),
    )


@given(st.lists(references, max_size=3))
@LIMITS
def test_references(spot: Spot, several: list[Reference]) -> None:
    assert read_references([spoken.reference(each) for each in several], spot) == tuple(several)


@given(tests)
@LIMITS
def test_tests(spot: Spot, test: Test) -> None:
    said = spoken.test(test)
    assert read_test(said, spot) == test
    assert read_test(said.split(" and "), spot) == test
    assert spot.reading.faults == []


@given(st.lists(consequences, max_size=3))
@LIMITS
def test_what_follows(spot: Spot, several: list[Consequence]) -> None:
    said = [spoken.consequence(each) for each in several]
    assert read_following(said, spot) == tuple(several)
    assert spot.reading.faults == []


@given(lengths)
@LIMITS
def test_lengths_in_the_singular_and_the_plural(spot: Spot, length: Length) -> None:
    assert read_length(str(length), spot) == length


def test_shapes_that_the_example_does_not_need(reads: Reads) -> None:
    limit = (
        '[limit.backstop]\nfor = "report"\nif_late = ["tells overseer", "tells president"]\n'
        'within = ["30 weeks after inquiry begins", "10 days in season after sift"]\n'
    )
    accepted = '[was]\ninquiry = "investigation"\n[[accepted]]\nrule = "L04"\nat = "x"\nreason = "y"\n'
    times = 'within = ["48 hours beginning with inquiry begins", "answer"]\nforce = "aim"\nruns_on = true'
    source = 'source = "The printed rules"\nchecked_on = 2026-02-03\nnot_verified = ["F 9"]\n'
    book = reads(
        ('within  = "12 weeks after inquiry begins"', times),
        ("[retention]\n", f"{accepted}{limit}[retention]\n"),
        ("anonymous     =", f"{source}anonymous     ="),
    )
    begins = Reference((Begins("inquiry"),))
    report = book.steps["report"]
    assert report.within == (
        Counted(Length(48, Unit.HOURS), Direction.BEGINNING_WITH, begins),
        At(Reference((StepDone("answer"),))),
    )
    assert (report.force, report.runs_on) == (Force.AIM, True)
    told = (Consequence(Tells("overseer")), Consequence(Tells("president")))
    assert book.named_limits == (
        Limit(
            name="backstop",
            step="report",
            part=0,
            timing=Counted(Length(30, Unit.WEEKS), Direction.AFTER, begins),
            if_late=told,
        ),
        Limit(
            name="backstop",
            step="report",
            part=1,
            timing=Counted(Length(10, Unit.DAYS, "season"), Direction.AFTER, Reference((StepDone("sift"),))),
            if_late=told,
        ),
    )
    assert book.was == {"inquiry": "investigation"}
    assert book.accepted == (Accepted(rule="L04", at="x", reason="y"),)
    assert (book.source, book.checked_on, book.not_verified) == (
        "The printed rules",
        date(2026, 2, 3),
        ("F 9",),
    )


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("anwser", "answer"),
        ("recieve", "receive"),
        ("notice", "serve-notice"),
        ("sfit", "sift"),
        ("xyz", None),
    ],
)
def test_the_word_that_was_probably_meant(word: str, meant: str | None, spot: Spot) -> None:
    assert nearest(word, spot.reading.names.of(Kind.STEP)) == meant


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_slips_are_counted_alike_from_both_sides(one: str, other: str) -> None:
    assert slips(one, other, 9) == slips(other, one, 9)
    assert (slips(one, other, 9) == 0) == (one == other)
    assert slips(one, other, 9) <= max(len(one), len(other))


@pytest.mark.parametrize(
    ("number", "words"),
    [("1", "one"), ("14", "fourteen"), ("21", "twenty-one"), ("90", "ninety"), ("365", "365")],
)
def test_numbers_that_begin_a_question(number: str, words: str) -> None:
    assert in_words(number) == words
