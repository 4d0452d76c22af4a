"""Coming in with a real browser: an app of codes without script, passkeys with a device of Chromium's own."""

import base64
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from pytest_django import Settings
from tests.databases import OfficeDatabases
from tests.services.conftest import furnish
from tests.services.office import ROOT
from tests.web.browser import OpenPage, alike, browser, open_page
from tests.web.desk.entering import PASSWORD, App, Time, time
from tests.web.desk.openid_provider import OpenIdProvider, providing
from tests.web.desk.test_frame_browser import WAYS, WIDE
from tests.web.desk.test_login_provider import known
from tests.web.desk.test_officers_browser import is_clean
from tests.web.public.served import serving

from duly_server.gateways.keys import FileKeyRing
from duly_server.services import case_page, invitations, premises
from duly_server.store import accounts
from duly_server.store.accounts import by_login

__all__ = ["browser", "open_page", "time"]

pytestmark = pytest.mark.browser
ADA = "complaints-officer-1"


@pytest.fixture
def office(fresh_office_db: OfficeDatabases, time: Time, settings: Settings) -> Iterator[str]:
    """Ada has a password and nothing else. The address has a name, or no browser makes a passkey for it."""
    settings.ALLOWED_HOSTS = ["localhost"]
    case_page.forget()
    ring = FileKeyRing.demo(on=time.at.date())
    premises.move_in(ring)
    furnish((ROOT / "tests/rulebooks/village-bands.toml").read_text())
    account = by_login(ADA)
    assert account is not None
    account.set_password(PASSWORD)
    account.save()
    with serving() as address:
        settings.DULY_ADDRESS = f"http://localhost:{urlsplit(address).port}"
        yield settings.DULY_ADDRESS
    ring.discard()


def password(page: Page, office: str) -> None:
    page.goto(f"{office}/login")
    page.get_by_label("Login").fill(ADA)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


def app_on(page: Page) -> App:
    return App(base64.b32decode(page.locator(".key").inner_text().replace(" ", "")))


def device_in(page: Page, *, agrees: bool = True) -> None:
    """A device in the machine, whose holder puts a finger on it, or does not."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": agrees,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.looks
@pytest.mark.parametrize("way", WAYS)
def test_axe_finds_no_violation_from_the_password_to_the_page_of_it_all(
    office: str, open_page: OpenPage, time: Time, way: str
) -> None:
    page = open_page(**WAYS[way])
    password(page, office)
    is_clean(page, f"first-{way}")
    page.get_by_role("link", name="Set up an app").click()
    is_clean(page, f"app-{way}")
    app = app_on(page)
    page.get_by_role("button", name="Continue").click()
    is_clean(page, f"app-refused-{way}")
    assert app_on(page) == app
    page.get_by_label("Code that the app shows now").fill(app.code())
    page.get_by_role("button", name="Continue").click()
    is_clean(page, f"codes-{way}")
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url(f"{office}/desk/")
    device_in(page)
    page.goto(f"{office}/signing-in/passkey")
    is_clean(page, f"passkey-{way}")
    page.get_by_label("What you call it").fill("Office laptop")
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_url(f"{office}/signing-in")
    is_clean(page, f"signing-in-{way}")
    page.get_by_role("link", name="Choose another").click()
    is_clean(page, f"password-{way}")
    page.get_by_role("button", name="Change it").click()
    is_clean(page, f"password-refused-{way}")
    page.context.clear_cookies()
    time.on(30)
    password(page, office)
    is_clean(page, f"second-{way}")
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Continue").click()
    is_clean(page, f"second-refused-{way}")
    page.get_by_label("Code").fill(app.code())
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{office}/desk/")


def test_everything_but_a_passkey_works_without_script(office: str, open_page: OpenPage, time: Time) -> None:
    page = open_page(**WIDE, java_script_enabled=False)
    page.goto(f"{office}/login")
    assert not page.get_by_role("button", name="Log in with a passkey").is_visible()
    password(page, office)
    page.get_by_role("link", name="Make a passkey").click()
    assert "needs script" in page.locator("main").inner_text()
    page.get_by_role("link", name="An app that shows codes").click()
    app = app_on(page)
    page.get_by_label("Code that the app shows now").fill(app.code())
    page.get_by_role("button", name="Continue").click()
    recovery = page.locator(".recovery-codes code").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url(f"{office}/desk/")
    page.get_by_role("button", name="Log out").click()
    password(page, office)
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{office}/desk/")
    page.goto(f"{office}/signing-in")
    assert re.search(r"9 are left", page.locator("main").inner_text())
    page.get_by_role("button", name="Make new codes").click()
    assert page.locator(".recovery-codes code").count() == 10


def test_a_passkey_is_made_and_lets_one_in_alone_and_as_the_second_step(
    office: str, open_page: OpenPage, time: Time
) -> None:
    page = open_page(**WIDE)
    device_in(page)
    password(page, office)
    page.get_by_role("link", name="Make a passkey").click()
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url(f"{office}/desk/")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(f"{office}/login")
    time.on(1)
    page.goto(f"{office}/login?next=/desk/docket")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url(f"{office}/desk/docket")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(f"{office}/login")
    time.on(1)
    password(page, office)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{office}/desk/")


def test_a_device_that_says_no_is_told_in_words(office: str, open_page: OpenPage) -> None:
    page = open_page(**WIDE)
    device_in(page, agrees=False)
    page.goto(f"{office}/login")
    page.get_by_role("button", name="Log in with a passkey").click()
    told = page.get_by_text("No passkey was used")
    told.wait_for()
    assert page.url == f"{office}/login"
    password(page, office)
    page.get_by_role("link", name="Make a passkey").click()
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_text("No passkey was made").wait_for()


@pytest.mark.parametrize("way", alike([*WAYS, "without script"]))
def test_the_provider_lets_one_in_by_invitation_and_after_that_by_itself(
    office: str, open_page: OpenPage, time: Time, settings: Settings, way: str
) -> None:
    has_script = way in WAYS
    account = accounts.find_or_make(accounts.placeholder(), name="Cy Newcome", password=None)
    token = invitations.invite(account.pk, at=time.at)
    with providing(OpenIdProvider(at=int(time.at.timestamp()))) as provider:
        settings.DULY_PROVIDER = known(provider)
        page = open_page(**WAYS[way]) if has_script else open_page(**WIDE, java_script_enabled=False)

        def look(name: str) -> None:
            if has_script:
                is_clean(page, f"{name}-{way}")

        page.goto(f"{office}/login")
        look("login-provider")
        page.get_by_role("link", name="Log in with Harbour Club").click()
        page.get_by_role("heading", name="You were not let in by Harbour Club").wait_for()
        look("provider-refused")
        page.goto(f"{office}/invitation")
        page.get_by_label("Invitation code").fill(token)
        page.get_by_label("Login").fill("cy-newcome")
        look("invitation-provider")
        page.get_by_role("button", name="Come in by Harbour Club instead").click()
        look("provider-on")
        page.get_by_role("link", name="Go on to Harbour Club").click()
        page.get_by_role("heading", name="One step is not enough here").wait_for()
        page.context.clear_cookies()
        page.goto(f"{office}/login")
        page.get_by_role("link", name="Log in with Harbour Club").click()
        page.get_by_role("heading", name="One step is not enough here").wait_for()
