"""The indexes that `rebuild` makes afresh: counted, emptied, and held against what stood there."""

from collections.abc import Iterable

from django.db import connection, models

from duly_server.store import models as own
from duly_server.store.backup.lines import Tally
from duly_server.store.backup.tables import rows
from duly_server.store.keys.models import UnitKey

# Made from the record alone, whatever stood there before.
FROM_NOTHING: tuple[type[models.Model], ...] = (
    own.AppointmentRow,
    own.AssignmentRow,
    own.CaseRow,
    own.ComplaintCaseRow,
    own.ComplaintRow,
    own.DutyRow,
    own.HistoryRow,
    own.KeptRow,
    own.MeasureRow,
)
# Put right where they are not as the record says, and otherwise left: the tokens of an erased part and the
# codes of receipts cannot be made again, and what waits for a number may wait in other portions.
PUT_RIGHT: tuple[type[models.Model], ...] = (own.PartyToken, own.ReceiptRow, own.WaitingRow)
_TABLES = {model._meta.db_table: model for model in (*FROM_NOTHING, *PUT_RIGHT)}
AT_ONCE = 500


def tallies(names: Iterable[str] = tuple(_TABLES)) -> dict[str, Tally]:
    """The rows of each of these tables as they stand now."""
    return {name: Tally(rows(_TABLES[name], "default")) for name in names}


def empty() -> None:
    """No row is left in those that are made from nothing: only in the databases of a rehearsal."""
    with connection.cursor() as cursor:
        for model in FROM_NOTHING:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 -- a name of ours


def parts_without_key() -> int:
    """How many sealed parts belong to a unit that the key store does not know, not even as destroyed."""
    lost, waiting = 0, []
    for unit_id in own.SealedPart.objects.values_list("unit_id", flat=True).iterator(chunk_size=AT_ONCE):
        waiting.append(bytes(unit_id))
        if len(waiting) == AT_ONCE:
            lost += _unknown(waiting)
            waiting = []
    return lost + _unknown(waiting)


def _unknown(unit_ids: list[bytes]) -> int:
    found = UnitKey.objects.filter(unit_id__in=set(unit_ids)).values_list("unit_id", flat=True)
    known = {bytes(unit_id) for unit_id in found}
    return sum(unit_id not in known for unit_id in unit_ids)
