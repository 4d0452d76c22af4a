"""Logging in and out; who has no office today; the people of a demonstration and its next day."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings
from tests.services.office import SmallOffice
from tests.web.desk import officer
from tests.web.desk.officer import Desk, set_day

from duly_server.store.accounts import by_login, find_or_make
from duly_server.store.models import CaseRow
from duly_server.web.door import clock

PASSWORD = "a long walk to the sea"
REFUSED = "That login and that password do not belong together."


@pytest.fixture
def ada(small_office: SmallOffice, day: None) -> str:
    account = by_login("complaints-officer-1")
    assert account is not None
    account.set_password(PASSWORD)
    account.save()
    return account.login


def log_in(client: Client, login: str, password: str, **more: str) -> str:
    response = client.post("/login", {"username": login, "password": password, **more})
    return str(response.headers.get("Location", "")) or response.content.decode()


def test_a_login_leads_to_the_desk_or_back_to_where_one_wanted_to_go(ada: str) -> None:
    client = Client()
    wanted = client.get("/desk/docket").headers["Location"]
    assert wanted == "/login?next=/desk/docket"
    assert log_in(client, ada, PASSWORD, next="/desk/docket") == "/desk/docket"
    assert log_in(Client(), ada, PASSWORD) == "/desk/"
    assert log_in(Client(), ada, PASSWORD, next="https://elsewhere.example/") == "/desk/"


def test_one_answer_for_a_wrong_password_an_unknown_login_and_a_closed_account(ada: str) -> None:
    find_or_make("closed", name="Closed", password=PASSWORD)
    closed = by_login("closed")
    assert closed is not None
    closed.is_active = False
    closed.save()
    answers = []
    for login, password in ((ada, "wrong"), ("nobody", PASSWORD), ("closed", PASSWORD)):
        page = log_in(Client(), login, password)
        assert REFUSED in page
        answers.append(page.partition("You were not logged in")[2].partition("<form")[0].replace(login, ""))
    assert len({answer.partition('<div class="field')[0] for answer in answers}) == 1


def test_an_empty_form_says_what_to_write(ada: str) -> None:
    page = log_in(Client(), "", "")
    assert "Write your login" in page
    assert "Write your password" in page


def test_one_logs_out_by_post_alone(ada: str) -> None:
    client = Client()
    log_in(client, ada, PASSWORD)
    assert client.get("/logout").status_code == 405
    assert client.get("/signing-in/first").status_code == 200
    assert client.post("/logout").headers["Location"] == "/login"
    assert client.get("/desk/").status_code == 302


def test_logging_in_and_out_ask_for_the_token_of_their_form(ada: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/login", {"username": ada, "password": PASSWORD}).status_code == 403


def test_whoever_holds_no_office_today_is_told_so_and_sees_no_case(desk: Desk) -> None:
    receipt = desk.office.complaint("2026-03-02")
    find_or_make("visitor", name="Vi Sitor", password=None)
    client = Client()
    officer.log_in(client, "visitor")
    page = client.get("/desk/")
    assert page.status_code == 403
    assert "You hold no office today" in page.content.decode()
    assert "Log out" in page.content.decode()
    for path in (
        "/desk/docket",
        "/desk/docket.csv",
        "/desk/news",
        "/desk/rulebook",
        f"/desk/find?q={receipt.case}",
    ):
        assert client.get(path).status_code == 404, path


def test_an_office_that_begins_tomorrow_opens_no_desk_today(desk: Desk) -> None:
    set_day("2025-12-31")
    client = Client()
    officer.log_in(client, "complaints-officer-1")
    assert client.get("/desk/docket").status_code == 404


@pytest.fixture
def demo(desk: Desk, settings: Settings) -> Desk:
    settings.DULY_DEMO = True
    return desk


def test_outside_a_demonstration_its_pages_are_not_there(desk: Desk) -> None:
    client = Client()
    assert client.get("/demo/people").status_code == 404
    assert client.post("/demo/people/become", {"login": "panel-1"}).status_code == 404
    assert client.post("/demo/next-day").status_code == 404
    assert "DEMO" not in desk.as_("panel").get("/desk/").words


def test_in_a_demonstration_one_is_anybody_who_holds_an_office(demo: Desk) -> None:
    client = Client()
    people = client.get("/demo/people").content.decode()
    for office in ("Complaints officer", "Panel chair", "President"):
        assert office in people
    assert "Complainant" not in people
    assert client.get("/demo/people/become").status_code == 405
    from_there = {"Referer": "http://testserver/demo/people"}
    answer = client.post("/demo/people/become", {"login": "panel-2"}, headers=from_there)
    assert answer.headers["Location"] == "/desk/"
    assert "Holder of panel-2" in client.get("/desk/").content.decode()
    find_or_make("outsider", name="Out Sider", password=None)
    assert client.post("/demo/people/become", {"login": "outsider"}).status_code == 404


def test_the_next_day_comes_with_what_it_brings_and_one_is_where_one_was(demo: Desk) -> None:
    receipt = demo.office.complaint("2026-03-02")
    set_day("2026-03-09")
    somebody = demo.as_("complaints-officer")
    assert "Monday 9 March 2026" in somebody.get("/desk/docket").words
    headers = {"Referer": "http://testserver/desk/docket?view=sift"}
    answer = somebody.client.post("/demo/next-day", headers=headers)
    assert answer.headers["Location"] == "http://testserver/desk/docket?view=sift"
    assert clock().read()[0] == date(2026, 3, 10)
    page = somebody.get("/desk/docket?view=late")
    assert "It is Tuesday 10 March 2026" in page.words
    assert receipt.case in page.words
    assert "the time ran out" in somebody.get("/desk/news").words
    assert CaseRow.objects.get(reference=receipt.case).head > 3
    elsewhere = somebody.client.post("/demo/next-day", headers={"Referer": "https://elsewhere.example/"})
    assert elsewhere.headers["Location"] == "/"
