"""Wait tickets: what is forged, changed or meant for something else is none of ours."""

import base64

import pytest

from duly_server.gateways.limits import Ticket, Tickets
from duly_server.gateways.limits.tickets import GOOD_FOR

AT = 1_780_000_000.25
OURS = Tickets(b"k" * 32)


def read(said: str, lane: str = "codes", about: str = "") -> Ticket:
    found = OURS.read(said, lane, about)
    assert found is not None
    return found


@pytest.mark.parametrize(("due", "waits"), [(0.5, 20), (19, 20), (20, 20), (33.2, 34), (60, 60), (9_000, 60)])
def test_the_wait_is_between_20_and_60_seconds(due: float, waits: int) -> None:
    ticket = read(OURS.write("codes", "", wait=due, at=AT))
    assert ticket.left(AT) == waits
    assert ticket.left(AT + waits) == 0
    assert ticket.left(AT + waits - 2) == 2


def test_it_is_good_for_an_hour_after_the_wait() -> None:
    ticket = read(OURS.write("codes", "", wait=20, at=AT))
    assert not ticket.is_over(ticket.opens + GOOD_FOR - 1)
    assert ticket.is_over(ticket.opens + GOOD_FOR)


def test_a_clock_set_back_makes_nobody_wait_longer() -> None:
    assert read(OURS.write("codes", "", wait=60, at=AT)).left(AT - 3600) == 0


def test_it_holds_for_one_kind_of_request_and_what_it_is_about() -> None:
    said = OURS.write("login", "chair-1", wait=20, at=AT)
    assert OURS.read(said, "login", "chair-1") is not None
    assert OURS.read(said, "login", "chair-2") is None
    assert OURS.read(said, "codes", "chair-1") is None
    assert Tickets(b"K" * 32).read(said, "login", "chair-1") is None


def test_no_byte_of_it_can_be_changed() -> None:
    raw = base64.urlsafe_b64decode(OURS.write("codes", "", wait=20, at=AT))
    for place in range(len(raw)):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        assert OURS.read(base64.urlsafe_b64encode(changed).decode(), "codes", "") is None


@pytest.mark.parametrize("said", ["", "é", "====", "A" * 55, "A" * 56, "A" * 100_000, "not base64!", "\0"])
def test_anything_else_is_no_ticket(said: str) -> None:
    assert OURS.read(said, "codes", "") is None


def test_no_two_have_one_number() -> None:
    assert len({read(OURS.write("codes", "", wait=20, at=AT)).number for _ in range(1000)}) == 1000
