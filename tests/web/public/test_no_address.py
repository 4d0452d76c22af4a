"""T20, T26: an address is kept nowhere, not even where limits count, and a forged one changes no answer."""

import io
import sqlite3
from pathlib import Path

import pytest
from django.test import Client
from tests.conftest import keyring
from tests.databases import OfficeDatabases
from tests.leaks import words_in, words_under
from tests.services.conftest import furnish
from tests.services.office import ROOT
from tests.web.desk.test_nothing_in_clear import folders_of
from tests.web.public.reporter import Reporter, text
from tests.web.public.test_codes import other_code
from tests.web.public.test_errors import log

from duly_server.gateways.keys import FileKeyRing
from duly_server.gateways.limits import Counts
from duly_server.gateways.limits.place import FILE

__all__ = ["keyring", "log"]

MARKED = {
    "HTTP_X_FORWARDED_FOR": "203.0.113.77, 198.51.100.41",
    "HTTP_FORWARDED": "for=203.0.113.78",
    "HTTP_X_REAL_IP": "203.0.113.79",
    "REMOTE_ADDR": "203.0.113.80",
    "HTTP_USER_AGENT": "Quaggabrowser/77",
    "HTTP_ACCEPT_LANGUAGE": "tlh-QX",
    "HTTP_REFERER": "http://127.0.0.1/quagga-came-from",
}
SOUGHT = [
    "203.0.113.7",
    "203.0.113.80",
    "198.51.100.41",
    "Quaggabrowser",
    "tlh-QX",
    "quagga-came-from",
    "quagga-7",
]


@pytest.fixture
def office(fresh_office_db: OfficeDatabases, keyring: FileKeyRing, day: None) -> OfficeDatabases:
    furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text())
    return fresh_office_db


def test_nothing_is_kept_of_where_a_request_came_from(
    office: OfficeDatabases, log: io.StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where somebody is over every limit and waits; `tmp_path` holds the file that counts, too."""
    faults: list[Exception] = []
    counts = Counts(tmp_path, on_fault=faults.append)
    monkeypatch.setattr("duly_server.web.waiting.gate.counts", lambda: counts)
    reporter = Reporter(Client(**MARKED))
    reporter.fill_in("named")
    assert reporter.status(reporter.send()).status_code == 200
    reporter.status(other_code())
    reporter.client.post("/login", {"username": "chair-1", "password": "wrong"})
    reporter.get("/nowhere")
    for address, said in (
        ("/complain/send", {}),
        ("/status", {"code": "1"}),
        ("/login", {"username": "quagga-7"}),
    ):
        for _ in range(21):
            last = reporter.client.post(address, said)
        assert last.status_code == 503
    assert sqlite3.connect(tmp_path / FILE).execute("SELECT count(*) FROM counted").fetchone()[0] >= 4
    assert words_under([*folders_of(office), tmp_path], SOUGHT) == {}
    assert words_in(log.getvalue().encode(), SOUGHT) == set()
    counts.close()
    assert faults == []


def test_a_forged_address_changes_no_answer(office: OfficeDatabases) -> None:
    code, answers = other_code(), set()
    for browser in (Client(), *(Client(**{name: value}) for name, value in MARKED.items())):
        for _ in range(2):
            response = Reporter(browser).status(code)
            page = text(response)
            start = page.index('name="csrfmiddlewaretoken"')
            answers.add((response.status_code, page[:start] + page[page.index(">", start) :]))
    assert len(answers) == 1
