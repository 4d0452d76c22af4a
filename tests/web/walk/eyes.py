"""What every page of a walk is looked at for: barriers, errors of script, anything asked of another host."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response
from tests.web.browser import OpenPage, runs_off, violations

WIDE = {"width": 1360, "height": 1045}
_REFERENCE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")
# What axe finds hangs on no database: the same walks are judged on SQLite.
_IS_SEEN_ELSEWHERE = os.environ.get("DULY_TEST_DATABASE") == "postgresql"
_OURS = ("data:", "blob:", "about:")


@dataclass
class Eyes:
    """Opens browsers of their own for everybody on a walk, and looks at what each is shown.

    `found` is everything that was wrong; `seen` the kinds of page that axe has judged: the address without
    its reference, and for the public, whose headings say the state, the heading.
    """

    address: str
    open_page: OpenPage
    has_script: bool = True
    is_thorough: bool = True
    """Whether the form of each step, each question, each way to ask and each state is a kind of its own."""
    found: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    asked: int = 0
    """How many requests the browsers made."""

    def page(self) -> Page:
        """Another person's browser, with nothing in it."""
        page = self.open_page(viewport=WIDE, java_script_enabled=self.has_script)
        page.on("console", self._said)
        page.on("response", self._answered)
        page.context.on("request", self._asked)
        return page

    def look(self, page: Page) -> None:
        """Nothing runs off the page; and, once for each kind of page, axe finds no violation."""
        kind = self.kind(page)
        if kind in self.seen:
            return
        self.seen.add(kind)
        assert page.locator("h1").count() == 1, kind
        assert not runs_off(page), kind
        if self.has_script and not _IS_SEEN_ELSEWHERE:
            self.found += [f"{kind}: {violation}" for violation in violations(page)]

    def kind(self, page: Page) -> str:
        parts = urlsplit(page.url)
        path = _REFERENCE.sub("*", parts.path)
        if not self.is_thorough:
            return re.sub(r"/(steps|question)/.*", r"/\1/*", path)
        asked = sorted(each.partition("=")[0] for each in parts.query.split("&"))
        heading = "" if path.startswith("/desk") else page.locator("h1").first.inner_text()
        return " ".join(filter(None, (path, *asked, heading)))

    # --- listening -----------------------------------------------------------------------------------------

    def _said(self, message: ConsoleMessage) -> None:
        """Errors and warnings; a form that is refused answers with a status the browser remarks on."""
        if message.type not in ("error", "warning"):
            return
        if re.search(r"Failed to load resource.*status of (409|422)", message.text):
            return
        self.found.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _answered(self, response: Response) -> None:
        if response.status in (400, 403, 404) or response.status >= 500:
            self.found.append(f"{response.status}: {_REFERENCE.sub('*', response.url)}")

    def _asked(self, request: Request) -> None:
        self.asked += 1
        if not request.url.startswith((f"{self.address}/", *_OURS)):
            self.found.append(f"asked another host: {request.url}")


def going(page: Page, act: Callable[[], object]) -> None:
    """Do what leads to another page, and wait until it is there."""
    with page.expect_navigation():
        act()
