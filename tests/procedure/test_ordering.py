"""An order for old cases: a length of time and a day, and nothing by which anybody could be chosen."""

from dataclasses import fields, replace
from datetime import timedelta
from fractions import Fraction

import pytest
from tests.procedure.desk import REASONS
from tests.timetable import village
from tests.timetable.casebook import Casebook, calendar, day
from tests.timetable.small_books import small_case

from duly.procedure.acts import Proposed
from duly.procedure.ordering import (
    DayReach,
    Order,
    Reach,
    could_be_decided,
    is_sooner,
    objections_to_order,
    put_by_order,
)
from duly.record.facts import (
    DecisionDayOrdered,
    DecisionDaySet,
    FastTracked,
    FastTrackOrdered,
    TrackedByOrder,
)
from duly.rulebook.criteria import share
from duly.vocabulary import Length, Unit

LENGTH = Length(26, Unit.WEEKS)
DAYS = calendar()  # GB-ENG, to the end of 2028
WIDE = Reach(open=20, meets=2, already=0)


def given(on: str, longer_than: Length = LENGTH, decide_by: str = "") -> Order:
    by = day(decide_by) if decide_by else None
    return Order(place=9, on=day(on), by="K7Q-H3P", longer_than=longer_than, reasons=REASONS, decide_by=by)


def put(case: Casebook, on: str, *, now: str = "", decide_by: str = "") -> tuple[Proposed, ...]:
    return put_by_order(case.at(on), case.at(now or on), given(on, decide_by=decide_by))


def test_an_order_holds_a_length_and_no_field_in_which_a_case_could_be_named() -> None:
    assert {each.name for each in fields(FastTrackOrdered)} == {"longer_than", "unit"}
    assert {each.name for each in fields(DecisionDayOrdered)} == {"longer_than", "unit", "decide_by"}


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
    found = objections_to_order(capped, DAYS, longer_than, reach, reasons=reasons)
    assert [problem.code for problem in found] == expected


def test_without_a_cap_all_may_be_and_without_a_fast_track_none() -> None:
    book = village.noticed().at("2026-09-01").book
    assert [*objections_to_order(book, DAYS, LENGTH, replace(WIDE, meets=20), reasons="Why.")] == []
    none = objections_to_order(replace(book, fast_track=None), DAYS, LENGTH, WIDE, reasons="Why.")
    assert [problem.code for problem in none] == ["no-fast-track"]


DAY = DayReach(
    decide_by=day("2026-10-30"),
    on=day("2026-09-01"),
    meets=2,
    new=2,
    sooner=1,
    beyond=0,
    first=day("2026-10-15"),
)


@pytest.mark.parametrize(
    ("reach", "reached", "expected"),
    [
        (WIDE, DAY, []),
        (replace(WIDE, meets=0), DAY, []),
        (replace(WIDE, meets=0), replace(DAY, meets=0, first=None), ["nothing-meets"]),
        (WIDE, replace(DAY, decide_by=day("2026-09-01")), ["day-is-over"]),
        (WIDE, replace(DAY, decide_by=day("2026-08-31"), meets=0, first=None), ["day-is-over"]),
        (WIDE, replace(DAY, decide_by=DAYS.last), []),
        (WIDE, replace(DAY, decide_by=DAYS.last + timedelta(days=1), beyond=1), ["day-too-far"]),
        (WIDE, replace(DAY, beyond=1), ["day-too-soon"]),
        (replace(WIDE, meets=3), replace(DAY, beyond=1), ["day-too-soon", "order-too-wide"]),
    ],
)
def test_every_reason_against_a_day(reach: Reach, reached: DayReach, expected: list[str]) -> None:
    book = village.noticed().at("2026-09-01").book
    assert book.fast_track is not None
    capped = replace(book, fast_track=replace(book.fast_track, at_most="1 in 10"))
    found = [*objections_to_order(capped, DAYS, LENGTH, reach, reasons="Why.", day=reached)]
    assert [problem.code for problem in found] == expected
    if expected == ["day-too-soon"]:
        assert "1 of the 2 cases" in found[0].says
        assert found[0].remedy.startswith("Name Thu 15 Oct 2026 or a later day")


def test_a_day_is_set_in_a_case_that_could_be_decided_by_then_as_the_parties_times_stand() -> None:
    """Had the hearing been fixed on 1 September, it could be no sooner than on the 22nd."""
    case = village.to_hearing()
    assert could_be_decided(
        case.at("2026-09-01"), case.at("2026-09-01"), given("2026-09-01", decide_by="2026-10-01")
    )
    assert put(case, "2026-09-01", decide_by="2026-09-21") == ()
    (fact,) = put(case, "2026-09-01", decide_by="2026-09-22")
    assert fact.body == DecisionDaySet(order=9, longer_than=26, unit=Unit.WEEKS, decide_by=day("2026-09-22"))
    assert (fact.on, fact.by, fact.office, fact.parts) == (day("2026-09-01"), "K7Q-H3P", None, REASONS)


def test_no_day_is_set_where_it_was_open_for_less_is_decided_or_has_such_a_day_already() -> None:
    assert put(village.to_hearing(), "2026-08-31", decide_by="2026-10-01") == ()
    assert put(village.decided(), "2026-09-01", decide_by="2026-10-01") == ()
    assert put(small_case(""), "2027-09-01", decide_by="2027-10-01") == ()
    on, body = (
        "2026-09-02",
        DecisionDaySet(order=9, longer_than=26, unit=Unit.WEEKS, decide_by=day("2026-10-01")),
    )
    case = village.to_hearing().note(on, body)
    assert put(case, on, decide_by="2026-10-01") == put(case, on, decide_by="2026-10-02") == ()
    assert put(case, on, decide_by="2026-09-30") != ()
    assert (
        put(case, "2026-10-02", decide_by="2026-12-01") != ()
    )  # the first day is over, and nothing was decided


@pytest.mark.parametrize("stage", ["noticed", "to_hearing", "fixed", "found", "appealed"])
def test_whether_it_moves_a_date_is_what_the_record_shows_once_it_is_set(stage: str) -> None:
    for decide_by in ("2026-04-24", "2026-04-30", "2026-06-30", "2026-12-01"):
        case = getattr(village, stage)()
        on = max(fact.on for fact in case.facts).isoformat()
        now = case.at(on)
        before = [(clock.limit.name, clock.key, clock.due) for clock in now.clocks]
        asked = is_sooner(now, given(on, decide_by=decide_by))
        case.note(on, DecisionDaySet(order=9, longer_than=1, unit=Unit.DAYS, decide_by=day(decide_by)))
        after = [(clock.limit.name, clock.key, clock.due) for clock in case.at(on).clocks]
        assert asked is (before != after)
        assert not is_sooner(now, given(on))


def test_found_meanwhile_it_is_the_sanction_that_is_awaited_and_decided_it_is_left() -> None:
    case = village.found()
    assert put(case, "2026-09-01", decide_by="2026-09-02") != ()
    case.step("2026-09-02", "decide-sanction", "imposed")
    assert put(case, "2026-09-01", now="2026-09-02", decide_by="2026-09-02") == ()


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
