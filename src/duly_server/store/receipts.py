"""Receipt codes, by digest only (threats 2.6): a fast one at once, the slow one made by the worker."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

from duly_server.store import rows
from duly_server.store.busy import is_busy
from duly_server.store.models import ComplaintCaseRow, ReceiptRow

FAST, SLOW = ReceiptRow.State.FAST, ReceiptRow.State.SLOW


def keep(fast: bytes, complaint: str) -> None:
    """A code was handed out: its HMAC, until the worker overwrites it."""
    rows.write(new(fast, complaint))


def new(fast: bytes, complaint: str) -> list[rows.New]:
    """The row that `keep` writes."""
    ends_on = None
    return [rows.New(ReceiptRow, [(fast, FAST.value, complaint, ends_on)])]


def ends(cases: Mapping[str, tuple[date | None, date | None]]) -> date | None:
    """The first day on which the code of a complaint opens nothing; None while one of its cases is open.

    By the case that was closed last; `cases` holds, by reference, the days of closing and of the end.
    """
    closed = [(on, reference) for reference, (on, _) in cases.items() if on is not None]
    if not closed or len(closed) < len(cases):
        return None
    return cases[max(closed)[1]][1]


def put_end(complaint: str, ends_on: date | None) -> int:
    """From this day on its code opens nothing; how many rows had to change."""
    return wrong_ends(complaint, ends_on).update(ends_on=ends_on)


def wrong_ends(complaint: str, ends_on: date | None) -> QuerySet[ReceiptRow]:
    """The codes of this complaint that end on another day than this."""
    found = ReceiptRow.objects.filter(complaint=complaint)
    return found.exclude(ends_on=ends_on) if ends_on else found.filter(ends_on__isnull=False)


def case_closed(case: str, complaints: Collection[str], *, closed_on: date, ends_on: date | None) -> None:
    """A case is closed, and stays so: what that makes of the codes of its complaints.

    A complaint with other cases waits for the last of them; one that was closed later has had its say.
    """
    links = ComplaintCaseRow.objects.filter(complaint__in=complaints).exclude(case=case)
    others: dict[str, list[tuple[date | None, str]]] = {complaint: [] for complaint in complaints}
    for complaint, other, on in links.values_list("complaint", "case_id", "case__closed_on"):
        others[complaint].append((on, other))
    for complaint, found in others.items():
        if all(on is not None and (on, other) < (closed_on, case) for on, other in found):
            put_end(complaint, ends_on)


def waiting(limit: int) -> list[bytes]:
    """Fast digests that still wait for their slow one."""
    found = ReceiptRow.objects.filter(state=FAST).values_list("h", flat=True)[:limit]
    return [bytes(h) for h in found]


def make_slow(fast: bytes, slow: bytes) -> None:
    """Overwrite the fast digest; the row's key is the digest, so it is made anew."""
    with transaction.atomic():
        row = ReceiptRow.objects.select_for_update().filter(h=fast, state=FAST).first()
        if row is not None:  # else another worker was here first
            ReceiptRow.objects.create(h=slow, state=SLOW, complaint=row.complaint, ends_on=row.ends_on)
            row.delete()


def can_scrub() -> bool:
    """Whether `scrub` can do anything here: within a transaction neither database could."""
    return not connection.in_atomic_block


def scrub() -> bool:
    """Take the fast digests that were overwritten out of the database's files as well, as far as it goes.

    False where that has to be tried again: within a transaction, or while others are at work who may see
    what was there before. To be called when none waits any more. SQLite wipes what it deletes but keeps old
    pages in its log until that is emptied; PostgreSQL keeps dead rows until the table is written anew, by a
    function of the owner's (store/scrubbing.py). An archive of either's log still holds them.
    """
    if not can_scrub():
        return False
    with connection.cursor() as cursor:
        return _written_anew(cursor) if connection.vendor == "postgresql" else _log_emptied(cursor)


def _written_anew(cursor: CursorWrapper) -> bool:
    try:
        cursor.execute("SELECT duly_scrub_receipts()")
    except OperationalError as fault:
        if is_busy(fault):
            return False
        raise
    return bool(cursor.fetchone()[0])


def _log_emptied(cursor: CursorWrapper) -> bool:
    (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
    cursor.execute("PRAGMA busy_timeout=200")  # somebody reads: let them, and try again later
    try:
        (is_held, _, _) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        cursor.execute(f"PRAGMA busy_timeout={patience}")
    return not is_held


# Whether there is such a code or not, one row comes back and is read: a miss finds the one that says nothing,
# of as many letters as a reference. Else a hit takes longer by what it takes to read a row (T18).
_NOBODYS = "0000-0000"
_FIND = """
    SELECT complaint, 0 AS turn FROM store_receiptrow
    WHERE h IN (%s, %s) AND (ends_on IS NULL OR ends_on > %s)
    UNION ALL SELECT '0000-0000', 1 ORDER BY turn LIMIT 1"""


def find(fast: bytes, slow: bytes, *, on: date) -> str | None:
    """The complaint whose code has one of these digests and still opens; one query, hit or miss."""
    ((found, _),) = rows.read(_FIND, fast, slow, on)
    return None if found == _NOBODYS else str(found)
