"""The agenda: each record is worked on by one at a time, and a worker that dies loses none."""

from datetime import UTC, datetime, timedelta

import pytest

from duly_server.store import agenda
from duly_server.store.leases import LEASE

NOON = datetime(2026, 4, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def test_the_record_whose_time_came_first_is_claimed_first() -> None:
    agenda.wake({"case/b": NOON, "case/a": NOON - MINUTE, "case/c": NOON + MINUTE})
    first, second, none = (agenda.claim(as_of=NOON) for _ in range(3))
    assert (first.chain if first else None, second.chain if second else None) == ("case/a", "case/b")
    assert none is None
    assert agenda.next_wake() == NOON + MINUTE


def test_a_claimed_record_is_there_again_when_its_worker_died() -> None:
    agenda.wake({"case/a": NOON})
    assert agenda.claim(as_of=NOON) is not None
    assert agenda.claim(as_of=NOON + LEASE - MINUTE) is None
    again = agenda.claim(as_of=NOON + LEASE)
    assert again is not None
    assert again.chain == "case/a"


def test_whoever_lost_the_lease_can_neither_complete_nor_renew() -> None:
    agenda.wake({"case/a": NOON})
    dead = agenda.claim(as_of=NOON)
    alive = agenda.claim(as_of=NOON + LEASE)
    assert dead is not None
    assert alive is not None
    assert not agenda.renew(dead, as_of=NOON + LEASE)
    assert not agenda.complete(dead, wakes_at=None)
    assert agenda.complete(alive, wakes_at=NOON + 9 * LEASE)
    assert agenda.next_wake() == NOON + 9 * LEASE


def test_work_longer_than_its_lease_keeps_the_record_by_renewing() -> None:
    agenda.wake({"case/a": NOON})
    mine = agenda.claim(as_of=NOON)
    assert mine is not None
    assert agenda.renew(mine, as_of=NOON + LEASE - MINUTE)
    assert agenda.claim(as_of=NOON + LEASE) is None
    assert agenda.complete(mine, wakes_at=None)
    assert agenda.next_wake() is None


def test_a_wake_set_while_somebody_works_is_not_overwritten_by_the_completion() -> None:
    agenda.wake({"case/a": NOON})
    mine = agenda.claim(as_of=NOON)
    assert mine is not None
    agenda.wake({"case/a": NOON + MINUTE})
    assert not agenda.complete(mine, wakes_at=None)
    assert agenda.next_wake() == NOON + MINUTE


def test_a_record_with_nothing_to_wait_for_leaves_the_agenda() -> None:
    agenda.wake({"case/a": NOON, "case/b": NOON})
    agenda.wake({"case/a": None, "case/b": NOON + MINUTE})
    assert agenda.next_wake() == NOON + MINUTE
    assert agenda.claim(as_of=NOON) is None
