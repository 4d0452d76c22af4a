"""Hostile input to every public field: a clear answer, or kept and shown harmlessly; never a fault of ours.

`blns.json` is the Big List of Naughty Strings by Max Woolf (MIT, see blns.LICENSE).
"""

import json
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.public.reporter import ANSWERS, FORM, Reporter, text

from duly_server.services import premises
from duly_server.store.models import ComplaintRow, DraftRow, FactRow

NAUGHTY: list[str] = json.loads((Path(__file__).parent / "blns.json").read_text("utf-8"))
TEXTS = {"narrative": "what-happened", "about": "about-whom", "when": "when-and-where",
         "where": "when-and-where", "name": "who-you-are", "contact": "who-you-are"}  # fmt: skip


class _Elements(HTMLParser):
    """The elements and attributes of a page, without any text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def elements(page: str) -> _Elements:
    found = _Elements()
    found.feed(page)
    found.close()
    return found


def test_there_are_naughty_strings() -> None:
    assert len(NAUGHTY) > 500
    assert any("<script>alert" in string for string in NAUGHTY)


@pytest.mark.parametrize("slug", sorted(set(TEXTS.values())))
def test_each_naughty_string_is_kept_or_refused_in_words(reporter: Reporter, slug: str) -> None:
    fields = [field for field, page in TEXTS.items() if page == slug]
    for string in NAUGHTY:
        response = reporter.answer(slug, **dict.fromkeys(fields, string))
        assert response.status_code in (302, 400), string
        if response.status_code == 400:
            assert not string.strip() or "\0" in string, string
            assert "error-summary" in text(response)


def test_a_complaint_of_naughty_strings_is_shown_harmlessly_and_kept_as_it_was(reporter: Reporter) -> None:
    plain: list[tuple[str, tuple[str, ...]]] | None = None
    usable = [string for string in NAUGHTY if string.strip() and "\0" not in string]
    for start in range(0, len(usable), 40):
        some = "\n".join(usable[start : start + 40])
        line = usable[start][:900]
        reporter.fill_in("named", **dict.fromkeys(TEXTS, line) | {"narrative": some})
        page = elements(text(reporter.get("/complain/check")))
        plain = plain or page.found
        assert page.found == plain, line  # not one element or attribute more
        shown = "".join(page.said)
        assert all(each in shown for each in some.splitlines() if each.isascii())
        before = set(ComplaintRow.objects.values_list("reference", flat=True))
        code = reporter.send()
        reporter.post("/complain/receipt", kept="on")
        (reference,) = set(ComplaintRow.objects.values_list("reference", flat=True)) - before
        kept = premises.premises().journal.open_part(f"complaint/{reference}", 1, "narrative")["text"]
        assert kept == unicodedata.normalize(
            "NFC", some.replace("\n", "\r\n") if "\r\n" in str(kept) else some
        )
        assert reporter.status(code).status_code == 200


@pytest.mark.usefixtures("unlimited")
def test_naughty_codes_are_slips_and_no_more(reporter: Reporter) -> None:
    for string in NAUGHTY:
        response = reporter.status(string)
        assert response.status_code == 400, string
        assert "error-summary" in text(response)


@pytest.mark.parametrize("field", ["naming", "in_danger"])
def test_a_choice_that_is_none_is_refused(reporter: Reporter, field: str) -> None:
    slug = "your-name" if field == "naming" else "danger"
    for string in ["officer", "NAMED", "anonymous ", "named\0", "0", "true", *NAUGHTY[:40]]:
        response = reporter.answer(slug, **{field: string})
        assert response.status_code == 400, string
    assert DraftRow.objects.count() == 0


def test_nul_is_refused_in_words_and_nothing_is_kept(reporter: Reporter) -> None:
    for field, slug in TEXTS.items():
        response = reporter.answer(slug, **{**ANSWERS[slug], field: "before\0after"})
        assert response.status_code == 400
        assert "error-summary" in text(response)
    assert DraftRow.objects.count() == 0


def test_a_text_too_long_by_one_is_refused_and_comes_back_whole(reporter: Reporter) -> None:
    assert reporter.answer("what-happened", narrative="ü" * 20_000).status_code == 302
    long = "ü" * 20_001
    response = reporter.answer("what-happened", narrative=long)
    assert response.status_code == 400
    assert "Write at most 20000 characters. This has 20001; nothing was cut off." in text(response)
    assert long in text(response)


def test_what_no_form_asks_for_is_ignored(reporter: Reporter) -> None:
    """T52: nobody becomes an officer, or moves a day, by adding fields."""
    more = {"by": "officer", "office": "panel", "on": "1999-01-01", "chain": "case/X", "role": "respondent",
            "sent-code": "1234", "sent-complaint": "X", "channel": "post"}  # fmt: skip
    for slug, said in ANSWERS.items():
        reporter.answer(slug, **{**said, **more})
    reporter.send()
    row = ComplaintRow.objects.get()
    assert (str(row.received_on), row.channel, row.naming) == ("2026-03-02", "web", "anonymous")


def test_a_cookie_that_is_no_key_is_no_draft(reporter: Reporter) -> None:
    for value in ["", "x", "=" * 44, "ü" * 20, "A" * 4000, "../../etc", "A" * 43 + "="]:
        reporter.client.cookies["duly-draft"] = value
        assert reporter.get("/complain/").status_code == 200
        assert reporter.post("/complain/send").headers["Location"] == "/complain/"
        assert reporter.get("/complain/receipt").headers["Location"] == "/complain/"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.dictionaries(
        st.sampled_from([*TEXTS, "naming", "in_danger", "later", "code", "kept", "csrfmiddlewaretoken"]),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
    ),
    where=st.sampled_from([*ANSWERS]),
    query=st.sampled_from(["", "?change=1", "?change=x&why=y"]),
)
@pytest.mark.usefixtures("unlimited")
def test_any_text_at_all_gets_an_answer(
    reporter: Reporter, said: dict[str, str], where: str, query: str
) -> None:
    response = reporter.post(f"/complain/question/{where}{query}", **said)
    assert response.status_code in (302, 400)
    assert reporter.get("/complain/check").status_code in (200, 302)
    assert reporter.post("/status", **said).status_code == 400
    reporter.post("/complain/go-on")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=400), kind=st.sampled_from([FORM, "multipart/form-data; boundary=x", "text/html"])
)
def test_any_bytes_at_all_get_an_answer(reporter: Reporter, body: bytes, kind: str) -> None:
    facts = FactRow.objects.count()
    for address in ("/complain/question/what-happened", "/status", "/complain/receipt"):
        assert reporter.client.generic("POST", address, body, content_type=kind).status_code in (302, 400)
    assert FactRow.objects.count() == facts


def test_the_address_of_a_page_can_say_anything(reporter: Reporter) -> None:
    for string in NAUGHTY[::25]:
        query = urlencode({"change": string, string: "x"})
        for address in ("/", "/complain/", "/status", "/help", "/complain/question/danger"):
            page = reporter.get(f"{address}?{query}")
            assert page.status_code == 200
            assert "<script>alert" not in text(page)
