"""What each phrase of the small language means, one by one, and what is said where it means nothing."""

import pytest
from tests.rulebook.test_edges import book, faults

from duly.rulebook.following import read_following, read_test
from duly.rulebook.grammar import read_references, read_timings
from duly.rulebook.lengths import begins_with_number, in_words, read_every, read_length
from duly.rulebook.names import Kind, Reading, Spot
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
    Occasion,
    QuestionIs,
    Reference,
    StartsLinked,
    StepDone,
    StepDue,
    Tells,
    Test,
    TooLate,
    What,
    Which,
)
from duly.vocabulary import Length, Unit

ANSWERED = Reference((StepDone("answer"),))


def spot() -> Spot:
    """Under [one.act], in a book with one thing of each kind."""
    reading = Reading({"one.act": 4}, {"one.act": 4}, calendar="GB-ENG")
    reading.names.kinds.update(
        {
            **{"one": Kind.STAGE, "two": Kind.STAGE, "ban": Kind.MEASURE, "hearing": Kind.DAY},
            **{"act": Kind.STEP, "answer": Kind.STEP, "sift": Kind.STEP},
            **{"chair": Kind.OFFICE, "abroad": Kind.QUESTION},
        }
    )
    reading.names.lines.update(dict.fromkeys(reading.names.kinds, 7))
    reading.names.outcomes.update({"act": (), "answer": (), "sift": ("accepted", "dismissed")})
    reading.names.answers["abroad"] = ("yes", "no")
    reading.names.order = [("answer", "one"), ("act", "one")]
    return Spot(reading, "one.act", "one.act", "key")


def told(at: Spot) -> list[str]:
    return [str(fault).removeprefix("line 4, ").removeprefix("[one.act], ") for fault in at.reading.faults]


@pytest.mark.parametrize(
    ("said", "claim", "negated"),
    [
        ("abroad is yes", QuestionIs("abroad", "yes"), False),
        ("abroad is not no", QuestionIs("abroad", "no"), True),
        ("two is open", IsOpen("two"), False),
        ("ban is not open", IsOpen("ban"), True),
        ("answer is owed", IsOwed("answer"), False),
        ("answer is not owed", IsOwed("answer"), True),
        ("answer is done", IsDone(ANSWERED), False),
        ("two begins is not done", IsDone(Reference((Begins("two"),))), True),
    ],
)
def test_a_condition(said: str, claim: QuestionIs | IsOpen | IsOwed | IsDone, negated: bool) -> None:
    at = spot()
    assert read_test(said, at) == Test(((Condition(claim, negated),),))
    assert read_test([said, "two is open"], at) == Test(
        ((Condition(claim, negated),), (Condition(IsOpen("two"), False),))
    )
    assert told(at) == []


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("abroad is perhaps", 'key: "abroad" has no answer "perhaps". Say one of: yes, no.'),
        ("answer is open", 'key: "answer" is a step (line 7), not a stage or a measure. Say one of: one'),
        ("two is owed", 'key: "two" is a stage (line 7), not a step. Say one of: act, answer'),
        ("two is yes", 'key: "two" is a stage: it cannot be "yes". A stage or measure is open; a step is'),
        ("dance is yes", 'key: there is no question "dance". Say one of: abroad.'),
        ("dance", 'key: "dance" is no test. Say "abroad is yes", "appeal is open", "answer is owed" or'),
        ("answer is due", 'key: "answer is due" is no test.'),
        ("", "key: there are no words in it."),
        (3, 'key: I expected a test in quotation marks. For instance "abroad is yes".'),
    ],
)
def test_what_is_no_condition_is_told(said: object, says: str) -> None:
    at = spot()
    read_test(said, at)
    (fault,) = told(at)
    assert fault.startswith(says)


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("goes to two", GoesTo("two")),
        ("begins two", BeginsStage("two")),
        ("begins ban", BeginsStage("ban")),
        ("ends two", EndsWhat("two")),
        ("ends ban", EndsWhat("ban")),
        ("ends answer", EndsWhat("answer")),
        ("tells chair", Tells("chair")),
        ("counts as sift: accepted", CountsAs("sift", "accepted")),
        ("counts as sift :dismissed", CountsAs("sift", "dismissed")),
        ("starts a linked case", StartsLinked(None)),
        ("starts a linked case under the grievance rules", StartsLinked("the grievance rules")),
        ("closes the case as over and done with", Closes("over and done with")),
        (f"closes the case as {'x' * 60}", Closes("x" * 60)),
        ("too late", TooLate()),
        ("nothing", NothingFollows()),
    ],
)
def test_what_follows(said: str, what: What) -> None:
    at = spot()
    assert read_following(said, at) == (Consequence(what),)
    when = Test(((Condition(IsOpen("two"), True),),))
    assert read_following([f"{said} if two is not open", "nothing"], at) == (
        Consequence(what, when),
        Consequence(NothingFollows()),
    )
    assert told(at) == []


FOLLOWS = (
    "what follows must be one of: goes to, begins, ends, closes the case as, counts as, starts, tells, "
    "too late, nothing."
)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("goes to ban", 'key: "ban" is a measure (line 7), not a stage. Say "begins ban": a case goes to a'),
        ("goes to answer", 'key: "answer" is a step (line 7), not a stage. Say one of: one, two.'),
        (
            "begins answer",
            'key: "answer" is a step (line 7), not a stage or a measure. Say one of: one, two, ban.',
        ),
        ("begins bam", 'key: there is no stage or measure "bam". Did you mean "ban" (line 7)?'),
        ("ends chair", 'key: "chair" is an office (line 7), not a stage or a measure or a step.'),
        ("tells two", 'key: "two" is a stage (line 7), not an office. Say one of: chair.'),
        ("counts as two: accepted", 'key: "two" is a stage (line 7), not a step. Say one of: act, answer'),
        ("counts as sift: lost", 'key: "sift" has no outcome "lost". Say one of: accepted, dismissed.'),
        ("counts as act: lost", 'key: "act" has no outcomes, so none is "lost". Say "act", or give it'),
        (f"closes the case as {'x' * 61}", "these words are too long to close a case with. Use at most 60"),
        ("closes the case as \x07", "these words are too long to close a case with."),
        ("goto two", f'key: "goto two": {FOLLOWS} Say "goes to two".'),
        ("goto", f'key: "goto": {FOLLOWS} Say "goes to STAGE".'),
        ("closes", f'key: "closes": {FOLLOWS} For instance "closes the case as dismissed".'),
        ("counts as", f'key: "counts as": {FOLLOWS} For instance "counts as look-again: accepted".'),
        ("dances", f'key: "dances": {FOLLOWS}'),
        (3, "key: I expected what follows, in quotation marks. Say one of: goes to, begins"),
    ],
)
def test_what_follows_nowhere_is_told(said: object, says: str) -> None:
    at = spot()
    read_following(said, at)
    (fault,) = told(at)
    assert says in fault


@pytest.mark.parametrize(
    ("said", "occasion"),
    [
        ("answer", StepDone("answer")),
        ("sift: accepted", StepDone("sift", "accepted")),
        ("sift : accepted by chair", StepDone("sift", "accepted", "chair")),
        ("answer by chair", StepDone("answer", None, "chair")),
        ("two begins", Begins("two")),
        ("ban begins", Begins("ban")),
        ("two ends", Ends("two")),
        ("answer is due", StepDue("answer")),
        ("hearing", FixedDay("hearing")),
        ("the case opens", Event.CASE_OPENS),
        ("the case closes", Event.CASE_CLOSES),
    ],
)
def test_an_occasion(said: str, occasion: Occasion) -> None:
    at = spot()
    assert read_references(said, at) == (Reference((occasion,)),)
    assert read_references(["answer", f"the latest of {said} or answer"], at) == (
        ANSWERED,
        Reference((occasion, StepDone("answer")), Which.LATEST),
    )
    assert read_timings(f"9 days before {said}", at) == (
        Counted(Length(9, Unit.DAYS), Direction.BEFORE, Reference((occasion,))),
    )
    assert read_timings({"later_of": [said, "9 days after answer"]}, at) == (
        LaterOf(
            (
                At(Reference((occasion,))),
                Counted(Length(9, Unit.DAYS), Direction.AFTER, ANSWERED),
            )
        ),
    )
    assert told(at) == []


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("9 days after dance", 'key: there is no step "dance".'),
        ("9 days after dance is due", 'key: there is no step "dance".'),
        ("9 days after answer begins", 'key: "answer" is a step (line 7), not a stage or a measure.'),
        ("9 days after two", 'key: "two" is a stage (line 7), not a step. Say "two begins" or "two ends".'),
        ("9 days after heering", 'key: there is no day "heering". Did you mean "hearing" (line 7)?'),
        ("9 days after sift: lost", 'key: "sift" has no outcome "lost".'),
        ("9 days after two: lost", 'key: "two" is a stage (line 7), not a step.'),
        ("9 days after answer by two", 'key: "two" is a stage (line 7), not an office.'),
        ("9 days after sift: accepted by two", 'key: "two" is a stage (line 7), not an office.'),
        ("9 days after answer by Chair", 'key: I do not know "answer by Chair". Names are in small letters'),
        ("9 days after answer and sift", 'Instead of "and", write a list: ["serve-notice", "answer"].'),
        ("9 days after it began", 'key: "it began" has no meaning in a step. Name a step, or say "the case'),
        ("9 days after answer or ", 'key: I do not know "answer or".'),
        ("9 days after two begins or time up", '"or time up" stands behind a step.'),
        ("9 days after answer or sift or time up", '"or time up" stands behind one step only. Say "sift or'),
        ("within 9 days after answer", 'the key says "within" already. Write "9 days after answer".'),
        ("9 days", 'key = "9 days": nine days after what? For instance "9 days after answer".'),
        ("9 days after", "nine days after what? For instance"),
        ("9 days before", 'nine days before what? For instance "9 days before answer".'),
        ("9 days from sift", 'I do not know "from" here. Say "9 days after sift", or "beginning with"'),
        ("9 days from", 'I do not know "from" here. Say "9 days after answer", or "beginning with"'),
        ("9 days starting with sift", 'Say "9 days beginning with sift", or "beginning with" or "before".'),
        ("a hearing", 'key: I do not know "a hearing". Say a step'),
        ("nine days from", '"nine" is a word. Write it in figures: "9 days".'),
        ("nine days", '"nine" is a word. Write it in figures: "9 days".'),
        ("9 moons after answer", 'I do not know "moons".'),
        ([], 'key: the list is empty. Say a time, for instance "14 days after receive".'),
        (["answer", 3], "this is no time."),
        ({"later_of": ["answer", 3]}, "this is no time."),
        ({"later_of": [3, 3]}, "this is no time."),
        ({"later_of": ["answer"], "other": 1}, "this is no time."),
        (3, "key: this is no time."),
    ],
)
def test_what_is_no_time_is_told(said: object, says: str) -> None:
    at = spot()
    read_timings(said, at)
    (fault,) = told(at)
    assert says in fault


def test_a_phrase_and_a_list_are_as_long_as_anybody_would_read() -> None:
    at = spot()
    assert len(read_references(["answer"] * 20, at)) == 20
    assert read_timings("answer" + " " * 994, at) == (At(ANSWERED),)
    assert len(read_timings(" or ".join(["answer"] * 20), at)) == 1
    assert told(at) == []
    assert len(read_references(["answer"] * 21, at)) == 20
    read_timings("answer" + " " * 995, at)
    read_timings(" or ".join(["answer"] * 21), at)
    assert told(at) == [
        "key: the list has 21 members. Keep it to 20.",
        "key: the phrase has 1,001 letters. Keep it to 1000.",
        "key: 21 occasions in one reference. Name at most 20.",
    ]


@pytest.mark.parametrize(
    ("said", "length"),
    [
        ("1 day", Length(1, Unit.DAYS)),
        ("9 days in season", Length(9, Unit.DAYS, "season")),
        ("1 day in season", Length(1, Unit.DAYS, "season")),
        ("100 years", Length(100, Unit.YEARS)),
        ("1200 months", Length(1200, Unit.MONTHS)),
        ("5300 weeks", Length(5300, Unit.WEEKS)),
        ("36600 days", Length(36600, Unit.DAYS)),
        ("36600 hours", Length(36600, Unit.HOURS)),
    ],
)
def test_a_length(said: str, length: Length) -> None:
    at = spot()
    assert read_length(said, at) == length
    assert read_every(f"every  {said}", at) == length
    assert told(at) == []


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("101 years", 'key = "101 years": 101 years is no time for people. Write a number from 1 to 100.'),
        ("1201 months", "1201 months is no time for people. Write a number from 1 to 1,200."),
        ("5301 weeks", "Write a number from 1 to 5,300."),
        ("36601 days", "Write a number from 1 to 36,600."),
        ("36601 hours", "Write a number from 1 to 36,600."),
        ("0 days", "0 days is no time for people."),
        (f"{'1' * 30} days", f"{'1' * 23}… days is no time for people."),
        ("²  days", "a length is a number and a unit."),
        ("x days", "a length is a number and a unit."),
        ("9", "a length is a number and a unit."),
        ("no days", "a length is a number and a unit."),
        ("a day", '"a" is a word. Write it in figures: "1 day".'),
        ("an hour", 'Write it in figures: "1 hour".'),
        ("twelve days", 'Write it in figures: "12 days".'),
        ("twenty days", 'Write it in figures: "20 days".'),
        ("ninety days", 'Write it in figures: "90 days".'),
        ("9 days in Season", 'I do not know "days in Season". Say "working days" (the calendar GB-ENG) or'),
        ("9 yers", 'I do not know "yers". Did you mean "years"?'),
        ("9 moons", 'I do not know "moons". Say one of: '),
        ("9 business days", 'Say "working days" (the calendar GB-ENG) or "days".'),
    ],
)
def test_what_is_no_length_is_told(said: str, says: str) -> None:
    at = spot()
    assert read_length(said, at) is None
    (fault,) = told(at)
    assert says in fault


def test_how_often_something_comes_round() -> None:
    at = spot()
    assert read_every("every year", at) == Length(1, Unit.YEARS)
    assert read_every("every 28 days", at) == Length(28, Unit.DAYS)
    assert told(at) == []
    assert read_every("28 days", at) is None
    assert told(at) == ['key = "28 days": I expected how often. For instance "every 28 days".']


def test_numbers_and_words() -> None:
    begin = ("9 days", "9th", "two weeks from", "a working day", "no days")
    others = ("n9 days", "", "two", "a hearing", "nine-days days")
    assert [begins_with_number(words) for words in (*begin, *others)] == [True] * 5 + [False] * 5
    assert [in_words(number) for number in ("0", "12", "19", "20", "21", "99", "100", "²", "x")] == [
        *("no", "twelve", "nineteen", "twenty", "twenty-one", "ninety-nine", "100", "²", "x"),
    ]
    assert in_words("1" * 30) == "1" * 23 + "…"


def test_a_clash_of_names_is_told_once_and_both_are_known() -> None:
    steps = '[one.chair]\nby = "chair"\n[one.act]\nby = "chair"\nwithin = "9 days after chair"\n'
    (said,) = faults(steps)
    assert 'an office and a step are both called "chair".' in said
    assert book(steps.replace("[one.chair]", "[one.look]").replace("after chair", "after look"))
