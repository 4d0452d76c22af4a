"""The outbox: what is to be told is told after commit, by one at a time, and is never forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from duly_server.store import outbox
from duly_server.store.leases import LEASE
from duly_server.store.models import OutboxRow
from duly_server.store.outbox import ToTell

NOON = datetime(2026, 4, 2, 12, tzinfo=UTC)
MESSAGE = ToTell("desk", "case/K7QH-3M2C", 3)
pytestmark = pytest.mark.django_db


def test_a_message_is_claimed_once_and_then_sent() -> None:
    outbox.put([MESSAGE])
    mine = outbox.claim(as_of=NOON)
    assert mine is not None
    assert (mine.message, mine.tries) == (MESSAGE, 0)
    assert outbox.claim(as_of=NOON) is None
    assert outbox.sent(mine)
    assert outbox.claim(as_of=NOON + 10 * LEASE) is None


def test_a_message_whose_sender_died_is_claimed_again_and_only_the_second_can_say_sent() -> None:
    outbox.put([MESSAGE])
    dead, alive = outbox.claim(as_of=NOON), outbox.claim(as_of=NOON + LEASE)
    assert dead is not None
    assert alive is not None
    assert alive.tries == 1
    assert not outbox.renew(dead, as_of=NOON + LEASE)
    assert not outbox.sent(dead)
    assert outbox.sent(alive)


def test_what_cannot_be_told_now_waits_and_what_cannot_be_told_at_all_stays_for_a_person() -> None:
    outbox.put([MESSAGE])
    mine = outbox.claim(as_of=NOON)
    assert mine is not None
    assert outbox.put_back(mine, wakes_at=NOON + timedelta(hours=1))
    assert outbox.claim(as_of=NOON) is None
    again = outbox.claim(as_of=NOON + timedelta(hours=1))
    assert again is not None
    assert outbox.give_up(again)
    assert outbox.given_up() == (MESSAGE,)
    assert outbox.claim(as_of=NOON + timedelta(days=1)) is None


def test_a_waiting_message_tells_nothing_of_the_minute_it_was_put_in() -> None:
    outbox.put([MESSAGE])
    row = OutboxRow.objects.get()
    assert row.wakes_at == datetime(1970, 1, 1, tzinfo=UTC)
    assert row.pk.version == 4
