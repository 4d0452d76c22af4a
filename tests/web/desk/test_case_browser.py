"""The pages of a case in a real browser: light, dark, on a phone, from right to left, without script."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page
from pytest_django import Settings
from tests.databases import OfficeDatabases
from tests.services.conftest import furnish
from tests.services.history.handed import ALLEGATIONS, COMPLAINTS, taken
from tests.services.office import ROOT
from tests.web.browser import OpenPage, alike, browser, open_page, runs_off, violations
from tests.web.desk.officer import set_day
from tests.web.desk.pictured import TODAY, pictured
from tests.web.public.served import serving

from duly_server.gateways.keys import FileKeyRing
from duly_server.services import case_page, premises
from duly_server.services.history.shelf import listed
from duly_server.store.accounts import by_login
from duly_server.web.door import clock

__all__ = ["browser", "open_page"]

pytestmark = pytest.mark.browser

WIDE: dict[str, Any] = {"viewport": {"width": 1360, "height": 1045}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}
WAYS = {
    "light": WIDE,
    "dark": WIDE | {"color_scheme": "dark"},
    "small desk": {"viewport": {"width": 1024, "height": 768}},
    "phone": PHONE,
    "narrow": {"viewport": {"width": 320, "height": 700}},
    "without script": PHONE | {"java_script_enabled": False},
    "right to left": WIDE,
}


@dataclass(frozen=True)
class Office:
    address: str
    case: str
    waiting: str
    history: str

    def log_in(self, page: Page, login: str) -> None:
        account = by_login(login)
        assert account is not None
        session = SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session["duly.entered"] = {"by": "app", "at": int(clock().read()[1].timestamp())}
        session.save()
        cookie = {"name": configured.SESSION_COOKIE_NAME, "value": session.session_key, "url": self.address}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # as playwright takes it


@pytest.fixture
def office(fresh_office_db: OfficeDatabases, tmp_path: Path, settings: Settings) -> Iterator[Office]:
    """The Example Association with the pictured case, and a complaint acknowledged and not yet sifted."""
    settings.DULY_DAY_FILE = tmp_path / "day"
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    set_day(TODAY)
    case_page.forget()
    ring = FileKeyRing.demo(on=clock().read()[0])
    premises.move_in(ring)
    small = furnish((ROOT / "rulebooks/example-association/2026.toml").read_text())
    case, waiting = pictured(small), small.complaint("2026-04-20")
    taken(COMPLAINTS, ALLEGATIONS, on=TODAY)
    history = listed(small.acting("case-officer", TODAY)).lines[0].reference
    with serving() as address:
        yield Office(address, case, waiting.case, history)
    ring.discard()


def look(page: Page, *, has_script: bool, colours: bool = True) -> None:
    """No barrier that axe finds, and nothing off the edge."""
    if not has_script:
        return
    assert violations(page, colours=colours) == [], page.url
    assert not runs_off(page), page.url


@pytest.mark.looks
@pytest.mark.parametrize("way", WAYS)
def test_every_page_of_a_case_can_be_read_by_everybody(
    office: Office, open_page: OpenPage, settings: Settings, way: str
) -> None:
    if way == "right to left":
        settings.LANGUAGE_CODE = "ar"
    page = open_page(**WAYS[way])
    office.log_in(page, "case-officer-1")
    case = f"/desk/cases/{office.case}"
    for path in (
        case,
        f"{case}?why=limit-answer",
        f"{case}?as=table",
        f"{case}?record=clocks",
        f"{case}/steps/disclose",
        f"{case}/steps/decide-sanction",
        f"{case}/steps/find",
        f"{case}/steps/acknowledge",
        f"{case}/seals",
        f"{case}/parties",
        f"{case}/corrections",
        f"{case}/extensions?limit=answer",
        "/desk/sift",
        f"/desk/sift/{office.waiting}",
        "/desk/register",
        "/desk/history",
        f"/desk/history/{office.history}",
    ):
        answer = page.goto(office.address + path)
        assert answer is not None
        assert answer.status == 200
        look(page, has_script=way != "without script", colours=way in ("light", "dark", "phone"))


@pytest.mark.parametrize("way", alike(["light", "dark", "without script", "phone"]))
def test_steps_that_are_over_unfold_with_their_reasons(office: Office, open_page: OpenPage, way: str) -> None:
    page = open_page(**WAYS[way])
    office.log_in(page, "case-officer-1")
    page.goto(f"{office.address}/desk/cases/{office.case}")
    over = page.locator("details.over")
    said = over.get_by_text("Acknowledge: intake; done Wed 4 Mar.")
    assert not said.is_visible()
    over.locator("summary").click()
    assert said.is_visible()
    look(page, has_script=way != "without script")


@pytest.mark.parametrize("way", alike(["light", "without script", "phone"]))
def test_history_is_read_for_a_reason_with_or_without_script(
    office: Office, open_page: OpenPage, way: str
) -> None:
    page = open_page(**WAYS[way])
    office.log_in(page, "case-officer-1")
    page.goto(f"{office.address}/desk/history/{office.history}")
    press = page.get_by_role("button", name="Read what the file says")
    press.click()
    assert "Choose a reason, or write one." in page.get_by_role("alert").inner_text()
    look(page, has_script=way != "without script")
    page.get_by_label("I am checking how it was dealt with.").check()
    press.click()
    assert "The old ledger" in page.locator("main").inner_text()
    look(page, has_script=way != "without script")


@pytest.mark.parametrize("way", alike(["light", "without script", "phone"]))
def test_a_step_is_refused_then_taken_with_or_without_script(
    office: Office, open_page: OpenPage, way: str
) -> None:
    has_script = way != "without script"
    page = open_page(**WAYS[way])
    office.log_in(page, "case-officer-1")
    page.goto(f"{office.address}/desk/cases/{office.case}/steps/disclose")
    press = page.get_by_role("button", name="Record", exact=True)
    press.click()
    summary = page.get_by_role("alert")
    assert "There is a problem" in summary.inner_text()
    if has_script:
        assert page.evaluate("document.activeElement.className") == "error-summary"
    look(page, has_script=has_script)
    page.get_by_role("link", name="Say how it was served. (r 7.4)").click()
    page.get_by_label("Served how").select_option("e-mail")
    press.click()
    page.wait_for_url("**?new=*")
    assert "Recorded. See it in the record" in page.locator("main").inner_text()
    look(page, has_script=has_script)
    page.goto(f"{office.address}/desk/cases/{office.case}/steps/report")
    press.click()
    assert "“Report” was not recorded" in page.get_by_role("alert").first.inner_text()
    if has_script:
        assert page.evaluate("document.activeElement.className") == "refusal"
    look(page, has_script=has_script)


def test_a_complaint_is_read_and_sifted_without_script(office: Office, open_page: OpenPage) -> None:
    page = open_page(**WAYS["without script"])
    office.log_in(page, "intake-1")
    page.goto(f"{office.address}/desk/sift/{office.waiting}")
    page.get_by_role("link", name="Acknowledge").click()
    page.get_by_role("button", name="Record", exact=True).click()
    page.wait_for_url("**?new=*")
    page.context.clear_cookies()
    office.log_in(page, "sift-officer-1")
    page.goto(f"{office.address}/desk/sift/{office.waiting}")
    page.get_by_label("I know of no conflict of interest of mine in this case").check()
    page.get_by_role("button", name="Read the complaint").click()
    assert "He mocked a player at every rehearsal." in page.locator("main").inner_text()
    page.get_by_label("Accepted").check()
    page.get_by_label("Reasons", exact=True).first.check()
    page.locator("#id_reasons").fill("Within the rules.")
    page.get_by_role("button", name="Add another allegation").click()
    assert page.get_by_label("Accepted").is_checked()
    page.locator("#id_name_0").fill("Bo Lind")
    for turn in (0, 1):
        page.locator(f"#id_conduct_0_{turn}").select_option("harassment")
        page.locator(f"#id_alleged_0_{turn}").fill("Mockery.")
    page.get_by_role("button", name="Record the decision").last.click()
    page.wait_for_url(f"**/desk/cases/{office.waiting}")
    assert "two allegations" in page.locator("main").inner_text()


def test_on_a_phone_next_steps_come_before_the_record_and_on_a_desk_beside_it(
    office: Office, open_page: OpenPage
) -> None:
    def tops(way: str) -> tuple[float, float]:
        page = open_page(**WAYS[way])
        office.log_in(page, "case-officer-1")
        page.goto(f"{office.address}/desk/cases/{office.case}")
        boxes = [page.locator(f"#{name}").bounding_box() for name in ("next", "record")]
        assert boxes[0] is not None
        assert boxes[1] is not None
        return boxes[0]["y"], boxes[1]["y"]

    phone, desk = tops("phone"), tops("light")
    assert phone[0] < phone[1]
    assert abs(desk[0] - desk[1]) < 10


def test_print_reaches_every_section(office: Office, open_page: OpenPage) -> None:
    page = open_page(**WIDE)
    office.log_in(page, "case-officer-1")
    page.goto(f"{office.address}/desk/cases/{office.case}")
    page.emulate_media(media="print")
    for name in (
        "timetable",
        "next",
        "record",
        "parties",
        "allegations",
        "measures",
        "complaints",
        "settled",
    ):
        assert page.locator(f"#{name}").is_visible()
    assert not page.locator(".side").is_visible()
    assert page.locator("#fact-1").is_visible()
