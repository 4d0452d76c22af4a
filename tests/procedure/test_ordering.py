"""An order for old cases: a length of time and a day, and nothing by which anybody could be chosen."""

from dataclasses import fields, replace
from fractions import Fraction

import pytest
from tests.procedure.desk import REASONS
from tests.timetable import village
from tests.timetable.casebook import Casebook, day
from tests.timetable.small_books import small_case

from duly.procedure.acts import Proposed
from duly.procedure.ordering import Order, Reach, objections_to_order, put_by_order
from duly.record.facts import FastTracked, FastTrackOrdered, TrackedByOrder
from duly.rulebook.criteria import share
from duly.vocabulary import Length, Unit

LENGTH = Length(26, Unit.WEEKS)
WIDE = Reach(open=20, meets=2, already=0)


def given(on: str, longer_than: Length = LENGTH) -> Order:
    return Order(place=9, on=day(on), by="K7Q-H3P", longer_than=longer_than, reasons=REASONS)


def put(case: Casebook, on: str, *, now: str = "") -> tuple[Proposed, ...]:
    return put_by_order(case.at(on), case.at(now or on), given(on))


def test_an_order_holds_a_length_and_no_field_in_which_a_case_could_be_named() -> None:
    assert {each.name for each in fields(FastTrackOrdered)} == {"longer_than", "unit"}


def test_it_meets_a_case_on_the_day_after_its_time_is_over_and_no_day_before() -> None:
    """Received on 2 March: 26 weeks are over at the end of 31 August."""
    assert put(village.noticed(), "2026-08-31") == ()
    (fact,) = put(village.noticed(), "2026-09-01")
    assert fact.body == TrackedByOrder(order=9, longer_than=26, unit=Unit.WEEKS)
    assert (fact.on, fact.by, fact.office, fact.parts) == (day("2026-09-01"), "K7Q-H3P", None, REASONS)


def test_done_some_days_later_it_counts_from_the_day_of_the_order() -> None:
    assert put(village.noticed(), "2026-08-31", now="2026-09-04") == ()
    (fact,) = put(village.noticed(), "2026-09-01", now="2026-09-04")
    assert fact.on == day("2026-09-01")


def test_what_is_closed_on_it_already_or_under_rules_without_one_is_left() -> None:
    assert put(village.served(), "2026-12-01") == ()
    case = village.noticed().note("2026-03-20", FastTracked(criterion=2), office="panel-chair")
    assert put(case, "2026-09-01") == ()
    assert put(small_case(""), "2027-09-01") == ()


def test_it_shortens_the_times_that_the_rulebook_says_and_no_party_s() -> None:
    """As the panel chair's fast track does: the same clocks run to the same days."""
    body = TrackedByOrder(order=9, longer_than=26, unit=Unit.WEEKS)
    by_order = village.appealed().note("2026-05-12", body)
    by_chair = village.appealed().note("2026-05-12", FastTracked(criterion=1), office="panel-chair")
    then = [(clock.step, clock.due) for clock in by_order.at("2026-05-20").clocks]
    assert then == [(clock.step, clock.due) for clock in by_chair.at("2026-05-20").clocks]
    assert then != [(clock.step, clock.due) for clock in village.appealed().at("2026-05-20").clocks]


@pytest.mark.parametrize(
    ("longer_than", "reach", "reasons", "expected"),
    [
        (LENGTH, WIDE, "They have waited long enough.", []),
        (LENGTH, WIDE, " \n", ["missing-reasons"]),
        (Length(0, Unit.WEEKS), WIDE, "Why.", ["no-such-length"]),
        (Length(1001, Unit.DAYS), WIDE, "Why.", ["no-such-length"]),
        (LENGTH, replace(WIDE, meets=0), "Why.", ["nothing-meets"]),
        (LENGTH, replace(WIDE, meets=3), "Why.", ["order-too-wide"]),
        (LENGTH, replace(WIDE, meets=1, already=2), "Why.", ["order-too-wide"]),
        (LENGTH, replace(WIDE, meets=1, already=1), "Why.", []),
    ],
)
def test_every_reason_against_it(
    longer_than: Length, reach: Reach, reasons: str, expected: list[str]
) -> None:
    """The rulebook allows one in ten of the open cases."""
    book = village.noticed().at("2026-09-01").book
    assert book.fast_track is not None
    capped = replace(book, fast_track=replace(book.fast_track, at_most="1 in 10"))
    found = objections_to_order(capped, longer_than, reach, reasons=reasons)
    assert [problem.code for problem in found] == expected


def test_without_a_cap_all_may_be_and_without_a_fast_track_none() -> None:
    book = village.noticed().at("2026-09-01").book
    assert [*objections_to_order(book, LENGTH, replace(WIDE, meets=20), reasons="Why.")] == []
    none = objections_to_order(replace(book, fast_track=None), LENGTH, WIDE, reasons="Why.")
    assert [problem.code for problem in none] == ["no-fast-track"]


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("1 in 10", Fraction(1, 10)),
        ("3 in  20", Fraction(3, 20)),
        ("10 per cent", Fraction(1, 10)),
        ("5%", Fraction(1, 20)),
        ("10", None),
        ("a tenth", None),
        ("3 in 2", None),
        ("0 in 2", None),
        ("0 per cent", None),
        ("1 in 0", None),
    ],
)
def test_a_share_is_a_part_of_a_whole(said: str, part: Fraction | None) -> None:
    assert share(said) == part
