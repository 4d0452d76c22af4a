"""The complete example of the format, read to exactly the expected types."""

from datetime import date, time
from hashlib import sha256
from pathlib import Path

import pytest

from duly.rulebook.book import (
    Allowing,
    Counting,
    DayRule,
    Example,
    FastTrack,
    Held,
    Hold,
    LastDayClosed,
    Measure,
    Moves,
    Office,
    PauseRule,
    Proof,
    Question,
    Rulebook,
    RunningCases,
)
from duly.rulebook.phrases import (
    ALWAYS,
    At,
    Begins,
    BeginsStage,
    Closes,
    Condition,
    Consequence,
    Counted,
    CountsAs,
    Direction,
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
    Tells,
    Test,
    TooLate,
    Which,
)
from duly.rulebook.read import read
from duly.rulebook.steps import Extension, Instead, Is, NoWorseThan, Outcome, Per
from duly.vocabulary import Length, Unit

FILE = Path(__file__).parent.parent / "rulebooks" / "village-bands.toml"
TEXT = FILE.read_bytes().decode()


@pytest.fixture(scope="module")
def book() -> Rulebook:
    found = read(TEXT)
    assert isinstance(found, Rulebook), str(found)
    return found


def done(step: str, outcome: str | None = None, by: str | None = None) -> Reference:
    return Reference((StepDone(step, outcome, by),))


def after(amount: int, unit: Unit, reference: Reference) -> Counted:
    return Counted(Length(amount, unit), Direction.AFTER, reference)


def only(*what: object) -> tuple[Consequence, ...]:
    return tuple(Consequence(each) for each in what)  # type: ignore[arg-type]  # each of them is a What


def test_the_head_says_what_edition_it_is(book: Rulebook) -> None:
    assert book.title == "Complaints and discipline in the Federation of Village Bands"
    assert (book.edition, book.replaces, book.in_force_from) == ("2026", "2023", date(2026, 1, 1))
    assert (book.running_cases, book.calendar) == (RunningCases.FINISH_STAGE, "GB-ENG")
    assert book.proof == Proof(standard="more likely than not", burden="presenter")
    assert book.anonymous == "kept for information, opens no case by itself"
    assert book.digest == sha256(FILE.read_bytes()).hexdigest()


def test_stages_and_steps_keep_the_order_of_the_file(book: Rulebook) -> None:
    assert book.stages == (
        "intake",
        "second-look",
        "inquiry",
        "hearing",
        "decided",
        "appeal",
        "interim-appeal",
    )
    assert " ".join(book.steps) == (
        "receive acknowledge sift ask-second-look look-again serve-notice answer report fix-hearing postpone "
        "disclose find decide-sanction serve-decision lodge-appeal decide-appeal suspend review-suspension "
        "appeal-suspension decide-interim-appeal update leave publish reopen"
    )
    assert {step.home for step in book.steps.values()} == {*book.stages, "anytime", "interim-suspension"}


def test_how_time_is_counted(book: Rulebook) -> None:
    assert book.counting == Counting(
        last_day_closed=LastDayClosed.NEXT_WORKING_DAY,
        by_post=Length(2, Unit.WORKING_DAYS),
        day_ends_at=time(23, 59),
        zone="Europe/London",
    )
    assert book.if_an_office_is_late == only(Tells("overseer"))


def test_a_step_with_its_own_time_and_another_office_when_a_question_says_so(book: Rulebook) -> None:
    step = book.steps["acknowledge"]
    assert step.within == (after(5, Unit.WORKING_DAYS, done("receive")),)
    assert (step.per, step.clause, step.is_, step.if_late) == (
        Per.COMPLAINT,
        "F 4.1",
        Is.ACKNOWLEDGEMENT,
        None,
    )
    about = Test(((Condition(QuestionIs("about-the-office", "yes")),),))
    assert step.instead == (Instead(when=about, by=("deputy-officer",)),)


def test_first_and_latest(book: Rulebook) -> None:
    first = Reference((StepDone("receive"),), Which.FIRST)
    assert book.steps["sift"].within == (after(15, Unit.WORKING_DAYS, first),)
    latest = Reference((StepDone("serve-notice"),), Which.LATEST)
    assert book.steps["answer"].within == (after(21, Unit.DAYS, latest),)
    either = Reference((Begins("interim-suspension"), StepDone("review-suspension")), Which.LATEST)
    assert book.steps["review-suspension"].within == (after(28, Unit.DAYS, either),)
    assert book.steps["review-suspension"].times is None
    opens = Reference((Event.CASE_OPENS, StepDone("update")), Which.LATEST)
    assert book.steps["update"].within == (after(6, Unit.WEEKS, opens),)


def test_an_extension_and_time_up(book: Rulebook) -> None:
    fortnight = Length(14, Unit.DAYS)
    assert book.steps["answer"].extend == Extension(
        by=("panel-chair",), at_most=fortnight, times=1, grounds=("illness", "adviser away")
    )
    assert book.steps["answer"].if_late == only(NothingFollows())
    time_up = Reference((StepDone("answer"),), or_time_up=True)
    assert book.steps["report"].after == (done("serve-notice"), time_up)


def test_outcomes_are_merged_from_the_list_and_the_headings(book: Rulebook) -> None:
    assert book.steps["report"].outcomes == {
        "case-to-answer": Outcome(name="case-to-answer", then=only(GoesTo("hearing"))),
        "no-case": Outcome(name="no-case", then=only(GoesTo("second-look"))),
        "agreed": Outcome(name="agreed", then=only(GoesTo("decided")), agreed_by=("respondent", "presenter")),
    }
    first_proved = Reference((StepDone("find", "proved"),), Which.FIRST)
    assert book.steps["decide-sanction"].outcomes == {
        "none": Outcome(name="none", then=only(GoesTo("decided"))),
        "imposed": Outcome(name="imposed", then=only(GoesTo("decided")), after=(first_proved,)),
    }
    assert list(book.steps["find"].outcomes) == ["proved", "not-proved", "withdrawn", "outside-the-rules"]
    assert book.steps["find"].adverse == ("proved",)
    assert book.steps["decide-sanction"].adverse == ("imposed",)


def test_fixed_days_earliest_days_and_the_later_of_two(book: Rulebook) -> None:
    hearing_day = Reference((FixedDay("hearing-day"),))
    find = book.steps["find"]
    assert find.not_before == (At(hearing_day), after(14, Unit.CLEAR_DAYS, done("disclose")))
    assert find.within == (
        LaterOf((after(14, Unit.DAYS, hearing_day), after(28, Unit.DAYS, done("disclose")))),
    )
    assert find.only_if == Test(((Condition(IsOpen("interim-appeal"), negated=True),),))
    before = Counted(Length(14, Unit.CLEAR_DAYS), Direction.BEFORE, hearing_day)
    assert book.steps["disclose"].within == (before,)
    assert book.steps["fix-hearing"].sets == book.steps["postpone"].sets == ("hearing-day",)
    assert book.days == {
        "hearing-day": DayRule(
            name="hearing-day",
            not_before=(after(21, Unit.DAYS, done("fix-hearing")),),
            not_after=(after(8, Unit.WEEKS, Reference((Begins("hearing"),))),),
            moves=Moves(by="postpone", at_most=Length(4, Unit.WEEKS), takes_along=("find",)),
        )
    }


def test_what_follows_with_and_without_a_test(book: Rulebook) -> None:
    appeal_shut = (Condition(IsOpen("appeal"), negated=True),)
    lodge = book.steps["lodge-appeal"]
    assert lodge.by == ("respondent", "complainant")
    assert lodge.if_late == (
        Consequence(TooLate()),
        Consequence(
            Closes("decided"), Test(((Condition(IsOwed("lodge-appeal"), negated=True),), appeal_shut))
        ),
    )
    assert lodge.then == (Consequence(BeginsStage("appeal"), Test((appeal_shut,))),)
    decide = book.steps["decide-appeal"]
    assert decide.outcomes["sent-back"].then == only(EndsWhat("decided"), GoesTo("hearing"))
    assert decide.no_worse_than == NoWorseThan(
        step="decide-sanction", unless=done("lodge-appeal", by="complainant")
    )
    assert decide.not_the_people_of == ("find",)
    assert book.steps["look-again"].if_late == only(CountsAs("look-again", "accepted"))
    unserved = Test(((Condition(IsDone(done("serve-notice")), negated=True),),))
    assert book.steps["leave"].then == (Consequence(Closes("left before notice"), unserved),)
    assert book.steps["reopen"].then == only(StartsLinked())


def test_steps_at_any_time_and_measures(book: Rulebook) -> None:
    suspend = book.steps["suspend"]
    assert (suspend.home, suspend.during, suspend.stages) == (
        "anytime",
        ("inquiry", "hearing"),
        ("inquiry", "hearing"),
    )
    assert suspend.must_state[2] == "that nothing has been found"
    assert book.steps["publish"].even_when_closed
    assert book.measures == {
        "interim-suspension": Measure(
            name="interim-suspension",
            at_most=Length(6, Unit.MONTHS),
            ends_with=("decide-sanction",),
            credit="suspension",
        )
    }


def test_the_offices_and_who_is_kept_apart(book: Rulebook) -> None:
    assert book.parties == {"complainant", "respondent"}
    assert book.offices["complaints-officer"] == Office(name="complaints-officer", stands_in="deputy-officer")
    assert book.offices["panel"] == Office(
        name="panel",
        seats=3,
        quorum=3,
        drawn="by lot",
        majority="more than half",
        mix=("at least 1 from another region",),
    )
    assert [sorted(apart) for apart in book.separate] == [
        [
            "appeal-panel",
            "complaints-officer",
            "investigator",
            "overseer",
            "panel",
            "panel-chair",
            "presenter",
        ]
    ]
    assert book.questions["abroad"] == Question(
        name="abroad", ask="Does the respondent live outside the United Kingdom?", answers=("no", "yes")
    )


def test_the_sections_around_the_steps(book: Rulebook) -> None:
    a_year_before = Counted(Length(12, Unit.MONTHS), Direction.BEFORE, done("receive"))
    bullying = book.conduct["bullying"]
    assert (bullying.title, bullying.clause, bullying.range) == (
        "Bullying",
        "F 2.1",
        ("reminder", "suspension"),
    )
    assert bullying.too_old == Allowing(timing=a_year_before, unless="panel-chair")
    assert bullying.examples["mockery"] == Example(
        text="Mocking a player's ability, repeatedly",
        adopted="with a caveat",
        caveat="Ordinary criticism in rehearsal is not enough.",
    )
    assert book.pauses["police"] == PauseRule(
        name="police",
        by=("panel-chair",),
        at_most=Length(26, Unit.WEEKS),
        review_every=Length(28, Unit.DAYS),
    )
    first = Reference((StepDone("receive"),), Which.FIRST)
    assert book.fast_track == FastTrack(
        by=("panel-chair",),
        criteria=("open longer than 26 weeks", "the respondent's office ends within 6 months"),
        shorter={
            "sift": (after(5, Unit.WORKING_DAYS, first),),
            "decide-appeal": (after(7, Unit.WEEKS, Reference((Begins("appeal"),))),),
        },
    )
    assert book.platform is not None
    assert book.platform.measures["interim-suspension"] == "ask the overseer first"
    assert book.platform.exceptions[0] == "courts"
    assert book.publication is not None
    assert (book.publication.small_numbers, book.publication.reply) == (5, "14 days before publishing")
    assert book.retention is not None
    closes = Reference((Event.CASE_CLOSES,))
    assert book.retention.keep == {
        "dismissed": after(1, Unit.YEARS, closes),
        "decided": after(6, Unit.YEARS, closes),
    }
    assert book.retention.hold == Hold(by="overseer", review_every=Length(1, Unit.YEARS))
    assert book.accepted == ()


def test_the_ladder_lightest_first(book: Rulebook) -> None:
    assert list(book.sanctions) == ["reminder", "suspension", "expulsion"]
    suspension = book.sanctions["suspension"]
    assert (suspension.least, suspension.most) == (Length(1, Unit.MONTHS), Length(2, Unit.YEARS))
    assert suspension.begins == At(Reference((Event.APPEAL_TIME_OVER,)))
    assert suspension.spent == after(2, Unit.YEARS, Reference((Event.ENDS,)))
    assert suspension.held == Held(
        for_up_to=Length(2, Unit.YEARS), falls_due_on="another sanction in that time"
    )
    assert book.sanctions["reminder"].spent == after(1, Unit.YEARS, Reference((Event.SERVED,)))
    assert book.sanctions["expulsion"].ask_again == after(5, Unit.YEARS, Reference((Event.BEGINS,)))


def test_every_kind_of_step_is_known_without_its_name(book: Rulebook) -> None:
    for kind in Is:
        assert len(book.steps_that_are(kind)) == 1, kind


@pytest.mark.parametrize(
    ("path", "start"),
    [
        ("stages", "stages"),
        ("inquiry.answer", "[inquiry.answer]"),
        ("inquiry.answer.within", "within"),
        ("inquiry.answer.instead.0.within", "instead"),
        ("hearing.decide-sanction.outcome.imposed.then", "then"),
        ("separate.0.offices", "offices"),
        ("sanction.suspension.held", "suspension"),
        ("retention.hold.review", "hold"),
        ("conduct.bullying.example.mockery.caveat", "example.mockery"),
    ],
)
def test_each_heading_and_key_has_its_line(book: Rulebook, path: str, start: str) -> None:
    line = book.line(path)
    assert line is not None
    assert TEXT.split("\n")[line - 1].startswith(start)


def test_a_test_that_always_holds_is_no_test(book: Rulebook) -> None:
    assert book.steps["receive"].only_if == ALWAYS
