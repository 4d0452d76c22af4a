"""The pages of an office as somebody meets them: links followed, and forms with what each would send.

Schemathesis and its like read an OpenAPI document; there is none, for there are only pages and their forms.
So what may be sent is read from the forms themselves, as the pages show them to each kind of person.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

ANSWERS = frozenset({200, 302, 303, 400, 403, 404, 405, 409, 413, 422})
OF_A_KIND = 2  # pages of one route that are looked at
Tried = TypeVar("Tried")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")


@dataclass(frozen=True)
class Field:
    """One field of a form: what it holds as the page comes, and what may be chosen, where something is."""

    name: str
    kind: str
    value: str = ""
    choices: tuple[str, ...] = ()

    @property
    def plausible(self) -> str:
        """What somebody might send."""
        if self.value or self.kind == "hidden":
            return self.value
        return next((choice for choice in self.choices if choice), "") or (
            "" if self.kind in ("select", "radio", "checkbox") else "So it was."
        )


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)

    @property
    def plausible(self) -> dict[str, str]:
        return {name: each.plausible for name, each in self.fields.items()}


class Seen(HTMLParser):
    """The links and the forms of a page."""

    def __init__(self, html: str, address: str) -> None:
        super().__init__()
        self._address = address
        self._form: Form | None = None
        self._select = ""
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in said:
            self.links.append(urljoin(self._address, said["href"]))
        elif tag == "form":
            action = urljoin(self._address, said.get("action") or self._address)
            self._form = Form(action, said.get("method", "get").upper())
            self.forms.append(self._form)
        elif tag == "select":
            self._select = said.get("name", "")
            self._put(Field(self._select, "select"))
        elif tag == "option" and self._select:
            self._choose(self._select, said.get("value", ""), is_chosen="selected" in said)
        elif tag in ("input", "textarea", "button"):
            self._control(tag, said)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""

    def _control(self, tag: str, said: dict[str, str]) -> None:
        name, kind = said.get("name", ""), said.get("type", "text") if tag == "input" else tag
        if not name or name == "csrfmiddlewaretoken":
            return
        if kind in ("radio", "checkbox", "button", "submit"):
            kind = "radio" if kind != "checkbox" else kind
            if self._form is not None and name not in self._form.fields:
                self._put(Field(name, kind))
            self._choose(name, said.get("value", "on"), is_chosen="checked" in said)
        else:
            self._put(Field(name, kind, said.get("value", "")))

    def _put(self, control: Field) -> None:
        if self._form is not None and control.name:
            self._form.fields[control.name] = control

    def _choose(self, name: str, value: str, *, is_chosen: bool) -> None:
        if self._form is None or name not in self._form.fields:
            return
        old = self._form.fields[name]
        chosen = value if is_chosen else old.value
        self._form.fields[name] = Field(name, old.kind, chosen, (*old.choices, value))


@dataclass
class Visitor:
    """One kind of person, with their browser, and the forms that its pages showed them."""

    who: str
    client: Client
    starts: tuple[str, ...]
    forms: dict[tuple[str, frozenset[str]], Form] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)  # of each route one that was asked
    shown: dict[str, str] = field(default_factory=dict)  # of each route one that showed them something

    def fresh(self) -> Client:
        """A browser with the same cookies, so that what is done with it changes nothing for the next."""
        client = Client()
        client.cookies = deepcopy(self.client.cookies)
        return client

    def walk(self) -> None:
        """Follow the links, a few for each route, and keep one form of each shape."""
        waiting, known = list(self.starts), set[str]()
        times = Counter[str]()
        while waiting:
            address = waiting.pop(0)
            route, kind = route_of(address), kind_of(address)
            if address in known or not route or times[kind] >= OF_A_KIND:
                continue
            known.add(address)
            times[kind] += 1
            self.addresses.setdefault(route, address)
            answer = self.fresh().get(address)
            assert answer.status_code in answers_of(address), (self.who, address, answer.status_code)
            if answer.status_code in (302, 303):
                waiting.append(urljoin(address, answer.headers["Location"]))
            else:
                waiting += self.learn(html_of(answer), address)
                if answer.status_code == 200:
                    self.shown.setdefault(route, address)

    def learn(self, html: str, address: str) -> Iterable[str]:
        """Keeps the forms of a page; its links."""
        seen = Seen(html, address)
        for form in seen.forms:
            if route := route_of(form.action):
                self.forms.setdefault((route, frozenset(form.fields)), form)
                self.addresses.setdefault(route, form.action)
                self.shown.setdefault(route, form.action)
        return [bare(link) for link in seen.links]


def answers_of(address: str) -> frozenset[int]:
    """What may be answered there; a monitor may be told that something of the office does not work."""
    return ANSWERS | {503} if route_of(address).startswith("health") else ANSWERS


def html_of(answer: HttpResponse) -> str:
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return ""
    return bytes(answer.content).decode()


def bare(address: str) -> str:
    """Without what stands behind #, which no browser sends; "" for another site."""
    split = urlsplit(address)
    return "" if split.netloc or split.scheme else f"{split.path}{'?' + split.query if split.query else ''}"


def route_of(address: str) -> str:
    """The name of its route; "" where there is none."""
    split = urlsplit(address)
    if split.netloc or split.scheme or not split.path.startswith("/"):
        return ""
    try:
        return resolve(split.path).url_name or ""
    except Resolver404:
        return ""


def kind_of(address: str) -> str:
    """The route, and of the steps of a case which step: each has fields of its own."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return f"{found.url_name} {found.kwargs.get('step', '')}"


def of_a_day(values: Sequence[Tried], most: int, *place: str, day: int) -> list[Tried]:
    """So many of these, others each day, in an order that this place alone has: all of them come round."""
    order = list(values)
    Random("\n".join(place)).shuffle(order)  # noqa: S311 -- it is to be the same each time
    most = min(most, len(order))
    return [order[(day * most + each) % len(order)] for each in range(most)]
