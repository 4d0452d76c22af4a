"""An order for old cases, from whoever gives it to the case of each: counted, given, carried out."""

from datetime import date, timedelta

import pytest
from tests.services.office import SmallOffice, instant
from tests.services.test_casework import accepted

from duly.procedure.acts import TakeStep
from duly.record.facts import (
    DecisionDayOrdered,
    DecisionDaySet,
    FastTracked,
    FastTrackOrdered,
    TrackedByOrder,
)
from duly.vocabulary import Length, Refused, Unit
from duly_server.services import casework, keeping, ordering, setup, sift, work
from duly_server.services.acting import Acting
from duly_server.services.intake import Receipt
from duly_server.services.ordering import Asked
from duly_server.services.premises import premises
from duly_server.services.sift import Accused, Charge
from duly_server.store.models import CaseRow, OutboxRow

ON = date(2026, 9, 1)  # 26 weeks after the case was received are over
WEEKS = Length(26, Unit.WEEKS)
WHY = "They have waited for half a year."
SHORTER = Asked(longer_than=WEEKS)
BY = date(2026, 11, 30)
DECIDED = Asked(longer_than=WEEKS, shorter=False, decide_by=BY)


def president(office: SmallOffice) -> Acting:
    return office.acting("president", ON.isoformat())


def working(day: date = ON) -> None:
    work.work(today=day, at=instant(day))


def tracked(reference: str) -> list[TrackedByOrder]:
    facts = premises().journal.read(f"case/{reference}")
    return [fact.body for fact in facts if isinstance(fact.body, TrackedByOrder)]


def test_it_is_counted_given_and_carried_out_in_every_case_it_meets(small_office: SmallOffice) -> None:
    old, at_sift = accepted(small_office), small_office.complaint("2026-03-02").case
    young = small_office.complaint("2026-08-31").case
    assert ordering.counted(SHORTER, on=ON - timedelta(days=1)).cases.meets == 0
    reach = ordering.order(president(small_office), SHORTER, WHY)
    assert not isinstance(reach, Refused)
    assert (reach.cases.open, reach.cases.meets, reach.cases.already) == (3, 2, 0)
    fact = premises().journal.read(setup.OFFICE)[-1]
    assert fact.body == FastTrackOrdered(longer_than=26, unit=Unit.WEEKS)
    working()
    expected = [TrackedByOrder(order=fact.place, longer_than=26, unit=Unit.WEEKS)]
    assert [tracked(each) for each in (old, at_sift, young)] == [expected, expected, []]
    after = ordering.counted(SHORTER, on=ON).cases
    assert (after.open, after.meets, after.already) == (3, 0, 2)
    (given,) = ordering.given()
    assert (given.on, given.longer_than, given.by, given.reasons) == (ON, WEEKS, fact.by, WHY)


def test_the_parties_read_its_reasons_and_the_record_stands(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    ordering.order(president(small_office), SHORTER, WHY)
    working()
    (fact,) = [
        each for each in premises().journal.read(f"case/{reference}") if isinstance(each.body, TrackedByOrder)
    ]
    assert premises().journal.open_part(fact.chain, fact.place, "reasons")["text"] == WHY
    assert (fact.on, fact.office) == (ON, None)
    assert list(keeping.verify_record(on=ON)) == []
    assert keeping.rebuild(on=ON).changed == 0


def test_carried_out_twice_it_finds_them_on_it(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    ordering.order(president(small_office), SHORTER, WHY)
    place = premises().journal.read(setup.OFFICE)[-1].place
    assert ordering.carry_out(place, today=ON, at=instant(ON)) == 1
    OutboxRow.objects.filter(kind=ordering.CARRY_OUT).update(state=OutboxRow.State.WAITING)
    working()
    assert ordering.carry_out(place, today=ON, at=instant(ON)) == 0
    assert len(tracked(reference)) == 1


def test_whoever_is_on_it_by_a_criterion_is_left_there(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    from duly.procedure.acts import FastTrack

    chair = small_office.acting("panel-chair", "2026-04-01")
    reasons = {"reasons": {"v": 1, "text": "He leaves office in May."}}
    casework.take(chair, reference, FastTrack(criterion=2, parts=reasons))
    small_office.complaint("2026-03-02")
    reach = ordering.order(president(small_office), SHORTER, WHY)
    assert not isinstance(reach, Refused)
    assert (reach.cases.meets, reach.cases.already) == (1, 1)
    working()
    assert tracked(reference) == []
    bodies = [fact.body for fact in premises().journal.read(f"case/{reference}")]
    assert FastTracked(criterion=2) in bodies


def test_a_case_closed_before_the_worker_comes_is_left(small_office: SmallOffice) -> None:
    receipt = small_office.complaint("2026-03-02")
    ordering.order(president(small_office), SHORTER, WHY)
    officer = small_office.acting("complaints-officer", ON.isoformat())
    casework.take(officer, receipt.case, TakeStep(step="leave"))
    assert CaseRow.objects.get(reference=receipt.case).closed_on == ON
    working()
    assert tracked(receipt.case) == []


@pytest.mark.parametrize("office", ["complaints-officer", "panel-chair", "overseer"])
def test_nobody_gives_it_who_does_not_answer_for_the_timetable(
    small_office: SmallOffice, office: str
) -> None:
    accepted(small_office)
    refused = ordering.order(small_office.acting(office, ON.isoformat()), SHORTER, WHY)
    assert isinstance(refused, Refused)
    assert [problem.code for problem in refused.problems] == ["not-answerable"]
    assert OutboxRow.objects.filter(kind=ordering.CARRY_OUT).count() == 0


def test_nor_whoever_serves_cases_as_well_or_held_the_office_until_yesterday(
    small_office: SmallOffice,
) -> None:
    accepted(small_office)
    before = president(small_office)
    setup.appoint("president-1", "investigator", name="", since=ON, at=instant(ON), on=ON)
    refused = ordering.order(before, SHORTER, WHY)
    assert isinstance(refused, Refused)
    assert [problem.code for problem in refused.problems] == ["not-answerable"]


def test_every_objection_is_told_and_nothing_is_recorded(small_office: SmallOffice) -> None:
    head = len(premises().journal.read(setup.OFFICE))
    refused = ordering.order(president(small_office), SHORTER, " ")
    assert isinstance(refused, Refused)
    assert [problem.code for problem in refused.problems] == ["missing-reasons", "nothing-meets"]
    assert len(premises().journal.read(setup.OFFICE)) == head


# --- a day to decide by ------------------------------------------------------------------------------------


def set_in(reference: str) -> list[DecisionDaySet]:
    facts = premises().journal.read(f"case/{reference}")
    return [fact.body for fact in facts if isinstance(fact.body, DecisionDaySet)]


def due(reference: str, step: str) -> date | None:
    clocks = casework.read_record(f"case/{reference}").on(ON).clocks
    return next(clock.due for clock in clocks if clock.step == step and clock.is_running)


def fresh(office: SmallOffice, on: date = ON) -> str:
    return just_accepted(office, on).case


def just_accepted(office: SmallOffice, on: date = ON) -> Receipt:
    """A case that was received long ago, and accepted on this day: most of its time lies ahead."""
    receipt = office.complaint("2026-03-02")
    officer = office.acting("complaints-officer", on.isoformat())
    casework.take(officer, receipt.case, TakeStep(step="acknowledge", key=receipt.complaint))
    accused = [Accused(name="Bo Lind", charges=(Charge(conduct="bullying", narrative="Mockery."),))]
    sift.settle(officer, receipt.case, outcome="accepted", reasons="Within the rules.", accused=accused)
    return receipt


def test_a_day_is_counted_ordered_and_set_in_every_case_it_meets(small_office: SmallOffice) -> None:
    old, at_sift = fresh(small_office), small_office.complaint("2026-03-02").case
    young = small_office.complaint("2026-08-31").case
    assert due(old, "report") == date(2026, 11, 24)
    soon = Asked(longer_than=WEEKS, shorter=False, decide_by=date(2026, 10, 30))
    counted = ordering.counted(soon, on=ON)
    assert counted.day is not None
    assert (counted.cases.open, counted.cases.meets, counted.cases.already) == (3, 2, 0)
    assert (counted.day.meets, counted.day.new, counted.day.sooner, counted.day.beyond) == (2, 2, 1, 0)
    done = ordering.order(president(small_office), soon, WHY)
    assert done == counted
    fact = premises().journal.read(setup.OFFICE)[-1]
    assert fact.body == DecisionDayOrdered(longer_than=26, unit=Unit.WEEKS, decide_by=date(2026, 10, 30))
    working()
    body = DecisionDaySet(order=fact.place, longer_than=26, unit=Unit.WEEKS, decide_by=date(2026, 10, 30))
    assert [set_in(each) for each in (old, at_sift, young)] == [[body], [body], []]
    assert due(old, "report") == date(2026, 10, 30)
    assert tracked(old) == []
    assert list(keeping.verify_record(on=ON)) == []
    assert keeping.rebuild(on=ON).changed == 0
    (given,) = ordering.given()
    assert (given.decide_by, given.longer_than, given.reasons) == (date(2026, 10, 30), WEEKS, WHY)
    assert ordering.carry_out(fact.place, today=ON, at=instant(ON)) == 0


def test_shorter_times_and_a_day_are_two_facts_of_one_order(small_office: SmallOffice) -> None:
    old = fresh(small_office)
    both = Asked(longer_than=WEEKS, shorter=True, decide_by=BY)
    assert not isinstance(ordering.order(president(small_office), both, WHY), Refused)
    bodies = [type(fact.body) for fact in premises().journal.read(setup.OFFICE)[-2:]]
    assert bodies == [FastTrackOrdered, DecisionDayOrdered]
    working()
    assert (len(tracked(old)), len(set_in(old))) == (1, 1)
    assert [each.decide_by for each in ordering.given()] == [BY, None]


def test_a_day_that_the_parties_times_do_not_allow_is_refused_with_the_first_that_they_do(
    small_office: SmallOffice,
) -> None:
    fresh(small_office)
    head = len(premises().journal.read(setup.OFFICE))
    soon = Asked(longer_than=WEEKS, shorter=False, decide_by=date(2026, 9, 18))
    refused = ordering.order(president(small_office), soon, WHY)
    assert isinstance(refused, Refused)
    (problem,) = refused.problems
    counted = ordering.counted(soon, on=ON).day
    assert counted is not None
    assert counted.first is not None
    assert (problem.code, counted.beyond) == ("day-too-soon", 1)
    assert len(premises().journal.read(setup.OFFICE)) == head
    assert OutboxRow.objects.filter(kind=ordering.CARRY_OUT).count() == 0
    day_before = Asked(longer_than=WEEKS, shorter=False, decide_by=counted.first - timedelta(days=1))
    assert isinstance(ordering.order(president(small_office), day_before, WHY), Refused)
    that_day = Asked(longer_than=WEEKS, shorter=False, decide_by=counted.first)
    assert not isinstance(ordering.order(president(small_office), that_day, WHY), Refused)


@pytest.mark.parametrize("decide_by", [ON, ON - timedelta(days=1)])
def test_a_day_that_is_not_ahead_is_refused(small_office: SmallOffice, decide_by: date) -> None:
    fresh(small_office)
    refused = ordering.order(
        president(small_office), Asked(longer_than=WEEKS, shorter=False, decide_by=decide_by), WHY
    )
    assert isinstance(refused, Refused)
    assert [problem.code for problem in refused.problems] == ["day-is-over"]


def test_a_case_with_such_a_day_counts_as_on_the_fast_track(small_office: SmallOffice) -> None:
    fresh(small_office)
    ordering.order(president(small_office), DECIDED, WHY)
    working()
    assert ordering.counted(SHORTER, on=ON).cases.already == 1
    again = ordering.order(president(small_office), DECIDED, WHY)
    assert isinstance(again, Refused)
    assert [problem.code for problem in again.problems] == ["nothing-meets"]
