"""Whatever is asked for in a way that it does not answer says so in words, with a way back that there is."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from pytest_django import Settings
from tests.services.conftest import keyring, small_office
from tests.services.office import SmallOffice
from tests.web.desk.officer import Officer

from duly_server.web import routes
from duly_server.web.door import clock

__all__ = ["keyring", "small_office"]

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE")
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def clients(small_office: SmallOffice, settings: Settings, tmp_path: Path) -> Iterator[list[Client]]:
    """Of somebody who works on cases, of somebody who answers for the timetable, and of a stranger."""
    settings.DULY_DAY_FILE = tmp_path / "day"
    settings.DULY_DEMO = True
    clock().set_day(date(2026, 3, 2))
    return [Officer(login).client for login in ("complaints-officer-1", "president-1")] + [Client()]


def every_route() -> list[URLPattern]:
    return routes._all(get_resolver().url_patterns)


def address_of(each: URLPattern) -> str:
    return reverse(str(each.name), kwargs=dict.fromkeys(each.pattern.converters, "x"))


def refusals(client: Client, method: str) -> dict[str, HttpResponse]:
    """The answers 405, by the name of the route; others are about something else."""
    asked = {
        str(each.name): client.generic(method, address_of(each), b"", content_type=FORM)
        for each in every_route()
    }
    return {name: answer for name, answer in asked.items() if answer.status_code == 405}


def test_every_route_that_refuses_a_method_says_so_with_a_way_back(
    clients: list[Client], unlimited: None
) -> None:
    only_posted: set[str] = set()
    for client in clients:
        for method in METHODS:
            refused = refusals(client, method)
            only_posted |= set(refused) if method == "GET" else set()
            for name, answer in refused.items():
                page = answer.content.decode()
                assert "There is nothing to read at this address by itself</h1>" in page, (method, name)
                assert method not in answer.headers["Allow"].split(", "), (method, name)
                (back,) = re.findall(r'<a class="button button-primary" href="([^"]*)">', page)
                assert bool(back) == ("GET" not in answer.headers["Allow"]), (method, name)
                assert client.get(back or "/").status_code in (200, 302), (name, back)
    assert {"complain-send", "complain-receipt-file", "desk-docket-save", "demo-become"} <= only_posted
    assert {"logout", "demo-next-day", "complain-go-on", "complain-forget"} <= only_posted


@pytest.mark.parametrize(
    ("address", "back"),
    [
        ("/complain/send", "/complain/"),
        ("/complain/receipt/file", "/complain/receipt"),
        ("/desk/docket/save", "/desk/docket"),
        ("/demo/people/become", "/demo/people"),
        ("/logout", "/"),
    ],
)
def test_the_way_back_leads_to_the_page_of_the_form(clients: list[Client], address: str, back: str) -> None:
    answer = clients[0].get(address)
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert f'href="{back}">Back to the page it belongs to' in answer.content.decode()


def test_what_can_be_read_leads_back_to_itself(clients: list[Client]) -> None:
    answer = clients[0].put("/help", b"", content_type=FORM)
    assert answer.headers["Allow"] == "GET, HEAD"
    assert 'href="">Back' in answer.content.decode()
