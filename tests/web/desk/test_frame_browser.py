"""The desk's lists in a real browser: no barrier that axe finds, nothing off the page, no script needed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django import Settings
from tests.databases import OfficeDatabases
from tests.services.conftest import furnish
from tests.services.office import ROOT
from tests.services.test_casework import accepted
from tests.web.browser import OpenPage, browser, open_page, runs_off, violations
from tests.web.desk.docket_filled import copies, keyed
from tests.web.public.served import serving

from duly.procedure.acts import Pause
from duly_server.gateways.keys import FileKeyRing
from duly_server.services import case_page, casework, premises
from duly_server.store.models import CaseRow, DutyRow
from duly_server.web.desk.docket_asked import COLUMNS
from duly_server.web.door import clock

__all__ = ["browser", "open_page"]

pytestmark = pytest.mark.browser
WIDE: dict[str, Any] = {"viewport": {"width": 1360, "height": 1045}}
WAYS: dict[str, dict[str, Any]] = {
    "light": WIDE,
    "dark": WIDE | {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}},
}
PAGES = (
    "/desk/",
    "/desk/docket",
    "/desk/docket?view=late",
    "/desk/docket?view=closed",
    "/desk/docket?state=late&column=owner&column=due&column=closed",
    "/desk/news",
    "/desk/rulebook",
    "/desk/rulebook?for=respondent",
    "/demo/people",
    "/login",
)


@pytest.fixture
def office(fresh_office_db: OfficeDatabases, tmp_path: Path, settings: Settings) -> Iterator[str]:
    """Sixty late cases, one paused, one at the sift; it is Thursday 9 April 2026, in a demonstration."""
    settings.DULY_DAY_FILE = tmp_path / "day"
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.DULY_DEMO = True
    clock().set_day(date(2026, 4, 9))
    case_page.forget()
    ring = FileKeyRing.demo(on=date(2026, 3, 1))
    premises.move_in(ring)
    small = furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text())
    reference = accepted(small)
    copies(reference, 60, first_due=date(2026, 2, 1))
    copies(reference, 2, first_due=date(2026, 3, 1), closed_on=date(2026, 4, 1))
    chair = small.acting("panel-chair", "2026-03-26")
    casework.take(chair, reference, Pause(pause="police", parts={"reasons": {"v": 1, "text": "An inquiry."}}))
    small.complaint("2026-04-08")
    with serving() as address:
        yield address
    ring.discard()


def be(page: Page, address: str, login: str) -> None:
    page.goto(f"{address}/demo/people")
    page.locator(f'form:has(input[value="{login}"]) button').click()
    page.wait_for_url(f"{address}/desk/")


@pytest.mark.looks
@pytest.mark.parametrize("way", WAYS)
def test_axe_finds_no_violation_and_nothing_runs_off(office: str, open_page: OpenPage, way: str) -> None:
    page = open_page(**WAYS[way])
    be(page, office, "complaints-officer-1")
    for path in PAGES:
        page.goto(office + path)
        assert violations(page) == [], path
        assert not runs_off(page), path
        folded = page.locator("details > summary").all()
        for turn, summary in enumerate(folded, start=1):
            summary.press("Enter")
            # What unfolded; and the whole once more when all has.
            within = None if turn == len(folded) else "details[open]"
            assert violations(page, within=within) == [], (path, turn)
            assert not runs_off(page), (path, turn)


NARROWER = (1024, 1280, 1360)
LISTS = (
    "/desk/",
    "/desk/docket",
    "/desk/docket?view=late",
    "/desk/docket?view=sift",
    "/desk/docket?view=closed",
    f"/desk/docket?{'&'.join(f'column={name}' for name in COLUMNS)}",
)


@pytest.mark.looks
@pytest.mark.parametrize("way", ["light", "dark", "right to left"])
def test_the_lists_fit_a_small_desk_with_long_names_and_days_of_other_years(
    office: str, open_page: OpenPage, way: str
) -> None:
    CaseRow.objects.filter(reference__startswith="TEST-C").update(
        conduct="bringing-the-whole-association-into-disrepute",
        owed_step="answer-the-allegations-in-writing",
        owed_by="complaints-officer panel-chair investigator",
        due_on=date(2025, 6, 10),
        original_on=date(2025, 5, 27),
        stages="preliminary-inquiry first-hearing",
    )
    keyed("TEST-C001", "A1", "A2")
    page = open_page(**(WAYS["dark"] if way == "dark" else WIDE))
    be(page, office, "complaints-officer-1")
    for width in NARROWER:
        page.set_viewport_size({"width": width, "height": 800})
        for path in LISTS:
            page.goto(office + path)
            if way == "right to left":
                page.evaluate("document.documentElement.dir = 'rtl'")
            assert not runs_off(page), (width, path)
            if "column" not in path:  # with every column there is the table is pushed along in its place
                for table in page.locator(".across").all():
                    assert table.evaluate("each => each.scrollWidth <= each.clientWidth"), (width, path)
            if width >= 1280 and "docket" in path:
                assert page.locator(".docket-tabs ul").evaluate("each => each.offsetHeight") < 50, path


def test_of_two_findings_in_one_case_each_row_says_which_and_neither_is_cut(
    office: str, open_page: OpenPage
) -> None:
    CaseRow.objects.filter(reference="TEST-C001").update(
        conduct="bringing-the-whole-association-into-disrepute"
    )
    keyed("TEST-C001", "A1", "A2")
    DutyRow.objects.filter(case_id="TEST-C001").update(
        step="answer-the-allegations-in-writing", limit="answer-the-allegations-in-writing"
    )
    page = open_page(viewport={"width": 1024, "height": 800})
    be(page, office, "complaints-officer-1")
    page.goto(f"{office}/desk/docket?view=late")
    cells = page.locator("tr", has_text="TEST-C001").locator(".cut-owed")
    assert [each.rpartition(" · ")[2] for each in cells.all_inner_texts()] == ["A1", "A2"]
    for cell in cells.all():
        assert cell.evaluate("each => each.scrollWidth <= each.clientWidth")


def test_without_script_one_narrows_turns_pages_saves_a_view_and_logs_out(
    office: str, open_page: OpenPage
) -> None:
    page = open_page(**WIDE, java_script_enabled=False)
    be(page, office, "complaints-officer-1")
    page.get_by_role("link", name="Open as a docket view").first.click()
    assert page.locator(".docket tbody tr").count() == 50
    page.get_by_role("link", name="Next 50").click()
    assert page.locator(".docket tbody tr").count() == 10
    page.get_by_role("link", name="First").click()
    page.get_by_role("combobox", name="Conduct").select_option("bullying")
    page.get_by_role("button", name="Show", exact=True).click()
    assert "view=late" in page.url
    assert "conduct=bullying" in page.url
    page.get_by_text("Save this view").click()
    page.get_by_label("Name of the view").fill("Late bullying")
    page.get_by_role("button", name="Save", exact=True).click()
    assert page.get_by_role("link", name="Late bullying").get_attribute("aria-current") == "true"
    page.get_by_role("link", name="Clear").click()
    assert "conduct" not in page.url
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(f"{office}/login")


def test_twenty_four_rows_stand_above_the_fold_with_the_bar_of_a_demonstration(
    office: str, open_page: OpenPage
) -> None:
    page = open_page(**WIDE)
    be(page, office, "complaints-officer-1")
    page.goto(f"{office}/desk/docket")
    boxes = [row.bounding_box() for row in page.locator(".docket tbody tr").all()]
    assert {box["height"] for box in boxes[:-1] if box} == {29}
    assert sum(1 for box in boxes if box and box["y"] + box["height"] <= 1045) >= 24


def test_the_next_day_comes_by_a_button_and_leaves_one_where_one_was(
    office: str, open_page: OpenPage
) -> None:
    page = open_page(**WIDE)
    be(page, office, "complaints-officer-1")
    page.goto(f"{office}/desk/docket?view=sift")
    page.get_by_role("button", name="Next day").click()
    page.wait_for_url(f"{office}/desk/docket?view=sift")
    assert "Friday 10 April 2026" in page.locator(".desk-date").inner_text()
