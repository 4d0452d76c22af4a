"""An order for old cases, from whoever gives it to the case of each: counted, given, carried out."""

from datetime import date, timedelta

import pytest
from tests.services.office import SmallOffice, instant
from tests.services.test_casework import accepted

from duly.procedure.acts import TakeStep
from duly.record.facts import FastTracked, FastTrackOrdered, TrackedByOrder
from duly.vocabulary import Length, Refused, Unit
from duly_server.services import casework, keeping, ordering, setup, work
from duly_server.services.acting import Acting
from duly_server.services.premises import premises
from duly_server.store.models import CaseRow, OutboxRow

ON = date(2026, 9, 1)  # 26 weeks after the case was received are over
WEEKS = Length(26, Unit.WEEKS)
WHY = "They have waited for half a year."


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
    assert ordering.reach(WEEKS, on=ON - timedelta(days=1)).meets == 0
    reach = ordering.order(president(small_office), WEEKS, WHY)
    assert not isinstance(reach, Refused)
    assert (reach.open, reach.meets, reach.already) == (3, 2, 0)
    fact = premises().journal.read(setup.OFFICE)[-1]
    assert fact.body == FastTrackOrdered(longer_than=26, unit=Unit.WEEKS)
    working()
    expected = [TrackedByOrder(order=fact.place, longer_than=26, unit=Unit.WEEKS)]
    assert [tracked(each) for each in (old, at_sift, young)] == [expected, expected, []]
    after = ordering.reach(WEEKS, on=ON)
    assert (after.open, after.meets, after.already) == (3, 0, 2)
    (given,) = ordering.given()
    assert (given.on, given.longer_than, given.by, given.reasons) == (ON, WEEKS, fact.by, WHY)


def test_the_parties_read_its_reasons_and_the_record_stands(small_office: SmallOffice) -> None:
    reference = accepted(small_office)
    ordering.order(president(small_office), WEEKS, WHY)
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
    ordering.order(president(small_office), WEEKS, WHY)
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
    reach = ordering.order(president(small_office), WEEKS, WHY)
    assert not isinstance(reach, Refused)
    assert (reach.meets, reach.already) == (1, 1)
    working()
    assert tracked(reference) == []
    bodies = [fact.body for fact in premises().journal.read(f"case/{reference}")]
    assert FastTracked(criterion=2) in bodies


def test_a_case_closed_before_the_worker_comes_is_left(small_office: SmallOffice) -> None:
    receipt = small_office.complaint("2026-03-02")
    ordering.order(president(small_office), WEEKS, WHY)
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
    refused = ordering.order(small_office.acting(office, ON.isoformat()), WEEKS, WHY)
    assert isinstance(refused, Refused)
    assert [problem.code for problem in refused.problems] == ["not-answerable"]
    assert OutboxRow.objects.filter(kind=ordering.CARRY_OUT).count() == 0


def test_nor_whoever_serves_cases_as_well_or_held_the_office_until_yesterday(
    small_office: SmallOffice,
) -> None:
    accepted(small_office)
    before = president(small_office)
    setup.appoint("president-1", "investigator", name="", since=ON, at=instant(ON), on=ON)
    refused = ordering.order(before, WEEKS, WHY)
    assert isinstance(refused, Refused)
    assert [problem.code for problem in refused.problems] == ["not-answerable"]


def test_every_objection_is_told_and_nothing_is_recorded(small_office: SmallOffice) -> None:
    head = len(premises().journal.read(setup.OFFICE))
    refused = ordering.order(president(small_office), WEEKS, " ")
    assert isinstance(refused, Refused)
    assert [problem.code for problem in refused.problems] == ["missing-reasons", "nothing-meets"]
    assert len(premises().journal.read(setup.OFFICE)) == head
