"""T70 at the desk: whatever breaks inside a page, neither the answer nor the log says what was in it."""

import io

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.web.desk.officer import Desk, log_in, set_day
from tests.web.desk.test_steps import served
from tests.web.public.test_errors import log

from duly_server.web.desk import case_urls
from duly_server.web.desk import urls as desk_urls
from duly_server.web.routes import Rule, rule_of

__all__ = ["log"]

MARK = "Zebra-marker-4711"


def _fails(*_: object, **__: object) -> HttpResponse:
    planted = MARK
    raise OperationalError(f"duplicate key ({planted})\nERROR forged SELECT '{planted}'")


ROUTES = {each.name: each for each in (*desk_urls.patterns, *case_urls.urlpatterns)}
AT_THE_DESK = sorted(name for name in ROUTES if rule_of(name) in (Rule.DESK, Rule.ACCOUNT))


@pytest.mark.parametrize("name", AT_THE_DESK)
def test_a_fault_inside_any_page_of_the_desk_leaks_nothing(
    desk: Desk, log: io.StringIO, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    browser = Client(raise_request_exception=False)
    case = served(desk)
    set_day("2026-04-02")
    log_in(browser, "complaints-officer-1")
    parts = {"reference": case, "step": "report"}
    address = reverse(name, kwargs={part: parts[part] for part in ROUTES[name].pattern.converters})
    monkeypatch.setattr("duly_server.web.door.viewer_of", _fails)
    statuses = []
    for answer in (
        browser.get(f"{address}?q={MARK}"),
        browser.post(address, {"reasons": MARK, "name": MARK}),
    ):
        statuses.append(answer.status_code)
        for leak in (MARK, "OperationalError", "Traceback", "SELECT", "duly_server"):
            assert leak not in answer.content.decode()
    assert set(statuses) in ({500}, {500, 405})
    written = log.getvalue()
    assert "OperationalError at duly_server/web/door.py" in written
    for leak in (MARK, "forged", "SELECT", case):
        assert leak not in written
