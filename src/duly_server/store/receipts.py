"""Receipt codes, by digest only (threats 2.6): a fast one at once, the slow one made by the worker."""

from datetime import date

from django.db import connection, transaction

from duly_server.store.models import ReceiptRow

FAST, SLOW = ReceiptRow.State.FAST, ReceiptRow.State.SLOW


def keep(fast: bytes, complaint: str) -> None:
    """A code was handed out: its HMAC, until the worker overwrites it."""
    ReceiptRow.objects.create(h=fast, complaint=complaint)


def waiting(limit: int) -> list[bytes]:
    """Fast digests that still wait for their slow one."""
    rows = ReceiptRow.objects.filter(state=FAST).values_list("h", flat=True)[:limit]
    return [bytes(h) for h in rows]


def make_slow(fast: bytes, slow: bytes) -> None:
    """Overwrite the fast digest; the row's key is the digest, so it is made anew."""
    with transaction.atomic():
        row = ReceiptRow.objects.select_for_update().filter(h=fast, state=FAST).first()
        if row is not None:  # else another worker was here first
            ReceiptRow.objects.create(h=slow, state=SLOW, complaint=row.complaint, ends_on=row.ends_on)
            row.delete()


def scrub() -> None:
    """Take the fast digests that were overwritten out of the database's files as well, as far as it goes.

    To be called when none waits any more; within a transaction it does nothing, as neither database could.
    SQLite wipes what it deletes but keeps old pages in its log until that is emptied; PostgreSQL keeps dead
    rows until the table is written anew. An archive of either's log still holds them.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM FULL store_receiptrow")
            return
        cursor.execute("PRAGMA busy_timeout=200")  # somebody reads: let them, and try again next time
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout={int(connection.settings_dict['OPTIONS']['timeout']) * 1000}")


def find(fast: bytes, slow: bytes, *, on: date) -> str | None:
    """The complaint whose code has one of these digests and still opens; one query, hit or miss."""
    row = ReceiptRow.objects.filter(h__in=[fast, slow]).first()
    if row is None or (row.ends_on is not None and row.ends_on <= on):
        return None
    return row.complaint
