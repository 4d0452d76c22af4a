"""Somebody who fills in the pages as a browser would: every form urlencoded, every redirect followed."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

from duly_server.web.door import clock

FORM = "application/x-www-form-urlencoded"
ANSWERS = {
    "what-happened": {"narrative": "She read my letter aloud.\nEverybody laughed."},
    "about-whom": {"about": "The treasurer of the north branch"},
    "when-and-where": {"when": "On 12 February", "where": "In the back room"},
    "your-name": {"naming": "anonymous"},
    "who-you-are": {"name": "Ada Winter", "contact": "ada@example.org"},
    "danger": {"in_danger": "no"},
}


def set_day(day: str) -> None:
    clock().set_day(date.fromisoformat(day))


@dataclass
class Reporter:
    client: Client

    def get(self, address: str) -> HttpResponse:
        return self.client.get(address)

    def post(self, address: str, **said: str) -> HttpResponse:
        return self.client.post(address, urlencode(said), content_type=FORM)

    def answer(self, slug: str, **said: str) -> HttpResponse:
        return self.post(f"/complain/question/{slug}", **(said or ANSWERS[slug]))

    def fill_in(self, naming: str = "anonymous", **other: str) -> None:
        """Every answer, by page; `other` replaces those of the same name."""
        for slug, said in ANSWERS.items():
            if slug == "who-you-are" and naming == "anonymous":
                continue
            answers = {**said, "naming": naming} if slug == "your-name" else said
            changed = {field: other.get(field, answer) for field, answer in answers.items()}
            response = self.answer(slug, **changed)
            assert response.status_code == 302, (slug, text(response))

    def send(self) -> str:
        """The code from the receipt."""
        assert self.post("/complain/send").headers["Location"] == "/complain/receipt"
        return code_on(self.get("/complain/receipt"))

    def status(self, code: str) -> HttpResponse:
        return self.post("/status", code=code)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def code_on(response: HttpResponse) -> str:
    return " ".join(re.findall(r"<span>(\d{4})</span>", text(response)))


def heading(response: HttpResponse) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", text(response), re.S)
    assert found is not None, text(response)
    return re.sub(r"<[^>]+>", "", found[1]).strip()
