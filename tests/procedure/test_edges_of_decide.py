"""What may be done, where only a slight difference shows: each of these was a mutant that lived."""

from datetime import date

import pytest
from tests.procedure.desk import REASONS, Desk, everybody, officer
from tests.procedure.test_decide_outcomes import CARELESS, JUDGE, careless
from tests.timetable.casebook import Casebook, calendar, day
from tests.timetable.small_books import FRAME, small_case

from duly.people import Actor, Appointment
from duly.procedure.acts import Extend, TakeStep
from duly.record.facts import PartyAdded, PartyRole, StepTaken
from duly.rulebook.book import Rulebook
from duly.rulebook.read import read
from duly.vocabulary import Length, Unit

CHAIR = Appointment(number="chair-9", person="officer 1", office="chair", since=date(2020, 1, 1))
RECEIVED = StepTaken(step="receive")
TWO_ANSWERS = CARELESS.replace(
    "[one.judge]",
    '[one.reply-again]\nby = "respondent"\nis = "answer"\n'
    'within = "20 days after the latest serve"\n[one.judge]',
)


def test_the_longest_of_the_times_to_answer_that_run_is_told() -> None:
    (problem,) = Desk(careless(TWO_ANSWERS).step("2026-03-03", "serve")).problems(
        "2026-03-04", JUDGE, officer("chair")
    )
    assert "runs until Mon 23 Mar 2026" in problem.says
    assert problem.remedy.startswith("Wait for the answer")


def test_where_nobody_can_answer_the_rulebook_is_what_needs_mending() -> None:
    without = CARELESS.replace('is = "answer"\n', "").replace("[one.reply]", '[one.reply]\nis = "progress"')
    problems = Desk(careless(without).step("2026-03-03", "serve")).problems(
        "2026-03-20", JUDGE, officer("chair")
    )
    assert [each.remedy for each in problems if each.code == "not-heard"] == [
        "The rulebook needs a step by which the respondent answers."
    ]


@pytest.mark.parametrize(("quorum", "present", "codes"), [(1, 1, []), (2, 1, ["no-quorum"]), (2, 2, [])])
def test_a_quorum_of_two_asks_for_two(quorum: int, present: int, codes: list[str]) -> None:
    text = FRAME.format(stages='"one"', steps='[one.act]\nby = "panel"\noutcomes = ["yes", "no"]\n')
    book = read(text.replace("panel = {}", f"panel = {{ seats = 3, quorum = {quorum} }}"))
    assert isinstance(book, Rulebook)
    case = Casebook(book, calendar()).step("2026-03-02", "receive")
    there = tuple(f"panel-{n}" for n in range(1, present + 1))
    act = TakeStep(step="act", outcome="yes", parts=REASONS, present=there)
    assert Desk(case).codes("2026-03-03", act, officer("panel")) == codes


CLOSING = (
    '[one.act]\nby = "officer"\n[one.publish]\nby = "officer"\neven_when_closed = true\n'
    '[one.end]\nby = "officer"\nthen = "closes the case as over"\n'
)


def closed() -> Casebook:
    return small_case(CLOSING).step("2026-03-10", "end")


def test_closed_means_closed_for_what_is_said_to_have_happened_before_too() -> None:
    officers = officer("officer")
    desk = Desk(closed())
    act, publish = TakeStep(step="act", parts=REASONS), TakeStep(step="publish", parts=REASONS)
    assert desk.codes("2026-03-05", act, officers, today="2026-03-12") == ["closed"]
    assert desk.codes("2026-03-12", publish, officers) == []


def test_what_was_written_down_of_others_is_no_act_of_an_office() -> None:
    """An officer names a party, and may sit as chair; one who took a step as officer may not."""
    book = (
        '[one.act]\nby = "chair"\n[one.look]\nby = "officer"\n[[separate]]\noffices = ["officer", "chair"]\n'
    )
    act = TakeStep(step="act", parts=REASONS)
    case = Casebook(small_case(book).book, calendar()).note(
        "2026-03-02", RECEIVED, office="officer", by="officer-2"
    )
    case.note(
        "2026-03-02", PartyAdded(tag="C9", role=PartyRole.COMPLAINANT), office="officer", by="officer-1"
    )
    people = [*everybody(case.book), CHAIR]
    chair = Actor(by="chair-9", office="chair", person="officer 1")
    assert Desk(case, people).codes("2026-03-03", act, chair) == []
    case.note("2026-03-03", StepTaken(step="look"), office="officer", by="officer-1")
    assert Desk(case, people).codes("2026-03-03", act, chair) == ["separated"]


LADDER = (
    '[conduct.rudeness]\nrange = ["low", "bar"]\n'
    '[sanction]\nlow = {{ clause = "S 1" }}\nbar = {{ clause = "S 2", {bounds} }}\nout = {{ }}\n'
    '[one.find]\nby = "panel"\nis = "finding"\nper = "allegation"\noutcomes = ["proved", "not-proved"]\n'
    '[one.punish]\nby = "panel"\nis = "sanction"\nclause = "S 9"\noutcomes = ["none", "imposed"]\n'
)


def punished(bounds: str, sanction: str, length: Length | None) -> list[tuple[str, str | None]]:
    case = small_case(LADDER.format(bounds=bounds)).allegation("2026-03-02", "A1", "rudeness")
    act = TakeStep(step="punish", outcome="imposed", sanction=sanction, length=length, parts=REASONS)
    problems = Desk(case).problems("2026-03-03", act, officer("panel"))
    return [(problem.code, problem.clause) for problem in problems]


@pytest.mark.parametrize(
    ("bounds", "length", "is_within"),
    [
        ('from = "1 month"', Length(31, Unit.DAYS), True),
        ('from = "1 month"', Length(30, Unit.DAYS), False),
        ('from = "1 month"', Length(31, Unit.CLEAR_DAYS), True),
        ('from = "1 month"', Length(30, Unit.CLEAR_DAYS), False),
        ('from = "1 week"', Length(5, Unit.WORKING_DAYS), True),
        ('to = "1 week"', Length(5, Unit.WORKING_DAYS), True),
        ('to = "1 week"', Length(6, Unit.WORKING_DAYS), False),
        ('to = "2 weeks"', Length(14, Unit.DAYS), True),
        ('to = "2 weeks"', Length(15, Unit.DAYS), False),
        ('from = "2 days"', Length(48, Unit.HOURS), True),
        ('from = "2 days"', Length(47, Unit.HOURS), False),
        ('to = "1 year"', Length(12, Unit.MONTHS), True),
        ('to = "1 year"', Length(13, Unit.MONTHS), False),
        ('from = "1 year"', Length(11, Unit.MONTHS), False),
        ('to = "10 years"', Length(1, Unit.DAYS), True),
        ('to = "10 years"', Length(0, Unit.DAYS), False),
        ('from = "2 days"', Length(900, Unit.YEARS), True),
    ],
)
def test_a_length_lies_within_the_bounds_of_its_rung_whatever_its_unit(
    bounds: str, length: Length, is_within: bool
) -> None:
    expected = [] if is_within else [("outside-bounds", "S 2")]
    assert punished(bounds, "bar", length) == expected


def test_what_is_said_of_a_rung_cites_its_clause_or_else_that_of_the_step() -> None:
    bounds = 'to = "1 week"'
    assert punished(bounds, "bar", None) == [("missing-length", "S 2")]
    assert punished(bounds, "low", Length(1, Unit.DAYS)) == [("no-length", "S 1")]
    assert punished(bounds, "out", Length(1, Unit.DAYS)) == [("no-length", "S 9")]


def test_whoever_names_no_rung_is_told_which_there_are() -> None:
    case = small_case(LADDER.format(bounds='to = "1 week"'))
    act = TakeStep(step="punish", outcome="imposed", sanction="exile", parts=REASONS)
    (problem,) = Desk(case).problems("2026-03-03", act, officer("panel"))
    assert (problem.code, problem.remedy) == ("unknown-sanction", "Choose one of: low, bar, out.")


EXTENDED = (
    '[one.act]\nby = "officer"\nclause = "T 1"\nwithin = "9 days after receive"\n'
    'extend = {{ by = "chair", at_most = "30 days", times = {times}, grounds = ["illness"] }}\n'
    '[limit.backstop]\nfor = "act"\nclause = "T 2"\nwithin = "20 days after receive"\nif_late = "nothing"\n'
    'extend = {{ by = "panel", at_most = "30 days", times = 1, grounds = ["illness"] }}\n'
)


def more(until: str, limit: str | None = None) -> Extend:
    return Extend(step="act", limit=limit, until=day(until), ground="illness", parts=REASONS)


@pytest.mark.parametrize(("times", "said"), [(1, "allows one extension."), (2, "allows 2 extensions.")])
def test_more_time_is_given_as_often_as_the_limit_says_and_no_more(times: int, said: str) -> None:
    desk = Desk(small_case(EXTENDED.format(times=times)))
    for turn in range(times):
        desk.do("2026-03-03", more(f"2026-03-{15 + turn}"), officer("chair"))
    (problem,) = desk.problems("2026-03-04", more("2026-03-20"), officer("chair"))
    assert (problem.code, problem.clause) == ("extended-before", "T 1")
    assert problem.says.endswith(said)
    assert desk.codes("2026-03-04", more("2026-03-25", "backstop"), officer("panel")) == []
    (other,) = desk.problems("2026-03-04", more("2026-03-25", "backstop"), officer("chair"))
    assert (other.code, other.clause) == ("wrong-office", "T 2")
