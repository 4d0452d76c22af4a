"""T25: whoever is over a limit waits a minute at most, is never refused, and loses nothing they typed."""

import io
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings
from tests.services.office import SmallOffice
from tests.web.desk.officer import Desk
from tests.web.public.conftest import keyring, reporter, small_office
from tests.web.public.reporter import FORM, Reporter, code_on, heading, text
from tests.web.public.test_codes import other_code
from tests.web.public.test_errors import log

from duly_server.store.accounts import by_login
from duly_server.store.models import ComplaintRow
from duly_server.web.door import clock
from duly_server.web.waiting import gate
from duly_server.web.waiting.gate import FULL, HEADER
from duly_server.web.waiting.lanes import CODES, LOGIN, SEND

__all__ = ["keyring", "log", "reporter", "small_office"]

PASSWORD = "a long walk to the sea"
WAIT = "Many things arrive at once"
ATTACKER = {"REMOTE_ADDR": "203.0.113.5"}


class Time:
    """The clock of the gate, which a test moves."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def on(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    found = Time()
    monkeypatch.setattr(gate, "now", lambda _: (found.at.date(), found.at))
    return found


@pytest.fixture
def day(settings: Settings, tmp_path: Path) -> None:
    settings.DULY_DAY_FILE = tmp_path / "day"
    clock().set_day(date(2026, 3, 2))


def post(client: Client, address: str, said: dict[str, str], **more: str) -> HttpResponse:
    return client.post(address, urlencode(said), content_type=FORM, **more)


def form_of(response: HttpResponse) -> dict[str, str]:
    """The hidden fields of a wait page, as a browser would send them again."""
    assert heading(response) == WAIT, text(response)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text(response))
    return {name: unescape(value) for name, value in hidden}


def exhaust(address: str, said: dict[str, str], times: int, **where: str) -> HttpResponse:
    for _ in range(times):
        assert post(Client(), address, said, **where).status_code != 503
    return post(Client(), address, said, **where)


def test_who_sends_a_complaint_while_an_attacker_uses_up_the_budget_waits_and_sends_it(
    reporter: Reporter, time: Time, log: io.StringIO
) -> None:
    reporter.fill_in()
    exhaust("/complain/send", {}, SEND.budget.burst)
    refused = reporter.post("/complain/send")
    assert refused.status_code == 503
    assert 20 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["Cache-Control"] == "no-store"
    assert "Nothing that you typed is lost" in text(refused)
    assert "laughed" in text(reporter.get("/complain/check"))
    assert ComplaintRow.objects.count() == 0
    said = form_of(refused)
    for _ in range(30):
        time.on(1)
        post(Client(), "/complain/send", {})  # the attacker goes on
    time.on(30)
    assert post(reporter.client, "/complain/send", said).headers["Location"] == "/complain/receipt"
    assert len(code_on(reporter.get("/complain/receipt"))) == 24
    assert log.getvalue() == ""


def test_a_ticket_is_good_once_and_not_before_its_time(reporter: Reporter, time: Time) -> None:
    code = other_code()
    said = form_of(exhaust("/status", {"code": code}, CODES.budget.burst))
    assert said["code"] == code
    early = post(reporter.client, "/status", said)
    assert (early.status_code, early.headers["Retry-After"]) == (503, "20")
    assert form_of(early) == said
    time.on(12)
    keep_exhausted()
    assert post(reporter.client, "/status", said).headers["Retry-After"] == "8"
    time.on(8)
    keep_exhausted()
    assert post(reporter.client, "/status", said).status_code == 400
    again = post(reporter.client, "/status", said)
    assert again.status_code == 503
    assert form_of(again)["wait-ticket"] != said["wait-ticket"]


def keep_exhausted() -> None:
    for _ in range(100):
        if post(Client(), "/status", {"code": other_code()}).status_code == 503:
            return
    raise AssertionError("never over the limit")


def test_a_forged_an_old_and_somebody_elses_ticket_are_none(reporter: Reporter, time: Time) -> None:
    said = form_of(exhaust("/status", {"code": other_code()}, CODES.budget.burst))
    elsewhere = form_of(exhaust("/complain/send", {}, SEND.budget.burst))["wait-ticket"]
    time.on(60)
    keep_exhausted()
    ticket = said["wait-ticket"]
    forged = ("A" if ticket[0] != "A" else "B") + ticket[1:]
    for wrong in (forged, elsewhere, "", "x" * 10_000, ticket + "="):
        answer = post(reporter.client, "/status", {**said, "wait-ticket": wrong})
        assert answer.status_code == 503
        assert form_of(answer)["wait-ticket"] != wrong
    time.on(2 * 3600)
    keep_exhausted()
    assert post(reporter.client, "/status", said).status_code == 503


def test_whoever_comes_from_elsewhere_does_not_wait(reporter: Reporter, time: Time) -> None:
    exhaust("/status", {"code": other_code()}, CODES.budget.burst, **ATTACKER)
    assert reporter.status(other_code()).status_code == 400
    assert post(Client(), "/status", {"code": other_code()}, REMOTE_ADDR="203.0.113.99").status_code == 503


def test_a_forged_address_buys_nothing_and_a_trusted_proxy_tells_people_apart(
    reporter: Reporter, time: Time, settings: Settings
) -> None:
    for number in range(CODES.budget.burst + 1):
        forged = {"HTTP_X_FORWARDED_FOR": f"198.51.{number}.1"}
        answer = post(Client(), "/status", {"code": other_code()}, **ATTACKER, **forged)
    assert answer.status_code == 503
    settings.DULY_PROXIES = ("127.0.0.1",)
    through = {"HTTP_X_FORWARDED_FOR": "198.51.77.1, 203.0.113.5"}
    assert post(Client(), "/status", {"code": other_code()}, **through).status_code == 503
    other = {"HTTP_X_FORWARDED_FOR": "203.0.113.5, 198.51.77.1"}
    assert post(Client(), "/status", {"code": other_code()}, **other).status_code == 400


@pytest.fixture
def ada(small_office: SmallOffice, day: None) -> str:
    account = by_login("complaints-officer-1")
    assert account is not None
    account.set_password(PASSWORD)
    account.save()
    return str(account.login)


def test_wrong_passwords_make_the_owner_of_the_account_wait_and_lock_nobody_out(ada: str, time: Time) -> None:
    assert LOGIN.account is not None
    wrong = {"username": f" {ada.upper()} ", "password": "wrong", "next": "/desk/docket"}
    exhaust("/login", wrong, LOGIN.account.burst, **ATTACKER)
    client = Client()
    right = {"username": ada, "password": PASSWORD, "next": "/desk/docket"}
    refused = post(client, "/login", right)
    assert refused.status_code == 503
    said = form_of(refused)
    assert (said["username"], said["next"]) == (ada, "/desk/docket")
    assert PASSWORD not in text(refused)
    for _ in range(6):
        time.on(10)
        post(Client(), "/login", wrong, **ATTACKER)
    assert post(client, "/login", {**said, "password": PASSWORD}).headers["Location"] == "/desk/docket"
    assert client.get("/signing-in/first").status_code == 200


def test_a_ticket_for_one_account_opens_no_other(ada: str, time: Time) -> None:
    assert LOGIN.account is not None
    said = form_of(exhaust("/login", {"username": ada, "password": "wrong"}, LOGIN.account.burst, **ATTACKER))
    exhaust("/login", {"username": "chair-1", "password": "wrong"}, LOGIN.account.burst)
    time.on(55)
    other = {**said, "username": "chair-1", "password": "wrong"}
    assert post(Client(), "/login", other, **ATTACKER).status_code == 503


def test_an_account_that_is_none_waits_in_the_same_words(ada: str, time: Time) -> None:
    assert LOGIN.account is not None
    pages = set()
    for login in (ada, "nobody"):
        page = text(exhaust("/login", {"username": login, "password": "x"}, LOGIN.account.burst))
        pages.add(re.sub(r'(wait-ticket" value=")[^"]+', r"\1", page.replace(login, "")))
    assert len(pages) == 1


def test_logging_in_rightly_uses_nothing_up(ada: str, time: Time) -> None:
    for _ in range(LOGIN.budget.burst + 5):
        assert post(Client(), "/login", {"username": ada, "password": PASSWORD}).status_code == 302


def test_the_desk_works_on_whoever_is_over_every_limit(
    small_office: SmallOffice, time: Time, day: None
) -> None:
    officer = Desk(small_office).as_("complaints-officer")
    for address, lane in (("/status", CODES), ("/complain/send", SEND), ("/login", LOGIN)):
        exhaust(address, {}, lane.budget.burst)
        assert post(Client(), address, {}).status_code == 503
    for _ in range(50):
        assert officer.client.get("/desk/").status_code == 200
    assert Client().get("/status").status_code == 200
    assert Client().get("/login").status_code == 200


def test_where_every_thread_is_taken_the_form_comes_back_with_a_ticket(
    reporter: Reporter, time: Time
) -> None:
    full = post(reporter.client, "/status", {"code": other_code()}, **{FULL: "1"})
    assert full.status_code == 503
    assert full.headers[HEADER] == "1"
    said = form_of(full)
    time.on(20)
    still = post(reporter.client, "/status", said, **{FULL: "1"})
    assert (still.status_code, still.headers["Retry-After"], form_of(still)) == (503, "5", said)
    assert post(reporter.client, "/status", said).status_code == 400


def test_what_was_typed_stands_in_the_page_as_text_alone(reporter: Reporter, time: Time) -> None:
    nasty = '"><script>alert(1)</script>'
    said = {"code": nasty, "csrfmiddlewaretoken": nasty}
    answer = exhaust("/status", said, CODES.budget.burst)
    assert "<script>alert" not in text(answer)
    assert form_of(answer)["code"] == nasty
    assert form_of(answer)["csrfmiddlewaretoken"] == ""


def test_the_form_of_the_page_passes_the_check_of_forms(reporter: Reporter, time: Time) -> None:
    browser = Client(enforce_csrf_checks=True)
    found = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', text(browser.get("/status")))
    assert found is not None
    code = other_code()
    exhaust("/status", {"code": code}, CODES.budget.burst)
    said = form_of(post(browser, "/status", {"code": code, "csrfmiddlewaretoken": found[1]}))
    time.on(20)
    assert post(browser, "/status", said).status_code == 400
