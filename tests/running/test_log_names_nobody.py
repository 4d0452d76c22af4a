"""A whole case through real processes; then every word that somebody wrote, or is called by, is sought."""

import json
import re
import time

import pytest
from django.db import connection
from tests.leaks import words_in
from tests.running.over_http import OverHttp
from tests.running.processes import serve, work
from tests.services.office import EVERYBODY, SmallOffice
from tests.web.desk import test_nothing_in_clear as full_case
from tests.web.desk.officer import Desk, Officer

from duly_server.store.accounts import everybody

ADDRESSES = {"X-Forwarded-For": "203.0.113.77, 198.51.100.41", "User-Agent": "Quaggabrowser/77"}
CAME_FROM = ["203.0.113.77", "198.51.100.41", "127.0.0.1", "Quaggabrowser"]


class OverDesk(Desk):
    """The desk as the process serves it."""

    port = 0

    def as_(self, office: str, on: str | None = None, seat: int = 1) -> Officer:
        if on is not None:
            full_case.set_day(on)
        return Officer(f"{office}-{seat}", client=OverHttp([self.port], **ADDRESSES))


def test_of_a_full_case_no_word_stands_in_the_log_of_any_process(
    office: SmallOffice, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    web, worker = serve(environment), work(environment)
    monkeypatch.setattr(OverDesk, "port", web.port)
    monkeypatch.setattr(full_case, "Client", lambda: OverHttp([web.port], **ADDRESSES))
    try:
        case = full_case.run_a_full_case(OverDesk(office))
        broken(web.port)
        time.sleep(3)  # the worker has gone round once more
    finally:
        log, of_worker = web.stop(), worker.stop()
    lines = [json.loads(line) for line in log.splitlines()]
    routes = {line.get("route") for line in lines if line.get("event") == "answered"}
    assert {"desk-docket", "desk-case", "desk-case-step", "desk-sift-complaint", "desk-find"} <= routes
    assert not any(route and route.startswith(("complain", "status", "home")) for route in routes)
    assert {line["fault"] for line in lines if "fault" in line} == {
        "ProgrammingError" if connection.vendor == "postgresql" else "OperationalError"
    }
    known = {line["event"] for line in map(json.loads, of_worker.splitlines()) if "event" in line}
    assert known == {"working", "stopped"}
    codes = [case.receipt.code, case.receipt.code.replace(" ", "")]
    names = [
        name
        for each in everybody()
        for name in (each.login, EVERYBODY(each.login), each.pk.hex, str(each.pk))
    ]
    cases = [case.reference, case.receipt.complaint]
    sought = [*full_case.PLANTED, *codes, *names, *cases, *CAME_FROM]
    assert words_in((log + of_worker).encode(), sought) == set()
    assert not re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", log + of_worker)  # nothing that looks like a reference
    assert words_in(log.encode() + case.reference.encode(), sought) == {case.reference}  # it would be found


def broken(port: int) -> None:
    """A page fails whose fault tells what was asked: the table it reads is not there."""
    officer = Officer("complaints-officer-1", client=OverHttp([port], **ADDRESSES))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE store_dutyrow RENAME TO store_moved")
        answer = officer.client.get("/desk/docket", {"q": full_case.TYPED})
        cursor.execute("ALTER TABLE store_moved RENAME TO store_dutyrow")
    assert answer.status_code == 500
