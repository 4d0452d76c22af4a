"""Somebody who reports, and somebody at the desk, each with a browser: they press what they see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page
from tests.web.desk import officer as bare
from tests.web.public.reporter import ANSWERS
from tests.web.walk.eyes import Eyes, going

PASSWORD = "a long sentence that nobody guesses"


@dataclass
class Person:
    eyes: Eyes
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.page = self.eyes.page()

    def open(self, path: str) -> None:
        self.page.goto(self.eyes.address + path)
        self.eyes.look(self.page)

    def follow(self, link: Locator) -> None:
        going(self.page, link.click)
        self.eyes.look(self.page)

    def press(self, name: str, *, within: str = "main") -> None:
        """The last button of this name that is seen: forms begin with one for the Enter key, out of sight."""
        button = self.page.locator(within).get_by_role("button", name=name, exact=True).last
        going(self.page, button.click)
        self.eyes.look(self.page)

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def words(self) -> str:
        """What is read on the page, spaces as one reads them."""
        return self.shown.words

    @property
    def shown(self) -> bare.Page:
        """The page as the journey reads it."""
        return bare.Page(self.page.content(), 200, self.page.url)

    def fill(self, typed: Mapping[str, str | Iterable[str]]) -> None:
        """Type into the fields of these names; what is hidden stays as the page has it."""
        for name, value in typed.items():
            control = self.page.locator(f'main [name="{name}"]')
            kind = control.first.evaluate("each => each.type")
            if kind == "hidden":
                continue
            if kind in ("radio", "checkbox"):
                wanted = [value] if isinstance(value, str) else list(value)
                for each in control.all():
                    if kind == "checkbox" or each.get_attribute("value") in wanted:
                        each.set_checked(each.get_attribute("value") in wanted)
            elif kind.startswith("select"):
                control.select_option(value)
            else:
                control.fill(value)


@dataclass
class Reporter(Person):
    """Fills in the pages of a complaint and keeps the code."""

    code: str = ""

    def report(self, naming: str) -> None:
        self.open("/complain")
        self.follow(self.page.get_by_role("link", name="Begin", exact=True))
        for slug, said in ANSWERS.items():
            if slug == "who-you-are" and naming == "anonymous":
                continue
            assert self.page.url.endswith(f"/complain/question/{slug}")
            self.fill({**said, "naming": naming} if slug == "your-name" else said)
            self.press("Continue")
        assert self.heading == "Check your answers"
        for said in ANSWERS["what-happened"].values():
            assert " ".join(said.split()) in self.words
        assert ("Ada Winter" in self.words) == (naming != "anonymous")
        self.press("Send the complaint")
        self.code = self.page.locator(".receipt-code").inner_text()
        self.page.get_by_label("I have kept it").check()
        self.press("Continue")
        assert self.heading == "You can close this page"

    def look_up(self) -> str:
        """The heading of the page of the code; the code stands in no address."""
        self.open("/status")
        self.page.get_by_label("Enter your code").fill(self.code)
        self.press("Continue")
        assert self.page.url == f"{self.eyes.address}/status"
        return self.heading


@dataclass
class Officer(Person):
    """Logs in by the form, and knows where things are at the desk."""

    login: str = ""

    def log_in(self) -> None:
        self.open("/desk/")
        self.page.get_by_label("Login").fill(self.login)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Log in")
        assert self.heading == "Today"

    def open_case(self, reference: str) -> None:
        self.open(f"/desk/cases/{reference}")

    def open_step(self, reference: str, step: str, key: str | None = None) -> None:
        """By the link on the page of the case."""
        url = f"/desk/cases/{reference}/steps/{step}"
        self.open_case(reference)
        of_one = f"={key}" if key else "="
        links = self.page.locator(f'main a[href^="{url}?key{of_one}"], main a[href="{url}"]')
        assert links.count(), f"no way to {step} of {key} from the page of the case: {self.words}"
        self.follow(links.first)

    def next_day(self) -> None:
        """By the button of the demonstration: the worker notes what ran out."""
        self.press("Next day", within=".demo")
