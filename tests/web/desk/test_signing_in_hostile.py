"""Hostile input to everything one comes in by: answered in words; nobody is let in or changed by it."""

import pytest
from django.test import Client
from pytest_django import Settings
from tests.web.desk.entering import PASSWORD, Comer, Time, time
from tests.web.desk.officer import Desk
from tests.web.desk.openid_provider import OpenIdProvider
from tests.web.desk.test_hostile import BROKEN, OURS, SAMPLE, harmless
from tests.web.desk.test_login_provider import known

from duly_server.store.accounts import by_login
from duly_server.store.models import Account, AuthenticatorRow, IdentityRow, PasskeyRow, RecoveryCodeRow

__all__ = ["time"]

ADA = "complaints-officer-1"
TEXTS = [*OURS, *SAMPLE[::6]]
ANSWERS = {200, 302, 303, 400, 404, 405, 422, 429}
WITHOUT_A_SESSION = ("/login/second", "/login/passkey", "/invitation")
OF_THE_PAGE = ("app", "passkey", "password", "remove")
FIELDS = (
    "code",
    "held",
    "state",
    "answer",
    "name",
    "next",
    "what",
    "current",
    "password",
    "again",
    "login",
    "do",
)


def kept() -> object:
    tables = (Account, AuthenticatorRow, IdentityRow, PasskeyRow, RecoveryCodeRow)
    return [list(table.objects.order_by("pk").values()) for table in tables]


@pytest.fixture
def ada(desk: Desk, time: Time, settings: Settings) -> Comer:
    """In, with an app; in an office that has a name, and a provider that is not there."""
    settings.DULY_ADDRESS = "https://complaints.example.org"
    settings.DULY_PROVIDER = known(OpenIdProvider(at=0, port=1))
    account = by_login(ADA)
    assert account is not None
    account.set_password(PASSWORD)
    account.save()
    comer = Comer()
    comer.password(ADA)
    comer.sets_up_an_app()
    return comer


@pytest.mark.usefixtures("unlimited")
def test_every_field_bears_nonsense_and_nobody_comes_in(ada: Comer) -> None:
    before, outside, halfway = kept(), Client(), Comer()
    halfway.password(ADA)
    for text in TEXTS:
        typed = dict.fromkeys(FIELDS, text)
        places = [(outside, path) for path in WITHOUT_A_SESSION]
        places += [(halfway.client, "/login/second")]
        places += [(ada.client, f"/signing-in/{each}") for each in OF_THE_PAGE]
        for client, path in places:
            answer = client.post(path, typed)
            assert answer.status_code in ANSWERS, (path, text, answer.status_code)
            harmless(answer.content.decode())
    assert kept() == before
    assert halfway.client.get("/desk/").status_code == 302
    assert outside.get("/desk/").status_code == 302


def test_every_address_bears_nonsense(ada: Comer) -> None:
    before = kept()
    for text in TEXTS:
        asked = {"next": text, "state": text, "code": text, "iss": text, "error": text}
        for path in (
            "/login",
            "/signing-in",
            "/signing-in/app",
            "/signing-in/passkey",
            "/login/provider/back",
        ):
            answer = ada.client.get(path, asked)
            assert answer.status_code in ANSWERS, (path, text, answer.status_code)
            harmless(answer.content.decode())
    assert kept() == before


def test_a_cookie_of_the_way_that_is_none_opens_nothing(ada: Comer) -> None:
    for text in ("", "x", "AAAA", "é", "=" * 50, "A" * 3000):
        client = Client()
        client.cookies["duly-provider"] = text
        assert client.get("/login/provider/back", {"code": "x", "state": "x"}).status_code == 422


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_form_is_refused_whole(ada: Comer, name: str) -> None:
    body, kind = BROKEN[name]
    before = kept()
    for path in (*WITHOUT_A_SESSION, *(f"/signing-in/{each}" for each in OF_THE_PAGE)):
        answer = ada.client.post(path, body, content_type=kind)
        assert answer.status_code == (413 if len(body) > 10**6 else 400), (name, path)
    assert kept() == before
