"""Receipt codes, by digest only (threats 2.6): a fast one at once, the slow one made by the worker."""

from datetime import date

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
    row = ReceiptRow.objects.filter(h=fast, state=FAST).first()
    if row is not None:
        ReceiptRow.objects.create(h=slow, state=SLOW, complaint=row.complaint, ends_on=row.ends_on)
        ReceiptRow.objects.filter(h=fast).delete()


def find(fast: bytes, slow: bytes, *, on: date) -> str | None:
    """The complaint whose code has one of these digests and still opens; one query, hit or miss."""
    row = ReceiptRow.objects.filter(h__in=[fast, slow]).first()
    if row is None or (row.ends_on is not None and row.ends_on <= on):
        return None
    return row.complaint
