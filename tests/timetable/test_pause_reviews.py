"""A pause that lasts is reviewed as often as its rule says, and the review starts nothing anew."""

from tests.timetable.casebook import Casebook, day
from tests.timetable.small_books import small_case

from duly.timetable.pause_reviews import review_places, reviews_owed

BOOK = """
[pause.police]
by = "chair"
at_most = "26 weeks"
review = "every 28 days"
[pause.illness]
by = "chair"
at_most = "20 days"
[one.act]
by = "officer"
within = "9 days after receive"
[one.end]
by = "officer"
then = "closes the case as done"
"""


def paused() -> Casebook:
    return small_case(BOOK).pause("2026-03-04", "police")


def owed(case: Casebook, on: str) -> list[tuple[str, str]]:
    return [(review.pause, str(review.due)) for review in reviews_owed(case.at(on))]


def test_the_review_is_owed_so_long_after_the_pause_began() -> None:
    assert owed(paused(), "2026-03-04") == [("police", "2026-04-01")]
    assert owed(paused(), "2026-04-20") == [("police", "2026-04-01")]  # late, and still owed


def test_after_a_review_the_next_is_owed_and_the_pause_is_the_same_one() -> None:
    case = paused().pause("2026-03-30", "police")
    (review,) = reviews_owed(case.at("2026-03-30"))
    assert (review.since, review.last, review.due) == (
        day("2026-03-04"),
        day("2026-03-30"),
        day("2026-04-27"),
    )
    assert [name for name, _ in case.at("2026-03-30").pauses] == ["police"]
    assert review_places(case.at("2026-03-30").case.moves) == {case.facts[-1].place}
    (after,) = case.resume("2026-04-02", "police").at("2026-04-02").pauses
    assert str(after[1]) == str(paused().resume("2026-04-02", "police").at("2026-04-02").pauses[0][1])


def test_a_review_gives_a_pause_no_more_time() -> None:
    """At most 26 weeks in all: it ends by itself on the day it would have ended without one."""
    reviewed, not_reviewed = paused().pause("2026-06-01", "police"), paused()
    for on in ("2026-09-01", "2026-09-02"):
        assert reviewed.at(on).is_paused() == not_reviewed.at(on).is_paused()
    assert not reviewed.at("2026-09-02").is_paused()


def test_a_pause_that_is_over_or_has_no_interval_owes_none() -> None:
    assert owed(paused().resume("2026-03-10", "police"), "2026-03-10") == []
    assert owed(small_case(BOOK).pause("2026-03-04", "illness"), "2026-03-05") == []


def test_paused_anew_the_review_counts_from_the_new_beginning() -> None:
    case = paused().resume("2026-03-10", "police").pause("2026-03-12", "police")
    assert owed(case, "2026-03-12") == [("police", "2026-04-09")]
