"""Whoever acts while another edition or calendar is adopted: nothing moves that nobody has seen."""

from collections.abc import Callable, Iterator
from datetime import date
from threading import Event, Thread
from time import sleep

import pytest
from django.db import connections, transaction
from tests.databases import OfficeDatabases
from tests.services.adopted import late_holiday
from tests.services.conftest import furnish
from tests.services.office import ROOT, SmallOffice
from tests.services.test_adopting import SECRETARY, adopted, codes, due, looked, proposed
from tests.services.test_at_once import NOTICE, check_in_order
from tests.services.test_casework import accepted

from duly_server.gateways.keys import FileKeyRing
from duly_server.services import casework, setup, work
from duly_server.services.adopting.adopt import adopt
from duly_server.store import agenda, editions, held
from duly_server.store.models import CaseRow

TODAY = "2026-03-24"
MEANWHILE = 1.0  # seconds in which an adoption that waits for nobody would be over


@pytest.fixture
def office(fresh_office_db: OfficeDatabases, keyring: FileKeyRing) -> Iterator[SmallOffice]:
    """The village bands, in a database where everybody commits."""
    yield furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text())
    connections.close_all()


def adopt_beside(office: SmallOffice, act: Callable[[Event], object]) -> object:
    """What the adoption of a late holiday answers that comes in while `act`, in its transaction, goes on.

    `act` sets the event as soon as the adoption may come.
    """
    proposal = proposed(late_holiday("2026-03-27"), TODAY)
    seen = looked(proposal, TODAY).heads
    may_come, failed = Event(), list[Exception]()

    def run() -> None:
        try:
            with transaction.atomic():
                act(may_come)
        except Exception as raised:
            failed.append(raised)
        finally:
            may_come.set()
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    may_come.wait(20)
    answer = adopt(office.acting(SECRETARY, TODAY), proposal.digest, reasons="Voted on.", seen=seen)
    thread.join(20)
    assert failed == []
    return answer


def test_a_fact_that_is_not_committed_yet_makes_a_preview_stale(office: SmallOffice) -> None:
    reference = accepted(office)

    def act(may_come: Event) -> None:
        casework.take(office.acting("complaints-officer", TODAY), reference, NOTICE)
        may_come.set()
        sleep(MEANWHILE)

    assert codes(adopt_beside(office, act)) == ["preview-stale"]
    assert editions.calendar_named("GB-ENG").edition == "1"
    check_in_order(TODAY)


def test_who_has_read_what_is_adopted_acts_before_anything_else_is(office: SmallOffice) -> None:
    reference = accepted(office)

    def act(may_come: Event) -> None:
        case = casework.read_record(f"case/{reference}")
        may_come.set()
        sleep(MEANWHILE)
        officer = office.acting("complaints-officer", TODAY)
        casework.record(officer, case, [NOTICE], on=officer.today)

    assert codes(adopt_beside(office, act)) == ["preview-stale"]
    check_in_order(TODAY)


def test_a_complaint_that_comes_in_meanwhile_makes_a_preview_stale(office: SmallOffice) -> None:
    accepted(office)

    def act(may_come: Event) -> None:
        office.complaint(TODAY)
        may_come.set()
        sleep(MEANWHILE)

    assert codes(adopt_beside(office, act)) == ["preview-stale"]
    assert CaseRow.objects.count() == 2
    check_in_order(TODAY)


def test_who_reads_what_is_adopted_in_order_to_write_waits_for_an_adoption_and_then_sees_it(
    office: SmallOffice,
) -> None:
    done = Event()

    def run() -> None:
        try:
            with transaction.atomic():
                held.alone()
                at = office.acting(SECRETARY, TODAY).at
                setup.adopt_calendar(late_holiday("2026-03-27"), on=at.date(), at=at, by="time")
                done.set()
                sleep(MEANWHILE)
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    done.wait(20)
    with transaction.atomic():
        assert editions.calendar_named("GB-ENG").edition == "late"
    thread.join(20)


def test_a_worker_that_read_before_an_adoption_puts_nothing_back(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It works out where the case stands; then the holiday is adopted and the lists brought up to date."""
    reference = accepted(office)
    secretary = office.acting(SECRETARY, TODAY)
    claim = agenda.Claim(f"case/{reference}", "of nobody")
    expiries = work.expiries

    def and_then_adopted(marking: object) -> object:
        found = expiries(marking)  # type: ignore[arg-type]  # it is handed on as it came
        adopted(office, late_holiday("2026-03-27"), TODAY)
        work.work(today=secretary.today, at=secretary.at)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(work, "expiries", _once(and_then_adopted, expiries))
        work.look_at(claim, today=secretary.today, at=secretary.at)

    assert due(reference, "serve-notice") == date(2026, 4, 8)
    check_in_order(TODAY)


def _once(first: Callable[..., object], then: Callable[..., object]) -> Callable[..., object]:
    turns = iter([first])
    return lambda *asked: next(turns, then)(*asked)
