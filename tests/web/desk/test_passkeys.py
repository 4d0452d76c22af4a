"""Passkeys: made and used with a device of the test's own, and refused for every part that does not fit."""

import json
import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import Settings
from tests.services.office import SmallOffice
from tests.web.desk.device import ORIGIN, PRESENT, Device
from tests.web.desk.entering import PASSWORD, Comer, Time, recovery_codes, time
from tests.web.desk.officer import Page

from duly_server.services import passkeys
from duly_server.store.accounts import Account, by_login
from duly_server.store.models import AuthenticatorRow, PasskeyRow
from duly_server.web import entered

__all__ = ["time"]

ADA = "complaints-officer-1"
REFUSED = "That passkey does not open anything here"


@pytest.fixture
def newcomer(small_office: SmallOffice, day: None, time: Time, settings: Settings) -> Comer:
    settings.DULY_ADDRESS = ORIGIN
    return first_step(ADA)


def first_step(login: str) -> Comer:
    account = by_login(login)
    assert account is not None
    account.set_password(PASSWORD)
    account.save()
    comer = Comer()
    comer.password(login)
    return comer


def asked(page: Page) -> tuple[str, str]:
    """What the page asks of the device, and what goes with the answer."""
    options = re.search(r'data-options="([^"]+)"', page.html)
    assert options, page.words
    states = re.findall(r'name="state" value="([^"]+)"', page.html)
    return unescape(options.group(1)), unescape(states[0])


def make(comer: Comer, device: Device, status: int = 200, **more: str) -> Page:
    options, state = asked(comer.get("/signing-in/passkey"))
    said = {"state": state, "answer": device.make(options), "name": "Office laptop"} | more
    return comer.post("/signing-in/passkey", status, **said)


@pytest.fixture
def device(newcomer: Comer) -> Device:
    found = Device()
    make(newcomer, found)
    return found


def come(device: Device, status: int = 303, *, by: Comer | None = None, **more: str) -> Page:
    comer = by or Comer()
    options, state = asked(comer.get("/login"))
    return comer.post("/login/passkey", status, **({"state": state, "answer": device.answer(options)} | more))


# --- making one --------------------------------------------------------------------------------------------


def test_a_passkey_is_enough_to_begin_with(newcomer: Comer) -> None:
    assert "A passkey" in newcomer.get("/signing-in/first").words
    page = make(newcomer, Device())
    assert len(recovery_codes(page)) == 10
    assert newcomer.get("/desk/")
    listed = newcomer.get("/signing-in").words
    assert "Office laptop Mon 2 Mar 2026 Remove the passkey Office laptop" in listed


def test_it_is_asked_to_make_sure_of_its_holder_and_told_nothing_else(newcomer: Comer) -> None:
    options = json.loads(asked(newcomer.get("/signing-in/passkey"))[0])["publicKey"]
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["attestation"] == "none"
    assert options["rp"] == {"id": "complaints.example.org", "name": "Example Association"}


def test_a_second_one_asks_the_device_not_to_make_it_where_there_is_one(
    newcomer: Comer, device: Device
) -> None:
    options = json.loads(asked(newcomer.get("/signing-in/passkey"))[0])["publicKey"]
    assert len(options["excludeCredentials"]) == 1
    page = make(newcomer, device, 422)
    assert "is set up here already" in page.mistakes()
    make(newcomer, Device(), 303)
    assert PasskeyRow.objects.count() == 2


def test_what_make_of_device_it_is_is_not_kept(device: Device) -> None:
    assert bytes(PasskeyRow.objects.get().credential).startswith(bytes(16))


@pytest.mark.parametrize(
    "device",
    [
        Device(origin="https://complaints.example.org.evil.example"),
        Device(origin="http://complaints.example.org"),
        Device(host="evil.example"),
        Device(flags=PRESENT),
        Device(flags=0x04),
        Device(crosses=True),
    ],
    ids=["another site", "in clear", "for another name", "nobody verified", "nobody present", "in a frame"],
)
def test_one_that_does_not_fit_is_not_taken(newcomer: Comer, device: Device) -> None:
    assert "This passkey was not taken" in make(newcomer, device, 422).mistakes()
    assert not PasskeyRow.objects.exists()
    assert newcomer.get("/desk/", 303)


def test_a_challenge_of_another_account_or_of_long_ago_is_not_taken(newcomer: Comer, time: Time) -> None:
    other = first_step("panel-1")
    options, state = asked(other.get("/signing-in/passkey"))
    newcomer.post("/signing-in/passkey", 422, state=state, answer=Device().make(options))
    options, state = asked(newcomer.get("/signing-in/passkey"))
    time.on(passkeys.LASTS.total_seconds() + 1)
    newcomer.post("/signing-in/passkey", 422, state=state, answer=Device().make(options))
    assert not PasskeyRow.objects.exists()


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", '{"rawId": 1}', '{"rawId": "AA", "response": {}}', "\0", "{" * 9000]
)
def test_what_is_no_answer_is_refused_in_the_same_words(newcomer: Comer, answer: str) -> None:
    _, state = asked(newcomer.get("/signing-in/passkey"))
    assert "There is a problem" in newcomer.post("/signing-in/passkey", 422, state=state, answer=answer).words
    _, state = asked(Comer().get("/login"))
    assert REFUSED in Comer().post("/login/passkey", 422, state=state, answer=answer).words


# --- coming in ---------------------------------------------------------------------------------------------


def test_one_comes_in_by_a_passkey_alone(device: Device) -> None:
    comer = Comer()
    assert come(device, by=comer, next="/desk/docket").location == "/desk/docket"
    assert comer.get("/desk/docket")
    assert entered._ENTERED in comer.client.session


def test_or_by_it_after_the_password(device: Device) -> None:
    comer = Comer()
    led = comer.password(ADA)
    options, state = asked(comer.get(led.location))
    known = json.loads(options)["publicKey"]["allowCredentials"]
    assert len(known) == 1
    comer.post("/login/passkey", state=state, answer=device.answer(options), next="/desk/")
    assert comer.get("/desk/")


def test_an_answer_is_good_once(device: Device, time: Time) -> None:
    options, state = asked(Comer().get("/login"))
    earlier = asked(Comer().get("/login"))
    time.on(1)
    later = asked(Comer().get("/login"))
    answer = device.answer(options)
    assert Comer().post("/login/passkey", state=state, answer=answer)
    assert REFUSED in Comer().post("/login/passkey", 422, state=state, answer=answer).words
    assert Comer().post("/login/passkey", state=later[1], answer=device.answer(later[0]))
    assert Comer().post("/login/passkey", 422, state=earlier[1], answer=device.answer(earlier[0]))


def spoilt(device: Device, what: str) -> Device:
    kept = {"credential": device.credential, "key": device.key, "handle": device.handle}
    other: dict[str, dict[str, object]] = {
        "another site": {"origin": "https://evil.example"},
        "another name": {"host": "evil.example"},
        "nobody verified": {"flags": PRESENT},
        "another key": {"key": Device().key},
        "another id": {"credential": b"x" * 16},
        "another's handle": {"handle": b"y" * 16},
        "in a frame": {"crosses": True},
    }
    return Device(**(kept | other[what]))  # type: ignore[arg-type]  # one part of it, as the test names it


@pytest.mark.parametrize(
    "what",
    [
        "another site",
        "another name",
        "nobody verified",
        "another key",
        "another id",
        "another's handle",
        "in a frame",
    ],
)
def test_every_part_that_does_not_fit_is_refused_in_the_same_words(device: Device, what: str) -> None:
    page = come(spoilt(device, what), 422)
    assert page.words == come(Device(), 422).words
    assert come(device).location == "/desk/"


def test_a_challenge_of_another_kind_or_one_made_up_is_refused(newcomer: Comer, device: Device) -> None:
    options, state = asked(newcomer.get("/signing-in/passkey"))
    Comer().post("/login/passkey", 422, state=state, answer=device.answer(options))
    options, state = asked(Comer().get("/login"))
    Comer().post("/login/passkey", 422, state=state + "x", answer=device.answer(options))
    answer = device.answer(options, type="webauthn.create")
    Comer().post("/login/passkey", 422, state=state, answer=answer)


def test_a_page_that_was_open_too_long_asks_again(device: Device, time: Time) -> None:
    options, state = asked(Comer().get("/login"))
    time.on(passkeys.LASTS.total_seconds() + 1)
    Comer().post("/login/passkey", 422, state=state, answer=device.answer(options))


def test_a_copy_of_a_device_that_counts_is_noticed(newcomer: Comer, time: Time) -> None:
    device = Device(counter=5)
    make(newcomer, device)
    for counter, status in ((6, 303), (6, 422), (5, 422), (0, 422), (9, 303)):
        time.on(1)
        device.counter = counter
        come(device, status)


def test_neither_a_removed_one_nor_that_of_a_closed_account_opens_anything(
    newcomer: Comer, device: Device, time: Time
) -> None:
    (key,) = PasskeyRow.objects.values_list("key", flat=True)
    make(newcomer, Device(), 303)
    Account.objects.update(is_active=False)
    come(device, 422)
    Account.objects.update(is_active=True)
    time.on(1)
    come(device)
    newcomer.post("/signing-in/remove", what=key)
    time.on(1)
    come(device, 422)


def test_the_last_of_two_is_not_removed(newcomer: Comer, device: Device) -> None:
    (first,) = PasskeyRow.objects.values_list("key", flat=True)
    assert "This is the last second factor" in newcomer.post("/signing-in/remove", 422, what=first).refusal()
    newcomer.sets_up_an_app(303)
    newcomer.post("/signing-in/remove", what=first)
    come(device, 422)
    assert AuthenticatorRow.objects.count() == 1
    newcomer.post("/signing-in/remove", 422, what="app")


def test_nobody_removes_anothers(newcomer: Comer, device: Device) -> None:
    other = first_step("panel-1")
    make(other, Device())
    make(other, Device(), 303)
    (first,) = PasskeyRow.objects.filter(account=by_login(ADA)).values_list("key", flat=True)
    assert "There is no such second factor" in other.post("/signing-in/remove", 422, what=first).refusal()
    assert PasskeyRow.objects.count() == 3


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://complaints.example.org"])
def test_where_no_browser_makes_passkeys_none_is_asked_for(
    newcomer: Comer, settings: Settings, address: str
) -> None:
    settings.DULY_ADDRESS = address
    assert "passkey" not in Client().get("/login").content.decode()
    assert "A passkey" not in newcomer.get("/signing-in/first").words
    assert "this office has none" in newcomer.get("/signing-in/passkey").words
