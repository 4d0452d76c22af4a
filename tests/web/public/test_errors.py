"""When something does not go, the page says what to do, and neither page nor log says what was in it."""

import io
import logging
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from tests.web.public.reporter import ANSWERS, FORM, Reporter, heading, text

from duly_server.gateways.logs import ClassAndPlace
from duly_server.store.models import ComplaintRow, DraftRow, FactRow
from duly_server.web.public import urls
from duly_server.web.routes import rule_of, undeclared

QUESTION = "/complain/question/what-happened"
FORMS = [
    *[f"/complain/question/{slug}" for slug in ANSWERS],
    "/complain/send",
    "/complain/go-on",
    "/complain/forget",
    "/complain/receipt",
    "/complain/receipt/file",
    "/status",
]
MARK = "Zebra-marker-4711"


@pytest.fixture
def log() -> io.StringIO:
    """What a log of the settings' own format would hold."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ClassAndPlace())
    loggers = [logging.getLogger(name) for name in ("django.request", "django", "")]
    for logger in loggers:
        logger.addHandler(handler)
    yield stream
    for logger in loggers:
        logger.removeHandler(handler)


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize(
    "body",
    [b"narrative=%FF%FE&code=%C3%28", b"narrative=\xff\xfe", b"narrative=%ED%A0%80&about=%ED%A0%80"],
    ids=["broken UTF-8", "bare bytes", "lone surrogate"],
)
def test_what_is_no_text_is_refused_whole(reporter: Reporter, address: str, body: bytes) -> None:
    response = reporter.client.post(address, body, content_type=FORM)
    assert response.status_code == 400
    assert heading(response) == "What was sent could not be read"
    assert DraftRow.objects.count() == ComplaintRow.objects.count() == 0


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize(
    "kind",
    ["application/json", "text/plain", "application/xml", "application/octet-stream", "", "nonsense",
     "application/x-www-form-urlencoded; charset=utf-16"],
)  # fmt: skip
def test_another_kind_of_content_is_refused(reporter: Reporter, address: str, kind: str) -> None:
    body = '{"narrative": "x", "by": "officer"}'
    response = reporter.client.generic("POST", address, body, content_type=kind)
    assert response.status_code == 400
    assert DraftRow.objects.count() == 0


@pytest.mark.parametrize("address", FORMS)
def test_ten_megabytes_are_too_much(reporter: Reporter, address: str) -> None:
    body = b"narrative=" + b"a" * (10 * 1024 * 1024)
    response = reporter.client.post(address, body, content_type=FORM)
    assert response.status_code == 413
    assert heading(response) == "That was too much to take in"
    assert DraftRow.objects.count() == ComplaintRow.objects.count() == 0


def test_a_file_where_none_is_asked_for_is_kept_nowhere(reporter: Reporter) -> None:
    file = io.BytesIO(b"\x89PNG\r\n\x1a\n\x00\xff")
    response = reporter.client.post(QUESTION, {"narrative": "x", "file": file})
    assert response.status_code == 400
    assert DraftRow.objects.count() == 0


def test_more_fields_than_any_form_has_are_refused(reporter: Reporter) -> None:
    body = "&".join(f"field{n}=x" for n in range(2000))
    response = reporter.client.post(QUESTION, body, content_type=FORM)
    assert response.status_code == 400
    assert heading(response) == "What was sent could not be read"


@pytest.mark.parametrize("length", ["-5", "many", "1" * 40, "١٢"])
def test_a_length_that_is_none_is_refused(reporter: Reporter, length: str) -> None:
    response = reporter.client.post(QUESTION, b"", content_type=FORM, CONTENT_LENGTH=length)
    assert response.status_code in (400, 413)


@pytest.mark.parametrize("address", FORMS)
def test_a_form_without_its_token_is_refused_and_says_what_to_do(small_office: object, address: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    response = browser.post(address, urlencode({"narrative": MARK, "code": MARK}), content_type=FORM)
    assert response.status_code == 403
    assert heading(response) == "This form has to be sent again"
    assert MARK not in text(response)
    assert DraftRow.objects.count() == 0


@pytest.mark.parametrize("address", ["/nowhere", "/help/secret/etc", "/help/reference/..", "/help/howto/%00",
                                     "/complain/question/else", "/status/1234", "/complain/%ff"])  # fmt: skip
def test_what_is_not_there_is_not_there(reporter: Reporter, address: str) -> None:
    response = reporter.get(address)
    assert response.status_code == 404
    assert heading(response) == "There is no such page"


def _fails(*_: object, **__: object) -> HttpResponse:
    planted = MARK  # a local variable, as a traceback page would print it
    raise OperationalError(f"duplicate key ({planted})\nSELECT '{planted}' FROM store_draftrow")


@pytest.mark.parametrize("address", [f"/complain/question/{slug}" for slug in ANSWERS] + ["/complain/send"])
def test_a_fault_inside_leaks_nothing(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch, log: io.StringIO, address: str
) -> None:
    reporter.fill_in()
    facts = FactRow.objects.count()
    monkeypatch.setattr("duly_server.services.sending.drafts.save", _fails)
    reporter.client.raise_request_exception = False
    said = {**ANSWERS.get(address.rpartition("/")[2], {}), "extra": MARK}
    response = reporter.post(address, **said)
    assert response.status_code == 500
    assert heading(response) == "Something went wrong on our side"
    for leak in (MARK, "OperationalError", "Traceback", "SELECT", "duly_server"):
        assert leak not in text(response)
    written = log.getvalue()
    assert "OperationalError at " in written
    assert "duly_server/services/sending.py" in written
    for leak in (MARK, "SELECT", "treasurer", "back room", address):
        assert leak not in written
    assert (ComplaintRow.objects.count(), FactRow.objects.count()) == (0, facts)


def test_a_message_can_forge_no_line_of_the_log(log: io.StringIO) -> None:
    logging.getLogger("duly").error("x\nERROR forged %s", "y\nz")
    assert len(log.getvalue().splitlines()) == 1
    assert "forged" not in log.getvalue()


def test_every_public_route_declares_its_rule() -> None:
    assert undeclared() == []
    rules = {each.name: rule_of(each.name).value for each in urls.urlpatterns}
    assert set(rules.values()) == {"anyone", "whoever holds a receipt code"}
    assert rules["status"] == "whoever holds a receipt code"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
@pytest.mark.parametrize("address", ["/", "/status", "/complain/", QUESTION, "/complain/send", "/help"])
def test_other_methods_do_nothing(reporter: Reporter, method: str, address: str) -> None:
    response = reporter.client.generic(method, address, b"x", content_type=FORM)
    assert response.status_code == 405
    assert DraftRow.objects.count() == 0


def test_request_is_not_needed_for_the_page_of_a_fault() -> None:
    from duly_server.web.public.errors import broken

    assert broken(HttpRequest()).status_code == 500
