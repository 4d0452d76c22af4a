"""The whole way in a real browser: on a desk, in the dark, on a phone, from right to left, without script."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django import Settings
from tests.databases import OfficeDatabases
from tests.services.conftest import furnish
from tests.web.browser import OpenPage, browser, open_page, runs_off, violations
from tests.web.public.reporter import ANSWERS
from tests.web.public.served import serving

from duly_server.gateways.keys import FileKeyRing
from duly_server.services import premises
from duly_server.web.door import clock

__all__ = ["browser", "open_page"]

pytestmark = pytest.mark.browser

WIDE: dict[str, Any] = {"viewport": {"width": 1360, "height": 1045}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}
WAYS = {
    "light": WIDE,
    "dark": WIDE | {"color_scheme": "dark"},
    "phone": PHONE,
    "narrow": {"viewport": {"width": 320, "height": 700}},
    "without script": PHONE | {"java_script_enabled": False},
    "right to left": PHONE,
}
BOTH = ("light", "without script")  # on either database; the others differ from these in looks


@pytest.fixture
def office(fresh_office_db: OfficeDatabases, tmp_path: Path, settings: Settings) -> Iterator[str]:
    settings.DULY_DAY_FILE = tmp_path / "day"
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    clock().set_day(date(2026, 3, 2))
    ring = FileKeyRing.demo(on=date(2026, 3, 1))
    premises.move_in(ring)
    furnish((Path(__file__).parents[2] / "rulebooks/village-bands.toml").read_text())
    with serving() as address:
        yield address
    ring.discard()


class Walk:
    """A walk through pages, each looked at by axe and for anything that runs off its edge."""

    def __init__(self, page: Page, address: str, way: str) -> None:
        self.page, self.address, self.seen = page, address, list[str]()
        self.has_script = way != "without script"
        self.colours = way in ("light", "dark", "phone")
        folder = os.environ.get("DULY_TEST_PICTURES", "")  # where to leave a picture of every page
        self.pictures = Path(folder) / way if folder else None

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def look(self) -> None:
        heading = self.page.locator("h1").inner_text()
        self.seen.append(heading)
        if self.pictures:
            self.pictures.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=self.pictures / f"{len(self.seen):02}.png", full_page=True)
        if self.has_script:
            assert violations(self.page, colours=self.colours) == [], heading
            assert not runs_off(self.page), heading

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize(
    "way",
    [way if way in BOTH else pytest.param(way, marks=pytest.mark.looks) for way in WAYS],
)
def test_from_the_first_page_to_where_it_stands(
    office: str, open_page: OpenPage, settings: Settings, way: str
) -> None:
    if way == "right to left":
        settings.LANGUAGE_CODE = "ar"
    page = open_page(**WAYS[way])
    walk = Walk(page, office, way)
    walk.open("/")
    walk.look()
    page.get_by_role("link", name="Make a complaint").click()
    walk.look()
    page.get_by_role("link", name="Begin", exact=True).click()
    for slug, said in ANSWERS.items():
        if slug == "when-and-where":
            page.get_by_label("When", exact=False).first.fill(said["when"])
            walk.look()
            walk.press("Continue")
            continue
        walk.press("Continue")
        assert page.locator(":focus").get_attribute("class") == "error-summary"
        walk.look()
        for field, answer in said.items():
            answer = "confidential" if field == "naming" else answer
            control = page.locator(f"[name={field}]")
            if control.count() > 1:
                page.locator(f"[name={field}][value={answer}]").check()
            else:
                control.fill(answer)
        walk.press("Continue")
    walk.look()
    walk.press("Send the complaint")
    code = page.locator(".receipt-code").inner_text()
    walk.look()
    page.get_by_label("I have kept it").check()
    walk.press("Continue")
    walk.look()
    page.get_by_role("link", name="See where it stands").click()
    walk.look()
    page.get_by_label("Enter your code").fill(code)
    walk.press("Continue")
    walk.look()
    assert walk.seen[-1] == "We have your complaint"
    assert code.replace(" ", "") not in page.url
    assert page.url.endswith("/status")
    page.get_by_role("link", name="Help").first.click()
    walk.look()
    page.locator(".doings a").first.click()
    walk.look()
    walk.open("/complain/send")
    walk.look()
    assert walk.seen[-1] == "There is nothing to read at this address by itself"
    page.get_by_role("link", name="Back to the page it belongs to").click()
    walk.look()
    assert walk.seen[-1] == "Make a complaint"


def test_leaving_hides_and_forgets_nothing(office: str, open_page: OpenPage, settings: Settings) -> None:
    settings.DULY_LEAVE_URL = f"{office}/help"
    page = open_page(**PHONE)
    page.goto(f"{office}/complain/question/what-happened")
    page.get_by_label("What happened?").fill("She read my letter aloud.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url("**/help")
    page.go_back()
    assert "She read my letter" not in page.content()
    page.goto(f"{office}/complain/question/what-happened")
    assert page.locator("h1").inner_text() == "Make a complaint"
    assert "She read my letter" not in page.content()
    page.get_by_role("button", name="Go on with it").click()
    page.goto(f"{office}/complain/question/what-happened")
    assert page.get_by_label("What happened?").input_value() == "She read my letter aloud."
