"""The recovery key of the office: made, and noted in the organisation's own record."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from duly.record.facts import Body, RecoveryKeySet
from duly_server.gateways.keys import recovery, sheet
from duly_server.services.premises import premises
from duly_server.store.batch import Batch, NewFact

OFFICE = "office"
BY_OPERATOR = "time"  # whoever runs a command on the machine holds no appointment


def set_key(*, on: date, at: datetime, replace: bool = False) -> str:
    """A new recovery key, noted; the answer is the text of its sheet, which is stored nowhere.

    Raises KeysRefusedError where there is one already and `replace` is not said.
    """
    folder = Path(settings.DULY_KEYRING)
    private = recovery.make(folder, on=on, replace=replace)
    made = recovery.find(folder)
    note(RecoveryKeySet(recovery=made.digest), on=on, at=at)
    above = recovery.above_the_groups(made, office=settings.DULY_NAME, origin=settings.DULY_ORIGIN)
    return sheet.text_of(private, above=above)


def note(
    body: Body,
    *,
    on: date,
    at: datetime,
    by: str = BY_OPERATOR,
    parts: Mapping[str, Mapping[str, object]] | None = None,
) -> None:
    """A fact of the organisation's own, after the last there is."""
    journal = premises().journal
    head = journal.heads([OFFICE]).get(OFFICE)
    new = NewFact(on=on, noted_at=at, by=by, body=body, parts=parts or {})
    journal.append([Batch(OFFICE, head.place if head else 0, [new])])
