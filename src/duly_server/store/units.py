"""The keys of erasure units: made ahead of need, wrapped, and stored durably before any fact that needs one.

There is no transaction over the record and the key store (threats 2.3). A key without a fact is waste; a fact
without its key is loss. So keys are made in small batches and kept at hand, and an append waits for the key
store for new ones only when they have run out. Before a key is used it is looked up there: a store that was
lost, or put back from a copy, no longer holds what was once stored in it.
"""

import os
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from django.db import Error, connections

from duly_server.store import rows
from duly_server.store.envelope import CannotOpenError, Unit, Wrapping, new_unit, open_unit
from duly_server.store.keys.models import UnitKey
from duly_server.store.router import KEYS

SPARE = 64


class KeyStoreGoneError(Exception):
    """The key store does not answer, whatever the reason: its cause says which."""

    trouble = "KEYS"


@contextmanager
def _asked() -> Iterator[None]:
    """What goes wrong with the key store is said to be of the key store, not of the record."""
    try:
        yield
    except Error as fault:
        raise KeyStoreGoneError from fault


class UnitKeys:
    """The key store as the journal sees it. One for a process; threads may share it."""

    def __init__(self, keyring: Wrapping) -> None:
        self._keyring = keyring
        self._lock = threading.Lock()
        self._spare: list[Unit] = []
        self._belong_to: tuple[int, str] | None = None

    def make_ready(self, count: int, *, on: date) -> None:
        """See to it that `count` keys are at hand: best done before the record's write lock is taken."""
        with self._lock:
            self._fill(count, on)

    def take(self, count: int, *, on: date) -> list[Unit]:
        """New units whose keys are in the store now. `on` is the day a key made now is made on.

        Raises KeyStoreGoneError.
        """
        if not count:
            return []
        with self._lock:
            self._fill(count, on)
            taken, self._spare = self._spare[:count], self._spare[count:]
            if not _are_there(taken):
                self._spare = []
                taken = self._make(count, on)
            return taken

    def find(self, unit_ids: Collection[bytes]) -> dict[bytes, Unit | str]:
        """Those units, or why their key is not to be had, in words; one query for all.

        Raises KeyStoreGoneError: then nobody can say of any of them.
        """
        wanted = set(unit_ids)
        with _asked():
            found = list(UnitKey.objects.filter(unit_id__in=wanted).values_list("unit_id", "wrapped"))
        wrapped = {bytes(unit_id): None if data is None else bytes(data) for unit_id, data in found}
        return {unit_id: self._opened(unit_id, wrapped) for unit_id in wanted}

    def _opened(self, unit_id: bytes, wrapped: dict[bytes, bytes | None]) -> Unit | str:
        if unit_id not in wrapped:
            return "The key of this unit is not in the key store."
        data = wrapped[unit_id]
        if data is None:
            return "The key of this unit was destroyed."
        try:
            return open_unit(self._keyring, unit_id, data)
        except CannotOpenError as fault:
            return str(fault)

    def _fill(self, count: int, on: date) -> None:
        connection = connections[KEYS]
        here = (os.getpid(), str(connection.settings_dict["NAME"]))
        if self._belong_to != here:  # a forked process must not hand out the keys its parent hands out
            self._spare, self._belong_to = [], here
        missing = count - len(self._spare)
        if missing > 0:
            # Within a transaction that may roll back, no key may outlive it at hand.
            self._spare += self._make(missing if connection.in_atomic_block else missing + SPARE, on)

    def _make(self, count: int, on: date) -> list[Unit]:
        made = [new_unit(self._keyring, on=on) for _ in range(count)]
        wrapped = [(row.unit_id, row.epoch, row.wrapped, None) for _, row in made]
        with _asked():
            rows.write([rows.New(UnitKey, wrapped)], using=KEYS)
        return [unit for unit, _ in made]


def _are_there(units: Sequence[Unit]) -> bool:
    """Whether the key store holds all of these: one query by its key."""
    marks = ", ".join(["%s"] * len(units))
    of_these = f"SELECT count(*) FROM keys_unitkey WHERE unit_id IN ({marks})"  # noqa: S608 -- marks alone
    with _asked():
        ((found,),) = rows.read(of_these, *(unit.unit_id for unit in units), using=KEYS)
    return bool(found == len(units))
