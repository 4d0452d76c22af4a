"""The health address: alive, able to serve, well as a whole; a word for each thing that fails, no more."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from tests.conftest import keyring
from tests.databases import OfficeDatabases
from tests.services.conftest import furnish
from tests.services.office import ROOT, SmallOffice
from tests.web.desk.conftest import day

from duly_server.gateways.keys import FileKeyRing
from duly_server.gateways.limits import rooms
from duly_server.services import health as service
from duly_server.services.work import note_round, work
from duly_server.store import answering, tables
from duly_server.store.keys.models import UnitKey
from duly_server.store.models import RoundRow
from duly_server.web.door import clock
from duly_server.web.monitor import health
from duly_server.web.routes import Rule, rule_of
from duly_server.web.waiting import front
from duly_server.web.waiting.front import Front

__all__ = ["day", "keyring"]

READY, WEB, ALIVE = "/health/ready", "/health/web", "/health"


@pytest.fixture(autouse=True)
def asked_afresh() -> Iterator[None]:
    """What was found for one test stands for no other."""
    health.forget()
    yield
    health.forget()


@pytest.fixture
def office(fresh_office_db: OfficeDatabases, keyring: FileKeyRing, day: None) -> SmallOffice:
    made = furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text())
    go_round()
    return made


def go_round(*, ago: timedelta = timedelta(0), failed: int = 0) -> None:
    RoundRow.objects.all().delete()
    note_round(at=clock().read()[1] - ago, failed=failed)


def ask(address: str) -> tuple[int, list[str]]:
    health.forget()
    answer = Client().get(address)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert not answer.cookies
    return answer.status_code, answer.content.decode().split()


def test_all_is_well(office: SmallOffice) -> None:
    assert ask(ALIVE) == (200, ["alive"])
    assert ask(WEB) == (200, ["ready"])
    assert ask(READY) == (200, ["ready"])


def test_a_worker_that_never_was_or_is_gone_takes_no_web_process_out_of_use(office: SmallOffice) -> None:
    for gone in (lambda: RoundRow.objects.all().delete(), lambda: go_round(ago=timedelta(minutes=6))):
        gone()
        assert ask(READY) == (503, ["worker"])
        assert ask(WEB) == (200, ["ready"])
    go_round(ago=timedelta(minutes=4))
    assert ask(READY) == (200, ["ready"])


def test_tasks_that_fail_are_for_the_figures_not_for_the_health(office: SmallOffice) -> None:
    """One record that can't be looked at must not take the office out of use."""
    go_round(failed=3)
    assert ask(READY) == (200, ["ready"])


def test_the_worker_notes_its_rounds_now_and_then(office: SmallOffice) -> None:
    today, at = clock().read()
    work(today=today, at=at)
    RoundRow.objects.all().delete()
    for seconds, failed in ((0, 0), (2, 0), (29, 0), (31, 0), (33, 1), (35, 1), (-3600, 1)):
        note_round(at=at + timedelta(seconds=seconds), failed=failed)
        noted = RoundRow.objects.get()
        if seconds in (2, 29):
            assert noted.ended_at == at
        elif seconds == 35:
            assert noted.ended_at == at + timedelta(seconds=33)
        else:  # the clock set back, too: or it would seem to be at work for an hour to come
            assert (noted.ended_at, noted.failed) == (at + timedelta(seconds=seconds), failed)


def test_a_database_that_does_not_answer_is_said_alone(
    office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(alias: str) -> None:
        if alias == "default":
            raise OperationalError("connection to server at 203.0.113.9 failed for user ada")

    monkeypatch.setattr(answering, "read", gone)
    assert ask(READY) == ask(WEB) == (503, ["database"])
    assert ask(ALIVE) == (200, ["alive"])


def test_a_database_that_takes_nothing_is_no_database(
    office: SmallOffice, database_vendor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if database_vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = on")
        assert ask(READY) == (503, ["database"])
        connection.close()
    else:
        monkeypatch.setattr(answering, "LEAST_FREE", 2**62)
        assert ask(READY) == ask(WEB) == (503, ["disk"])
    monkeypatch.undo()
    health.forget()


@pytest.mark.parametrize("what", ["gone", "open", "torn"])
def test_a_keyring_that_cannot_be_used_as_it_lies_there(
    office: SmallOffice, keyring: FileKeyRing, what: str
) -> None:
    file = keyring.folder / "keyring.json"
    match what:
        case "gone":
            file.rename(file.with_name("elsewhere"))
        case "open":
            file.chmod(0o644)
        case _:
            file.write_text(file.read_text()[:-9])
    assert ask(READY) == ask(WEB) == (503, ["keys"])


def test_a_key_store_that_cannot_be_written(
    office: SmallOffice, database_vendor: str, fresh_office_db: OfficeDatabases
) -> None:
    keys = connections["keys"]
    with keys.cursor() as cursor:
        on = {"sqlite": "PRAGMA query_only = on", "postgresql": "SET default_transaction_read_only = on"}
        cursor.execute(on[database_vendor])
        assert ask(READY) == (503, ["keys"])
    keys.close()
    before = UnitKey.objects.count()
    assert ask(READY) == (200, ["ready"])
    assert UnitKey.objects.count() == before  # what was tried is there no more


def test_a_key_store_that_is_held_by_another_is_given_up_on(
    office: SmallOffice, database_vendor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is kept waiting for twenty seconds, and who comes after has the usual patience again."""
    if database_vendor == "postgresql":
        return  # nobody can hold a table of rows that are only added
    monkeypatch.setattr(answering, "PATIENCE", 200)
    holds, ends = threading.Event(), threading.Event()

    def hold() -> None:
        with connections["keys"].cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            holds.set()
            ends.wait(20)
            cursor.execute("ROLLBACK")
        connections.close_all()

    other = threading.Thread(target=hold)
    other.start()
    assert holds.wait(20)
    began = time.monotonic()
    assert ask(READY) == (503, ["keys"])
    assert time.monotonic() - began < 10
    ends.set()
    other.join()
    assert ask(READY) == (200, ["ready"])
    for alias in ("default", "keys"):
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            assert cursor.fetchone() == (20000,)


def test_settings_that_name_another_record(office: SmallOffice, settings: Settings) -> None:
    settings.DULY_ORIGIN = "second.example/duly"
    assert ask(READY) == ask(WEB) == (503, ["origin"])


def test_tables_of_another_version(office: SmallOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    needed = tables._needed()
    assert ("store", "0001_initial") in needed
    assert tables.is_current()
    monkeypatch.setattr(tables, "_needed", lambda: needed | {("store", "0999_to_come")})
    assert ask(READY) == ask(WEB) == (503, ["tables"])


def test_it_asks_the_same_few_questions_whatever_the_office_holds(
    office: SmallOffice, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """And asked again at once, none at all: what was found stands for two seconds."""
    from django.test.utils import CaptureQueriesContext

    def questions() -> list[str]:
        health.forget()
        with CaptureQueriesContext(connection) as said, CaptureQueriesContext(connections["keys"]) as keys:
            assert Client().get(READY).status_code == 200
        return [each["sql"] for each in said] + [each["sql"].partition("VALUES")[0] for each in keys]

    before = questions()
    for number in range(3):
        office.complaint("2026-03-02", narrative=f"Story {number}")
    assert questions() == before
    assert len(before) < 24
    with django_assert_num_queries(0), django_assert_num_queries(0, connection=connections["keys"]):
        assert Client().get(READY).status_code == 200


def test_it_takes_no_other_method_and_is_for_anyone(office: SmallOffice) -> None:
    for address in (ALIVE, WEB, READY):
        assert Client().head(address).status_code == 200
        assert Client(enforce_csrf_checks=False).post(address).status_code == 405
    assert {rule_of(name) for name in ("health", "health-web", "health-ready")} == {Rule.ANYONE}


class Django:
    """In Django's place: everything takes until it is told to end, but what the monitor asks."""

    def __init__(self) -> None:
        self.ending, self.stuck = threading.Event(), threading.Event()
        self.threads: set[str] = set()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        self.threads.add(threading.current_thread().name)
        if not path.startswith(ALIVE) or (path != ALIVE and self.stuck.is_set()):
            assert self.ending.wait(20)
        start_response("200 OK", [])
        return [path.encode()]


def through(application: Front, path: str, method: str = "GET") -> tuple[str, bytes]:
    said: list[str] = []
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "wsgi.input": BytesIO()}
    body = b"".join(application(environ, lambda status, headers: said.append(status)))
    return said[0], body


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Front, Django]]:
    """Every thread that works is taken, and three times as many stand in line for one."""
    django = Django()
    application = Front(django)
    askers = [
        threading.Thread(target=through, args=(application, path, method))
        for path, method in 4 * rooms.WORKING * [("/", "GET")] + [("/login", "POST"), ("/status", "POST")]
    ]
    for each in askers:
        each.start()
    before = time.monotonic() + 20
    while len(django.threads) < rooms.WORKING and time.monotonic() < before:
        time.sleep(0.01)
    yield application, django
    django.ending.set()
    for each in askers:
        each.join()


def test_it_is_answered_while_every_thread_is_taken(full: tuple[Front, Django]) -> None:
    application, _ = full
    for path in (ALIVE, WEB, READY):
        assert through(application, path) == ("200 OK", path.encode())


def test_one_question_that_hangs_holds_up_no_other(
    full: tuple[Front, Django], monkeypatch: pytest.MonkeyPatch
) -> None:
    application, django = full
    monkeypatch.setattr(front, "MOST_FOR_HEALTH", 0.1)
    django.stuck.set()
    hanging = threading.Thread(target=through, args=(application, READY))
    hanging.start()
    time.sleep(0.2)
    assert through(application, READY) == ("503 Service Unavailable", b"slow\n")
    assert through(application, ALIVE) == ("200 OK", ALIVE.encode())
    django.ending.set()
    hanging.join()


def test_the_words_are_the_documented_ones() -> None:
    page = (ROOT / "docs/reference/health.md").read_text("utf-8")
    for part in service.Part:
        assert f"| `{part}` |" in page
