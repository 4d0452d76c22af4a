"""`duly record rebuild` beside an office at work: nobody waits for it, and what arrives meanwhile stands."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections
from tests.databases import OfficeDatabases
from tests.services.conftest import furnish
from tests.services.office import ROOT, SmallOffice, instant
from tests.services.test_at_once import NOTICE
from tests.services.test_casework import accepted

from duly.record.facts import Fact
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import casework, keeping, setup
from duly_server.services.casework import Case
from duly_server.store import comparing
from duly_server.store.batch import Head
from duly_server.store.journal import DjangoJournal
from duly_server.store.models import AppointmentRow, CaseRow, ComplaintRow

DAY = date(2026, 3, 26)


@pytest.fixture
def office(fresh_office_db: OfficeDatabases, keyring: FileKeyRing) -> Iterator[SmallOffice]:
    """The village bands, in a database where everybody commits."""
    yield furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text())
    connections.close_all()


def elsewhere(act: Callable[[], object], *, patience: str = "500") -> object:
    """What this answers or raises in a thread of its own, which waits half a second for any lock."""
    answers: list[object] = []

    def run() -> None:
        try:
            with connection.cursor() as cursor:
                is_sqlite = connection.vendor == "sqlite"
                cursor.execute(
                    f"PRAGMA busy_timeout={patience}" if is_sqlite else f"SET lock_timeout={patience}"
                )
            answers.append(act())
        except Exception as raised:
            answers.append(raised)
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    return answers[0]


def once_while_folding(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> list[object]:
    """Do this when the first case is being worked out; what it answered."""
    answers: list[object] = []
    folded = casework.of_facts

    def beside(read: Sequence[Fact]) -> Case:
        case = folded(read)
        if not answers:
            answers.append(None)
            answers[0] = elsewhere(act)
        return case

    monkeypatch.setattr(casework, "of_facts", beside)
    return answers


def check_in_order() -> None:
    assert list(keeping.verify_record()) == []
    assert keeping.rebuild(on=DAY).changed == 0


def test_nobody_waits_while_it_works_out_what_the_record_says(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even whoever writes to a case that it has in hand."""
    reference = accepted(office)
    officer = office.acting("complaints-officer", "2026-03-26")
    answers = once_while_folding(monkeypatch, lambda: len(casework.take(officer, reference, NOTICE)))
    assert keeping.rebuild(on=DAY).changed == 0
    assert answers == [1]
    check_in_order()


def test_a_row_that_is_wrong_is_put_right_as_the_record_says_by_then(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read before the notice went out is not what is written."""
    reference, other = accepted(office), accepted(office)
    CaseRow.objects.update(conduct="theft")
    officer = office.acting("complaints-officer", "2026-03-26")
    answers = once_while_folding(
        monkeypatch, lambda: [len(casework.take(officer, each, NOTICE)) for each in (reference, other)]
    )
    keeping.rebuild(on=DAY)
    assert answers == [[1, 1]]
    assert set(CaseRow.objects.values_list("conduct", "head")) == {("bullying", 8)}
    check_in_order()


def test_the_lock_is_held_for_a_few_cases_at_a_time(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(12):
        office.complaint("2026-03-26")
    CaseRow.objects.all().delete()
    ComplaintRow.objects.all().delete()
    held: list[int] = []
    hold = DjangoJournal.hold

    def counted(journal: DjangoJournal, chains: Collection[str]) -> dict[str, Head]:
        held.append(len(chains))
        return hold(journal, chains)

    monkeypatch.setattr(DjangoJournal, "hold", counted)
    assert keeping.rebuild(on=DAY).changed >= 24
    assert sum(held) >= 24
    assert max(held) <= 10
    monkeypatch.undo()
    check_in_order()


def test_where_nothing_is_wrong_no_record_is_held(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(office)

    def hold(journal: DjangoJournal, chains: Collection[str]) -> dict[str, Head]:
        raise AssertionError(f"{chains} are as the record says.")

    monkeypatch.setattr(DjangoJournal, "hold", hold)
    assert keeping.rebuild(on=DAY).changed == 0


def test_a_complaint_that_comes_while_strays_are_sought_is_none(office: SmallOffice) -> None:
    accepted(office)
    answers: list[object] = []
    stray = CaseRow.objects.get()
    stray.reference = "STRA-Y234"
    stray.save(force_insert=True)

    def beside(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        found = execute(sql, *rest)
        if not answers and any(table in sql for table in ("dutyrow", "factrow")):
            answers.append(None)
            answers[0] = elsewhere(lambda: office.complaint("2026-03-26").case)
        return found

    with connection.execute_wrapper(beside):
        assert comparing.remove_strays() == 1
    assert CaseRow.objects.filter(reference=answers[0]).exists(), answers
    check_in_order()


def test_an_appointment_that_ends_meanwhile_has_ended(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    AppointmentRow.objects.filter(office="investigator").update(since=date(2026, 1, 2))
    number = AppointmentRow.objects.get(office="investigator").number
    by = office.acting("president", "2026-03-26").actors()[0].by
    read_many, answers = DjangoJournal.read_many, list[object]()

    def beside(journal: DjangoJournal, chains: Collection[str]) -> dict[str, tuple[Fact, ...]]:
        found = read_many(journal, chains)
        if "office" in chains and not answers:
            answers.append(None)
            answers[0] = elsewhere(
                lambda: setup.end_appointment(number, before=DAY, on=DAY, at=instant(DAY), by=by)
            )
        return found

    monkeypatch.setattr(DjangoJournal, "read_many", beside)
    keeping.rebuild(on=DAY)
    row = AppointmentRow.objects.get(number=number)
    assert not isinstance(answers[0], Exception), answers
    assert (row.since, row.before) == (date(2026, 1, 1), DAY)
