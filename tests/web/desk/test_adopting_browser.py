"""Adopting in a real browser: no barrier that axe finds, on a phone, in the dark, by keys, without script."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.services.adopted import edition, late_holiday
from tests.web.browser import OpenPage, browser, open_page, runs_off, violations
from tests.web.desk.test_frame_browser import WAYS, WIDE, be, office

__all__ = ["browser", "office", "open_page"]

pytestmark = pytest.mark.browser
DONE = re.compile(r"/desk/rulebook(#\w+)?$")
WHY = "The board voted for it on 7 April."
# Under the office's day, 9 April 2026; a time of the case at hand moves by it.
HOLIDAY = late_holiday("2026-04-15")


def is_clean(page: Page, name: str) -> None:
    if folder := os.environ.get("DULY_TEST_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
    assert violations(page) == [], name
    assert not runs_off(page), name


def choose(page: Page, office: str, text: str) -> None:
    page.goto(f"{office}/desk/rulebook")
    page.get_by_role("link", name="A new edition, or a changed calendar").click()
    page.get_by_label("The file").set_input_files(
        {"name": "new.toml", "mimeType": "application/toml", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Show what it would do").click()


@pytest.mark.parametrize("way", WAYS)
def test_axe_finds_no_violation_from_the_file_to_the_adoption(
    office: str, open_page: OpenPage, way: str
) -> None:
    page = open_page(**WAYS[way])
    be(page, office, "president-1")
    page.goto(f"{office}/desk/rulebook/new")
    is_clean(page, f"adopting-choose-{way}")
    page.get_by_role("button", name="Show what it would do").click()
    is_clean(page, f"adopting-no-file-{way}")
    choose(page, office, edition("2027", "2026-05-01", mode="move at once"))
    is_clean(page, f"adopting-edition-{way}")
    choose(page, office, edition("2027", "2026-04-01"))
    is_clean(page, f"adopting-refused-{way}")
    choose(page, office, HOLIDAY)
    is_clean(page, f"adopting-calendar-{way}")
    page.get_by_role("button", name="Adopt, from").click()
    is_clean(page, f"adopting-no-reasons-{way}")
    page.get_by_label("Who decided it, and why").fill(WHY)
    page.get_by_role("button", name="Adopt, from").click()
    page.wait_for_url(DONE)
    assert "Adopted: the calendar GB-ENG" in page.locator("main").inner_text()
    is_clean(page, f"adopting-done-{way}")


@pytest.mark.parametrize("way", WAYS)
def test_axe_finds_no_violation_from_an_adoption_to_its_withdrawal(
    office: str, open_page: OpenPage, way: str
) -> None:
    page = open_page(**WAYS[way])
    be(page, office, "president-1")
    choose(page, office, edition("2027", "2026-05-01", mode="move at once"))
    page.get_by_label("Who decided it, and why").fill(WHY)
    page.get_by_role("button", name="Adopt, from").click()
    page.wait_for_url(DONE)
    is_clean(page, f"withdrawing-offered-{way}")
    page.get_by_role("button", name="See what withdrawing 2027 would do").click()
    is_clean(page, f"withdrawing-{way}")
    page.get_by_role("button", name="Withdraw it").click()
    is_clean(page, f"withdrawing-no-reasons-{way}")
    page.get_by_label("Who decided it, and why").fill("Voted down.")
    page.get_by_role("button", name="Withdraw it").click()
    page.wait_for_url(DONE)
    assert "Withdrawn: " in page.locator("main").inner_text()


def test_without_script_and_by_keys_alone_a_calendar_is_adopted(office: str, open_page: OpenPage) -> None:
    page = open_page(**WIDE, java_script_enabled=False)
    be(page, office, "president-1")
    choose(page, office, HOLIDAY)
    page.get_by_label("Who decided it, and why").focus()
    page.keyboard.type(WHY)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(DONE)
    assert "Adopted: the calendar GB-ENG" in page.locator("main").inner_text()
