"""The rules in plain English for anybody: told to either side, drawn; none before they are adopted."""

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings
from tests.databases import OfficeDatabases
from tests.services.conftest import furnish
from tests.services.office import ROOT, SmallOffice
from tests.web.browser import OpenPage, browser, open_page, runs_off, violations
from tests.web.public.served import serving

from duly.explain.whole import explain
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import premises
from duly_server.store import editions
from duly_server.store.editions import NotAdoptedError
from duly_server.web.door import clock

__all__ = ["browser", "open_page"]

pytestmark = pytest.mark.usefixtures("day")


@pytest.fixture
def office(small_office: SmallOffice) -> SmallOffice:
    return small_office


def words_of(page: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def test_they_are_told_first_to_whoever_complains(client: Client, office: SmallOffice) -> None:
    page = client.get("/rules")
    assert page.status_code == 200
    words = words_of(page)
    assert "If you complain" in words
    for section in explain(office.book, "complainant"):
        assert section.heading in words
        for each in section.sentences:
            assert each.says in words


def test_and_to_whoever_is_complained_of(client: Client, office: SmallOffice) -> None:
    words = words_of(client.get("/rules?for=respondent"))
    assert "If somebody complains about you" in words
    assert "You may answer, within 21 days after the latest serve notice." in words
    assert words_of(client.get("/rules?for=panel")) == words_of(client.get("/rules"))


def test_the_procedure_is_drawn(client: Client, office: SmallOffice) -> None:
    drawn = client.get("/rules/procedure.svg")
    assert (drawn.status_code, drawn["Content-Type"]) == (200, "image/svg+xml")
    root = ET.fromstring(drawn.content)  # noqa: S314 -- what we drew ourselves
    assert root.get("role") == "img"


def test_before_rules_are_adopted_there_are_none(
    client: Client, office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_: object) -> None:
        raise NotAdoptedError("none")

    monkeypatch.setattr(editions, "in_force", none)
    assert client.get("/rules").status_code == client.get("/rules/procedure.svg").status_code == 404
    assert "/rules" not in client.get("/").content.decode()


@pytest.fixture
def address(fresh_office_db: OfficeDatabases, tmp_path: Path, settings: Settings) -> Iterator[str]:
    settings.DULY_DAY_FILE = tmp_path / "day"
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    clock().set_day(date(2026, 3, 2))
    ring = FileKeyRing.demo(on=date(2026, 3, 1))
    premises.move_in(ring)
    furnish((ROOT / "rulebooks/example-association/2026.toml").read_text())
    with serving() as served:
        yield served
    ring.discard()


@pytest.mark.browser
@pytest.mark.looks
@pytest.mark.parametrize("width", [320, 390, 1360])
def test_axe_finds_no_barrier_and_nothing_runs_off(address: str, open_page: OpenPage, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(address)
    page.get_by_role("link", name="How complaints are dealt with").click()
    for path in ("/rules", "/rules?for=respondent"):
        assert page.url == address + path
        assert violations(page) == [], path
        assert not runs_off(page), path
        if path == "/rules":
            page.get_by_role("link", name="If somebody complains about you").click()
