"""A real Chromium for tests: `page` fails, and never waves a test through, where there is none.

Import the fixtures where they are needed: `from tests.web.browser import browser, page, open_page`.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import cache, wraps
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
IS_LONG = os.environ.get("DULY_TEST_LONG") == "1"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "These tests look at pages in a real browser, and there is no Chromium here. Install it (on Debian and"
    " Ubuntu: apt-get install chromium) or name one in DULY_TEST_BROWSER."
)

OpenPage = Callable[..., Page]


def chromium() -> str:
    """The path of the browser; fails the test with what to do where there is none."""
    named = os.environ.get("DULY_TEST_BROWSER", "")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.fail(MISSING, pytrace=False)
    return found


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Browser:
    """One for the whole run, however many test folders import this fixture."""
    return _launched(request.config)


def _until_loaded(act: Callable[..., None]) -> Callable[..., None]:
    """A click is over when the next page begins to arrive; whoever then counts rows needs the whole of it."""

    @wraps(act)
    def acted(self: Locator, *args: Any, **kwargs: Any) -> None:
        act(self, *args, **kwargs)
        self.page.wait_for_load_state()

    return acted


for _act in ("click", "press"):
    setattr(Locator, _act, _until_loaded(getattr(Locator, _act)))


@cache
def _launched(config: pytest.Config) -> Browser:
    path = chromium()
    # Playwright keeps an event loop in this thread; in one, Django refuses to ask its database anything.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    playwright = sync_playwright().start()
    config.add_cleanup(playwright.stop)
    launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
    config.add_cleanup(launched.close)
    return launched


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens pages in a context of their own: `open_page(color_scheme="dark", java_script_enabled=False)`.

    At the end the test fails if any of them met an error of script, or the content policy stopped something.
    """
    complaints: list[str] = []
    opened: list[Page] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            complaints.append(message.text)

    def open_one(**context: Any) -> Page:
        page = browser.new_context(**context).new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", listen)
        opened.append(page)
        return page

    yield open_one
    for page in opened:
        page.context.close()
    assert complaints == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """One page, as wide as a desk."""
    return open_page(viewport={"width": 1360, "height": 1045})


def alike(ways: Iterable[str]) -> list[Any]:
    """These ways to look at pages, for a test to be run in: on PostgreSQL in two of them.

    What is asked of a database is the same in each that has script, and in each that has none.
    """
    both = ("light", "without script")
    return [way if way in both else pytest.param(way, marks=pytest.mark.looks) for way in ways]


def violations(page: Page, *, within: str | None = None, colours: bool = True) -> list[str]:
    """Each barrier that axe finds: its rule and the element.

    `within` names by a selector what alone is judged. Four fifths of the work is to see each text against
    what is behind it; where a page has the colours of another way to look at it, that is left to the other,
    but for DULY_TEST_LONG=1.
    """
    page.wait_for_load_state()  # the keyboard follows links too, and axe needs the whole of a page
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if not colours and not IS_LONG:
        options["rules"] = {"color-contrast": {"enabled": False}}
    found = Axe().run(page, context=within, options=options).response["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


def runs_off(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
