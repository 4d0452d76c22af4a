"""Occasions, the days given for them, and pauses, where only a slight difference shows."""

from datetime import date

import pytest
from tests.timetable.casebook import day
from tests.timetable.small_books import small_book, small_case

from duly.rulebook.phrases import Begins, Ends, Event, FixedDay, Occasion, Reference, StepDone, StepDue, Which
from duly.timetable.pause_reviews import review_places, reviews_owed
from duly.timetable.starts import Starts, names_of, references
from duly.timetable.triggers import Occurrence, is_of

MONDAY = date(2026, 3, 2)
OCCASIONS: tuple[tuple[Occasion, str, str], ...] = (
    (Begins("two"), "begins", "two"),
    (Ends("two"), "ends", "two"),
    (StepDue("look"), "due", "look"),
    (FixedDay("sitting"), "day", "sitting"),
    (Event.CASE_OPENS, "opens", ""),
    (Event.CASE_CLOSES, "closes", ""),
)


@pytest.mark.parametrize(("occasion", "kind", "name"), OCCASIONS)
def test_an_occasion_is_of_its_kind_and_its_name(occasion: Occasion, kind: str, name: str) -> None:
    def occurs(kind: str, name: str) -> bool:
        return is_of(Reference((occasion,)), Occurrence(kind=kind, name=name, seq=1, on=MONDAY, place=1))

    assert occurs(kind, name)
    assert not any(occurs(other, name) for _, other, _ in OCCASIONS if other != kind)
    assert not name or not occurs(kind, "other")


def test_that_time_is_up_is_asked_for_and_of_that_step() -> None:
    up = Occurrence(kind="up", name="look", seq=1, on=MONDAY, place=None)
    assert is_of(Reference((StepDone("look"),), or_time_up=True), up)
    assert not is_of(Reference((StepDone("look"),)), up)
    assert not is_of(Reference((StepDone("other"),), or_time_up=True), up)


def test_an_occasion_of_another_sort_never_occurs_in_a_case() -> None:
    served = Reference((Event.SERVED,))
    for _, kind, name in OCCASIONS:
        assert not is_of(served, Occurrence(kind=kind, name=name, seq=1, on=MONDAY, place=1))


@pytest.mark.parametrize(
    ("which", "expected"),
    [(Which.UNSAID, "2026-03-01"), (Which.FIRST, "2026-03-01"), (Which.LATEST, "2026-03-09")],
)
def test_of_several_triggers_with_a_day_the_phrase_chooses(which: Which, expected: str) -> None:
    starts = Starts(MONDAY, {"look": day("2026-03-09"), "sift": day("2026-03-01")})
    assert starts.of(Reference((StepDone("look"), StepDone("sift")), which)) == day(expected)
    assert starts.of(Reference((StepDone("other"),), which)) == MONDAY


def test_every_part_of_a_later_of_has_its_triggers_and_the_opening_is_called_by_words() -> None:
    steps = (
        '[one.look]\nby = "officer"\n[one.act]\nby = "officer"\n'
        'within = { later_of = ["9 days after look", "5 days after the case opens"] }\n'
    )
    (timing,) = small_book(steps).steps["act"].within
    found = list(references(timing))
    assert [names_of(one) for one in found] == [("look",), ("the-case-opens",)]
    assert Starts(named={"look": MONDAY}).missing([timing]) == (found[1],)


PAUSES = (
    '[pause.illness]\nby = "chair"\nat_most = "{at_most}"\nreview = "every 28 days"\n'
    '[pause.police]\nby = "chair"\nat_most = "26 weeks"\n'
    '[one.act]\nby = "officer"\nwithin = "10 days after receive"\n'
)


@pytest.mark.parametrize(
    ("at_most", "ends_before"),
    [
        ("10 days", "2026-03-24"),  # four of them are used: six from the 18th on
        ("10 working days", "2026-03-26"),  # four of them are used: 18, 19, 20, 23, 24, 25 March
        ("5 working days", "2026-03-19"),
        ("4 working days", "2026-03-18"),  # nothing is left
    ],
)
def test_what_earlier_pauses_of_its_kind_took_is_not_there_for_a_later_one(
    at_most: str, ends_before: str
) -> None:
    case = small_case(PAUSES.format(at_most=at_most))
    case.pause("2026-03-10", "illness").resume("2026-03-14", "illness")  # Tue to Fri
    case.pause("2026-03-18", "illness")
    assert str(case.at("2026-03-18").paused.cap("illness", day("2026-03-18"))) == ends_before


def test_of_two_pauses_that_last_the_earlier_one_tells_since_when() -> None:
    case = small_case(PAUSES.format(at_most="60 days"))
    case.pause("2026-03-04", "police").pause("2026-03-06", "illness")
    assert case.at("2026-03-09").paused.open_since == day("2026-03-04")
    case.resume("2026-03-10", "police")
    assert case.at("2026-03-11").paused.open_since == day("2026-03-06")


def test_the_last_review_counts_and_a_pause_begun_again_is_none() -> None:
    case = small_case(PAUSES.format(at_most="200 days")).pause("2026-03-04", "illness")
    case.pause("2026-03-10", "illness").pause("2026-03-20", "illness")
    (review,) = reviews_owed(case.at("2026-03-20"))
    assert (str(review.last), str(review.due)) == ("2026-03-20", "2026-04-17")
    case.resume("2026-03-25", "illness").pause("2026-03-30", "illness")
    places = review_places(case.case.moves)
    assert [str(fact.on) for fact in case.case.moves if fact.place in places] == ["2026-03-10", "2026-03-20"]
