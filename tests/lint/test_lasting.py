"""How long a case can take, against sums made by hand, and by which power it can take longer."""

import pytest
from tests.lint.editing import edited, shipped
from tests.lint.edits_of_ways import OF_WAYS
from tests.lint.making import base
from tests.timetable.small_books import small_book

from duly.lint.lasting import Totals
from duly.lint.whole import explored
from duly.rulebook.book import Rulebook
from duly.rulebook.read import read

LOOK = '[one.look]\nby = "officer"\nwithin = "10 days after receive"\nthen = "goes to two"\n'
END = (
    '[two.end]\nby = "chair"\nwithin = "5 working days after two begins"\n'
    '{}then = "closes the case as over"\n'
)


def of(steps: str) -> Totals:
    found = explored(small_book(steps)).totals
    assert found is not None
    return found


def test_days_add_up_and_five_working_days_are_a_week() -> None:
    assert of(LOOK + END.format("")) == Totals(17, 17, 17, 17, 0)


def test_extensions_are_given_once_and_pauses_are_told_apart() -> None:
    more = 'extend = { by = "panel", at_most = "3 days", times = 2, grounds = ["illness"] }\n'
    pauses = (
        '[pause.police]\nby = "chair"\nat_most = "2 weeks"\n[pause.other]\nby = "chair"\nat_most = "3 days"\n'
    )
    assert of(LOOK + END.format(more) + pauses) == Totals(17, 17, 20, 20, 17)


def test_the_longest_of_two_ways_and_of_two_answers_counts() -> None:
    ways = (
        '[one.sift]\nby = "officer"\nwithin = "10 days after receive"\n'
        'outcomes = { on = "goes to two", off = "closes the case as over" }\n'
    )
    question = '[question.far]\nask = "Is it far?"\nanswers = ["no", "yes"]\n'
    instead = 'instead = [{ when = "far is yes", within = "20 days after two begins" }]\n'
    assert of(ways + END.format(instead) + question) == Totals(30, 30, 30, 30, 0)


def test_a_party_that_waits_takes_its_whole_time() -> None:
    steps = (
        LOOK
        + '[two.answer]\nby = "respondent"\nwithin = "14 days after two begins"\nif_late = "nothing"\n'
        + '[two.end]\nby = "chair"\nafter = ["answer or time up"]\n'
        + 'within = "3 days after answer or time up"\nthen = "closes the case as over"\n'
    )
    assert of(steps) == Totals(27, 27, 27, 27, 0)


def test_a_day_is_fixed_for_its_last_and_moved_as_far_as_it_goes() -> None:
    steps = (
        LOOK
        + '[two.fix]\nby = "chair"\nwithin = "2 days after two begins"\nsets = ["sitting"]\n'
        + '[two.move]\nby = "officer"\nafter = ["fix"]\nsets = ["sitting"]\n'
        + '[day.sitting]\nnot_before = "3 days after fix"\nnot_after = "20 days after two begins"\n'
        + 'moves = { by = "move", at_most = "1 week" }\n'
        + '[two.end]\nby = "panel"\nnot_before = ["sitting"]\nwithin = "4 days after sitting"\n'
        + 'then = "closes the case as over"\n'
    )
    assert of(steps) == Totals(34, 34, 41, 41, 0)


def test_a_round_is_run_twice_and_no_more() -> None:
    steps = (
        '[one.look]\nby = "officer"\nwithin = "10 days after one begins"\n'
        'outcomes = { over = "closes the case as over", on = "goes to two" }\n'
        '[two.back]\nby = "chair"\nwithin = "1 day after two begins"\nthen = "goes to one"\n'
    )
    assert of(steps) == Totals(21, 21, 21, 21, 0)


def test_the_decision_is_where_an_appeal_becomes_possible() -> None:
    steps = (
        '[one.decide]\nby = "panel"\nwithin = "10 days after receive"\nthen = "goes to two"\n'
        '[two.object]\nby = "respondent"\nis = "appeal"\nwithin = "14 days after two begins"\n'
        'if_late = "closes the case as over"\nthen = "goes to three"\n'
        '[three.hear]\nby = "chair"\nwithin = "30 days after three begins"\n'
        'then = "closes the case as over"\n'
    )
    assert of(steps) == Totals(10, 54, 10, 54, 0)


def test_what_has_no_time_has_no_longest() -> None:
    found = of(LOOK + '[two.end]\nby = "chair"\nvague = "soon"\nthen = "closes the case as over"\n')
    assert (found.decision, found.closing) == (None, None)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("V", Totals(364, 665, 392, 721, 182)), ("A", Totals(212, 429, 233, 464, 252))],
)
def test_the_longest_of_the_rulebooks(name: str, expected: Totals) -> None:
    """Kept here so that a change of a rulebook, or of the counting, is seen.

    V: two rounds of inquiry, each after a second look, then the hearing and its letter: 3 weeks for the sift,
    2 and 4 for each second look, 12 for each inquiry, 8 and 2 for the hearing and its finding, 2 for the
    sanction, 1 for the letter: 52 weeks.
    """
    book = read(base(name))
    assert isinstance(book, Rulebook)
    assert explored(book).totals == expected


def test_a_rulebook_without_any_time_is_looked_at_to_its_end() -> None:
    found = explored(small_book('[one.end]\nby = "officer"\nthen = "closes the case as over"\n'))
    assert "L03" in {each.rule for each in found.findings}
    assert found.totals == Totals(None, None, None, None, 0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("athletics-club", Totals(157, 306, 178, 341, 364)),
        ("conduct-committee", Totals(64, 139, 78, 153, 182)),
        ("landlord-complaints", Totals(26, 145, 40, 187, 56)),
        ("party-complaints", Totals(217, 378, 231, 392, 182)),
        ("union-discipline", Totals(168, 364, 210, 462, 364)),
        ("verein-schiedsordnung", Totals(238, 362, 252, 376, 372)),
        ("whistleblowing-channel", Totals(117, 117, 145, 145, 182)),
        ("carpentries-conduct", Totals(None, None, None, None, 0)),
        ("data-protection-complaints", Totals(None, None, None, None, 0)),
        ("nottinghack-complaints", Totals(None, None, None, None, 0)),
        ("psf-conduct-reports", Totals(None, None, None, None, 0)),
    ],
)
def test_the_longest_guaranteed_time_of_what_is_shipped(name: str, expected: Totals) -> None:
    """The four that have none are encodings of published texts with steps that have no time.

    whistleblowing-channel: 14 days to assess, 3 working days (at five a week 4.2 days) to say why it is set
    aside, 14 to ask for a second look and 14 to look, 9 weeks to conclude, 5 working days to close: 117, and
    4 weeks of extension. landlord-complaints: 5 working days to acknowledge, 10 to answer and 3 to explain.
    """
    book = read(shipped(name))
    assert isinstance(book, Rulebook)
    assert explored(book).totals == expected


def test_a_step_that_loses_its_time_takes_the_guarantee_with_it() -> None:
    edit = next(each for each in OF_WAYS if (each.rule, each.at) == ("L03", "eingang.zulassen"))
    book = read(edited(edit))
    assert isinstance(book, Rulebook)
    found = explored(book).totals
    assert found is not None
    assert (found.decision, found.closing) == (None, None)
