"""Somebody at the desk: logs in, fills in the forms that a page shows, and reads what it answers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import unescape

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from tests.services.office import SmallOffice

from duly_server.store.accounts import by_login
from duly_server.web.door import clock

Typed = Mapping[str, str | Iterable[str]]


ENTERED_FOR = 600  # seconds, fewer than a second factor stays fresh


def log_in(client: Client, login: str) -> None:
    """Somebody who has shown a second factor just now, without the pages on which one does."""
    account = by_login(login)
    assert account is not None, login
    client.force_login(account)
    enter(client)


def enter(client: Client) -> int:
    """They show a second factor now; when that was, in seconds since 1970."""
    at = int(clock().read()[1].timestamp())
    session = client.session
    session["duly.entered"] = {"by": "app", "at": at}
    session.save()
    return at


@dataclass
class Officer:
    """One person with a browser of their own. When time went by they show a second factor anew, unless they
    have become `stale`."""

    login: str
    client: Client = field(default_factory=Client)
    is_stale: bool = False
    _entered_at: int = 0

    def __post_init__(self) -> None:
        log_in(self.client, self.login)
        self._entered_at = int(clock().read()[1].timestamp())

    def stale(self) -> "Officer":
        """From now on their second factor was shown an hour ago."""
        self.is_stale = True
        session = self.client.session
        session["duly.entered"] = {"by": "app", "at": int(clock().read()[1].timestamp()) - 3600}
        session.save()
        return self

    def _enter(self) -> None:
        if not self.is_stale and abs(clock().read()[1].timestamp() - self._entered_at) > ENTERED_FOR:
            self._entered_at = enter(self.client)

    def get(self, url: str, status: int = 200) -> "Page":
        self._enter()
        return self._answered(self.client.get(url), status)

    def send(self, url: str, typed: Typed, status: int = 303, *, do: str = "") -> "Page":
        """Open the page, keep what its form holds, type, and send."""
        form = self.get(url).form()
        return self.post(url, {**form, **typed}, status, do=do)

    def post(self, url: str, typed: Typed, status: int = 303, *, do: str = "") -> "Page":
        self._enter()
        said = dict(typed) | ({"do": do} if do else {})
        return self._answered(self.client.post(url, said), status)

    def _answered(self, response: HttpResponse, status: int) -> "Page":
        page = Page(response.content.decode(), response.status_code, response.headers.get("Location", ""))
        assert page.status == status, f"{page.status} for {status}: {page.location} {page.words[:1500]}"
        return page


@dataclass(frozen=True)
class Page:
    html: str
    status: int
    location: str = ""

    @property
    def words(self) -> str:
        """What is read, without tags; spaces as one reads them."""
        bare = re.sub(r"(?s)<(script|style|svg)\b.*?</\1>", " ", self.html)
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", bare)).split()).replace(" .", ".").replace(" ,", ",")

    @property
    def title(self) -> str:
        found = re.search(r"<title>(.*?)</title>", self.html)
        return unescape(found.group(1)) if found else ""

    def form(self) -> dict[str, str | list[str]]:
        """What the form of the page would send if nothing more were typed."""
        found: dict[str, str | list[str]] = {}
        main = self.html.partition("<main")[2]
        for tag in re.findall(r"<input\b[^>]*>", main):
            name, value = _attribute(tag, "name"), _attribute(tag, "value")
            kind = _attribute(tag, "type") or "text"
            if not name or name == "csrfmiddlewaretoken":
                continue
            if kind == "checkbox" and " checked" in tag:
                before = found.setdefault(name, [])
                assert isinstance(before, list)
                before.append(value or "on")
            elif (kind == "radio" and " checked" in tag) or kind not in ("checkbox", "radio"):
                found[name] = value
        for name, inside in re.findall(
            r'<textarea\b[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', main, re.DOTALL
        ):
            found[name] = unescape(inside).removeprefix("\n")
        for name, inside in re.findall(r'<select\b[^>]*name="([^"]*)"[^>]*>(.*?)</select>', main, re.DOTALL):
            chosen = re.search(r'<option value="([^"]*)"[^>]*selected', inside)
            found[name] = unescape(chosen.group(1)) if chosen else ""
        return found

    def options(self, name: str) -> list[str]:
        """The values of the check boxes or radios of this name, in their order."""
        tags = re.findall(r"<input\b[^>]*>", self.html)
        return [_attribute(tag, "value") for tag in tags if _attribute(tag, "name") == name]

    def links(self) -> list[str]:
        return [
            unescape(link) for link in re.findall(r'<a\b[^>]*href="([^"]*)"', self.html.partition("<main")[2])
        ]

    def refusal(self) -> str:
        """The words of the refusal on the page; fails if there is none."""
        found = re.search(r'(?s)<div class="refusal" role="alert".*?</div>', self.html)
        assert found is not None, self.words[:1500]
        return Page(found.group(0), 0).words

    def mistakes(self) -> str:
        """The words of the error summary; fails if there is none."""
        found = re.search(r'(?s)<div class="error-summary" role="alert".*?</div>', self.html)
        assert found is not None, self.words[:1500]
        return Page(found.group(0), 0).words


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found.group(1)) if found else ""


def set_day(day: str) -> None:
    """It is this day in the office."""
    assert settings.DULY_DAY_FILE is not None
    clock().set_day(date.fromisoformat(day))


@dataclass
class Desk:
    """The office seen from its desk: `as_("chair")` is whoever holds that office."""

    office: SmallOffice

    def as_(self, office: str, on: str | None = None, seat: int = 1) -> Officer:
        if on is not None:
            set_day(on)
        return Officer(f"{office}-{seat}")
