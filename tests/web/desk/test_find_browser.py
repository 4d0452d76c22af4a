"""What the search box finds, and the whole docket in counts, in a real browser: no barrier that axe finds."""

import pytest
from tests.web.browser import OpenPage, browser, open_page
from tests.web.desk.test_frame_browser import WAYS, be, office
from tests.web.desk.test_officers_browser import is_clean

__all__ = ["browser", "office", "open_page"]

pytestmark = pytest.mark.browser


@pytest.mark.looks
@pytest.mark.parametrize("way", WAYS)
def test_axe_finds_no_violation_and_nothing_runs_off(office: str, open_page: OpenPage, way: str) -> None:
    page = open_page(**WAYS[way], java_script_enabled=True)
    be(page, office, "complaints-officer-1")
    for text in ("holder", "f 4", "nothing like it"):
        page.get_by_role("searchbox").fill(text)
        page.get_by_role("searchbox").press("Enter")
        page.get_by_role("heading", name="Found").wait_for()
        assert text not in page.url
        is_clean(page, f"find-{text.replace(' ', '-')}-{way}")
    page.get_by_role("searchbox").fill("serve notice")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="Serve notice").click()
    page.get_by_role("heading", name="Docket").wait_for()
    is_clean(page, f"docket-step-{way}")
    be(page, office, "president-1")
    page.goto(f"{office}/desk/whole")
    is_clean(page, f"whole-{way}")


def test_what_the_box_is_for_can_be_read_on_a_narrow_telephone(office: str, open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 360, "height": 740})
    be(page, office, "complaints-officer-1")
    room, needed = page.get_by_role("searchbox").evaluate(
        """box => {
            const style = getComputedStyle(box), canvas = document.createElement("canvas").getContext("2d");
            canvas.font = `${style.fontSize} ${style.fontFamily}`;
            const around = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
            return [box.clientWidth - around, canvas.measureText(box.placeholder).width];
        }"""
    )
    assert 0 < needed <= room, (needed, room)
