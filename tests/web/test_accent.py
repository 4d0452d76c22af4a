"""An organisation's own accent reaches every page by a served stylesheet, in light and in dark."""

import pytest
from django.test import Client
from pytest_django import Settings

from duly_server.web.headers import POLICY


@pytest.mark.django_db
def test_a_page_links_the_sheet_after_the_look_s_own_colours(settings: Settings) -> None:
    settings.DULY_ACCENT, settings.DULY_ACCENT_DARK = "#7A1F5C", ""
    page = Client().get("/help").content.decode()
    link = page.partition('href="/look/accent.css?v=')
    assert link[1]
    assert "look/tokens.css" in link[0]
    sheet = Client().get("/look/accent.css")
    assert sheet.headers["Content-Type"] == "text/css; charset=utf-8"
    assert sheet.headers["Content-Security-Policy"] == POLICY
    light, dark = sheet.content.decode().strip().splitlines()
    assert light.startswith("@media (forced-colors: none) { :root { --accent: #7A1F5C;")
    assert "prefers-color-scheme: dark" in dark
    assert "#7A1F5C" not in dark


@pytest.mark.django_db
def test_its_address_changes_with_the_colours_so_that_no_browser_keeps_old_ones(settings: Settings) -> None:
    def address() -> str:
        return Client().get("/help").content.decode().partition("/look/accent.css?v=")[2][:12]

    settings.DULY_ACCENT = "#7A1F5C"
    first = address()
    settings.DULY_ACCENT_DARK = "#F0A0D0"
    assert address() != first


@pytest.mark.django_db
def test_the_look_s_own_accent_needs_no_sheet() -> None:
    assert "accent.css" not in Client().get("/help").content.decode()
