"""Hostile input to the desk: each form, each field, each parameter of an address; never a fault of ours.

What cannot be read is refused whole, what no form means is refused in words, and nothing is half-saved. The
strings are those of the public pages' tests (the Big List of Naughty Strings, MIT) and some of our own.
"""

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.test import Client
from tests.web.desk.officer import Desk, Officer, Page
from tests.web.desk.test_steps import served
from tests.web.public.test_hostile import elements

from duly_server.services import case_page
from duly_server.services.premises import premises
from duly_server.store.models import Account, FactRow, OutboxRow, SavedView, SealedPart

FORM = "application/x-www-form-urlencoded"
NAUGHTY: list[str] = json.loads((Path(__file__).parents[1] / "public/blns.json").read_text("utf-8"))
OURS = [
    "\0", "before\0after", " ", "-1", "²", "٣", "1e999", "NaN", "9" * 400, "9" * 5000, "0001-01-01",
    "9999-12-31", "99999-01-01", "2026-02-30", "2026-04-23T10:00", "a" * 30_000, "C1", "case:1:R", "case:²:R",
    "case:" + "9" * 400 + ":R", "complaint/K7QH-3M2C", "../../etc/passwd", "{{ 7 }}{% now %}",
    "\r\nSet-Cookie: x=1", "\u202eback", "\ufeff", "more:allegation-²", "1," * 5000, "²,²", "1/2",
    "respondent", "K7QH-3M2C",
]  # fmt: skip
SAMPLE = [*OURS, *NAUGHTY[::24]]
# What has broken a form before, or looks as if it could.
SHORT = [
    "\0",
    "²",
    "9" * 400,
    "0001-01-01",
    "-1",
    "1/2",
    "1," * 5000,
    "a" * 30_000,
    "case:²:R",
    "more:allegation-²",
    "\u202e<script>alert(1)</script>",
]
ANSWERS = {200, 302, 303, 400, 403, 404, 405, 409, 413, 422}
PARAMETERS = (
    "view", "stage", "office", "conduct", "opened", "state", "column", "after", "before", "q", "key", "limit",
    "pause", "party", "fact", "question", "on", "next", "step", "place", "criterion", "tag", "allegation",
    "record", "why", "page",
)  # fmt: skip


@dataclass
class Office:
    """A case that is served, a complaint at the sift, and everybody's browser."""

    case: str
    sift: str
    people: dict[str, Officer]

    @property
    def officer(self) -> Officer:
        return self.people["complaints-officer"]

    def forms(self) -> list[tuple[Officer, str]]:
        """A form of each kind to which somebody's page of the case leads, with whom it is for; the sift."""
        case, found = f"/desk/cases/{self.case}", dict[str, tuple[Officer, str]]()
        for officer in self.people.values():
            seen = officer.client.get(case)
            links = Page(seen.content.decode(), seen.status_code).links()
            nouns = [
                f"{case}/{noun}" for noun in ("allegations", "parties", "corrections", "answers", "seals")
            ]
            for link in (*links, *nouns):
                kind = link.split("?")[0]
                is_new = kind.startswith(f"{case}/") and kind not in found
                if is_new and officer.client.get(link).status_code == 200:
                    found[kind] = (officer, link)
        steps = [kind for kind in found if "/steps/" in kind]
        for more in steps[STEPS:]:
            del found[more]
        return [*found.values(), (self.officer, f"/desk/sift/{self.sift}")]


STEPS = 4  # all are one form, made from what the rulebook asks


@pytest.fixture
def office(desk: Desk) -> Office:
    case = served(desk)
    sift = desk.office.complaint("2026-03-25").case
    offices = [name for name, office in desk.office.book.offices.items() if not office.party]
    return Office(case, sift, {name: desk.as_(name, "2026-03-27") for name in offices})


def kept() -> tuple[int, ...]:
    return tuple(m.objects.count() for m in (FactRow, SealedPart, OutboxRow, SavedView, Account))


def harmless(html: str) -> None:
    """No element and no attribute that could run, whatever was typed: scripts are files of ours."""
    for name, attributes in elements(html).found:
        assert not [each for each in attributes if each.startswith("on")], (name, attributes)
        assert name != "script" or "src" in attributes
        assert name not in ("iframe", "object", "embed", "base")


def sent(officer: Officer, url: str, typed: dict[str, object]) -> tuple[int, str, bool]:
    """The answer to a form, and whether anything was recorded; then everything is as before."""
    before = kept()
    with transaction.atomic():
        answer = officer.client.post(url, typed)
        changed = kept() != before
        transaction.set_rollback(True)
    case_page.forget()
    assert answer.status_code in ANSWERS, (url, answer.status_code)
    return answer.status_code, answer.content.decode(), changed


def test_each_form_takes_hostile_text_or_refuses_it_and_half_saves_nothing(office: Office) -> None:
    forms = office.forms()
    assert len({url.split("?")[0] for _, url in forms}) >= 9
    tried = 0
    for officer, url in forms:
        page = officer.get(url)
        form = page.form()
        for text in (*SHORT, *NAUGHTY[::130]):
            status, html, changed = sent(
                officer, url, {**dict.fromkeys(fields_of(page), text), "seen": form.get("seen", "")}
            )
            assert not changed or status in (200, 303), (url, text)
            harmless(html)
            tried += 1
    assert tried > 100


def fields_of(page: Page) -> list[str]:
    names = [name for name in page.form() if name != "seen"]
    return [
        *names,
        *(name for name in ("outcome", "ground", "reason", "stated", "served_on", "do") if name not in names),
    ]


def test_each_field_by_itself_takes_nothing_that_it_does_not_mean(office: Office) -> None:
    for officer, url in office.forms():
        page = officer.get(url)
        form = page.form()
        for field in (*fields_of(page), "seen", "counts"):
            for text in SHORT[:2]:
                status, html, changed = sent(officer, url, {**form, field: text})
                assert not changed or status in (200, 303), (url, field, text)
                harmless(html)


ADDRESSES = (
    "/desk/", "/desk/docket", "/desk/docket.csv", "/desk/find", "/desk/sift", "/desk/news", "/desk/register",
    "/desk/rulebook", "/desk/cases/{case}", "/desk/cases/{case}/seals", "/desk/cases/{case}/steps/report",
    "/desk/cases/{case}/extensions", "/desk/cases/{case}/waivers", "/desk/sift/{sift}", "/login",
)  # fmt: skip


def ask(officer: Officer, address: str, texts: Iterable[str]) -> None:
    before = kept()
    for text in texts:
        answer = officer.client.get(f"{address}?{urlencode(dict.fromkeys(PARAMETERS, text))}")
        assert answer.status_code in ANSWERS - {400, 409, 413}, (address, text)
        assert "\n" not in str(answer.headers.get("Location", ""))
        if answer.headers["Content-Type"].startswith("text/html"):
            harmless(answer.getvalue().decode())
    assert kept() == before


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_asks_for_nonsense_is_answered(office: Office, address: str) -> None:
    ask(office.officer, address.format(case=office.case, sift=office.sift), SAMPLE)


@pytest.mark.parametrize("address", ["/desk/docket", "/desk/find"])
def test_filters_and_the_find_field_bear_every_naughty_string(office: Office, address: str) -> None:
    ask(office.officer, address, NAUGHTY)


def test_a_part_of_an_address_that_names_nothing_is_not_there(office: Office) -> None:
    case = f"/desk/cases/{office.case}"
    for text in SAMPLE:
        if named := quote(text[:200], safe=""):
            for before in ("/desk/cases/", "/desk/sift/", f"{case}/steps/", f"{case}/", "/desk/", "/"):
                answer = office.officer.client.get(before + named)
                assert answer.status_code == 404, (before, text)


BROKEN = {
    "broken UTF-8": (b"on=%FF%FE&reasons=%C3%28&username=%FF", FORM),
    "bare bytes": (b"reasons=\xff\xfe", FORM),
    "lone surrogate": (b"reasons=%ED%A0%80", FORM),
    "JSON": (b'{"by": "K7Q-H3P", "office": "panel", "on": "1999-01-01"}', "application/json"),
    "XML": (b"<a/>", "application/xml"),
    "no kind": (b"reasons=x", ""),
    "a kind that is none": (b"reasons=x", "nonsense"),
    "another charset": (b"reasons=x", f"{FORM}; charset=utf-16"),
    "parts without a mark": (b"a", "multipart/form-data"),
    "more fields than any form": ("&".join(f"f{n}=x" for n in range(2000)).encode(), FORM),
    "ten megabytes": (b"reasons=" + b"a" * (10 * 1024 * 1024), FORM),
}


def test_what_is_no_form_is_refused_whole_at_every_form_of_the_desk(office: Office) -> None:
    before = kept()
    addresses = [url for _, url in office.forms()]
    addresses += ["/login", "/desk/docket/save", "/desk/docket/forget"]
    for name, (body, kind) in BROKEN.items():
        wanted = 413 if len(body) > 10**6 else 400
        for address in addresses:
            answer = office.officer.client.post(address, body, content_type=kind)
            assert answer.status_code == wanted, (name, address, answer.status_code)
    assert kept() == before


def test_a_file_where_none_is_asked_for_is_kept_nowhere(office: Office) -> None:
    before = kept()
    for officer, url in office.forms():
        answer = officer.client.post(url, {"reasons": "x", "file": io.BytesIO(b"\x89PNG\r\n\x1a\n\x00\xff")})
        assert answer.status_code == 400
    assert kept() == before


@pytest.mark.usefixtures("unlimited")
def test_the_login_bears_every_naughty_string_and_lets_nobody_in(desk: Desk) -> None:
    browser = Client()
    for text in [*SHORT, *NAUGHTY[::16]]:
        for typed in ({"username": text, "password": text}, {"username": "overseer-1", "password": text}):
            answer = browser.post("/login", typed)
            assert answer.status_code == 200, text
            harmless(answer.content.decode())
    assert "duly" not in browser.cookies


def test_the_name_of_a_view_bears_every_naughty_string(office: Office) -> None:
    client = office.officer.client
    for text in [*SHORT, *NAUGHTY[::16]]:
        assert client.post("/desk/docket/save", {"name": text, "query": text}).status_code == 302
        harmless(client.get("/desk/docket").content.decode())
    assert SavedView.objects.exists()
    for text in [*SHORT, *NAUGHTY[::16]]:
        assert client.post("/desk/docket/forget", {"name": text.strip()}).status_code == 302
    for view in SavedView.objects.all():
        assert view.query == ""


def test_what_no_form_asks_for_changes_nobody_and_no_day(office: Office) -> None:
    """T52: by, office, chain, place, kind and role are never the sender's to say."""
    more = {"by": "time", "office": "overseer", "chain": "case/K7QH-3M2C", "role": "respondent", "place": "1",
            "kind": "sanction-imposed/1", "noted_at": "1999-01-01", "naming": "anonymous", "previous": "00",
            "account": "x", "actor": "x", "digest": "0" * 64}  # fmt: skip
    url = f"/desk/cases/{office.case}/allegations"
    before = FactRow.objects.count()
    office.officer.send(url, {"conduct": "bullying", "narrative": "Again.", **more})
    assert FactRow.objects.count() == before + 1
    fact = premises().journal.read(f"case/{office.case}")[-1]
    assert (fact.body.KIND, fact.office, str(fact.on)) == (
        "allegation-added/1",
        "complaints-officer",
        "2026-03-27",
    )
    assert fact.by not in more.values()
    assert str(fact.noted_at)[:10] == "2026-03-27"
