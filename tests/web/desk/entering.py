"""Coming in with a second factor, as somebody does who has an app of codes."""

import base64
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.web.desk.officer import Page

from duly_server.gateways.clock import Clock
from duly_server.services import codes
from duly_server.web.door import clock

PASSWORD = "three quiet harbours"


class Time:
    """A clock that stands in the middle of a step of half a minute, until a test moves it."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 10, 0, 15, tzinfo=UTC)

    def on(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def read(self, _: Clock) -> tuple[date, datetime]:
        return self.at.date(), self.at


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    found = Time()
    monkeypatch.setattr(Clock, "read", lambda clock: found.read(clock))
    return found


@dataclass
class App:
    """The app on the telephone: has a key, and shows a code. `ahead` are the steps its clock is off."""

    secret: bytes

    @classmethod
    def of(cls, page: Page) -> "App":
        """The key as it stands on the page for typing."""
        found = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', page.html)
        assert found, page.words
        return cls(base64.b32decode(found.group(1).replace(" ", "")))

    def code(self, ahead: int = 0) -> str:
        return codes.code_at(self.secret, int(clock().read()[1].timestamp()) // codes.STEP + ahead)


@dataclass
class Comer:
    """A browser on the way in."""

    client: Client = field(default_factory=Client)

    def get(self, url: str, status: int = 200) -> Page:
        return _page(self.client.get(url), status)

    def post(self, url: str, status: int = 303, **typed: str) -> Page:
        return _page(self.client.post(url, typed), status)

    def password(self, login: str, password: str = PASSWORD, **more: str) -> Page:
        answer = self.client.post("/login", {"username": login, "password": password, **more})
        assert answer.status_code in (302, 303), answer.content.decode()
        return _page(answer, answer.status_code)

    def sets_up_an_app(self, status: int = 200) -> tuple[App, Page]:
        """The app, and the page with the recovery codes where it is the first factor."""
        page = self.get("/signing-in/app")
        app = App.of(page)
        said = {name: str(value) for name, value in page.form().items()}
        return app, self.post("/signing-in/app", status, **(said | {"code": app.code(-1)}))


def recovery_codes(page: Page) -> list[str]:
    return re.findall(r"<li><code>([0-9a-z-]{19})</code></li>", page.html)


def _page(response: HttpResponse, status: int) -> Page:
    page = Page(response.content.decode(), response.status_code, response.headers.get("Location", ""))
    assert page.status == status, f"{page.status} for {status}: {page.location} {page.words[:1500]}"
    return page
