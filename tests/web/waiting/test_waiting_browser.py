"""The page for whoever has to wait, in a real browser: judged by axe, and the same without script."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.web.browser import OpenPage, alike, browser, open_page
from tests.web.public.test_codes import other_code
from tests.web.public.test_journey import WAYS, Walk, office

from duly_server.gateways.limits import Counts
from duly_server.web.waiting import gate
from duly_server.web.waiting.lanes import LANES

__all__ = ["browser", "office", "open_page"]

pytestmark = pytest.mark.browser

FIELDS: dict[str, dict[str, str]] = {
    "/status": {"code": other_code()},
    "/login": {"username": "chair-1", "password": "wrong"},
}
BUTTONS = {"/status": ("Continue", "Look it up"), "/login": ("Log in", "Log in")}


@pytest.mark.parametrize("way", alike(["light", "dark", "narrow", "without script"]))
@pytest.mark.parametrize("address", FIELDS)
def test_one_waits_presses_the_button_and_is_let_through(
    office: str, open_page: OpenPage, counts: Counts, monkeypatch: pytest.MonkeyPatch, way: str, address: str
) -> None:
    time = {"at": datetime(2026, 3, 2, 9, tzinfo=UTC)}
    monkeypatch.setattr(gate, "now", lambda _: (time["at"].date(), time["at"]))
    lane = LANES[address]

    def use_up() -> None:
        when: dict[str, Any] = {"at": time["at"].timestamp(), "day": time["at"].date().isoformat()}
        while not counts.take(lane.name, "127.0.0.0/24", lane.budget, **when):
            pass

    page = open_page(**WAYS[way])
    walk = Walk(page, office, way)
    walk.open(address)
    for name, said in FIELDS[address].items():
        page.locator(f"[name={name}]").fill(said)
    use_up()
    walk.press(BUTTONS[address][0])
    walk.look()
    assert "wait for 20 seconds" in page.locator(".lead").inner_text()
    time["at"] += timedelta(seconds=15)
    use_up()
    if address == "/login":
        page.get_by_label("Password").fill("wrong")
    walk.press(BUTTONS[address][1])
    assert "wait for 5 seconds" in page.locator(".lead").inner_text()
    time["at"] += timedelta(seconds=5)
    use_up()
    if address == "/login":
        page.get_by_label("Password").fill("wrong")
    walk.press(BUTTONS[address][1])
    assert walk.seen == ["Many things arrive at once"]
    shown = page.locator("main").inner_text()
    says = "We know no complaint" if address == "/status" else "do not belong together"
    assert says in shown
