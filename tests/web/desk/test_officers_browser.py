"""Officers and invitations in a real browser: no barrier that axe finds; a way in with and without script."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.web.browser import OpenPage, browser, open_page, runs_off, violations
from tests.web.desk.test_frame_browser import WAYS, WIDE, be, office

__all__ = ["browser", "office", "open_page"]

pytestmark = pytest.mark.browser
PASSWORD = "three quiet harbours"


def is_clean(page: Page, name: str) -> None:
    if folder := os.environ.get("DULY_TEST_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
    assert violations(page) == [], name
    assert not runs_off(page), name


@pytest.mark.looks
@pytest.mark.parametrize("way", WAYS)
def test_axe_finds_no_violation_from_the_list_to_the_first_login(
    office: str, open_page: OpenPage, way: str
) -> None:
    page = open_page(**WAYS[way])
    be(page, office, "president-1")
    page.goto(f"{office}/desk/officers")
    is_clean(page, f"officers-{way}")
    page.get_by_role("link", name="Appoint as Investigator").click()
    is_clean(page, f"appoint-{way}")
    page.get_by_role("button", name="Appoint").click()
    is_clean(page, f"appoint-refused-{way}")
    page.get_by_label("Name of somebody new").fill("Ada Winter")
    page.get_by_role("button", name="Appoint").click()
    is_clean(page, f"invited-{way}")
    token = re.search(r"#(\S+)", page.locator(".invitation").inner_text())
    assert token
    page.goto(f"{office}/desk/officers")
    page.get_by_role("link", name="End the appointment of Holder of panel-chair-1").click()
    is_clean(page, f"end-{way}")
    page.goto(f"{office}/desk/officers")
    page.get_by_role("link", name="Reset signing in of Holder of panel-chair-1").click()
    is_clean(page, f"reset-{way}")
    new = open_page(**WAYS[way])
    new.goto(f"{office}/invitation#{token.group(1)}")
    is_clean(new, f"invitation-{way}")
    assert "#" not in new.url
    new.get_by_role("button", name="Go to the desk").click()
    is_clean(new, f"invitation-refused-{way}")
    new.get_by_label("Login").fill("ada")
    new.get_by_label("Password", exact=True).fill(PASSWORD)
    new.get_by_label("The same password again").fill(PASSWORD)
    new.get_by_role("button", name="Go to the desk").click()
    new.wait_for_url(f"{office}/desk/#content")
    assert "Ada Winter" in new.locator(".side-user").inner_text() or way == "phone"


def test_without_script_the_code_is_pasted(office: str, open_page: OpenPage) -> None:
    page = open_page(**WIDE, java_script_enabled=False)
    be(page, office, "president-1")
    page.goto(f"{office}/desk/officers/investigator/appoint")
    page.get_by_label("Name of somebody new").fill("Ada Winter")
    page.get_by_role("button", name="Appoint").click()
    token = page.locator(".invitation").inner_text().partition("#")[2].strip()
    new = open_page(**WIDE, java_script_enabled=False)
    new.goto(f"{office}/invitation#{token}")
    new.get_by_label("Invitation code").fill(token)
    new.get_by_label("Login").fill("ada")
    new.get_by_label("Password", exact=True).fill(PASSWORD)
    new.get_by_label("The same password again").fill(PASSWORD)
    new.get_by_role("button", name="Go to the desk").click()
    new.wait_for_url(f"{office}/desk/#content")
