"""How wide an order may reach and how many cases may be on the fast track, one more or one less."""

import pytest
from tests.timetable.casebook import calendar, day
from tests.timetable.small_books import small_book

from duly.procedure.ordering import (
    LONGEST,
    DayReach,
    Reach,
    objection_to_one_more,
    objections_to_order,
    too_many,
)
from duly.rulebook.book import Rulebook
from duly.vocabulary import Length, Unit

ACT = '[one.act]\nby = "officer"\nwithin = "20 days after receive"\n'
TRACK = (
    '[fast_track]\nby = "chair"\ncriteria = ["ill"]\n{}'
    'shorter = {{ act = "9 days after receive" }}\nclause = "F 1"\n'
)


def book(at_most: str = "1 in 2") -> Rulebook:
    return small_book(ACT + TRACK.format(f'at_most = "{at_most}"\n' if at_most else ""))


@pytest.mark.parametrize(
    ("on_it", "of", "is_full"),
    [(0, 1, False), (1, 4, False), (2, 4, True), (1, 3, True), (1, 2, True), (2, 6, False), (3, 6, True)],
)
def test_one_more_may_go_on_the_fast_track_while_the_share_leaves_room(
    on_it: int, of: int, is_full: bool
) -> None:
    """Half of the open cases; and the first always, however few are open."""
    found = objection_to_one_more(book(), on_it, of=of)
    assert (found is not None) is is_full
    if found is not None:
        assert (found.code, found.clause) == ("fast-track-full", "F 1")
        assert "1 in 2" in found.says


def test_without_a_share_or_without_a_track_nothing_is_full() -> None:
    assert objection_to_one_more(book(""), 50, of=50) is None
    assert objection_to_one_more(small_book(ACT), 50, of=50) is None
    assert not too_many(small_book(ACT), 50, of=50)


def codes(
    amount: int, *, meets: int = 1, already: int = 0, of: int = 20, day: DayReach | None = None
) -> list[str]:
    reach = Reach(open=of, meets=meets, already=already)
    length = Length(amount, Unit.WEEKS)
    return [
        each.code
        for each in objections_to_order(book(), calendar(), length, reach, reasons="They wait.", day=day)
    ]


def test_the_shortest_and_the_longest_time_of_an_order() -> None:
    assert codes(1) == codes(LONGEST) == []
    assert codes(0) == codes(LONGEST + 1) == ["no-such-length"]


def test_an_order_that_meets_no_case_is_none_and_one_that_meets_more_than_the_share_neither() -> None:
    assert codes(26, meets=0) == ["nothing-meets"]
    assert codes(26, meets=6, already=4) == []
    assert codes(26, meets=7, already=4) == ["order-too-wide"]


def reached(decide_by: str, *, meets: int = 1, beyond: int = 0, first: str | None = "2026-05-01") -> DayReach:
    return DayReach(
        on=day("2026-03-02"),
        decide_by=day(decide_by),
        meets=meets,
        new=meets,
        sooner=meets,
        beyond=beyond,
        first=day(first) if first else None,
    )


def test_a_day_that_is_ordered_lies_ahead_and_in_the_calendar() -> None:
    last = calendar().last
    assert codes(26, day=reached("2026-03-02")) == ["day-is-over"]
    assert codes(26, day=reached("2026-03-03")) == []
    assert codes(26, day=reached(str(last))) == []
    assert codes(26, day=reached(f"{last.year + 1}-01-01")) == ["day-too-far"]
    assert codes(26, meets=0, day=reached("2026-03-03")) == []
    assert codes(26, meets=0, day=reached("2026-03-03", meets=0)) == ["nothing-meets"]


@pytest.mark.parametrize(
    ("meets", "beyond", "cases"), [(1, 1, "the case it meets"), (2, 1, "1 of the 2 cases it meets")]
)
def test_a_day_that_some_cases_cannot_keep_is_too_soon(meets: int, beyond: int, cases: str) -> None:
    too_soon = reached("2026-03-20", meets=meets, beyond=beyond)
    (found,) = objections_to_order(
        book(),
        calendar(),
        Length(26, Unit.WEEKS),
        Reach(open=20, meets=1, already=0),
        reasons="So.",
        day=too_soon,
    )
    assert (found.code, found.clause) == ("day-too-soon", "F 1")
    assert f"By Fri 20 Mar 2026 {cases} cannot be decided" in found.says
    assert found.remedy.startswith("Name Fri 1 May 2026 or a later day")
    over = reached("2026-03-01", first=None)
    (found,) = objections_to_order(
        book(),
        calendar(),
        Length(26, Unit.WEEKS),
        Reach(open=20, meets=1, already=0),
        reasons="So.",
        day=over,
    )
    assert found.remedy == "Name a day to come."
