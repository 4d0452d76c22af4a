"""The worker: looks at each record when its time comes, notes what ran out, and does what can wait."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import ClassVar

from argon2.low_level import Type, hash_secret_raw
from django.db import transaction

from duly.procedure.acts import Proposed
from duly.record.facts import TIME, Expired
from duly.timetable.clock import Clock
from duly.timetable.marking import Marking
from duly.timetable.milestones import not_noted
from duly_server.gateways.keys import Purpose
from duly_server.services import casework, clock_back, ordering
from duly_server.services.casework import ActedFirstError, Case
from duly_server.services.premises import premises
from duly_server.store import agenda, drafts, leaves, outbox, projections, receipts, rounds
from duly_server.store.busy import patiently


def work(
    *, today: date, at: datetime, most: int = 1000, on_fault: Callable[[Exception], None] | None = None
) -> int:
    """Do what is due, up to `most` records; how many records were looked at.

    `on_fault` is told what went wrong with one record or one task, and all others go on: what failed is tried
    again, a record when its lease is over. Without it the first fault is raised. A database in use is no
    fault before it was tried some times. Nothing is done at all while the clock is set back.
    """
    looked = 0
    try:
        clock_back.check(today=today, at=at)
    except Exception as fault:
        if on_fault is None:
            raise
        on_fault(fault)
        return looked
    with _told(on_fault):
        while looked < most and (claim := patiently(partial(agenda.claim, as_of=at))) is not None:
            looked += 1
            with _told(on_fault):
                patiently(partial(look_at, claim, today=today, at=at))
    tasks: tuple[Callable[[], object], ...] = (
        partial(deliver, today=today, at=at),
        partial(leaves.number, today=today),
        slow_down_receipts,
        partial(drafts.sweep, on=today),
    )
    for task in tasks:
        with _told(on_fault):
            patiently(task)
    return looked


@contextmanager
def _told(on_fault: Callable[[Exception], None] | None) -> Iterator[None]:
    try:
        yield
    except Exception as fault:
        if on_fault is None:
            raise
        on_fault(fault)


def look_at(claim: agenda.Claim, *, today: date, at: datetime) -> None:
    """Work out from the record what ran out, note it, and say when to look again."""
    case = casework.read_record(claim.chain)
    marking = case.on(today)
    noted = expiries(marking)
    with transaction.atomic():
        if not casework.is_as_adopted(case):
            return  # whoever adopted has put every open case on the agenda anew
        if noted:
            try:
                casework.write(case, noted, at=at, today=today)
            except ActedFirstError:
                return  # the record went on: whoever wrote has put the case on the agenda anew
        elif _is_still(case):
            projections.project(marking)
        # projecting has put the case on the agenda for its next day, which ends the lease


def _is_still(case: Case) -> bool:
    """Whether the record ends where it was read, and does so until this transaction ends.

    If it went on, whoever wrote has put the indexes right; what was read before would put them back.
    """
    chain = case.state.chain
    return premises().journal.hold([chain])[chain].place == case.state.head


def expiries(marking: Marking) -> tuple[Proposed, ...]:
    """The limits that ran out and are not yet noted, as facts of the day after, by time."""
    return tuple(_expired(due, clock, marking) for due, clock in not_noted(marking))


def _expired(due: date, clock: Clock, marking: Marking) -> Proposed:
    own = clock.limit.name == clock.step
    body = Expired(step=clock.step, due=due, key=clock.key, limit=None if own else clock.limit.name)
    return Proposed(
        on=min(date.fromordinal(due.toordinal() + 1), marking.on), by=TIME, office=None, body=body
    )


def deliver(*, today: date, at: datetime, most: int = 1000) -> int:
    """Put what happened before the desk, and do what was ordered; letters and mail come with the portals."""
    sent = 0
    while sent < most and (claim := outbox.claim(as_of=at)) is not None:
        if claim.message.kind == ordering.CARRY_OUT:
            ordering.carry_out(claim.message.place, today=today, at=at)
        outbox.sent(claim)
        sent += 1
    return sent


def note_round(*, at: datetime, failed: int, on_fault: Callable[[Exception], None] | None = None) -> None:
    """A round has ended, with so many tasks that failed: for a monitor, and never in the record."""
    with _told(on_fault):
        rounds.note(at=at, failed=failed)


class DigestsStayInFilesError(Exception):
    """Fast digests of receipt codes could not be taken out of the database's files, for minutes now.

    Somebody has the table at hand all the time, or a transaction is open that began before: a backup, or
    somebody at the database. It goes on being tried.
    """


@dataclass
class Scrubbing:
    """Whether fast digests may lie in the database's files: when a process starts, there may be some."""

    is_owed: bool = True
    pause: int = 0  # rounds until it is tried again
    failed: int = 0  # tries, one after another

    PAUSE: ClassVar[int] = 15  # rounds, of two seconds: whoever tries holds up who sends
    SAID_AFTER: ClassVar[int] = 10  # tries

    def go_on(self) -> None:
        """Do it where it is owed. Raises DigestsStayInFilesError."""
        if not self.is_owed or not receipts.can_scrub():
            return
        if self.pause:
            self.pause -= 1
            return
        self.is_owed = not receipts.scrub()
        if not self.is_owed:
            self.failed = 0
            return
        self.pause, self.failed = self.PAUSE, self.failed + 1
        if self.failed >= self.SAID_AFTER:
            raise DigestsStayInFilesError


scrubbing = Scrubbing()


def slow_down_receipts(most: int = 50) -> int:
    """Replace fast digests of receipt codes by slow ones, so that a stolen table can't be searched."""
    waiting = receipts.waiting(most)
    for fast in waiting:
        slow = slow_digest(fast)
        receipts.make_slow(fast, slow)
    if waiting:
        scrubbing.is_owed = True
    if len(waiting) < most:
        scrubbing.go_on()
    return len(waiting)


def slow_digest(fast: bytes) -> bytes:
    """Argon2id of a receipt code's HMAC: 19 MiB, two passes, about 20 ms (threats 2.6)."""
    salt = premises().keyring.secret(Purpose.RECEIPT_SALT)
    return hash_secret_raw(
        fast, salt, time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, type=Type.ID
    )
