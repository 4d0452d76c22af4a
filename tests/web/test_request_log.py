"""A line for each request at the desk; none for anything that can be asked without a login."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import get_resolver, reverse
from tests.services.conftest import keyring, small_office
from tests.services.office import SmallOffice
from tests.web.desk.conftest import day
from tests.web.desk.officer import Officer
from tests.web.public.reporter import Reporter
from tests.web.public.test_codes import other_code

from duly_server.gateways.log_lines import Lines
from duly_server.web.request_log import has_login
from duly_server.web.routes import _all

__all__ = ["day", "keyring", "small_office"]

ROUTES = sorted(each.name for each in _all(get_resolver().url_patterns) if each.name)
VALUES = {
    "reference": "K7QH-3M2C", "step": "report", "slug": "what-happened", "kind": "howto", "name": "none",
    "complaint": "K7QH-3M2C", "view": "00000000-0000-0000-0000-000000000001", "place": "1",
}  # fmt: skip


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What stands in the log of a process that serves."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines())
    loggers = [logging.getLogger(name) for name in ("duly.request", "django", "")]
    levels = [each.level for each in loggers]
    loggers[0].setLevel(logging.INFO)
    for each in loggers:
        each.addHandler(handler)
    yield stream
    for each, level in zip(loggers, levels, strict=True):
        each.removeHandler(handler)
        each.setLevel(level)


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(each) for each in log.getvalue().splitlines()]


def test_a_request_at_the_desk_is_one_line(small_office: SmallOffice, day: None, log: io.StringIO) -> None:
    reference = small_office.complaint("2026-03-02").case
    officer = Officer("complaints-officer-1")
    officer.get(f"/desk/sift/{reference}")
    officer.get("/desk/cases/K7QH-3M2C", 404)
    found = lines(log)
    assert [(each["event"], each["method"], each["status"]) for each in found] == [
        ("answered", "GET", 200),
        ("answered", "GET", 404),
    ]
    assert [each["route"] for each in found] == ["desk-sift-complaint", "desk-case"]
    for each in found:
        assert each.keys() == {
            "time", "level", "logger", "event", "ms", "status", "method", "request", "route",
        }  # fmt: skip
        assert type(each["ms"]) is int
    assert len({each["request"] for each in found}) == 2
    for word in (reference, "complaints-officer", "Holder", "127.0.0.1", "testserver", "sift/"):
        assert word not in log.getvalue()


def test_a_complaint_a_code_and_a_login_leave_no_line(
    small_office: SmallOffice, day: None, log: io.StringIO
) -> None:
    reporter = Reporter(Client())
    reporter.get("/")
    reporter.fill_in("named")
    assert reporter.status(reporter.send()).status_code == 200
    assert reporter.status(other_code()).status_code == 400
    reporter.get("/help")
    reporter.get("/nowhere")
    reporter.client.post("/login", {"username": "chair-1", "password": "wrong"})
    for number in range(25):
        reporter.client.post("/status", {"code": str(number)})
    assert log.getvalue() == ""


def _fails(*_: object, **__: object) -> None:
    raise OperationalError("Ada Winter")


def test_where_a_public_page_fails_the_day_is_told_and_no_time(
    small_office: SmallOffice, day: None, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter = Reporter(Client(raise_request_exception=False))
    reporter.fill_in()
    monkeypatch.setattr("duly_server.services.sending.drafts.save", _fails)
    assert reporter.answer("what-happened").status_code >= 500
    (said,) = lines(log)
    assert said["fault"] == "OperationalError"
    assert said["route"] == "complain-question"
    assert any("duly_server/services/sending.py" in place for place in said["trace"])
    assert len(said["time"]) == 10
    assert "request" not in said
    assert "Ada" not in log.getvalue()


def test_where_a_page_of_the_desk_fails_both_lines_are_of_one_request(
    small_office: SmallOffice, day: None, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = Officer("complaints-officer-1", Client(raise_request_exception=False))
    monkeypatch.setattr("duly_server.web.door.viewer_of", _fails)
    assert officer.client.get("/desk/").status_code >= 500
    fault, answered = lines(log)
    assert fault["fault"] == "OperationalError"
    assert answered["event"] == "answered"
    assert fault["request"] == answered["request"]
    assert fault["status"] == answered["status"] >= 500


def test_only_what_asks_for_a_login_has_lines(
    small_office: SmallOffice, day: None, unlimited: None, log: io.StringIO
) -> None:
    """Whoever is not logged in gets nothing of a route that has lines but the way to the login."""
    patterns = {each.name: each.pattern for each in _all(get_resolver().url_patterns)}
    assert sum(has_login(name) for name in ROUTES) > 30
    for name in ROUTES:
        log.seek(0)
        log.truncate()
        parts = {part: VALUES.get(part, "x") for part in patterns[name].converters}
        answer = Client().get(reverse(name, kwargs=parts))
        assert bool(lines(log)) is has_login(name), name
        if has_login(name):
            led_to = answer.headers["Location"].partition("?")[0]
            assert (answer.status_code, led_to) == (302, "/login"), name
