"""Every piece, in a real browser: no barrier that axe finds, nothing off the page, no script needed."""

from typing import Any

import pytest
from playwright.sync_api import Page
from tests.web.browser import IS_LONG, OpenPage, runs_off, violations

DESK: dict[str, Any] = {"viewport": {"width": 1360, "height": 1045}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}
NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 700}}
DARK = {"color_scheme": "dark"}
FACES = (
    "desk?demo=1",
    "desk?demo=1&wrong=1",
    "status",
    "question?wrong=1",
    "receipt",
    "fields?wrong=1",
    "manual",
)


def with_language(face: str, language: str) -> str:
    return f"{face}{'&' if '?' in face else '?'}lang={language}"


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("context", [DESK, DESK | DARK, PHONE], ids=["light", "dark", "phone"])
def test_axe_finds_no_violation(
    gallery: str, open_page: OpenPage, face: str, context: dict[str, Any]
) -> None:
    page = open_page(**context)
    page.goto(gallery + face)
    assert violations(page) == []
    assert not runs_off(page)


@pytest.mark.parametrize("face", FACES)
def test_axe_finds_no_violation_from_right_to_left(gallery: str, open_page: OpenPage, face: str) -> None:
    page = open_page(**DESK)
    page.goto(gallery + with_language(face, "ar"))
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert violations(page) == []
    assert not runs_off(page)


def test_axe_sees_a_barrier_that_is_put_in(gallery: str, page: Page) -> None:
    """Lest an empty list mean that nothing was looked at."""
    page.goto(gallery + "status")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert any(violation.startswith("image-alt") for violation in violations(page))


def test_axe_sees_it_in_a_part_and_without_the_colours_too(gallery: str, page: Page) -> None:
    page.goto(gallery + "status")
    page.evaluate("""() => {
        document.querySelector('main').insertAdjacentHTML('beforeend',
            '<details open><summary>More</summary><img><p id="faint">Hardly read</p></details>')
        document.querySelector('#faint').style.color = '#bbb'
    }""")

    def rules(**how: Any) -> set[str]:
        return {violation.partition(":")[0] for violation in violations(page, **how)}

    assert rules(within="details[open]") == {"image-alt", "color-contrast"}
    assert rules(within="h1") == set()
    assert rules(colours=False) == {"image-alt"} | ({"color-contrast"} if IS_LONG else set())


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_runs_off_the_narrowest_phone(
    gallery: str, open_page: OpenPage, face: str, language: str
) -> None:
    """320 px: where 1280 px end up at four times the size (WCAG 1.4.10)."""
    page = open_page(**NARROW)
    page.goto(gallery + with_language(face, language))
    assert not runs_off(page)


def test_without_script_the_menu_of_a_phone_opens_and_closes(gallery: str, open_page: OpenPage) -> None:
    page = open_page(**PHONE, java_script_enabled=False)
    page.goto(gallery + "desk")
    docket = page.get_by_role("navigation", name="Desk").get_by_role("link", name="Docket")
    assert not docket.is_visible()
    page.get_by_role("link", name="Menu", exact=True).click()
    assert docket.is_visible()
    page.get_by_role("link", name="Close the menu").click()
    assert not docket.is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_page_with_mistakes_starts_at_them(gallery: str, open_page: OpenPage, script: bool) -> None:
    page = open_page(**DESK, java_script_enabled=script)
    page.goto(gallery + "question?wrong=1")
    assert page.locator(":focus").get_attribute("class") == "error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("id") == "id_naming_0"


def test_the_first_stop_of_the_keyboard_is_the_way_past_the_side_bar(gallery: str, page: Page) -> None:
    page.goto(gallery + "status")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the content"
    box = skip.bounding_box()
    assert box is not None
    assert box["width"] > 100


def test_a_focused_control_has_its_dark_ring_and_its_amber_halo(gallery: str, page: Page) -> None:
    page.goto(gallery + "status")
    page.get_by_role("link", name="Send us something more").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    look = page.locator(":focus").evaluate(
        "e => [getComputedStyle(e).outline, getComputedStyle(e).boxShadow]"
    )
    assert look == ["rgb(27, 31, 36) solid 3px", "rgb(255, 201, 77) 0px 0px 0px 6px"]


def test_a_bar_is_drawn_to_the_width_of_the_phone(gallery: str, open_page: OpenPage) -> None:
    """One drawing, laid out afresh: its tick is as thick on a phone as on a desk."""
    measured = []
    for context in (DESK, PHONE):
        page = open_page(**context)
        page.goto(gallery + "desk")
        box = page.locator(".docket .clock").first.bounding_box()
        tick = page.locator(".docket .clock").first.locator("rect").first.bounding_box()
        assert box is not None
        assert tick is not None
        measured.append((box["width"], tick["height"]))
    (wide, thick), (narrow, thick_on_phone) = measured
    assert thick == thick_on_phone == 6
    assert 150 < wide < 250
    assert 300 < narrow < 390


def test_what_is_public_is_48_pixels_high_and_what_is_at_the_desk_32(gallery: str, page: Page) -> None:
    def height(name: str) -> float:
        box = page.get_by_role("button", name=name, exact=True).first.bounding_box()
        assert box is not None
        return box["height"]

    page.goto(gallery + "question")
    assert height("Continue") == 48
    page.goto(gallery + "desk")
    assert height("Disclose") == 32


def test_a_row_of_the_docket_is_29_pixels(gallery: str, page: Page) -> None:
    page.goto(gallery + "desk")
    boxes = [row.bounding_box() for row in page.locator(".docket tbody tr").all()]
    # The last one has a hairline of its own below it.
    assert {box["height"] for box in boxes[:-1] if box} == {29}


def test_no_text_is_smaller_than_eleven_pixels(gallery: str, page: Page) -> None:
    page.goto(gallery + "desk")
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('body *')].filter(e => e.textContent.trim())"
        ".map(e => parseFloat(getComputedStyle(e).fontSize)))"
    )
    assert smallest >= 11


def test_on_paper_there_is_no_control_and_the_page_is_light(gallery: str, open_page: OpenPage) -> None:
    page = open_page(**DESK, color_scheme="dark")
    page.goto(gallery + "desk?demo=1")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.get_by_role("navigation", name="Desk").is_visible()
    assert page.locator(".button:visible").count() == 0
    assert page.get_by_text("DEMO", exact=True).is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_a_count_of_characters_is_a_comfort_where_script_runs(gallery: str, page: Page) -> None:
    page.goto(gallery + "fields")
    page.get_by_label("What happened").fill("line\nline")
    assert page.get_by_text("390 characters left").is_visible()
    page.get_by_label("What happened").fill("x" * 401)
    assert page.get_by_text("1 characters too many").is_visible()


def test_leaving_goes_where_the_back_button_does_not_return_from(gallery: str, page: Page) -> None:
    page.goto("about:blank")
    page.goto(gallery + "status")
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url("**/elsewhere")
    page.go_back()
    assert page.url == "about:blank"
