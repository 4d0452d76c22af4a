"""Whoever declares a conflict of interest stands out of the case: they act, sit and hold nothing in it."""

import pytest
from tests.procedure.desk import REASONS, Desk, officer, party
from tests.timetable import village
from tests.timetable.casebook import day

from duly.people import Actor, Appointment
from duly.procedure.acts import Assign, Correct, DeclareConflict, Pause
from duly.record.facts import Conflict, ConflictDeclared

ON = "2026-03-23"
OUT = DeclareConflict(conflict=Conflict.CLOSE)


@pytest.fixture
def desk() -> Desk:
    return Desk(village.noticed())


def test_the_fact_names_every_appointment_of_the_person_and_nobody_elses(desk: Desk) -> None:
    again = Appointment(number="panel-9", person="investigator 1", office="panel", since=day("2026-06-01"))
    desk.people = [*desk.people, again]
    (fact,) = desk.allowed(ON, OUT, officer("investigator"))
    assert fact.body == ConflictDeclared(appointments=("investigator-1", "panel-9"), conflict=Conflict.CLOSE)


def test_from_then_on_they_do_nothing_in_the_case_in_any_office(desk: Desk) -> None:
    desk.people = [
        *desk.people,
        Appointment(number="C-9", person="investigator 1", office="panel-chair", since=day("2020-01-01")),
    ]
    pause = Pause(pause="police", parts=REASONS)
    assert desk.codes(ON, pause, officer("panel-chair")) == []
    desk.do(ON, OUT, officer("investigator"))
    for who in (officer("investigator"), Actor(by="C-9", office="panel-chair")):
        assert "stands-out" in desk.codes(ON, pause, who)
    assert desk.codes(ON, OUT, officer("investigator")) == ["stands-out"]
    assert desk.codes(ON, pause, officer("panel-chair")) == []  # another person


def test_they_do_not_sit_and_count_for_no_quorum() -> None:
    desk, on = Desk(village.fixed()), "2026-04-22"
    act = desk.filled(on, "find", "proved", key="A1", present=("panel-2", "panel-3"))
    assert desk.codes(on, act, officer("panel")) == []
    desk.do(on, OUT, officer("panel", 3))
    assert desk.codes(on, act, officer("panel")) == ["stands-out"]
    without = desk.filled(on, "find", "proved", key="A1", present=("panel-2",))
    assert desk.codes(on, without, officer("panel")) == ["no-quorum"]


def test_whoever_stands_in_does_so_when_every_holder_stands_out() -> None:
    desk, on = Desk(village.accepted()), "2026-03-05"
    act = desk.filled(on, "serve-notice")
    for turn in (1, 2):
        desk.do(on, OUT, officer("complaints-officer", turn))
        assert desk.codes(on, act, officer("deputy-officer")) == ["wrong-office"]
    desk.do(on, OUT, officer("complaints-officer", 3))
    assert desk.codes(on, act, officer("deputy-officer")) == []


def test_what_was_theirs_waits_for_somebody_else_and_is_not_given_to_them(desk: Desk) -> None:
    writer = officer("complaints-officer")
    desk.do(ON, Assign(office="investigator", appointment="investigator-1"), writer)
    assert desk.casebook.case.assigned == {"investigator": "investigator-1"}
    desk.do(ON, OUT, officer("investigator"))
    assert desk.casebook.case.assigned == {}
    given = Assign(office="investigator", appointment="investigator-1")
    assert desk.codes(ON, given, writer) == ["stands-out"]
    assert desk.codes(ON, Assign(office="investigator", appointment="investigator-2"), writer) == []


def test_a_declaration_that_was_a_mistake_is_taken_back_by_somebody_else(desk: Desk) -> None:
    desk.do(ON, OUT, officer("investigator"))
    place = desk.casebook.case.head
    mistake = Correct(place=place, parts=REASONS)
    assert "stands-out" in desk.codes(ON, mistake, officer("investigator"))
    desk.do(ON, mistake, officer("complaints-officer"))
    assert desk.casebook.case.conflicts == {}
    assert "stands-out" not in desk.codes(ON, Pause(pause="police", parts=REASONS), officer("investigator"))


def test_it_is_declared_today_and_by_whoever_holds_an_office(desk: Desk) -> None:
    assert desk.codes(ON, OUT, officer("investigator"), today="2026-03-24") == ["declared-today"]
    assert desk.codes(ON, OUT, party("respondent", "R")) == ["not-an-officer"]
