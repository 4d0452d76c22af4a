"""No page of the desk opens before a second factor, and none after it is shown twice by one code."""

import base64
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import URLPattern, reverse
from pytest_django import Settings
from tests.services.office import SmallOffice
from tests.web.desk.entering import PASSWORD, App, Comer, Time, recovery_codes, time
from tests.web.desk.officer import Desk, Page, log_in, set_day

from duly_server.services import codes
from duly_server.services.premises import premises
from duly_server.store import factors
from duly_server.store.accounts import Account, by_login
from duly_server.store.models import AuthenticatorRow, RecoveryCodeRow
from duly_server.web import entered
from duly_server.web.desk import case_urls, login_second
from duly_server.web.desk import urls as desk_urls
from duly_server.web.door import clock
from duly_server.web.routes import Rule, rule_of
from duly_server.web.waiting.lanes import SECOND

__all__ = ["time"]

ADA = "complaints-officer-1"
WRONG = "That code is not right, or it was used already."
CLOSED = [
    each
    for each in (*desk_urls.patterns, *case_urls.urlpatterns)
    if rule_of(str(each.name)) in (Rule.ACCOUNT, Rule.DESK, Rule.APPOINTS, Rule.ANSWERS)
]


def ada() -> Account:
    found = by_login(ADA)
    assert found is not None
    return found


@pytest.fixture
def newcomer(small_office: SmallOffice, day: None, time: Time) -> Comer:
    """Ada has a password and nothing else, and has typed it."""
    account = ada()
    account.set_password(PASSWORD)
    account.save()
    comer = Comer()
    assert comer.password(ADA).location == "/desk/"
    return comer


@pytest.fixture
def app(newcomer: Comer) -> App:
    return newcomer.sets_up_an_app()[0]


# --- before the first use ----------------------------------------------------------------------------------


@pytest.mark.parametrize("each", CLOSED, ids=lambda each: each.name)
def test_no_page_of_the_desk_opens_before_a_second_factor(newcomer: Comer, each: URLPattern) -> None:
    parts = {"reference": "K7QH-3M2C", "step": "report", "office": "panel", "number": "x"}
    wanted = each.pattern.converters
    url = reverse(str(each.name), kwargs={part: parts.get(part, "1") for part in wanted})
    for answer in (newcomer.client.get(url), newcomer.client.post(url, {})):
        assert answer.headers.get("Location", "").startswith("/signing-in/first"), url


def test_an_app_is_set_up_and_leads_to_where_one_wanted_to_go(newcomer: Comer) -> None:
    led = newcomer.get("/desk/docket?view=late", 303)
    first = newcomer.get(led.location)
    assert "One step is not enough here" in first.words
    (link,) = [each for each in first.links() if "signing-in/app" in each]
    page = newcomer.get(link)
    app = App.of(page)
    said = {name: str(value) for name, value in page.form().items()}
    shown = newcomer.post("/signing-in/app", 200, **(said | {"code": app.code()}))
    assert len(set(recovery_codes(shown))) == 10
    assert "/desk/docket?view=late" in shown.links()
    assert newcomer.get("/desk/docket?view=late")
    assert "Late" in newcomer.get("/desk/docket?view=late").words


def test_a_wrong_code_shows_the_same_key_again_and_keeps_nothing(newcomer: Comer) -> None:
    page = newcomer.get("/signing-in/app")
    said = {name: str(value) for name, value in page.form().items()}
    again = newcomer.post("/signing-in/app", 422, **(said | {"code": "000000"}))
    assert "This code is not right" in again.mistakes()
    assert App.of(again) == App.of(page)
    assert not AuthenticatorRow.objects.exists()
    assert newcomer.get("/desk/docket", 303)
    assert newcomer.post("/signing-in/app", 200, **(said | {"code": App.of(page).code()}))


@pytest.mark.parametrize("held", ["", "made up", "another's", "old"])
def test_a_key_that_was_not_shown_here_is_not_taken(newcomer: Comer, held: str) -> None:
    _, at = clock().read()
    other = by_login("panel-1")
    assert other is not None
    offered = {
        "another's": codes.offer(other, office="x", at=at),
        "old": codes.offer(ada(), office="x", at=at - timedelta(minutes=31)),
    }.get(held)
    said = offered.held if offered else held
    key = offered.key if offered else "A" * 32
    code = App(base64.b32decode(key)).code()
    page = newcomer.post("/signing-in/app", 422, held=said, code=code)
    assert "shown too long ago" in page.mistakes()
    assert key != App.of(page).secret.hex()
    assert not AuthenticatorRow.objects.exists()


def test_the_picture_is_drawn_here_and_the_page_is_kept_nowhere(newcomer: Comer) -> None:
    answer = newcomer.client.get("/signing-in/app")
    assert "no-store" in answer.headers["Cache-Control"]
    page = answer.content.decode()
    assert '<svg role="img" aria-labelledby="qr-says"' in page
    assert "otpauth://totp/Example%20Association:complaints-officer-1?secret=" in page
    assert not re.findall(r'(?:src|href)="https?:', page)


# --- each login after it -----------------------------------------------------------------------------------


def test_each_later_login_asks_for_a_code_as_well(app: App) -> None:
    comer = Comer()
    led = comer.password(ADA, next="/desk/docket")
    assert led.location == "/login/second?next=%2Fdesk%2Fdocket"
    assert comer.client.get("/desk/").status_code == 302
    assert comer.get("/desk/docket", 302).location == "/login?next=/desk/docket"
    page = comer.get(led.location)
    assert "The first step was right" in page.words
    done = comer.post("/login/second", code=app.code(), next="/desk/docket")
    assert done.location == "/desk/docket"
    assert comer.get("/desk/docket")


def test_halfway_opens_no_page_on_which_something_is_set_up(app: App) -> None:
    comer = Comer()
    comer.password(ADA)
    for path in ("/signing-in", "/signing-in/first", "/signing-in/app"):
        assert comer.get(path, 302).location.startswith("/login")


def test_a_session_that_never_showed_the_factor_set_up_elsewhere_is_out(newcomer: Comer) -> None:
    other = Comer()
    other.password(ADA)
    newcomer.sets_up_an_app()
    assert other.client.get("/signing-in/app").headers["Location"].startswith("/login")
    log_in(other.client, ADA)
    session = other.client.session
    del session["duly.entered"]
    session.save()
    assert other.client.get("/signing-in/app").headers["Location"].startswith("/login")
    assert other.client.get("/desk/").headers["Location"].startswith("/login")


@pytest.mark.parametrize("ahead", [-1, 0, 1])
def test_no_code_is_taken_twice_nor_one_before_it(app: App, ahead: int) -> None:
    AuthenticatorRow.objects.update(newest=0)
    code = app.code(ahead)
    first, second = Comer(), Comer()
    for comer in (first, second):
        comer.password(ADA)
    assert first.post("/login/second", code=f" {code[:3]} {code[3:]} ").location == "/desk/"
    assert WRONG in second.post("/login/second", 422, code=code).mistakes()
    assert WRONG in second.post("/login/second", 422, code=app.code(ahead - 1)).mistakes()


@pytest.mark.parametrize("ahead", [-2, 2, 120])
def test_a_code_of_another_time_is_wrong(app: App, ahead: int) -> None:
    comer = Comer()
    comer.password(ADA)
    assert WRONG in comer.post("/login/second", 422, code=app.code(ahead)).mistakes()


def test_the_code_that_set_the_app_up_opens_nothing(newcomer: Comer) -> None:
    page = newcomer.get("/signing-in/app")
    app = App.of(page)
    code = app.code()
    said = {name: str(value) for name, value in page.form().items()}
    newcomer.post("/signing-in/app", 200, **(said | {"code": code}))
    comer = Comer()
    comer.password(ADA)
    assert WRONG in comer.post("/login/second", 422, code=code).mistakes()


def test_a_recovery_code_is_good_once_and_says_how_many_are_left(newcomer: Comer) -> None:
    _, page = newcomer.sets_up_an_app()
    code = recovery_codes(page)[3]
    comer = Comer()
    comer.password(ADA)
    comer.post("/login/second", code=code.upper().replace("-", " "))
    assert "You used a recovery code; 9 are left" in comer.get("/signing-in").words
    again = Comer()
    again.password(ADA)
    assert WRONG in again.post("/login/second", 422, code=code).mistakes()


def test_the_codes_of_one_open_nothing_of_another(newcomer: Comer, app: App) -> None:
    other = by_login("panel-1")
    assert other is not None
    other.set_password(PASSWORD)
    other.save()
    comer = Comer()
    comer.password("panel-1")
    _, page = comer.sets_up_an_app()
    late = Comer()
    late.password(ADA)
    assert WRONG in late.post("/login/second", 422, code=recovery_codes(page)[0]).mistakes()


def test_the_way_from_the_password_to_the_code_is_ten_minutes(app: App, time: Time) -> None:
    slow, quick = Comer(), Comer()
    slow.password(ADA)
    time.on(1)
    quick.password(ADA)
    time.on(entered.HALFWAY_LASTS)
    assert quick.post("/login/second", code=app.code()).location == "/desk/"
    time.on(60)
    assert slow.client.post("/login/second", {"code": app.code()}).headers["Location"].startswith("/login?")


def test_a_password_changed_meanwhile_ends_the_way(app: App) -> None:
    comer = Comer()
    comer.password(ADA)
    account = ada()
    account.set_password("another one entirely")
    account.save()
    assert comer.client.post("/login/second", {"code": app.code()}).headers["Location"].startswith("/login?")


def test_without_the_first_step_there_is_no_second(app: App) -> None:
    answer = Client().post("/login/second", {"code": app.code()})
    assert answer.headers["Location"].startswith("/login?")


def test_nobody_is_led_to_another_site(app: App) -> None:
    comer = Comer()
    comer.password(ADA)
    done = comer.post("/login/second", code=app.code(), next="https://elsewhere.example/")
    assert done.location == "/desk/"


# --- limits ------------------------------------------------------------------------------------------------


def test_wrong_codes_of_one_account_are_limited_wherever_they_come_from(app: App) -> None:
    for number in range(login_second.WRONG.burst):
        comer = Comer(Client(REMOTE_ADDR=f"203.0.{number}.1"))
        comer.password(ADA)
        comer.post("/login/second", 422, code=f"00000{number}")
    comer = Comer()
    comer.password(ADA)
    page = comer.post("/login/second", 429, code=app.code())
    assert "Too many codes were wrong. Wait 5 minutes" in page.mistakes()
    assert comer.client.post("/login/second", {"code": "1"}).headers["Retry-After"] == "300"


def test_right_codes_use_nothing_up(newcomer: Comer) -> None:
    _, page = newcomer.sets_up_an_app()
    for code in recovery_codes(page)[: login_second.WRONG.burst + 1]:
        comer = Comer()
        comer.password(ADA)
        comer.post("/login/second", code=code)


def test_whoever_tries_codes_from_one_network_waits_and_comes_through_with_a_ticket(
    app: App, time: Time
) -> None:
    comer, elsewhere = Comer(), Comer(Client(REMOTE_ADDR="203.0.113.9"))
    for each in (comer, elsewhere):
        each.password(ADA)
    for _ in range(SECOND.budget.burst):
        assert comer.client.post("/login/second", {"code": "000000"}).status_code in (422, 429)
    page = comer.post("/login/second", 503, code="000000", next="/desk/docket")
    assert "You are not logged out" in page.words
    assert page.form()["next"] == "/desk/docket"
    assert "code" not in page.form() or page.form()["code"] == ""
    time.on(300)
    said = {name: str(value) for name, value in page.form().items()}
    assert comer.post("/login/second", **(said | {"code": app.code()})).location == "/desk/docket"
    assert elsewhere.client.get("/desk/").status_code == 302


# --- what lies in the tables -------------------------------------------------------------------------------


def test_neither_the_secret_nor_a_code_lies_in_the_database_or_a_session(newcomer: Comer) -> None:
    app, page = newcomer.sets_up_an_app()
    row = AuthenticatorRow.objects.get()
    assert app.secret not in bytes(row.sealed)
    kept = str(list(RecoveryCodeRow.objects.values())) + "".join(
        str(each.get_decoded()) for each in Session.objects.all()
    )
    for secret in (app.secret.hex(), base64.b32encode(app.secret).decode(), *recovery_codes(page)):
        assert secret not in kept
        assert secret.replace("-", "") not in kept


def test_a_secret_moved_to_another_account_does_not_open(newcomer: Comer) -> None:
    newcomer.sets_up_an_app()
    other = by_login("panel-1")
    assert other is not None
    row = AuthenticatorRow.objects.get()
    moved = AuthenticatorRow(
        account=other, unit_id=row.unit_id, sealed=row.sealed, newest=0, added_on=row.added_on
    )
    moved.save(force_insert=True)
    with pytest.raises(factors.FactorUnreadableError):
        factors.secret_of(other.pk, premises().journal.keys)


def test_a_key_that_is_gone_is_told_in_words(app: App) -> None:
    AuthenticatorRow.objects.update(unit_id=b"\0" * 16)
    comer = Comer()
    comer.password(ADA)
    page = comer.post("/login/second", 503, code=app.code())
    assert "can't read what your codes are compared with" in page.mistakes()


# --- the page “Signing in” ---------------------------------------------------------------------------------


def test_the_page_tells_what_one_comes_in_by_and_is_reached_from_the_desk(newcomer: Comer, app: App) -> None:
    assert "/signing-in" in newcomer.get("/desk/").html
    page = newcomer.get("/signing-in")
    assert "Set up since Mon 2 Mar 2026" in page.words
    assert "10 are left" in page.words


def test_the_last_one_is_never_removed(newcomer: Comer, app: App) -> None:
    page = newcomer.post("/signing-in/remove", 422, what="app")
    assert "This is the last second factor of yours" in page.refusal()
    assert AuthenticatorRow.objects.count() == 1
    assert "There is no such second factor" in newcomer.post("/signing-in/remove", 422, what="x").refusal()


def test_new_codes_take_the_place_of_the_old(newcomer: Comer) -> None:
    _, page = newcomer.sets_up_an_app()
    new = recovery_codes(newcomer.post("/signing-in/codes", 200))
    assert len(new) == 10
    comer = Comer()
    comer.password(ADA)
    comer.post("/login/second", 422, code=recovery_codes(page)[0])
    comer.post("/login/second", code=new[0])


def test_another_app_takes_the_place_of_the_first_and_ends_every_other_session(newcomer: Comer) -> None:
    app, _ = newcomer.sets_up_an_app()
    other = Comer()
    other.password(ADA)
    other.post("/login/second", code=app.code())
    page = newcomer.get("/signing-in/app")
    assert "in place of the one you have" in page.words
    second = App.of(page)
    said = {name: str(value) for name, value in page.form().items()}
    newcomer.post("/signing-in/app", **(said | {"code": second.code()}))
    assert newcomer.get("/desk/")
    assert other.get("/desk/", 302).location.startswith("/login")
    late = Comer()
    late.password(ADA)
    late.post("/login/second", 422, code=app.code(1))
    late.post("/login/second", code=second.code(1))


def test_a_change_asks_for_the_second_factor_again_after_a_quarter_of_an_hour(
    newcomer: Comer, app: App, time: Time
) -> None:
    time.on(entered.FRESH)
    assert newcomer.get("/signing-in/app")
    time.on(1)
    for path in ("/signing-in/codes", "/signing-in/remove"):
        assert newcomer.post(path, what="app").location == "/login/second?next=%2Fsigning-in"
    led = newcomer.get("/signing-in/app", 303)
    assert "Show once more that it is you" in newcomer.get(led.location).words
    assert newcomer.post("/login/second", code=app.code(), next="/signing-in").location == "/signing-in"
    assert newcomer.get("/signing-in/app")


def test_an_account_that_is_closed_comes_in_no_further(newcomer: Comer, app: App) -> None:
    comer = Comer()
    comer.password(ADA)
    Account.objects.filter(login=ADA).update(is_active=False)
    assert comer.client.post("/login/second", {"code": app.code()}).headers["Location"].startswith("/login?")
    assert newcomer.get("/desk/", 302)


NEW = "four other harbours"


def changes(comer: Comer, status: int = 303, **typed: str) -> Page:
    said = {"current": PASSWORD, "password": NEW, "again": NEW} | typed
    return comer.post("/signing-in/password", status, **said)


def test_the_password_is_changed_by_whoever_knows_it_and_ends_every_other_session(
    newcomer: Comer, app: App
) -> None:
    other = Comer()
    other.password(ADA)
    other.post("/login/second", code=app.code())
    assert changes(newcomer).location == "/signing-in"
    assert newcomer.get("/desk/")
    assert other.get("/desk/", 302)
    assert ada().check_password(NEW)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"current": "wrong"}, "This is not your password."),
        ({"password": "short", "again": "short"}, "Choose a longer one"),
        ({"again": "four other boats"}, "The two passwords are not the same."),
        ({"current": ""}, "Write your password"),
    ],
    ids=str,
)
def test_what_stands_in_the_way_of_another_password_is_said(
    newcomer: Comer, app: App, typed: dict[str, str], says: str
) -> None:
    assert says in changes(newcomer, 422, **typed).mistakes()
    assert ada().check_password(PASSWORD)


def test_guesses_at_the_password_are_limited_there_too(newcomer: Comer, app: App) -> None:
    for _ in range(login_second.WRONG.burst):
        changes(newcomer, 422, current="wrong")
    assert "Too many passwords were wrong. Wait 5 minutes" in changes(newcomer, 429).mistakes()
    assert ada().check_password(PASSWORD)


def test_without_a_second_factor_or_a_password_there_is_none_to_change(newcomer: Comer) -> None:
    assert newcomer.get("/signing-in/password", 303).location == "/signing-in/first"
    newcomer.sets_up_an_app()
    assert "Choose another" in newcomer.get("/signing-in").words
    account = ada()
    account.set_unusable_password()
    account.save()
    log_in(newcomer.client, ADA)
    assert "Choose another" not in newcomer.get("/signing-in").words
    assert newcomer.get("/signing-in/password", 404)


def test_a_demonstration_asks_nobody_for_a_second_factor(desk: Desk, settings: Settings) -> None:
    settings.DULY_DEMO = True
    set_day("2026-03-02")
    client = Client()
    client.post("/demo/people/become", {"login": ADA})
    assert client.get("/desk/docket").status_code == 200


@pytest.mark.parametrize("letter", ["x", "Ж", "協", "🏛", ":"])
def test_the_longest_name_of_an_office_fits_into_the_picture(
    newcomer: Comer, settings: Settings, letter: str
) -> None:
    """It stands in the key's address twice, and there a letter may take twelve signs."""
    settings.DULY_NAME = letter * 200
    account = ada()
    account.login = "a" * 150
    account.save()
    page = newcomer.get("/signing-in/app")
    assert '<svg role="img"' in page.html
    uri = codes.offer(account, office=settings.DULY_NAME, at=clock().read()[1]).uri
    assert uri.count(quote(letter * 40 if letter != ":" else " " * 40)) >= 2
    assert ("%E2%80%A6" in uri) is (letter in "Ж協🏛")
