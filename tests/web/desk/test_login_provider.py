"""Coming in by an OpenID provider that really signs: what is believed, and everything that is not."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings
from tests.services.office import SmallOffice
from tests.web.desk.entering import App, Comer, Time, time
from tests.web.desk.officer import Page, set_day
from tests.web.desk.openid_provider import CLIENT, SECRET, OpenIdProvider, providing

from duly_server.gateways.office_file import Provider
from duly_server.gateways.provider import asking
from duly_server.services import invitations
from duly_server.services.provider import digest
from duly_server.store import accounts, factors
from duly_server.store.accounts import Account, by_login
from duly_server.store.models import IdentityRow, InvitationRow
from duly_server.web.desk import provider_way

__all__ = ["time"]

ADA = "complaints-officer-1"
NOT_TRUSTED = "What came back from there is not what this office asked for"
NOBODY = "Whom Harbour Club let in has no account here by it"


@pytest.fixture
def provider(
    small_office: SmallOffice, day: None, time: Time, settings: Settings
) -> Iterator[OpenIdProvider]:
    settings.DULY_ADDRESS = "http://testserver"
    with providing(OpenIdProvider(at=int(time.at.timestamp()))) as found:
        asking._known.pop(found.issuer, None)  # of another test that had this port, at this same instant
        settings.DULY_PROVIDER = known(found)
        yield found


def known(provider: OpenIdProvider) -> Provider:
    return Provider(
        name="Harbour Club",
        issuer=provider.issuer,
        client_id=CLIENT,
        client_secret=provider.secret,
        second_factor="duly",
    )


def ada() -> Account:
    found = by_login(ADA)
    assert found is not None
    return found


@pytest.fixture
def bound(provider: OpenIdProvider, time: Time) -> OpenIdProvider:
    """Ada comes in by the provider, and has no second factor yet."""
    IdentityRow.objects.create(
        digest=digest(provider.issuer, provider.subject), account=ada(), added_on=time.at.date()
    )
    return provider


def there(url: str) -> str:
    """The browser at the provider: where it is sent back to, as a path."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", f"{parts.path}?{parts.query}")
    location = connection.getresponse().headers["Location"]
    connection.close()
    assert location.startswith("http://testserver/")
    return location.removeprefix("http://testserver")


def goes(comer: Comer, wanted: str = "") -> str:
    """There and as far as the address by which the browser comes back."""
    return there(comer.get(f"/login/provider?{urlencode({'next': wanted})}", 303).location)


def comes(status: int = 303, comer: Comer | None = None, wanted: str = "") -> Page:
    comer = comer or Comer()
    return comer.get(goes(comer, wanted), status)


# --- let in ------------------------------------------------------------------------------------------------


def test_whom_it_lets_in_sets_up_a_second_factor_of_ours_and_shows_it_each_time(
    bound: OpenIdProvider, time: Time
) -> None:
    assert "Log in with Harbour Club" in Comer().get("/login").words
    comer = Comer()
    assert comes(comer=comer, wanted="/desk/docket").location == "/desk/docket"
    assert comer.get("/desk/docket", 303).location.startswith("/signing-in/first")
    app, _ = comer.sets_up_an_app()
    assert comer.get("/desk/docket")
    assert "You come in by Harbour Club since Mon 2 Mar 2026. After it" in comer.get("/signing-in").words
    late = Comer()
    led = comes(comer=late, wanted="/desk/docket").location
    assert led == "/login/second?next=%2Fdesk%2Fdocket"
    assert late.get("/desk/docket", 302)
    assert late.post("/login/second", code=app.code(), next="/desk/docket").location == "/desk/docket"
    assert late.get("/desk/docket")


def test_where_the_office_says_so_the_provider_is_enough(
    bound: OpenIdProvider, settings: Settings, time: Time
) -> None:
    settings.DULY_PROVIDER = replace(settings.DULY_PROVIDER, second_factor="provider")
    comer = Comer()
    assert comes(comer=comer, wanted="/desk/docket").location == "/desk/docket"
    assert comer.get("/desk/docket")
    assert "so that you need none here" in comer.get("/signing-in").words
    time.on(1000)
    bound.at += 1000
    led = comer.get("/signing-in/app", 303).location
    again = comer.get(led, 303).location
    assert again == "/login/provider?next=%2Fsigning-in"
    comer.get(there(comer.get(again, 303).location), 303)
    assert comer.get("/signing-in/app")


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
@pytest.mark.parametrize("secret", [SECRET, ""])
def test_it_is_asked_with_and_without_a_secret(
    bound: OpenIdProvider, settings: Settings, secret: str, algorithm: str
) -> None:
    bound.secret, bound.algorithm = secret, algorithm
    settings.DULY_PROVIDER = known(bound)
    assert comes().location == "/desk/"


def test_what_is_asked_is_who_it_is_and_no_more(provider: OpenIdProvider) -> None:
    first = parse_qs(urlsplit(Comer().get("/login/provider", 303).location).query)
    second = parse_qs(urlsplit(Comer().get("/login/provider", 303).location).query)
    assert first["scope"] == ["openid"]
    assert first["redirect_uri"] == ["http://testserver/login/provider/back"]
    for secret in ("state", "nonce", "code_challenge"):
        assert first[secret] != second[secret]


# --- by invitation alone -----------------------------------------------------------------------------------


def test_nobody_is_let_in_whom_no_invitation_has_bound(provider: OpenIdProvider) -> None:
    before = Account.objects.count()
    assert NOBODY in comes(422).words
    provider.subject = ADA
    assert NOBODY in comes(422).words
    assert (Account.objects.count(), IdentityRow.objects.count()) == (before, 0)


def invited(time: Time, name: str = "Cy Newcome") -> str:
    account = accounts.find_or_make(accounts.placeholder(), name=name, password=None)
    return invitations.invite(account.pk, at=time.at)


def test_an_invitation_binds_the_identity_that_takes_it(provider: OpenIdProvider, time: Time) -> None:
    token, comer = invited(time), Comer()
    assert "Come in by Harbour Club instead" in comer.get("/invitation").words
    page = comer.post("/invitation", 200, code=token, login="cyn", password="", again="", do="provider")
    assert InvitationRow.objects.count() == 1
    (url,) = [link for link in page.links() if link.startswith(provider.issuer)]
    assert comer.get(there(url), 303).location == "/desk/"
    account = by_login("cyn")
    assert account is not None
    assert not account.has_usable_password()
    assert IdentityRow.objects.get().digest == digest(provider.issuer, provider.subject)
    assert not InvitationRow.objects.exists()
    assert provider.subject not in str(list(IdentityRow.objects.values()))
    assert comes().location == "/desk/"


def test_an_invitation_that_ended_meanwhile_binds_nobody(provider: OpenIdProvider, time: Time) -> None:
    token, comer = invited(time), Comer()
    page = comer.post("/invitation", 200, code=token, login="cyn", do="provider")
    (url,) = [link for link in page.links() if link.startswith(provider.issuer)]
    InvitationRow.objects.all().delete()
    assert "This invitation is none" in comer.get(there(url), 422).words
    assert not IdentityRow.objects.exists()


def test_one_identity_opens_one_account(bound: OpenIdProvider, time: Time) -> None:
    token, comer = invited(time), Comer()
    page = comer.post("/invitation", 200, code=token, login="cyn", do="provider")
    (url,) = [link for link in page.links() if link.startswith(bound.issuer)]
    assert "in another account" in comer.get(there(url), 422).words
    assert by_login("cyn") is None
    assert InvitationRow.objects.count() == 1


def test_a_wrong_invitation_or_login_goes_nowhere(provider: OpenIdProvider, time: Time) -> None:
    page = Comer().post("/invitation", 422, code="made up", login="cyn", do="provider")
    assert "This invitation is none" in page.mistakes()
    taken = Comer().post("/invitation", 422, code=invited(time), login=ADA, do="provider")
    assert "Somebody here logs in as" in taken.mistakes()
    assert "/authorize" not in provider.asked


# --- not believed ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "somebody-else"},
        {"aud": ["somebody-else"]},
        {"aud": [CLIENT, "somebody-else"]},
        {"aud": [CLIENT, "somebody-else"], "azp": "somebody-else"},
        {"azp": "somebody-else"},
        {"nonce": "another"},
        {"nonce": None},
        {"nonce": ["another"]},
        {"exp": 1_000_000_000},
        {"exp": None},
        {"exp": "tomorrow"},
        {"iat": None},
        {"iat": 9_000_000_000},
        {"nbf": 9_000_000_000},
        {"sub": None},
        {"sub": ""},
        {"sub": 248289761001},
        {"sub": "x" * 256},
        {"sub": "Zoë"},
    ],
    ids=str,
)
def test_a_claim_that_does_not_fit_opens_nothing(bound: OpenIdProvider, claims: dict[str, object]) -> None:
    bound.claims = claims
    assert NOT_TRUSTED in comes(422).words
    bound.claims = {}
    assert comes().location == "/desk/"


@pytest.mark.parametrize("algorithm", ["none", "HS256", "another key"])
def test_what_the_provider_did_not_sign_opens_nothing(bound: OpenIdProvider, algorithm: str) -> None:
    bound.algorithm = algorithm
    assert NOT_TRUSTED in comes(422).words


def test_a_token_that_has_expired_meanwhile_opens_nothing(bound: OpenIdProvider, time: Time) -> None:
    comer = Comer()
    url = goes(comer)
    bound.claims = {"exp": int(time.at.timestamp()) - 61, "iat": int(time.at.timestamp()) - 400}
    assert NOT_TRUSTED in comer.get(url, 422).words


def test_an_address_one_came_back_by_is_good_once(bound: OpenIdProvider) -> None:
    comer = Comer()
    url = goes(comer)
    cookie = comer.client.cookies[provider_way.COOKIE].value
    comer.get(url, 303)
    assert NOT_TRUSTED in comer.get(url, 422).words
    replayed = Comer()
    replayed.client.cookies[provider_way.COOKIE] = cookie
    asked = len(bound.asked)
    assert NOT_TRUSTED in replayed.get(url, 422).words
    assert len(bound.asked) == asked


def test_it_is_good_in_the_browser_that_began_it_alone(bound: OpenIdProvider) -> None:
    url = goes(Comer())
    assert NOT_TRUSTED in Comer().get(url, 422).words
    other = Comer()
    other.get("/login/provider", 303)
    assert NOT_TRUSTED in other.get(url, 422).words


@pytest.mark.parametrize("change", ["state", "iss", "code", "late", "cookie"])
def test_what_was_changed_on_the_way_opens_nothing(bound: OpenIdProvider, time: Time, change: str) -> None:
    comer = Comer()
    path, _, query = goes(comer).partition("?")
    said = {name: value[0] for name, value in parse_qs(query).items()}
    if change == "late":
        time.on(provider_way.LASTS + 1)
    elif change == "cookie":
        kept = comer.client.cookies[provider_way.COOKIE].value
        comer.client.cookies[provider_way.COOKIE] = kept[:-4] + "AAAA"
    else:
        said[change] = "another"
    assert NOT_TRUSTED in comer.get(f"{path}?{urlencode(said)}", 422).words


def test_a_code_for_another_asking_is_worth_nothing(bound: OpenIdProvider) -> None:
    """PKCE: the provider refuses whoever does not know what was kept back at the beginning."""
    thief, victim = Comer(), Comer()
    stolen = parse_qs(urlsplit(goes(victim)).query)["code"][0]
    path, _, query = goes(thief).partition("?")
    said = {name: value[0] for name, value in parse_qs(query).items()} | {"code": stolen}
    assert NOT_TRUSTED in thief.get(f"{path}?{urlencode(said)}", 422).words


def test_whom_the_provider_does_not_let_in_is_told_so(bound: OpenIdProvider) -> None:
    bound.says_no = True
    assert "Harbour Club did not let you in." in comes(422).words


# --- a provider that fails ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("answers", "says"), [(500, "does not answer now"), (302, NOT_TRUSTED)])
def test_a_provider_that_fails_is_told_in_words_and_followed_nowhere(
    bound: OpenIdProvider, answers: int, says: str
) -> None:
    comer = Comer()
    url = goes(comer)
    bound.answers = answers
    status = 503 if answers == 500 else 422
    assert says in comer.get(url, status).words
    assert "/elsewhere" not in bound.asked


def test_one_that_is_not_there_is_left_alone_for_a_while(bound: OpenIdProvider, settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and never listens
        nowhere = f"http://127.0.0.1:{taken.getsockname()[1]}"
        settings.DULY_PROVIDER = replace(settings.DULY_PROVIDER, issuer=nowhere)
        for _ in range(3):
            assert "Harbour Club does not answer now" in Comer().get("/login/provider", 503).words


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": None},
    ],
    ids=str,
)
def test_addresses_that_are_none_are_not_asked(
    provider: OpenIdProvider, discovery: dict[str, object]
) -> None:
    provider.discovery = discovery
    assert NOT_TRUSTED in Comer().get("/login/provider", 422).words


# --- around it ---------------------------------------------------------------------------------------------


def test_without_a_provider_its_pages_are_not_there(small_office: SmallOffice, day: None) -> None:
    for path in ("/login/provider", "/login/provider/back"):
        assert Client().get(path).status_code == 404
    assert "Log in with" not in Comer().get("/login").words
    page = Comer().post("/invitation", 422, code="x", login="cyn", do="provider")
    assert "Choose a password" in page.mistakes()


def test_a_closed_account_is_opened_by_no_identity(bound: OpenIdProvider) -> None:
    Account.objects.filter(login=ADA).update(is_active=False)
    assert NOBODY in comes(422).words


def test_a_reset_takes_the_identity_away_too(bound: OpenIdProvider) -> None:
    factors.forget_all(ada().pk)
    assert NOBODY in comes(422).words


def test_nobody_is_sent_on_to_another_site(bound: OpenIdProvider) -> None:
    assert comes(wanted="https://elsewhere.example/").location == "/desk/"


def test_the_code_of_an_app_is_still_asked_of_whoever_comes_by_the_provider(
    bound: OpenIdProvider, time: Time
) -> None:
    set_day("2026-03-02")
    comer = Comer()
    comes(comer=comer)
    app: App = comer.sets_up_an_app()[0]
    late = Comer()
    comes(comer=late)
    late.post("/login/second", 422, code="000000")
    assert late.get("/desk/", 302)
    late.post("/login/second", code=app.code())
